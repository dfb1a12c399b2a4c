"""Text whose writing was changed by a machine: pinyin glued on, traditional characters. Marks of copies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.checks.codes import make_finding
from crawler.items import Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKED: Final = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ"
ONE: Final = r"[(（][a-zü" + MARKED + r"]{1,6}[)）]"
RUN: Final = re.compile(f"{ONE}(?:{ONE})*")
SYLLABLE: Final = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ue|üe|ve|[aoeiuüv])"
)
PLAIN: Final = str.maketrans(dict(zip(MARKED, "aaaaooooeeeeiiiiuuuuüüüü", strict=True)))
WORDS: Final = re.compile(r"[a-zü" + MARKED + "]+")
PER_THOUSAND: Final = 3
FEWEST_RUNS: Final = 2
HAN: Final = re.compile(r"[\u3400-\u9fff]")
SAMPLE: Final = 400
"""Characters looked at first; most texts have none that are only traditional."""
SOME: Final = 0.03
SHARE: Final = 0.20
FEWEST_HAN: Final = 10
OVERCONVERTED: Final = re.compile(
    r"[法體机機]定製度|製度|製定|體製|機製|全麵|方麵|麵向|體係|關係統|谘詢|複印|幹部門|裏麵"
)
LOCALISED: Final = re.compile(r"網際網路|資訊公開|檔案目錄|品質監督|影片|網路|軟體")
ENOUGH: Final = 2


def check_scripts(text: str, host: str = "") -> list[Finding]:
    """Return the findings on how the text is written; `host` tells the official traditional mirrors."""
    return [*iter_pinyin(text), *iter_traditional(text, host)]


def iter_pinyin(text: str) -> Iterator[Finding]:
    """Yield a finding where syllables in brackets follow the characters they spell: 號(hào) or 文(wen)章(zhang)."""
    if "(" not in text and "（" not in text:
        return
    runs = [match for match in RUN.finditer(text) if is_ruby(match)]
    if len(runs) >= FEWEST_RUNS and len(runs) * 1000 >= PER_THOUSAND * len(text):
        shown = ", ".join(text[match.start() - 1 : match.end()] for match in runs[:5])
        spans = [Span(start=match.start(), end=match.end()) for match in runs]
        yield make_finding("script.pinyin", f"{len(runs)} characters carry their pinyin: {shown}", spans)


def is_ruby(match: re.Match[str]) -> bool:
    """Tell whether a run stands behind a character and every bracket holds one syllable; (fax) and (app) are none."""
    place = match.start()
    if not place or HAN.match(match.string, place - 1) is None:
        return False
    return all(SYLLABLE.fullmatch(word.translate(PLAIN)) for word in WORDS.findall(match[0]))


def strip_pinyin(text: str) -> str:
    """Return the text without glued pinyin, for comparing; what is stored keeps it.

    >>> strip_pinyin("文(wen)章(zhang)，传真(fax)")
    '文章，传真(fax)'
    """
    return RUN.sub(lambda match: "" if is_ruby(match) else match[0], text)


def iter_traditional(text: str, host: str) -> Iterator[Finding]:
    """Yield a finding where a fifth of the characters exist in the traditional set alone, and one for a machine's."""
    middle = max((len(text) - SAMPLE) // 2, 0)
    sample = text[middle : middle + SAMPLE]
    if len(sample) - len(sample.encode("gb2312", "ignore").decode("gb2312")) <= SOME * len(sample):
        return
    share = traditional_share(text)
    if share > SHARE:
        official = host.startswith(("big5.", "tw.", "hk.")) and host.endswith(".gov.cn")
        code = "script.official_traditional" if official else "script.traditional"
        yield make_finding(code, f"{share:.0%} of the characters are traditional ones")
    for code, pattern, what in (
        ("script.overconverted", OVERCONVERTED, "A machine wrote traditional characters where they are wrong"),
        ("script.localised", LOCALISED, "Words were put into those of another region"),
    ):
        found = list(pattern.finditer(text))
        if len({match[0] for match in found}) >= ENOUGH:
            shown = ", ".join(sorted({match[0] for match in found})[:5])
            yield make_finding(
                code, f"{what}: {shown}", [Span(start=match.start(), end=match.end()) for match in found]
            )


def traditional_share(text: str) -> float:
    """Return the share of the Chinese characters that are in Big5 and not in GB 2312, 0 to 1."""
    han = "".join(HAN.findall(text))
    if len(han) < FEWEST_HAN:
        return 0.0
    common = len(han.encode("gb2312", "ignore")) // 2
    rare = len(han) - common
    if not rare:
        return 0.0
    only = "".join(char for char in set(han) if not char.encode("gb2312", "ignore"))
    in_big5 = set(only.encode("big5", "ignore").decode("big5"))
    return sum(char in in_big5 for char in han) / len(han)
