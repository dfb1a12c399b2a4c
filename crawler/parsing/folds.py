"""Sections of a document that unfold when their heading is chosen: hidden until then, but of the document."""

from __future__ import annotations

import re

from crawler.parsing.tokens import Tokens, unescape

NUMBER = "[(（]?[{digits}]{{1,3}}[)）、]|第[{digits}]{{1,3}}[章节部]"
HEADING = re.compile(NUMBER.format(digits="一二三四五六七八九十"))
LATER_HEADING = re.compile(NUMBER.format(digits="二三四五六七八九十"))
"""How a section begins that is not the first: hidden text that begins with the first may be a copy of all."""
LONGEST_HEADING = 40


def unfolds(tokens: Tokens, place: int, above: str) -> bool:
    """Return whether the hidden box that starts at a place is a section: `above`, the line before, is its heading.

    Or its own heading stands in it. Boxes with links or without a sentence are menus, dialogs and tricks.
    """
    end = tokens.end_of(place)
    text = unescape("".join(tokens.texts[place:end])).strip()
    headed = LATER_HEADING.match(text) or (len(above) <= LONGEST_HEADING and HEADING.match(above))
    return bool(headed) and "。" in text and not any(tag.startswith("a ") for tag in tokens.tags[place:end])
