"""`python -m benchmarks.reextract`: an archive read again by one process and by two, turn by turn.

Other work on the machine takes more from two than from one. So each round also measures what two processes that only
count gain over one, and the best round is told beside that.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.portals import render, shell
from benchmarks.synthetic import iter_reports
from crawler.archive import ArchiveWriter
from crawler.archive.notes import note_of
from crawler.archive.records import Exchange
from crawler.isolation import close_workers
from crawler.items import Article, Page, Report, Source
from crawler.outcomes import UrlOutcome
from crawler.rereading.engines import open_pool
from crawler.rereading.reextraction import Recipe, iter_reads
from crawler.settings import DOWNLOAD_MAXSIZE, GOV_REPORTS_STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TARGET: Final = 1.6
BEGAN: Final = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
STAGES: Final = tuple(sorted(GOV_REPORTS_STAGES, key=lambda path: GOV_REPORTS_STAGES[path]))


def make_archive(folder: Path, bodies: Iterable[bytes], *, limit: int = 256 << 20) -> Path:
    """Return an archive as a crawl leaves it: each answer, and what was made of it."""
    writer = ArchiveWriter(folder, BEGAN, limit=limit)
    for number, body in enumerate(bodies):
        url, at = f"http://www.qinghe.gov.cn/zwgk/nb/c_{number}.html", BEGAN + timedelta(seconds=number)
        exchange = Exchange(
            url=url,
            method="GET",
            request_headers=[],
            request_body=b"",
            status=200,
            protocol="HTTP/1.1",
            headers=[("Content-Type", "text/html; charset=utf-8")],
            body=body,
            at=at,
            ip_address="127.0.0.1",
            cut=False,
        )
        page = Page(url=url, body=b"", fetched_at=at, portal="qinghe", archived=writer.add_exchange(exchange))
        outcome = UrlOutcome(portal="qinghe", url=url, role="entry", outcome="read", at=at)
        for item in (Article(page=page, source=Source(), page_kind="report"), outcome):
            if (noted := note_of(item)) is not None:
                writer.add_note(*noted, at)
    writer.close()
    return folder


def pages(count: int) -> Iterator[bytes]:
    """Yield invented reports as pages with a portal's chrome."""
    reports = (each for each in iter_reports(count * 2) if isinstance(each, Report))
    for report in islice(reports, count):
        yield shell(report.title or "", render(report))


def measure(folder: Path, workers: int) -> tuple[float, int]:
    """Return the seconds that so many processes take, once they stand, and how many documents they read."""
    recipe = Recipe(folder=str(folder), stages=STAGES, largest=DOWNLOAD_MAXSIZE)
    with open_pool(workers, STAGES) as pool:
        reads = iter_reads(recipe, pool)
        next(reads)  # the first batch waits for the processes to start
        begun = time.perf_counter()
        count = sum(1 for _ in reads)
        return time.perf_counter() - begun, count


def spin(seconds: float) -> None:
    """Use so much processor time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def measure_machine(seconds: float = 1.0) -> float:
    """Return how much more two processes that only count do than one: 2 × on two free cores."""
    taken = []
    with multiprocessing.get_context("forkserver").Pool(2) as pool:
        pool.map(spin, [0.0, 0.0])
        for count in (1, 2):
            begun = time.perf_counter()
            pool.map(spin, [seconds] * count, chunksize=1)
            taken.append(time.perf_counter() - begun)
    return 2 * taken[0] / taken[1]


def main(arguments: list[str]) -> int:
    """Print how much faster two processes are; return 1 below the target."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reextract", description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    found: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        archive = make_archive(Path(folder), pages(options.documents))
        for _ in range(options.rounds):
            machine = measure_machine()
            one, two = (options.documents / measure(archive, workers)[0] for workers in (1, 2))
            found.append((two / one, machine))
            print(f"{one:.0f} documents/s by one, {two:.0f} by two: {two / one:.2f} × (counting: {machine:.2f} ×)")
    close_workers()
    ratio, machine = max(found)
    print(f"best of {options.rounds}: {ratio:.2f} × (to reach: {TARGET} ×, where counting gives 2 ×)")
    return 0 if ratio >= TARGET * min(machine / 2, 1) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
