"""M01, M02, M03, R01, N01, Q01–Q04, V08: whole crawls of a portal, killed at any moment, begun again, run twice.

The oracle is the store of an undisturbed run, row by row; the portal's own log tells what was asked twice.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from crawler.archive import find_files, iter_records, load_record
from crawler.failpoints import NAMES
from crawler.items import ArchivePlace
from crawler.storage import Store, open_store
from tests.faults.forks import Starter, run_starter
from tests.faults.portal import BigPortal

SMALL = 24
"""Reports of the portal that most tests crawl: a list of two pages."""
WINDOW = 2
"""Requests of one portal on the road: what a kill may make the crawl ask again."""
QUERIES = (
    "SELECT url, role, state, outcome, reason, title, found_on FROM urls ORDER BY url",
    "SELECT url, pages, entries, stop_reason, holes FROM lists ORDER BY url",
    "SELECT key, report_year, issuer_name FROM reports ORDER BY key",
    "SELECT source_url, number, is_current, cause, content_sha256, facts_sha256 FROM versions ORDER BY 1, 2",
    "SELECT source_url, code, raw, value FROM indicators JOIN versions ON id = version_id ORDER BY 1, position",
    "SELECT source_url, label, value FROM figures JOIN versions ON id = version_id ORDER BY 1, position",
    "SELECT url, is_current, content_sha256 FROM sources ORDER BY url",
    "SELECT url_id FROM held_pages",
)


@pytest.fixture(scope="module")
def starter() -> Iterator[Starter]:
    with run_starter() as started:
        yield started


class Crawler:
    """Crawls one portal into one folder."""

    def __init__(self, starter: Starter, portal: BigPortal, folder: Path) -> None:
        self.starter, self.portal, self.folder = starter, portal, folder
        folder.mkdir(exist_ok=True)
        self.address = f"sqlite:///{folder}/store.sqlite3"

    def begin(self, *, fail: str = "", twin: str = "", spider: str = "gov_reports", **settings: object) -> int:
        chosen = {
            "GOV_REPORTS_STORE": self.address,
            "GOV_REPORTS_ARCHIVE": f"{self.folder}/archive",
            "GOV_REPORTS_RUNS": f"{self.folder}/runs",
            "GOV_REPORTS_STOP_FILE": "",
            "GOV_REPORTS_ALLOW_LOOPBACK": 1,
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": 0,
            **settings,
        }
        options = [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
        what = f"start={self.portal.home}" if spider == "gov_reports" else f"archive={self.folder}/archive"
        return self.starter.start("crawl", spider, "-a", what, *options, log=self.folder / "log", fail=fail, twin=twin)

    def run(self, **options: object) -> int:
        self.begin(**options)
        return self.starter.wait()

    def kill_after(self, seconds: float, **options: object) -> bool:
        """Begin a crawl and kill it; return whether it had not ended before."""
        process = self.begin(**options)
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        return self.starter.wait() == -signal.SIGKILL

    def open(self) -> Store:
        return open_store(self.address)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")


def contents(store: Store) -> list[list[tuple]]:
    with store.snapshot() as connection:
        return [[tuple(row) for row in connection.exec_driver_sql(query)] for query in QUERIES]


def find_unarchived(crawler: Crawler) -> list[str]:
    """The versions whose answers the archive cannot give."""
    with crawler.open() as store, store.snapshot() as connection:
        rows = connection.exec_driver_sql(
            "SELECT source_url, file, offset, digest FROM versions LEFT JOIN archived_answers ON version_id = id"
        ).fetchall()
    lost = []
    for url, file, offset, digest in rows:
        if file is None:
            lost.append(f"{url}: no place")
        else:
            load_record(crawler.folder / "archive", ArchivePlace(file=file, offset=offset, digest=digest))
    return lost


def judge(crawler: Crawler, expected: list[list[tuple]], kills: int) -> list[str]:
    """What is wrong after kills: nothing lost, doubled, half, unarchived, or asked too often."""
    faults = []
    with crawler.open() as store:
        faults += store.find_breaches()
        found = contents(store)
    faults += [f"{query}: differs" for query, one, two in zip(QUERIES, found, expected, strict=True) if one != two]
    faults += find_unarchived(crawler)
    asked = crawler.portal.documents().total()
    if asked > crawler.portal.reports + kills * WINDOW:
        faults.append(f"{asked} documents were asked for {crawler.portal.reports}, after {kills} kills")
    return faults


def run_with_kills(crawler: Crawler, kills: int, seed: int, longest: float, **options: object) -> int:
    """Crawl, killed at random moments; return how many kills hit a living crawl."""
    chance = random.Random(seed)
    hits = sum(crawler.kill_after(chance.uniform(0.1, longest), **options) for _ in range(kills))
    assert crawler.run(**options) == 0, crawler.log[-3000:]
    return hits


@pytest.fixture(scope="module")
def small() -> Iterator[BigPortal]:
    with BigPortal(SMALL).run() as portal:
        yield portal


@pytest.fixture(scope="module")
def undisturbed(starter: Starter, small: BigPortal, tmp_path_factory) -> Crawler:
    crawler = Crawler(starter, small, tmp_path_factory.mktemp("undisturbed") / "it")
    assert crawler.run() == 0, crawler.log[-3000:]
    assert small.documents().total() == SMALL
    return crawler


@pytest.fixture
def expected(undisturbed: Crawler) -> list[list[tuple]]:
    with undisturbed.open() as store:
        assert len(contents(store)[2]) == SMALL
        return contents(store)


@pytest.fixture
def crawler(starter: Starter, undisturbed: Crawler, small: BigPortal, tmp_path: Path) -> Crawler:
    small.hits.clear()
    small.edits.clear()
    small.gone.clear()
    return Crawler(starter, small, tmp_path / "it")


def say_kills(record_property: Callable[[str, object], None], crawler: Crawler, kills: int) -> None:
    """Give the report of reliability its figure."""
    again = crawler.portal.documents().total() - crawler.portal.reports
    record_property(
        "figure",
        f"{kills} kills over {crawler.portal.reports} documents: 0 lost, 0 doubled, 0 half; {again} asked again",
    )


def test_m01_r01_killed_twenty_times_the_store_is_that_of_an_undisturbed_run(
    crawler: Crawler, expected: list, record_property: Callable[[str, object], None]
) -> None:
    kills = run_with_kills(crawler, 20, 1, 1.2)
    assert kills >= 5, "the kills come too late to say anything"
    assert judge(crawler, expected, kills) == []
    say_kills(record_property, crawler, kills)


@pytest.mark.parametrize("name", NAMES)
def test_m02_killed_at_every_named_write(crawler: Crawler, expected: list, name: str) -> None:
    options = {"GOV_REPORTS_ARCHIVE_FILE_MB": 0} if name.startswith("archive.") else {}
    kills = 0
    for count in (1, 8):
        kills += crawler.run(fail=f"{name}:{count}:kill", **options) == -signal.SIGKILL
    assert crawler.run(**options) in (0, 12), crawler.log[-3000:]
    assert kills >= 1
    assert judge(crawler, expected, kills) == []


def test_n01_q03_two_runs_over_an_unchanged_portal_make_no_version_and_read_no_body(
    crawler: Crawler, small: BigPortal, record_property: Callable[[str, object], None]
) -> None:
    always = {"GOV_REPORTS_REVISIT_DAYS": 0, "GOV_REPORTS_REVISIT_MOST_DAYS": 0}
    assert crawler.run(**always) == 0
    with crawler.open() as store:
        first = contents(store)
    small.hits.clear()
    assert crawler.run(**always) == 0
    assert (small.documents(200).total(), small.documents(304).total()) == (0, SMALL)
    with crawler.open() as store:
        second = contents(store)
        assert store.find_breaches() == []
    assert first[2:] == second[2:]
    assert {row[2] for row in second[0]} <= {"stored", "unchanged", "flagged"}
    record_property("figure", f"second run over {SMALL} documents: 0 new versions, 0 bodies read, {SMALL} × 304")


def test_known_documents_are_left_until_it_is_time(crawler: Crawler, small: BigPortal) -> None:
    assert crawler.run() == 0
    small.hits.clear()
    assert crawler.run() == 0, "reports that are known are reports"
    assert small.documents().total() == 0
    assert len(small.hits) > 2, "lists are always read"


def test_a04_a_host_that_asked_for_an_hour_is_not_asked_by_the_next_run(crawler: Crawler, small: BigPortal) -> None:
    small.retry_after = 3600
    assert crawler.run() == 18
    small.retry_after = 0
    assert len(small.hits) == 1
    assert crawler.run() == 18
    assert len(small.hits) == 1, "inside the Retry-After"
    with crawler.open() as store, store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE host_pauses SET until = '2020-01-01T00:00:00+00:00'")
    assert crawler.run() == 0
    assert small.documents().total() == SMALL


def test_a05_q02_q04_a_changed_figure_is_one_version_and_a_page_that_is_gone_is_withdrawn(
    crawler: Crawler, small: BigPortal
) -> None:
    always = {"GOV_REPORTS_REVISIT_DAYS": 0, "GOV_REPORTS_REVISIT_MOST_DAYS": 0}
    assert crawler.run(**always) == 0
    small.edits[7], small.gone = 4321, {9}
    assert crawler.run(**always) == 0
    small.gone = set()
    with crawler.open() as store, store.snapshot() as connection:
        changed = connection.exec_driver_sql(
            "SELECT old, new FROM changes WHERE what = 'paragraph' ORDER BY position"
        ).fetchall()
        causes = connection.exec_driver_sql("SELECT cause, count(*) FROM versions GROUP BY cause").fetchall()
        assert store.find_breaches() == []
    assert sorted(causes) == [("first", SMALL), ("site", 1)]
    assert changed == [("本年度主动公开政府信息107条。", "本年度主动公开政府信息4321条。")]
    assert crawler.run(**always) == 0
    with crawler.open() as store, store.snapshot() as connection:
        events = [row[0] for row in connection.exec_driver_sql("SELECT event FROM events ORDER BY id")]
        assert store.count_reports() == SMALL
    assert events == ["withdrawn", "restored"]


def test_a_replay_gives_the_same_store_and_the_same_export_byte_for_byte(
    starter: Starter, undisturbed: Crawler, small: BigPortal, tmp_path: Path
) -> None:
    small.hits.clear()
    again = Crawler(starter, small, tmp_path / "again")
    archive = undisturbed.folder / "archive"
    (again.folder / "archive").symlink_to(archive)
    before = {path.name: path.stat().st_size for path in archive.iterdir()}
    assert again.run(spider="replay") == 0, again.log[-3000:]
    assert small.hits == []
    assert {path.name: path.stat().st_size for path in archive.iterdir()} == before
    with undisturbed.open() as one, again.open() as two:
        assert contents(one) == contents(two)
        assert two.find_breaches() == []
    exports = []
    for crawler in (undisturbed, again):
        folder = tmp_path / f"out-{crawler.folder.name}"
        starter.start(
            "export", "--format", "jsonl", "--out", str(folder), "-s", f"GOV_REPORTS_STORE={crawler.address}",
            log=tmp_path / "export.log",
        )  # fmt: skip
        assert starter.wait() == 0
        exports.append((folder / "reports.jsonl").read_bytes())
    assert exports[0] == exports[1]
    assert exports[0].count(b"\n") == SMALL


def test_v08_a_damaged_archive_is_replayed_but_for_what_is_lost(
    starter: Starter, undisturbed: Crawler, small: BigPortal, tmp_path: Path
) -> None:
    again = Crawler(starter, small, tmp_path / "again")
    (again.folder / "archive").mkdir()
    for path in (undisturbed.folder / "archive").iterdir():
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = data[:-2000]
        (again.folder / "archive" / path.name).write_bytes(data)
    assert again.run(spider="replay") == 12
    assert "the archive is damaged in" in again.log
    with again.open() as store:
        assert SMALL - 12 <= store.count_reports() <= SMALL


TWINS = {
    "the ledger's row before the record": """
