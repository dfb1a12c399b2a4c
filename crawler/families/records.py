"""Records that a page's script holds: `var list = [{title: …, url: …}, …]`, or the state of a page made by scripts."""

from __future__ import annotations

import re

from crawler.families.answers import find_records
from crawler.families.model import ReadDocument
from crawler.families.values import Json, balanced, parse_json
from crawler.items import Entry

TITLE_KEY = re.compile(r"""(?:title|name|subject)['"]?\s?:""", re.I)
URL_KEY = re.compile(r"""(?:url|link|href)['"]?\s?:""", re.I)
START = re.compile(r"[=:(]\s?(?=\[\s?\{|\{)|\A\s*+(?=[\[{])")
BARE_KEY = re.compile(r"([{,]\s?)(\w{1,40})\s?:")
SINGLE = re.compile(r"(?<=[:,\[{])\s?'([^'\\]{0,2000})'")
TRAILING = re.compile(r",\s?(?=[\]}])")
MAX_TRIES = 8
"""Beginnings of objects that are tried in one script."""


def held_records(document: ReadDocument) -> list[Entry]:
    """Return the entries of the longest list of records that one of the page's scripts holds."""
    best: list[Entry] = []
    for script in document.tree.iter("script"):
        source = script.text or ""
        if TITLE_KEY.search(source) and URL_KEY.search(source):
            best = max(best, records_of(source, document.base_url), key=len)
    return best


def records_of(source: str, base: str) -> list[Entry]:
    """Return the entries of the longest list of records in one script."""
    best: list[Entry] = []
    place = 0
    for _ in range(MAX_TRIES):
        match = START.search(source, place)
        if match is None:
            break
        piece = balanced(source, match.end())
        value = parse_literal(piece)
        best = max(best, find_records(value, base) if value is not None else [], key=len)
        place = match.end() + (len(piece) if value is not None else 1)
    return best


def parse_literal(piece: str) -> Json | None:
    """Return the value of a script's literal: JSON, or with bare keys, single quotes and trailing commas."""
    value = parse_json(piece)
    if value is not None or not piece:
        return value
    strict = SINGLE.sub(lambda match: '"' + match[1].replace('"', '\\"') + '"', piece)
    return parse_json(TRAILING.sub("", BARE_KEY.sub(r'\1"\2":', strict)))
