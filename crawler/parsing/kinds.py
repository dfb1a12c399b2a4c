"""What a line of a page looks like by itself: prose, a short line, links, or a kind of chrome."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.parsing.chrome import (
    DATE,
    HINT,
    HINT_START,
    META_LABEL,
    SENTENCE,
    STATEMENTS,
    is_breadcrumb,
    is_byline,
    is_footer,
    is_widget,
    squeeze_label,
)

PROSE, SHORT, LINKS, WIDGET, FOOTER, CRUMB, META, BYLINE = range(8)

# The date that a list prints before or after its links.
LISTED_DATE = re.compile(rf"\A[\[(（]?{DATE}[\])）]?\s*|\s*[\[(（]?(?:{DATE}|\d\d[-/.]\d\d)[\])）]?\Z")
MIN_PROSE = 16
LONG_PROSE = 200
"""A line this long is prose, whatever words it has, unless it is a footer's."""
NUMBER = re.compile(r"\A[(（]?[\d一二三四五①②③④⑤]{1,2}[)）、.．]{0,2}\s?")
"""The number of a statement or a rule of the site."""
KEY = re.compile(r"[\s\W_]+")
NUMBERED = frozenset("(（123456789一二三四五①②③④⑤")
KEPT_LENGTH = 80
STATEMENT_LENGTH = 24
LONG_LINE = 40
"""A line this long with a full stop in it is prose."""


def kind_of(text: str, links: int) -> int:
    """Return what a line looks like by itself."""
    length = len(text)
    if links and (links * 2 > length or links * 2 > len(LISTED_DATE.sub("", text))):
        return LINKS
    begun = text if text[0] not in NUMBERED else NUMBER.sub("", text[:STATEMENT_LENGTH])
    if begun.startswith(STATEMENTS):
        return WIDGET
    if length > LONG_LINE and ("。" in text or length > LONG_PROSE):
        return FOOTER if "。" not in text and is_footer(text) else PROSE
    if length <= 4 and text.isascii() and text[0] != "A":
        return SHORT
    if HINT.search(text) or META_LABEL.match(squeeze_label(text)) or text[0] in HINT_START:
        special = known_kind(text) if length <= KEPT_LENGTH else special_kind(text)
        if special is not None:
            return special
    return PROSE if length >= MIN_PROSE and SENTENCE.search(text) else SHORT


@lru_cache(maxsize=4096)  # the pages of a portal share their chrome
def known_kind(text: str) -> int | None:
    """Return what `special_kind` does, for a line short enough to be kept."""
    return special_kind(text)


def special_kind(text: str) -> int | None:
    """Return which kind of chrome a line is that has some word of chrome in it, None when it is none."""
    if is_widget(text):
        return WIDGET
    if "。" not in text and is_footer(text):
        return FOOTER
    if is_breadcrumb(text):
        return CRUMB
    if META_LABEL.match(squeeze_label(text)):
        return META
    return BYLINE if is_byline(text) else None


def key_of(text: str) -> str:
    """Return the letters, digits and Han characters of a text: what titles are compared by."""
    return text if text.isalnum() else KEY.sub("", text)
