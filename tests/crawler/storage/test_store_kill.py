"""kill -9 at any moment: no page lost, none twice, none half. And a store with a planted fault to be caught."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from crawler.storage import Store, open_store
from tests.factories import NOON

ROOT = Path(__file__).resolve().parents[3]
PAGES = 120
WRITER = """
import sys
from crawler.outcomes import Sighting
from crawler.storage import open_store
from tests.factories import NOON, HOST, make_outcome, make_report

def pages():
    for number in range(int(sys.argv[2])):
        yield make_report(f"{HOST}/{number}.html", issuer=f"青禾市第{number}局", count=number + 100)

%s
with open_store(sys.argv[1], create=True) as store:
    store.begin_run(NOON)
    store.discover("qinghe", [Sighting(url=page.source.url, role="entry") for page in pages()], NOON)
    due = {waiting.url for waiting in store.frontier("qinghe", NOON)}
    print("begun", flush=True)
    for page in pages():
        if page.source.url in due:
            store.lease("qinghe", [page.source.url], NOON)
            store.save_report(page, make_outcome(page), NOON)
    store.finish_run(NOON, "finished")
"""
# What a store does that writes a page's ledger row before its record, each in a transaction of its own.
PLANTED = """
from crawler.storage import ledger
from crawler.storage.reports import save
from crawler.storage.store import Store

def save_report(self, report, outcome, at):
    self._write(lambda connection: ledger.settle(connection, outcome, "stored", at, self._run))
    self._write(lambda connection: save(connection, report, outcome.portal, at, self._run))

Store.save_report = save_report
"""


def begin(address: str, twin: str, pages: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER % twin, address, str(pages)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def run_with_kills(address: str, kills: int, seed: int, *, twin: str = "", pages: int = PAGES) -> None:
    """Run the writer again and again, killing it at random moments, then once to its end."""
    chance = random.Random(seed)
    for _ in range(kills):
        with begin(address, twin, pages) as process:
            assert process.stdout is not None
            process.stdout.readline()
            with suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.0, 0.25))
            process.send_signal(signal.SIGKILL)
    with begin(address, twin, pages) as process:
        assert process.wait(100) == 0


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


@pytest.mark.parametrize("seed", range(2))
def test_m01_killed_ten_times_the_store_is_that_of_an_undisturbed_run(tmp_path: Path, undisturbed, seed: int) -> None:
    address = f"sqlite:///{tmp_path}/store.sqlite3"
    run_with_kills(address, 10, seed)
    with open_store(address) as store:
        assert store.find_breaches() == []
        assert contents(store) == undisturbed
        assert store.frontier("qinghe", NOON) == []


def test_m03_the_wrong_order_is_caught(tmp_path: Path) -> None:
    """The oracle can fail: a ledger row before its record leaves addresses that are stored and have none."""
    address = f"sqlite:///{tmp_path}/store.sqlite3"
    for seed in range(40):
        run_with_kills(address.replace("store", f"s{seed}"), 6, seed, twin=PLANTED, pages=40)
        with open_store(address.replace("store", f"s{seed}")) as store:
            if any("has no record" in breach for breach in store.find_breaches()):
                return
    pytest.fail("240 kills and no half page: the kills come at the wrong moments")


def test_a_killed_creation_leaves_no_half_store(tmp_path: Path) -> None:
    """A store that is killed while it is being made is not there; the next run makes it."""
    address = f"sqlite:///{tmp_path}/store.sqlite3"
    chance = random.Random(7)
    for _ in range(6):
        command = [sys.executable, "-c", "import sys; from crawler.storage import open_store; print(); "
                   "open_store(sys.argv[1], create=True)", address]  # fmt: skip
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            with suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.2, 0.7))
            process.kill()
        if (tmp_path / "store.sqlite3").exists():
            open_store(address).close()
    for draft in tmp_path.glob(".*.new*"):
        os.utime(draft, (0, 0))
    (tmp_path / "store.sqlite3").unlink(missing_ok=True)
    open_store(address, create=True).close()
    assert [path.name for path in tmp_path.iterdir()] == ["store.sqlite3"], "what killed runs left is cleared away"
