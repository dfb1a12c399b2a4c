"""What pages and servers call their charset, and Python's codec for each name."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from itertools import islice

META = re.compile(rb"""<meta\b[^<>]{0,500}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
XML_ENCODING = re.compile(rb"""\s*<\?xml\b[^<>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})["']""")
HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
# https://encoding.spec.whatwg.org/#names-and-labels, and what pages write besides.
GB = re.compile(r"gb.*|x-gbk|cp936|ms936|windows-936|936|chinese|csgb2312|csiso58gb231280|iso-ir-58|euc-?cn", re.I)
BIG5 = re.compile(r"(?:x-x-|cn-|cs)?big5(?:-?hkscs)?|cp950", re.I)
UTF8 = re.compile(r"(?:unicode-1-1-|x-unicode20)?utf-?_?8|unicode20utf8", re.I)
UTF16 = re.compile(r"(?:utf|ucs)-?16-?(?:le|be)?|unicode(?:fffe|feff)?|ucs-2|csunicode|iso-10646-ucs-2", re.I)
# Latin labels agree with any bytes, and servers send them unasked: they are believed last.
WEAK = frozenset(("iso-8859-1", "latin1", "latin-1", "l1", "windows-1252", "cp1252", "us-ascii", "ascii", "iso8859-1"))
REFUSED = re.compile(r"hz(?:-gb-2312)?|(?:unicode-1-1-)?utf-?7|iso-2022-.*", re.I)
# Others that leave ASCII as it is; Python has more (EBCDIC, unicode_escape), which would hide markup.
OTHER = re.compile(r"iso8859-\d+|cp125\d|cp874|cp932|cp949|koi8_[rtu]|euc_\w+|shift_jis\w*|johab|tis-620|ascii")
SHORT = 200
"""Bytes among which an XML declaration begins."""
METAS = 20
"""Declarations looked at; those in scripts and comments do not count, and each is looked for from the start."""


@lru_cache(maxsize=256)
def codec_of(label: str) -> str | None:
    """Return Python's codec for a label, gb2312 and gbk widened to gb18030; None when it names none we read."""
    if GB.fullmatch(label):
        return "gb18030"
    if BIG5.fullmatch(label):
        return "big5hkscs"
    if UTF8.fullmatch(label):
        return "utf-8"
    if UTF16.fullmatch(label) or REFUSED.fullmatch(label):
        return None
    try:
        found = codecs.lookup(label)
    except LookupError:
        return None
    return found.name if OTHER.fullmatch(found.name) else None


def charset_of_header(content_type: str | None) -> str | None:
    """Return the charset a Content-Type header names, in lower case."""
    match = HEADER.search(content_type) if content_type else None
    return match[1].lower() if match else None


def charset_of_markup(body: bytes) -> str | None:
    """Return the charset the page names, in lower case: the first meta that stands in no script and no comment."""
    if b"<?xml" in body[:SHORT] and (match := XML_ENCODING.match(body)):
        return match[1].decode("ascii").lower()
    for match in islice(META.finditer(body), METAS):
        before = body[: match.start()].lower()
        in_script = before.rfind(b"<script") > before.rfind(b"</script")
        in_comment = before.rfind(b"<!--") > before.rfind(b"-->")
        if not in_script and not in_comment:
            return match[1].decode("ascii").lower()
    return None
