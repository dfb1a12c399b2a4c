"""Names that gave way to an advertisement: whole portals are copied with one name replaced by a gambling brand.

Words alone prove nothing: a sports bureau writes of 体育彩票 and a police report of 跨境赌博. A brand counts where a
name stands: directly before 省, 人民政府, 办公厅 …, or in a formula that can hold one name only.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from crawler.checks.codes import make_finding
from crawler.facts.regions.matching import find_mentions
from crawler.items import Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

STRONG: Final = (
    r"胜负\d+场|即时比分|[篮足]球比分|365体育|bet365|威廉希尔|葡京|(?<!地)滚球(?!比赛|项目|运动|赛)|(?<![购采])买球(?![类场衣拍馆门员])"
    r"|博彩官网|竞猜官网|欧洲杯\w{0,4}竞猜|世界杯\w{0,4}(?:买球|竞猜|投注)|体育(?:投注|app下载)|皇冠体育|亚博体育|开云体育|乐鱼体育|半岛体育"
    r"|华体会体育|九游会|米兰体育官|爱游戏体育|万博(?:官网|体育|manbetx)|新万博|jinnianhui|必威(?:体育|官网|betway)|银河国际官网"
    r"|金沙(?:国际娱乐|娱城)|太阳城(?:集团官网|娱乐)|电竞投注|真人娱乐|娱乐官网|博彩app|彩票(?:app|官网|平台注册)"
)
"""Phrases that no report has a use for."""
WEAK: Final = r"足彩|竞彩|博彩|赌博|赌场|万博|今年会|娱乐城|老虎机|时时彩|六合彩|投注"
"""Words that have their uses; they count only directly before the end of a name."""
NEEDLES: Final = {
    "彩": ("足彩", "竞彩", "博彩", "时时彩", "六合彩", "彩票app", "彩票官网", "彩票平台"),
    "球": ("球比分", "滚球", "买球"),
    "杯": ("欧洲杯", "世界杯"),
    "负": ("胜负",),
    "比": ("即时比分",),
    "体育": (
        "365体育",
        "体育投注",
        "体育app",
        "亚博体育",
        "开云体育",
        "乐鱼体育",
        "半岛体育",
        "戏体育",
        "皇冠体育",
        "米兰体育",
        "华体会",
    ),
    "365": ("bet365", "BET365", "Bet365"),
    "葡": ("葡京",),
    "希": ("威廉希尔",),
    "投注": ("投注",),
    "猜": ("竞猜官网",),
    "官网": ("太阳城集团官网", "银河国际官网", "娱乐官网"),
    "博": ("万博", "赌博", "博彩"),
    "赌": ("赌场",),
    "会": ("今年会", "九游会"),
    "jinnianhui": ("jinnianhui",),
    "娱": ("娱乐城", "真人娱乐", "金沙国际娱乐", "金沙娱", "城娱乐"),
    "威": ("必威体育", "必威官网", "必威betway"),
    "虎": ("老虎机",),
}
"""One of these stands in every phrase of the lexicon; by a sign that most texts have not."""
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
BETWEEN: Final = re.compile(
    r"(?:学习|宣传|贯彻|落实|践行|坚持|领会|把握|精神|运用|推进|弘扬|深化|围绕|指引|指导|遵循|开展|学好|悟透|引领|传播|阐释|研究|我国|我党"
    r"|全面|深入|和|与|及|为|的|[”“\"])$"
)
"""Endings that make 以…新时代… another sentence: 以深入学习贯彻新时代…."""
DELETED: Final = re.compile(r"(?<![学练温实复])习新时代|《网站(?:监管|工作)年度报表》")
OFFICES: Final = ("人民政府", "省委办公厅")
BEFORE: Final = 24
"""Characters before an office in which its place's name stands."""
PLACES: Final = frozenset("省市县区州盟旗乡镇街村级方国各地的该")
"""What stands right before 人民政府 in nearly every text."""
BREAK: Final = re.compile(r"[\s，。、；：？！《》（）()“”〔〕\[\]]")
GOVERNED: Final = re.compile(r"[省市县区](?=人民政府)")
GENERIC: Final = re.compile(r"(?:各|全|本|该|我|市辖|县级以上|[省市县区、和及])[省市县区]$")
SHORTEST_PLACE: Final = 5
LONGEST_PLACE: Final = 16
"""Characters of a place's name, its last sign included, that are compared."""
YEARS: Final = re.compile(r"(?:19|20)\d{2}年?度?")
ODD: Final = re.compile(r"[A-Za-z0-9_:|-]+[^A-Za-z0-9_:|省市县区州盟旗乡镇街村各级-]{0,4}$")
"""Letters or digits close before 人民政府, with no word for a division after them: xy88, 胜负14场."""
OFTEN: Final = 2


