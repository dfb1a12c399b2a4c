"""The links of a page: anchors, areas, frames, choices of a drop-down, redirects, and those that scripts hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Literal, Protocol, TypeAlias
from urllib.parse import urlencode

import lxml.etree
import lxml.html

from crawler.parsing.calls import (
    Call,
    Part,
    address_gone_to,
    address_of_call,
    address_of_choice,
    read_call,
    read_choice,
    read_functions,
)
from crawler.parsing.links import canonical_url
from crawler.parsing.nodes import ways_of_nodes, ways_of_rows

LinkKind: TypeAlias = Literal["anchor", "frame", "option", "redirect", "script"]

BLANKS = re.compile(r"[\s\u3000\u00a0]+")
# Link words that say nothing: the words before them name the link.
EMPTY_WORDS = re.compile(r"\A(?:更多|more|详细|详情|点击|进入|查看|全部|[\s.…>»+＞\[\]【】_-])*+\Z", re.I)
CUT = re.compile(r"\s?(?:(?<!\.)\.{2,}+|(?<!…)…++|(?<!。)。{2,}+)\Z")
ROW_NUMBER = re.compile(r"\A\d{1,3}[.、]?\s")
"""The number of a table's row."""
HEADING_LENGTH = 40
CLIMB = 4

ADDRESS_IN_SCRIPT = re.compile(r"""['"]([^'"\s<>()]{0,300}(?:/|\.s?html?|\.jsp|\.aspx?|\.do)[^'"\s<>()]{0,300})['"]""")
OPTION_ADDRESS = re.compile(
    r"\A(?:https?:)?/{1,2}\S|\A\.{0,2}/?[\w./-]{1,200}(?:\.s?html?|\.jsp|\.aspx?|/)(?:\?\S{0,200})?\Z"
)
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
HAN = re.compile("[\u4e00-\u9fff]")
find_doors = lxml.etree.XPath(
    "descendant-or-self::*[self::a or self::area or self::iframe or self::frame or self::option or @onclick"
    " or @data-href or @data-url]"
)
find_texts = lxml.etree.XPath("descendant::text()[not(parent::script or parent::style)]", smart_strings=False)
DOORS = frozenset(("a", "area", "iframe", "frame", "option"))
DATA_ADDRESSES = ("data-href", "data-url", "data-link", "tagname")
SUBMITS = re.compile(r"submit\s?\(")
OPENS_PAGE = re.compile(r"location|open\(", re.I)
MAX_LINKS = 8000
"""Links read of one page; the longest honest menus have some 2,000."""
TINY_PAGE = 200
"""A page with fewer characters of text than this may be a mere redirect."""

# Tags whose class changes from row to row (odd, even, last) and tells nothing of the block.
ROW_TAGS = frozenset(("li", "tr", "td", "th", "dd", "dt", "p", "span", "b", "strong", "font", "em", "i", "a"))


class ParsedDocument(Protocol):
    """What this module needs of a parsed page."""

    url: str
    base_url: str
    html: str
    tree: lxml.html.HtmlElement


@dataclass(slots=True, frozen=True, kw_only=True)
class Link:
    """One address a page leads to."""

    url: str
    """Canonical."""
    text: str
    """The words of the link as shown, blanks collapsed; else its title, its picture's words or the heading."""
    title: str
    """The fullest wording: lists cut their texts and keep the whole title in an attribute."""
    kind: LinkKind = "anchor"
    block: str = ""
    """Tags and classes of the nearest ancestors: the links of one menu or list share it."""
    element: lxml.html.HtmlElement | None = field(default=None, compare=False, repr=False)


class LinkedDocument:
    """A parsed page that finds its links once, however many readers ask for them."""

    def __init__(self, document: ParsedDocument) -> None:
        self.url = document.url
        self.base_url = document.base_url
        self.html = document.html
        self.tree = document.tree
        self._document = document

    @cached_property
    def links(self) -> list[Link]:
        """The links of the page."""
        return find_links(self._document)


def read_links(document: ParsedDocument) -> list[Link]:
    """Return the links of the page in order, each address once per wording; at most MAX_LINKS."""
    return document.links if isinstance(document, LinkedDocument) else find_links(document)


