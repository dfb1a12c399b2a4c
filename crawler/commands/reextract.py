"""`scrapy reextract ARCHIVE…`: archives read again through today's stages by many processes, or a Dask cluster."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from scrapy.commands import ScrapyCommand

from crawler.archive.crawling import locate_archive
from crawler.errors import GovReportsError, UsageError
from crawler.isolation import close_workers
from crawler.keeping import Keeper
from crawler.processes import owner_name
from crawler.rereading.engines import open_cluster, open_pool
from crawler.rereading.reextraction import Recipe, iter_reads
from crawler.running.logs import mask
from crawler.running.verdict import INCOMPLETE, INTERRUPTED, OK, judge_error
from crawler.stages import stage_paths
from crawler.storage import SIGN_OF_LIFE, open_store

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from scrapy.settings import BaseSettings

    from crawler.rereading.reextraction import Engine, Read
    from crawler.storage import Store

    Take = Callable[[Read], None]

UNREAD: Final = 1


class Command(ScrapyCommand):
    """Reads archives again, on many processes or machines."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it so

    def syntax(self) -> str:
        return "[--workers N | --scheduler tcp://HOST:PORT] [--out FILE | --store ADDRESS] [ARCHIVE…]"

    def short_desc(self) -> str:
        return "Read archives again through today's stages, on all cores or a Dask cluster"

    def long_desc(self) -> str:
        return (
            "Read the documents of archives (folders; default: GOV_REPORTS_ARCHIVE) with today's stages, without "
            "network, and print one JSON object a document, in the archive's order: the same bytes whoever works. "
            "With --store what a crawl would have kept goes into a store, as `scrapy crawl replay` does it. "
            "A worker that is killed costs nothing but its time. "
            "Exit code: 0 every document gave a record, 1 some could not be read (their objects have `error`), 2 wrong "
            "usage or no cluster, 8 the store or an archive cannot be opened, 10 a crawl holds the store, 11 "
            "interrupted, 12 an archive is damaged in places that standard error names; all else was read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--workers", type=int, metavar="N", help="processes on this machine (default: its cores)")
        parser.add_argument("--scheduler", metavar="ADDRESS", help="the scheduler of a Dask cluster that works instead")
        parser.add_argument("--out", metavar="FILE", help="write the records there, whole or not at all")
        parser.add_argument("--store", metavar="ADDRESS", help="keep what comes out in a store; made if need be")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # both end in order
        tally = Tally()
        try:
            self.exitcode = self.reextract(args, opts, tally)
        except GovReportsError as error:
            self.exitcode = judge_error(error).code
            print(f"scrapy reextract: {mask(str(error))}", file=sys.stderr)
        except KeyboardInterrupt:
            self.exitcode = INTERRUPTED
            print(f"scrapy reextract: interrupted after {tally.documents} documents", file=sys.stderr)
        finally:
            close_workers()

    def reextract(self, args: list[str], opts: argparse.Namespace, tally: Tally) -> int:
        """Read the archives and return the exit code."""
        settings = cast("BaseSettings", self.settings)
        check_options(opts)
        recipes = [
            Recipe(
                folder=str(locate_archive(name).resolve()),
                stages=stage_paths(settings),
                largest=settings.getint("DOWNLOAD_MAXSIZE"),
                items=bool(opts.store),
            )
            for name in args or [settings["GOV_REPORTS_ARCHIVE"]]
            if name
        ]
        if not recipes:
            raise UsageError("name an archive (GOV_REPORTS_ARCHIVE is empty)")
        with ExitStack() as stack:
            take = stack.enter_context(open_sink(opts, settings))
            engine = stack.enter_context(open_engine(opts, recipes[0].stages))
            show = stack.enter_context(progress())
            for recipe in recipes:
                for read in iter_reads(recipe, engine):
                    take(read)
                    show(tally.note(read))
        print(tally.summary(), file=sys.stderr)
        return INCOMPLETE if tally.damaged else UNREAD if tally.failures else OK


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of it."""

    documents: int = 0
    damaged: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    """Documents without a record, by reason."""

    def note(self, read: Read) -> int:
        """Count what a note gave, name what is damaged; return how many documents there were."""
        if read.damage:
            self.damaged += 1
            print(f"scrapy reextract: {mask(read.damage)}", file=sys.stderr)
        if read.failure:
            self.failures[read.failure] += 1
        self.documents += read.is_document
        return self.documents

    def summary(self) -> str:
        """Return one line."""
        said = f"{self.documents} documents"
        if self.failures:
            said += ", not read: " + ", ".join(f"{reason} {count}" for reason, count in sorted(self.failures.items()))
        return said + (f", the archive is damaged in {self.damaged} places" if self.damaged else "")


def check_options(opts: argparse.Namespace) -> None:
    """Raise UsageError for options that contradict each other."""
    if opts.workers is not None and (opts.scheduler or opts.workers < 1):
        raise UsageError("--workers is a number above 0, and none goes with --scheduler")
    if opts.out and opts.store:
        raise UsageError("choose --out or --store")


def open_engine(opts: argparse.Namespace, stages: tuple[str, ...]) -> AbstractContextManager[Engine]:
    """Return who works."""
    return open_cluster(opts.scheduler) if opts.scheduler else open_pool(opts.workers or os.cpu_count() or 1, stages)


def open_sink(opts: argparse.Namespace, settings: BaseSettings) -> AbstractContextManager[Take]:
    """Return where what comes out goes."""
    if opts.store:
        return open_keeper(opts.store, settings["USER_AGENT"].partition(" ")[0])
    return write_file(Path(opts.out)) if opts.out else write_output()


@contextmanager
def write_output() -> Iterator[Take]:
    """Give what prints lines."""

    def take(read: Read) -> None:
        if read.line:
            sys.stdout.write(read.line + "\n")

    yield take
    sys.stdout.flush()


@contextmanager
def write_file(path: Path) -> Iterator[Take]:
    """Give what writes lines to a file that is there whole, when the block has ended, or not at all."""
    draft = path.with_name(f".{path.name}.new")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as stream:

            def take(read: Read) -> None:
                if read.line:
                    stream.write(read.line + "\n")

            yield take
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        raise UsageError(f"--out {path}: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def open_keeper(address: str, program: str) -> Iterator[Take]:
    """Give what keeps items in a store, as one run that gives signs of life."""
    with open_store(address, create=True) as store:
        run = store.begin_run(datetime.now(UTC), owner=owner_name(), program=program)
        signs = Signs(store)
        keeper = Keeper(store, lambda _: None)

        def take(read: Read) -> None:
            signs.give()
            if read.item is not None:
                keeper.keep(read.item, datetime.now(UTC))

        reason = "shutdown"
        try:
            yield take
            reason = "finished"
        finally:
            store.finish_run(datetime.now(UTC), reason)
            code = OK if reason == "finished" else INTERRUPTED
            store.judge_run(run, code, "" if code == OK else "interrupted", (), datetime.now(UTC))


@dataclass(slots=True)
class Signs:
    """A run's signs of life."""

    store: Store
    given: float = 0.0

    def give(self) -> None:
        """Give one when it is time."""
        if time.monotonic() - self.given > SIGN_OF_LIFE:
            self.store.give_sign(datetime.now(UTC))
            self.given = time.monotonic()


@contextmanager
def progress() -> Iterator[Callable[[int], None]]:
    """Give what shows on a terminal how many documents there were so far."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    columns = (SpinnerColumn(), TextColumn("documents"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task: TaskID = shown.add_task("documents", total=None)
        yield lambda count: shown.update(task, completed=count)
