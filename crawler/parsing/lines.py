"""A page as the lines a reader sees, and the regions (boxes of the layout) that hold them: one walk over the tree.

Everything later (which region is the document, what is chrome) is decided on these two lists, without another walk:
an element's text is a stretch of lines, because both are in document order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import lxml.etree
import lxml.html

Element: TypeAlias = lxml.html.HtmlElement

REGION, BLOCK, BREAK, LINK, PRE, SKIP, FRAME, CHOICE, INLINE = range(1, 10)
TAGS = {
    REGION: (
        "body div td th table section article main center form header footer nav aside fieldset ul ol dl blockquote"
        " details"
    ),
    BLOCK: (
        "p h1 h2 h3 h4 h5 h6 li dd dt tr tbody thead tfoot caption address figure figcaption legend summary html"
        " frameset dir menu hgroup marquee"
    ),
    BREAK: "br hr",
    LINK: "a",
    PRE: "pre xmp listing plaintext",
    SKIP: "head script style noscript template svg video audio canvas map math input textarea",
    FRAME: "iframe embed object frame",
    CHOICE: "option button select",
}
KINDS: dict[object, int] = {
    **{tag: kind for kind, words in TAGS.items() for tag in words.split()},
    lxml.etree.Comment: SKIP,
    lxml.etree.ProcessingInstruction: SKIP,
}

HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-indent\s*:\s*-\d{3}|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|\Z)"
    r"|absolute.{0,80}(?:left|top)\s*:\s*-\d{3}|(?:left|top)\s*:\s*-\d{3}.{0,80}absolute",
    re.I | re.S,
)
# What the markup of a page that hides something has somewhere.
HIDING_WORDS = ("none", "hidden", "NONE", "HIDDEN", "text-indent", "font-size:0", "font-size: 0", "absolute")
HIDDEN_CLASSES = frozenset(("hidden", "hide", "d-none", "layui-hide", "display-none", "yincang"))
HIDDEN_CLASS_WORDS = tuple(
    f"{word}{end}" for word in ("hidden", "hide", "d-none", "-none", "yincang") for end in "\"' "
)
NEVER_HIDDEN = ("body", "html")
INLINE_STYLE = re.compile(r"display\s*:\s*inline(?!-block|-flex|-grid|-table)", re.I)
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
NO_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))


@dataclass(slots=True)
class Line:
    """One line of the page as shown."""

    text: str
    links: int
    """Characters of it that lead elsewhere."""
    region: int
    """Index of the innermost region that holds it."""
    tag: str
    """Tag of the block that was opened last (`p`, `h1`, `td` …), with `+` after a `<br>`; '' between blocks."""


@dataclass(slots=True)
class Region:
    """A box of the layout: the lines start ≤ i < end are its text."""

    element: Element
    parent: int
    start: int
    end: int = 0
    last: int = 0
    """Index after the last region within it."""


@dataclass(slots=True)
class PageLines:
    """A page read; regions stand in the order of their start tags."""

    lines: list[Line] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    anchors: list[tuple[int, Element]] = field(default_factory=list)
    """Links, each with the index of the line it stands in."""
    frames: list[tuple[int, Element]] = field(default_factory=list)
    """Frames and embedded objects, each with the index of the line that follows it."""
    hidden: list[Element] = field(default_factory=list)
    """The outermost elements that are not shown."""

    def children(self, index: int) -> Iterator[int]:
        """Yield the indices of the regions directly within a region."""
        child, last = index + 1, self.regions[index].last
        while child < last:
            yield child
            child = self.regions[child].last


def read_lines(root: Element, markup: str, *, show_hidden: bool = False) -> PageLines:
    """Return the lines and regions of a tree; `markup` is what it was parsed from.

    What is not shown (scripts, hidden elements) gives no lines, unless `show_hidden` asks for hidden elements too.
    """
    walk = LineWalk("" if show_hidden else markup)
    walk.run(root)
    return walk.page


class LineWalk:
    """The state of one walk over a tree, which goes down without recursion: pages nest 2,000 deep."""

    def __init__(self, markup: str) -> None:
        self.page = PageLines()
        self.lines, self.regions = self.page.lines, self.page.regions
        self.may_hide = any(word in markup for word in HIDING_WORDS)
        self.may_class = any(word in markup for word in HIDDEN_CLASS_WORDS)
        self.may_attribute = " hidden" in markup
        self.may_name = self.may_class or self.may_attribute
        self.hides: dict[str, bool] = {}
        """Styles met: whether they hide their element. Word writes the same style on every piece of a line."""
        self.buffer: list[str] = []
        self.links = 0
        self.special = 0
        """In how many links, choices and preformatted blocks the walk is."""
        self.in_link = 0
        self.in_pre = 0
        self.tag = "body"
        self.region = -1

    def run(self, root: Element) -> None:  # noqa: C901 - one loop that visits every element of every page
        """Walk the tree."""
        kinds, buffer, may_hide, hides = KINDS.get, self.buffer, self.may_hide, self.hides
        self.regions.append(Region(root, -1, 0))
        self.region = 0
        self.add(root.text)
        stack: list[tuple[Iterator[Element], Element, int]] = []
        children = iter(root)
        while True:
            for child in children:
                tag = child.tag
                kind = kinds(tag, INLINE)
                if kind is not INLINE:
                    kind = kind if kind is SKIP else self.enter(child, tag, kind)  # type: ignore[arg-type]
                elif may_hide:
                    style = child.get("style")
                    if style and (hides[style] if style in hides else hides.setdefault(style, is_hiding(style))):
                        self.page.hidden.append(child)
                        kind = SKIP
                if kind is not SKIP:
                    text = child.text
                    if text:
                        if self.special:
                            self.add(text)
                        elif buffer or not text.isspace():
                            buffer.append(text)
                    if len(child):
                        stack.append((children, child, kind))
                        children = iter(child)
                        break
                    if kind is BLOCK:
                        if buffer:
                            self.flush()
                        self.tag = ""
                    elif kind is not INLINE:
                        self.leave(kind)
                text = child.tail
                if text:
                    if self.special:
                        self.add(text)
                    elif buffer or not text.isspace():
                        buffer.append(text)
            else:
                if not stack:
                    break
                children, child, kind = stack.pop()
                self.leave(kind)
                self.add(child.tail)
        self.finish()

    def enter(self, element: Element, tag: str, kind: int) -> int:  # noqa: C901 - as above
        """Take the start of an element that is no plain inline one; return how it is to be left, SKIP: unread."""
        if kind is LINK:
            href = element.get("href")
            if not href or href[0] == "#" or href.startswith(("mailto:", "tel:")):
                return INLINE
            self.special += 1
            self.in_link += 1
            self.page.anchors.append((len(self.lines), element))
            return LINK
        if kind is BREAK:
            if self.buffer:
                self.flush()
            self.tag = f"{self.tag.rstrip('+')}+"
            return INLINE
        if kind is FRAME:
            self.page.frames.append((len(self.lines), element))
            return SKIP
        style = element.get("style")
        if self.may_hide and (style or self.may_name) and self.is_hidden(element, style) and tag not in NEVER_HIDDEN:
            self.page.hidden.append(element)
            return SKIP
        if style and "inline" in style and INLINE_STYLE.search(style):
            return INLINE
        if self.buffer:
            self.flush()
        self.tag = tag
        if kind is REGION:
            self.regions.append(Region(element, self.region, len(self.lines)))
            self.region = len(self.regions) - 1
        elif kind is PRE:
            self.in_pre += 1
            self.special += 1
        elif kind is CHOICE:
            self.in_link += 1
            self.special += 1
        return kind

    def leave(self, kind: int) -> None:
        """Take the end of an element, of its text and of all within it."""
        if kind is INLINE:
            return
        if kind is LINK:
            self.in_link -= 1
            self.special -= 1
            return
        if self.buffer:
            self.flush()
        self.tag = ""
        if kind is REGION:
            region = self.regions[self.region]
            region.end = len(self.lines)
            region.last = len(self.regions)
            self.region = region.parent
        elif kind is PRE:
            self.in_pre -= 1
            self.special -= 1
        elif kind is CHOICE:
            self.in_link -= 1
            self.special -= 1

    def add(self, text: str | None) -> None:
        """Take text, which may stand in a link or be preformatted."""
        if not text or (not self.buffer and text.isspace() and not self.in_pre):
            return
        if self.in_link:
            self.links += len(text.strip())
        if self.in_pre and "\n" in text:
            first, *others = text.split("\n")
            self.buffer.append(first)
            for line in others:
                self.flush()
                self.tag = "pre"
                self.buffer.append(line)
        else:
            self.buffer.append(text)

    def is_hidden(self, element: Element, style: str | None) -> bool:
        """Return whether a block says itself that it is not shown."""
        if style:
            if style not in self.hides:
                self.hides[style] = is_hiding(style)
            if self.hides[style]:
                return True
        if self.may_class:
            names = element.get("class")
            if names and not HIDDEN_CLASSES.isdisjoint(names.split()):
                return True
        return self.may_attribute and element.get("hidden") is not None

    def flush(self) -> None:
        """End the line."""
        buffer = self.buffer
        words = buffer[0].split() if len(buffer) == 1 else "".join(buffer).split()
        buffer.clear()
        if words:
            text = " ".join(words)
            links = self.links
            self.lines.append(Line(text, min(links, len(text)) if links else 0, self.region, self.tag))
        self.links = 0

    def finish(self) -> None:
        """End the page: its last line, its open regions, and characters that nobody sees."""
        self.flush()
        page = self.page
        for region in page.regions:
            if region.last == 0:
                region.end, region.last = len(page.lines), len(page.regions)
        joined = "".join(line.text for line in page.lines)
        if any(character in joined for character in INVISIBLE):
            for line in page.lines:
                line.text = line.text.translate(NO_INVISIBLE).strip()
                line.links = min(line.links, len(line.text))


def is_hiding(style: str) -> bool:
    """Return whether a style hides its element."""
    return HIDING.search(style) is not None
