"""A quantity in its sentence: the words before and behind it, what the text is about there, and what it is part of."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from crawler.prose.quantities import iter_quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.items import Section
    from crawler.prose.meanings import Meaning
    from crawler.prose.quantities import Quantity

_TOPICS = re.compile(
    r"(?=[复诉未直应起依公申信收结转主网热1人政提培监平回])(?:"
    r"(?P<disputes>复议[、和及与或，,]{0,2}(?:以及|被|申请|提起|引发|发生){0,4}(?:行政)?(?:诉讼|应诉)|诉讼[、和及与或]{0,2}(?:行政)?复议)"
    r"|(?P<after>复议后(?:再)?(?:起诉|提起|诉讼))"
    r"|(?P<direct>未经复议|直接(?:起诉|提起(?:行政)?诉讼))"
    r"|(?P<review>复议)|(?P<litigation>诉讼|应诉|起诉)"
    r"|(?P<requests>依申请|公开申请|申请公开|信息申请|申请答复|申请办结|收到申请|结转|转结)"
    r"|(?P<other>(?<![已于经属])主动公开(?!范围)|网络问政|热线|12345|人大代表|政协|提案|信访事项|培训|政策解读|监督保障|平台建设|回应))"
)
_OPTIONS = re.compile(r"(?<=专)[（(](兼)[)）](?=职)")
_BRACKETS = re.compile(r"[（(](?:[^（()）\d０-９]{0,14}|不同[^（()）]{0,24}计\s*[1１一]\s*[条次件])[)）]")
_CUT = re.compile(r"[，,。；;：:！？!?（）()\n]")
_NOISE = re.compile(r"[\s“”‘’\"'　]+")
NAMED_AND = "(?!平(?!台)|田[市县地]|龙市|顺[县街镇]|静县|硕县|政县|林格尔|布克|睦|谐)"
"""和 that begins a place's name (和平街道, 和田市) is no 'and'."""
_LEAD = re.compile(
    rf"^(?:[（(]?\d{{1,2}}[)）.．、]|、|以及|其中|另外|另有|还有|包括|包含|含|并(?!案)|和{NAMED_AND}|与|及(?!时)|另|也|则)+"
)
_TAIL = re.compile(
    r"(?:共计|总计|合计|累计|总共|共有|一共|共|计(?!划)|达到|达|有|(?<![行因作])为|是|(?<!预)约|(?<!最)近|了|的|总?数量|总量|总件数|"
    r"(?<![文案稿邮信函事证要])件数|数目|总?次数|总人数|总数|(?<![人次指])数|情况|均|各|分别|已|：|:|、|已经|新增)+$"
)
_EACH = re.compile(r"(?:各|均|都|均为|各为|都是|均是)(?:有|为|是)?$")
_SHARES = re.compile(r"(?:分别为?|分别是|分别有|分别达到?)$")
_PART = re.compile(r"其中|其余|(?<![不包])含|包括|内有")
_HEADING = re.compile(r"\s*(?:第?[一二三四五六七八九十]+[、.．部章节]|[（(][一二三四五六七八九十]+[)）])")
_MOST_QUANTITIES = 2000  # of one line; a whole report without line ends has some 500
_LONGEST_SENTENCE = 400
_COUNTS = re.compile(r"[。；;]|[\d０-９](?!\d{0,3}\s*年)")


@dataclass(slots=True, kw_only=True)
class Mention:
    """One quantity, or one thing denied (没有收到申请), as its sentence tells it."""

    start: int
    end: int
    """Of number, unit and qualifier, in the text."""
    raw_start: int
    raw_end: int
    """Of number and unit."""
    quantity: Quantity
    before: str
    """The words before it in its clause, as printed."""
    behind: str
    """The words behind it in its clause, as printed."""
    core: str
    """`before` without blanks and what only introduces a number."""
    joined: str
    """`core` and `behind`: the clause without its number."""
    sentence: str
    """The sentence up to the number."""
    heading: str
    """What it stands under."""
    paragraph: str
    """Heading and paragraph up to the number, and a few words behind it."""
    line: int
    topic: str | None
    section: Section | None
    is_part: bool
    is_shared: bool = False
    """The words before it were those of an earlier number (12期18000册)."""
    is_each: bool = False
    """One number for several things: 复议、诉讼各1件, 均为0件."""
    closes: bool = False
    """The next number follows without a mark between."""
    denied: Meaning | None = None
    """What was denied, when the words say so without a number."""
    meanings: list[Meaning] = field(default_factory=list)


def clean_words(words: str) -> str:
    """Return words without blanks, quotation marks and short remarks in brackets: 专(兼)职 is no 专职."""
    return _NOISE.sub("", _BRACKETS.sub("", _OPTIONS.sub(r"\1", words)))


def clean_core(words: str) -> str:
    """Return the words before a number without what only introduces it: 收到申请共计 is 收到申请."""
    return _TAIL.sub("", _LEAD.sub("", clean_words(words)))


