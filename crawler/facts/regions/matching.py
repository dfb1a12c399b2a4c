"""Which divisions a short string names, and which one of several of a name is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from crawler.facts.regions.table import GENERIC, Division, division_by_area, load_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST_STRING: Final = 200
"""Characters of a string that are searched: names of places stand in titles and column names, not in chapters."""
NO_SHORT_BEFORE: Final = re.compile(
    r"[镇乡村屯路街河湖山江桥港]|街道|社区|新城|[东西南北中大]路|大[街道]|苏木|林场|农场|机场|门外|流域|事务|[局厅处]|大学|学院|日报|晚报|电视|新闻"
)
"""What may not follow a short name: 和平街道 and 新城镇 are no 和平区 and 新城区."""
ZONE_BEHIND: Final = re.compile(r"新区|开发区|高新|经开|经济|工业园|产业|园区|保税|度假|风景|技术|综合")
"""Behind these only the short name of a city, or of one county, is one: 合肥经济技术开发区, no 和平经济开发区."""
AGENCY_BEFORE: Final = re.compile(
    r"(?:公司|总局|总署|统计局|气象局|监管局|监督局|管理局|银行|国网|集团|中国|国家|中共|共和国)\(?$"
)
"""Central agencies name the place of their branch behind their own name."""


@dataclass(slots=True, frozen=True)
class Mention:
    """A name of divisions in a string."""

    start: int
    end: int
    name: str
    is_full: bool
    candidates: tuple[Division, ...]


@dataclass(slots=True, frozen=True)
class Match:
    """What the names of a string come to: the divisions that may be meant (one, when all is clear)."""

    divisions: tuple[Division, ...]
    end: int
    """Offset behind the last name that was used."""
    year: int | None
    """The year whose table had the names; None: another year than those asked for."""
    names: tuple[str, ...]


@lru_cache(maxsize=4096)  # site names, columns and sources repeat from page to page
def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return the names of divisions in a plain string, longest first from the left, not overlapping."""
    names = load_names()
    text = text[:LONGEST_STRING]
    found: list[Mention] = []
    position = 0
    while position < len(text) - 1:
        mention = None
        if text[position : position + 2] in names.heads:
            mention = _mention_at(text, position, adjacent=not position or bool(found and found[-1].end == position))
        if mention:
            found.append(mention)
            position = mention.end
        else:
            position += 1
    return tuple(found)


def _mention_at(text: str, position: int, *, adjacent: bool) -> Mention | None:
    """The longest name at a place; a short name or a common word only at the start or right behind another name."""
    names = load_names()
    for length in range(min(names.longest, len(text) - position), 1, -1):
        end = position + length
        name = text[position:end]
        full = names.full.get(name)
        if full and (adjacent or length > 2) and not (name in GENERIC and NO_SHORT_BEFORE.match(text, end)):
            return Mention(position, end, name, is_full=True, candidates=full)
        short = names.short.get(name)
        if short and not adjacent and AGENCY_BEFORE.search(text, 0, position):
            short, adjacent = _large(short), True
        if short and adjacent and not NO_SHORT_BEFORE.match(text, end):
            left = _large(short) or _only(short) if ZONE_BEHIND.match(text, end) else short
            if left:
                return Mention(position, end, name, is_full=False, candidates=left)
    return None


def _large(found: Sequence[Division]) -> tuple[Division, ...]:
    """The provinces and prefectures among divisions: these alone go by their short names everywhere."""
    return tuple(each for each in found if each.level in ("province", "prefecture"))


def _only(found: Sequence[Division]) -> tuple[Division, ...]:
    """The county of a short name that no other has."""
    return tuple(found) if len({each.area for each in found}) == 1 else ()


def match_places(mentions: Sequence[Mention], years: Iterable[int]) -> Match | None:
    """Return what the names come to together, each inside the one before it: `淮安市洪泽区`.

    The years are tried in order, then all years; the result that used most names wins, of two the earlier year's.
    """
    best: Match | None = None
    for year in (*years, None):
        match = _match_in(mentions, year)
        if match and (best is None or len(match.names) > len(best.names)):
            best = match
    return best


def _match_in(mentions: Sequence[Mention], year: int | None) -> Match | None:
    state: tuple[Division, ...] = ()
    used: list[str] = []
    end = 0
    for mention in mentions:
        candidates = [each for each in mention.candidates if year is None or each.is_in(year)]
        inside = [each for each in candidates if not state or any(each.area.startswith(o.area) for o in state)]
        if inside:
            state = _latest(inside) if year is None else tuple(inside)
            end = mention.end
            used.append(mention.name)
    return Match(state, end, year, tuple(used)) if state else None


def _latest(found: list[Division]) -> tuple[Division, ...]:
    """Of one division under several codes or names over the years, the latest."""
    last = max(each.last for each in found)
    return tuple(each for each in found if each.last == last)


def narrow_down(found: Sequence[Division], hints: Iterable[Division]) -> tuple[Division, ...]:
    """Return those of several divisions that the evidence leaves: hints are places, the strongest first."""
    left = tuple(found)
    for hint in hints:
        if len(left) == 1:
            break
        near = tuple(each for each in left if hint.contains(each) or each.contains(hint))
        left = near or left
    return left


def highest(found: Sequence[Division]) -> tuple[Division, ...]:
    """Return those of the highest level: a bare 吉林 is the province before the city."""
    top = min(len(each.area) for each in found)
    return tuple(each for each in found if len(each.area) == top)


def full_name(division: Division, year: int | None) -> str:
    """Return a division's name with all that contain it: `广东省汕尾市`."""
    lengths = (2, 4) if division.level == "zone" else [length for length in (2, 4) if length < len(division.area)]
    areas = dict.fromkeys(division.area[:length] for length in lengths if length <= len(division.area))
    outer = [found.name for area in areas if (found := division_by_area(area, year))]
    return "".join(outer) + division.name
