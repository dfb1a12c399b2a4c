"""kill -9 at any moment: no page lost, none twice, none half. And a store with a planted fault to be caught."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.items import Report
from crawler.outcomes import Sighting
from crawler.storage import Store, ledger, open_store
from crawler.storage.reports import save
from tests.factories import HOST, NOON, make_outcome, make_report
from tests.forked import run, run_and_kill

PAGES = 120


def iter_pages(count: int) -> Iterator[Report]:
    for number in range(count):
        yield make_report(f"{HOST}/{number}.html", issuer=f"青禾市第{number}局", count=number + 100)


def write(address: str, pages: int, begun: Callable[[], None]) -> None:
    """Keep some pages as a run does: those that are due, each leased and then saved."""
    with open_store(address, create=True) as store:
        store.begin_run(NOON)
        store.discover(
            "qinghe", [Sighting(url=page.source.url or "", role="entry") for page in iter_pages(pages)], NOON
        )
        due = {waiting.url for waiting in store.frontier("qinghe", NOON)}
        begun()
        for page in iter_pages(pages):
            if page.source.url in due:
                store.lease("qinghe", [page.source.url], NOON)
                store.save_report(page, make_outcome(page), NOON)
        store.finish_run(NOON, "finished")


def save_in_the_wrong_order(self, report, outcome, at) -> None:
    """What a store does that writes a page's ledger row before its record, each in a transaction of its own."""
    self._write(lambda connection: ledger.settle(connection, outcome, "stored", at, self._run))
    self._write(lambda connection: save(connection, report, outcome.portal, at, self._run))


def run_with_kills(address: str, kills: int, seed: int, *, pages: int = PAGES) -> None:
    """Run the writer again and again, killing it at random moments, then once to its end."""
    chance = random.Random(seed)
    for _ in range(kills):
        run_and_kill(lambda begun: write(address, pages, begun), chance.uniform(0.0, 0.25))
    assert run(lambda begun: write(address, pages, begun)) == 0


def contents(store: Store) -> list[tuple]:
    """Everything that does not depend on how often the run was begun."""
    with store.snapshot() as connection:
        queries = (
            "SELECT url, state, outcome, reason FROM urls ORDER BY url",
            "SELECT key, issuer_name FROM reports ORDER BY key",
            "SELECT source_url, number, cause, content_sha256, facts_sha256, text FROM versions ORDER BY source_url",
            "SELECT code, raw, value, source_url FROM indicators JOIN versions ON id = version_id "
            "ORDER BY source_url, position",
            "SELECT url, content_sha256 FROM sources ORDER BY url",
        )
        return [tuple(row) for query in queries for row in connection.exec_driver_sql(query)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> list[tuple]:
    address = f"sqlite:///{tmp_path_factory.mktemp('quiet')}/store.sqlite3"
    run_with_kills(address, 0, 0)
    with open_store(address) as store:
        return contents(store)


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in range(2, 6))])
def test_m01_killed_ten_times_the_store_is_that_of_an_undisturbed_run(tmp_path: Path, undisturbed, seed: int) -> None:
    address = f"sqlite:///{tmp_path}/store.sqlite3"
    run_with_kills(address, 10, seed)
    with open_store(address) as store:
        assert store.find_breaches() == []
        assert contents(store) == undisturbed
        assert store.frontier("qinghe", NOON) == []


def test_m03_the_wrong_order_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oracle can fail: a ledger row before its record leaves addresses that are stored and have none."""
    monkeypatch.setattr(Store, "save_report", save_in_the_wrong_order)
    for seed in range(40):
        address = f"sqlite:///{tmp_path}/s{seed}.sqlite3"
        run_with_kills(address, 6, seed, pages=40)
        with open_store(address) as store:
            if any("has no record" in breach for breach in store.find_breaches()):
                return
    pytest.fail("240 kills and no half page: the kills come at the wrong moments")


def test_a_killed_creation_leaves_no_half_store(tmp_path: Path) -> None:
    """A store that is killed while it is being made is not there; the next run makes it."""
    address = f"sqlite:///{tmp_path}/store.sqlite3"
    chance = random.Random(7)

    def create(begun: Callable[[], None]) -> None:
        begun()
        open_store(address, create=True)

    for _ in range(8):
        run_and_kill(create, chance.uniform(0.0, 0.1))
        if (tmp_path / "store.sqlite3").exists():
            open_store(address).close()
            (tmp_path / "store.sqlite3").unlink()
    for draft in tmp_path.glob(".*.new*"):
        os.utime(draft, (0, 0))
    open_store(address, create=True).close()
    assert [path.name for path in tmp_path.iterdir()] == ["store.sqlite3"], "what killed runs left is cleared away"
