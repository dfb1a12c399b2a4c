"""Every dialect over HTTP by the command that users run, in one crawl: reports stored, ends told, few pages."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

from tests.portals import dialects
from tests.portals.simulator import Portal, serve

ROOT = Path(__file__).resolve().parents[2]
MODULES = [info.name for info in pkgutil.iter_modules(dialects.__path__)]
SETTINGS = {
    "GOV_REPORTS_ALLOW_LOOPBACK": 1,
    "GOV_REPORTS_ARCHIVE": "",
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": 0,
    "CONCURRENT_REQUESTS": 32,
    "LOG_LEVEL": "ERROR",
}


@dataclass
class Crawled:
    """What one dialect's portal came to."""

    dialect: ModuleType
    portal: Portal
    urls: list[sqlite3.Row]
    lists: list[sqlite3.Row]

    @property
    def asked(self) -> list[str]:
        return [hit.path for hit in self.portal.hits if hit.path != "/robots.txt"]


def run(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    chosen = SETTINGS | {"GOV_REPORTS_STORE": f"sqlite:///{store}"}
    options = [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "gov_reports", *arguments, *options],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("GOV_REPORTS_")},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Crawled]:
    path = tmp_path_factory.mktemp("portals") / "store.sqlite3"
    modules = {name: importlib.import_module(f"{dialects.__name__}.{name}") for name in MODULES}
    with ExitStack() as stack:
        portals = {name: stack.enter_context(serve(module.build())) for name, module in modules.items()}
        done = run(path, "-a", f"start={' '.join(portal.url for portal in portals.values())}")
    assert done.returncode == 0, done.stderr[-3000:]
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        crawled = {}
        for name, portal in portals.items():
            chosen = (urlsplit(portal.url).netloc.replace(":", "-"),)
            crawled[name] = Crawled(
                dialect=modules[name],
                portal=portal,
                urls=connection.execute("SELECT * FROM urls WHERE portal = ?", chosen).fetchall(),
                lists=connection.execute("SELECT * FROM lists WHERE portal = ?", chosen).fetchall(),
            )
    return crawled


@pytest.mark.parametrize("name", MODULES)
def test_every_planted_report_is_stored(crawls: dict[str, Crawled], name: str) -> None:
    crawled = crawls[name]
    wanted = getattr(crawled.dialect, "OUTCOMES", {"report"})
    stored = sorted(row["title"] for row in crawled.urls if row["outcome"] in wanted)
    assert stored == sorted(row.title for row in crawled.portal.reports)


@pytest.mark.parametrize("name", MODULES)
def test_every_lookalike_is_told_apart(crawls: dict[str, Crawled], name: str) -> None:
    crawled = crawls[name]
    others = sorted(row["title"] for row in crawled.urls if row["outcome"] == "lookalike")
    assert others == sorted(row.title for row in crawled.portal.planted if not row.report)


@pytest.mark.parametrize("name", MODULES)
def test_every_list_says_what_it_is_and_why_it_ended(crawls: dict[str, Crawled], name: str) -> None:
    crawled = crawls[name]
    known = [row for row in crawled.lists if row["family"] == crawled.dialect.FAMILY]
    assert known
    assert {row["stop_reason"] for row in known} <= crawled.dialect.STOPS


@pytest.mark.parametrize("name", MODULES)
def test_few_pages_beside_the_reports(crawls: dict[str, Crawled], name: str) -> None:
    crawled = crawls[name]
    rows = len(crawled.portal.planted)
    assert len(crawled.asked) - rows <= max(rows, 16)
