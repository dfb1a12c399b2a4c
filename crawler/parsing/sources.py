"""Documents outside the page's own markup: in a frame's srcdoc, a script's JSON, a template, a text box."""

from __future__ import annotations

import html
import json
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from urllib.parse import unquote

MAX_SOURCE = 4_000_000
MAX_HELD = 300
"""Elements looked into; a page with more scripts than this hides no document in them."""
MIN_SOURCE = 40
"""Characters below which a string is no document."""

SRCDOC = re.compile(r"""<iframe\b[^<>]{0,2000}?\bsrcdoc\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
HELD = re.compile(r"<(template|textarea|noscript|xmp|script)\b([^<>]{0,1000})>", re.I)
MARKUP_TYPE = re.compile(r"type\s*=\s*[\"']?(?:text/(?:html|template|x-\w{0,20}|plain|ng-template|xml)|content)", re.I)
# A JSON string under a key that names the body: "content":"<p>…", content: '…'.
JSON_BODY = re.compile(
    r"""(?:["']?\b(?:content|articleContent|article_content|newsContent|bodyContent|htmlContent|infocontent|body|text|"""
    r"""zhengwen|txt|contentHtml|detailContent)["']?\s*[:=]|document\.write(?:ln)?\s*\(|\.html\s*\(|\.innerHTML\s*=)\s*"""
    r"""(?:(?:unescape|decodeURI(?:Component)?)\(\s*)?(?:"((?:[^"\\]|\\.)*+)"|'((?:[^'\\]|\\.)*+)')""",
    re.I | re.S,
)
JSON_TITLE = re.compile(
    r"""["']?\b(?:title|articleTitle|article_title|infoTitle|name)["']?\s*:\s*"((?:[^"\\]|\\.){4,300})\""""
)
JSON_DATE = re.compile(
    r"""["']?\b(?:display_publish_time|publish_?time|publish_?date|pub_?date|pub_?time|created_?at|create_?time|post_?date|fbsj|fbrq)["']?"""
    r"""\s*:\s*["']((?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}[^"'\\]{0,20})["']""",
    re.I,
)
JSON_SOURCE = re.compile(
    r"""["']?\b(?:source|content_?source|publisher|organ_?name|fbjg|lyname|ly)["']?\s*:\s*"((?:[^"\\]|\\.){2,80})\"""",
    re.I,
)
HAN = re.compile(r"[\u4e00-\u9fff]")
CODE_BODY = re.compile(r"\\u[0-9a-fA-F]{4}|%u[0-9a-fA-F]{4}|(?:%[0-9a-fA-F]{2}){3}")
PERCENT_CODE = re.compile(r"%u([0-9a-fA-F]{4})")
PERCENT_BYTES = re.compile(r"(?:%[0-9a-fA-F]{2}){3}")
BASE64_BODY = re.compile(r"""(?:base64\w{0,10}\.decode|\batob|decode64)\(\s*['"]([A-Za-z0-9+/=\s]{60,}+)['"]""", re.I)
ATTRIBUTE = re.compile(
    r"""<(?:input|div|span|section|p)\b[^<>]{0,300}?\s(?:value|data-[\w-]{1,20})\s*=\s*"([^"<>]*&lt;[^"<>]*)\"""", re.I
)
"""An attribute that holds markup, written as text."""
CDATA = re.compile(r"<!\[CDATA\[|\]\]>")


JSON_START = re.compile(r"\A\s*(?:[\w$.]{1,60}\s*\(\s*)?[\[{]\s*[\"'\[{\]}]")
LIST_DATA = re.compile(r"<(?:datastore|recordset|totalrecord|rss|feed|urlset|sitemapindex)\b", re.I)


@dataclass(slots=True)
class HeldDocument:
    """Markup found inside something that is not shown as markup."""

    markup: str
    reading: str
    """Where: `srcdoc`, `template`, `textarea`, `script`."""
    title: str | None = None
    byline: list[str] = field(default_factory=list)
    """Date and source, where the script that holds the document has them beside it."""


def is_json(text: str) -> bool:
    """Return whether a page is no markup but the answer of an interface."""
    return JSON_START.match(text) is not None


def is_list_data(markup: str) -> bool:
    """Return whether a page is or carries a list in the shape that interfaces of lists give."""
    return LIST_DATA.search(markup) is not None


def iter_held(markup: str) -> Iterator[HeldDocument]:
    """Yield the documents a page holds outside its own markup, the likeliest first."""
    if is_json(markup):
        held = read_script(markup)
        if held is not None:
            yield replace(held, reading="json")
        return
    for match in SRCDOC.finditer(markup):
        text = html.unescape(match[1] or match[2] or "")
        if is_text(text):
            yield HeldDocument(text, "srcdoc")
    for match in islice(ATTRIBUTE.finditer(markup), MAX_HELD):
        if is_text(text := html.unescape(match[1])):
            yield HeldDocument(text, "attribute")
    matches = islice(HELD.finditer(markup), MAX_HELD)
    found = [held for match in matches if (held := read_held(markup, match)) is not None]
    yield from sorted(found, key=lambda held: -len(held.markup))


def read_held(markup: str, match: re.Match[str]) -> HeldDocument | None:
    """Return what one element that holds markup as text has in it."""
    tag = match[1].lower()
    end = find_close(markup, tag, match.end())
    inner = markup[match.end() : end if end >= 0 else len(markup)][:MAX_SOURCE]
    if tag == "script" and not MARKUP_TYPE.search(match[2]):
        return read_script(inner)
    inner = CDATA.sub("", inner)
    if tag in ("textarea", "script", "xmp") and "&lt;" in inner:
        inner = html.unescape(inner)
    return HeldDocument(inner, tag) if is_text(inner) else None


def find_close(markup: str, tag: str, start: int) -> int:
    """Return where the closing tag begins, -1 when there is none."""
    end = markup.find(f"</{tag}", start)
    if markup.find("</", start, end if end >= 0 else len(markup)) >= 0:  # perhaps the tag, in capitals
        match = re.compile(f"</{tag}", re.I).search(markup, start, end if end >= 0 else len(markup))
        return match.start() if match else end
    return end


def read_script(code: str) -> HeldDocument | None:
    """Return the longest body that a script's data holds, unescaped."""
    best = ""
    for match in JSON_BODY.finditer(code):
        raw = match[1] or match[2] or ""
        if len(raw) > len(best) and len(raw) >= MIN_SOURCE and (HAN.search(raw) or CODE_BODY.search(raw)):
            best = raw
    coded = max((match[1] for match in BASE64_BODY.finditer(code)), key=len, default="")
    if not best and not coded:
        return None
    text = unescape_string(best) if best else decode_base64(coded)
    if "<" not in text and "&lt;" in text:
        text = html.unescape(text)
    if "<" not in text and "\n" in text:
        text = f"<pre>{text}</pre>"
    if not is_text(text):
        return None
    title = JSON_TITLE.search(code)
    about = [unescape_string(found[1]) for pattern in (JSON_DATE, JSON_SOURCE) if (found := pattern.search(code))]
    return HeldDocument(text, "script", unescape_string(title[1]) if title else None, about)


def unescape_string(raw: str) -> str:
    """Return a JSON or JavaScript string without its escapes."""
    if PERCENT_CODE.search(raw):
        raw = unquote(PERCENT_CODE.sub(r"\\u\1", raw))
    elif is_percent_coded(raw):
        return unquote(raw)
    try:
        return str(json.loads(f'"{raw}"', strict=False))
    except ValueError:
        return re.sub(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", unescape_one, raw, flags=re.S)


def decode_base64(coded: str) -> str:
    """Return the text that a script holds in base64, '' when it is none; its bytes may be escaped once more."""
    try:
        text = b64decode("".join(coded.split()), validate=True).decode()
    except ValueError:
        return ""
    return unquote(text) if is_percent_coded(text) else text


def is_percent_coded(text: str) -> bool:
    """Return whether a text was escaped whole: one that only has addresses so shows its markup or its words."""
    return PERCENT_BYTES.search(text) is not None and "<" not in text and HAN.search(text) is None


def unescape_one(match: re.Match[str]) -> str:
    """Return the character that one escape names."""
    code = match[1]
    if code[0] in "ux" and len(code) > 1:
        number = int(code[1:], 16)
        return "" if 0xD800 <= number <= 0xDFFF else chr(number)
    return {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": ""}.get(code, code)


def is_text(text: str) -> bool:
    """Return whether a string may be a document in Chinese."""
    return len(text) >= MIN_SOURCE and len(HAN.findall(text[:20_000])) >= 20
