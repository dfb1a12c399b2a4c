"""B18, R02, O01: orders to stop are kept within five seconds; the hours are Shanghai's wherever the machine stands."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.errors import UsageError
from crawler.running.watch import Orders, is_open, parse_hours
from tests.faults.server import Exchange, FaultServer

ROOT = Path(__file__).resolve().parents[3]
PAGES = 12
ONE, OTHER, SHORT = "127.0.3.1", "127.0.3.2", "127.0.3.3"


def page(exchange: Exchange) -> None:
    exchange.send(body=b"<html><body>ok</body></html>")


@pytest.fixture
def server():
    hosts = {host: {f"/{n}.html": page for n in range(PAGES)} for host in (ONE, OTHER)}
    hosts[SHORT] = {f"/{n}.html": page for n in range(5)}
    with FaultServer(hosts).run() as running:
        yield running


def begin(server: FaultServer, stop: Path, **settings: object) -> subprocess.Popen[str]:
    chosen = {
        "GOV_REPORTS_ALLOW_LOOPBACK": True,
        "GOV_REPORTS_STOP_FILE": str(stop),
        "GOV_REPORTS_STORE": "",
        "GOV_REPORTS_ARCHIVE": "",
        "DOWNLOAD_DELAY": 0.5,
        "GOV_REPORTS_HOST_BUDGET": PAGES + 1,
        "EXTENSIONS": {"crawler.running.watch.WatchRun": 0},
        **settings,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.spider", json.dumps(chosen), json.dumps([])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stdin is not None
    asked = [server.url(host, path) for host in server.hosts for path in server.hosts[host]]
    process.stdin.write("\n".join(asked))
    process.stdin.close()
    process.stdin = None
    return process


def wait_for_hits(server: FaultServer, count: int) -> None:
    deadline = time.monotonic() + 30
    while len(server.hits) < count and time.monotonic() < deadline:
        time.sleep(0.02)


def outcomes(process: subprocess.Popen[str]) -> dict[str, list[str]]:
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err, err
    found: dict[str, list[str]] = {}
    for line in map(json.loads, out.splitlines()):
        host = line["asked"].removeprefix("http://").partition(":")[0]
        found.setdefault(host, []).append(line["outcome"])
    return found


@pytest.mark.parametrize("order", ["file", "signal"])
def test_b18_r02_nothing_is_asked_five_seconds_after_the_order_to_stop(
    server: FaultServer, tmp_path: Path, order: str
) -> None:
    process = begin(server, tmp_path / "stop")
    wait_for_hits(server, 6)
    if order == "file":
        (tmp_path / "stop").write_text("# maintenance of the portal\n")
    else:
        process.send_signal(signal.SIGTERM)
    ordered = time.monotonic()
    found = outcomes(process)
    assert time.monotonic() - ordered < 10
    assert max(hit.at for hit in server.hits) - ordered < 5
    assert len(server.hits) < 2 * PAGES
    assert set(found.get(ONE, [])) <= {"ok", "stopped"}


def test_b18_a_host_that_is_named_is_left_alone_and_the_others_go_on(server: FaultServer, tmp_path: Path) -> None:
    process = begin(server, tmp_path / "stop", GOV_REPORTS_HOST_BUDGET=4)
    wait_for_hits(server, 4)
    (tmp_path / "stop").write_text(f"{ONE}  # asked us by telephone\n")
    ordered = time.monotonic()
    found = outcomes(process)
    assert max(hit.at for hit in server.hits if hit.host == ONE) - ordered < 5
    assert "stopped" in found[ONE] or len(found[ONE]) == PAGES
    assert server.paths(OTHER)[0] == "/robots.txt"


def test_a_host_gets_its_share_of_requests_and_no_more(server: FaultServer, tmp_path: Path) -> None:
    process = begin(server, tmp_path / "stop", GOV_REPORTS_HOST_BUDGET=4, DOWNLOAD_DELAY=0)
    found = outcomes(process)
    for host in (ONE, OTHER, SHORT):
        assert len(server.paths(host)) <= 4, "robots.txt is one of them"
        assert found[host].count("budget") >= 1


@pytest.mark.parametrize(
    ("text", "everything", "hosts"),
    [
        (None, False, set()),
        ("", True, set()),
        ("# only words\n", True, set()),
        ("www.a.gov.cn\nb.gov.cn # why\n", False, {"a.gov.cn", "b.gov.cn"}),
    ],
    ids=["no file", "an empty file", "a comment", "hosts"],
)
def test_what_a_stop_file_says(tmp_path: Path, text: str | None, everything: bool, hosts: set[str]) -> None:
    path = tmp_path / "stop"
    if text is not None:
        path.write_text(text)
    orders = Orders(path)
    orders.look()
    assert (orders.everything, set(orders.hosts)) == (everything, hosts)
    assert orders.cover("a.gov.cn") is (everything or "a.gov.cn" in hosts)
    assert orders.cover("c.gov.cn") is everything
    path.unlink(missing_ok=True)
    orders.look()
    assert not orders.cover("a.gov.cn"), "removed, it holds no more"


@pytest.mark.parametrize(
    ("hours", "hour", "expected"),
    [
        ("", 12, True),
        ("22-6", 22, True),
        ("22-6", 5, True),
        ("22-6", 6, False),
        ("22-6", 21, False),
        ("1-5", 1, True),
        ("1-5", 5, False),
        ("20-24", 23, True),
        ("20-24", 0, False),
    ],
)
def test_o01_the_hours_are_those_of_shanghai(hours: str, hour: int, expected: bool) -> None:
    now = datetime(2026, 3, 2, (hour - 8) % 24, 30, tzinfo=UTC)
    assert is_open(parse_hours(hours), now) is expected


@pytest.mark.parametrize("text", ["22", "22-", "-6", "6-6", "25-3", "22-25", "a-b", "22–6", "1-2-3"])
def test_r10_hours_that_are_none_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="such as 22-6"):
        parse_hours(text)
