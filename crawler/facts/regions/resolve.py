"""The issuer's division in the report year: from its name, else from what else the page shows of its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.facts.organs import CENTRAL, TOWN, ZONE
from crawler.facts.regions.matching import (
    Match,
    find_mentions,
    full_name,
    highest,
    match_places,
    narrow_down,
)
from crawler.facts.regions.table import Division, division_by_area
from crawler.items import Finding, Level, Region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


PROVINCE_ONLY: Final = "province of host or ICP"
"""Evidence that tells one of several, but never where an organ is."""
CONTACT: Final = "contact address"
"""Evidence for towns alone, which are where they can be reached: a city's bureau stands in one of its districts."""
TOWN_ENDS: Final = ("乡", "镇", "道", "街", "苏木")
LEADING: Final = re.compile(r"(?P<word>[省市县区州盟旗])(?=[一-龥]{2})")
"""The word for a level, where an organ leaves out its place: 县教育局."""


@dataclass(slots=True, frozen=True)
class Hint:
    """A place that the page shows elsewhere: in its site's name, breadcrumb, footer or code."""

    division: Division
    reading: str


@dataclass(slots=True)
class Place:
    """Where an issuer is."""

    region: Region
    division: Division | None = None
    rest: str = ""
    """What of the name stands behind its place."""
    printed: bool = False
    """Whether the name itself says where."""
    sub_place: str | None = None
    """Town or zone below the division, as printed."""
    findings: list[Finding] = field(default_factory=list)


def locate(name: str, years: Sequence[int], hints: Callable[[], Iterable[Hint]]) -> Place:
    """Return where an organ with this plain name is.

    `years` are the report year and the year of publication; `hints` gives the page's other places when they are
    needed, the strongest first.
    """
    mentions = find_mentions(name)
    match = match_places(mentions, years)
    if match and not any(mention.is_full for mention in mentions) and TOWN.match(name):
        match = _confirmed(match, [hint.division for hint in hints()])
    if match is None:
        return _from_hints(name, years, list(hints()))
    divisions: Sequence[Division] = match.divisions
    reading = "issuer"
    if len(divisions) > 1:
        shown = list(hints())
        divisions = narrow_down(divisions, (hint.division for hint in shown))
        if len(divisions) == 1:
            reading = "issuer, " + next((h.reading for h in shown if h.division.contains(divisions[0])), "page")
    if len(divisions) > 1:
        divisions = _by_office(name[match.end :], divisions)
    if len(divisions) > 1:
        return _ambiguous(name, match, divisions)
    return _place(divisions[0], name[match.end :], match.year, years, reading, printed=True)


def _confirmed(match: Match, shown: list[Division]) -> Match | None:
    """A match of short names, unless the page is of elsewhere: 广安门外街道 is in 北京, not in 广安."""
    near = any(one.contains(each) or each.contains(one) for one in shown for each in match.divisions)
    return match if near or not shown else None


def _by_office(rest: str, found: Sequence[Division]) -> Sequence[Division]:
    """A 厅 is a province's; else a bare name is that of the highest level: 吉林 the province before the city."""
    if "厅" in rest and not rest.startswith("人民政府"):
        return [each for each in found if each.level == "province"] or found
    return highest(found)


def _ambiguous(name: str, match: Match, found: Sequence[Division]) -> Place:
    levels = {each.level for each in found}
    places = ", ".join(f"{full_name(each, match.year)} ({each.code})" for each in found)
    finding = Finding(
        code="region.ambiguous",
        severity="warning",
        message=f"{match.names[-1]} of {name} can be {places}; nothing on the page tells which",
    )
    level = next(iter(levels)) if len(levels) == 1 else None
    return Place(Region(level=level), rest=name[match.end :], printed=True, findings=[finding])


def _from_hints(name: str, years: Sequence[int], hints: list[Hint]) -> Place:
    """The place of an organ whose name has none: that of its site, at the level its name speaks of."""
    if CENTRAL.search(name):
        return Place(Region(level="central", reading="issuer"), rest=name)
    unfit = {PROVINCE_ONLY} if TOWN.match(name) else {PROVINCE_ONLY, CONTACT}
    hints = [hint for hint in hints if hint.reading not in unfit]
    leading = LEADING.match(name)
    chosen = _at_level(leading["word"], hints) if leading else _deepest(hints)
    if chosen is None:
        return Place(Region(level=_level_of_name(name)), rest=name)
    rest = name[leading.end() :] if leading else name
    return _place(chosen.division, rest, years[0] if years else None, years, chosen.reading, printed=False)


def _level_of_name(name: str) -> Level | None:
    """The level of a town or a zone of which the place is not known."""
    return "township" if TOWN.match(name) else "zone" if ZONE.match(name) else None


def _at_level(word: str, hints: list[Hint]) -> Hint | None:
    """The place that is a 县, 市 …, as the organ's first character says: the first hint that is, or contains one."""
    for hint in hints:
        if hint.division.name.endswith(word):
            return hint
    for hint in hints:
        for length in (4, 2):
            outer = division_by_area(hint.division.area[:length])
            if outer and outer.name.endswith(word) and len(hint.division.area) > length:
                return Hint(outer, hint.reading)
    return None


def _deepest(hints: list[Hint]) -> Hint | None:
    """The first hint, or one inside it that goes deeper."""
    if not hints:
        return None
    chosen = hints[0]
    for hint in hints[1:]:
        if chosen.division.contains(hint.division) and hint.reading != "footer":
            chosen = hint
    return chosen


def _place(
    division: Division, rest: str, year: int | None, years: Sequence[int], reading: str, *, printed: bool
) -> Place:
    matched = _matched_year(division, year, years)
    name = full_name(division, matched)
    code, level, sub_place = division.code, division.level, None
    if level != "zone":
        below = rest.removeprefix("人民政府").lstrip(")") or rest
        town, zone = TOWN.match(below), ZONE.match(below)
        if town:
            sub_place, level = town["town"], "township"
            sub_place += "" if sub_place.endswith(TOWN_ENDS) else "办事处"
        elif zone:
            sub_place, level, code = zone["zone"], "zone", None
    region = Region(code=code, name=name + (sub_place or ""), level=level, matched_year=matched, reading=reading)
    return Place(region, division, rest, printed, sub_place)


def _matched_year(division: Division, year: int | None, years: Sequence[int]) -> int | None:
    """The year whose table has the division: the one asked for, else the nearest."""
    asked = year if year is not None else (years[0] if years else None)
    if asked is None:
        return None
    return min(max(asked, division.first), division.last)
