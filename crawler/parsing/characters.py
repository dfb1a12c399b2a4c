"""Where text becomes safe: after it no sink (SQLite, PostgreSQL, JSON, CSV, XML) meets a character it refuses."""

from __future__ import annotations

import re

# C0 but tab and line ends, DEL, C1, surrogates, and two that are no characters. Word leaves 0B (line), 0C (page).
UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
BREAKS = frozenset("\x0b\x0c")
REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,12}));?")
BEYOND = 0x110000


def clean_characters(text: str) -> str:
    """Return the text without characters that are none: line and page breaks of Word become line ends."""
    return UNSAFE.sub(lambda match: "\n" if match[0] in BREAKS else "", text)


def clean_references(markup: str) -> str:
    """Return markup whose numeric references (such as `&#0;`) name only what `clean_characters` keeps."""
    return REFERENCE.sub(keep_reference, markup) if "&#" in markup else markup


def keep_reference(match: re.Match[str]) -> str:
    """Return a numeric reference as it stands, or what `clean_characters` makes of the character it names."""
    number = int(match[1], 16) if match[1] else int(match[2])
    if 0x80 <= number <= 0x9F:
        return match[0]  # browsers and libxml2 read these as windows-1252: printable
    if number >= BEYOND:
        return ""
    return match[0] if not UNSAFE.match(chr(number)) else clean_characters(chr(number))
