"""Personal data in published reports: found, and masked by signs of the same number so that every offset holds.

Masked are mobile numbers, identity cards, bank cards, passports, number plates, the e-mail addresses of persons and the
names of those who sign. Kept are office telephones, document numbers (文号), credit codes, postcodes and office e-mail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from crawler.checks.emails import is_personal_address
from crawler.checks.identity_numbers import is_bank_card, is_credit_code, is_identity_card, looks_like_identity_card
from crawler.checks.signatures import find_names

if TYPE_CHECKING:
    from collections.abc import Iterator

PersonalKind: TypeAlias = Literal["mobile", "identity_card", "bank_card", "email", "passport", "plate", "name"]

MASK: Final = "*"
WIDE: Final = str.maketrans("０１２３４５６７８９－　＋＠．Ｘｘ", "0123456789- +@.Xx")
"""Full-width signs as half-width ones, one for one."""
WIDE_SIGNS: Final = "０１２３４５６７８９＠"
LONG_RUN: Final = re.compile(r"\d(?:[ \-–—.]?\d){9,}[Xx]?")
"""Ten digits and more, perhaps set apart: a mobile number is nowhere else."""
MOBILE: Final = re.compile(
    r"(?<![0-9_/=.%￥¥$])(?<!\d-)(?:(?:\+|00)?86[)）]?[ \-–—]?)?1[3-9]\d(?:[ \-–—]?\d{4}){2}(?![\d%])(?!\.\d)"
    r"|(?<![0-9_/=.%￥¥$])1[3-9]\d\.\d{4}\.\d{4}(?![\d.%])"
)
AMOUNT: Final = re.compile(r"\s?(?:元|万|亿|件|条|次|人|份|篇|吨|平方|公里|亩|户|个)")
"""What follows a number that counts."""
CALLED: Final = re.compile(r"(?:tel|phone|mobile|mob|cell|电话|手机|dh|sj)[:：.]?\s*$", re.I)
CARD: Final = re.compile(r"(?<![0-9])[1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?[01]\d[0-3]\d[ -]?\d{3}[\dXx](?![A-Za-z0-9])")
OLD_CARD: Final = re.compile(r"(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
IDENTITY: Final = re.compile(r"身份证|身份号|证件号|公民身份|身分证|(?<![A-Za-z])ID(?![A-Za-z])")
LETTER: Final = re.compile("[A-Za-z]")
NUMBERED: Final = re.compile(
    r"(?:信用代码|机构代码|索引号|编号|订单|流水号|备案号|登记号|证书号|案号|代码|文号|单号|受理号|工单|合同|发票|批次|许可证|凭证|[Nn][Oo][.:：]?|第)[^\d\n]{0,8}$"
)
BANK: Final = re.compile(r"(?<![A-Za-z0-9])[3-6]\d{3}(?:[ -]?\d{4}){2,3}[ -]?\d{1,4}(?![A-Za-z0-9])")
BANKING: Final = re.compile(r"银行|卡号|账号|帐号|账户|帐户|开户|收款|储蓄|工资卡|社保卡|户名")
EMAIL: Final = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,4}[A-Za-z]{2,10}(?![A-Za-z0-9])"
)
PASSPORT: Final = re.compile(r"(?<![A-Za-z0-9])(?:[EGDPSH]\d{8}|E[A-HJ-NP-Z]\d{7})(?!\d)")
PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
    r"[·•. ]?(?=[A-HJ-NP-Z]{0,2}\d)[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])"
)
DRIVEN: Final = re.compile(r"车牌|号牌|牌照|车辆|驾驶|轿车|机动车|货车|客车|车号|小车")
BEFORE: Final = 24
"""Characters before a number in which the word that says what it is may stand."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Personal:
    """One thing found: `text[start:end]`; what stands there is never repeated in messages."""

    kind: PersonalKind
    start: int
    end: int


def mask_personal_data(text: str) -> tuple[str, list[Personal]]:
    """Return the text with personal data replaced by as many stars, and what was found, in order.

    >>> mask_personal_data("填报人：张三  联系电话：13700000000")[0]
    '填报人：**  联系电话：***********'
    """
    found = find_personal_data(text)
    return mask_places(text, found), found


