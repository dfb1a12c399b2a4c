"""Cells and prose numbers, by table."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from crawler.parsing.numbers import NUMBER_PATTERN, is_unit, parse_count, parse_number

CELLS = [
    ("digits", "524", "524", None),
    ("a stated zero", "0", "0", None),
    ("zero in words", "零", "0", None),
    ("thousands separators", "27,649", "27649", None),
    ("full-width thousands separator", "27，649", "27649", None),
    ("full-width digits", "１２３", "123", None),
    ("thousands set apart by spaces", "1 234 567", "1234567", None),
    ("decimals", "5949.088667", "5949.088667", None),
    ("decimals behind separators", "11,234.50", "11234.50", None),
    ("a plus sign", "+1036", "1036", None),
    ("a minus sign", "-11", "-11", None),
    ("a full-width minus", "－8", "-8", None),
    ("a mathematical minus", "−8", "-8", None),
    ("a dash used as minus", "—8", "-8", None),
    ("less in words", "减少3", "-3", None),
    ("more in words", "增5", "5", None),
    ("yuan in the cell", "251000元", "251000", "元"),
    ("ten thousand yuan stay as printed", "25.1万元", "25.1", "万元"),
    ("hundred million yuan stay as printed", "1.2亿元", "1.2", "亿元"),
    ("unit named in brackets", "477.35（单位：万元）", "477.35", "万元"),
    ("unit in brackets", "477.35（万元）", "477.35", "万元"),
    ("a measure word", "71件", "71", "件"),
    ("two-character measure word", "30人次", "30", "人次"),
    ("a scaled count", "3.5万件", "35000", "件"),
    ("a scaled count without unit", "3.5万", "35000", None),
    ("percent", "98%", "98", "%"),
    ("a circled footnote is no digit", "12①", "12", None),
    ("a superscript footnote is no digit", "12²", "12", None),
    ("a starred footnote", "12*", "12", None),
    ("a bracketed footnote", "12[1]", "12", None),
    ("a named footnote", "12（注1）", "12", None),
    ("a remark in brackets", "12（含上年结转3件）", "12", None),
    ("Chinese numerals", "一百二十", "120", None),
    ("blanks around", "  15 \n", "15", None),
    ("no-break space around", "\xa042\xa0", "42", None),
]


@pytest.mark.parametrize(("raw", "value", "unit"), [row[1:] for row in CELLS], ids=[row[0] for row in CELLS])
def test_a_cell_with_a_number(raw: str, value: str, unit: str | None) -> None:
    read = parse_count(raw)
    assert (read.value, read.unit, read.reason) == (Decimal(value), unit, None)


NOTHING = [
    ("empty", "", "blank"),
    ("spaces", "  \n", "blank"),
    ("ideographic space", "\u3000", "blank"),
    ("no-break space", "\xa0", "nbsp"),
    ("the entity, left as text", "&nbsp;", "nbsp"),
    ("a hyphen", "-", "dash"),
    ("a long dash", "——", "dash"),
    ("a full-width hyphen", "－", "dash"),
    ("a slash", "/", "slash"),
    ("a full-width slash", "／", "slash"),
    ("none", "无", "none"),
    ("not applicable", "不适用", "not_applicable"),
    ("N/A", "N/A", "not_applicable"),
    ("masked by a tender site", "***", "masked"),
    ("two numbers", "3-5", "ambiguous"),
    ("two numbers, one above the other", "12\n30", "ambiguous"),
    ("words", "见附件", "text"),
    ("a date", "2019年3月", "ambiguous"),
]


@pytest.mark.parametrize(("raw", "reason"), [row[1:] for row in NOTHING], ids=[row[0] for row in NOTHING])
def test_a_cell_without_a_number_says_why_and_is_never_zero(raw: str, reason: str) -> None:
    read = parse_count(raw)
    assert (read.value, read.reason) == (None, reason)


NUMBERS = [
    ("一百二十", "120"),
    ("十二万", "120000"),
    ("两", "2"),
    ("两千零五", "2005"),
    ("〇", "0"),
    ("二〇一六", "2016"),
    ("三千零五万", "30050000"),
    ("一亿二千万", "120000000"),
    ("十", "10"),
    ("二十一", "21"),
    ("3.5万", "35000"),
    ("1亿", "100000000"),
    ("12千", "12000"),
    ("2.5百万", "2500000"),
    ("１２，３４５", "12345"),
    ("0.34", "0.34"),
    ("100", "100"),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_number_in_prose(text: str, value: str) -> None:
    number = parse_number(text)
    assert number == Decimal(value)
    assert "E" not in str(number), "an exponent would be exported"


@pytest.mark.parametrize("text", ["", "万", "百", "一三百", "件", "12件", "1,23", "1.2.3", "约12", "一百二", "三千五"])
def test_what_spells_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_the_pattern_finds_whole_numbers_in_running_text() -> None:
    text = "共公开27,649条,访问3.5万次,办理一百二十件,其中２１件网上提交,收取1，234，567元。"
    found = [match[0] for match in re.finditer(NUMBER_PATTERN, text)]
    assert found == ["27,649", "3.5万", "一百二十", "２１", "1，234，567"]
    assert [str(parse_number(number)) for number in found] == ["27649", "35000", "120", "21", "1234567"]


def test_units_alone_are_no_numbers() -> None:
    assert is_unit("人次")
    assert is_unit("万元")
    assert not is_unit("12件")


@pytest.mark.parametrize("hostile", ["9" * 100_000, "1," * 50_000, "(" * 100_000, "注" * 100_000, "一" * 100_000])
def test_hostile_cells_take_no_time(hostile: str) -> None:
    parse_count(hostile)


@pytest.mark.parametrize("digits", [24, 25, 100_000])
def test_more_digits_than_a_store_holds_are_no_number(digits: int) -> None:
    text = "9" * digits
    expected = Decimal(text) if digits == 24 else None
    assert parse_count(text).value == parse_number(text) == expected
