"""R02, R04, R05: the exit code of every way a run can end."""

from __future__ import annotations

import pytest

from crawler.errors import CatalogueError, FormError, StoreError, UsageError
from crawler.running.books import Books, PortalBook
from crawler.running.verdict import judge_error, judge_run


def books(*portals: PortalBook) -> Books:
    return Books({book.portal: book for book in portals})


def portal(name: str = "a", *, reports: int = 0, failure: str = "", stop_reason: str = "exhausted") -> PortalBook:
    return PortalBook(portal=name, disclosures=reports, failure=failure, stop_reason=stop_reason)


@pytest.mark.parametrize(
    ("code", "reason", "of", "stats"),
    [
        pytest.param(0, "finished", [portal(reports=3)], {}, id="all as asked"),
        pytest.param(0, "finished", [portal(reports=3), portal("b")], {}, id="one of two portals has no reports"),
        pytest.param(0, "finished", [portal(reports=3, stop_reason="limit")], {}, id="as many as asked for"),
        pytest.param(9, "finished", [portal(failure="dns")], {}, id="the only portal does not answer"),
        pytest.param(9, "finished", [portal(failure="dns"), portal("b", failure="http_403")], {}, id="none answers"),
        pytest.param(18, "finished", [portal(failure="http_403")], {}, id="the host does not want us"),
        pytest.param(12, "finished", [portal(reports=3), portal("b", failure="timeout")], {}, id="one does not answer"),
        pytest.param(12, "finished", [portal()], {}, id="nothing found"),
        pytest.param(12, "finished", [], {}, id="no portal came to an end"),
        pytest.param(15, "finished", [portal(reports=3, stop_reason="seconds")], {}, id="a portal's time was up"),
        pytest.param(9, "finished", [portal(reports=3)], {"spider_exceptions/count": 1}, id="the spider failed"),
        pytest.param(9, "finished", [portal(reports=3)], {"gov_reports/item_errors": 2}, id="a stage failed"),
        pytest.param(11, "shutdown", [portal(reports=3)], {}, id="one signal"),
        pytest.param(15, "closespider_timeout", [portal(reports=3)], {}, id="the run's time was up"),
        pytest.param(8, "store_failed", [portal(reports=3)], {}, id="the store failed"),
        pytest.param(9, "memusage_exceeded", [portal(reports=3)], {}, id="memory"),
        pytest.param(9, "something else", [portal(reports=3)], {}, id="an unknown end"),
    ],
)
def test_r04_r05_verdict_over_a_run(code: int, reason: str, of: list[PortalBook], stats: dict) -> None:
    verdict = judge_run(reason, books(*of), stats)
    assert verdict.code == code
    assert bool(verdict.sentence) is bool(code), "one line says why, and only then"
    assert "\n" not in verdict.sentence


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("no portal called x"), 2),
        (CatalogueError("portals.tsv:3: unknown key"), 4),
        (FormError("form.toml:9: unknown code"), 4),
        (StoreError("output/x.sqlite3 is newer than this program"), 8),
        (ZeroDivisionError("division by zero"), 9),
    ],
)
def test_r04_verdict_over_an_error(error: Exception, code: int) -> None:
    verdict = judge_error(error)
    assert verdict.code == code
    assert str(error) in verdict.sentence
