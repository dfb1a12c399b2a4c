"""Real workers over loopback portals, killed at random: nothing lost, nothing twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from crawler.jobs.queue import make_app, read_states
from crawler.storage import open_store
from tests.faults.portal import BigPortal
from tests.faults.test_kills import QUERIES
from tests.postgres import server  # noqa: F401  # a fixture

ROOT = Path(__file__).resolve().parents[3]
WINDOW = 2


@dataclass
class OwnPortal(BigPortal):
    """One whose offices no other portal has."""

    first: int = 0

    def title(self, number: int) -> str:
        return super().title(number + 9 * self.first)


@pytest.fixture
def portals(request: pytest.FixtureRequest) -> Iterator[list[OwnPortal]]:
    """Two portals, or three on two hosts."""
    with ExitStack() as stack:
        hosts = ("127.0.2.11", "127.0.2.12", "127.0.2.11")[: request.param]
        made = [OwnPortal(9, host=host, first=10 * number, pause=0.03) for number, host in enumerate(hosts)]
        yield [stack.enter_context(portal.run()) for portal in made]


class Cluster:
    """A store with its queue, and the commands on them."""

    def __init__(self, address: str, folder: Path, portals: list[OwnPortal]) -> None:
        self.address, self.folder = address, folder
        folder.mkdir()
        self.catalogue = folder / "portals.tsv"
        rows = [f"p{number}\t门户\t{portal.home}\n" for number, portal in enumerate(portals)]
        self.catalogue.write_text("id\tname\thome\n" + "".join(rows), "utf-8")
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("GOV_REPORTS_")}
        self.environment["GOV_REPORTS_STORE"] = address

    def command(self, *words: str) -> list[str]:
        settings = {
            "GOV_REPORTS_ARCHIVE": self.folder / "archive",
            "GOV_REPORTS_RUNS": "",
            "GOV_REPORTS_JOBS": self.folder / "jobs",
            "GOV_REPORTS_STOP_FILE": "",
            "GOV_REPORTS_ALLOW_LOOPBACK": 1,
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": 0,
        }
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        return [sys.executable, "-m", "scrapy", *words, *options]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=110,
        )

    def begin_worker(self) -> subprocess.Popen[bytes]:
        with (self.folder / "workers.log").open("ab") as log:
            words = ("jobs", "work", "--silence", "1.5", "--pause", "0.2")
            return subprocess.Popen(self.command(*words), cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def states(self) -> dict[str, str]:
        with make_app(self.address).open() as app:
            return {state.portal: state.status for state in read_states(app)}

    def contents(self) -> list[list[tuple]]:
        with open_store(self.address) as store, store.snapshot() as connection:
            assert store.find_breaches() == []
            found = [[tuple(row) for row in connection.exec_driver_sql(query)] for query in QUERIES]
        return [sorted(rows, key=repr) for rows in found]

    @property
    def log(self) -> str:
        return (self.folder / "workers.log").read_text("utf-8", "replace")


def kill(worker: subprocess.Popen[bytes], chance: random.Random) -> int:
    """Kill a worker, its crawl, or both; return how many crawls died or were left without a worker."""
    process = psutil.Process(worker.pid)
    crawls = process.children()
    whom = chance.choice(("worker", "crawl", "both"))
    if whom != "crawl" or not crawls:
        worker.kill()
        worker.wait()
    for crawl in crawls if whom != "worker" else ():
        with suppress(psutil.NoSuchProcess):
            crawl.kill()
    return len(crawls)


def work_through(cluster: Cluster, kills: int, seed: int, seconds: float) -> int:
    """Work with two workers until every job is done, killing every few seconds; return the crawls that were hit."""
    chance = random.Random(seed)
    workers = [cluster.begin_worker() for _ in range(2)]
    hit, end = 0, time.monotonic() + 100
    following = time.monotonic() + chance.uniform(1.5, seconds)
    try:
        while set(cluster.states().values()) != {"succeeded"}:
            assert time.monotonic() < end, cluster.log[-3000:]
            if kills and time.monotonic() > following:
                victim = chance.randrange(2)
                hit += kill(workers[victim], chance)
                kills -= 1
                following = time.monotonic() + chance.uniform(1.5, seconds)
            workers = [each if each.poll() is None else cluster.begin_worker() for each in workers]
            time.sleep(0.5)
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        codes = [worker.wait(timeout=30) for worker in workers]
    assert set(codes) <= {0, -signal.SIGTERM}, cluster.log[-3000:]  # the second: it had hardly begun
    return hit


def judge(cluster: Cluster, portals: list[OwnPortal], expected: list[list[tuple]], hit: int) -> None:
    for query, found, wanted in zip(QUERIES, cluster.contents(), expected, strict=True):
        assert found == wanted, query
    asked = sum(portal.documents().total() for portal in portals)
    assert asked <= sum(portal.reports for portal in portals) + WINDOW * hit


@pytest.fixture
def expected(server: Callable[[], str], tmp_path: Path, portals: list[OwnPortal]) -> list[list[tuple]]:  # noqa: F811
    """What an undisturbed run stores."""
    alone = Cluster(server(), tmp_path / "alone", portals)
    done = alone.run("crawl", "gov_reports", "-a", f"portals={alone.catalogue}")
    assert done.returncode == 0, done.stderr[-3000:]
    for portal in portals:
        portal.hits.clear()
    return alone.contents()


@pytest.mark.parametrize(
    ("portals", "kills", "seed"),
    [(2, 2, 1), *(pytest.param(3, 12, seed, marks=pytest.mark.nightly) for seed in range(2, 8))],
    indirect=["portals"],
)
def test_workers_killed_at_random_lose_nothing(
    server: Callable[[], str],  # noqa: F811
    tmp_path: Path,
    portals: list[OwnPortal],
    expected: list[list[tuple]],
    kills: int,
    seed: int,
) -> None:
    cluster = Cluster(server(), tmp_path / "cluster", portals)
    planned = cluster.run("jobs", "plan", "-a", f"portals={cluster.catalogue}")
    assert planned.stdout == f"{len(portals)} jobs planned\n", planned.stderr
    hit = work_through(cluster, kills, seed, seconds=4.0)
    judge(cluster, portals, expected, hit)
    status = cluster.run("jobs", "status")
    assert status.stdout.startswith(f"jobs: waiting 0, at work 0, done {len(portals)}, failed 0\n"), status.stdout
    assert status.returncode == 0
    if kills > 2:
        assert cluster.run("verify").returncode == 0  # every version's bytes are in the archive
