"""Texts as words that a search finds exactly: every pair of neighbouring Chinese characters, every Latin word. Pure.

A tokenizer that cuts triples finds nothing for words of two characters, which most Chinese words are; one that knows
a dictionary does not find what is not in it. Pairs find every word of two characters and more. A text that has all
pairs of a longer word may have them apart, so that whoever searches looks into the text (`find`).
"""

from __future__ import annotations

import re
import unicodedata
from operator import add
from typing import Final

LONGEST: Final = 40
"""Characters of a Latin word that are kept."""
LATIN: Final = r"[0-9A-Za-z\u00c0-\u024f]"
RUN: Final = re.compile(rf"{LATIN}+|[^\W_0-9A-Za-z\u00c0-\u024f]+")
IS_LATIN: Final = re.compile(LATIN)
NOT_TEXT: Final = re.compile(r"\s+")
BETWEEN: Final = re.compile(r"(?<=[^\x00-\x7f])[ \t]+(?=[^\x00-\x7f])")


def fold(text: str) -> str:
    """Return a text as it is compared: full-width letters as plain ones, no difference of case, no blanks.

    >>> fold("依 申请\\n公开 ＡＢＣ")
    '依申请公开abc'
    """
    return NOT_TEXT.sub("", unicodedata.normalize("NFKC", text)).lower()


def words_of(text: str) -> frozenset[str]:
    """Return the words that a text is found by.

    >>> sorted(words_of("依申请公开 2020年"))
    ['2020', '依', '依申', '公', '公开', '年', '开', '申', '申请', '请', '请公']
    """
    found: set[str] = set()
    for run in _runs(text):
        if IS_LATIN.match(run):
            found.add(run[:LONGEST])
        else:
            found.update(run)
            found.update(map(add, run, run[1:]))
    return frozenset(found)


def words_of_query(term: str) -> frozenset[str]:
    """Return the words that a text must have to hold a term: the pairs, or the one character there is.

    >>> sorted(words_of_query("依申请公开")), sorted(words_of_query("省"))
    (['依申', '公开', '申请', '请公'], ['省'])
    """
    words = words_of(term)
    whole = {run for run in _runs(term) if len(run) == 1}
    return frozenset(word for word in words if len(word) > 1 or word in whole)


def _runs(text: str) -> list[str]:
    """Return the Latin words and the stretches of other letters; blanks between Chinese characters part nothing."""
    return RUN.findall(BETWEEN.sub("", unicodedata.normalize("NFKC", text).lower()))


def find(line: str, terms: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where any of the terms stands in a line, as offsets in order; they do not overlap.

    Terms are compared folded: blanks within a line do not part a word.

    >>> find("依 申请公开3件", ("申请", "件"))
    [(2, 4), (7, 8)]
    """
    letters, places = _fold_with_places(line)
    found: list[tuple[int, int]] = []
    for term in terms:
        start = letters.find(term)
        while start >= 0 and term:
            found.append((places[start], places[start + len(term) - 1] + 1))
            start = letters.find(term, start + len(term))
    return _join(sorted(found))


def _fold_with_places(line: str) -> tuple[str, list[int]]:
    """Return a folded line, and of each of its characters where it stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(line):
        for folded in fold(letter):
            letters.append(folded)
            places.append(place)
    return "".join(letters), places


def _join(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
