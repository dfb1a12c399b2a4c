"""The labelled real reports, as text: what their prose states, and every other quantity in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crawler.items import Figure, Indicator, Section, Span
from crawler.prose import read_prose

if TYPE_CHECKING:
    from crawler.items import SectionKind

SEEDS = ("seed-000", "seed-001", "seed-002", "seed-003", "seed-004")
KINDS: tuple[tuple[str, SectionKind], ...] = (
    ("问题|改进|打算|计划|关于20", "problems"),
    ("复议|诉讼", "disputes"),
    ("申请", "requests"),
    ("主动公开", "proactive"),
    ("总体|概述|基本", "overview"),
)


def sections(text: str) -> list[Section]:
    heads = list(re.finditer(r"(?m)^\s*([一二三四五六七八九十]+、[^\n]{2,40})$", text))
    ends = [*(head.start(1) for head in heads[1:]), len(text)]
    return [
        Section(
            number=number,
            heading=head[1],
            kind=next((kind for words, kind in KINDS if re.search(words, head[1])), "other"),
            start=head.start(1),
            end=end,
        )
        for number, (head, end) in enumerate(zip(heads, ends, strict=True), 1)
    ]


def significant(text: str) -> str:
    plain = text.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    return re.sub(r"[^0-9A-Za-z\u3400-\u9fff]+", "", plain)


def read(shared: Path, name: str) -> tuple[dict[str, Any], str, list[Indicator], list[Figure]]:
    label = json.loads((shared / "gold" / "records" / f"{name}.json").read_text("utf-8"))
    text = (shared / label["file"]).read_text("utf-8")
    table = re.search("统 计 指 标", text)  # the flattened table is read elsewhere
    indicators, figures = read_prose(
        text,
        skip=[(table.start(), len(text))] if table else [],
        sections=sections(text),
        form=label["template"],
        report_year=label["report_year"],
    )
    return label, text, indicators, figures


@pytest.mark.shared
@pytest.mark.parametrize("name", SEEDS)
def test_the_indicators_of_a_labelled_report(shared: Path, name: str) -> None:
    label, _, indicators, _ = read(shared, name)
    prose = [item for item in label["indicators"] if item["where"] == "prose" and item["value"] is not None]
    want = {item["code"]: item["value"] for item in prose if item.get("code")}
    possible = {(item["near"], item["value"]) for item in prose if item.get("near")}
    doubtful = {item["code"] for item in prose if item.get("doubt")}
    have = {indicator.code: float(indicator.value or 0) for indicator in indicators}
    assert {code for code, value in want.items() if have.get(code) != value} <= doubtful
    assert {(code, value) for code, value in have.items() if want.get(code) != value} <= possible


@pytest.mark.shared
@pytest.mark.parametrize("name", SEEDS)
def test_the_figures_of_a_labelled_report(shared: Path, name: str) -> None:
    label, text, _, figures = read(shared, name)
    spans = [
        (float(figure.value), significant(text[figure.evidence.start : figure.evidence.end]))
        for figure in figures
        if figure.value is not None
    ]
    missed = [
        item["quote"]
        for item in label["indicators"]
        if item["where"] == "prose"
        and not item.get("code")
        and item["value"] is not None
        and not any(
            value == item["value"] and (span in significant(item["quote"]) or significant(item["quote"]) in span)
            for value, span in spans
        )
    ]
    assert missed == []


@pytest.mark.shared
def test_the_evidence_of_a_labelled_report_holds(shared: Path) -> None:
    for name in SEEDS:
        _, text, indicators, figures = read(shared, name)
        for indicator in indicators:
            assert isinstance(indicator.evidence, Span)
            assert text[indicator.evidence.start : indicator.evidence.end] == indicator.raw
        assert all(figure.label for figure in figures)
