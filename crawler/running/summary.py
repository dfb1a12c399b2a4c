"""The end of a run as a reader sees it: a table on a terminal, plain lines anywhere else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from crawler.running.books import HELD, STORED
from crawler.running.logs import mask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.running.books import Books, PortalBook

COLUMNS = (
    "lists",
    "entries",
    "reports",
    *STORED,
    "other documents",
    "refused",
    "indicators",
    "findings",
)


HEADINGS = {
    "unchanged": "same",
    "other documents": "other\ndocs",
    "indicators": "indi-\ncators",
    "findings": "find-\nings",
}
"""What stands over the columns: with these the table fits into 80 characters."""


def count_row(book: PortalBook) -> tuple[int, ...]:
    """Return a portal's numbers in the order of `COLUMNS`."""
    return (
        book.lists,
        book.entries,
        book.reports,
        *(book.stored[what] for what in STORED),
        book.others.total(),
        book.refused.total(),
        book.indicators,
        book.findings.total(),
    )


def total_row(books: Books) -> tuple[int, ...]:
    """Return the sums of `count_row` over the portals."""
    rows = [count_row(book) for book in books.portals.values()]
    return tuple(map(sum, zip(*rows, strict=True))) if rows else (0,) * len(COLUMNS)


def describe_counts(counts: Counter[str]) -> str:
    """Return `robots 2, http_404 1`, most frequent first."""
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def describe_details(book: PortalBook) -> list[str]:
    """Return what the numbers of a portal do not say: which documents, why refused, how it ended."""
    parts = (
        ("other documents", describe_counts(book.others)),
        ("known and not read again", str(book.known or "")),
        ("held back as doubtful", str(book.stored[HELD] or "")),
        ("refused", describe_counts(book.refused)),
        ("findings", describe_counts(book.findings)),
        ("home page", book.failure),
        ("ended", book.stop_reason if book.stop_reason != "exhausted" else ""),
    )
    return [f"{name}: {text}" for name, text in parts if text]


def plain_lines(books: Books) -> Iterable[str]:
    """Yield the summary as lines that a log or a pipe can hold."""
    for book in books.portals.values():
        numbers = ", ".join(f"{name} {count}" for name, count in zip(COLUMNS, count_row(book), strict=True))
        yield f"{book.portal} {book.name}: {numbers}"
        for detail in describe_details(book):
            yield f"  {detail}"
    yield "all: " + ", ".join(f"{name} {count}" for name, count in zip(COLUMNS, total_row(books), strict=True))


def render_table(books: Books) -> Table:
    """Return the summary as a table with a line of totals."""
    table = Table(box=box.SIMPLE_HEAD, show_footer=True, show_edge=False, padding=0)
    table.add_column("portal", footer="all", min_width=14)
    for name, total in zip(COLUMNS, total_row(books), strict=True):
        table.add_column(HEADINGS.get(name, name), footer=str(total), justify="right", no_wrap=True)
    for book in books.portals.values():
        table.add_row(f"{book.portal}\n{book.name}", *map(str, count_row(book)))
    return table


def next_steps(store: str, *, loopback: bool) -> list[str]:
    """Return where the results are and what to do with them."""
    lines = [
        f"store: {mask(store)}",
        "next: scrapy status · scrapy export --format csv --out DIR · scrapy export --format jsonl --out DIR",
    ]
    if loopback:
        lines.append("note: loopback addresses were open to this run (GOV_REPORTS_ALLOW_LOOPBACK)")
    return lines


def print_summary(console: Console, books: Books, *, store: str, loopback: bool) -> None:
    """Print the run's summary."""
    if console.is_terminal:
        console.print(render_table(books))
        for book in books.portals.values():
            if details := describe_details(book):
                console.print(f"{book.portal}: {'; '.join(details)}", markup=False, highlight=False)
        lines = next_steps(store, loopback=loopback)
    else:
        lines = [*plain_lines(books), *next_steps(store, loopback=loopback)]
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
