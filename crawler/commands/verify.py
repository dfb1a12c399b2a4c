"""`scrapy verify`: proves that every value of the stored reports still stands where its evidence points."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from scrapy.commands import ScrapyCommand

from crawler.archive.crawling import locate_archive
from crawler.checks.identities import describe
from crawler.checks.pointers import KEYS, count_pointers, find_mismatches
from crawler.checks.years import codes_between_years, compare_years
from crawler.errors import GovReportsError, UsageError
from crawler.isolation import close_workers
from crawler.record import record_from
from crawler.rereading.comparing import Line, Reread, iter_differences, wanted_from
from crawler.running.logs import mask
from crawler.running.verdict import judge_error
from crawler.stages import load_stages, stage_paths
from crawler.storage import open_store

if TYPE_CHECKING:
    import argparse

    from scrapy.settings import BaseSettings

    from crawler.checks.pointers import Record
    from crawler.items import ArchivePlace
    from crawler.rereading.comparing import Wanted
    from crawler.storage.reading import StoredReport

MISMATCH: Final = 1


class Command(ScrapyCommand):
    """Proves stored or exported records."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it so

    def syntax(self) -> str:
        return "[--store ADDRESS] [--archive DIR | --no-archive] | FILE.jsonl …"

    def short_desc(self) -> str:
        return "Prove that every value of the stored reports stands where its evidence points"

    def long_desc(self) -> str:
        return (
            "Read every stored report, or every line of JSON Lines exports, and prove each pointer: the raw text "
            "stands at its offsets or in its cell, the value is what the raw text says, sections are in order and "
            "inside the text. Where the archive has the bytes of a report and this program read them, they are read "
            "again and must give the same record. Every mismatch is named. Reports of one issuer in consecutive years "
            "are held against each other; what does not carry over is a note and no mismatch. Exit code: 0 all holds, "
            "1 a mismatch, 2 wrong usage, 8 the store cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--store", metavar="ADDRESS", help="the store to read (default: GOV_REPORTS_STORE)")
        parser.add_argument("--archive", metavar="DIR", help="where the bytes are (default: GOV_REPORTS_ARCHIVE)")
        parser.add_argument("--no-archive", action="store_true", help="do not read archived bytes again")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = 0
        book = Book(records=0, pointers=0, mismatches=0, reread=Reread())
        try:
            if args and (opts.store or opts.archive or opts.no_archive):
                raise UsageError("name files, or a store and its archive, not both")
            if args:
                for name in args:
                    verify_file(Path(name), book)
            else:
                self.verify_store(opts, book)
        except GovReportsError as error:
            self.exitcode = judge_error(error).code
            print(f"scrapy verify: {mask(str(error))}", file=sys.stderr)
            return
        print(book.summary())
        self.exitcode = MISMATCH if book.mismatches else 0

    def verify_store(self, opts: argparse.Namespace, book: Book) -> None:
        """Prove the reports of a store, against each other and against the archive."""
        settings = cast("BaseSettings", self.settings)
        wanted = {}
        with open_store(opts.store or settings["GOV_REPORTS_STORE"]) as store:
            for stored in store.iter_reports():
                name, record = name_of(stored), record_from(stored.report)
                book.prove(name, record)
                if stored.archived is not None:
                    wanted[stored.archived] = wanted_from(name, record)
            for pair in store.iter_pairs(codes_between_years()):
                for result in compare_years(pair.now, pair.before):
                    if result.state == "fails":
                        finding, name = describe(result), f"{pair.now.report_id} {pair.report_year} {pair.issuer_name}"
                        print(f"note: {mask(name)}: {finding.code}: {finding.message}")
            for breach in store.find_breaches():
                book.blame("the store", breach)
        setting = opts.archive or settings["GOV_REPORTS_ARCHIVE"]
        if wanted and setting and not opts.no_archive:
            self.reread(wanted, locate_archive(setting), book)

    def reread(self, wanted: dict[ArchivePlace, Wanted], folder: Path, book: Book) -> None:
        """Read archived bytes again and hold what they give against what is stored."""
        settings = cast("BaseSettings", self.settings)
        if not folder.is_dir():
            print(f"note: {folder} is not there; {len(wanted)} archived documents were not read again")
            return
        try:
            line = Line(
                folder=folder,
                largest=settings.getint("DOWNLOAD_MAXSIZE"),
                stages=load_stages(stage_paths(settings)),
            )
            for name, sentence in iter_differences(wanted, line, book.reread):
                book.blame(name, sentence)
        finally:
            close_workers()


@dataclass(slots=True, kw_only=True)
class Book:
    """What was proved."""

    records: int
    pointers: int
    mismatches: int
    reread: Reread

    def prove(self, name: str, record: Record) -> None:
        """Count a record and name what does not hold."""
        mismatches = find_mismatches(record)
        self.records += 1
        self.pointers += 0 if mismatches and any(key not in record for key in KEYS) else count_pointers(record)
        for sentence in mismatches:
            self.blame(name, sentence)

    def blame(self, name: str, sentence: str) -> None:
        """Name something that is not as it must be."""
        self.mismatches += 1
        print(f"{name}: {mask(sentence)}")

    def summary(self) -> str:
        """Return what came of it in one line."""
        said = f"{self.records} records, {self.pointers} pointers"
        if self.reread.compared or self.reread.older:
            said += f", {self.reread.compared} documents read again from the archive"
        if self.reread.older:
            said += f" ({self.reread.older} more were read by another version and not compared)"
        return f"{said}: {f'{self.mismatches} mismatches' if self.mismatches else 'everything holds'}"


def verify_file(path: Path, book: Book) -> None:
    """Prove the records of a JSON Lines file; a line that is no record is a mismatch."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                verify_line(f"{path}:{number}", line, book)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error


def verify_line(name: str, line: str, book: Book) -> None:
    """Prove one line; the object that stands for a file that could not be read has nothing to prove."""
    if not line.strip():
        return
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        book.blame(name, f"is no JSON: {error}")
        return
    if not isinstance(record, dict):
        book.blame(name, "is no record")
    elif "error" not in record:
        book.prove(name, record)


def name_of(stored: StoredReport) -> str:
    """Return what to call a stored report: its id, year, issuer and first address."""
    report = stored.report
    said = [stored.id, str(report.report_year or "?"), report.issuer.name or "?", *stored.urls[:1]]
    return mask(" ".join(said))
