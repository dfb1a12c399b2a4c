"""What leads elsewhere, element by element: the address it leads to, and the words that it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias
from urllib.parse import urlencode

import lxml.etree
import lxml.html

from crawler.parsing.calls import Call, address_gone_to, address_of_choice, read_call, read_choice

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
find_texts = lxml.etree.XPath("descendant::text()[not(parent::script or parent::style)]", smart_strings=False)
DOORS = frozenset(("a", "area", "iframe", "frame", "option"))
DATA_ADDRESSES = ("data-href", "data-url", "data-link", "tagname")
SUBMITS = re.compile(r"submit\s?\(")
NO_FRAME = re.compile(r"about:|javascript:", re.I)
LEADS_ON = re.compile(r"location|\b(?:open|go|turn|jump|to|show|view)\w{0,20}\s?\(|page\w{0,12}\s?\(", re.I)
"""What a script does that leads to another page, by its name."""
OPENS_PAGE = re.compile(r"location|open\(", re.I)
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


def address_of(element: lxml.html.HtmlElement) -> str | None:
    """Return the address the element leads to as written, scripts in its attributes looked into."""
    if element.tag in ("iframe", "frame"):
        named = (element.get(name) or "" for name in ("src", "data-src", "data-url", "_src"))
        return next((source for source in named if source and not NO_FRAME.match(source)), None)
    if element.tag == "option":
        value = (element.get("value") or "").strip()
        if OPTION_ADDRESS.match(value):
            return value
        return address_of_choice(choice_script(element), value) or address_of_form(element, value)
    href = (element.get("href") or "").strip()
    if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        return href
    onclick = element.get("onclick") or ""
    scripts = (href, onclick if element.tag in DOORS or LEADS_ON.search(onclick) else "")
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
            words = text_of(sibling) if isinstance(sibling.tag, str) else ""
            before += ("" if EMPTY_WORDS.match(squeeze(words)) else f" {words} ") + (sibling.tail or "")
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


def parse_fragment(markup: str) -> lxml.html.HtmlElement:
    """Return a div that holds the markup; an empty one when it is not markup."""
    try:
        return lxml.html.fragment_fromstring(markup, create_parent="div")
    except (lxml.etree.ParserError, ValueError):
        return lxml.html.HtmlElement("div")
