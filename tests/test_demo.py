"""The whole job on the demo portals, by the command users run: every planted report, every trap by name, nothing else.

The oracle is crawler/demo/expected.tsv, written by hand.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.demo.expected import Expected, load_expected
from crawler.demo.server import FOLDERS, run_demo
from crawler.demo.sites import load_site

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = load_expected()
REPORTS = [row for row in EXPECTED if row.outcome == "report"]
OTHERS = [row for row in EXPECTED if row.outcome != "report"]
CURRENT = """
SELECT sources.portal, sources.url, reports.report_kind, reports.report_year, versions.*
FROM sources
JOIN renditions ON renditions.id = sources.rendition_id
JOIN reports ON reports.id = renditions.report_id
JOIN versions ON versions.rendition_id = renditions.id AND versions.is_current
WHERE sources.is_current
"""


def crawl(store: Path, *arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run the crawl as a user does."""
    chosen = {"GOV_REPORTS_STORE": f"sqlite:///{store}"} | settings
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


class Store:
    """What a crawl left."""

    def __init__(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            self.reports = [dict(row) for row in connection.execute(CURRENT)]
            self.urls = [dict(row) for row in connection.execute("SELECT * FROM urls")]
            self.lists = [dict(row) for row in connection.execute("SELECT * FROM lists")]
            self.versions = connection.execute("SELECT count(*) FROM versions").fetchone()[0]
            for report in self.reports:
                chosen = (report["id"],)
                report["indicators"] = {
                    row["code"]: None if row["value"] is None else Decimal(str(row["value"]))
                    for row in connection.execute("SELECT * FROM indicators WHERE version_id = ?", chosen)
                    if row["place"] == "table"
                }
                findings = connection.execute("SELECT code FROM findings WHERE version_id = ?", chosen)
                report["findings"] = {row["code"] for row in findings}

    def report(self, expected: Expected) -> dict:
        found = [row for row in self.reports if (row["portal"], urlsplit(row["url"]).path) == place(expected)]
        assert len(found) == 1, f"{expected.path} is stored {len(found)} times"
        return found[0]

    def url(self, expected: Expected) -> dict:
        found = [row for row in self.urls if (row["portal"], urlsplit(row["url"]).path) == place(expected)]
        assert len(found) == 1, f"{expected.path} has {len(found)} rows in the ledger"
        return found[0]


def place(expected: Expected) -> tuple[str, str]:
    return expected.portal, expected.path


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("store") / "demo.sqlite3"


@pytest.fixture(scope="module")
def run(path: Path) -> subprocess.CompletedProcess[str]:
    return crawl(path, "-a", "portals=demo")


@pytest.fixture(scope="module")
def store(run: subprocess.CompletedProcess[str], path: Path) -> Store:
    assert run.returncode == 0, run.stderr[-3000:]
    return Store(path)


@pytest.mark.parametrize("expected", REPORTS, ids=lambda row: row.path)
def test_every_planted_report_is_stored_with_its_facts(store: Store, expected: Expected) -> None:
    report = store.report(expected)
    assert report["report_kind"] == expected.what
    assert report["issuer_name"] == expected.issuer
    assert report["issuer_kind"] == expected.issuer_kind
    assert report["report_year"] == expected.report_year
    assert report["form"] == expected.form
    assert report["published_on"] == (expected.published_on and expected.published_on.isoformat())
    assert {code: report["indicators"].get(code, "missing") for code in expected.indicators} == expected.indicators


@pytest.mark.parametrize("expected", REPORTS, ids=lambda row: row.path)
def test_every_trap_inside_a_report_is_named_and_no_other(store: Store, expected: Expected) -> None:
    groups = {
        group
        for group in ("sums", "tables", "hidden", "tamper")
        for code in store.report(expected)["findings"]
        if group in code
    }
    assert groups == set(expected.findings)


@pytest.mark.parametrize("expected", OTHERS, ids=lambda row: row.path)
def test_every_other_address_ends_with_its_reason(store: Store, expected: Expected) -> None:
    row = store.url(expected)
    assert row["outcome"] == expected.outcome
    assert row["reason"].partition(".")[0] == expected.what


def test_nothing_else_is_stored(store: Store) -> None:
    stored = {(row["portal"], urlsplit(row["url"]).path) for row in store.reports}
    assert stored == {place(expected) for expected in REPORTS}
    assert {row["state"] for row in store.urls}.isdisjoint({"pending", "fetching"})


def test_every_list_was_read_to_its_end(store: Store) -> None:
    read = {row["portal"]: row for row in store.lists if row["entries"] > 3}
    for site in map(load_site, FOLDERS):
        listed = sum(document.column == "reports" for document in site.documents)
        assert read[site.id]["entries"] == listed
        assert read[site.id]["stop_reason"] in ("last_page", "total_reached")


def test_texts_hold_no_person_and_nothing_that_was_hidden(store: Store) -> None:
    texts = "\n".join(report["text"] for report in store.reports)
    people = {
        getattr(document, name)
        for site in map(load_site, FOLDERS)
        for document in site.documents
        for name in ("head", "checker", "clerk", "mobile")
    } - {""}
    assert not {name for name in people if name in texts}
    assert "满堂彩" not in texts
    assert "责任编辑" not in texts
    assert "ICP备" not in texts


def test_summary_names_every_portal_and_every_refusal(run: subprocess.CompletedProcess[str], store: Store) -> None:
    for site in map(load_site, FOLDERS):
        reports = sum(expected.portal == site.id for expected in REPORTS)
        line = next(line for line in run.stdout.splitlines() if line.startswith(f"{site.id} "))
        assert f"{site.name}:" in line
        assert f"reports {reports}, new {reports}," in line
    for reason in ("robots 1", "offsite 1", "http_404 1", "http_500 1", "soft_404 1"):
        assert reason in run.stdout
    assert "Traceback" not in run.stderr


def test_a_second_run_adds_nothing(store: Store, path: Path) -> None:
    again = crawl(path, "-a", "portals=demo")
    assert again.returncode == 0, again.stderr[-3000:]
    after = Store(path)
    assert after.versions == store.versions
    assert len(after.reports) == len(store.reports)
    assert len(after.urls) == len(store.urls)
    assert f"new 0, changed 0, unchanged {len(REPORTS)}" in again.stdout


def test_r06_a_run_with_other_arguments_goes_on_where_the_last_ended(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    first = crawl(path, "-a", "portals=demo", "-a", "limit=2")
    assert 0 < len(Store(path).reports) < len(store.reports), first.stderr[-3000:]
    second = crawl(path, "-a", "portals=demo", CONCURRENT_REQUESTS=2)
    assert second.returncode == 0, second.stderr[-3000:]
    kept = {(report["portal"], urlsplit(report["url"]).path) for report in Store(path).reports}
    assert kept == {place(expected) for expected in REPORTS}


def test_c18_servers_are_asked_only_what_they_allow_and_open_loopback_is_said(tmp_path: Path) -> None:
    """The same portals by their addresses, served here: their own log says what was asked."""
    with run_demo() as demo:
        homes = " ".join(portal.home_url for portal in demo.portals)
        done = crawl(
            tmp_path / "s.sqlite3",
            *("-a", f"start={homes}"),
            GOV_REPORTS_ALLOW_LOOPBACK=1,
            DOWNLOAD_DELAY=0,
            AUTOTHROTTLE_ENABLED=0,
        )
        asked = {(hit.host, urlsplit(hit.target).path) for hit in demo.hits}
    assert done.returncode == 0, done.stderr[-3000:]
    assert "loopback addresses were open" in done.stdout
    assert demo.outside not in {host for host, _ in asked}
    assert not {target for _, target in asked if target.startswith("/zwgk/nbcg/")}
    minimum = len(EXPECTED) + 4 * 4
    assert len(demo.hits) <= 3 * minimum
