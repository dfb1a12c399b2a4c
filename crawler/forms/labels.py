"""Labels made comparable: `（一）收到申请数（件）` and `1、 本年新<br>制作数量` lose all but their words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_LABEL = 300
"""Characters of the longest cell that may be a label: Hubei prints guidance of 120 in its headings."""

_SPACE = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_ENUMERATOR = re.compile(
    r"(?:其中:?|(?P<chinese>[一二三四五六七八九十]{1,3})[、.,:]|\((?P<bracketed>[一二三四五六七八九十]{1,3}|\d{1,2})\)|(?P<digits>\d{1,2})[、.,:)]?)"
)
_ARTICLE_ITEM = re.compile(r"(?<=[条第])\(([一二三四五六七八九十]{1,3}项?)\)")
_GUIDANCE = re.compile(r"\([^()]*(?:\)|$)")
_NOT_A_WORD = re.compile(r"[\W\d_]+")
_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """Return the words of a label: without numbering, guidance in brackets, spaces, digits and punctuation; "" if none.

    >>> label_key("（一）主动公开政府信息数\\n(不同渠道和方式公开相同信息计1条)")
    '主动公开政府信息数'
    >>> label_key("第二十条第（一项）"), label_key("本年增／减"), label_key("1,024")
    ('第二十条第一项', '本年增减', '')
    """
    if not text or text.isdecimal() or len(text) > LONGEST_LABEL:
        return ""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    start, _ = _after_enumerators(text)
    text = _ARTICLE_ITEM.sub(r"\1", text[start:])
    for _ in range(3):  # guidance within guidance
        if "(" not in text:
            break
        text = _GUIDANCE.sub("", text)
    return _NOT_A_WORD.sub("", text)


@lru_cache(maxsize=4096)
def enumerator(text: str) -> int | None:
    """Return the number that a label is printed with, of whatever make: 2 for `2.`, `（二）`, `二、`; else None."""
    return _after_enumerators(_SPACE.sub("", unicodedata.normalize("NFKC", text[:LONGEST_LABEL])))[1]


def is_misprint(printed: str, label: str) -> bool:
    """Tell whether two different keys can be one label with characters lost, added or mistyped.

    True if one is the other with at most two fifths of its characters left out, or if all that differs is one
    character against one or two. Two against two are other words: 属于国家秘密, 属于工作秘密.
    """
    short, long = sorted((printed, label), key=len)
    if len(short) < 4 or len(short) < 0.6 * len(long):
        return False
    remaining = iter(long)
    if len(short) < len(long) and all(char in remaining for char in short):
        return True
    head = _common_head(short, long)
    tail = _common_head(short[head:][::-1], long[head:][::-1])
    return len(short) - head - tail <= 1 and len(long) - head - tail <= 2


def _common_head(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))


def _after_enumerators(text: str) -> tuple[int, int | None]:
    """Where the words begin behind `其中:`, `(三)`, `1.` and the like, and the last number among them."""
    position, number = 0, None
    while match := _ENUMERATOR.match(text, position):
        position = match.end()
        numeral = match["chinese"] or match["bracketed"] or match["digits"]
        if numeral:
            number = int(numeral) if numeral.isdecimal() else _chinese_number(numeral)
    return position, number


def _chinese_number(numeral: str) -> int:
    """1 to 99 in Chinese numerals."""
    tens, ten, ones = numeral.rpartition("十")
    return (10 * _NUMERALS.get(tens, 1) if ten else 0) + _NUMERALS.get(ones, 0)
