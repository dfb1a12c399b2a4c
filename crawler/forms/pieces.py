"""Lines of text cut into what were cells: by pipes, by tabs, or by the spaces before numbers and between labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.forms.labels import label_key
from crawler.forms.vocabulary import known_words
from crawler.parsing.numbers import COUNT_UNITS, MONEY_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FRAME = re.compile(r"[|\s:\-]*-{2,}[|\s:\-]*")
_NUMBER = r"[+\-－−]?[0-9０-９][0-9０-９,，.．]*(?:万?元|[件条次宗项%])?|[-－—/／]{1,2}"
_UNIT = "|".join(map(re.escape, (*MONEY_UNITS, *COUNT_UNITS)))
_SPACES = r"[ \t\u3000\xa0]+"
_NUMBERS_BEHIND = re.compile(rf"(?:{_SPACES}(?:{_NUMBER}|{_UNIT})){{1,40}}$")
_NUMBERS = re.compile(rf"(?:{_NUMBER})(?:{_SPACES}(?:{_NUMBER})){{1,40}}")
_WORD = re.compile(r"\S+")
_MARKS = ("|", "\t")
LONGEST_LINE = 2000
"""Characters of the longest line that is cut: longer ones are prose."""


@dataclass(slots=True, frozen=True)
class Piece:
    """What was one cell, and where it stands in the text."""

    text: str
    start: int
    end: int

    def joined(self, others: Sequence[Piece]) -> Piece:
        """Return this piece with the next ones as one."""
        return Piece("".join((self.text, *(other.text for other in others))), self.start, (others or [self])[-1].end)


def read_lines(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[list[Piece]]:
    """Yield the pieces of each line that has any; none of the lines that begin within `taken`."""
    start = 0
    for line in text.split("\n"):
        if line.strip() and len(line) <= LONGEST_LINE and not any(low <= start < high for low, high in taken):
            yield _cut(line, start)
        start += len(line) + 1


def is_framed(line: Sequence[Piece], text: str) -> bool:
    """Tell whether the pieces of a line were parted by pipes or tabs: then blanks among them are cells too."""
    return len(line) > 1 and any(mark in text[line[0].end : line[1].start] for mark in _MARKS)


def _cut(line: str, start: int) -> list[Piece]:
    for mark in _MARKS:
        if mark in line.strip():
            return [] if _FRAME.fullmatch(line) else _parted(line, start, mark)
    if _NUMBERS.fullmatch(line.strip()):
        return [_piece(line, start, *word.span()) for word in _WORD.finditer(line)]
    behind = _NUMBERS_BEHIND.search(line.rstrip())
    if behind and line[: behind.start()].strip():
        words = _WORD.finditer(line, behind.start())
        return [_piece(line, start, 0, behind.start()), *(_piece(line, start, *word.span()) for word in words)]
    if label_key(line) not in known_words():
        parts = list(_WORD.finditer(line))
        if len(parts) > 1 and all(label_key(part[0]) in known_words() for part in parts):
            return [_piece(line, start, *part.span()) for part in parts]
    return [_piece(line, start, 0, len(line))]


def _parted(line: str, start: int, mark: str) -> list[Piece]:
    """The cells between marks; a mark that begins or ends the line only frames it."""
    pieces, place = [], 0
    for part in line.split(mark):
        pieces.append(_piece(line, start, place, place + len(part)))
        place += len(part) + 1
    first = 1 if len(pieces) > 1 and not pieces[0].text else 0
    last = len(pieces) - 1 if len(pieces) - first > 1 and not pieces[-1].text else len(pieces)
    return pieces[first:last]


def _piece(line: str, start: int, low: int, high: int) -> Piece:
    """A part of a line without the spaces around it."""
    text = line[low:high]
    low += len(text) - len(text.lstrip())
    text = text.strip()
    return Piece(text, start + low, start + low + len(text))
