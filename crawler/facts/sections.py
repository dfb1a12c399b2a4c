"""The top-level parts of a report: numbered headings, whatever tables, contents or glued text stand between."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from sys import maxsize
from typing import TYPE_CHECKING, Final

from crawler.facts.words import narrow, plain
from crawler.items import Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.items import SectionKind, Table

_NUMERAL: Final = r"[一二三四五六七八九十]{1,3}"
STYLES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"第?(?P<n>{_NUMERAL})\s{{0,2}}[、.．,，:：]\s*(?=\S)",
        rf"第(?P<n>{_NUMERAL})(?:部分|章|节|项)[:：、.\s]*(?=\S)",
        rf"\((?P<n>{_NUMERAL})\)[、.]?\s*(?=\S)",
        r"(?P<n>\d{1,2})(?:[、.．](?!\d)|\s)\s*(?=\S)",
    )
)
"""Ways to number parts; the first with two in a row is the document's."""
KINDS: Final[tuple[tuple[SectionKind, re.Pattern[str]], ...]] = (
    (
        "other",
        re.compile(
            r"其[他它]需要?(?:报告|说明)|收费|费用|经费|附[表件注]|机构建设|会议|培训|人员|建议提案|舆情|互联网\+"
        ),
    ),
    ("problems", re.compile(r"问题|不足|改进|整改|打算|下一?步|今后|计划|思路|努力方向")),
    ("disputes", re.compile(r"复议|诉讼|申诉|举报|投诉")),
    ("requests", re.compile(r"[依以]申请|申请(?:的)?(?:情况|办理|处理|公开)|处理政府信息公开|收到.{0,6}申请|咨询")),
    ("proactive", re.compile(r"主动公开|公开政府信息|信息公开目录|公开的?(?:主要)?(?:内容|形式|范围)|公开情况")),
    (
        "overview",
        re.compile(
            r"总体|概述|概况|基本(?:情况|内容)|综述|主要(?:做法|措施|工作|成效)|工作(?:开展)?情况|组织领导|工作概"
        ),
    ),
)
"""What a heading's words say it is about; the first that fits, so that 依申请公开信息收取的费用 is about fees."""
OVERVIEW_FIRST: Final = re.compile(r"总体|概述|概况|基本情况")
KNOWN: Final = re.compile(
    r"(?:总体情况|总体工作情况|概述|概况|基本情况|主动公开(?:政府信息)?(?:的)?情况|(?:收到和处理|受理和处理)?政府信息公开申请(?:的)?情况"
    r"|收到和处理政府信息公开申请情况|依申请公开(?:政府信息)?(?:和不予公开政府信息)?(?:的)?(?:办理)?情况|(?:因)?政府信息公开(?:工作)?(?:申请|被申请|被提起)?行政复议[、,和及]?(?:提起)?行政诉讼(?:的)?情况"
    r"|(?:政府信息公开工作)?存在的?主要问题(?:及|和)改进(?:情况|措施)|存在的?(?:主要)?问题及(?:改进|整改)(?:情况|措施)|其[他它]需要报告的(?:事项|情况)|(?:政府信息公开的?)?收费(?:及|和)减免(?:的)?情况)"
)
"""Headings as the forms print them: recognised without a number, and cut off when the text is glued to them."""
ANNEX: Final = re.compile(
    r"^[ \u3000]*(?:附\s?[件表]\s?\d*[:：]?[^\n]{0,12}\n[\s\u3000]*)?"
    r"(?:[^\n，。,]{0,30}政府信息公开(?:工作)?情况统计表[^\n，。,]{0,12}|统\s{0,2}计\s{0,2}指\s{0,2}标[^\n]{0,20})$",
    re.M,
)
"""The title or the header of the statistics form of 2014."""
STOP: Final = re.compile(r"[。;]")
GLUED: Final = re.compile(r"[。:]|情况(?=\s|20\d\d年|\(一\)|一是|本年|全年|我[市县区局委])")
BEHIND: Final = re.compile(r"\s*(?:无|没有|暂无|第二十条|20\d\d|本[年单机]|我[市县区局委]|全年|详见|见[附下])")
"""How the text begins that is glued to a heading of the forms."""
LONGEST: Final = 60
"""Characters of a heading; a longer line is a paragraph, or a heading with its text glued on."""
PART: Final = re.compile(
    r"公开.{0,8}情况|申请|复议|诉讼|问题|概述|概况|总体|基本情况|收费|减免|其[他它]需要|改进|打算|保障|机构建设|咨询"
)
"""Words of the headings of parts."""
MOST: Final = 120
"""Headings that are weighed against each other."""
CAPTION_REACH: Final = 8
"""Characters behind the form's title in which its table begins, when it is one."""
SKIP: Final = 2
"""Numbers that may be missing or misprinted between two headings."""
TEXT_PART: Final = 12
"""Characters between two headings that are more than nothing: a list with less is a table of contents."""


@dataclass(slots=True, frozen=True)
class Heading:
    """A line that may begin a part."""

    number: int | None
    start: int
    end: int
    line_end: int


def read_sections(text: str, tables: Sequence[Table]) -> list[Section]:
    """Return the top-level parts of a document in order; `start` and `end` are offsets into `text`."""
    taken = [(table.start, table.end) for table in tables if table.end > table.start]
    text = text[: end_of_prose(text, taken)]
    narrowed = narrow(text)
    lines = list(_iter_lines(narrowed, taken))
    headings: list[Heading] = []
    for style in STYLES:
        found = [heading for start, end in lines if (heading := _numbered(narrowed, start, end, style))]
        chain = _chain(narrowed, _without_contents(found))
        if len(chain) >= 2:
            headings = chain
            break
    if len(headings) < 2:
        bare = [Heading(None, start, end, end) for start, end in lines if _is_known(text[start:end])]
        headings = bare if len(bare) > len(headings) else headings
    return list(_sections(text, headings))


