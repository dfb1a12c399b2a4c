"""One crawl of a server that answers wrongly; tests read outcomes and its log."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy import Request, signals
from scrapy.utils.test import get_crawler

from crawler.fetching.middlewares import LeaveAlone
from tests.faults.server import Exchange, FaultServer

ROOT = Path(__file__).resolve().parents[3]
DELAY = 0.2
JITTER = 0.08
"""What the way from the downloader to the server's clock may take off a gap."""
PAUSE = 0.4
MAX_PAUSE = 3.0
CRAWL_DELAY = 0.5
PAGE = b"<html><body>" + "年度报告".encode() * 2000 + b"</body></html>"
CLOSE = {"Content_Length": "", "Connection": "close"}


def page(exchange: Exchange) -> None:
    exchange.send(body=PAGE)


def status(code: int, **headers: str):
    return lambda exchange: exchange.send(code, **headers)


def once(first, then=page):
    return lambda exchange: (first if exchange.visit == 1 else then)(exchange)


def robots(text: str):
    return lambda exchange: exchange.send(body=text.encode(), Content_Type="text/plain")


def redirect(location: str, code: int = 302):
    return status(code, Location=location)


def drop(exchange: Exchange) -> None:
    exchange.handler.close_connection = True


def body(data: bytes, **headers: str):
    return lambda exchange: exchange.send(body=data, **headers)


OUTSIDE, RULES = "127.0.1.99", "127.0.1.98"
GZIP = gzip.compress(PAGE)
HOSTS = {
    "127.0.1.1": {"/robots.txt": status(503), "/a.html": page},
    "127.0.1.2": {"/robots.txt": status(429), "/a.html": page},
    "127.0.1.3": {"/robots.txt": drop, "/a.html": page},
    "127.0.1.4": {"/a.html": page},
    "127.0.1.5": {"/robots.txt": status(403), "/a.html": page},
    "127.0.1.6": {"/robots.txt": body(b"<html>no such page</html>"), "/a.html": page},
    "127.0.1.7": {
        "/robots.txt": robots("User-agent: *\nDisallow: /x/"),
        "/x/a.html": page,
        "/y.html": redirect("/x/a.html"),
    },
    "127.0.1.8": {
        "/robots.txt": redirect("/rules"),
        "/rules": robots("User-agent: *\nDisallow: /x/"),
        "/x/a.html": page,
    },
    "127.0.1.9": {"/robots.txt": "elsewhere", "/x/a.html": page, "/a.html": page},
    "127.0.1.10": {"/robots.txt": redirect("/robots.txt"), "/a.html": page},
    "127.0.1.11": {
        "/robots.txt": robots(f"User-agent: *\nCrawl-delay: {CRAWL_DELAY}"),
        **{f"/{n}.html": page for n in range(3)},
    },
    "127.0.1.12": {"/robots.txt": robots("User-agent: *\nCrawl-delay: 9999"), "/a.html": page},
    "127.0.1.13": {"/a.html": once(status(429, Retry_After="1")), "/b.html": page, "/c.html": page},
    "127.0.1.14": {f"/{n}.html": status(503, Retry_After="86400") for n in range(5)},
    "127.0.1.15": {f"/{n}.html": status(403) for n in range(3)},
    "127.0.1.16": {
        "/a.html": "outside",
        "/b.html": once(status(503), "outside"),
        "/c.html": redirect("file:///etc/passwd"),
        "/d.html": redirect("/d.html"),
        "/private.html": redirect("http://10.0.0.1/a.html"),
        "/far.html": redirect("/hop.html"),
        "/hop.html": redirect("http://169.254.169.254/latest/"),
    },
    "127.0.1.17": {
        "/whole.html": body(PAGE, **CLOSE),
        "/cut.html": body(PAGE[:-3000], **CLOSE),
        "/gzip.html": body(GZIP, Content_Encoding="gzip"),
        "/gzip-cut.html": body(GZIP[:-20], Content_Encoding="gzip"),
        "/gzip-cut-once.html": once(body(GZIP[:-20], Content_Encoding="gzip")),
        "/gzip-not.html": body(PAGE, Content_Encoding="gzip"),
        "/encoding.html": body(PAGE, Content_Encoding="foo"),
        "/206.html": status(206),
        "/empty.html": body(b""),
    },
    "127.0.1.18": {f"/{n}.html": page for n in range(8)},
    RULES: {"/robots.txt": robots("User-agent: *\nDisallow: /x/")},
    OUTSIDE: {"/": page, "/a.html": page},
}
SETTINGS = {
    "GOV_REPORTS_ALLOW_LOOPBACK": True,
    "DOWNLOAD_DELAY": DELAY,
    "GOV_REPORTS_PAUSE": PAUSE,
    "GOV_REPORTS_MAX_PAUSE": MAX_PAUSE,
    "RETRY_TIMES": 1,
}


