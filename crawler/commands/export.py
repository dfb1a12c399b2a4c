"""`scrapy export`: the reports of the store as files that other programs read."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from scrapy.commands import ScrapyCommand

from crawler.datasets.export import export, verify
from crawler.datasets.formats import FORMATS
from crawler.discovery.arguments import parse_years
from crawler.errors import GovReportsError, UsageError
from crawler.items import FormId, Level
from crawler.running.logs import mask
from crawler.running.verdict import judge_error
from crawler.storage import Filters, open_store
from crawler.storage.reading import Quality

if TYPE_CHECKING:
    import argparse

DAMAGED: Final = 1
DISK: Final = 3
YEARS_NAME: Final = re.compile(r"^years=")


class Command(ScrapyCommand):
    """Writes an export, or verifies one."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it so

    def syntax(self) -> str:
        return "--format FORMAT --out DIR [--years 2016-2024] [--region R] [--since RUN|DATE] … | --verify DIR"

    def short_desc(self) -> str:
        return "Write the stored reports as a dataset in one of six formats, or verify such a dataset"

    def long_desc(self) -> str:
        return (
            "Write the reports of the store into a folder that other programs load: as JSON Lines (docs/record.md "
            "explains the keys), as CSV or Parquet with one file a table, as one SQLite file, as one XLSX workbook, or "
            "as text for corpora. README.md is the data card, datapackage.json and croissant.json describe every "
            "column, manifest.json has the rows and SHA-256 of each file. The export is one snapshot, also while a "
            "crawl runs; the folder changes whole or not at all; the same store gives the same bytes. With --since "
            "only what changed after a run or a day is written. Exit code: 0 written (or verified), 1 a file is not "
            "what its manifest says, 2 wrong usage or a folder that is not ours to write in, 3 the disk refused, 8 "
            "the store cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        wanted = parser.add_argument_group(title="Export")
        wanted.add_argument(
            "--format", choices=sorted(FORMATS), help="what other programs read: " + ", ".join(sorted(FORMATS))
        )
        wanted.add_argument("--out", metavar="DIR", help="an empty or new folder, or one with an earlier export")
        wanted.add_argument("--bom", action="store_true", help="begin CSV files with a byte order mark, for Excel")
        wanted.add_argument("--verify", metavar="DIR", help="check the files of an export against its manifest")
        chosen = parser.add_argument_group(title="Which reports")
        chosen.add_argument("--years", metavar="YEARS", help="report years: 2019, 2016-2024 or 2016,2018-2020")
        chosen.add_argument("--region", metavar="R", help="beginning of a region code (44, 4415) or part of its name")
        chosen.add_argument("--issuer", metavar="I", help="part of the issuer's name")
        chosen.add_argument("--level", choices=get_args(Level), help="level of the issuer's division")
        chosen.add_argument("--form", choices=get_args(FormId), help="form of the report")
        chosen.add_argument("--quality", choices=get_args(Quality), help="doubtful: a finding is a warning or graver")
        chosen.add_argument("--since", metavar="RUN|DATE", help="only what changed after run 12, or since 2026-01-31")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = 0
        try:
            if args:
                raise UsageError(f"{args[0]}: takes no arguments, only options")
            self.exitcode = verify_export(Path(opts.verify)) if opts.verify else self.write_export(opts)
        except GovReportsError as error:
            self.exitcode = judge_error(error).code
            complain(str(error))
        except OSError as error:
            self.exitcode = DISK
            complain(f"{error.filename or opts.out}: {error.strerror}; nothing was replaced")

    def write_export(self, opts: argparse.Namespace) -> int:
        """Write what the options ask for and say what was written."""
        if not opts.format or not opts.out:
            raise UsageError("say --format jsonl|csv|parquet|sqlite|xlsx|text, and --out DIR (or --verify DIR)")
        assert self.settings is not None  # noqa: S101  # set by Scrapy before this call
        with open_store(self.settings["GOV_REPORTS_STORE"]) as store:
            files = export(store, Path(opts.out), opts.format, parse_filters(opts), bom=opts.bom, since=opts.since)
        for each in files:
            print(f"{opts.out}/{each.name}: {each.rows} rows, {each.bytes} bytes")
        return 0


def parse_filters(opts: argparse.Namespace) -> Filters:
    """Return what the options ask for; raise UsageError for years that are none."""
    try:
        years = parse_years(opts.years) if opts.years else None
    except UsageError as error:
        raise UsageError(YEARS_NAME.sub("--years ", str(error))) from None
    return Filters(
        years=years,
        region=opts.region,
        issuer=opts.issuer,
        form=opts.form,
        level=opts.level,
        quality=opts.quality,
    )


def verify_export(folder: Path) -> int:
    """Say of each file that is not what its manifest says; return the exit code."""
    faults = verify(folder)
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{folder}: every file is as it was exported")
    return DAMAGED if faults else 0


def complain(sentence: str) -> None:
    """Say why nothing was done."""
    print(f"scrapy export: {mask(sentence)}", file=sys.stderr)