def _is_known(line: str) -> bool:
    return len(line) <= LONGEST and bool(KNOWN.fullmatch(plain(line)))


def kind_of_heading(heading: str) -> SectionKind:
    """Return what a heading is about.

    >>> kind_of_heading("三、收到和处理政府信息公开申请情况"), kind_of_heading("四、收费及减免情况")
    ('requests', 'other')
    """
    words = plain(heading)
    if OVERVIEW_FIRST.search(words):
        return "overview"
    return next((kind for kind, pattern in KINDS if pattern.search(words)), "other")


def end_of_prose(text: str, taken: Sequence[tuple[int, int]]) -> int:
    """Return where an annexed statistics form begins that stands in the text cell by cell, else the text's length.

    Its group labels are numbered as the report's parts are: 一、主动公开情况. The title of a table is none.
    """
    for match in ANNEX.finditer(text):
        if not _is_taken(match.start(), taken) and not _is_taken(match.end() + CAPTION_REACH, taken):
            return match.start()
    return len(text)


def _is_taken(position: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a place of the text is in a table."""
    index = bisect_right(taken, (position, maxsize)) - 1
    return index >= 0 and position < taken[index][1]


def _iter_lines(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretch of each line outside tables that is not blank, without the blanks round it."""
    position = 0
    for line in text.split("\n"):
        start = position + len(line) - len(line.lstrip())
        end = position + len(line.rstrip())
        position += len(line) + 1
        if end > start and " | " not in line and not _is_taken(start, taken):
            yield start, end


def _numbered(text: str, start: int, end: int, style: re.Pattern[str]) -> Heading | None:
    """The heading that a line begins with; of a line that goes on behind it, no more than the heading."""
    match = style.match(text, start, end)
    if not match:
        return None
    words = text[match.end() : min(end, match.end() + 2 * LONGEST)]
    known = KNOWN.match(words)
    if end - start > LONGEST or STOP.search(words[:-1]) or (known and BEHIND.match(words, known.end())):
        cut = known.end() if known else _first_stop(words)
        return None if cut is None else Heading(_number(match["n"]), start, match.end() + cut, end)
    return Heading(_number(match["n"]), start, end, end)


def _first_stop(words: str) -> int | None:
    """Where a heading ends whose text follows in the same line: at a full stop or colon near the start."""
    stop = GLUED.search(words[:LONGEST])
    if stop is None:
        return None
    return stop.end() if stop[0] == "情况" else stop.start()


def _number(digits: str) -> int:
    if digits.isdigit():
        return int(digits)
    ones = "一二三四五六七八九"
    tens, mark, rest = digits.partition("十")
    if not mark:
        return ones.find(digits[-1]) + 1
    return (ones.find(tens) + 1 if tens else 1) * 10 + (ones.find(rest) + 1 if rest else 0)


def _without_contents(headings: list[Heading]) -> list[Heading]:
    """The headings without those of a table of contents: a run with nothing between that is printed again below."""
    for index in range(1, len(headings)):
        first, again = headings[0], headings[index]
        if again.number == first.number:
            run = headings[:index]
            bare = all(after.start - before.end <= TEXT_PART for before, after in pairwise(run))
            return headings[index:] if index >= 2 and bare else headings
    return headings


def _chain(text: str, headings: list[Heading]) -> list[Heading]:
    """The headings whose numbers go up one by one from the first; a number may be missing or stand twice.

    Lists inside a part are numbered in the same way at times. Of all such chains the one wins that has most headings,
    where one that speaks of a part of such reports counts three times.
    """
    headings = headings[:MOST]
    best: list[tuple[int, int]] = []  # of the chains that end at each heading: points, and the heading before
    for index, heading in enumerate(headings):
        points, last = (_points(text, heading), -1) if (heading.number or 0) <= SKIP else (0, -1)
        for each in range(index):
            cost = _cost(headings[each], heading)
            joined = best[each][0] + _points(text, heading) - cost if cost is not None and best[each][0] else 0
            if joined > points:
                points, last = joined, each
        best.append((points, last))
    chain: list[Heading] = []
    index = max(range(len(best)), key=lambda each: best[each][0], default=-1)
    while index >= 0:
        chain.append(headings[index])
        index = best[index][1]
    return chain[::-1]


def _cost(one: Heading, other: Heading) -> int | None:
    """What it costs a chain that one heading follows another: a missing number 1, one that stands twice 2."""
    step = (other.number or 0) - (one.number or 0)
    if step == 0:
        return 2 if _is_short(other) else None
    return step - 1 if 0 < step <= SKIP else None


def _points(text: str, heading: Heading) -> int:
    return 3 if PART.search(text, heading.start, heading.end) else 1


def _is_short(heading: Heading) -> bool:
    """A misnumbered heading is short and has no text behind it."""
    return heading.end - heading.start <= LONGEST // 2 and heading.end == heading.line_end


def _sections(text: str, headings: Sequence[Heading]) -> Iterator[Section]:
    for index, heading in enumerate(headings):
        following = headings[index + 1].start if index + 1 < len(headings) else len(text)
        printed = text[heading.start : heading.end]
        end = heading.start + len(text[heading.start : following].rstrip())
        yield Section(
            number=heading.number, heading=printed, kind=kind_of_heading(printed), start=heading.start, end=end
        )
