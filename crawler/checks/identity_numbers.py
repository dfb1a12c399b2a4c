"""Check digits: identity cards (GB 11643), credit codes (GB 32100), bank cards (Luhn)."""

from __future__ import annotations

import re
from typing import Final

CARD_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CARD_CHECKS: Final = "10X98765432"
PROVINCES: Final = frozenset(
    {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54}
    | {61, 62, 63, 64, 65, 71, 81, 82, 83, 91}
)
"""First two digits of GB/T 2260; 83 and 91 are residents from Taiwan and abroad."""
DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FIRST_YEAR: Final = 1890
LAST_YEAR: Final = 2040
CODE_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_HEAD: Final = re.compile(r"1[1239]|2[19]|3[1-59]|4[19]|5[12349]|6[129]|7[129]|8[19]|9[123]|A[1]|N[1239]|Y1")
"""Who registered and what: the first two signs of a credit code."""
MODULUS: Final = 31
SHORTEST_CARD: Final = 15
LONGEST_CARD: Final = 19


def looks_like_identity_card(digits: str) -> bool:
    """Tell whether eighteen signs begin with a province and hold a birthday.

    >>> looks_like_identity_card("990101199003070000"), looks_like_identity_card("110101199013070000")
    (False, False)
    """
    if int(digits[:2]) not in PROVINCES or not FIRST_YEAR <= int(digits[6:10]) <= LAST_YEAR:
        return False
    month, day = int(digits[10:12]), int(digits[12:14])
    return 1 <= month <= len(DAYS) and 1 <= day <= DAYS[month - 1]


def is_identity_card(digits: str) -> bool:
    """Tell whether the last of eighteen signs is the check digit of the others."""
    total = sum(weight * int(digit) for weight, digit in zip(CARD_WEIGHTS, digits, strict=False))
    return CARD_CHECKS[total % 11] == digits[-1]


def is_credit_code(digits: str) -> bool:
    """Tell whether eighteen signs are a unified social credit code (统一社会信用代码), check sign and all."""
    if not CODE_HEAD.match(digits) or any(sign not in CODE_SIGNS for sign in digits):
        return False
    total = sum(CODE_SIGNS.index(sign) * pow(3, place, MODULUS) for place, sign in enumerate(digits[:-1]))
    return CODE_SIGNS[-total % MODULUS] == digits[-1]


def is_bank_card(digits: str) -> bool:
    """Tell whether the digits have a card's length and the check digit of Luhn."""
    if not SHORTEST_CARD <= len(digits) <= LONGEST_CARD:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
