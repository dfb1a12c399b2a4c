"""What the prose says against what the tables say, and percentages against the counts they are of."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from crawler.checks.codes import make_finding
from crawler.checks.identities import by_code, plain
from crawler.items import Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Indicator, Report

APPROXIMATE: Final = re.compile(r"[近约超逾余多]")
"""Words before or behind a number that make it no exact one."""
SENTENCE: Final = re.compile(r"[^。；;\n]+")
PART: Final = re.compile(
    r"(?P<count>\d[\d,]{0,14})(?P<unit>[条件次篇份宗项人个])[^\d。；;\n%]{0,12}[,，(（]\s*(?:约|近)?占[^\d。；;\n%]{0,14}"
    r"(?P<share>\d{1,3}(?:\.\d{1,2})?)[%％]"
)
"""2870件，占77.13%"""
BEFORE: Final = 400
"""Characters before a share in which its total is looked for."""
REACH: Final = 40
"""Characters round 占 in which its count and its share stand."""
COUNTED: Final = re.compile(r"(?<![\d.])(\d[\d,]{0,14})\s?([条件次篇份宗项人个])")
RATE: Final = re.compile(r"率[^\d。；;\n]{0,6}(\d{1,3}(?:\.\d{1,2})?)[%％]")
RATED: Final = ("办结率", "答复率", "回复率")
TOTALS: Final = {
    "stat-2014": ("s14.3.1", None, "s14.3.2"),
    "form-2019": ("f19.t3.r1.tot", "f19.t3.r2.tot", "f19.t3.r3.7.tot"),
    "form-2021": ("f21.t3.r1.tot", "f21.t3.r2.tot", "f21.t3.r3.7.tot"),
}
"""Codes of the requests that came, that were left from the year before, and that were answered."""
TOLERANCE: Final = Decimal("0.1")
"""Points of a percentage that rounding may cost."""
HUNDRED: Final = Decimal(100)


def check_prose(report: Report) -> list[Finding]:
    """Return what the report says twice and differently."""
    if report.report_kind != "disclosure":
        return []
    return [*iter_contradictions(report), *iter_wrong_shares(report.text), *iter_wrong_rates(report)]


def iter_contradictions(report: Report) -> Iterator[Finding]:
    """Yield a finding for each code with one number in a table and another in the prose."""
    in_tables = {each.code: each for each in report.indicators if each.where == "table" and each.value is not None}
    for each in report.indicators:
        printed = in_tables.get(each.code) if each.where == "prose" and each.value is not None else None
        if printed is None or printed.value == each.value or printed.unit != each.unit:
            continue
        if is_approximate(report.text, each):
            continue
        yield make_finding(
            "prose.table",
            f"{each.code}: the prose says {plain(each.value)}, the table {plain(printed.value)}",
            [each.evidence, printed.evidence],
        )


def is_approximate(text: str, indicator: Indicator) -> bool:
    """Tell whether the prose gives a round number: 近300件, 300余件."""
    span = indicator.evidence
    return isinstance(span, Span) and APPROXIMATE.search(text, max(span.start - 1, 0), span.end + 2) is not None


def iter_wrong_shares(text: str) -> Iterator[Finding]:
    """Yield a finding for each 占比 that no count before it in the same paragraph explains.

    Only where a total of the same unit stands in the same sentence: of other shares nobody knows what they are of.
    """
    for match in iter_parts(text):
        paragraph = max(text.rfind("\n", 0, match.start()) + 1, match.start() - BEFORE)
        before = text[paragraph : match.start()]
        sentence = max(before.rfind(mark) for mark in "。；;") + 1
        totals = [number(count) for count, unit in COUNTED.findall(before[sentence:]) if unit == match["unit"]]
        part, share = number(match["count"]), Decimal(match["share"])
        if not any(total > part for total in totals):
            continue
        known = [*totals, *(number(count) for count, _ in COUNTED.findall(before))]
        known.append(part + sum(totals))
        if any(total and fits(part, total, share) for total in known):
            continue
        total = max(totals)
        yield make_finding(
            "share.part",
            f"{plain(part)} of {plain(total)} is {plain(percentage(part, total))} %, not {plain(share)} %",
            [Span(start=match.start(), end=match.end())],
        )


def iter_parts(text: str) -> Iterator[re.Match[str]]:
    """Yield the counts that are said to be a share."""
    place, end = text.find("占"), 0
    while place >= 0:
        match = PART.search(text, max(place - REACH, end), place + REACH)
        if match and match.end() > place:
            end = match.end()
            yield match
        place = text.find("占", place + 1)


def iter_wrong_rates(report: Report) -> Iterator[Finding]:
    """Yield a finding for each 办结率 that the requests and the answers do not give."""
    codes = TOTALS.get(report.form or "")
    if codes is None or "率" not in report.text:
        return
    now = by_code(report.indicators)
    came, left, answered = (now[code].value if code and code in now else None for code in codes)
    if not came or answered is None:
        return
    for match in RATE.finditer(report.text):
        if not report.text.startswith(RATED, match.start() - 2):
            continue
        share = Decimal(match[1])
        if fits(answered, came, share) or (left is not None and fits(answered, came + left, share)):
            continue
        if share == HUNDRED and answered >= came:
            continue
        yield make_finding(
            "share.rate",
            f"{plain(answered)} answers to {plain(came)} requests are not {plain(share)} %",
            [Span(start=match.start(), end=match.end())],
        )


def fits(part: Decimal, total: Decimal, share: Decimal) -> bool:
    """Tell whether a share is a part of a total, with a tenth of a point or half its last digit for rounding."""
    exponent = share.as_tuple().exponent
    half = Decimal(5).scaleb(int(exponent) - 1) if isinstance(exponent, int) else TOLERANCE
    return abs(part * HUNDRED / total - share) <= max(half, TOLERANCE)


def percentage(part: Decimal, total: Decimal) -> Decimal:
    """Return a part of a total in percent, to two digits."""
    return (part * HUNDRED / total).quantize(Decimal("0.01"), ROUND_HALF_UP)


def number(digits: str) -> Decimal:
    """Return the value of digits with commas."""
    return Decimal(digits.replace(",", ""))
