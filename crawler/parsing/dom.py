"""Characters to a tree: parsed by lxml, with every page that would lose text or block the parser refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urljoin

import lxml.etree
import lxml.html

from crawler.errors import PageError, PageLimitError
from crawler.items import Finding
from crawler.parsing.encoding import decode_bytes
from crawler.parsing.flatten import flatten, is_soon_flattened
from crawler.parsing.mojibake import find_mojibake

MAX_DEPTH = 2048
"""Nested elements that libxml2 reads; below them it drops everything, the rest of the page too."""
TOO_DEEP = "too_deep"
MAX_ATTRIBUTES = 2000
"""Attributes on one tag: libxml2 compares each with all others (20,000 take 1 s, 40,000 take 11 s)."""
LONG_TAG = 2 * MAX_ATTRIBUTES
"""Characters of a tag that may hold too many attributes."""
SHORT = 30_000
"""Characters of a page that cannot hold enough attributes to matter: 15,000 take half a second."""
TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+'|["'])*+""")
EXACT_TAG = re.compile(r"""<[a-zA-Z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+""")
ATTRIBUTE = re.compile(r"""[^\s/=>"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
# lxml.html's own look-up is a Python function called for every element that is touched: a tenth of our time.
CLASSES = lxml.etree.ElementDefaultClassLookup(
    element=lxml.html.HtmlElement,
    comment=lxml.html.HtmlComment,
    pi=lxml.html.HtmlProcessingInstruction,
    entity=lxml.html.HtmlEntity,
)
UNSHOWN = frozenset(("script", "style", "noscript", "template"))
DECLARATION = re.compile(r"\s*<\?xml\b[^<>]{0,1000}\?>")
BASE_SCHEMES = ("http://", "https://")


@dataclass(slots=True, kw_only=True)
class Document:
    """A page parsed."""

    url: str
    base_url: str
    """What relative addresses are joined to: `<base href>`, else the address itself."""
    html: str
    """The characters, safe for every sink."""
    tree: lxml.html.HtmlElement
    """The `<html>` element; empty for an empty page."""
    charset: str
    charset_reading: str
    findings: list[Finding] = field(default_factory=list)


def parse_document(body: bytes, *, url: str = "", content_type: str | None = None) -> Document:
    """Return the page parsed.

    Raises PageError("charset") when the bytes hide their characters, PageLimitError("too_many_attributes") and
    PageLimitError("too_deep") for pages that would block the parser or of which it would drop text.
    """
    decoded = decode_bytes(body, content_type)
    tree = parse_tree(decoded.text, decoded.utf8)
    return Document(
        url=url,
        base_url=base_of(tree, url),
        html=decoded.text,
        tree=tree,
        charset=decoded.charset,
        charset_reading=decoded.reading,
        findings=decoded.findings + find_broken(tree),
    )


def parse_tree(markup: str, utf8: bytes | None = None) -> lxml.html.HtmlElement:
    """Return the `<html>` element of markup, an empty one when there is none. Raises PageLimitError.

    `utf8` is the markup in UTF-8, when the caller has it.
    Of markup nested deeper than MAX_DEPTH the deepest elements become text, if it has not too many tags for that.
    """
    refuse_attributes(markup)
    if declared := DECLARATION.match(markup):
        markup, utf8 = markup[declared.end() :], None
    try:
        root = parse_markup(utf8 or markup.encode("utf-8", "replace"))
    except PageLimitError as error:
        if error.reason != TOO_DEEP or not is_soon_flattened(markup):
            raise
        root = parse_markup(flatten(markup).encode("utf-8", "replace"))
    return join_roots(root)


def parse_markup(markup: bytes) -> lxml.html.HtmlElement:
    """Return the first `<html>` element that lxml makes of markup in UTF-8.

    Raises PageLimitError rather than lose text.
    """
    parser = lxml.etree.HTMLParser(huge_tree=True, recover=True, encoding="utf-8", collect_ids=False)
    parser.set_element_class_lookup(CLASSES)
    try:
        root = lxml.etree.fromstring(markup or b" ", parser)
    except lxml.etree.XMLSyntaxError as error:  # its log cannot leave the process
        raise limit_of(error.error_log) or PageError("unparsable", f"the parser gives up: {error.msg}") from None
    if refused := limit_of(parser.error_log):
        raise refused
    if root is None:
        root = lxml.etree.fromstring(b"<html></html>", parser)
    return cast("lxml.html.HtmlElement", root)


def limit_of(log: Iterable[lxml.etree._LogEntry]) -> PageLimitError | None:
    """Return the error for the limit that the parser says it met, None when it met none."""
    for entry in log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            return PageLimitError(TOO_DEEP, f"elements are nested more than {MAX_DEPTH} deep")
        if entry.type_name == "ERR_NO_MEMORY":
            return PageLimitError("parse_memory", "the parser has not enough memory for it")
    return None


def join_roots(root: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Return the root with what stands after `</html>` moved to the end of its body, where browsers show it."""
    for later in list(root.itersiblings("html")):
        body = root.find("body")
        if body is not None:  # what stands between </body> and </html> comes first
            tail, body.tail = body.tail, None
            append_text(body, tail)
            body.extend(list(body.itersiblings()))
        append_text(root if body is None else body, later.text)
        for part in list(later):
            if body is None or part.tag == "head":
                root.append(part)
            elif part.tag == "body":
                append_text(body, part.text)
                body.extend(list(part))
            else:
                body.append(part)
    return root


def append_text(element: lxml.html.HtmlElement, text: str | None) -> None:
    """Put text after the last child of an element."""
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def refuse_attributes(markup: str) -> None:
    """Raise PageLimitError when a tag has more than MAX_ATTRIBUTES attributes."""
    if len(markup) <= SHORT or max(map(len, TAG.findall(markup)), default=0) <= LONG_TAG:
        return
    for tag in EXACT_TAG.findall(markup):
        if len(tag) > LONG_TAG and (count := len(ATTRIBUTE.findall(tag)) - 1) > MAX_ATTRIBUTES:
            raise PageLimitError("too_many_attributes", f"a tag has {count} attributes, more than {MAX_ATTRIBUTES}")


def find_broken(tree: lxml.html.HtmlElement) -> list[Finding]:
    """Return the findings of text that was broken when the page was made; broken comments in scripts do not count."""
    text = lxml.etree.tostring(tree, method="text", encoding="unicode")
    if not find_mojibake(text):
        return []
    shown = [node for node in tree.iter() if isinstance(node.tag, str)]
    pieces = (piece for node in shown for piece in (node.tag not in UNSHOWN and node.text, node.tail) if piece)
    return find_mojibake("\n".join(pieces))


def base_of(tree: lxml.html.HtmlElement, url: str) -> str:
    """Return the address that relative ones are joined to: that of the first `<base href>`, else the page's own."""
    for base in tree.iter("base"):
        if href := (base.get("href") or "").strip():
            try:
                joined = urljoin(url, href)
            except ValueError:
                return url
            return joined if joined.lower().startswith(BASE_SCHEMES) else url
    return url
