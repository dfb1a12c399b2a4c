"""The store: schema, ledger of addresses, reports with their versions. The only SQL of the program."""

from crawler.storage.audit import Balance
from crawler.storage.jobs import JobEnding
from crawler.storage.ledger import StateCount, Waiting
from crawler.storage.memory import Memory, Revisits
from crawler.storage.reading import Filters, StoredReport
from crawler.storage.reports import Saved
from crawler.storage.runs import SIGN_OF_LIFE, Alert, Run
from crawler.storage.store import Store, open_store

__all__ = [
    "SIGN_OF_LIFE",
    "Alert",
    "Balance",
    "Filters",
    "JobEnding",
    "Memory",
    "Revisits",
    "Run",
    "Saved",
    "StateCount",
    "Store",
    "StoredReport",
    "Waiting",
    "open_store",
]
