"""The run's books and the summary made of them."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

import pytest
from rich.console import Console

from crawler.items import Article, Finding, Indicator, Page, Report, Source, Span
from crawler.outcomes import ListOutcome, PortalOutcome, UrlOutcome
from crawler.running.books import Books
from crawler.running.summary import print_summary


def report(portal: str, kind: str, indicators: int = 0, findings: tuple[str, ...] = ()) -> Report:
    page = Page(url="http://www.example/1.html", body=b"", portal=portal)
    source = Source(url=page.url)
    return Report(
        article=Article(page=page, source=source, page_kind="report"),
        source=source,
        page_kind="report",
        report_kind=kind,
        indicators=[
            Indicator(
                code=f"s14.{number}",
                label="",
                value=Decimal(1),
                unit="条",
                raw="1",
                where="table",
                evidence=Span(start=0, end=1),
            )
            for number in range(indicators)
        ],
        findings=[Finding(code="sums.x", severity=severity, message="") for severity in findings],
    )


def url(outcome: str, reason: str | None = None, role: str = "entry", portal: str = "a") -> UrlOutcome:
    return UrlOutcome(portal=portal, url="http://www.example/", role=role, outcome=outcome, reason=reason)


@pytest.fixture
def books() -> Books:
    books = Books()
    for item in (
        ListOutcome(
            portal="a",
            url="http://www.example/l",
            family="trs",
            title=None,
            pages=3,
            entries=18,
            expected=18,
            stop_reason="last_page",
        ),
        report("a", "disclosure", indicators=5, findings=("warning", "info", "warning")),
        report("a", "disclosure", indicators=2),
        report("a", "website"),
        url("read"),
        url("robots", "robots"),
        url("gone", "http_404"),
        url("gone", "http_404"),
        url("unreachable", "dns", role="home", portal="b"),
        PortalOutcome(
            portal="a",
            name="青禾市人民政府",
            home="http://www.example/",
            requests=25,
            columns=1,
            entries=18,
            stop_reason="exhausted",
        ),
        {"something": "else"},
    ):
        books.note(item)
    books.note_stored("a", "new", 1)
    books.note_stored("a", "quarantined", 1)
    return books


def test_counts(books: Books) -> None:
    book = books.portals["a"]
    assert (book.lists, book.list_pages, book.entries, book.requests) == (1, 3, 18, 25)
    assert (book.disclosures, book.reports, book.indicators, book.stored["new"]) == (2, 1, 7, 1)
    assert dict(book.others) == {"website": 1}
    assert dict(book.refused) == {"robots": 1, "http_404": 2}
    assert dict(book.findings) == {"warning": 2, "info": 1}
    assert books.portals["b"].failure == "dns"
    assert books.total("reports") == 1


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "pipe"])
def test_summary_says_everything_once(books: Books, terminal: bool) -> None:
    out = StringIO()
    console = Console(file=out, force_terminal=terminal, width=150, color_system=None)
    print_summary(console, books, store="postgresql://user:c4n4ry@host/db", loopback=True)
    text = out.getvalue()
    for part in (
        "青禾市人民政府",
        "http_404 2",
        "robots 1",
        "website 1",
        "held back as doubtful: 1",
        "warning 2",
        "dns",
        "scrapy export",
        "loopback",
    ):
        assert text.count(part) >= 1, part
    assert "c4n4ry" not in text
    assert ("─" in text) is terminal, "lines of a table belong on a terminal alone"


def test_summary_of_nothing(books: Books) -> None:
    out = StringIO()
    print_summary(Console(file=out), Books(), store="sqlite:///x", loopback=False)
    assert "reports 0" in out.getvalue()
    assert "loopback" not in out.getvalue()


def test_a_home_page_that_answered_the_second_time_is_no_failure() -> None:
    books = Books()
    books.note(url("unreachable", "tls", role="home"))
    assert books.portals["a"].failure == "tls"
    books.note(url("read", role="home"))
    assert books.portals["a"].failure == ""
    assert books.portals["a"].refused == {"tls": 1}
