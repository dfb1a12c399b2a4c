"""What wrong codecs left in the text, beyond the signatures that reading the page already names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.checks.codes import make_finding
from crawler.items import Finding, Span
from crawler.parsing.mojibake import SIGNATURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Report

MARKS: Final = re.compile(
    r"(?<=[\u4e00-\u9fff，。、])\?{2,}(?=[\u4e00-\u9fffa-z，。、])|(?<![?\w])\?{2,}(?=[a-z]?[\u4e00-\u9fff])"
)
"""Characters that no codec had became question marks; a single one may be a question."""
BYTES: Final = re.compile(
    r"[\u4e00-\u9fff，。、][ㄅ-ㄩ][\u4e00-\u9fff]|[“”][\u4e00-\u9fff\d]*\?[!！][\u4e00-\u9fff]|\?[!！](?=[\u4e00-\u9fff])"
)
"""What a lost byte makes of the characters after it: Bopomofo and `?!` amid Chinese."""
ENTITIES: Final = re.compile(r"#x[0-9a-f]{2,4};|&(?:amp;)?(?:nbsp|ldquo|rdquo|mdash|middot);|&amp;#\d{2,5};", re.I)
BOPOMOFO: Final = b"\xe3\x84"
"""How U+3100 to U+313F begin in UTF-8."""
PER_THOUSAND: Final = 3
"""Signatures in a thousand characters of a text that nobody can read."""


def check_garbled(report: Report) -> list[Finding]:
    """Return what cannot be read."""
    text = report.text
    return [*iter_unreadable(report), *iter_marks(text), *iter_bytes(text), *iter_entities(text)]


def iter_unreadable(report: Report) -> Iterator[Finding]:
    """Yield a finding where the document's text, not some menu round it, is broken throughout."""
    if not report.text or not any(finding.code.startswith("mojibake.") for finding in report.findings):
        return
    count = sum(report.text.count(mark) for marks in SIGNATURES.values() for mark in marks)
    count += report.text.count("\ufffd")
    if count * 1000 > PER_THOUSAND * len(report.text):
        yield make_finding("mojibake.unreadable", f"{count} broken words in {len(report.text)} characters")


def iter_marks(text: str) -> Iterator[Finding]:
    """Yield a finding for question marks in the place of characters."""
    if "??" in text and (found := spans(MARKS, text)):
        yield make_finding("mojibake.marks", f"Question marks stand for characters in {len(found)} places", found)


def iter_bytes(text: str) -> Iterator[Finding]:
    """Yield a finding for runs that lost a byte."""
    if ("?" in text or BOPOMOFO in text.encode("utf-8", "replace")) and (found := spans(BYTES, text)):
        shown = ", ".join(text[each.start : each.end] for each in found[:5])
        yield make_finding("mojibake.bytes", f"A lost byte made other characters of: {shown}", found)


def iter_entities(text: str) -> Iterator[Finding]:
    """Yield a finding for character references that were encoded twice."""
    if ("&" in text or "#x" in text) and (found := spans(ENTITIES, text)):
        shown = ", ".join(dict.fromkeys(text[each.start : each.end] for each in found[:5]))
        yield make_finding("mojibake.entities", f"References to characters stand as text: {shown}", found)


def spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    """Return where a pattern matches."""
    return [Span(start=match.start(), end=match.end()) for match in pattern.finditer(text)]