def check_names(text: str, *, is_foreign: bool) -> list[Finding]:
    """Return the signs that a name was replaced; `is_foreign`: the page's host is public and no government's."""
    found = [*iter_brands(text), *iter_formulas(text)]
    if not found:
        found = list(iter_odd_names(text, is_foreign=is_foreign))
    return [*found, *iter_unknown_places(text)] if is_foreign and not found else found


def iter_brands(text: str) -> Iterator[Finding]:
    """Yield a finding where a brand stands for a name."""
    if not any(any(needle in text for needle in needles) for hint, needles in NEEDLES.items() if hint in text):
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
    if ("习新时代" in text or "《网站" in text) and (gone := list(DELETED.finditer(text))):
        shown = ", ".join(dict.fromkeys(match[0] for match in gone))
        yield make_finding("tamper.deleted", f"Part of a fixed name is gone: {shown}", spans(gone))


def iter_odd_names(text: str, *, is_foreign: bool) -> Iterator[Finding]:
    """Yield a finding where the same letters and digits stand, again and again, for the name before 人民政府."""
    found: list[tuple[str, Span]] = []
    for office in OFFICES:
        place = text.find(office)
        while place >= 0:
            if place and text[place - 1] not in PLACES and (token := odd_token(text[max(place - BEFORE, 0) : place])):
                found.append((token, Span(start=place - len(token), end=place + len(office))))
            place = text.find(office, place + 1)
    counts = Counter(token for token, _ in found)
    often = sorted(token for token, count in counts.items() if count >= OFTEN)
    if often:
        code = "tamper.name" if is_foreign else "tamper.unknown_name"
        message = f"No name of a place stands before 人民政府: {', '.join(often)}"
        yield make_finding(code, message, [span for token, span in found if token in often])


def iter_unknown_places(text: str) -> Iterator[Finding]:
    """Yield a finding where a text names again and again a place that never was; asked of foreign hosts alone.

    Towns and villages are in no table, so only provinces, cities, counties and districts count.
    """
    found: list[tuple[str, Span]] = []
    for match in GOVERNED.finditer(text):
        name = BREAK.split(text[max(match.start() - BEFORE, 0) : match.start() + 1])[-1]
        if len(name) >= SHORTEST_PLACE and not find_mentions(name[-LONGEST_PLACE:]) and not GENERIC.search(name):
            found.append((name[-SHORTEST_PLACE:], Span(start=match.start() + 1 - len(name), end=match.end())))
    counts = Counter(name for name, _ in found)
    often = sorted(name for name, count in counts.items() if count >= OFTEN)
    if often:
        spans_of = [span for name, span in found if name in often]
        yield make_finding("tamper.name", f"No place is called {', '.join(often)}", spans_of)


def odd_token(name: str) -> str | None:
    """Return the end of a name that no place can have: with letters or digits in it, years apart."""
    odd = ODD.search(YEARS.sub("", BREAK.split(name)[-1]))
    return odd[0] if odd else None


def spans(matches: list[re.Match[str]]) -> list[Span]:
    """Return where the matches stand."""
    return [Span(start=match.start(), end=match.end()) for match in matches]
