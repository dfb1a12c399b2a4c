"""A record proves itself: whatever is moved, cut or changed in it is named; a sound one has nothing to name."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from crawler.checks.pointers import KEYS, count_pointers, find_mismatches
from crawler.items import Cell, Figure, Finding, Indicator, Section, Span, Table
from crawler.record import dump_record, record_from
from tests.factories import make_report

TEXT = "一、总体情况\n主动公开政府信息347条，没有收到政府信息公开申请，收费0.5万元。\n规章 | 12\n二、问题\n无"


def sound() -> dict[str, Any]:
    place = TEXT.index("347条")
    zero = TEXT.index("没有收到")
    second = TEXT.index("二、")
    report = make_report(
        text=TEXT,
        sections=[
            Section(number=1, heading="一、总体情况", kind="overview", start=0, end=second),
            Section(number=2, heading="二、问题", kind="problems", start=second, end=len(TEXT)),
        ],
        tables=[Table(rows=[["规章", "12"], ["其他", "-"]], kind="t2")],
        indicators=[
            indicator("f21.t2.a1.rule.made", 12, "12", Cell(table=0, row=0, column=1)),
            indicator("f21.t2.a1.rule.valid", None, "-", Cell(table=0, row=1, column=1)),
            indicator("s14.1.1", 347, "347条", Span(start=place, end=place + 4), "prose"),
            indicator("s14.3.1", 0, "没有收到政府信息公开申请", Span(start=zero, end=zero + 12), "prose"),
        ],
        figures=[
            Figure(
                label="信息", value=Decimal(347), unit="条", qualifier=None, evidence=Span(start=place, end=place + 4)
            )
        ],
        findings=[Finding(code="lost.tail", severity="info", message="", evidence=[Span(start=0, end=3)])],
    )
    loaded: dict[str, Any] = json.loads(dump_record(record_from(report)))
    return loaded


def indicator(code: str, value: int | None, raw: str, evidence: Cell | Span, where: Any = "table") -> Indicator:
    number = None if value is None else Decimal(value)
    return Indicator(code=code, label="", value=number, unit="件", raw=raw, where=where, evidence=evidence)


def test_a_sound_record_has_nothing_to_name() -> None:
    record = sound()
    assert find_mismatches(record) == []
    assert tuple(record) == KEYS
    assert count_pointers(record) == 8


DAMAGE: dict[str, tuple[Callable[[Any], object], str]] = {
    "a sign put into the text": (lambda r: r.update(text="x" + r["text"]), "sections[0]"),
    "text cut": (lambda r: r.update(text=r["text"][:20]), "outside the text"),
    "a cell changed": (lambda r: r["tables"][0]["rows"][0].__setitem__(1, "13"), "says '12', but tables[0].rows[0][1]"),
    "a table gone": (lambda r: r["tables"].clear(), "which is not there"),
    "a row gone": (lambda r: r["tables"][0]["rows"].pop(), "which is not there"),
    "a value changed": (lambda r: r["indicators"][0].update(value=13), "is 13, but its raw '12' is not"),
    "a blank made zero": (lambda r: r["indicators"][1].update(value=0), "is 0, but its raw '-' is not"),
    "a prose value changed": (lambda r: r["indicators"][2].update(value=348), "is 348"),
    "a stated zero made one": (lambda r: r["indicators"][3].update(value=1), "is 1"),
    "a figure changed": (lambda r: r["figures"][0].update(value=3), "figures[0]"),
    "a figure moved": (lambda r: r["figures"][0]["evidence"].update(start=0, end=3), "figures[0]"),
    "an offset below 0": (lambda r: r["indicators"][2]["evidence"].update(start=-4), "which is not there"),
    "a finding that points outside": (lambda r: r["findings"][0]["evidence"][0].update(end=9999), "findings[0]"),
    "sections out of order": (lambda r: r["sections"].reverse(), "before the end"),
    "another heading": (lambda r: r["sections"][0].update(heading="一、概述"), "does not stand at 0"),
    "rows of unequal width": (lambda r: r["tables"][0]["rows"][0].append("x"), "rows of 2 to 3 cells"),
    "an unknown form": (lambda r: r.update(form="form-2030"), "form-2030"),
    "a day that is none": (lambda r: r.update(published_on="2024-02-31"), "a date is none"),
    "a period backwards": (lambda r: r.update(period={"start": "2024-01-01", "end": "2023-01-01"}), "ends before"),
    "a key gone": (lambda r: r.pop("figures"), "keys are missing: figures"),
    "a part that is no list": (lambda r: r.update(tables=None), "tables is no list"),
    "no text": (lambda r: r.update(text=None), "text is no string"),
}


@pytest.mark.parametrize(("damage", "sentence"), DAMAGE.values(), ids=DAMAGE.keys())
def test_each_damage_is_named(damage: Callable[[Any], object], sentence: str) -> None:
    record = copy.deepcopy(sound())
    damage(record)
    assert any(sentence in each for each in find_mismatches(record)), find_mismatches(record)


def test_masked_values_hold() -> None:
    record = sound()
    record["text"] = record["text"].replace("347条", "****")
    record["indicators"][2].update(raw="****", value=None)
    record["figures"] = []
    assert find_mismatches(record) == []
