"""Answers that are slow, cut, endless, broken or too large: one crawl over all of them; tests read how each ended."""

from __future__ import annotations

import gzip
import json
import os
import re
import socket
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.discovery.reading import read_page
from crawler.items import Page
from crawler.settings import USER_AGENT
from tests.faults.server import Exchange, Fault, FaultServer

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 3.0
LARGEST = 1024 * 1024
PAGE = b"<html><body>" + "政府信息公开工作年度报告".encode() * 500 + b"</body></html>"
BOMB_SIZE = 300
"""Megabytes of a bomb unpacked."""
MOST_MEMORY = 200
"""Megabytes of a crawl with bombs; without them it takes 90."""


def whole(exchange: Exchange) -> None:
    exchange.send(body=PAGE)


def once(status: int) -> Fault:
    return lambda exchange: exchange.send(status) if exchange.visit == 1 else exchange.send(body=PAGE)


def raw(*pieces: bytes, pause: float = 0.0) -> Fault:
    """Return a fault that writes bytes to the connection as they are, and closes it."""

    def answer(exchange: Exchange) -> None:
        try:
            for piece in pieces:
                exchange.handler.wfile.write(piece)
                exchange.handler.wfile.flush()
                time.sleep(pause)
        except OSError:
            pass  # the crawl had enough
        exchange.handler.close_connection = True

    return answer


def reset(exchange: Exchange) -> None:
    connection = exchange.handler.connection
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    exchange.handler.close_connection = True


def silent(exchange: Exchange) -> None:
    time.sleep(TIMEOUT + 1)
    exchange.handler.close_connection = True


def packed(data: bytes, encoding: str) -> Fault:
    return lambda exchange: exchange.send(body=data, Content_Encoding=encoding)


def endless(exchange: Exchange) -> None:
    piece = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[piece] * 64)(exchange)


