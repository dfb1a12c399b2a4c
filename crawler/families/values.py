"""Texts as values: JSON and JSONP, XML of records, and the literals of scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import lxml.etree

Json: TypeAlias = Any

WHOLE_PAGE = re.compile(r"<(?:html|body|head)\b", re.I)
XML_START = re.compile(r"\A[\ufeff\s]*+<(?:\?xml|[a-z]\w{0,30}>\s{0,9}<)", re.I)
HEAD = 2000
CALLBACK = re.compile(r"\A\s*[\w$.]{1,60}\s*\((.*)\)\s*;?\s*\Z", re.S)


def is_page(text: str) -> bool:
    """Return whether an answer is a page of HTML and no piece of one."""
    return WHOLE_PAGE.search(text, 0, HEAD) is not None


def parse_json(text: str) -> Json | None:
    """Return the value of a JSON or JSONP text, or None when it is neither."""
    text = text.lstrip("\ufeff \r\n\t")
    if (match := CALLBACK.match(text)) and not text.startswith(("{", "[")):
        text = match[1]
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def parse_xml(text: str) -> Json | None:
    """Return the records of an XML text, None when it is none: each element with several inner ones or attributes.

    >>> parse_xml("<rows><row><title>年报</title><url>/a.html</url></row></rows>")
    [{'title': '年报', 'url': '/a.html'}]
    """
    if XML_START.search(text) is None or is_page(text):
        return None
    parser = lxml.etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True)
    root = lxml.etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        return None
    records = (
        {str(name): value for name, value in element.items()}
        | {str(child.tag): "".join(child.itertext()).strip() for child in element if isinstance(child.tag, str)}
        for element in root.iter("*")
    )
    return [record for record in records if len(record) > 1]


def balanced(text: str, start: int) -> str:
    """Return the bracketed piece of a script that begins at `start`; brackets in strings do not count."""
    depth, quoted, escaped = 0, "", False
    for place in range(start, min(len(text), start + 2_000_000)):
        char = text[place]
        if quoted:
            quoted = "" if char == quoted and not escaped else quoted
            escaped = char == "\\" and not escaped
        elif char in "\"'":
            quoted = char
        elif char in "[{(":
            depth += 1
        elif char in "]})":
            depth -= 1
            if depth == 0:
                return text[start : place + 1]
    return ""


def walk_values(value: Json) -> Iterator[Json]:
    """Yield a value and all values inside it, outer ones first."""
    waiting = [value]
    while waiting:
        inner = waiting.pop(0)
        yield inner
        if isinstance(inner, dict):
            waiting.extend(inner.values())
        elif isinstance(inner, list):
            waiting.extend(inner)
