"""Archives read again: the same bytes whoever works, also when workers are killed; damage is named, memory bounded."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from benchmarks.reextract import STAGES, make_archive
from crawler.archive import Record, find_files, iter_records
from crawler.commands.reextract import check_options, open_keeper
from crawler.datasets.export import export
from crawler.errors import UsageError
from crawler.isolation import MANY_TAGS, close_workers
from crawler.rereading.engines import AHEAD, open_cluster, open_pool
from crawler.rereading.reextraction import NOTES, Batch, Read, Recipe, iter_reads, read_batch
from crawler.storage import open_store
from tests.faults.portal import BigPortal

ROOT = Path(__file__).resolve().parents[3]
PORTAL = BigPortal(100_000)
DOCUMENTS = 60
SLOW = 7
"""The document that is read apart, because of its many tags."""


def page_body(number: int) -> bytes:
    title, body = PORTAL.title(number), PORTAL.report(number)
    tags = "<i></i>" * MANY_TAGS if number == SLOW else ""
    return f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}{tags}</body></html>".encode()


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    return make_archive(tmp_path_factory.mktemp("archive"), map(page_body, range(DOCUMENTS)), limit=40_000)


class Here:
    """Works on batches in this process, and remembers how many were on their way."""

    def __init__(self, in_flight: int = 1) -> None:
        self.in_flight = in_flight
        self.waiting = self.most = 0

    def submit(self, batch: Batch) -> Batch:
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        return batch

    def result(self, ticket: Batch) -> list[Read]:
        self.waiting -= 1
        return read_batch(ticket)


def recipe(folder: Path, **options: bool) -> Recipe:
    return Recipe(folder=str(folder), stages=STAGES, largest=32 << 20, **options)


def lines(folder: Path, engine) -> list[str]:
    return [read.line for read in iter_reads(recipe(folder), engine)]


@pytest.fixture(scope="module")
def expected(archive: Path) -> Iterator[list[str]]:
    yield lines(archive, Here())
    close_workers()


def test_every_document_comes_out_in_order(expected: list[str]) -> None:
    records = [json.loads(line) for line in expected]
    assert [record["title"] for record in records] == [PORTAL.title(number) for number in range(DOCUMENTS)]
    assert {record["report_kind"] for record in records} == {"disclosure"}
    assert {record["source"]["url"] for record in records} == {
        f"http://www.qinghe.gov.cn/zwgk/nb/c_{number}.html" for number in range(DOCUMENTS)
    }


def test_no_more_is_on_its_way_than_was_said(archive: Path) -> None:
    engine = Here(in_flight=2)
    assert sum(1 for _ in iter_reads(recipe(archive), engine)) == DOCUMENTS
    assert engine.most == 2
    assert DOCUMENTS > 2 * NOTES


@contextmanager
def killing(find, count: int = 1) -> Iterator[list[int]]:
    """Kill processes that `find` gives, one after another, until the block ends."""
    killed: list[int] = []
    over = threading.Event()

    def work() -> None:
        while not over.wait(0.05) and len(killed) < count:
            with suppress(psutil.NoSuchProcess):
                for process in find():
                    if process.pid not in killed and process.cpu_times().user > 0.02:
                        process.kill()
                        killed.append(process.pid)
                        break

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def forked() -> list[psutil.Process]:
    """The workers of pools: children of the process that they are forked from."""
    return [worker for child in psutil.Process().children() for worker in child.children()]


def test_a_pool_gives_the_same_though_its_workers_are_killed(archive: Path, expected: list[str]) -> None:
    close_workers()
    with open_pool(2, STAGES) as pool, killing(forked, count=2) as killed:
        assert lines(archive, pool) == expected
    assert killed


def test_a_batch_that_kills_whoever_takes_it_is_read_apart(tmp_path: Path) -> None:
    make_archive(tmp_path, map(page_body, range(2)))
    with open_pool(1, STAGES) as pool:
        pool._schedule = lambda batch: pool._pool.schedule(die)  # type: ignore[method-assign]
        assert lines(tmp_path, pool) == lines(tmp_path, Here())


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_cluster_gives_the_same_though_a_worker_is_killed(archive: Path, expected: list[str]) -> None:
    with local_cluster(2) as (scheduler, workers), open_cluster(scheduler) as cluster:
        assert cluster.in_flight == 2 * AHEAD
        reads = iter_reads(recipe(archive), cluster)
        found = [next(reads).line]
        workers[0].kill()
        found += [read.line for read in reads]
    assert found == expected


@contextmanager
def local_cluster(count: int, path: str = str(ROOT)) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers as the documentation starts them."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    environment = os.environ | {"PYTHONPATH": path}
    options = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, str(Path(sys.executable).with_name("dask"))]
    started = [
        subprocess.Popen([*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"], **options),
        *(
            subprocess.Popen([*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"], **options)
            for _ in range(count)
        ),
    ]
    try:
        wait_for_workers(address, count)
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    end = time.monotonic() + 60
    while True:
        with suppress(OSError, TimeoutError), Client(address, timeout=5, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=30)
            return
        assert time.monotonic() < end


def free_port() -> int:
    import socket

    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def test_a_scheduler_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.rereading.engines.PATIENCE", 0.3)
    with pytest.raises(UsageError, match="cannot be reached"), open_cluster(f"tcp://127.0.0.1:{free_port()}"):
        pass


@pytest.mark.nightly
def test_a_cluster_without_the_project_is_refused() -> None:
    with (
        local_cluster(1, path="/nowhere") as (scheduler, _),
        pytest.raises(UsageError, match="has not this project"),
        open_cluster(scheduler),
    ):
        pass


def reextract(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "reextract", *words],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("GOV_REPORTS_")},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def test_the_command_writes_a_file_whole(archive: Path, expected: list[str], tmp_path: Path) -> None:
    done = reextract(str(archive), "--workers", "1", "--out", str(tmp_path / "out.jsonl"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"{DOCUMENTS} documents\n")
    assert (tmp_path / "out.jsonl").read_text("utf-8").splitlines() == expected
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_damage_is_named_and_all_else_read(tmp_path: Path) -> None:
    make_archive(tmp_path / "archive", map(page_body, range(20)))
    [file] = find_files(tmp_path / "archive")
    answers = [each for each in iter_records(file) if isinstance(each, Record) and each.kind == "response"]
    content = bytearray(file.read_bytes())
    content[answers[10].offset + 200] ^= 0xFF
    file.write_bytes(content)
    reads = list(iter_reads(recipe(tmp_path / "archive"), Here()))
    assert any("its SHA-256 differs" in read.damage for read in reads)
    errors = [
        record.get("error", {}).get("reason") for read in reads if read.line for record in [json.loads(read.line)]
    ]
    assert errors == [*[None] * 10, "archive_damaged", *[None] * 9]


def fill_store(archive: Path, address: str) -> None:
    with open_keeper(address, "gov_reports/0.1") as take:
        for read in iter_reads(recipe(archive, items=True), Here()):
            take(read)


def test_a_store_holds_every_report_once(archive: Path, tmp_path: Path) -> None:
    for _ in range(2):
        fill_store(archive, f"sqlite:///{tmp_path}/store.sqlite3")
    with open_store(f"sqlite:///{tmp_path}/store.sqlite3") as store:
        assert store.count_reports() == DOCUMENTS
        assert store.find_breaches() == []
        assert {run.finish_reason for run in store.latest_runs(2)} == {"finished"}
        assert {count.state for count in store.count_states()} <= {"stored", "flagged", "unchanged"}


@pytest.mark.nightly
def test_a_store_holds_what_a_replay_makes(archive: Path, tmp_path: Path) -> None:
    addresses = {name: f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("reextract", "replay")}
    fill_store(archive, addresses["reextract"])
    settings = ("-s", f"GOV_REPORTS_STORE={addresses['replay']}", "-s", "GOV_REPORTS_RUNS=")
    subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "replay", "-a", f"archive={archive}", *settings],
        cwd=ROOT,
        check=False,
        capture_output=True,
        timeout=100,
    )
    found = {}
    for name, address in addresses.items():
        with open_store(address) as store:
            export(store, tmp_path / name, "jsonl")
        found[name] = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
    assert found["reextract"] == found["replay"]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"workers": 0}, "--workers is a number above 0"),
        ({"workers": 2, "scheduler": "tcp://x:1"}, "none goes with --scheduler"),
        ({"out": "x", "store": "sqlite:///x"}, "choose --out or --store"),
    ],
    ids=["no workers", "two engines", "two places"],
)
def test_wrong_usage(chosen: dict[str, object], said: str) -> None:
    nothing = {"workers": None, "scheduler": None, "out": None, "store": None}
    with pytest.raises(UsageError, match=said):
        check_options(argparse.Namespace(**nothing | chosen))
