"""How addresses end that give no page: the reason, and the state the ledger makes of it."""

from __future__ import annotations

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.discovery.failures import ending_of_error, ending_of_status
from crawler.outcomes import UrlOutcome
from crawler.storage.ledger import state_of

ERRORS: dict[str, tuple[BaseException, tuple[str, str], str]] = {
    "no such name": (CannotResolveHostError("no such host"), ("unreachable", "dns"), "retry"),
    "no answer in time": (DownloadTimeoutError("took too long"), ("unreachable", "timeout"), "retry"),
    "nobody listens": (DownloadConnectionRefusedError("refused"), ("unreachable", "connection_refused"), "retry"),
    "a body cut short": (ResponseDataLossError("incomplete"), ("unreachable", "cut"), "retry"),
    "anything else": (OSError("what ever"), ("unreachable", "connection"), "retry"),
    "too large": (DownloadCancelledError("too large"), ("refused", "too_large"), "rejected"),
    "a bomb": (IgnoreRequest("exceeded DOWNLOAD_MAXSIZE (9 B)"), ("refused", "too_large"), "rejected"),
    "a redirect loop": (IgnoreRequest("max redirections reached"), ("refused", "redirects"), "rejected"),
}
STATUSES = {
    404: ("gone", "rejected"),
    410: ("gone", "rejected"),
    403: ("blocked", "retry"),
    412: ("blocked", "retry"),
    521: ("blocked", "retry"),
    500: ("error", "retry"),
    503: ("error", "retry"),
}


def state(outcome: str, reason: str) -> str:
    return state_of(UrlOutcome(portal="p", url="http://www.a.example/", role="entry", outcome=outcome, reason=reason))


@pytest.mark.parametrize(("error", "ending", "becomes"), ERRORS.values(), ids=ERRORS)
def test_a13_a18_c13_an_error_is_a_result_with_its_reason(
    error: BaseException, ending: tuple[str, str], becomes: str
) -> None:
    assert ending_of_error(error) == ending
    assert state(*ending) == becomes


@pytest.mark.parametrize("status", STATUSES)
def test_a02_a05_a06_a_status_is_a_result_with_its_reason(status: int) -> None:
    outcome, becomes = STATUSES[status]
    assert ending_of_status(status) == (outcome, f"http_{status}")
    assert state(outcome, f"http_{status}") == becomes
