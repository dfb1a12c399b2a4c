"""What a report says against the one of the year before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from crawler.checks.years import codes_between_years
from crawler.commands.verify import Command
from crawler.datasets.continuity import CONTINUITY, continuity_rows
from crawler.items import Cell, FormId
from crawler.storage import Filters, Store, open_store
from tests.commands import run_command
from tests.factories import HOST, NOON, make_indicator, make_outcome, make_report

NAMES = [column.name for column in CONTINUITY.columns]


@pytest.fixture
def store(tmp_path: Path, empty_store: Callable[[Path], str]) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        opened.begin_run(NOON)
        yield opened


def keep(store: Store, year: int, cells: dict[str, int | None], *, form: FormId = "form-2021", url: str = "", **fields):
    head = {"form-2019": "f19.", "form-2021": "f21."}[form]
    found = [
        make_indicator(
            head + code, None if value is None else Decimal(value), str(value or ""), Cell(table=0, row=0, column=1)
        )
        for code, value in cells.items()
    ]
    report = make_report(url or f"{HOST}/{fields.get('issuer', '')}{year}.html", year=year, **fields)
    report.form, report.indicators = form, found
    store.save_report(report, make_outcome(report), NOON)


def told(store: Store, **filters) -> list[tuple[object, ...]]:
    with store.snapshot() as connection:
        rows = [dict(zip(NAMES, row, strict=True)) for row in continuity_rows(connection, Filters(**filters))]
    return [(row["report_year"], row["code"], row["scope"], row["state"], row["says"], row["follows"]) for row in rows]


def test_what_was_left_is_what_comes_whatever_the_order_of_arrival(store: Store) -> None:
    keep(store, 2023, {"t3.r2.np": 2, "t3.r4.np": 0})
    keep(store, 2021, {"t3.r2.np": 0, "t3.r4.np": 3})
    keep(store, 2022, {"t3.r2.np": 3, "t3.r4.np": 1})
    assert told(store) == [
        (2022, "sums.t3.carry", "np", "holds", 3, 3),
        (2023, "sums.t3.carry", "np", "fails", 2, 1),
    ]
    assert told(store, years=frozenset({2023})) == [(2023, "sums.t3.carry", "np", "fails", 2, 1)]


def test_a_report_in_the_form_before_is_asked_alike(store: Store) -> None:
    keep(store, 2020, {"t3.r4.np": 4}, form="form-2019")
    keep(store, 2021, {"t3.r2.np": 4})
    assert told(store) == [(2021, "sums.t3.carry", "np", "holds", 4, 4)]


def test_stocks_follow_from_what_was_made_and_repealed(store: Store) -> None:
    keep(store, 2021, {"t2.a1.norm.valid": 10})
    keep(store, 2022, {"t2.a1.norm.valid": 12, "t2.a1.norm.made": 3, "t2.a1.norm.repealed": 1})
    keep(store, 2023, {"t2.a1.norm.valid": 12, "t2.a1.norm.made": 3, "t2.a1.norm.repealed": None})
    assert told(store) == [
        (2022, "sums.t2.stock", None, "holds", 12, 12),
        (2023, "sums.t2.stock", None, "undecidable", 12, 15),
    ]


def test_nothing_is_asked_without_the_report_of_the_year_before(store: Store) -> None:
    keep(store, 2020, {"t3.r4.np": 4})
    keep(store, 2022, {"t3.r2.np": 9})
    keep(store, 2021, {"t3.r2.np": 9}, issuer="青禾市民政局")
    keep(store, 2023, {"t3.r1.np": 9})
    assert told(store) == []


def test_the_first_document_with_numbers_speaks_for_a_report(store: Store) -> None:
    keep(store, 2021, {}, url=f"{HOST}/picture.html", count=1)
    keep(store, 2021, {"t3.r4.np": 7}, count=2)
    keep(store, 2022, {"t3.r2.np": 7})
    assert told(store) == [(2022, "sums.t3.carry", "np", "holds", 7, 7)]


def test_verify_notes_what_does_not_carry_over(store: Store) -> None:
    keep(store, 2021, {"t3.r4.np": 3})
    keep(store, 2022, {"t3.r2.np": 2})
    said = run_command(Command, store, "--no-archive").out
    assert "2022 青禾市财政局: sums.t3.carry: t3.carry (np): 2 ≠ 3 with f21.t3.r2.np = 2, f21.t3.r4.np@-1 = 3" in said


def test_codes_between_years_are_few_and_of_both_forms() -> None:
    codes = codes_between_years()
    assert {"f21.t3.r2.np", "f21.t3.r4.tot", "f19.t3.r4.tot", "f21.t2.a1.norm.valid", "f21.t2.a1.norm.made"} <= set(
        codes
    )
    assert "f21.t3.r1.np" not in codes
    assert len(codes) < 60
