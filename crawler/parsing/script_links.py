"""Links that scripts and heads hold: redirects, menus, written markup, rows and nodes, pieces that are loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from crawler.parsing.doors import (
    OPENS_PAGE,
    Link,
    LinkKind,
    ParsedDocument,
    address_of,
    make_link,
    parse_fragment,
    squeeze,
    text_of,
)
from crawler.parsing.links import canonical_url
from crawler.parsing.nodes import ways_of_nodes, ways_of_rows
from crawler.parsing.script_files import own_script_files
from crawler.parsing.sources import unescape_string

REFRESH = re.compile(r"""\A\s*+(\d{0,3})\s*+[;,]\s*+(?:url\s*+=)?\s*+['"]?([^'"\s]+)""", re.I)
SCRIPT_REDIRECT = re.compile(
    r"""(?:^|[\s;{(>"'])(?:window\.|self\.|top\.|parent\.|document\.)?location(?:\.href)?\s*(?:=|\.replace\(|\.assign\()"""
    r"""\s*['"]([^'"\s]{1,500})['"]"""
)
WRITTEN = re.compile(
    r"""(?:document\.write(?:ln)?\(|\w\s?\+=)\s*(?:"((?:[^"\\]|\\.){0,5000})"|'((?:[^'\\]|\\.){0,5000})')\s*[);]"""
)
SCRIPT_OBJECT = re.compile(r"\{[^{}]{8,600}\}")
OBJECT_NAME = re.compile(r"""['"]?(?:name|title|text|label|colname)['"]?\s*:\s*(['"])([^'"]{2,60})\1""", re.I)
OBJECT_URL = re.compile(r"""['"]?(?:url|href|link|linkurl|colurl|file)['"]?\s*:\s*(['"])([^'"\s]{2,300})\1""", re.I)
NAMED_PAIR = re.compile(
    r"""(['"])([^'"<>\n]{2,40})\1\s?,\s?(['"])((?:https?:/|\.{0,2})/[^'"\s<>]{1,300}|[\w./-]{1,200}\.s?html?)\3"""
)
LOADED = re.compile(
    r"""\.load\(\s?['"](?P<piece>[^'"\s<>]{1,200})['"]"""
    r"""|\$\.get\(\s?['"](?P<got>[^'"\s<>?]{1,200}\.(?:s?html?|inc|txt))(?:\?[^'"\s]{0,80})?['"]"""
    r"""|(?:getJSON|fetch|get)\(\s?['"](?P<menu>[^'"\s<>?]{0,200}(?:menu|nav|tree|column|channel|catalog|lanmu)\w{0,20}\.json)"""
)
"""Pieces of markup, and menus as data."""
FRAMED = re.compile(
    r"""\.src\s?=\s?['"]([^'"\s<>]{1,200}(?:/|\.s?html?|\.jsp|\.aspx?|\.php|\.do)(?:\?[^'"\s]{0,200})?)['"]"""
)
WRITES_LINK = re.compile(r"<(?:a|iframe)\b", re.I)
INCLUDED = re.compile(r"""#include\s{1,9}(?:virtual|file)\s?=\s?["']([^"'<>\s]{1,200})["']""")
"""A piece that the server was to put into the page, and did not."""
ESCAPED = re.compile(r"""(?:unescape|decodeURI(?:Component)?)\(\s?(['"])([^'"\s]{12,60000})\1""")
PAGE_FILE = re.compile(r"\.s?html?(?:\?|\Z)", re.I)
SCRIPT = re.compile(r"document\.write|\bvar\s|\bfunction\b|=>|\$\(")
HEAD = 2000
FEW_LINKS = 4
HAN = re.compile("[\u4e00-\u9fff]")
TINY_PAGE = 200
"""A page with fewer characters of text than this may be a mere redirect."""


def iter_redirects(document: ParsedDocument, scripts: Sequence[str]) -> Iterator[Link]:
    """Yield where the page sends its reader on: meta refresh, and scripts when the page has hardly a text."""
    targets = [
        match[2]
        for meta in document.tree.iter("meta")
        if (meta.get("http-equiv") or "").lower() == "refresh" and (match := REFRESH.match(meta.get("content") or ""))
    ]
    for link in document.tree.iterfind("head/link[@rel='next']"):
        if url := canonical_url(link.get("href") or "", document.base_url):
            yield Link(url=url, text="下一页", title="下一页", block="head")
    sources = [script for script in scripts if "location" in script]
    if onload := next((body.get("onload") for body in document.tree.iter("body")), None):
        sources.append(f" {onload}")
    if sources and len(squeeze(text_of(document.tree))) < TINY_PAGE:
        for source in sources:
            targets += SCRIPT_REDIRECT.findall(source)
    for target in targets:
        if url := canonical_url(target, document.base_url):
            yield Link(url=url, text="", title="", kind="redirect")


