"""`scrapy query`: a question in SQL to the store or to an exported folder."""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand

from crawler.datasets.asking import ask_folder, tables_of
from crawler.datasets.cells import csv_line
from crawler.errors import GovReportsError, UsageError
from crawler.running.logs import mask
from crawler.running.verdict import judge_error
from crawler.storage import open_store
from crawler.storage.asking import tables_of_store

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from crawler.storage.asking import Answer


class Command(ScrapyCommand):
    """Prints the answer to a question."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it so

    def syntax(self) -> str:
        return "[SQL] [--folder DIR] [--format table|csv|json] [--rows N] [--seconds S]"

    def short_desc(self) -> str:
        return "Ask the store, or an exported folder, in SQL, without being able to change it"

    def long_desc(self) -> str:
        return (
            "Run one SELECT over the store (a file or a PostgreSQL server), or over a folder that scrapy export wrote "
            "as sqlite, csv, parquet, jsonl or text. Without SQL, list the tables and their columns. Nothing can be "
            "written or attached, and no other file be read. An answer ends after --rows rows, and a question after "
            "--seconds. Exit code: 0, 2 wrong usage or SQL, 8 the store cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        wanted = parser.add_argument_group(title="Query")
        wanted.add_argument("--folder", metavar="DIR", help="an export (default: the store)")
        wanted.add_argument("--format", choices=("table", "csv", "json"), default="table")
        wanted.add_argument("--rows", type=int, default=1000, metavar="N", help="most rows (default 1000)")
        wanted.add_argument("--seconds", type=float, default=30.0, metavar="S", help="most seconds (default 30)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = 0
        try:
            if len(args) > 1:
                raise UsageError("give one question in SQL, in quotes")
            if opts.rows < 1 or opts.seconds <= 0:
                raise UsageError("--rows and --seconds must be above 0")
            folder = Path(opts.folder) if opts.folder else None
            if not args:
                sys.stdout.writelines(list_tables(tables_of(folder) if folder else tables_of_store()))
                return
            answer = self.ask(folder, args[0], opts)
            sys.stdout.writelines(dump(answer.names, answer.rows, opts.format))
            if answer.is_cut:
                print(f"scrapy query: these are the first {opts.rows} rows; --rows N shows more", file=sys.stderr)
        except GovReportsError as error:
            self.exitcode = judge_error(error).code
            print(f"scrapy query: {mask(str(error))}", file=sys.stderr)
        except BrokenPipeError:  # `| head` has seen enough
            sys.stderr.close()

    def ask(self, folder: Path | None, question: str, opts: argparse.Namespace) -> Answer:
        """Return the answer of the folder, or of the store."""
        if folder is not None:
            return ask_folder(folder, question, rows=opts.rows, seconds=opts.seconds)
        assert self.settings is not None  # noqa: S101  # set by Scrapy before this call
        with open_store(self.settings["GOV_REPORTS_STORE"]) as store:
            return store.ask(question, rows=opts.rows, seconds=opts.seconds)


def list_tables(tables: dict[str, list[str]]) -> Iterator[str]:
    """Yield a line for each table: its name and its columns."""
    for name, columns in tables.items():
        yield f"{name}\t{', '.join(columns)}\n"


def dump(names: list[str], rows: list[tuple[Any, ...]], form: str) -> Iterator[str]:
    """Yield the lines of an answer."""
    if form == "json":
        yield from (
            json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) + "\n" for row in rows
        )
    elif form == "csv":
        yield from (csv_line([csv_value(cell) for cell in row]) for row in [names, *rows])
    else:
        yield from (mask("\t".join("" if cell is None else str(cell) for cell in row)) + "\n" for row in [names, *rows])


def csv_value(value: Any) -> str | int | Decimal | date | None:  # noqa: ANN401  # whatever a database answers
    """Return a value as a cell of CSV is made of."""
    return value if value is None or isinstance(value, str | int | Decimal | date) else str(value)
