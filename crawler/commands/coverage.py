"""`scrapy coverage`: which reports are there of all that are owed, and why the others are not."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from scrapy.commands import ScrapyCommand

from crawler.commands.export import YEARS_NAME
from crawler.datasets.cells import csv_line
from crawler.datasets.columns import plain_value
from crawler.datasets.coverage import COVERAGE, HELD, STATES, iter_coverage
from crawler.datasets.heatmap import By, draw, group_lines, width_of
from crawler.discovery.arguments import parse_years
from crawler.errors import GovReportsError, UsageError
from crawler.items import Level
from crawler.running.logs import mask
from crawler.running.verdict import judge_error
from crawler.storage import Filters, open_store

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from crawler.datasets.coverage import Owed, State
    from crawler.datasets.heatmap import Line

DISK: Final = 3
MOST_LINES: Final = 80
"""Issuers that a picture shows one by one when nothing else is asked."""


class Command(ScrapyCommand):
    """Prints the ledger of what is owed."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it so

    def syntax(self) -> str:
        return (
            "[--years 2016-2024] [--region R] [--level L] [--issuer I] [--by issuer|region|province|level] [--svg FILE]"
        )

    def short_desc(self) -> str:
        return "Show which reports are there of all that are owed, and why the others are not"

    def long_desc(self) -> str:
        return (
            "Every organ owes a report a year since 2008: governments by 31 March, departments since 2019 by 31 "
            "January. For each organ known by a report or a portal and each year this says whether the report is "
            "present, late, doubtful (a check found something grave), missing with the reason, not due yet, or unknown "
            "(before a department's first report). Prints a table of counts; --format csv or json prints every "
            "expected report; --svg writes a picture. Exit code: 0, 2 wrong usage, 3 the disk refused, 8 the store "
            "cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        wanted = parser.add_argument_group(title="Coverage")
        wanted.add_argument(
            "--by", choices=get_args(By), help="what the lines are (default: provinces, or few issuers)"
        )
        wanted.add_argument("--format", choices=("table", "csv", "json"), default="table")
        wanted.add_argument("--svg", metavar="FILE", help="write a picture: years across, lines down")
        wanted.add_argument("--state", choices=STATES, help="only what is in this state (csv and json)")
        chosen = parser.add_argument_group(title="Which reports")
        chosen.add_argument("--years", metavar="YEARS", help="report years: 2019, 2016-2024 or 2016,2018-2020")
        chosen.add_argument("--region", metavar="R", help="beginning of a region code (44, 4415) or part of its name")
        chosen.add_argument("--issuer", metavar="I", help="part of the issuer's name")
        chosen.add_argument("--level", choices=get_args(Level), help="level of the issuer's division")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = 0
        try:
            if args:
                raise UsageError(f"{args[0]}: takes no arguments, only options")
            assert self.settings is not None  # noqa: S101  # set by Scrapy before this call
            with open_store(self.settings["GOV_REPORTS_STORE"]) as store, store.snapshot() as connection:
                self.show(iter_coverage(connection, parse_filters(opts)), opts)
        except GovReportsError as error:
            self.exitcode = judge_error(error).code
            print(f"scrapy coverage: {mask(str(error))}", file=sys.stderr)
        except BrokenPipeError:  # `| head` has seen enough
            sys.stderr.close()
        except OSError as error:
            self.exitcode = DISK
            print(f"scrapy coverage: {error.filename or opts.svg}: {error.strerror}", file=sys.stderr)

    def show(self, owed: Iterator[Owed], opts: argparse.Namespace) -> None:
        """Print what is asked for."""
        if opts.format != "table" and not opts.svg:
            for line in dump_rows((each for each in owed if opts.state in (None, each.state)), opts.format):
                sys.stdout.write(line)
            return
        found = list(owed)
        by: By = opts.by or choose_lines(found)
        lines = group_lines(found, by)
        if opts.svg:
            Path(opts.svg).write_text(draw(lines, describe(found)), "utf-8")
            print(f"{opts.svg}: {len(lines)} lines, {len(found)} expected reports")
        if opts.format == "table":
            print("\n".join(table(lines)))
            print("\n".join(reasons(found)))


def parse_filters(opts: argparse.Namespace) -> Filters:
    """Return what the options ask for; raise UsageError for years that are none."""
    try:
        years = parse_years(opts.years) if opts.years else None
    except UsageError as error:
        raise UsageError(YEARS_NAME.sub("--years ", str(error))) from None
    return Filters(years=years, region=opts.region, issuer=opts.issuer, level=opts.level)


def choose_lines(found: Sequence[Owed]) -> By:
    """Return what the lines are when nobody said: issuers while a picture can show them, else provinces."""
    return "issuer" if len({(each.region_code, each.issuer) for each in found}) <= MOST_LINES else "province"


def describe(found: Sequence[Owed]) -> str:
    """Return the title of the picture."""
    years = sorted({each.report_year for each in found})
    held = sum(each.state in HELD for each in found)
    owed = held + sum(each.state == "missing" for each in found)
    span = f"{years[0]}–{years[-1]}年" if years else ""
    return f"政府信息公开年度报告覆盖情况 {span}：应有{owed}份，已取得{held}份"


def dump_rows(found: Iterable[Owed], form: str) -> Iterator[str]:
    """Yield every expected report as a line of CSV or JSON."""
    names = [column.name for column in COVERAGE.columns]
    if form == "csv":
        yield csv_line(names)
    for each in found:
        values = [plain_value(getattr(each, name)) for name in names]
        if form == "csv":
            yield csv_line(values)
        else:
            yield json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False, default=str) + "\n"


def table(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the counts of every line, and their sum."""
    rows = [(line.name, add_up(line.counts.values())) for line in lines]
    total = add_up(counts for _, counts in rows)
    width = max((width_of(name) for name, _ in rows), default=0)
    yield pad("", width) + "".join(f"{state:>10}" for state in STATES)
    for name, counts in [*rows, ("=", total)]:
        yield pad(mask(name), width) + "".join(f"{counts[state]:>10}" for state in STATES)


def add_up(counts: Iterable[Counter[State]]) -> Counter[State]:
    """Return the sum of counts."""
    total: Counter[State] = Counter()
    for each in counts:
        total.update(each)
    return total


def pad(text: str, width: int) -> str:
    """Return a text filled up with blanks, Chinese characters counting twice."""
    return text + " " * max(width - width_of(text), 0)


def reasons(found: Iterable[Owed]) -> Iterator[str]:
    """Yield why reports are missing, the most frequent reason first."""
    counts = Counter(each.reason for each in found if each.state == "missing")
    for reason, count in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0]))):
        yield f"missing, {reason}: {count}"
