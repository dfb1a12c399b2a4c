"""`python -m benchmarks.datasets`: how ingest, search, coverage and export grow with the store.

Stores are synthetic (`benchmarks.synthetic`), made large by `benchmarks.multiplied`: 20 indicators a report. Every
measure runs in a process of its own, which tells its processor time and the most memory it ever held.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.multiplied import multiply
from benchmarks.synthetic import LAST_YEAR, iter_reports, keep_all, seen_at
from crawler.datasets.coverage import iter_coverage
from crawler.datasets.export import export
from crawler.storage import Filters, Store, open_store
from crawler.storage.search import search

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT: Final = Path(__file__).resolve().parents[1]
SIZES: Final = (1_000, 10_000)
LARGER: Final = (10_000, 100_000)
FULL: Final = (10_000, 100_000, 1_000_000)
BASE: Final = 1_000
"""Reports that the program itself keeps; larger stores are multiples of them."""
CELLS: Final = 30
"""Most indicators of a report: with the years that have none, 20 a report."""
EXTRA: Final = 200
"""Reports that are kept in the large store, to see what one costs there."""
MOST_MEMORY: Final = 512 << 20
MOST_GROWTH: Final = 1.5
"""How much more a report may cost in a store ten times as large: twice would be on the way to quadratic."""


@dataclass(slots=True, frozen=True)
class Measure:
    """What one job took on one store."""

    job: str
    seconds: float
    memory: int
    """Bytes, at most."""
    items: int
    """What came out: reports, hits, expected reports, files."""


def ingest(store: Store, _folder: Path) -> int:
    """Keep some reports more, each in its own transaction, as a crawl does."""
    keep_all(store, islice(iter_reports(EXTRA, most_cells=CELLS, seed=1), EXTRA))
    return EXTRA


def search_rare(store: Store, _folder: Path) -> int:
    """Find the reports of one year and one county that hold a word of two characters."""
    with store.snapshot() as connection:
        return sum(1 for _ in search(connection, ("培训",), Filters(years=frozenset({2020}), region="910121")))


def search_first(store: Store, _folder: Path) -> int:
    """Find the first twenty reports that hold a word which nearly all hold."""
    with store.snapshot() as connection:
        return sum(1 for _ in search(connection, ("依申请公开",), Filters(), 20))


def search_nothing(store: Store, _folder: Path) -> int:
    """Look for a word that no report holds."""
    with store.snapshot() as connection:
        return sum(1 for _ in search(connection, ("鲸鱼座流星",), Filters()))


def cover(store: Store, _folder: Path) -> int:
    """List every report that is owed."""
    with store.snapshot() as connection:
        return sum(1 for _ in iter_coverage(connection, Filters(), ()))


def write_csv(store: Store, folder: Path) -> int:
    """Export everything as CSV."""
    return len(export(store, folder / "csv", "csv"))


def write_parquet(store: Store, folder: Path) -> int:
    """Export everything as Parquet."""
    return len(export(store, folder / "parquet", "parquet"))


def write_jsonl(store: Store, folder: Path) -> int:
    """Export everything as records."""
    return len(export(store, folder / "jsonl", "jsonl"))


JOBS: Final[dict[str, Callable[[Store, Path], int]]] = {
    "ingest": ingest,
    "search, rare": search_rare,
    "search, first 20": search_first,
    "search, nothing": search_nothing,
    "coverage": cover,
    "export csv": write_csv,
    "export parquet": write_parquet,
    "export jsonl": write_jsonl,
}
ONCE: Final = frozenset({"ingest", "search, first 20", "search, nothing"})
"""Jobs whose work does not depend on how much is stored: they cost the same on any store."""


def make_store(file: Path, size: int) -> float:
    """Make a store of a size, a multiple of BASE if it is larger; return the seconds that keeping a report took."""
    base = min(size, BASE)
    with open_store(f"sqlite:///{file}", create=True) as store:
        store.begin_run(seen_at(LAST_YEAR), owner="bench:1", program="gov_reports/bench")
        begun = time.process_time()
        keep_all(store, iter_reports(base, most_cells=CELLS))
        spent = time.process_time() - begun
        store.finish_run(seen_at(LAST_YEAR), "finished")
    if size > base:
        multiply(file, size // base)
    return spent / base


def run_job(job: str, file: Path, folder: Path) -> Measure:
    """Do a job in this process and return what it took."""
    with open_store(f"sqlite:///{file}") as store:
        if job == "ingest":
            store.begin_run(seen_at(LAST_YEAR), owner="bench:2", program="gov_reports/bench")
        begun = time.process_time()
        items = JOBS[job](store, folder)
        spent = time.process_time() - begun
    return Measure(job, spent, peak_memory(), items)


def peak_memory() -> int:
    """Return the most memory that this process ever held, in bytes; what its parent held is not counted."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def measure(job: str, file: Path, folder: Path) -> Measure:
    """Do a job in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.datasets", "--job", job, "--store", str(file), "--folder", str(folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return Measure(**json.loads(ended.stdout))


def measure_size(size: int, folder: Path, jobs: Sequence[str]) -> dict[str, Measure]:
    """Make a store and do every job on it."""
    file = folder / f"{size}.sqlite3"
    begun = time.monotonic()
    make_store(file, size)
    print(f"{size:,} reports: store of {file.stat().st_size / 1e6:,.0f} MB made in {time.monotonic() - begun:.0f} s")
    found = {}
    for job in jobs:
        with tempfile.TemporaryDirectory(dir=folder) as out:
            found[job] = measure(job, file, Path(out))
        each = found[job]
        print(f"  {job:<17}{each.seconds:>9.2f} s {each.memory >> 20:>5} MB {each.items:>10,}", flush=True)
    file.unlink()
    return found


def compare(found: dict[int, dict[str, Measure]]) -> list[str]:
    """Print how each job grew from size to size, and return what missed its target."""
    missed = [
        f"{job} of {size:,} reports held {each.memory >> 20} MB"
        for size, measures in found.items()
        for job, each in measures.items()
        if each.memory > MOST_MEMORY
    ]
    sizes = sorted(found)
    for small, large in pairwise(sizes):
        print(f"from {small:,} to {large:,} reports, the cost of one (of the whole, for what does not grow):")
        for job, before in found[small].items():
            growth = found[large][job].seconds / max(before.seconds, 1e-3)
            growth /= 1 if job in ONCE else large / small
            print(f"  {job:<17}{growth:>6.2f} ×")
            if job not in ONCE and growth > MOST_GROWTH:
                missed.append(f"{job} grew {growth:.2f} × from {small:,} to {large:,} reports")
    return missed


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 when a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", help="reports, by comma (default 1000,10000)")
    parser.add_argument("--larger", action="store_true", help="10,000 and 100,000 reports: a quarter of an hour")
    parser.add_argument("--full", action="store_true", help="up to 1,000,000 reports: hours, and 40 GB of disk")
    parser.add_argument("--jobs", help="jobs, by semicolon (default: all)")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()), help="where there is room")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.job:
        print(json.dumps(asdict(run_job(options.job, options.store, options.folder))))
        return 0
    sizes: Sequence[int] = FULL if options.full else LARGER if options.larger else SIZES
    if options.sizes:
        sizes = tuple(int(size) for size in options.sizes.split(","))
    jobs = options.jobs.split(";") if options.jobs else list(JOBS)
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="gov_reports_bench_") as folder:
        found = {size: measure_size(size, Path(folder), jobs) for size in sizes}
    missed = compare(found)
    print("\n".join(f"missed: {each}" for each in missed) or "every target was met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