def mask_places(text: str, found: list[Personal]) -> str:
    """Return the text with stars in the places that were found; blanks inside them stay."""
    parts, last = [], 0
    for each in found:
        parts += [text[last : each.start], stars(text[each.start : each.end])]
        last = each.end
    return "".join([*parts, text[last:]]) if parts else text


def stars(text: str) -> str:
    """Return as many stars as there are characters; line ends stay what they are."""
    return "".join("\n" if char == "\n" else MASK for char in text)


def find_personal_data(text: str) -> list[Personal]:
    """Return the personal data of a text by place; of two that overlap, the one that begins first."""
    narrow = text.translate(WIDE) if any(sign in text for sign in WIDE_SIGNS) else text
    found = [*iter_numbers(narrow), *iter_addresses(narrow), *iter_papers(narrow)]
    found += [Personal(kind="name", start=start, end=end) for start, end in find_names(text)]
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Personal] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def iter_numbers(text: str) -> Iterator[Personal]:
    """Yield identity cards, mobile numbers and bank cards."""
    for run in LONG_RUN.finditer(text):
        begin, stop = run.span()
        taken = [(each.start(), each.end()) for each in CARD.finditer(text, begin, stop) if is_card(text, each)]
        yield from (Personal(kind="identity_card", start=start, end=end) for start, end in taken)
        if taken:
            continue
        cards = [each for each in BANK.finditer(text, begin, stop) if is_account(text, each)]
        yield from (Personal(kind="bank_card", start=each.start(), end=each.end()) for each in cards)
        if cards:
            continue
        for each in MOBILE.finditer(text, max(begin - 3, 0), min(stop + 1, len(text))):
            if is_mobile(text, each):
                yield Personal(kind="mobile", start=each.start(), end=each.end())
        if IDENTITY.search(text, max(begin - BEFORE, 0), begin):
            for each in OLD_CARD.finditer(text, begin, stop):
                yield Personal(kind="identity_card", start=each.start(), end=each.end())


def is_card(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number is an identity card's: its checksum is right, or the words before it say so."""
    digits = re.sub(r"[ -]", "", match[0]).upper()
    if not looks_like_identity_card(digits):
        return False
    if IDENTITY.search(text, max(match.start() - BEFORE, 0), match.start()):
        return True
    if match.start() and LETTER.match(text, match.start() - 1):
        return False
    if NUMBERED.search(text, max(match.start() - BEFORE, 0), match.start()):
        return False
    return is_identity_card(digits) or not is_credit_code(digits)


def is_account(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number is a bank card's: its check digit is right and the words before it are of a bank."""
    digits = re.sub(r"[ -]", "", match[0])
    return is_bank_card(digits) and BANKING.search(text, max(match.start() - BEFORE * 2, 0), match.start()) is not None


def is_mobile(text: str, match: re.Match[str]) -> bool:
    """Tell whether eleven digits are a telephone's: nothing is counted and nothing is numbered by them."""
    is_odd = AMOUNT.match(text, match.end()) or (match.start() and LETTER.match(text, match.start() - 1))
    if is_odd and CALLED.search(text, max(match.start() - BEFORE, 0), match.start()) is None:
        return False
    return NUMBERED.search(text, max(match.start() - BEFORE, 0), match.start()) is None


def iter_addresses(text: str) -> Iterator[Personal]:
    """Yield the e-mail addresses of persons."""
    if "@" not in text:
        return
    for match in EMAIL.finditer(text):
        if is_personal_address(match[0]):
            yield Personal(kind="email", start=match.start(), end=match.end())


def iter_papers(text: str) -> Iterator[Personal]:
    """Yield passports and number plates, where the words before them say what they are."""
    if "护照" in text:
        for match in PASSPORT.finditer(text):
            if "护照" in text[max(match.start() - BEFORE, 0) : match.start()]:
                yield Personal(kind="passport", start=match.start(), end=match.end())
    if "车" in text or "牌" in text:
        for match in PLATE.finditer(text):
            if DRIVEN.search(text, max(match.start() - BEFORE, 0), match.start()):
                yield Personal(kind="plate", start=match.start(), end=match.end())
