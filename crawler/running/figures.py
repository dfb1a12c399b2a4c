"""What a run did, in numbers that are kept with it and compared from run to run. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.running.books import Books, PortalBook

STATUS_STAT: Final = "downloader/response_status_count/"
KEPT_STATS: Final = {
    "requests": "downloader/request_count",
    "responses": "downloader/response_count",
    "bytes": "downloader/response_bytes",
    "retries": "retry/count",
    "pauses": "gov_reports/pauses",
    "faults": "gov_reports/item_errors",
}


def count_run(books: Books, stats: Mapping[str, Any]) -> dict[str, Any]:
    """Return a run's counts as plain values: of each portal, and of the road."""
    statuses = {name.removeprefix(STATUS_STAT): count for name, count in stats.items() if name.startswith(STATUS_STAT)}
    return {
        "portals": {portal: count_portal(book) for portal, book in books.portals.items()},
        "statuses": statuses,
        **{name: stats.get(stat, 0) for name, stat in KEPT_STATS.items()},
    }


def count_portal(book: PortalBook) -> dict[str, Any]:
    """Return a portal's counts."""
    return {
        "name": book.name,
        "home": book.home,
        "lists": book.lists,
        "list_pages": book.list_pages,
        "entries": book.entries,
        "requests": book.requests,
        "reports": book.reports,
        "known": book.known,
        "bodies": book.bodies,
        "stored": dict(book.stored),
        "others": dict(book.others),
        "refused": dict(book.refused),
        "findings": dict(book.findings),
        "indicators": book.indicators,
        "stop_reason": book.stop_reason,
        "failure": book.failure,
    }