def find_links(document: ParsedDocument) -> list[Link]:
    """Return the links of the page, found anew."""
    encoding = getattr(document, "charset", None) or "utf-8"
    found: dict[tuple[str, str], Link] = {}
    for link in islice(iter_links(document, encoding), MAX_LINKS):
        found.setdefault((link.url, link.text), link)
    return list(found.values())


def iter_links(document: ParsedDocument, encoding: str) -> Iterator[Link]:
    """Yield every link of the page, anchors first, in the order of the page."""
    functions: dict[str, tuple[Part, ...]] | None = None
    for element in find_doors(document.tree):
        address = address_of(element)
        if address is None and (call := call_of(element)):
            if functions is None:
                functions = read_functions([script.text or "" for script in document.tree.iter("script")])
            address = address_of_call(call, functions)
        if address and (url := canonical_url(address, document.base_url, encoding=encoding)):
            yield make_link(element, url)
    yield from iter_redirects(document)
    yield from iter_script_links(document)
    yield from iter_way_links(document)


def address_of(element: lxml.html.HtmlElement) -> str | None:
    """Return the address the element leads to as written, scripts in its attributes looked into."""
    if element.tag in ("iframe", "frame"):
        return element.get("src")
    if element.tag == "option":
        value = (element.get("value") or "").strip()
        if OPTION_ADDRESS.match(value):
            return value
        return address_of_choice(choice_script(element), value) or address_of_form(element, value)
    href = (element.get("href") or "").strip()
    if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        return href
    onclick = element.get("onclick") or ""
    scripts = (href, onclick if element.tag in DOORS or OPENS_PAGE.search(onclick) else "")
    for script in scripts:
        if script and (match := ADDRESS_IN_SCRIPT.search(script)):
            return match[1]
        if script and (address := address_gone_to(script)):
            return address
    return next((value for name in DATA_ADDRESSES if OPTION_ADDRESS.match(value := element.get(name) or "")), None)


def choice_script(option: lxml.html.HtmlElement) -> str:
    """Return the script of the drop-down that a choice stands in, '' without one."""
    box = next(option.iterancestors("select"), None)
    return (box.get("onchange") or "") if box is not None else ""


def address_of_form(option: lxml.html.HtmlElement, value: str) -> str | None:
    """Return the address that a form asks when the choice is made, where the drop-down sends it by itself."""
    box, form = next(option.iterancestors("select"), None), next(option.iterancestors("form"), None)
    if box is None or form is None or not value or not SUBMITS.search(box.get("onchange") or ""):
        return None
    chosen = box.get("name")
    if not chosen or (form.get("method") or "get").lower() != "get":
        return None
    hidden = [field for field in form.iter("input") if field.get("type") == "hidden"]
    fields = [(name, field.get("value") or "") for field in hidden if (name := field.get("name"))]
    fields.append((chosen, value))
    return f"{(form.get('action') or '').partition('?')[0]}?{urlencode(fields)}"


def call_of(element: lxml.html.HtmlElement) -> Call | None:
    """Return the call of a function that the element makes when it is clicked."""
    if element.tag == "option":
        return read_choice(choice_script(element), (element.get("value") or "").strip())
    scripts = (element.get("onclick") or "", element.get("href") or "")
    return next((call for script in scripts if "(" in script and (call := read_call(script))), None)


def make_link(element: lxml.html.HtmlElement, url: str) -> Link:
    """Return the link of an element with its words and its block."""
    shown = squeeze(text_of(element) or (element.get("value") or "" if element.tag == "input" else ""))
    title = squeeze(element.get("title") or "")
    if EMPTY_WORDS.match(shown):
        shown = title or picture_words(element) or (heading_before(element) if shown else "")
    whole = title if len(title) > len(shown) or not shown or is_cut(shown, title) else shown
    kind: LinkKind = (
        "frame" if element.tag in ("iframe", "frame") else "option" if element.tag == "option" else "anchor"
    )
    return Link(url=url, text=shown, title=whole, kind=kind, block=block_of(element), element=element)


def is_cut(shown: str, title: str) -> bool:
    """Return whether the words shown are the beginning of the title, cut with dots."""
    begun = CUT.sub("", shown)
    return begun != shown and title.startswith(begun)


def text_of(element: lxml.html.HtmlElement) -> str:
    """Return all text inside the element, scripts and comments left out."""
    return "".join(find_texts(element)) if len(element) else element.text or ""


