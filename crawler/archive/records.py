"""WARC/1.1 records as bytes: one gzip member each, so that any of them can be read alone. Pure but for record ids."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Headers = Iterable[tuple[str, str]]

LEVEL: Final = 6
"""Of zlib: level 9 takes twice the time for 1 % of the size."""
SECRET_HEADERS: Final = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
"""Never archived: who asked, and the sessions that servers hand out."""
JSON_TYPE: Final = "application/json"


@dataclass(slots=True, kw_only=True, frozen=True)
class Exchange:
    """One request and the answer to it, as they crossed the wire."""

    url: str
    method: str
    request_headers: Headers
    request_body: bytes
    status: int
    protocol: str
    headers: Headers
    body: bytes
    """Still in its Content-Encoding."""
    at: datetime
    """Aware, UTC."""
    ip_address: str | None = None
    cut: bool = False
    """Whether the server closed the connection before it had said that it was done."""


def dump_info(at: datetime, name: str, fields: Mapping[str, str]) -> bytes:
    """Return the record a file begins with: who wrote it, and how."""
    body = "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode()
    headers = {"WARC-Filename": name, "WARC-Date": warc_date(at)}
    return _dump("warcinfo", "", body, headers, "application/warc-fields")


def dump_exchange(exchange: Exchange) -> tuple[list[tuple[str, bytes]], str]:
    """Return the records of an exchange with their types, the response first, and the digest of its body."""
    name = new_id()
    common = {"WARC-Date": warc_date(exchange.at)}
    response = common | {"WARC-Record-ID": name}
    if exchange.ip_address:
        response["WARC-IP-Address"] = exchange.ip_address
    if exchange.cut:
        response["WARC-Truncated"] = "disconnect"
    status = f"{exchange.status} {phrase_of(exchange.status)}".rstrip()
    lines = [
        ("response", _http(status, exchange.headers, exchange.protocol), exchange.body, response),
        ("request", _request_line(exchange), exchange.request_body, common | {"WARC-Concurrent-To": name}),
    ]
    records = [(kind, _dump(kind, exchange.url, body, extra, None, http)) for kind, http, body, extra in lines]
    return records, digest_of(exchange.body)


def dump_note(at: datetime, url: str, content: Mapping[str, Any]) -> bytes:
    """Return a metadata record: what the crawl made of an address."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return _dump("metadata", url, body, {"WARC-Date": warc_date(at)}, JSON_TYPE)


def digest_of(body: bytes) -> str:
    """Return a digest as WARC writes it: SHA-256 in base 32."""
    return "sha256:" + base64.b32encode(hashlib.sha256(body).digest()).decode()


def warc_date(at: datetime) -> str:
    """Return an instant as WARC/1.1 has it, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def new_id() -> str:
    """Return a new record id."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def phrase_of(status: int) -> str:
    """Return the words of a status; servers' own inventions have none."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _http(first: str, headers: Headers, protocol: str) -> StatusAndHeaders:
    kept = [(name, one_line(value)) for name, value in headers if name.lower() not in SECRET_HEADERS]
    return StatusAndHeaders(first, kept, protocol=protocol)


def _request_line(exchange: Exchange) -> StatusAndHeaders:
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [("Host", parts.netloc.rpartition("@")[2]), *exchange.request_headers]
    kept = [(name, one_line(value)) for name, value in headers if name.lower() not in SECRET_HEADERS]
    return StatusAndHeaders(f"{exchange.method} {target} {exchange.protocol}", kept, is_http_request=True)


def one_line(value: str) -> str:
    """Return a header's value without line ends, which would begin another header."""
    return " ".join(value.splitlines())


def _dump(
    kind: str,
    url: str,
    body: bytes,
    headers: dict[str, str],
    content_type: str | None = None,
    http: StatusAndHeaders | None = None,
) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    digest = digest_of(body)
    named = {"WARC-Record-ID": new_id(), "WARC-Payload-Digest": digest, "WARC-Block-Digest": digest} | headers
    if http is not None:
        http.compute_headers_buffer()
        named["WARC-Block-Digest"] = digest_of(http.headers_buff + body)
    elif kind == "warcinfo":
        del named["WARC-Payload-Digest"]
    record = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_content_type=content_type or "",
        warc_headers_dict=named,
        http_headers=http,
    )
    writer.write_record(record)
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(out.getvalue()) + packer.flush()