class Crawl:
    def __init__(self, server: FaultServer, lines: list[dict]) -> None:
        self.server = server
        self.outcomes = {tuple(line["asked"].removeprefix("http://").split("/", 1)): line for line in lines}

    def outcome(self, host: str, path: str) -> str:
        return self.outcomes[f"{host}:{self.server.ports[host]}", path.lstrip("/")]["outcome"]


@pytest.fixture(scope="module")
def crawl() -> Crawl:
    server = FaultServer(HOSTS)
    with server.run():
        outside = redirect(server.url(OUTSIDE, "/a.html"))
        HOSTS["127.0.1.16"] |= {"/a.html": outside, "/b.html": once(status(503), outside)}
        HOSTS["127.0.1.9"]["/robots.txt"] = redirect(server.url(RULES, "/robots.txt"))
        inside = [host for host in HOSTS if host not in (OUTSIDE, RULES)]
        asked = [
            server.url(host, path) for host in inside for path in HOSTS[host] if path not in ("/robots.txt", "/rules")
        ]
        lines, errors = ask(asked, SETTINGS, inside)
    assert "Traceback" not in errors, errors
    return Crawl(server, lines)


def ask(addresses: list[str], settings: dict, inside: list[str]) -> tuple[list[dict], str]:
    """Return how each address ended in a crawl of its own process, and its log."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.spider", json.dumps(settings), json.dumps(inside)],
        input="\n".join(addresses),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_every_address_ends_in_one_outcome(crawl: Crawl) -> None:
    asked = sum(path not in ("/robots.txt", "/rules") for host in HOSTS for path in HOSTS[host]) - 2
    assert len(crawl.outcomes) == asked


class TestRobots:
    @pytest.mark.parametrize(
        ("host", "outcome"),
        [
            pytest.param("127.0.1.1", "robots_unavailable", id="503"),
            pytest.param("127.0.1.2", "robots_unavailable", id="429"),
            pytest.param("127.0.1.3", "DownloadFailedError", id="dropped"),
        ],
    )
    def test_b02_b04_unreadable_rules_forbid_everything(self, crawl: Crawl, host: str, outcome: str) -> None:
        assert crawl.outcome(host, "/a.html") == outcome
        assert set(crawl.server.paths(host)) == {"/robots.txt"}

    @pytest.mark.parametrize(
        "host", ["127.0.1.4", "127.0.1.5", "127.0.1.6", "127.0.1.10"], ids=["404", "403", "a page", "a redirect loop"]
    )
    def test_b03_b05_b06_rules_that_do_not_exist_forbid_nothing(self, crawl: Crawl, host: str) -> None:
        assert crawl.outcome(host, "/a.html") == "ok"

    @pytest.mark.parametrize(
        "host", ["127.0.1.7", "127.0.1.8", "127.0.1.9"], ids=["plain", "behind a redirect", "on another host"]
    )
    def test_b05_forbidden_folders_are_not_asked(self, crawl: Crawl, host: str) -> None:
        assert crawl.outcome(host, "/x/a.html") == "robots"
        assert "/x/a.html" not in crawl.server.paths(host)

    def test_a_redirect_into_a_forbidden_folder_is_not_followed(self, crawl: Crawl) -> None:
        assert crawl.outcome("127.0.1.7", "/y.html") == "robots"

    def test_rules_are_asked_for_once(self, crawl: Crawl) -> None:
        assert crawl.server.paths("127.0.1.18").count("/robots.txt") == 1

    def test_b10_crawl_delay_is_kept(self, crawl: Crawl) -> None:
        assert len(crawl.server.paths("127.0.1.11")) == 4
        assert min(crawl.server.gaps("127.0.1.11")[1:]) >= CRAWL_DELAY - JITTER

    def test_b10_a_delay_nobody_can_keep_is_not_cut_short(self, crawl: Crawl) -> None:
        assert crawl.outcome("127.0.1.12", "/a.html") == "crawl_delay"
        assert crawl.server.paths("127.0.1.12") == ["/robots.txt"]


class TestPauses:
    def test_b15_every_gap_is_as_long_as_the_delay(
        self, crawl: Crawl, record_property: Callable[[str, object], None]
    ) -> None:
        gaps = crawl.server.gaps("127.0.1.18")
        assert len(gaps) == 8
        assert min(gaps) >= DELAY - JITTER
        record_property("figure", f"{len(gaps)} gaps of one host: {len(gaps)} at least as long as the delay")

    def test_a03_nothing_is_asked_inside_a_retry_after(self, crawl: Crawl) -> None:
        hits = [hit for hit in crawl.server.hits if hit.host == "127.0.1.13"]
        limited = next(place for place, hit in enumerate(hits) if hit.path == "/a.html")
        assert hits[limited + 1].at - hits[limited].at >= 1 - JITTER
        assert {crawl.outcome("127.0.1.13", path) for path in ("/a.html", "/b.html", "/c.html")} == {"ok"}

    def test_a04_a_host_that_asks_for_a_day_is_left_and_the_others_go_on(self, crawl: Crawl) -> None:
        assert len([path for path in crawl.server.paths("127.0.1.14") if path != "/robots.txt"]) == 1
        assert {crawl.outcome("127.0.1.14", path) for path in HOSTS["127.0.1.14"]} == {"host_paused"}

    def test_a06_each_wall_in_a_row_doubles_the_pause(self, crawl: Crawl) -> None:
        gaps = crawl.server.gaps("127.0.1.15")[1:]
        assert len(gaps) == 2
        assert gaps[0] >= PAUSE - JITTER
        assert gaps[1] >= 2 * PAUSE - JITTER
        assert {crawl.outcome("127.0.1.15", path) for path in HOSTS["127.0.1.15"]} == {"http_403"}


def test_a_name_that_the_guard_refuses_is_not_tried_again() -> None:
    lines, errors = ask(["http://localhost/a.html"], {"GOV_REPORTS_ALLOW_LOOPBACK": False}, [])
    assert [line["outcome"] for line in lines] == ["address"]
    assert errors.count("no connection to localhost") == 1


def test_requests_are_queued_by_host_from_the_start() -> None:
    """The queue takes turns between buckets: a key that changed on the way would let one host take every turn."""
    crawler = get_crawler(
        settings_dict={"GOV_REPORTS_DEMO_DELAY": 0, "GOV_REPORTS_PAUSE": 1, "GOV_REPORTS_MAX_PAUSE": 2}
    )
    middleware = LeaveAlone.from_crawler(crawler)  # signals hold it weakly
    request = Request("http://www.a.example/1.html", meta={"download_slot": "where a redirect came from"})
    crawler.signals.send_catch_log(signals.request_scheduled, request=request, spider=None)
    assert request.meta["download_slot"] == "a.example"
    del middleware


class TestScope:
    @pytest.mark.parametrize("path", ["/a.html", "/b.html"], ids=["redirect", "redirect after a retry"])
    def test_c02_c03_a_redirect_out_of_the_crawl_is_not_followed(self, crawl: Crawl, path: str) -> None:
        assert crawl.outcome("127.0.1.16", path) == "offsite"
        assert crawl.server.paths(OUTSIDE) == []

    def test_c01_a_redirect_to_a_file_is_not_followed(self, crawl: Crawl) -> None:
        assert crawl.outcome("127.0.1.16", "/c.html") in ("http_302", "scheme")

    @pytest.mark.parametrize("path", ["/private.html", "/far.html"], ids=["at once", "after a hop"])
    def test_c10_a_redirect_to_a_private_address_is_not_followed(self, crawl: Crawl, path: str) -> None:
        assert crawl.outcome("127.0.1.16", path) == "address"

    def test_c13_a_redirect_loop_ends(self, crawl: Crawl) -> None:
        assert crawl.outcome("127.0.1.16", "/d.html") != "ok"
        assert crawl.server.paths("127.0.1.16").count("/d.html") <= 11


class TestWholePages:
    @pytest.mark.parametrize(
        ("path", "outcome", "hits"),
        [
            ("/whole.html", "ok", 1),
            ("/cut.html", "partial", 2),
            ("/gzip.html", "ok", 1),
            ("/gzip-cut.html", "truncated_gzip", 2),
            ("/gzip-cut-once.html", "ok", 2),
            ("/gzip-not.html", "bad_encoding", 2),
            ("/encoding.html", "bad_encoding", 2),
            ("/206.html", "partial", 2),
            ("/empty.html", "empty", 2),
        ],
    )
    def test_a08_a09_a10_a16_a_cut_page_is_asked_again_and_then_refused(
        self, crawl: Crawl, path: str, outcome: str, hits: int
    ) -> None:
        assert crawl.outcome("127.0.1.17", path) == outcome
        assert crawl.server.paths("127.0.1.17").count(path) == hits