from crawler.storage import ledger
from crawler.storage.reports import save
from crawler.storage.store import Store
import time
def save_report(self, report, outcome, at, *, flagged=False):
    self._write(lambda connection: ledger.settle(connection, outcome, "stored", at, self._run))
    time.sleep(0.01)
    return self._write(lambda connection: save(connection, report, outcome.portal, at, self._run))
Store.save_report = save_report
""",
    "no key": """
import uuid
from crawler.storage import ledger
ledger.url_key = lambda url: url + str(uuid.uuid4())
""",
    "a resume that remembers nothing": """
from spiders.gov_reports import GovReportsSpider
GovReportsSpider.recall = lambda self, portals: {}
""",
}


@pytest.mark.nightly
@pytest.mark.parametrize("name", TWINS)
def test_m03_planted_faults_are_caught(crawler: Crawler, expected: list, name: str) -> None:
    for seed in range(4):
        crawler.portal.hits.clear()
        crawler = Crawler(crawler.starter, crawler.portal, crawler.folder.with_name(f"seed{seed}"))
        chance = random.Random(seed)
        kills = sum(crawler.kill_after(chance.uniform(0.4, 1.5), twin=TWINS[name]) for _ in range(8))
        crawler.run(twin=TWINS[name])
        if judge(crawler, expected, kills):
            return
    pytest.fail("nobody noticed")


@pytest.mark.nightly
@pytest.mark.timeout(3000)
def test_m01_two_hundred_kills_over_five_hundred_pages(
    starter: Starter, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with BigPortal(500, host="127.0.2.2").run() as portal:
        quiet = Crawler(starter, portal, tmp_path / "quiet")
        assert quiet.run() == 0
        with quiet.open() as store:
            expected = contents(store)
        portal.hits.clear()
        crawler = Crawler(starter, portal, tmp_path / "killed")
        chance, kills = random.Random(5), 0
        for _ in range(200):
            kills += crawler.kill_after(chance.uniform(0.3, 1.2))
        assert crawler.run() == 0
        assert judge(crawler, expected, kills) == []
        say_kills(record_property, crawler, kills)


def test_records_are_all_there(undisturbed: Crawler) -> None:
    (path,) = find_files(undisturbed.folder / "archive")
    kinds = [record.kind for record in iter_records(path)]
    assert kinds.count("response") == kinds.count("request") >= SMALL + 3
    assert find_unarchived(undisturbed) == []
