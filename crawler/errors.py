"""The errors of gov_reports.

GovReportsError
├── DataError            a file of ours (catalogue, form, region table) is not what its reader knows: the program stops
│   ├── CatalogueError
│   └── FormError
├── UsageError           an argument or a setting the user gave cannot be used: exit code 2
├── PageError            one page cannot be read: it is skipped with its reason, its bytes stay
│   └── PageLimitError   … because it is larger, deeper or slower than the limits allow
├── JobError             a crawl job has not ended well: it is tried again after its pause, or given up
├── ArchiveError         the archive is not there, is damaged, or cannot be written: exit code 8
└── StoreError           the store cannot be opened, is newer than the program, or stayed locked: exit code 8
    ├── DiskFullError    … because there is no space left: exit code 3
    └── AlreadyRunningError … because another run holds it: exit code 10
"""

from __future__ import annotations


class GovReportsError(Exception):
    """Base of every error this program raises on purpose."""


class DataError(GovReportsError):
    """Raised by the readers of our own data files; the message begins with `file:line:`."""


class CatalogueError(DataError):
    """Raised by `crawler.catalogue` for an unknown key, a bad address, or an id that stands twice."""


class FormError(DataError):
    """Raised by `crawler.forms` for an unknown key, a parent that does not exist, or a code that stands twice."""


class UsageError(GovReportsError):
    """Raised by the spider and the commands when an argument or a setting cannot be used."""


class PageError(GovReportsError):
    """Raised by `crawler.parsing` when a page cannot be read; `reason` is a stable word for the ledger."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class PageLimitError(PageError):
    """Raised when a page is over a limit: too large, too deep, too many attributes, too slow."""


class StoreError(GovReportsError):
    """Raised by `crawler.storage` when the store cannot be opened or stayed locked; the message names the file."""


class DiskFullError(StoreError):
    """Raised when the disk has no space for what must be written, or less than GOV_REPORTS_MIN_FREE_MB."""


class AlreadyRunningError(StoreError):
    """Raised when another run holds the store; the message says which and since when."""


class JobError(GovReportsError):
    """Raised in a worker when a crawl job has not ended well; `pause` is the seconds before it is tried again."""

    def __init__(self, message: str, *, pause: float | None) -> None:
        super().__init__(message)
        self.pause = pause
        """None: never."""


class ArchiveError(GovReportsError):
    """Raised by `crawler.archive` when the archive is not there, is damaged, or cannot be written."""
