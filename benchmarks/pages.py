"""Speed on one page, in one run on the same pages: ours and others', as ratios to what lxml takes to parse the page.

`python -m benchmarks.pages [--pages FOLDER] [--rounds N] [--memory PAGES] [--no-demo]`. Times are processor time, the
best of N rounds for each page, then the median over the pages; ratios are taken page by page.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

import lxml.etree
import lxml.html

from benchmarks.corpus import REAL_PAGES, demo_pages, real_pages
from benchmarks.peers import PEERS
from crawler.commands.extract import read_page
from crawler.errors import PageError
from crawler.items import Page
from crawler.parsing.article import read_article
from crawler.settings import GOV_REPORTS_STAGES
from pipelines.clean import CleanText

STAGES = tuple(sorted(GOV_REPORTS_STAGES, key=GOV_REPORTS_STAGES.__getitem__))
READERS_OF_PAGES = ("crawler.", "pipelines.", "trafilatura.", "htmldate.", "courlan.", "readability.")
PARSE, TEXT, RECORD = "lxml parse", "bytes → text", "bytes → record"
Reader = Callable[[Page], object]


@dataclass(slots=True, kw_only=True, frozen=True)
class Measure:
    """One reader on one set of pages."""

    name: str
    times: list[float]
    """Seconds of each page."""


def parse_alone(page: Page) -> object:
    """Return the tree of the bytes, as lxml gives it without us."""
    return lxml.etree.fromstring(page.body or b" ", lxml.html.HTMLParser(huge_tree=True))


def read_text(page: Page) -> object:
    """Return the clean text of the page's document."""
    return CleanText().process_item(read_article(page))


def read_record(page: Page) -> object:
    """Return the record: every stage of the line."""
    return read_page(page, STAGES)


READERS: dict[str, Reader] = {PARSE: parse_alone, TEXT: read_text, RECORD: read_record}


def kept_readings() -> list[Any]:
    """Return the bounded caches of all readers' functions: they keep what pages of one portal share."""
    found = (thing for thing in gc.get_objects() if type(thing) is type(lru_cache(print)))
    return [
        thing
        for thing in found
        if thing.__module__.startswith(READERS_OF_PAGES) and thing.cache_parameters()["maxsize"]
    ]


def time_page(reader: Reader, page: Page, rounds: int, caches: list[Any]) -> float:
    """Return the processor time in seconds of the best of some rounds, each as if the page were the first."""
    best = float("inf")
    for _ in range(rounds):
        for cache in caches:
            cache.cache_clear()
        begun = time.process_time()
        reader(page)
        best = min(best, time.process_time() - begun)
    return best


def measure(readers: dict[str, Reader], pages: list[Page], rounds: int) -> list[Measure]:
    """Return the times of the readers, page by page, so that a busy machine is busy for all of them."""
    for reader in readers.values():
        reader(pages[0])
    gc.collect()
    caches = kept_readings()
    rows = [[time_page(reader, page, rounds, caches) for reader in readers.values()] for page in pages]
    return [Measure(name=name, times=list(times)) for name, times in zip(readers, zip(*rows, strict=True), strict=True)]


def print_measures(title: str, measures: list[Measure]) -> None:
    """Print the medians and the ratios to the first measure."""
    base = measures[0].times
    print(f"\n{title}: {len(base)} pages")
    print(f"  {'':34}{'ms':>9}{'× parse':>9}{'worst ×':>9}")
    for found in measures:
        ratios = [time / parse for time, parse in zip(found.times, base, strict=True)]
        print(f"  {found.name:34}{median(found.times) * 1000:9.3f}{median(ratios):9.2f}{max(ratios):9.1f}")


def print_targets(measures: list[Measure]) -> bool:
    """Print what was to reach and what was measured; return whether all of it is reached."""
    times = {found.name: found.times for found in measures}

    def ratio(name: str, to: str) -> float:
        return median(one / other for one, other in zip(times[name], times[to], strict=True))

    def tell(words: str, figure: float, *, reached: bool) -> bool:
        print(f"  target: {words:34} measured: {figure:6.2f}  {'reached' if reached else 'MISSED'}")
        return reached

    text, record = ratio(TEXT, PARSE), ratio(RECORD, PARSE)
    peer = "trafilatura with metadata"
    reached = [
        tell("bytes → text ≤ 4 × the parse", text, reached=text <= 4),
        tell("bytes → record ≤ 10 × the parse", record, reached=record <= 10),
        tell("trafilatura ≥ 10 × bytes → text", ratio(peer, TEXT), reached=ratio(peer, TEXT) >= 10),
    ]
    print(f"          {'trafilatura, × bytes → record':34} measured: {ratio(peer, RECORD):6.2f}")
    return all(reached)


def resident() -> int:
    """Return the bytes of memory the process holds (Linux)."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096


def print_memory(pages: list[Page], number: int) -> None:
    """Print how memory grows while a number of pages are read to their records."""
    samples: list[tuple[int, int]] = []
    for count, page in enumerate(islice(cycle(pages), number), start=1):
        read_record(page)
        if count % max(number // 20, 1) == 0:
            samples.append((count, resident()))
    later = samples[len(samples) // 4 :]
    mean_count = sum(count for count, _ in later) / len(later)
    mean_bytes = sum(size for _, size in later) / len(later)
    above = sum((count - mean_count) * (size - mean_bytes) for count, size in later)
    slope = above / (sum((count - mean_count) ** 2 for count, _ in later) or 1)
    print(f"\nmemory over {number} pages: {samples[0][1] >> 20} MB at first, {samples[-1][1] >> 20} MB at the end,")
    print(f"  {slope * 1000 / 1024:+.1f} kB per 1,000 pages in the last three quarters")


def can_read(page: Page) -> bool:
    """Return whether the page gives a record; one that is refused says nothing about speed."""
    try:
        read_record(page)
    except PageError as error:
        print(f"  left out: {page.path or page.url}: {error.reason}")
        return False
    return True


def main(arguments: list[str]) -> int:
    """Run the benchmark; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.pages", description="Speed on one page, ours and others'.")
    parser.add_argument("--pages", type=Path, default=REAL_PAGES, help="a folder of .html files, measured besides")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", type=int, default=20_000, help="pages read to see whether memory grows; 0: none")
    parser.add_argument("--no-demo", action="store_true", help="leave the demo portals' pages out")
    chosen = parser.parse_args(arguments)
    corpora = {
        "demo portals": [] if chosen.no_demo else demo_pages(),
        f"pages of {chosen.pages}": real_pages(chosen.pages),
    }
    missed = False
    for title, pages in corpora.items():
        if readable := list(filter(can_read, pages)):
            measures = measure({**READERS, **PEERS}, readable, chosen.rounds)
            print_measures(title, measures)
            missed |= not print_targets(measures)
            corpora[title] = readable
    if chosen.memory:
        print_memory([page for pages in corpora.values() for page in pages], chosen.memory)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
