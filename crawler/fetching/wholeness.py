"""Whether an answer is the whole page: Scrapy hands on cut gzip streams, 206 and early closes as if they were."""

from __future__ import annotations

import re
import zlib

KNOWN_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate", "br", "zstd"})
GZIP = frozenset({"gzip", "x-gzip"})
GZIP_MAGIC = b"\x1f\x8b"
CHUNK = 64 * 1024
TAIL = 4096
CLOSED_PAGE = re.compile(rb"</html\s*>|</body\s*>", re.IGNORECASE)


def find_damage(status: int, encoding: str, body: bytes, *, cut: bool, html: bool, limit: int) -> str | None:
    """Return the reason why the answer is no whole page; None when nothing speaks against it.

    `body` is as it came over the wire, `encoding` its Content-Encoding; `cut` says that the server closed the
    connection without having said how long the page is; `limit` bounds what decompression may give.
    """
    if status == 206:
        return "partial"
    if not body or status == 204:
        return "empty"
    names = [name.strip().lower() for name in encoding.split(",")]
    if not KNOWN_ENCODINGS.issuperset(names):
        return "bad_encoding"
    if names[-1] in GZIP:
        if not body.startswith(GZIP_MAGIC):
            return "bad_encoding"
        if not is_whole_gzip(body, limit):
            return "truncated_gzip"
    elif cut and not is_closed(body, html=html):
        return "partial"
    return None


def is_whole_gzip(body: bytes, limit: int) -> bool:
    """Return whether the gzip stream comes to its end; one that grows beyond `limit` bytes is for others to refuse."""
    stream = zlib.decompressobj(wbits=31)
    size, rest, given = 0, body, b"more"
    try:
        while (given or rest) and not stream.eof and size <= limit:
            given = stream.decompress(rest, CHUNK)
            size, rest = size + len(given), stream.unconsumed_tail
    except zlib.error:
        return False
    return stream.eof or size > limit


def is_closed(body: bytes, *, html: bool) -> bool:
    """Return whether a page of unknown length ends as a whole one does: with its closing tag, or its last bracket."""
    if html:
        return bool(CLOSED_PAGE.search(body[-TAIL:]))
    return body.rstrip()[-1:] in (b">", b"}", b"]", b")", b";")