def squeeze(text: str) -> str:
    """Return the text with its runs of blanks made one space."""
    return BLANKS.sub(" ", text).strip()


def picture_words(element: lxml.html.HtmlElement) -> str:
    """Return the alternative text of the picture a link shows."""
    return next(
        (squeeze(words) for image in element.iter("img") if (words := image.get("alt") or image.get("title"))), ""
    )


def heading_before(element: lxml.html.HtmlElement) -> str:
    """Return the words just before a link that says only 更多: the name of its box, or ''."""
    node = element
    for _ in range(CLIMB):
        parent = node.getparent()
        if parent is None:
            return ""
        before = parent.text or ""
        for sibling in parent.iterchildren():
            if sibling is node:
                break
            before += (f" {text_of(sibling)} " if isinstance(sibling.tag, str) else "") + (sibling.tail or "")
        if words := ROW_NUMBER.sub("", squeeze(before)):
            return words if len(words) <= HEADING_LENGTH else ""
        node = parent
    return ""


def block_of(element: lxml.html.HtmlElement) -> str:
    """Return the signature of the block the link stands in: its four nearest ancestors, row classes left out."""
    labels: list[str] = []
    for ancestor in element.iterancestors():
        if len(labels) == CLIMB:
            break
        own = "" if ancestor.tag in ROW_TAGS else (ancestor.get("id") or ancestor.get("class") or "")
        labels.append(".".join(filter(None, (str(ancestor.tag), own))))
    return "<".join(labels)


def iter_redirects(document: ParsedDocument) -> Iterator[Link]:
    """Yield where the page sends its reader on: meta refresh, and scripts when the page has hardly a text."""
    targets = [
        match[2]
        for meta in document.tree.iter("meta")
        if (meta.get("http-equiv") or "").lower() == "refresh" and (match := REFRESH.match(meta.get("content") or ""))
    ]
    for link in document.tree.iterfind("head/link[@rel='next']"):
        if url := canonical_url(link.get("href") or "", document.base_url):
            yield Link(url=url, text="下一页", title="下一页", block="head")
    sources = [script.text for script in document.tree.iter("script") if "location" in (script.text or "")]
    if sources and len(squeeze(text_of(document.tree))) < TINY_PAGE:
        for source in sources:
            targets += SCRIPT_REDIRECT.findall(source or "")
    for target in targets:
        if url := canonical_url(target, document.base_url):
            yield Link(url=url, text="", title="", kind="redirect")


def iter_script_links(document: ParsedDocument) -> Iterator[Link]:
    """Yield links that only a script writes: static document.write markup, and menus of names and addresses."""
    for script in document.tree.iter("script"):
        source = script.text or ""
        for pair in NAMED_PAIR.finditer(source):
            if HAN.search(pair[2]) and (url := canonical_url(pair[4], document.base_url)):
                yield Link(url=url, text=squeeze(pair[2]), title=squeeze(pair[2]), kind="script", block="script")
        for match in WRITTEN.finditer(source):
            yield from written_links(match[1] or match[2] or "", document.base_url)
        for thing in SCRIPT_OBJECT.finditer(source):
            name, address = OBJECT_NAME.search(thing[0]), OBJECT_URL.search(thing[0])
            if name and address and (url := canonical_url(address[2].replace("\\/", "/"), document.base_url)):
                words = squeeze(name[2])
                yield Link(url=url, text=words, title=words, kind="script", block="script")


def iter_way_links(document: ParsedDocument) -> Iterator[Link]:
    """Yield rows and nodes of a tree that a script makes links of by what they hold."""
    sources = [script.text for script in document.tree.iter("script") if script.text and OPENS_PAGE.search(script.text)]
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
    if "<a" not in markup.lower():
        return
    for element in parse_fragment(markup.replace("\\/", "/").replace('\\"', '"').replace("\\'", "'")).iter(
        "a", "option"
    ):
        if (address := address_of(element)) and (url := canonical_url(address, base)):
            link = make_link(element, url)
            yield Link(url=url, text=link.text, title=link.title, kind="script", block="script")


def parse_fragment(markup: str) -> lxml.html.HtmlElement:
    """Return a div that holds the markup; an empty one when it is not markup."""
    try:
        return lxml.html.fragment_fromstring(markup, create_parent="div")
    except (lxml.etree.ParserError, ValueError):
        return lxml.html.HtmlElement("div")
