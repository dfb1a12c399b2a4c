"""The store: schema, ledger of addresses, reports with their versions. The only SQL of the program."""

from crawler.storage.audit import Balance
from crawler.storage.ledger import StateCount, Waiting
from crawler.storage.reading import Filters, StoredReport
from crawler.storage.reports import Saved
from crawler.storage.store import Store, open_store

__all__ = ["Balance", "Filters", "Saved", "StateCount", "Store", "StoredReport", "Waiting", "open_store"]