def iter_script_links(document: ParsedDocument, scripts: Sequence[str]) -> Iterator[Link]:
    """Yield links that only a script writes: static document.write markup, and menus of names and addresses."""
    for source in scripts:
        for pair in NAMED_PAIR.finditer(source):
            if HAN.search(pair[2]) and (url := canonical_url(pair[4], document.base_url)):
                yield Link(url=url, text=squeeze(pair[2]), title=squeeze(pair[2]), kind="script", block="script")
        for match in WRITTEN.finditer(source):
            yield from written_links(match[1] or match[2] or "", document.base_url)
        for match in ESCAPED.finditer(source):
            yield from written_links(unescape_string(match[2]), document.base_url)
        for thing in SCRIPT_OBJECT.finditer(source):
            name, address = OBJECT_NAME.search(thing[0]), OBJECT_URL.search(thing[0])
            if name and address and (url := canonical_url(address[2].replace("\\/", "/"), document.base_url)):
                words = squeeze(name[2])
                yield Link(url=url, text=words, title=words, kind="script", block="script")


def sources_of(document: ParsedDocument) -> list[str]:
    """Return the scripts of a page; a file of scripts or of data is one itself."""
    sources = [script.text for script in document.tree.iter("script") if script.text]
    return sources if sources or not is_script(document.html) else [document.html]


def is_script(text: str) -> bool:
    """Return whether a text is a script, or data, and no page."""
    start = text.lstrip("\ufeff \r\n\t")[:1]
    return start in ("{", "[") or (start != "<" and SCRIPT.search(text, 0, HEAD) is not None)


def iter_pieces(document: ParsedDocument, scripts: Sequence[str]) -> Iterator[Link]:
    """Yield the pieces that a page loads into itself, as frames are: its header, a menu, a list.

    A page that leads hardly anywhere may draw its menus by files of scripts.
    """
    found = [match[match.lastgroup or 0] for source in scripts for match in LOADED.finditer(source)]
    if "#include" in document.html:
        found += INCLUDED.findall(document.html)
    objects = (each.get("data") or "" for each in document.tree.iterfind(".//object[@data]"))
    found += [source for source in objects if PAGE_FILE.search(source)]
    if next(document.tree.iter("iframe", "frame"), None) is not None:
        found += [match[1] for source in scripts for match in FRAMED.finditer(source)]
    if sum(1 for _ in islice(document.tree.iter("a"), FEW_LINKS)) < FEW_LINKS:
        found += own_script_files(document)
    for address in dict.fromkeys(found):
        if url := canonical_url(address, document.base_url):
            yield Link(url=url, text="", title="", kind="frame", block="piece")


def iter_way_links(document: ParsedDocument, scripts: Sequence[str]) -> Iterator[Link]:
    """Yield rows and nodes of a tree that a script makes links of by what they hold."""
    sources = [script for script in scripts if OPENS_PAGE.search(script)]
    for way in ways_of_rows(sources):
        for element in document.tree.iterfind(f".//*[@{way.name}]"):
            value = element.get(way.name) or ""
            if value and (url := canonical_url(way.address(value), document.base_url)):
                yield make_link(element, url)
    for way in ways_of_nodes(sources):
        holds = re.compile(rf"""['"]?\b{way.name}['"]?\s?:\s?['"]?([\w-]{{1,60}})""")
        for source in sources:
            for thing in SCRIPT_OBJECT.finditer(source):
                name, held = OBJECT_NAME.search(thing[0]), holds.search(thing[0])
                if name and held and (url := canonical_url(way.address(held[1]), document.base_url)):
                    words = squeeze(name[2])
                    yield Link(url=url, text=words, title=words, kind="script", block="tree")


def written_links(markup: str, base: str) -> Iterator[Link]:
    """Yield the links of markup that document.write prints."""
    if not WRITES_LINK.search(markup):
        return
    for element in parse_fragment(markup.replace("\\/", "/").replace('\\"', '"').replace("\\'", "'")).iter(
        "a", "option", "iframe"
    ):
        if (address := address_of(element)) and (url := canonical_url(address, base)):
            link = make_link(element, url)
            kind: LinkKind = "frame" if link.kind == "frame" else "script"
            yield Link(url=url, text=link.text, title=link.title, kind=kind, block="script")
