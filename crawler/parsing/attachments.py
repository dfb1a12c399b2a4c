"""The files a document links to or shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from crawler.items import Attachment
from crawler.parsing.lines import PageLines
from crawler.parsing.links import attachment_type, canonical_url, file_ending
from crawler.parsing.tokens import attributes_of

IN_SCRIPT = re.compile(
    r"""['"]([^'"\s<>]{3,400}?\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)(?:\?[^'"\s<>]{0,200})?)['"]""", re.I
)
VIEWER_KEYS = ("file", "src", "url", "pdf", "pdfurl", "fileurl", "path", "filepath")
NAME_BLANKS = re.compile(r"\s+")
FILE_NAME = re.compile(r"[^/\\?#]+\Z")


def find_attachments(page: PageLines, start: int, end: int, base_url: str, *, encoding: str) -> list[Attachment]:
    """Return the files that lines start ≤ i < end of a page link to or embed, each address once."""
    found: dict[str, Attachment] = {}
    tokens = page.tokens
    for i, place in page.anchors:
        if start <= i < end or (i == end and not tokens.text_of(place).strip()):
            attributes = attributes_of(tokens.tags[place])
            name = tokens.text_of(place).strip() or attributes.get("title") or attributes.get("download") or ""
            for address in anchor_addresses(attributes):
                add(found, address, name, base_url, encoding)
    for i, place in page.frames:
        if start <= i <= end:
            name = attributes_of(tokens.tags[place]).get("title") or ""
            for address in frame_addresses(tokens.tags[place : tokens.end_of(place) + 1]):
                add(found, address, name, base_url, encoding)
    return list(found.values())


def add(found: dict[str, Attachment], address: str, name: str, base_url: str, encoding: str) -> None:
    """Add the file an address names, when it names one."""
    address = address.strip()
    inner = viewed_file(address)
    url = canonical_url(inner or address, base_url, encoding=encoding)
    if url is None:
        url = relative_file(inner or address)
    if url is None or url in found:
        return
    media_type = attachment_type(url)
    if media_type is None and name:
        media_type = attachment_type(f"http://localhost/{name.strip()}") if "." in name else None
    if media_type is not None:
        found[url] = Attachment(
            url=url, name=NAME_BLANKS.sub(" ", name).strip() or file_name(url), media_type=media_type
        )


def relative_file(address: str) -> str | None:
    """Return a relative address as it stands: a page read from a file has none to join it to."""
    if re.match(r"[a-z][a-z0-9+.-]*:", address, re.I) or address.startswith("#") or not address:
        return None
    try:
        urlsplit(address)
    except ValueError:  # //[a
        return None
    return address


def viewed_file(address: str) -> str | None:
    """Return the file that an address of a viewer (`viewer.html?file=…`) shows."""
    try:
        for name, value in parse_qsl(urlsplit(address).query):
            if name.lower() in VIEWER_KEYS and attachment_type(urljoin("http://localhost/", value)):
                return value
    except ValueError:  # //[a
        return None
    return None


def anchor_addresses(attributes: dict[str, str]) -> Iterator[str]:
    """Yield the addresses a link may lead to."""
    href = attributes.get("href", "").strip()
    if href and not href.lower().startswith("javascript:"):
        yield href
    for code in (attributes.get("onclick", ""), href if href.lower().startswith("javascript:") else ""):
        if code:
            yield from (match[1] for match in IN_SCRIPT.finditer(code))


def frame_addresses(tags: list[str]) -> Iterator[str]:
    """Yield the addresses a frame or an embedded object shows, of its tags the first."""
    attributes = attributes_of(tags[0])
    for name in ("src", "data", "data-src"):
        if value := attributes.get(name, "").strip():
            yield value
    for tag in tags[1:]:
        if tag.startswith("param ") and (value := attributes_of(tag).get("value", "").strip()):
            yield value


def file_name(url: str) -> str:
    """Return the last part of an address's path, unescaped."""
    match = FILE_NAME.search(unquote(urlsplit(url).path))
    return match[0] if match else file_ending(url) or url
