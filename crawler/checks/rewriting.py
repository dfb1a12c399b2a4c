"""Text that somebody rewrote: synonyms put in by machine, words deleted, values masked for a login."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.checks.codes import make_finding
from crawler.items import Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

ANCHORS: Final = (
    ("特色社会", "中国特色社会主义", 2),
    ("信息公开条", "政府信息公开条例", 2),
)
"""Words that stand in the middle of a fixed phrase, the phrase, and where they begin in it."""
SPUN: Final = re.compile(
    r"当局(?:网|信息公开|门户)|网坐|人平易近|社会从义|外国特色|帶領干部|带领小组(?=办公室)|国度(?:发展|机关)|事情(?:报告|情势)"
)
HINTS: Final = ("当局", "平易近", "网坐", "从义", "帶領", "国度")
DOUBLED: Final = re.compile(r"[,，、][,，、](?![,，、])")
PER_THOUSAND: Final = 1
FEWEST_MARKS: Final = 3
FEWEST_SPUN: Final = 1
STARS: Final = re.compile(r"(?<![\d*＊])[*＊]{2,}(?![\d*＊])")
STAR_UNITS: Final = re.compile(r"(?<![*＊])[*＊]++\s?[年月日件条号份次人]")
OMITTED: Final = re.compile(r"(?<![附表图单录])[(（]略[)）]")
STRIPPED: Final = re.compile(r"(?:邮编|邮政编码|电话|联系电话)[:：]\s*(?:电话|传真|邮箱|地址|邮编)[:：]")
EMPTIED: Final = ("邮编:", "邮编：", "邮政编码:", "邮政编码：", "电话:", "电话：")
PERSONS: Final = re.compile(r"(?:人|编辑|姓名|先生|女士)[:：\s|]*\w{0,2}$")
"""What stands before stars that hide a name; official pages do so themselves."""
FEWEST_MASKS: Final = 2
FEWEST_LETTERS: Final = 300
"""Characters of a report that must have a digit somewhere."""
FEWEST_TERMS: Final = 5


def check_rewriting(text: str, *, is_report: bool) -> list[Finding]:
    """Return the signs of rewriting; some hold for disclosure reports alone."""
    return [*iter_spun(text), *iter_masks(text), *(iter_gone(text) if is_report else ())]


def iter_spun(text: str) -> Iterator[Finding]:
    """Yield a finding where fixed phrases of the genre stand with other words in them, or commas stand in pairs."""
    found = [span for anchor in ANCHORS for span in iter_variants(text, *anchor)]
    if any(hint in text for hint in HINTS):
        found += [Span(start=match.start(), end=match.end()) for match in SPUN.finditer(text)]
    if len(found) >= FEWEST_SPUN:
        shown = ", ".join(dict.fromkeys(text[each.start : each.end] for each in found[:5]))
        yield make_finding("tamper.spun", f"Fixed phrases stand with other words in them: {shown}", found)
    doubled = [Span(start=match.start(), end=match.end()) for match in DOUBLED.finditer(text)]
    if len(doubled) >= FEWEST_MARKS and len(doubled) * 1000 > PER_THOUSAND * len(text):
        yield make_finding("tamper.spun", f"{len(doubled)} commas stand beside another", doubled)


def iter_variants(text: str, anchor: str, phrase: str, offset: int) -> Iterator[Span]:
    """Yield where a fixed phrase stands with one or two of its characters replaced, round an anchor that is whole."""
    place = text.find(anchor)
    while place >= 0:
        start = place - offset
        here = text[max(start, 0) : start + len(phrase)]
        differs = [index for index, (one, other) in enumerate(zip(here, phrase, strict=False)) if one != other]
        if len(here) == len(phrase) and 1 <= len(differs) <= 2 and is_replacement(here, differs, offset, len(anchor)):
            yield Span(start=start, end=start + len(phrase))
        place = text.find(anchor, place + 1)


def is_replacement(here: str, differs: list[int], offset: int, length: int) -> bool:
    """Tell whether a phrase's other characters are words; in 《信息公开条例》 the phrase is merely shorter."""
    if not all(here[index].isalpha() for index in differs):
        return False
    behind = [index for index in differs if index >= offset + length]
    before = [index for index in differs if index < offset]
    return bool(behind) or (bool(before) and here[:offset] in ("当局", "外国", "民国"))


def iter_masks(text: str) -> Iterator[Finding]:
    """Yield a finding where values are hidden by stars or left out."""
    if "*" in text or "＊" in text:
        found = [
            match
            for match in STARS.finditer(text)
            if not PERSONS.search(text, max(match.start() - 8, 0), match.start())
        ]
        found += STAR_UNITS.finditer(text)
        if len(found) >= FEWEST_MASKS:
            spans = sorted({(match.start(), match.end()) for match in found})
            yield make_finding(
                "tamper.masked", f"{len(spans)} values are masked", [Span(start=start, end=end) for start, end in spans]
            )
    if "略）" in text or "略)" in text:
        left_out = [Span(start=match.start(), end=match.end()) for match in OMITTED.finditer(text)]
        if len(left_out) >= FEWEST_MASKS:
            yield make_finding("tamper.masked", f"{len(left_out)} values are left out", left_out)
    if any(label in text for label in EMPTIED) and (stripped := STRIPPED.search(text)):
        span = Span(start=stripped.start(), end=stripped.end())
        yield make_finding("tamper.values_stripped", f"Labels stand without values: {stripped[0]}", [span])


def iter_gone(text: str) -> Iterator[Finding]:
    """Yield findings on words that every report has and this one has not."""
    if len(text) < FEWEST_LETTERS:
        return
    if "政府" not in text and text.count("信息公开") >= FEWEST_TERMS:
        yield make_finding("tamper.deleted", "政府 stands nowhere in a report that speaks of 信息公开 again and again")
    if not any(digit in text for digit in "0123456789０１２３４５６７８９"):
        yield make_finding("tamper.no_digits", "A report without a single digit")
