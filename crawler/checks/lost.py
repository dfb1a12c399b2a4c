"""Digits and brackets that went with the small elements they stood in; commonest of all damage, on official pages too.

Nothing is put back: 20231月1日 can only be 2023年1月1日, but 2021111日 cannot be told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.checks.codes import MOST, make_finding
from crawler.items import Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGITS: Final = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:1[0-2]|0?[1-9])月"  # the 年 is gone
    r"|(?<!\d)(?:19|20)\d{2}\d{2,4}日(?![常报程期益均前])"  # 年 and 月 are gone
    r"|[〔﹝\[［【(（](?:19|20)\d{2}\d{1,4}[号號]"  # the closing bracket is gone
    r"|[〔﹝](?:19|20)\d{2}\d{1,4}(?![\d〕﹞\]])"  # … and 号 too
)
ZERO: Final = re.compile(
    r"(?<![第十百千万亿一二三四五六七八九〇零○两年至、\d])二(?!三一)[一二三][一二三四五六七八九]"
    r"(?![一二三四五六七八九十百千万亿〇零○个条件项、类级线季月号])"
)
"""二〇三五 without its 〇: the sign is rare enough to be a picture, or missing from a character set."""
NEXT: Final = frozenset("一二三")

TAIL: Final = re.compile(r"[0-9](?=[。；\n])")
COUNTED: Final = re.compile(r"(?:信息|文件|申请|稿件|公开|收到|受理|办结|发布|答复)(?:共计?|了|总?数)?(\d{1,6})$")
REACH: Final = 14
STAMP: Final = re.compile(r"-\d{2}-\d{4}:\d{2}|- \d{2}- \d{2}")
"""What stands behind the year of a broken timestamp."""
YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}$")
APART: Final = r"\n(?:[\u3400-\u9fff] ){3,}[\u3400-\u9fff]"
"""A line of single characters."""
INTERLEAVED: Final = re.compile(f"{APART}(?:{APART})+(?=\\n|$)")
STRICT: Final = (("《", "》"), ("〔", "〕"), ("﹝", "﹞"), ("【", "】"))
"""Marks whose absence changes what a name or a document number is."""
LOOSE: Final = (("（(", "）)"), ("“", "”"))
"""Marks that are often typed wrongly; an enumeration 1） has no opening one."""
ENUMERATION: Final = re.compile(r"(?<![(（\w])(?:\d{1,2}|[一二三四五六七八九十a-zA-Z])[)）]")
SHOWN: Final = 5
"""Places that one finding points at."""


def check_lost(text: str) -> list[Finding]:
    """Return where digits, marks, units or brackets are gone."""
    return [
        *iter_lost("lost.digits", iter_digits(text), "Digits or marks are gone", text),
        *iter_lost("lost.tail", iter_tails(text), "A number stands with no unit behind it", text),
        *iter_lost("lost.timestamp", iter_stamps(text), "Date and time run together or fall apart", text),
        *iter_lost("lost.layout", iter_interleaved(text), "Headings that run down stand across one another", text),
        *iter_brackets(text),
    ]


def iter_lost(code: str, spans: Iterator[Span], what: str, text: str) -> Iterator[Finding]:
    """Yield one finding for all places, quoting the first few."""
    places = list(spans)
    if places:
        quoted = ", ".join(text[each.start : each.end].strip() for each in places[:SHOWN])
        more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
        yield make_finding(code, f"{what}: {quoted}{more}", places)


def iter_digits(text: str) -> Iterator[Span]:
    """Yield dates and document numbers that cannot be read."""
    for century in ("19", "20"):
        place = text.find(century)
        while place >= 0:
            if text[place + 2 : place + 5].isdigit():
                match = DIGITS.match(text, place) or (DIGITS.match(text, place - 1) if place else None)
                if match:
                    yield Span(start=match.start(), end=match.end())
            place = text.find(century, place + 2)
    place = text.find("二")
    while place >= 0:
        if text[place + 1 : place + 2] in NEXT and (match := ZERO.match(text, place)):
            yield Span(start=match.start(), end=match.end())
        place = text.find("二", place + 1)


def iter_tails(text: str) -> Iterator[Span]:
    """Yield counts that end their sentence without a unit: 公开政府信息26。"""
    for digit in TAIL.finditer(text):
        match = COUNTED.search(text, max(digit.end() - REACH, 0), digit.end())
        if match and not is_year(match[1]):
            yield Span(start=match.start(), end=match.end())


def is_year(digits: str) -> bool:
    """Tell whether a number may be a year."""
    return len(digits) == 4 and digits[:2] in ("19", "20")


def iter_stamps(text: str) -> Iterator[Span]:
    """Yield timestamps such as 2021-03-2918:26."""
    for match in STAMP.finditer(text):
        if YEAR.search(text, max(match.start() - 5, 0), match.start()):
            yield Span(start=match.start() - 4, end=match.end())


def iter_interleaved(text: str) -> Iterator[Span]:
    """Yield lines of single characters that follow one another: 结 结 其 尚, and below 果 果 他 未."""
    for match in INTERLEAVED.finditer(f"\n{text}"):
        yield Span(start=match.start(), end=match.end() - 1)


def iter_brackets(text: str) -> Iterator[Finding]:
    """Yield a finding for each pair of marks that does not balance."""
    for opening, closing in STRICT:
        if text.count(opening) != text.count(closing):
            spans = iter_unmatched(text, opening, closing)
            yield from iter_lost("lost.brackets", spans, f"{opening}{closing} do not balance", text)
    for opening, closing in LOOSE:
        if sum(map(text.count, opening)) != sum(map(text.count, closing)):
            spans = iter_unmatched(ENUMERATION.sub(blank, text), opening, closing)
            yield from iter_lost("lost.quotes", spans, f"{opening[0]}{closing[0]} do not balance", text)


def blank(match: re.Match[str]) -> str:
    """Return as many spaces as were matched."""
    return " " * len(match[0])


def iter_unmatched(text: str, opening: str, closing: str) -> Iterator[Span]:
    """Yield the marks that have no partner, with the characters round them."""
    lone, stack = [], []
    for match in re.finditer(f"[{re.escape(opening + closing)}]", text):
        if match[0] in opening:
            stack.append(match.start())
        elif stack:
            stack.pop()
        else:
            lone.append(match.start())
    for place in sorted([*lone, *stack])[:MOST]:
        line = text.rfind("\n", max(0, place - 6), place) + 1  # looked for near by: a line may hold 100,000 marks
        end = text.find("\n", place, place + 7)
        yield Span(start=max(line, place - 6), end=min(end if end >= 0 else len(text), place + 7))
