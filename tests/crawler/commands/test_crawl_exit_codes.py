"""R02, R04, R05: `scrapy crawl` in a project of its own, each exit code provoked once."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from crawler.running.watch import SHANGHAI

ROOT = Path(__file__).resolve().parents[3]

SETTINGS = """
from crawler.settings import *
SPIDER_MODULES = ["own_spiders"]
COMMANDS_MODULE = "own_commands"
ITEM_PIPELINES = {}
GOV_REPORTS_STORE = "postgresql://user:c4n4ry@db.example/reports"
GOV_REPORTS_ARCHIVE = ""
GOV_REPORTS_STOP_FILE = ""
GOV_REPORTS_RUNS = ""
AWS_SECRET_ACCESS_KEY = "c4n4ry"
"""
COMMAND = """
from crawler.commands.crawl import Command as Crawl
class Command(Crawl):
    pass
"""
SPIDERS = """
import asyncio
import logging
import scrapy
from crawler.errors import AlreadyRunningError, CatalogueError, DiskFullError, StoreError, UsageError
from crawler.items import Article, Page, Report, Source
from crawler.outcomes import PortalOutcome, UrlOutcome

def portal():
    return PortalOutcome(portal="a", name="", home="", requests=1, columns=1, entries=1, stop_reason="exhausted")
def report():
    source = Source()
    article = Article(page=Page(url="", body=b"", portal="a"), source=source, page_kind="report")
    return Report(article=article, source=source, page_kind="report", report_kind="disclosure")
def home(reason): return UrlOutcome(portal="a", url="", role="home", outcome="unreachable", reason=reason)

class Yielding(scrapy.Spider):
    items = ()
    async def start(self):
        for item in self.items:
            yield item

class Fine(Yielding):
    name, items = "fine", (report(), portal())
class Empty(Yielding):
    name, items = "empty", (portal(),)
class Unreachable(Yielding):
    name, items = "unreachable", (home("dns"),)
class Walled(Yielding):
    name, items = "walled", (home("http_403"),)
class StartFails(Yielding):
    name = "start_fails"
    async def start(self):
        yield report()
        raise ZeroDivisionError("in start")
class FullStore:
    @classmethod
    def from_crawler(cls, crawler):
        raise StoreError("output/x.sqlite3 stayed locked")
class Store(Yielding):
    name, items = "store", (report(),)
    custom_settings = {"ITEM_PIPELINES": {FullStore: 1}}
class BadStage:
    def process_item(self, item):
        raise ZeroDivisionError("in a stage")
class Stage(Yielding):
    name, items = "stage", (report(),)
    custom_settings = {"ITEM_PIPELINES": {BadStage: 1}}
class Usage(Yielding):
    name = "usage"
    @classmethod
    def from_crawler(cls, crawler, **arguments):
        raise UsageError("no portal is called nowhere")
class Catalogue(Yielding):
    name = "catalogue"
    @classmethod
    def from_crawler(cls, crawler, **arguments):
        raise CatalogueError("portals.tsv:7: unknown key colour")
class Steps(Yielding):
    name = "steps"
    async def start(self):
        yield report()
        await asyncio.sleep(0.3)
        logging.getLogger("crawler.test").warning("a host is left alone")
        yield portal()
class Busy(Yielding):
    name = "busy"
    custom_settings = {"ITEM_PIPELINES": {"own_spiders.OtherRun": 1}}
class OtherRun:
    @classmethod
    def from_crawler(cls, crawler):
        return cls()
    def open_spider(self):
        raise AlreadyRunningError("run 7 is at work since 2026-03-02 04:00 UTC")
class Full(Yielding):
    name = "full"
    custom_settings = {"ITEM_PIPELINES": {"own_spiders.FullDisk": 1}}
class FullDisk(OtherRun):
    def open_spider(self):
        raise DiskFullError("/data: 3 MB of the disk are free")
class Stuck(Yielding):
    name = "stuck"
    async def start(self):
        import time
        time.sleep(60)
        yield report()
class Idle(Yielding):
    name = "idle"
    async def start(self):
        await asyncio.sleep(60)
        yield report()
class Slow(Yielding):
    name = "slow"
    async def start(self):
        print("ready", flush=True)
        await asyncio.sleep(30)
        yield report()
class Held(Slow):
    name = "held"
    custom_settings = {"ITEM_PIPELINES": {"own_spiders.Holding": 1}}
