"""Tables that a report must have and has not: their headings stand, one right after the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.checks.codes import make_finding
from crawler.items import Finding, Span

if TYPE_CHECKING:
    from crawler.items import Report, Section

PRESCRIBED: Final = {"t2": "proactive", "t3": "requests", "t4": "disputes"}
"""The tables of the forms of 2019 and 2021, and the kind of section each stands in."""
NAMES: Final = {"t2": "二", "t3": "三", "t4": "四"}
FORMS: Final = ("form-2019", "form-2021")
REST: Final = 30
"""Characters that may stand under the heading of a lost table: 具体情况见下表."""
UNITS: Final = re.compile(r"(?:^|(?<= \| )|(?<=\n))[条件次篇个人](?= \| |\n|$)")
CELLS: Final = 40
"""Cells of the statistics table of 2014 that must have been read before their units are missed."""
FEW: Final = 3


def check_tables(report: Report) -> list[Finding]:
    """Return what is missing of the report's tables."""
    if report.report_kind != "disclosure":
        return []
    return [*check_missing(report), *check_units(report)]


def check_missing(report: Report) -> list[Finding]:
    """Return one finding that names the tables of the form that are not there: missing is not zero."""
    if report.form not in FORMS:
        return []
    here = {table.kind for table in report.tables}
    here |= {each.code.split(".")[1] for each in report.indicators if each.where == "table"}  # type: ignore[misc]
    missing = [kind for kind in PRESCRIBED if kind not in here]
    if not missing:
        return []
    empty = [section for kind in missing for section in report.sections if is_empty(report, section, PRESCRIBED[kind])]
    names = "、".join(NAMES[kind] for kind in missing)
    under = f"; {len(empty)} headings stand with nothing under them" if empty else ""
    evidence = [Span(start=section.start, end=section.start + len(section.heading)) for section in empty]
    return [make_finding("tables.missing", f"{report.form} has tables 二, 三, 四; missing: {names}{under}", evidence)]


def is_empty(report: Report, section: Section, kind: str) -> bool:
    """Tell whether a section of a kind holds next to nothing but its heading."""
    if section.kind != kind:
        return False
    return len(report.text[section.start : section.end].strip()) - len(section.heading) <= REST


def check_units(report: Report) -> list[Finding]:
    """Return a finding where the statistics table of 2014 lost its one-character units."""
    if report.form != "stat-2014" or "统计数" not in report.text or "万元" not in report.text:
        return []
    if sum(each.where == "table" for each in report.indicators) < CELLS:
        return []
    seen = len(UNITS.findall(report.text))
    if seen > FEW:
        return []
    return [
        make_finding(
            "lost.units", f"The unit column of the statistics table holds {seen} of its 条, 件, 次, 篇, 个, 人"
        )
    ]