class Topics:
    """What the text is about, from each place to the next that says otherwise."""

    def __init__(self, text: str, sections: Sequence[Section]) -> None:
        marks: list[tuple[int, str | None]] = [(match.start(), match.lastgroup) for match in _TOPICS.finditer(text)]
        marks += [(section.start - 1, None) for section in sections]
        marks.sort(key=lambda mark: mark[0])
        self._places = [place for place, _ in marks]
        self._topics = [topic for _, topic in marks]

    def before(self, place: int) -> str | None:
        """Return the topic in force just before `place`."""
        index = bisect_left(self._places, place)
        return self._topics[index - 1] if index else None


@dataclass(slots=True, kw_only=True)
class Line:
    """One line of the text that is no table row."""

    number: int
    start: int
    text: str
    heading: str
    """The nearest heading above, or the line itself when it is one."""
    section: Section | None


def iter_lines(text: str, skip: Sequence[tuple[int, int]], sections: Sequence[Section]) -> Iterator[Line]:
    """Yield the lines outside the table spans, each with the heading it stands under."""
    spans = sorted(skip)
    parts = sorted(sections, key=lambda section: section.start)
    heading, start, at, part = "", 0, 0, -1
    for number, line in enumerate(text.split("\n")):
        end = start + len(line)
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        while part + 1 < len(parts) and parts[part + 1].start <= start + 1:
            part += 1
        inside = parts[part] if part >= 0 and start < parts[part].end else None
        if not (at < len(spans) and spans[at][0] < end and start < spans[at][1]) and line.strip():
            if len(line) <= 40 and _HEADING.match(line) and not _COUNTS.search(line):
                heading = line
            yield Line(number=number, start=start, text=line, heading=heading, section=inside)
        start = end + 1


def read_mentions(line: Line, topics: Topics) -> list[Mention]:
    """Return the quantities of one line with their words."""
    found = list(islice(iter_quantities(line.text), _MOST_QUANTITIES))
    mentions: list[Mention] = []
    for index, quantity in enumerate(found):
        mentions.append(
            _mention(
                line,
                topics,
                quantity,
                mentions[-1] if mentions else None,
                found[index + 1] if index + 1 < len(found) else None,
            )
        )
    _share_out(mentions)
    return mentions


def _mention(
    line: Line, topics: Topics, quantity: Quantity, last: Mention | None, following: Quantity | None
) -> Mention:
    text = line.text
    opening = last.quantity.end if last else 0
    before = _last_clause(text[max(opening, quantity.start - 160) : quantity.start])
    behind, closes = _behind(text, quantity, following)
    opens = sentence_start(text, quantity.start)
    is_shared = not _NOISE.sub("", before) and last is not None and not text[opening : quantity.start].strip()
    core = last.core if is_shared and last else clean_core(before)
    sentence = text[opens : quantity.start]
    return Mention(
        start=line.start + quantity.start,
        end=line.start + quantity.end,
        raw_start=line.start + quantity.number_start,
        raw_end=line.start + quantity.number_end,
        quantity=quantity,
        before=before,
        behind=behind,
        core=core,
        joined=core + clean_words(behind),
        sentence=sentence,
        heading=line.heading,
        paragraph=f"{line.heading} {text[max(0, quantity.start - 300) : quantity.start]}{behind}",
        line=line.number,
        topic=topics.before(line.start + quantity.start),
        section=line.section,
        is_part=bool(_PART.search(sentence)),
        is_shared=is_shared,
        is_each=bool(_EACH.search(_NOISE.sub("", before))),
        closes=closes,
    )


def _last_clause(words: str) -> str:
    """The words after the last mark; short remarks in brackets (县（市）区) are no marks."""
    bare = _BRACKETS.sub(lambda match: "\x00" * len(match.group()), words).rstrip(" 　：:")
    cut = 0
    for match in _CUT.finditer(bare):
        cut = match.end()
    return words[cut:]


def _behind(text: str, quantity: Quantity, following: Quantity | None) -> tuple[str, bool]:
    """The words behind a number up to the next mark, and whether the next number follows before any."""
    limit = min(len(text), quantity.end + 40)
    if following is not None and following.start < limit:
        limit = following.start
    words = text[quantity.end : limit]
    bare = _BRACKETS.sub(lambda match: "\x00" * len(match.group()), words)
    mark = re.search(r"[，,。；;：:！？!?（）()\n]|、(?!兼职)", bare)
    if mark:
        return words[: mark.start()], False
    return words, following is not None and limit == following.start


def sentence_start(text: str, place: int) -> int:
    """Return where the sentence round `place` begins, or the furthest that is looked at."""
    left = max(0, place - _LONGEST_SENTENCE)
    start = max(text.rfind(mark, left, place) for mark in "。；;！？!?")
    return max(left, start + 1)


def _share_out(mentions: list[Mention]) -> None:
    """Give each of several numbers its own words: 维持、纠错分别为3件、5件 is 维持3件, 纠错5件."""
    for index, mention in enumerate(mentions):
        if not _SHARES.search(_NOISE.sub("", mention.before)):
            continue
        names = [name for name in re.split(r"[、和及与]", clean_core(mention.before)) if name]
        run = [mention]
        for other in mentions[index + 1 :]:
            if other.core or other.line != mention.line or len(run) == len(names):
                break
            run.append(other)
        if len(run) > 1 and len(run) == len(names):
            for member, name in zip(run, names, strict=True):
                member.core, member.joined, member.before = name, name, name
                member.is_shared = False