def moved(location: bytes) -> Fault:
    return raw(b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n")


def cookie(elsewhere: Callable[[], str]) -> Fault:
    """Return a fault that sends whoever has no cookie back with one, and whoever has it to another host."""

    def answer(exchange: Exchange) -> None:
        if exchange.handler.headers.get("Cookie") == "session=1":
            exchange.send(302, b"", Location=elsewhere())
        else:
            exchange.send(302, b"", Location="/cookie.html", Set_Cookie="session=1; Path=/")

    return answer


def bomb(wbits: int) -> bytes:
    packer = zlib.compressobj(9, wbits=wbits)
    return b"".join([packer.compress(ZEROS) for _ in range(BOMB_SIZE)] + [packer.flush()])


def layers(count: int) -> bytes:
    data = PAGE
    for _ in range(count):
        data = gzip.compress(data)
    return data


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LENGTH = b"Content-Length: %d\r\n\r\n" % len(PAGE)
ZEROS = b"\0" * 2**20
FAULTS: dict[str, tuple[Fault, tuple[str, ...], int]] = {
    # a fault, how its address may end, how often it may be asked
    **{f"/once-{status}.html": (once(status), ("ok",), 2) for status in (408, 500, 502, 504, 522, 524)},
    "/short.html": (raw(HEAD + b"Content-Length: 99999\r\n\r\n" + PAGE), ("ResponseDataLossError",), 2),
    "/drip.html": (raw(HEAD + LENGTH, *[b"x"] * 20, pause=0.3), ("DownloadTimeoutError",), 2),
    "/silent.html": (silent, ("DownloadTimeoutError",), 2),
    # a connection that ends without a byte may have been an old one: Twisted asks once more before anybody hears of it
    "/closed.html": (raw(), ("DownloadFailedError",), 4),
    "/reset.html": (reset, ("DownloadFailedError",), 4),
    "/204.html": (lambda exchange: exchange.send(204, body=b""), ("empty",), 2),
    "/huge.html": (raw(HEAD + b"Content-Length: 1000000000000\r\n\r\n"), ("DownloadCancelledError",), 1),
    "/endless.html": (endless, ("DownloadCancelledError",), 1),
    "/chunk.html": (
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<html\r\nZZ\r\n"),
        ("DownloadFailedError", "ResponseDataLossError", "partial"),
        2,
    ),
    "/no-status.html": (raw(PAGE), ("DownloadFailedError",), 2),
    "/no-length.html": (raw(HEAD + b"Content-Length: abc\r\n\r\n" + PAGE), ("DownloadFailedError",), 2),
    "/lengths.html": (
        raw(HEAD + b"Content-Length: 5\r\n" + LENGTH + PAGE),
        ("DownloadFailedError", "ResponseDataLossError", "partial"),
        2,
    ),
    "/long-head.html": (
        raw(HEAD + b"X: " + b"x" * 5_000_000 + b"\r\n" + LENGTH + PAGE),
        ("DownloadFailedError", "ok"),
        2,
    ),
    "/many-heads.html": (raw(HEAD + b"X-Y: z\r\n" * 100_000 + LENGTH + PAGE), ("DownloadFailedError", "ok"), 2),
    "/folded.html": (raw(HEAD + b"X: a\r\n b\r\n" + LENGTH + PAGE), ("ok",), 1),
    "/bomb-gzip.html": (
        packed(bomb(31), "gzip"),
        ("IgnoreRequest",),
        1,
    ),
    "/bomb-deflate.html": (
        packed(bomb(15), "deflate"),
        ("IgnoreRequest",),
        1,
    ),
    "/layers.html": (packed(layers(20), ", ".join(["gzip"] * 20)), ("ok", "bad_encoding"), 2),
    "/gbk.html": (moved("/年报.html".encode("gbk")), ("http_404",), 1),
    "/nowhere.html": (lambda exchange: exchange.send(302, b""), ("http_302",), 1),
    "/empty.html": (moved(b""), ("http_302", "IgnoreRequest"), 11),
    "/long.html": (moved(b"/" + b"x" * 70_000), ("http_404", "DownloadFailedError"), 2),
    "/cookie.html": (whole, ("ok",), 2),
    "/last.html": (whole, ("ok",), 1),
}
CASES = {
    "a01": [path for path in FAULTS if path.startswith("/once-")],
    "a07": ["/short.html"],
    "a10": ["/204.html"],
    "a11": ["/drip.html"],
    "a12": ["/silent.html", "/closed.html", "/reset.html"],
    "a13": ["/huge.html", "/endless.html"],
    "a14": [
        "/no-status.html",
        "/no-length.html",
        "/lengths.html",
        "/long-head.html",
        "/many-heads.html",
        "/folded.html",
    ],
    "a15": ["/chunk.html"],
    "c16": ["/gbk.html", "/nowhere.html", "/empty.html", "/long.html"],
    "i01": ["/bomb-gzip.html", "/bomb-deflate.html"],
    "i02": ["/layers.html"],
}


class Crawl:
    def __init__(self) -> None:
        # a host each, so that one that keeps the crawl waiting keeps nobody else
        self.hosts = {path: f"127.0.2.{place}" for place, path in enumerate(FAULTS, 1)}
        self.server = FaultServer({host: {path: FAULTS[path][0]} for path, host in self.hosts.items()})
        other = self.hosts["/last.html"]
        self.server.hosts[other]["/seen.html"] = whole
        self.server.hosts[self.hosts["/cookie.html"]]["/cookie.html"] = cookie(
            lambda: self.server.url(other, "/seen.html")
        )
        with self.server.run():
            asked = [self.server.url(host, path) for path, host in self.hosts.items()]
            settings = {
                "GOV_REPORTS_ALLOW_LOOPBACK": True,
                "DOWNLOAD_DELAY": 0,
                "DOWNLOAD_TIMEOUT": TIMEOUT,
                "DOWNLOAD_MAXSIZE": LARGEST,
                "RETRY_TIMES": 1,
            }
            self.began = time.monotonic()
            done = subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "tests.faults.spider",
                    json.dumps(settings),
                    json.dumps(list(self.hosts.values())),
                ],
                input="\n".join(asked),
                capture_output=True,
                text=True,
                check=True,
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT), "http_proxy": "http://127.0.2.250:9/"},
                timeout=60,
            )
            self.seconds = time.monotonic() - self.began
        self.errors = done.stderr
        self.outcomes = {
            "/" + line["asked"].rpartition("/")[2]: line["outcome"]
            for line in map(json.loads, done.stdout.splitlines())
        }


