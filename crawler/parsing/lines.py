"""A page as the lines a reader sees, and the regions (boxes of the layout) that hold them: one walk over the tree.

Everything later (which region is the document, what is chrome) is decided on these two lists, without another walk:
an element's text is a stretch of lines, because both are in document order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

import lxml.etree
import lxml.html

Element: TypeAlias = lxml.html.HtmlElement

REGION, BLOCK, BREAK, LINK, PRE, SKIP, FRAME, CHOICE = range(1, 9)
KINDS: dict[object, int] = {
    **dict.fromkeys(
        ["body", "div", "td", "th", "table", "section", "article", "main", "center", "form", "header", "footer", "nav", "aside", "fieldset", "ul", "ol", "dl", "blockquote", "details"],
        REGION,
    ),
    **dict.fromkeys(
        ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dd", "dt", "tr", "tbody", "thead", "tfoot", "caption", "address", "figure", "figcaption", "legend", "summary", "html", "frameset", "dir", "menu", "hgroup", "marquee"],
        BLOCK,
    ),
    **dict.fromkeys(["br", "hr"], BREAK),
    "a": LINK,
    **dict.fromkeys(["pre", "xmp", "listing", "plaintext"], PRE),
    **dict.fromkeys(["head", "script", "style", "noscript", "template", "svg", "video", "audio", "canvas", "map", "math", "input", "textarea"], SKIP),
    **dict.fromkeys(["iframe", "embed", "object", "frame"], FRAME),
    **dict.fromkeys(["option", "button", "select"], CHOICE),
}

HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-indent\s*:\s*-\d{3}|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:[;\"']|\Z)"
    r"|(?:left|top)\s*:\s*-\d{3}",
    re.I,
)
MAY_HIDE = re.compile(r"none|visibility|text-indent|font-size\s*:\s*0|(?:left|top)\s*:\s*-|\shidden", re.I)
HIDDEN_CLASSES = frozenset(("hidden", "hide", "d-none", "layui-hide", "dn", "display-none", "yincang"))
INLINE = re.compile(r"display\s*:\s*inline(?!-block|-flex|-grid|-table)", re.I)
PREFORMATTED = re.compile(r"white-space\s*:\s*pre", re.I)
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
HAS_INVISIBLE = re.compile(
    "[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f]|&(?:zwn?j|shy|#(?:8203|65279|x200b));", re.I
)


@dataclass(slots=True)
class Line:
    """One line of the page as shown."""

    text: str
    links: int
    """Characters of it that lead elsewhere."""
    region: int
    """Index of the innermost region that holds it."""
    tag: str
    """Tag of the block that was opened last: `p`, `h1`, `td`, `br` …"""


@dataclass(slots=True)
class Region:
    """A box of the layout: the lines start ≤ i < end are its text."""

    element: Element
    parent: int
    start: int
    end: int = 0
    children: list[int] = field(default_factory=list)


@dataclass(slots=True)
class PageLines:
    """A page read."""

    lines: list[Line] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    anchors: list[tuple[int, Element]] = field(default_factory=list)
    """Links, each with the index of the line it stands in."""
    frames: list[tuple[int, Element]] = field(default_factory=list)
    """Frames and embedded objects, each with the index of the line that follows it."""
    hidden: list[Element] = field(default_factory=list)
    """The outermost elements that are not shown."""


def read_lines(root: Element, markup: str, *, show_hidden: bool = False) -> PageLines:
    """Return the lines and regions of a tree; `markup` is what it was parsed from.

    What is not shown (scripts, hidden elements) gives no lines, unless `show_hidden` asks for hidden elements too.
    """
    walk = LineWalk(
        may_hide=not show_hidden and MAY_HIDE.search(markup) is not None,
        invisible=HAS_INVISIBLE.search(markup) is not None,
    )
    walk.run(root)
    return walk.page


class LineWalk:
    """The state of one walk."""

    def __init__(self, *, may_hide: bool, invisible: bool) -> None:
        self.page = PageLines()
        self.may_hide = may_hide
        self.invisible = invisible
        self.buffer: list[str] = []
        self.links = 0
        self.tag = "body"
        self.region = -1

    def run(self, root: Element) -> None:
        """Walk the tree."""
        walker = lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        kinds, buffer, page = KINDS.get, self.buffer, self.page
        skipped: Element | None = None
        in_link = in_pre = 0
        for event, element in walker:
            if event == "start":
                tag = element.tag
                kind = kinds(tag)
                if kind is SKIP:
                    walker.skip_subtree()
                    skipped = element
                    continue
                style = element.get("style")
                if self.may_hide and is_hidden(element, style) and tag not in ("body", "html"):
                    walker.skip_subtree()
                    skipped = element
                    page.hidden.append(element)
                    continue
                if kind is not None:
                    if kind is LINK:
                        href = element.get("href")
                        if href and not href.startswith("#"):
                            in_link += 1
                            page.anchors.append((len(page.lines), element))
                    elif kind is FRAME:
                        walker.skip_subtree()
                        skipped = element
                        page.frames.append((len(page.lines), element))
                        continue
                    elif kind is CHOICE:
                        self.flush("option")
                        in_link += 1
                    elif not (style and kind is not BREAK and INLINE.search(style)):
                        self.flush(tag)
                        if kind is REGION:
                            self.open(element)
                        elif kind is PRE:
                            in_pre += 1
                text = element.text
            elif event == "end":
                if element is skipped:
                    skipped = None
                else:
                    kind = kinds(element.tag)
                    if kind is not None and kind is not BREAK:
                        if kind is LINK:
                            href = element.get("href")
                            if href and not href.startswith("#"):
                                in_link -= 1
                        elif kind is CHOICE:
                            self.flush("option")
                            in_link -= 1
                        else:
                            style = element.get("style")
                            if not (style and INLINE.search(style)):
                                self.flush("")
                                if kind is REGION:
                                    self.close()
                                elif kind is PRE:
                                    in_pre -= 1
                text = element.tail
            else:
                text = element.tail
            if text:
                if text.isspace():
                    if buffer:
                        buffer.append(text)
                elif in_pre:
                    self.add_preformatted(text)
                else:
                    buffer.append(text)
                    if in_link:
                        self.links += len(text.strip())
        self.flush("")
        for region in page.regions:
            region.end = region.end or len(page.lines)

    def add_preformatted(self, text: str) -> None:
        """Take text in which line ends count."""
        first, *others = text.split("\n")
        self.buffer.append(first)
        for line in others:
            self.flush("pre")
            self.buffer.append(line)

    def open(self, element: Element) -> None:
        """Enter a region."""
        page = self.page
        index = len(page.regions)
        page.regions.append(Region(element, self.region, len(page.lines)))
        if self.region >= 0:
            page.regions[self.region].children.append(index)
        self.region = index

    def close(self) -> None:
        """Leave a region."""
        region = self.page.regions[self.region]
        region.end = len(self.page.lines)
        self.region = region.parent

    def flush(self, tag: str) -> None:
        """End the line; the next one stands in a block of the given tag."""
        if self.buffer:
            text = " ".join("".join(self.buffer).split())
            self.buffer.clear()
            if self.invisible:
                text = text.translate(INVISIBLE).strip()
            if text:
                self.page.lines.append(Line(text, min(self.links, len(text)), self.region, self.tag))
            self.links = 0
        if tag:
            self.tag = tag


def is_hidden(element: Element, style: str | None) -> bool:
    """Return whether the element says itself that it is not shown."""
    if style and HIDING.search(style):
        return "absolute" in style or not re.search(r"(?:left|top)\s*:\s*-\d", style) or "none" in style
    if element.get("hidden") is not None:
        return True
    names = element.get("class")
    return names is not None and not HIDDEN_CLASSES.isdisjoint(names.split())
