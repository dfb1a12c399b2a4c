"""A tree as two flat lists, its tags and the texts after them: read without a Python object for each element.

lxml writes a tree as XML in a fifth of the time it took to parse it: balanced, every attribute in double quotes, every
`<` and `>` that is none of markup escaped. Cutting that at its brackets gives what a walk over the elements would, for
a tenth of the price; an element itself is looked up where a table needs one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeAlias

import lxml.etree
import lxml.html

Element: TypeAlias = lxml.html.HtmlElement

COMMENT = re.compile(r"<!--(?:[^-]++|-(?!->))*+-->")
CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
TAG = re.compile(r"<(!--.*?--|[^>]*)>", re.S)
ATTRIBUTE = re.compile(r' ([^\s="]+)="([^"]*)"')
OTHER = "/?!"
"""How tags begin that start no element."""


@dataclass(slots=True)
class Tokens:
    """The tags of a tree in order, each with the text that follows it."""

    root: Element
    tags: list[str] = field(default_factory=list)
    """Without their brackets: `p class="a"`, `/p`, `br/`."""
    texts: list[str] = field(default_factory=list)
    """Escaped: `unescape` reads them."""
    shown: list[Element] = field(default_factory=list)
    """The children of the root that were read."""
    elements: list[Element | None] = field(default_factory=list)
    """The element of each start tag; empty until one is asked for."""

    def element(self, place: int) -> Element:
        """Return the element whose start tag stands at a place."""
        if not self.elements:
            elements = chain([self.root], *(part.iter("*") for part in self.shown))
            self.elements = [None if tag[0] in OTHER else next(elements) for tag in self.tags]
        element = self.elements[place]
        if element is None:
            raise IndexError(f"no element starts at token {place}: {self.tags[place]}")
        return element

    def end_of(self, place: int) -> int:
        """Return the place of the end tag of the element that starts at a place; the place itself when it is empty."""
        tag = self.tags[place]
        if tag[-1] == "/":
            return place
        name = name_of(tag)
        depth, start, end = 1, f"{name} ", f"/{name}"
        for later in range(place + 1, len(self.tags)):
            tag = self.tags[later]
            if tag == end:
                depth -= 1
                if not depth:
                    return later
            elif (tag == name or tag.startswith(start)) and tag[-1] != "/":
                depth += 1
        return len(self.tags) - 1

    def text_of(self, place: int) -> str:
        """Return all text of the element that starts at a place."""
        return unescape("".join(self.texts[place : self.end_of(place)]))

    def are_siblings(self, end: int, start: int) -> bool:
        """Return whether the element that ends at a place and the one that starts at a later one have one parent."""
        depth = 0
        for place in range(end + 1, start):
            tag = self.tags[place]
            if tag[0] == "/":
                depth -= 1
                if depth < 0:
                    return False
            elif tag[-1] != "/" and tag[0] not in OTHER:
                depth += 1
        return depth == 0


def read_tokens(root: Element) -> Tokens:
    """Return the tags and texts of a tree without its head and its comments."""
    root.getroottree().docinfo.clear()  # for a document type of XHTML, lxml would write other tags and attributes
    shown = [child for child in root if child.tag != "head"]
    names = "".join(f' {name}="{escape(value)}"' for name, value in root.items() if name in ("id", "class"))
    head = "".join(escape(part) for part in (root.text, *(child.tail for child in root.iterchildren("head"))) if part)
    written = "".join([lxml.etree.tostring(child, encoding="unicode", method="xml") for child in shown])
    if "&#13;" in written:
        written = written.replace("&#13;", " ")
    parts = split_markup(written)
    tokens = Tokens(root, [f"html{names}", *parts[1::2], "/html"], [head + parts[0], *parts[2::2], ""])
    tokens.shown = shown
    return tokens


def split_markup(written: str) -> list[str]:
    """Return markup that lxml wrote as the texts in it, at even places, and the tags between them."""
    markup = COMMENT.sub("", written) if "<!--" in written else written
    if "<![CDATA[" in markup:
        markup = CDATA.sub(lambda match: escape(match[1]), markup)
    parts = markup.replace(">", "<").split("<")
    if 2 * markup.count("<") != len(parts) - 1:  # of <p <b> or <p <!-- the second is the name of an attribute
        return TAG.split(written)
    return parts


def name_of(tag: str) -> str:
    """Return the name of a start tag."""
    return tag.partition(" ")[0].rstrip("/")


def attributes_of(tag: str) -> dict[str, str]:
    """Return the attributes of a start tag."""
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(tag)}


def escape(text: str) -> str:
    """Return text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Return what text between tags or in an attribute stands for."""
    if "&" not in text:
        return text
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#10;", "\n"), ("&#9;", "\t")):
        text = text.replace(written, meant)
    return text.replace("&amp;", "&")
