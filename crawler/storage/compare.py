"""What a new version of a report changed: facts, cells and paragraphs. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from crawler.storage.identity import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Report


@dataclass(slots=True, frozen=True)
class Change:
    """One difference between two versions."""

    what: Literal["fact", "indicator", "paragraph"]
    name: str
    """The fact's or the indicator's name; of a paragraph, the number of its line in the new text, from 1."""
    old: str | None
    """What stood there before; None: nothing did."""
    new: str | None


def compare(old: Report, new: Report) -> list[Change]:
    """Return what changed from one version to the next: facts first, then indicators, then paragraphs."""
    return [*_facts(old, new), *_indicators(old, new), *_paragraphs(old.text, new.text)]


def _facts(old: Report, new: Report) -> Iterator[Change]:
    after = facts_of(new)
    for name, value in facts_of(old).items():
        if value != after[name]:
            yield Change("fact", name, value, after[name])


def _indicators(old: Report, new: Report) -> Iterator[Change]:
    """Yield the cells whose print changed; a code that stands twice has its first reading compared, and so on."""
    before, after = _cells(old), _cells(new)
    for name in [*before, *(name for name in after if name not in before)]:
        if before.get(name) != after.get(name):
            yield Change("indicator", name, before.get(name), after.get(name))


def _cells(report: Report) -> dict[str, str]:
    cells: dict[str, str] = {}
    for indicator in report.indicators:
        name, reading = indicator.code, 1
        while name in cells:
            reading += 1
            name = f"{indicator.code}#{reading}"
        cells[name] = indicator.raw
    return cells


def _paragraphs(old: str, new: str) -> Iterator[Change]:
    before, after = old.splitlines(), new.splitlines()
    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            lost, gained = "\n".join(before[from_old:to_old]), "\n".join(after[from_new:to_new])
            yield Change("paragraph", str(from_new + 1), lost or None, gained or None)
