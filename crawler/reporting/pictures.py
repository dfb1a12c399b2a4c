"""The pictures of the run report: SVG that stands in the page, drawn from numbers alone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BAR: Final = 18
GAP: Final = 8
LABELS: Final = 220
WIDTH: Final = 420
HEIGHT: Final = 140


@dataclass(slots=True, frozen=True)
class Row:
    """One bar: its name, and its pieces as (class of the style, what it is, how many)."""

    name: str
    pieces: tuple[tuple[str, str, int], ...]

    @property
    def total(self) -> int:
        """How long the bar is."""
        return sum(count for _, _, count in self.pieces)


def draw_bars(rows: Sequence[Row], title: str) -> str:
    """Return stacked bars, one a row, all to one scale."""
    most = max((row.total for row in rows), default=0) or 1
    height = len(rows) * (BAR + GAP) + GAP
    parts = [
        f'<svg role="img" viewBox="0 0 {LABELS + WIDTH + 60} {height}" width="{LABELS + WIDTH + 60}" '
        f'height="{height}"><title>{escape(title)}</title>'
    ]
    for place, row in enumerate(rows):
        top = GAP + place * (BAR + GAP)
        parts.append(f'<text x="{LABELS - 8}" y="{top + 14}" class="label">{escape(row.name)}</text>')
        parts += _pieces(row, top, most)
    return "".join([*parts, "</svg>"])


def _pieces(row: Row, top: int, most: int) -> Iterator[str]:
    left = float(LABELS)
    for style, what, count in row.pieces:
        if count:
            width = count / most * WIDTH
            yield (
                f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{BAR}" class="{escape(style)}">'
                f"<title>{escape(row.name)}: {escape(what)} {count}</title></rect>"
            )
            left += width
    yield f'<text x="{left + 6:.1f}" y="{top + 14}" class="count">{row.total}</text>'


def draw_history(points: Sequence[tuple[str, int, str]], title: str) -> str:
    """Return one column a run: (its name, how many, class of the style), to one scale, the last at the right."""
    most = max((count for _, count, _ in points), default=0) or 1
    step = min(24.0, (LABELS + WIDTH) / max(len(points), 1))
    width = LABELS + WIDTH
    parts = [
        f'<svg role="img" viewBox="0 0 {width} {HEIGHT + 20}" width="{width}" height="{HEIGHT + 20}">'
        f"<title>{escape(title)}</title>"
        f'<line x1="0" y1="{HEIGHT}" x2="{width}" y2="{HEIGHT}" class="axis"/>'
    ]
    for place, (name, count, style) in enumerate(points):
        tall = count / most * (HEIGHT - 20)
        parts.append(
            f'<rect x="{place * step:.1f}" y="{HEIGHT - max(tall, 2):.1f}" width="{step - 4:.1f}" '
            f'height="{max(tall, 2):.1f}" class="{escape(style)}"><title>{escape(name)}: {count}</title></rect>'
        )
    parts.append(f'<text x="0" y="12" class="count">{most}</text></svg>')
    return "".join(parts)
