"""B03, B06, B07, B09, B10: what an answer to /robots.txt amounts to."""

from __future__ import annotations

import time

import pytest

from crawler.fetching.robots import MAX_BYTES, judge_robots, parse_robots

AGENT = "gov_reports"
HOST = "http://www.example"


def allowed(body: bytes, path: str = "/private/1.html") -> bool:
    return parse_robots(body, AGENT).is_allowed(HOST + path)


@pytest.mark.parametrize(
    ("status", "can_ask"),
    [
        *((status, True) for status in (200, 401, 403, 404, 410, 451)),
        *((status, None) for status in (429, 500, 502, 503, 504, 521, 599)),
    ],
)
def test_b02_b03_b04_status_decides_first(status: int, can_ask: bool | None) -> None:
    rules = judge_robots(status, b"", AGENT)
    assert (rules.is_allowed(HOST + "/") if rules else None) is can_ask


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(b"User-agent: *\nDisallow: /private/", False, id="plain"),
        pytest.param(b"\xef\xbb\xbfUser-agent: *\nDisallow: /private/", False, id="byte order mark"),
        pytest.param(b"User-agent: *\r\nDisallow: /private/\r\n", False, id="CRLF"),
        pytest.param(b"User-agent: *\rDisallow: /private/\r", False, id="CR"),
        pytest.param("# 禁止目录\nUser-agent: *\nDisallow: /private/".encode("gbk"), False, id="comment in GBK"),
        pytest.param(b"User-agent: *\nDis\0allow: /private/", False, id="NUL in a line"),
        pytest.param(b"user-AGENT:*\ndisallow:/private/", False, id="case and blanks"),
        pytest.param(b"User-agent: *\nDisallow: /private/\nAllow: /private/1.html", True, id="longest rule wins"),
        pytest.param(b"User-agent: gov_reports\nDisallow:\n\nUser-agent: *\nDisallow: /", True, id="our own group"),
        pytest.param(b"User-agent: gov_reports\nDisallow: /\n\nUser-agent: *\nDisallow:", False, id="shut to us alone"),
        pytest.param(
            b"User-agent: gov_reports\nUnknown: 1\nUser-agent: b\nDisallow: /", False, id="unknown line between"
        ),
        pytest.param(b"<html><body>Disallow: /</body></html>", True, id="a page instead"),
        pytest.param(b"", True, id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", True, id="a picture"),
    ],
)
def test_b09_b13_rules(body: bytes, expected: bool) -> None:
    assert allowed(body) is expected


def test_b06_a_page_is_flagged() -> None:
    assert parse_robots(b"<!DOCTYPE html><title>404</title>", AGENT).is_html
    assert not parse_robots(b"User-agent: *", AGENT).is_html


@pytest.mark.parametrize(
    ("line", "delay"),
    [("10", 10.0), ("0.1", 0.1), ("9999", 9999.0), ("-5", None), ("0", None), ("soon", None), ("", None)],
)
def test_b10_crawl_delay(line: str, delay: float | None) -> None:
    assert parse_robots(f"User-agent: *\nCrawl-delay: {line}".encode(), AGENT).crawl_delay == delay


def test_b07_reads_the_first_500_kib() -> None:
    filler = b"# " + b"x" * 100 + b"\n"
    early = b"User-agent: *\nDisallow: /private/\n" + filler * (MAX_BYTES // len(filler) + 1)
    assert not allowed(early + b"Allow: /private/1.html")
    assert allowed(b"User-agent: *\nDisallow:\n" + filler * (MAX_BYTES // len(filler) + 1) + b"Disallow: /private/")


def test_b07_b08_large_and_long_files_are_read_fast() -> None:
    started = time.process_time()
    parse_robots(b"User-agent: *\n" + b"Disallow: /a\n" * 200_000, AGENT).is_allowed(HOST + "/b")
    parse_robots(b"User-agent: *\nDisallow: /" + b"a" * 50_000_000, AGENT).is_allowed(HOST + "/b")
    assert time.process_time() - started < 4
