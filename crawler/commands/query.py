"""`scrapy query`: a question in SQL to the store's file or to an export in SQLite."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand

from crawler.datasets.cells import csv_line
from crawler.datasets.formats.sqlitefile import FILE
from crawler.errors import GovReportsError, UsageError
from crawler.logs import mask
from crawler.storage import open_store
from crawler.storage.asking import ask
from crawler.verdict import judge_error

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator


class Command(ScrapyCommand):
    """Prints the answer to a question."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it so

    def syntax(self) -> str:
        return "SQL [--folder DIR] [--format table|csv|json] [--rows N] [--seconds S]"

    def short_desc(self) -> str:
        return "Ask the store, or an export in SQLite, in SQL, without being able to change it"

    def long_desc(self) -> str:
        return (
            "Run one SELECT over the store's SQLite file, or over an export made with --format sqlite. Nothing "
            "can be written or attached. Exit code: 0, 2 wrong usage or SQL, 8 the store cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        wanted = parser.add_argument_group(title="Query")
        wanted.add_argument("--folder", metavar="DIR", help="an export in SQLite (default: the store)")
        wanted.add_argument("--format", choices=("table", "csv", "json"), default="table")
        wanted.add_argument("--rows", type=int, default=1000, metavar="N", help="most rows (default 1000)")
        wanted.add_argument("--seconds", type=float, default=30.0, metavar="S", help="most seconds (default 30)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = 0
        try:
            if len(args) != 1 or opts.rows < 1 or opts.seconds <= 0:
                raise UsageError("query: give one question in SQL, --rows and --seconds above 0")
            names, rows = ask(self.locate(opts), args[0], rows=opts.rows, seconds=opts.seconds)
            sys.stdout.writelines(dump(names, rows, opts.format))
        except GovReportsError as error:
            self.exitcode = judge_error(error).code
            print(f"scrapy query: {mask(str(error))}", file=sys.stderr)

    def locate(self, opts: argparse.Namespace) -> Path:
        """Return the file that is asked."""
        if opts.folder:
            file = Path(opts.folder) / FILE
            if not file.is_file():
                raise UsageError(
                    f"{opts.folder}: holds no export in SQLite; write one with scrapy export --format sqlite"
                )
            return file
        assert self.settings is not None  # noqa: S101  # set by Scrapy before this call
        with open_store(self.settings["GOV_REPORTS_STORE"]) as store:
            if isinstance(store.file, str):
                raise UsageError("query: a store on a server is asked with psql, or export it with --format sqlite")
            return store.file


def dump(names: list[str], rows: list[tuple[Any, ...]], form: str) -> Iterator[str]:
    """Yield the lines of an answer."""
    if form == "json":
        yield from (
            json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=repr) + "\n" for row in rows
        )
    elif form == "csv":
        yield from (
            csv_line([str(cell) if isinstance(cell, float | bytes) else cell for cell in row]) for row in [names, *rows]
        )
    else:
        yield from (mask("\t".join("" if cell is None else str(cell) for cell in row)) + "\n" for row in [names, *rows])
