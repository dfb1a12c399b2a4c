"""A page as the lines a reader sees, and the regions (boxes of the layout) that hold them: one walk over its tags.

Everything later (which region is the document, what is chrome) is decided on these two lists, without another walk:
an element's text is a stretch of lines, because both are in document order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias

from crawler.parsing.folds import unfolds
from crawler.parsing.tokens import OTHER, Element, Tokens, name_of, read_tokens, unescape

TEXT, REGION, BLOCK, BREAK, LINK, PRE, SKIP, FRAME, CHOICE, INLINE, HIDDEN, END = range(12)
"""What a tag means. TEXT: nothing; INLINE: nothing either, but its end tag is waited for; END: what its start says."""
EMPTY = 16
"""Added to the meaning of the tag of an element that holds nothing: it is its end, too."""
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
KINDS: dict[str, int] = {tag: kind for kind, words in TAGS.items() for tag in words.split()}
WAITED = (REGION, BLOCK, LINK, PRE, CHOICE)
"""Kinds of elements whose end means something."""
Step: TypeAlias = tuple[int, str]
"""What a tag means, and the name of its element."""
NOTHING: Step = (TEXT, "")
INLINE_TAGS = ("span", "font", "b", "strong", "i", "em", "u", "img/")
COMMON: dict[str, Step] = {
    **{tag: (kind, tag) for tag, kind in KINDS.items() if kind in (REGION, BLOCK, PRE, SKIP, CHOICE)},
    **{f"/{tag}": (END, tag) for tag, kind in KINDS.items() if kind in WAITED},
    **{f"{mark}{tag}": NOTHING for tag in INLINE_TAGS for mark in ("", "/")},
    "br/": (BREAK, "br"),
}
"""The commonest tags: those without attributes."""

HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-indent\s*:\s*-\d{3}|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|\Z)"
    r"|absolute.{0,80}(?:left|top)\s*:\s*-\d{3}|(?:left|top)\s*:\s*-\d{3}.{0,80}absolute",
    re.I | re.S,
)
HIDING_WORDS = ("y:none", "y:hidden", "indent:-", "size:0", "absolute")
"""What every style that hides has, without its blanks."""
HIDDEN_CLASSES = frozenset(("hidden", "hide", "d-none", "layui-hide", "display-none", "yincang"))
NEVER_HIDDEN = ("body", "html")
INLINE_STYLE = re.compile(r"display\s*:\s*inline(?!-block|-flex|-grid|-table)", re.I)
TABLE_STYLE = re.compile(r"display\s*:\s*(table(?:-row|-cell)?)\s*(?:;|!|\Z)", re.I)
DRAWN: dict[str, Step] = {"table": (REGION, "table"), "table-row": (BLOCK, "tr"), "table-cell": (REGION, "td")}
STYLE = re.compile(r' style="([^"]*)"')
CLASS = re.compile(r' class="([^"]*)"')
ID = re.compile(r' id="([^"]*)"')
NO_LINK = ("mailto:", "tel:")
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

    tag: str
    """Name of its element."""
    place: int
    """Where its element starts among the page's tokens …"""
    parent: int
    start: int
    stop: int = 0
    """… and where it ends."""
    end: int = 0
    last: int = 0
    """Index after the last region within it."""


@dataclass(slots=True)
class PageLines:
    """A page read; regions stand in the order of their start tags."""

    tokens: Tokens
    lines: list[Line] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    anchors: list[tuple[int, int]] = field(default_factory=list)
    """Links: the index of the line each stands in, and its place among the tokens."""
    frames: list[tuple[int, int]] = field(default_factory=list)
    """Frames and embedded objects: the index of the line that follows each, and its place."""
    hidden: list[int] = field(default_factory=list)
    """The places of the outermost elements that are not shown."""

    def children(self, index: int) -> Iterator[int]:
        """Yield the indices of the regions directly within a region."""
        child, last = index + 1, self.regions[index].last
        while child < last:
            yield child
            child = self.regions[child].last

    def element(self, index: int) -> Element:
        """Return the element that a region is."""
        return self.tokens.element(self.regions[index].place)

    def start_tag(self, index: int) -> str:
        """Return the start tag of a region, without its brackets."""
        return self.tokens.tags[self.regions[index].place]

    def names(self, index: int) -> str:
        """Return id and classes of a region, a blank between."""
        tag = self.start_tag(index)
        own, classes = ID.search(tag), CLASS.search(tag)
        return f"{own[1] if own else ''} {classes[1] if classes else ''}"

    def tags_in(self, index: int) -> list[str]:
        """Return the tags of a region and of all within it."""
        region = self.regions[index]
        return self.tokens.tags[region.place : region.stop]

    def share_parent(self, earlier: int, later: int) -> bool:
        """Return whether two regions, one after the other, stand in the same element."""
        return self.tokens.are_siblings(self.regions[earlier].stop, self.regions[later].place)


