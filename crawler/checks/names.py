"""Names that gave way to an advertisement: whole portals are copied with one name replaced by a gambling brand.

Words alone prove nothing: a sports bureau writes of 体育彩票 and a police report of 跨境赌博. A brand counts where a
name stands: directly before 省, 人民政府, 办公厅 …, or in a formula that can hold one name only.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from crawler.checks.codes import make_finding
from crawler.items import Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

STRONG: Final = (
    r"胜负\d+场|即时比分|[篮足]球比分|365体育|bet365|威廉希尔|葡京|滚球|买球|博彩官网|竞猜官网|官网app|欧洲杯\w{0,4}竞猜"
    r"|世界杯\w{0,4}(?:买球|竞猜|投注)|体育(?:投注|app|官网|平台)|皇冠体育|亚博体育|开云体育|乐鱼体育|半岛体育|华体会|九游会"
    r"|米兰体育|爱游戏体育|万博(?:官网|体育|manbetx)|新万博|jinnianhui|必威|银河国际官网|金沙(?:娱乐|官网|娱城)|太阳城(?:集团官网|娱乐)"
    r"|电竞投注|真人娱乐|娱乐平台|娱乐官网|在线娱乐|博彩app|彩票(?:app|官网|平台注册)"
)
"""Phrases that no report has a use for."""
WEAK: Final = r"足彩|竞彩|博彩|赌博|赌场|万博|今年会|娱乐城|老虎机|时时彩|六合彩|投注"
"""Words that have their uses; they count only directly before the end of a name."""
HINTS: Final = (
    "彩",
    "球",
    "葡京",
    "希尔",
    "365",
    "博",
    "娱乐",
    "比分",
    "今年会",
    "jinnianhui",
    "竞猜",
    "体育",
    "投注",
    "必威",
)
"""One of these stands in every phrase of the lexicon."""
NAME_END: Final = (
    r"(?:省|市(?!场|民|值|面)|县(?!级)|区(?!域|块|间|别)|人民政府|政府|省委|市委|县委|区委|办公厅|办公室|公报|街道"
    r"|委员会)"
)
STRONG_NAME: Final = re.compile(rf"(?:{STRONG})[^，。、；：？！《》（）“”〔〕的是在\s]{{0,12}}?{NAME_END}", re.I)
WEAK_NAME: Final = re.compile(rf"(?:{WEAK}){NAME_END}", re.I)
BRAND: Final = re.compile(STRONG, re.I)
FEWEST: Final = 2
"""Times a strong phrase stands in a text without a name's end before it counts."""
FORMULA: Final = re.compile(r"以([^，。；：、\n]{1,20}?)新时代中国特色社会主义思想")
THOUGHT: Final = "新时代中国特色社会主义思想"
LEADER: Final = "习近平"
BETWEEN: Final = re.compile(r"(?:学习|宣传|贯彻|落实|践行|坚持|领会|把握|精神|运用|和|与|及|为|的|[”“\"])$")
"""Endings that make 以…新时代… another sentence: 以深入学习贯彻新时代…."""
DELETED: Final = re.compile(r"(?<![学练温实复])习新时代|习(?=总书记|主席)")
OFFICE: Final = re.compile(r"([^\s，。、；：？！《》（）()“”〔〕\[\]|]{1,30}?)(?:人民政府|省委(?=[省市办员书、和会]))")
YEARS: Final = re.compile(r"(?:19|20)\d{2}年?度?")
ODD: Final = re.compile(r"[A-Za-z0-9_:|-]+[^A-Za-z0-9_:|省市县区州盟旗乡镇街村各级-]{0,4}$")
"""Letters or digits close before 人民政府, with no word for a division after them: xy88, 胜负14场."""
OFTEN: Final = 2


def check_names(text: str, *, is_foreign: bool) -> list[Finding]:
    """Return the signs that a name was replaced; `is_foreign`: the page's host is public and no government's."""
    return [*iter_brands(text), *iter_formulas(text), *iter_odd_names(text, is_foreign=is_foreign)]


def iter_brands(text: str) -> Iterator[Finding]:
    """Yield a finding where a brand stands for a name."""
    if not any(hint in text for hint in HINTS):
        return
    found = [*STRONG_NAME.finditer(text), *WEAK_NAME.finditer(text)]
    if not found:
        found = list(BRAND.finditer(text))
        if len(found) < FEWEST:
            return
    found.sort(key=re.Match.start)
    shown = ", ".join(dict.fromkeys(match[0] for match in found[:5]))
    yield make_finding("tamper.brand", f"An advertised phrase stands where a name belongs: {shown}", spans(found))


def iter_formulas(text: str) -> Iterator[Finding]:
    """Yield findings where the one name that a fixed formula holds is another, or gone."""
    if THOUGHT in text:
        wrong = [match for match in FORMULA.finditer(text) if LEADER not in match[1] and not BETWEEN.search(match[1])]
        replaced = [match for match in wrong if not match[1].endswith("习")]
        if replaced:
            shown = ", ".join(dict.fromkeys(match[1] for match in replaced[:5]))
            yield make_finding("tamper.formula", f"The formula 以…{THOUGHT} holds {shown}", spans(replaced))
    if "习新时代" in text or "习总书记" in text:
        gone = [match for match in DELETED.finditer(text) if match[0] == "习新时代"]
        if gone:
            yield make_finding("tamper.deleted", f"Part of a name is gone before {THOUGHT}", spans(gone))


def iter_odd_names(text: str, *, is_foreign: bool) -> Iterator[Finding]:
    """Yield a finding where the same letters and digits stand, again and again, for the name before 人民政府."""
    if "人民政府" not in text and "省委" not in text:
        return
    found = [(match, token) for match in OFFICE.finditer(text) if (token := odd_token(match[1]))]
    counts = Counter(token for _, token in found)
    often = {token for token, count in counts.items() if count >= OFTEN}
    if often:
        code = "tamper.name" if is_foreign else "tamper.unknown_name"
        places = [match for match, token in found if token in often]
        yield make_finding(
            code, f"No name of a place stands before 人民政府: {', '.join(sorted(often))}", spans(places)
        )


def odd_token(name: str) -> str | None:
    """Return the end of a name that no place can have: with letters or digits in it, years apart."""
    odd = ODD.search(YEARS.sub("", name))
    return odd[0] if odd else None


def spans(matches: list[re.Match[str]]) -> list[Span]:
    """Return where the matches stand."""
    return [Span(start=match.start(), end=match.end()) for match in matches]
