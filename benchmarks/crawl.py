"""`python -m benchmarks.crawl`: the whole crawl (fetch, extract, store, archive) against a bare Scrapy spider.

Both fetch the same pages of the same loopback portals, one request at a time per host, with no delay, turn by turn; the
bare one stores nothing. What the machine can do cancels out in the ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
TARGET: Final = 0.5
SETTINGS: Final = {
    "GOV_REPORTS_ALLOW_LOOPBACK": 1,
    "GOV_REPORTS_STOP_FILE": "",
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": 0,
    "GOV_REPORTS_HOST_BUDGET": 0,
    "MEMUSAGE_CHECK_INTERVAL_SECONDS": 1,
}


@dataclass(slots=True, frozen=True)
class Speed:
    """What one crawl did."""

    pages: int
    seconds: float
    reports: int = 0
    memory: int = 0
    """Bytes, at most."""

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds


@contextmanager
def portals(hosts: int, count: int) -> Iterator[list[dict[str, Any]]]:
    """Serve invented portals; yield their homes and paths."""
    command = [sys.executable, "-m", "benchmarks.portals", str(hosts), str(count)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield json.loads(process.stdout.readline())
        process.stdin.close()


def run_bare(addresses: list[str]) -> Speed:
    """Fetch the pages and store nothing."""
    command = [sys.executable, "-m", "benchmarks.bare"]
    done = subprocess.run(command, cwd=ROOT, input="\n".join(addresses), capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return Speed(told["pages"], told["seconds"])


def run_whole(homes: list[str], **settings: object) -> Speed:
    """Crawl the portals, as `scrapy crawl gov_reports` does."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = {
            "GOV_REPORTS_STORE": f"sqlite:///{folder}/store.sqlite3",
            "GOV_REPORTS_ARCHIVE": f"{folder}/archive",
            "GOV_REPORTS_RUNS": f"{folder}/runs",
            **SETTINGS,
            **settings,
        }
        options = [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
        command = [sys.executable, "-m", "scrapy", "crawl", "gov_reports", "-a", f"start={' '.join(homes)}", *options]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GOV")}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr[-3000:])
        told = json.loads(next(Path(folder, "runs").glob("*.json")).read_text("utf-8"))
    memory = next(
        (int(line.split(":")[1].strip(" ,")) for line in done.stderr.splitlines() if "memusage/max" in line), 0
    )
    pages = told["run"]["counts"]["responses"]
    seconds = next(
        float(line.split(":")[1].strip(" ,")) for line in done.stderr.splitlines() if "elapsed_time_seconds" in line
    )
    return Speed(pages, seconds, told["reports_in_store"], memory)


def main(arguments: list[str]) -> int:
    """Measure and print; return 1 when the target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--hosts", type=int, default=4)
    parser.add_argument("--reports", type=int, default=100, help="of each host")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-memory", action="store_true", help="do not measure memory over a longer crawl")
    chosen = parser.parse_args(arguments)
    with portals(chosen.hosts, chosen.reports) as served:
        addresses = [each["home"] + path for each in served for path in each["paths"]]
        homes = [each["home"] + "/" for each in served]
        bare, whole = [], []
        for _ in range(chosen.rounds):
            bare.append(run_bare(addresses))
            whole.append(run_whole(homes))
    ratio = median(one.rate / other.rate for one, other in zip(whole, bare, strict=True))
    print(f"{chosen.hosts} portals, {chosen.reports} reports each, {chosen.rounds} rounds, turn by turn")
    print(f"bare Scrapy  {median(each.rate for each in bare):7.1f} pages/s ({bare[0].pages} pages, nothing stored)")
    print(
        f"whole crawl  {median(each.rate for each in whole):7.1f} pages/s "
        f"({whole[0].pages} pages, {whole[0].reports} reports stored and archived)"
    )
    outcome = "MISSED" if ratio < TARGET else "reached"
    print(f"  target: whole crawl ≥ {TARGET} × bare Scrapy       measured: {ratio:6.2f}  {outcome}")
    if not chosen.no_memory:
        print_memory(chosen.hosts, chosen.reports, whole[0])
    return int(ratio < TARGET)


def print_memory(hosts: int, reports: int, short: Speed) -> None:
    """Print what memory a crawl of four times as many pages takes."""
    with portals(hosts, reports * 4) as served:
        long = run_whole([each["home"] + "/" for each in served])
    grown = (long.memory - short.memory) / max(long.pages - short.pages, 1) * 10_000
    print(
        f"memory       {short.memory / 2**20:.0f} MB over {short.pages} pages, {long.memory / 2**20:.0f} MB over "
        f"{long.pages}: {grown / 2**20:.1f} MB for 10,000 pages more"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
