"""The ledger of what is owed as a picture: years across, issuers or regions down, a colour a state. Plain SVG."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from crawler.datasets.columns import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crawler.datasets.coverage import Owed, Reason, State

By: TypeAlias = Literal["issuer", "region", "province", "level"]
FONTS: Final = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Micro Hei',"
    "'WenQuanYi Zen Hei','SimHei','Heiti SC',sans-serif"
)
"""What a Chinese text is shown in on Linux, macOS and Windows."""
COLOURS: Final[dict[State, tuple[str, str, str]]] = {
    "present": ("#2f7d4f", "", "已公开"),
    "late": ("#e3b341", "迟", "逾期公开"),
    "doubtful": ("#8a63c9", "疑", "存疑"),
    "missing": ("#c8452f", "缺", "缺失"),
    "unknown": ("#d9dde2", "", "此前无从得知"),
    "not_due": ("#ffffff", "", "未到期"),
}
"""Of each state its colour, the sign in the cell, which needs no colour to be told, and its name."""
REASONS: Final[dict[Reason, tuple[str, str]]] = {
    "not_published": ("缺", "栏目中没有"),
    "not_found": ("寻", "栏目未查完"),
    "no_column": ("栏", "没有年报栏目"),
    "not_crawled": ("未", "网站未采集"),
    "blocked": ("拦", "被网站拦截"),
    "unreachable": ("断", "网站无法访问"),
    "moved": ("移", "链接失效"),
    "attachment_unread": ("附", "附件未能读取"),
    "unreadable": ("损", "内容无法采信"),
    "other_kind": ("异", "链接到其他文件"),
    "waiting": ("待", "等待重新访问"),
}
"""Of each reason why a report is missing its sign, and what it says."""
DARK: Final = frozenset({"present", "doubtful", "missing"})
SHARES: Final = ("#c8452f", "#dd7a4c", "#ecb365", "#c3c872", "#79a963", "#2f7d4f")
"""From none held to all held."""
CELL: Final = (30, 20)
SIZE: Final = 13
HEAD: Final = 84
"""Where the years stand when no reason is explained above them."""
ACROSS: Final = 5
STEP: Final = 106
"""Reasons explained side by side, and the room of each."""
LONGEST: Final = 24
"""Characters of a row's name that are shown."""
PROVINCE: Final = 2
"""Digits of a region code that name the province."""
LEVELS: Final = {
    "central": "中央",
    "province": "省级",
    "prefecture": "地市级",
    "county": "县级",
    "township": "乡镇级",
    "zone": "功能区",
}


@dataclass(slots=True)
class Line:
    """One row of the picture."""

    name: str
    counts: dict[int, Counter[State]] = field(default_factory=dict)
    reasons: dict[int, Counter[Reason]] = field(default_factory=dict)

    def add(self, owed: Owed) -> None:
        """Count an expected report."""
        self.counts.setdefault(owed.report_year, Counter())[owed.state] += 1
        if owed.reason:
            self.reasons.setdefault(owed.report_year, Counter())[owed.reason] += 1


def group_lines(owed: Iterable[Owed], by: By) -> list[Line]:
    """Return the rows of a picture, in the order in which they come; provinces and levels are sums."""
    lines: dict[object, Line] = {}
    for each in owed:
        key, name = name_group(each, by)
        lines.setdefault(key, Line(name)).add(each)
    if by == "level":
        order = list(LEVELS.values())
        return sorted(lines.values(), key=lambda line: order.index(line.name) if line.name in order else len(order))
    return list(lines.values())


def name_group(owed: Owed, by: By) -> tuple[object, str]:
    """Return which row an expected report belongs to, and the row's name."""
    if by == "issuer":
        return (owed.region_code, owed.issuer, owed.portal if owed.region_code is None else ""), owed.issuer
    if by == "region":
        return owed.region_code or owed.portal, owed.region or owed.region_code or owed.portal or "?"
    if by == "province":
        if owed.region_code is None:
            return None, "中央及其他"
        return owed.region_code[:PROVINCE], province_of(owed)
    return owed.region_level, LEVELS.get(owed.region_level or "", "其他")


def province_of(owed: Owed) -> str:
    """Return the name of the province, the first part of a region's full name."""
    name = owed.region or ""
    for end in ("特别行政区", "自治区", "省", "市"):
        place = name.find(end)
        if place > 0:
            return name[: place + len(end)]
    return name or f"{(owed.region_code or '')[:PROVINCE]}0000"