class Holding(OtherRun):
    def open_spider(self):
        pass
    async def close_spider(self):
        await asyncio.sleep(30)
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = own_settings\n")
    (folder / "own_settings.py").write_text(SETTINGS)
    (folder / "own_spiders.py").write_text(SPIDERS)
    (folder / "own_commands").mkdir()
    (folder / "own_commands" / "__init__.py").write_text("")
    (folder / "own_commands" / "crawl.py").write_text(COMMAND)
    return folder


def start(project: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", *arguments],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("spider", "code", "why"),
    [
        ("fine", 0, ""),
        ("empty", 12, "no annual disclosure report was found"),
        ("unreachable", 9, "a (dns)"),
        ("walled", 18, "a (http_403)"),
        ("start_fails", 9, "failed in our own code"),
        ("store", 8, "stayed locked"),
        ("stage", 9, "failed in our own code"),
        ("usage", 2, "no portal is called nowhere"),
        ("catalogue", 4, "portals.tsv:7: unknown key colour"),
        ("nobody", 2, "there is no spider called nobody"),
    ],
)
def test_m19_r04_r05_r10_u02_exit_code_and_one_line_why(project: Path, spider: str, code: int, why: str) -> None:
    process = start(project, spider)
    out, err = process.communicate(timeout=60)
    assert process.returncode == code, err
    last = err.strip().splitlines()[-1] if err else ""
    assert why in last
    assert "Disabled" not in err
    assert ("Traceback" in err) is (spider in ("start_fails", "stage")), "our own faults alone show where they are"
    assert "c4n4ry" not in out + err
    if code in (0, 12, 18):
        assert "store: postgresql://***@db.example/reports" in out


def closed_hours() -> str:
    """Return hours of the day that are not now."""
    hour = datetime.now(SHANGHAI).hour
    return f"{(hour + 3) % 24}-{(hour + 4) % 24}"


@pytest.mark.parametrize(
    ("case", "spider", "settings", "code", "why"),
    [
        ("r04", "busy", {}, 10, "run 7 is at work"),
        ("m06", "full", {}, 3, "3 MB of the disk are free"),
        ("m07", "fine", {"GOV_REPORTS_MIN_FREE_MB": 10**12}, 3, "too little space"),
        ("r04", "fine", {"GOV_REPORTS_HOURS": closed_hours()}, 15, "GOV_REPORTS_HOURS"),
        ("r10", "fine", {"GOV_REPORTS_HOURS": "at night"}, 2, "such as 22-6"),
        ("b18", "fine", {"GOV_REPORTS_STOP_FILE": "stop"}, 11, "stop file"),
        ("r09", "stuck", {"GOV_REPORTS_HANG_MINUTES": 0.005}, 9, "start again to go on"),
        ("r09", "idle", {"GOV_REPORTS_HANG_MINUTES": 0.005}, 9, "start again to go on"),
    ],
    ids=[
        "r04 another run", "m06 disk full", "m07 low disk", "r04 hours over", "r10 no hours", "b18 stop file",
        "r09 loop stands still", "r09 nothing happens",
    ],
)  # fmt: skip
def test_r04_r09_what_ends_an_unattended_run(project: Path, tmp_path: Path, case, spider, settings, code, why) -> None:
    if "GOV_REPORTS_STOP_FILE" in settings:
        (tmp_path / "stop").touch()
        settings = {"GOV_REPORTS_STOP_FILE": tmp_path / "stop"}
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    process = start(project, spider, *options)
    _, err = process.communicate(timeout=60)
    assert process.returncode == code, err
    assert why in err.strip().splitlines()[-1]
    if spider in ("stuck", "idle"):
        assert "most recent call first" in err, "it says where every thread stood"


def test_r02_one_signal_ends_in_order_and_two_at_once(project: Path) -> None:
    for spider, signals, code in (("slow", [signal.SIGTERM], 11), ("held", [signal.SIGINT, signal.SIGINT], 13)):
        process = start(project, spider, "-s", "LOG_LEVEL=INFO")
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        for number in signals:
            process.send_signal(number)
            for line in process.stderr:
                if "Received SIG" in line:
                    break
        _, err = process.communicate(timeout=60)
        assert process.returncode == code, err


def test_a_terminal_sees_progress_and_warnings_and_the_file_gets_the_log(project: Path, tmp_path: Path) -> None:
    terminal, theirs = pty.openpty()
    log = tmp_path / "crawl.log"
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "steps", "-s", f"LOG_FILE={log}"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    shown = read_all(terminal)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "1 reports" in shown
    assert "a host is left alone" in shown
    assert "Overridden settings" not in shown
    assert "Overridden settings" in log.read_text()
    assert "reports 1" in out


def read_all(terminal: int) -> str:
    """Return what a program wrote to its terminal until it closed it."""
    parts = []
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode("utf-8", "replace")
