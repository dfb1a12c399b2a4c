"""A record held against itself: whether every value still stands where its evidence points.

Works on records as `scrapy extract` prints them and exports hold them, so that whoever has a file can prove it.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from crawler.forms import load_forms
from crawler.parsing.numbers import NUMBER_PATTERN, parse_count, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Record: TypeAlias = "Mapping[str, Any]"

KEYS: Final = (
    *("source", "page_kind", "report_kind", "title", "issuer", "region", "report_year", "period", "published_on"),
    *("published_on_raw", "published_on_reading", "form", "text", "sections", "tables", "indicators", "figures"),
    *("attachments", "findings", "derived_from"),
)
"""The keys of a record, in their order."""
PARTS: Final = ("sections", "tables", "indicators", "figures", "attachments", "findings")
NUMBER: Final = re.compile(NUMBER_PATTERN)
STATED_ZERO: Final = re.compile(r"[未没无零]|不存在|免")
"""Words that state a zero without a digit: 没有收到申请."""
MYRIAD: Final = Decimal(10_000)
"""元 in 万元."""
SHOWN: Final = 40
"""Characters of a text that a sentence quotes."""


def find_mismatches(record: Record) -> list[str]:
    """Return a sentence for each thing in a record that is not what it says; [] when every pointer holds."""
    if absent := [key for key in KEYS if key not in record]:
        return [f"keys are missing: {', '.join(absent)}"]
    if wrong := [key for key in PARTS if not isinstance(record[key], list)]:
        return [f"{wrong[0]} is no list"]
    if not isinstance(record["text"], str):
        return ["text is no string"]
    return [
        *iter_facts(record),
        *iter_sections(record),
        *iter_tables(record),
        *iter_indicators(record),
        *iter_figures(record),
        *iter_findings(record),
    ]


def count_pointers(record: Record) -> int:
    """Return how many places a record points at."""
    evidence = sum(len(finding.get("evidence", ())) for finding in record["findings"])
    return len(record["sections"]) + len(record["indicators"]) + len(record["figures"]) + evidence


def iter_facts(record: Record) -> Iterator[str]:
    """Yield what is wrong with the single facts: an unknown form, days that are none."""
    if record["form"] not in (None, "local", *load_forms()):
        yield f"form {record['form']} is not known"
    period = record["period"]
    try:
        if record["published_on"] is not None:
            date.fromisoformat(record["published_on"])
        if period is not None and date.fromisoformat(period["start"]) > date.fromisoformat(period["end"]):
            yield f"the period ends before it begins: {period['start']} … {period['end']}"
    except (TypeError, ValueError, KeyError) as error:
        yield f"a date is none: {error}"


def iter_sections(record: Record) -> Iterator[str]:
    """Yield sections that are not in order, not inside the text, or whose heading stands elsewhere."""
    text = record["text"]
    for place, section in enumerate(record["sections"]):
        start, end, heading = section["start"], section["end"], section["heading"]
        if not 0 <= start <= end <= len(text):
            yield f"sections[{place}] {start}:{end} is outside the text of {len(text)} characters"
        elif heading and not text.startswith(heading, start):
            yield f"sections[{place}] {quote(heading)} does not stand at {start}, but {quote(text[start:end])}"
    for place, (one, other) in enumerate(pairwise(record["sections"])):
        if other["start"] < one["end"]:
            yield f"sections[{place + 1}] begins at {other['start']}, before the end of the one before it"


def iter_tables(record: Record) -> Iterator[str]:
    """Yield tables whose rows have not the same number of cells."""
    for place, table in enumerate(record["tables"]):
        widths = {len(row) for row in table["rows"]}
        if len(widths) > 1:
            yield f"tables[{place}] has rows of {min(widths)} to {max(widths)} cells"


def iter_indicators(record: Record) -> Iterator[str]:
    """Yield indicators that do not stand where they point, or whose value is not what stands there."""
    for place, each in enumerate(record["indicators"]):
        name = f"indicators[{place}] {each['code']}"
        found = resolve(record, each["evidence"])
        if found is None:
            yield f"{name} points at {spell(each['evidence'])}, which is not there"
        elif found != each["raw"]:
            yield f"{name} says {quote(each['raw'])}, but {spell(each['evidence'])} is {quote(found)}"
        elif not is_value(each["value"], each["raw"], each["where"]):
            yield f"{name} is {each['value']}, but its raw {quote(each['raw'])} is not"


def iter_figures(record: Record) -> Iterator[str]:
    """Yield figures whose number does not stand where they point."""
    for place, each in enumerate(record["figures"]):
        name = f"figures[{place}] {quote(each['label'])}"
        found = resolve(record, each["evidence"])
        if found is None:
            yield f"{name} points at {spell(each['evidence'])}, which is not there"
        elif not is_value(each["value"], found, "prose"):
            yield f"{name} is {each['value']}, but {spell(each['evidence'])} is {quote(found)}"


def iter_findings(record: Record) -> Iterator[str]:
    """Yield findings that point outside the record."""
    for place, each in enumerate(record["findings"]):
        for evidence in each["evidence"]:
            if resolve(record, evidence) is None:
                yield f"findings[{place}] {each['code']} points at {spell(evidence)}, which is not there"


def resolve(record: Record, evidence: Mapping[str, Any]) -> str | None:
    """Return what stands where evidence points, None where there is no such place."""
    if "start" in evidence:
        start, end = evidence["start"], evidence["end"]
        return record["text"][start:end] if 0 <= start <= end <= len(record["text"]) else None
    indexes = (evidence["table"], evidence["row"], evidence["column"])
    if min(indexes) < 0:
        return None
    try:
        cell = record["tables"][indexes[0]]["rows"][indexes[1]][indexes[2]]
    except IndexError:
        return None
    return str(cell)


def is_value(value: float | None, raw: str, where: str) -> bool:
    """Tell whether a value is what its raw text says; a blank has none."""
    number = None if value is None else Decimal(str(value))
    printed = parse_count(raw).value
    if printed is not None or where == "table":
        return same(number, printed)
    if number is None:
        return True
    if number == 0 and STATED_ZERO.search(raw):
        return True
    return any(same(number, parse_number(match[0])) for match in NUMBER.finditer(raw))


def same(one: Decimal | None, other: Decimal | None) -> bool:
    """Tell whether two numbers are the same, as JSON keeps them; of money one may be in 元 and one in 万元."""
    if one is None or other is None:
        return one is other
    return float(one) == float(other) or float(one * MYRIAD) == float(other)


def spell(evidence: Mapping[str, Any]) -> str:
    """Return the place that evidence points at, as a programmer writes it."""
    if "start" in evidence:
        return f"text[{evidence['start']}:{evidence['end']}]"
    return f"tables[{evidence['table']}].rows[{evidence['row']}][{evidence['column']}]"


def quote(text: str) -> str:
    """Return the beginning of a text in quotes, on one line."""
    return repr(text if len(text) <= SHOWN else text[:SHOWN] + "…")