def draw(lines: Sequence[Line], title: str) -> str:
    """Return the picture as SVG; the same lines give the same bytes."""
    years = sorted({year for line in lines for year in line.counts})
    summed = any(counts.total() > 1 for line in lines for counts in line.counts.values())
    said = {reason for line in lines for counts in line.reasons.values() for reason in counts}
    met = [reason for reason in REASONS if reason in said and not summed]
    left = 20 + max((width_of(shorten(line.name)) for line in lines), default=0) * SIZE // 2
    right = max(left + len(years) * CELL[0] + 20, 20 + 90 * len(COLOURS))
    top = HEAD + -(-len(met) // ACROSS) * 18
    bottom = top + 8 + len(lines) * CELL[1] + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {right} {bottom}" width="{right}" height="{bottom}" '
        f'font-family="{FONTS}" font-size="{SIZE}" role="img" aria-label={quoteattr(title)}>',
        f'<rect width="{right}" height="{bottom}" fill="#ffffff"/>',
        f'<text x="10" y="24" font-size="16" fill="#1b1f24">{escape(title)}</text>',
        *legend(met, summed=summed),
    ]
    for place, year in enumerate(years):
        x = left + place * CELL[0] + CELL[0] // 2
        parts.append(f'<text x="{x}" y="{top}" font-size="11" text-anchor="middle" fill="#444c56">{year}</text>')
    for number, line in enumerate(lines):
        parts.extend(draw_line(line, years, (left, top + 8 + number * CELL[1]), summed=summed))
    return "\n".join([*parts, "</svg>"]) + "\n"


def draw_line(line: Line, years: Sequence[int], corner: tuple[int, int], *, summed: bool) -> Iterator[str]:
    """Yield one row: its name and a cell a year."""
    left, top = corner
    middle = top + CELL[1] // 2 + 5
    name = escape(shorten(line.name))
    yield f'<text x="{left - 8}" y="{middle}" text-anchor="end" fill="#1b1f24">{name}</text>'
    for place, year in enumerate(years):
        counts = line.counts.get(year)
        if counts:
            x = left + place * CELL[0]
            reasons = line.reasons.get(year, Counter())
            words = f"{line.name} {year}: {told(counts, reasons)}"
            yield draw_cell(paint_share(counts) if summed else paint(counts, reasons), (x, top), words)


def draw_cell(painted: tuple[str, str, bool], corner: tuple[int, int], words: str) -> str:
    """Return one cell with what it says when pointed at."""
    (colour, sign, light), (x, top) = painted, corner
    rect = (
        f'<rect x="{x}" y="{top}" width="{CELL[0] - 2}" height="{CELL[1] - 2}" rx="2" fill="{colour}" '
        'stroke="#c9d1d9" stroke-width="0.5"/>'
    )
    text = ""
    if sign:
        text = (
            f'<text x="{x + CELL[0] // 2 - 1}" y="{top + 14}" font-size="11" text-anchor="middle" '
            f'fill="{"#ffffff" if light else "#1b1f24"}">{sign}</text>'
        )
    return f"<g><title>{escape(plain_text(words))}</title>{rect}{text}</g>"


def paint(counts: Counter[State], reasons: Counter[Reason]) -> tuple[str, str, bool]:
    """Return the colour and sign of one report's state, and whether the sign is light."""
    state = next(iter(counts))
    colour, sign, _ = COLOURS[state]
    if state == "missing":
        sign = next((REASONS[reason][0] for reason in reasons), sign)
    return colour, sign, state in DARK


def paint_share(counts: Counter[State]) -> tuple[str, str, bool]:
    """Return the colour of the share that is held of many reports, and the share in percent."""
    held = counts["present"] + counts["late"] + counts["doubtful"]
    owed = held + counts["missing"]
    if owed == 0:
        return (*COLOURS["unknown" if counts["unknown"] else "not_due"][:2], False)
    step = held * (len(SHARES) - 1) // owed
    return SHARES[step], str(held * 100 // owed), step in (0, 1, len(SHARES) - 1)


def legend(met: Sequence[Reason], *, summed: bool) -> Iterator[str]:
    """Yield what the colours and the signs mean; of the reasons, those that are met."""
    entries = [(colour, name) for colour, _, name in COLOURS.values()]
    if summed:
        shares = ("0%", "20%", "40%", "60%", "80%", "100%")
        entries = list(zip(SHARES, shares, strict=True))
        yield '<text x="10" y="46" font-size="11" fill="#444c56">已取得年报占应公开数的百分比</text>'
    x, y = (10, 54) if summed else (10, 44)
    for colour, name in entries:
        yield f'<rect x="{x}" y="{y}" width="12" height="12" fill="{colour}" stroke="#c9d1d9" stroke-width="0.5"/>'
        yield f'<text x="{x + 16}" y="{y + 11}" font-size="11" fill="#444c56">{name}</text>'
        x += 24 + width_of(name) * 6 + 8
    for place, reason in enumerate(() if summed else met):
        x, y = 10 + place % ACROSS * STEP, 80 + place // ACROSS * 18
        sign, name = REASONS[reason]
        yield (
            f'<text x="{x}" y="{y}" font-size="11" fill="#444c56">'
            f'<tspan font-weight="bold" fill="{COLOURS["missing"][0]}">{sign}</tspan> {name}</text>'
        )


def told(counts: Counter[State], reasons: Counter[Reason]) -> str:
    """Return a cell in words."""
    words = ", ".join(f"{COLOURS[state][2]} {count}" for state, count in sorted(counts.items()))
    why = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
    return f"{words} ({why})" if why else words


def shorten(name: str) -> str:
    """Return a name that fits: the end of a long one, which tells it from others."""
    name = plain_text(name).replace("\n", " ")
    return name if len(name) <= LONGEST else "…" + name[1 - LONGEST :]


def width_of(text: str) -> int:
    """Return how wide a text is, in halves of a Chinese character.

    >>> width_of("青禾2")
    5
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