def read_lines(root: Element, *, show_hidden: bool = False) -> PageLines:
    """Return the lines and regions of a tree.

    What is not shown (scripts, hidden elements) gives no lines, unless `show_hidden` asks for hidden elements too.
    """
    walk = LineWalk(read_tokens(root), show_hidden=show_hidden)
    walk.run()
    return walk.page


class LineWalk:
    """The state of one walk over the tags of a page."""

    def __init__(self, tokens: Tokens, *, show_hidden: bool) -> None:
        self.page = PageLines(tokens)
        self.lines, self.regions = self.page.lines, self.page.regions
        self.show_hidden = show_hidden
        self.steps = COMMON.copy()
        """Tags met, with what they mean. Word writes the same tag on every piece of a line."""
        self.walk = zip(count(1), tokens.tags[1:], tokens.texts[1:], strict=False)
        self.open: list[int] = [INLINE]
        """What the start tags mean whose end tags are waited for."""
        self.buffer: list[str] = []
        self.links = 0
        self.special = 0
        """In how many links, choices and preformatted blocks the walk is."""
        self.in_link = 0
        self.in_pre = 0
        self.tag = "body"
        self.region = 0

    def run(self) -> None:  # noqa: C901 - one loop that visits every tag of every page
        """Walk over the tags."""
        tokens, steps, buffer, open_tags, special = self.page.tokens, self.steps, self.buffer, self.open, self.special
        self.regions.append(Region(name_of(tokens.tags[0]), 0, -1, 0, len(tokens.tags)))
        self.add(tokens.texts[0])
        for place, tag, text in self.walk:
            kind, name = steps.get(tag) or self.learn(tag)
            if kind is not TEXT:
                if kind is BLOCK:
                    if buffer:
                        self.flush()
                    self.tag = name
                    open_tags.append(BLOCK)
                elif kind is END:
                    ended = open_tags.pop()
                    if ended is BLOCK:
                        if buffer:
                            self.flush()
                        self.tag = ""
                    elif ended is not INLINE:
                        special = self.leave(ended, place)
                else:
                    text = self.enter(kind, name, place, text)
                    special = self.special
            if text:
                if special:
                    self.add(text)
                elif buffer or not text.isspace():
                    buffer.append(text)
        self.finish()

    def learn(self, tag: str) -> Step:
        """Return what a tag means that was not met before."""
        if tag[:2] == "a ":
            href = tag.find(' href="') + 7
            is_link = href > 6 and tag[href] not in '"#' and not tag.startswith(NO_LINK, href)
            kind = LINK if is_link else INLINE
            step = (kind | EMPTY if tag[-1] == "/" else kind, "a")
        elif tag[0] in OTHER:
            step = (END, "") if KINDS.get(tag[1:]) in WAITED else NOTHING
        else:
            name = name_of(tag)
            kind = self.meaning(name, tag)
            step = (kind | EMPTY if tag[-1] == "/" and kind not in (TEXT, BREAK) else kind, name)
            if ' style="' in tag:
                step = self.drawn(step, tag)
        self.steps[tag] = step
        return step

    def meaning(self, name: str, tag: str) -> int:
        """Return what a start tag means that is none of a link."""
        kind = KINDS.get(name, TEXT)
        if kind in (SKIP, FRAME, BREAK):
            return kind
        if kind is LINK:
            return INLINE
        style = ""
        if ' style="' in tag and (match := STYLE.search(tag)):
            style = match[1]
            if not self.show_hidden and is_hiding(style) and name not in NEVER_HIDDEN:
                return HIDDEN
        if kind is TEXT:
            return TEXT
        if is_named_hidden(tag) and not self.show_hidden and name not in NEVER_HIDDEN:
            return HIDDEN
        return INLINE if "inline" in style and INLINE_STYLE.search(style) else kind

    def drawn(self, step: Step, tag: str) -> Step:
        """Return what a box means that a style draws as a table, a row or a cell: what it is drawn as."""
        match = STYLE.search(tag) if step[0] in (REGION, BLOCK) and "table" in tag else None
        match = TABLE_STYLE.search(match[1]) if match else None
        return DRAWN[match[1].lower()] if match else step

    def enter(self, kind: int, name: str, place: int, text: str) -> str:
        """Take the start of an element that is more than text; return the text that comes next."""
        if kind is REGION or kind is BLOCK:
            if self.buffer:
                self.flush()
            self.tag = name
            if kind is REGION:
                self.regions.append(Region(name, place, self.region, len(self.lines)))
                self.region = len(self.regions) - 1
        elif kind is BREAK:
            if self.buffer:
                self.flush()
            self.tag = f"{self.tag.rstrip('+')}+"
            return text
        elif kind is LINK:
            self.special += 1
            self.in_link += 1
            self.page.anchors.append((len(self.lines), place))
        elif kind is not INLINE:
            return self.enter_rare(kind, name, place, text)
        self.open.append(kind)
        return text

    def enter_rare(self, kind: int, name: str, place: int, text: str) -> str:
        """Take the start of an element that holds nothing, is not shown, or shows its text in another way."""
        whole = kind & ~EMPTY
        if whole in (SKIP, HIDDEN, FRAME):
            if whole == HIDDEN:
                if kind == HIDDEN and KINDS.get(name) == REGION and self.unfolds(place):
                    return self.enter(REGION, name, place, text)
                self.page.hidden.append(place)
            elif whole == FRAME:
                self.page.frames.append((len(self.lines), place))
            return text if kind & EMPTY else self.skip(name)
        if kind & EMPTY:
            self.enter(whole, name, place, "")
            self.leave(self.open.pop(), place)
            return text
        if self.buffer:
            self.flush()
        self.tag = name
        self.special += 1
        if kind is PRE:
            self.in_pre += 1
        else:
            self.in_link += 1
        self.open.append(kind)
        return text

    def unfolds(self, place: int) -> bool:
        """Return whether the hidden box that starts at a place is a section of the document."""
        above = "".join(self.buffer) or (self.lines[-1].text if self.lines else "")
        return unfolds(self.page.tokens, place, above.strip())

    def skip(self, name: str) -> str:
        """Go to the end of the element whose start tag was met last; return the text after it."""
        depth, start, end = 1, f"{name} ", f"/{name}"
        for _, tag, text in self.walk:
            if tag == end:
                depth -= 1
                if not depth:
                    return text
            elif (tag == name or tag.startswith(start)) and tag[-1] != "/":
                depth += 1
        return ""

    def leave(self, kind: int, place: int) -> int:
        """Take the end of an element, of its text and of all within it; return in how much that is special it stood."""
        if kind is LINK:
            self.in_link -= 1
            self.special -= 1
        elif kind is not INLINE:
            if self.buffer:
                self.flush()
            self.tag = ""
            if kind is REGION:
                region = self.regions[self.region]
                region.stop, region.end, region.last = place, len(self.lines), len(self.regions)
                self.region = region.parent
            elif kind is not BLOCK:
                self.special -= 1
                self.in_pre -= kind is PRE
                self.in_link -= kind is CHOICE
        return self.special

    def add(self, text: str) -> None:
        """Take text, which may stand in a link or be preformatted."""
        if not text or (not self.buffer and text.isspace() and not self.in_pre):
            return
        if self.in_link:
            self.links += len(unescape(text).strip())
        if self.in_pre and "\n" in text:
            first, *others = text.split("\n")
            self.buffer.append(first)
            for line in others:
                self.flush()
                self.tag = "pre"
                self.buffer.append(line)
        else:
            self.buffer.append(text)

    def flush(self) -> None:
        """End the line."""
        buffer = self.buffer
        words = buffer[0].split() if len(buffer) == 1 else "".join(buffer).split()
        buffer.clear()
        if words:
            text = unescape(" ".join(words))
            links = self.links
            self.lines.append(Line(text, min(links, len(text)) if links else 0, self.region, self.tag))
        self.links = 0

    def finish(self) -> None:
        """End the page: its last line, its root, and characters that nobody sees."""
        self.flush()
        page = self.page
        root = page.regions[0]
        root.end, root.last = len(page.lines), len(page.regions)
        joined = "".join([line.text for line in page.lines])
        if any(character in joined for character in INVISIBLE):
            for line in page.lines:
                line.text = line.text.translate(NO_INVISIBLE).strip()
                line.links = min(line.links, len(line.text))


def is_hiding(style: str) -> bool:
    """Return whether a style hides its element."""
    bare = "".join(style.lower().split())  # the pattern takes ten times as long
    for word in HIDING_WORDS:
        if word in bare:
            return HIDING.search(unescape(style)) is not None
    return False


def classes_of(tag: str) -> str:
    """Return the classes of a start tag, '' without any."""
    classes = CLASS.search(tag)
    return classes[1] if classes else ""


def is_named_hidden(tag: str) -> bool:
    """Return whether a start tag has a class or an attribute that hides its element."""
    if "hid" not in tag and "none" not in tag and "yincang" not in tag:
        return False
    classes = CLASS.search(tag)
    return ' hidden="' in tag or (classes is not None and not HIDDEN_CLASSES.isdisjoint(classes[1].split()))
