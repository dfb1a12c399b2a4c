"""What is not a whole page, and what only looks so."""

from __future__ import annotations

import gzip
import zlib

import pytest

from crawler.fetching.wholeness import find_damage

PAGE = "<html><body>" + "政府信息公开 " * 3000 + "</body></html>"
BODY = PAGE.encode()
GZIP = gzip.compress(BODY)
LIMIT = 32 * 1024 * 1024


def damage(body: bytes, *, status: int = 200, encoding: str = "", cut: bool = False, html: bool = True) -> str | None:
    return find_damage(status, encoding, body, cut=cut, html=html, limit=LIMIT)


@pytest.mark.parametrize(
    ("reason", "answer"),
    [
        pytest.param(None, {"body": BODY}, id="whole"),
        pytest.param(None, {"body": BODY, "cut": True}, id="old server: no length, closes, but the page ends"),
        pytest.param("partial", {"body": BODY[:-500], "cut": True}, id="no length, cut in the middle"),
        pytest.param(None, {"body": BODY[:-500]}, id="no closing tag, but as long as announced"),
        pytest.param(None, {"body": b"<datastore></datastore> ", "cut": True, "html": False}, id="XML that ends"),
        pytest.param("partial", {"body": b"<datastore><rec", "cut": True, "html": False}, id="XML cut"),
        pytest.param("partial", {"body": b'{"total": 5, "art', "cut": True, "html": False}, id="JSON cut"),
        pytest.param("partial", {"body": BODY, "status": 206}, id="206 nobody asked for"),
        pytest.param("empty", {"body": b""}, id="200 without a byte"),
        pytest.param("empty", {"body": b"", "status": 204}, id="204"),
        pytest.param(None, {"body": GZIP, "encoding": "gzip"}, id="gzip"),
        pytest.param(None, {"body": GZIP + b"\0\0", "encoding": "x-gzip"}, id="gzip with padding"),
        pytest.param("truncated_gzip", {"body": GZIP[: len(GZIP) // 2], "encoding": "gzip"}, id="gzip cut in half"),
        pytest.param("truncated_gzip", {"body": GZIP[:-1], "encoding": "gzip"}, id="gzip without its last byte"),
        pytest.param("truncated_gzip", {"body": GZIP[:40] + b"\xff" * 40, "encoding": "gzip"}, id="gzip broken"),
        pytest.param("bad_encoding", {"body": BODY, "encoding": "gzip"}, id="says gzip, is plain"),
        pytest.param("bad_encoding", {"body": BODY, "encoding": "foo"}, id="unknown encoding"),
        pytest.param(None, {"body": zlib.compress(BODY), "encoding": "deflate"}, id="deflate"),
        pytest.param(None, {"body": BODY, "encoding": "identity"}, id="identity"),
    ],
)
def test_damage(reason: str | None, answer: dict) -> None:
    assert damage(**answer) == reason


def test_a_bomb_is_left_to_the_size_limit() -> None:
    bomb = gzip.compress(b"\0" * (LIMIT + 1_000_000))
    assert damage(bomb, encoding="gzip") is None
