"""What the crawl may touch: the refusals every part of it shares, and the guard over outgoing addresses."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class RefusedRequest(IgnoreRequest):
    """Raised by our downloader middlewares when a request must not be sent or its answer must not be used.

    `reason` is a stable word for the ledger: `robots`, `robots_unavailable`, `scheme`, `port`, `offsite`, `address`,
    `host_paused`, `partial`, `truncated_gzip`, `empty`, `bad_encoding` …; the message says it in a sentence.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
