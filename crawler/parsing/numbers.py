"""Numbers as reports print them, `27,649`, `－8`, `3.5万`, `一百二十`, `251000元`, and cells that hold none."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeAlias

Reason: TypeAlias = Literal["blank", "nbsp", "dash", "slash", "none", "masked", "not_applicable", "ambiguous", "text"]

_DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}

NUMBER_PATTERN = (
    r"(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+)(?:[.．][0-9０-９]+)?(?:[百千]?万|[百千万]?亿|[百千])?"
    r"|[零〇○一二两三四五六七八九十百千万亿]+"
)
"""A regular expression for one unsigned number in running text, with its 万 or 亿; `parse_number` reads its matches."""

COUNT_UNITS = (*"条件次篇个人宗项份场期起家名例批册户本部台封则处天字%", "人次")
"""Measure words (量词) that stand in cells and unit columns; none of them changes the number."""
MONEY_UNITS = ("元", "千元", "万元", "百万元", "亿元")
"""Units of money: a value keeps the one it is printed with."""

LONGEST_CACHED = 100
"""Characters of the longest cell whose reading is kept: labels and numbers, no paragraphs."""

LONGEST_NUMBER = 24
"""Characters of the longest number: more digits count nothing, and are more than a store holds."""

_FOOTNOTE = re.compile(r"(?:[¹²³⁰⁴-⁹*※†①-⑳]|\[\d{1,2}\]|〔\d{1,2}〕|[(（]?注\s*\d{0,2}[)）]?)+$")
_SIGNS = re.compile("([①②③④⑤⑥⑦⑧⑨⑩¹²³])")
_SPACE = re.compile(r"\s+")
_REMARK = re.compile(r"\((?:单位:?)?([^()]*)\)$")
_SIGN = re.compile(r"^(?:增加|新增|增|减少|减|[+\-])")
_UNIT = re.compile("(" + "|".join(sorted((*MONEY_UNITS, *COUNT_UNITS), key=len, reverse=True)) + ")$")
_PLAIN = re.compile(r"(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?")
_SCALED = re.compile(r"(?P<digits>(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?)(?P<scale>[百千万亿]{0,2})")
_CHINESE = re.compile(r"[零〇○一二两三四五六七八九十百千万亿]+")
_POSITIONAL = re.compile(r"[零〇○一二三四五六七八九]{2,}")
_CLIPPED = re.compile(r"[百千万亿][一二三四五六七八九]$")  # 三千五 is 3005 by the book and 3500 in speech: undecided
_MANY_NUMBERS = re.compile(r"\d[^\d.,]+\d")
_DASHES = str.maketrans(dict.fromkeys("−–—―﹣‐‑‒─━ー", "-"))
_NOTHING: tuple[tuple[re.Pattern[str], Reason], ...] = (
    (re.compile(r"[*×xX#]{2,}|[*×]"), "masked"),
    (re.compile(r"-+"), "dash"),
    (re.compile(r"[/\\]+"), "slash"),
    (re.compile(r"无|暂无|没有"), "none"),
    (re.compile(r"(?i)n/?a|不适用|不涉及"), "not_applicable"),
)


@dataclass(slots=True, frozen=True, kw_only=True)
class Value:
    """What a cell says: a number with its printed unit, or the reason why it is none."""

    value: Decimal | None
    unit: str | None = None
    """As printed in the cell; None: the cell prints none."""
    reason: Reason | None = None
    """Why `value` is None; an empty cell, a dash and a mask are different, and none of them is 0."""


def parse_count(raw: str) -> Value:
    """Return the number of one table cell, with the unit it prints.

    Money keeps its printed unit (`25.1万元` is 25.1 万元); a count is multiplied out (`3.5万件` is 35000 件).
    A footnote mark or a remark in brackets behind the number is no part of it.

    >>> parse_count("251000元").value, parse_count("251000元").unit
    (Decimal('251000'), '元')
    >>> parse_count("－8").value, parse_count("/").reason, parse_count("&nbsp;").reason
    (Decimal('-8'), 'slash', 'nbsp')
    """
    return _parse_cell(raw) if len(raw) <= LONGEST_CACHED else _parse_cell.__wrapped__(raw)


@lru_cache(maxsize=4096)  # a form of 200 cells has some 30 different texts
def _parse_cell(raw: str) -> Value:
    if raw.isascii() and raw.isdigit() and len(raw) <= LONGEST_NUMBER:
        return Value(value=Decimal(raw))
    text = raw.strip()
    if not text:
        return Value(value=None, reason="nbsp" if "\xa0" in raw else "blank")
    if text.replace("&nbsp;", "").strip() == "":
        return Value(value=None, reason="nbsp")
    text = _plain_width(text)
    for pattern, reason in _NOTHING:
        if pattern.fullmatch(text):
            return Value(value=None, reason=reason)
    text = _FOOTNOTE.sub("", text).strip()
    return _parse_signed(text)


def parse_number(text: str) -> Decimal | None:
    """Return the number that the whole of `text` spells in digits, Chinese numerals or both; else None.

    >>> [str(parse_number(n)) for n in ("27,649", "3.5万", "一百二十", "十二万", "二〇一六", "1亿", "两")]
    ['27649', '35000', '120', '120000', '2016', '100000000', '2']
    """
    text = _plain_width(text.strip())
    if len(text) > LONGEST_NUMBER:
        return None
    match = _SCALED.fullmatch(text)
    if match:
        number = Decimal(match["digits"].replace(",", ""))
        for mark in match["scale"]:
            number *= {**_UNITS, **_MYRIADS}[mark]
        return _tidy(number)
    if _POSITIONAL.fullmatch(text):
        return Decimal("".join(str(_DIGITS[mark]) for mark in text))
    if _CHINESE.fullmatch(text) and text not in "百千万亿" and not _CLIPPED.search(text):
        return _chinese(text)
    return None


def is_unit(text: str) -> bool:
    """Tell whether a cell holds nothing but a unit."""
    return text in COUNT_UNITS or text in MONEY_UNITS


def _plain_width(text: str) -> str:
    """Full-width digits, signs and brackets as half-width ones; footnote signs stay what they are."""
    if not unicodedata.is_normalized("NFKC", text):
        parts = _SIGNS.split(text)
        parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
        text = "".join(parts)
    return text.translate(_DASHES)


def _parse_signed(text: str) -> Value:
    remark = _REMARK.search(text)
    unit = None
    if remark:
        text = text[: remark.start()].strip()
        unit = remark[1] if is_unit(remark[1]) else None
    sign = _SIGN.match(text)
    negative = bool(sign and sign[0] in ("减少", "减", "-"))
    text = text[sign.end() :].strip() if sign else text
    printed = _UNIT.search(text)
    if printed:
        text, unit = text[: printed.start()].strip(), printed[1]
    number = _read(text)
    if number is None:
        return Value(value=None, reason="ambiguous" if _MANY_NUMBERS.search(text) else "text")
    return Value(value=-number if negative else number, unit=unit)


def _read(text: str) -> Decimal | None:
    """A number whose thousands may be set apart by commas or spaces, or as `parse_number` reads it."""
    if len(text) <= LONGEST_NUMBER and _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "").replace(" ", ""))
    return parse_number(text)


def _chinese(text: str) -> Decimal | None:
    """The value of Chinese numerals with place words, such as 三千零五万; None where they spell no number."""
    total = section = Decimal(0)
    digit: int | None = None
    for mark in text:
        if mark in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[mark]
        elif mark in _UNITS:
            section += (1 if digit is None else digit) * _UNITS[mark]
            digit = None
        else:
            section += digit or 0
            if mark == "亿":
                total, section = (total + section) * _MYRIADS[mark], Decimal(0)
            else:
                total, section = total + section * _MYRIADS[mark], Decimal(0)
            digit = None
    return total + section + (digit or 0)


def _tidy(number: Decimal) -> Decimal:
    """Without an exponent or trailing zeros behind the point."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