@pytest.fixture(scope="module")
def crawl() -> Crawl:
    return Crawl()


def check(crawl: Crawl, case: str) -> None:
    for path in CASES[case]:
        _, endings, most = FAULTS[path]
        assert crawl.outcomes.get(path) in endings, path
        assert 1 <= crawl.server.paths(crawl.hosts[path]).count(path) <= most, path


def test_every_address_ends_once_and_nothing_of_ours_fails(crawl: Crawl) -> None:
    assert set(crawl.outcomes) == set(FAULTS)
    assert crawl.outcomes["/last.html"] == "ok"
    assert "Traceback" not in crawl.errors, crawl.errors


def test_a01_an_error_that_passes_costs_one_request_more(crawl: Crawl) -> None:
    check(crawl, "a01")


def test_a07_a_body_shorter_than_announced_is_no_page(crawl: Crawl) -> None:
    check(crawl, "a07")


def test_a10_no_content_is_no_page(crawl: Crawl) -> None:
    check(crawl, "a10")


def test_a11_a_server_that_drips_is_cut_off_in_time(crawl: Crawl) -> None:
    check(crawl, "a11")
    assert crawl.seconds < 30


def test_a12_silence_and_closed_connections_are_results(crawl: Crawl) -> None:
    check(crawl, "a12")


def test_a13_what_is_too_large_is_not_read_to_its_end_and_not_asked_again(crawl: Crawl) -> None:
    check(crawl, "a13")


def test_a14_broken_heads_end_in_a_result(crawl: Crawl) -> None:
    check(crawl, "a14")


def test_a15_a_broken_chunk_is_no_page(crawl: Crawl) -> None:
    check(crawl, "a15")


def test_i01_bombs_are_not_unpacked(crawl: Crawl) -> None:
    check(crawl, "i01")
    taken = re.search(r"peak memory: (\d+) kB", crawl.errors)
    assert taken is not None
    assert int(taken[1]) / 1024 < MOST_MEMORY


def test_i02_the_limit_holds_over_all_layers(crawl: Crawl) -> None:
    check(crawl, "i02")


def test_c12_a_proxy_of_the_environment_is_not_used(crawl: Crawl) -> None:
    assert crawl.outcomes["/last.html"] == "ok"


def test_c15_a_cookie_goes_back_to_the_host_that_set_it_and_to_no_other(crawl: Crawl) -> None:
    assert crawl.outcomes["/cookie.html"] == "ok"
    with_cookie = {(hit.host, hit.path) for hit in crawl.server.hits if "Cookie" in hit.headers}
    assert with_cookie == {(crawl.hosts["/cookie.html"], "/cookie.html")}
    assert "/seen.html" in crawl.server.paths(crawl.hosts["/last.html"])


def test_h07_every_request_has_one_honest_name_and_no_credentials(crawl: Crawl) -> None:
    assert {hit.headers["User-Agent"] for hit in crawl.server.hits} == {USER_AGENT}
    assert "gov_reports" in USER_AGENT
    sent = {name.lower() for hit in crawl.server.hits for name in hit.headers}
    assert sent.isdisjoint({"authorization", "proxy-authorization"})


def test_c16_odd_locations_end_in_a_result(crawl: Crawl) -> None:
    check(crawl, "c16")
    assert "/%C4%EA%B1%A8.html" in crawl.server.paths(crawl.hosts["/gbk.html"])


def test_i03_i04_what_is_packed_is_kept_and_not_unpacked() -> None:
    for body in (bomb(31), b"PK\x03\x04" + ZEROS[:1000]):
        began = time.process_time()
        reading = read_page(Page(url="http://www.example.gov.cn/sitemap.xml.gz", body=body), None, "list")
        assert reading.listing.entries == []
        assert time.process_time() - began < 1
