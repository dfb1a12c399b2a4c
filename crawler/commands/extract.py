"""`scrapy extract FILE…`: the stages of a crawl on saved pages, with no network and no store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.errors import PageError
from crawler.isolation import close_workers, is_risky, read_bounded, run_limited
from crawler.items import Page
from crawler.record import dump_record, error_record, record_from
from crawler.stages import load_stages, run_stages, stage_paths

if TYPE_CHECKING:
    import argparse

    from scrapy.settings import BaseSettings

    from crawler.record import Json


class Command(ScrapyCommand):
    """Print the record of each file as one JSON object a line."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it so

    def syntax(self) -> str:
        return "[--url URL] [--pretty] FILE…"

    def short_desc(self) -> str:
        return "Print the record of saved pages (HTML or text), one JSON object a file"

    def long_desc(self) -> str:
        return (
            "Read saved pages with the very stages of a crawl and print one JSON object a file on standard output, "
            "in the order given (docs/record.md explains its keys). No network, no store. "
            "Exit code: 0 if every file gave a record, 1 if any could not be read (its object has `error`), "
            "2 for wrong usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--url", metavar="URL", help="the address the page was saved from (evidence for date and region)"
        )
        parser.add_argument("--pretty", action="store_true", help="indent the JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("scrapy extract needs at least one FILE")
        stages = stage_paths(cast("BaseSettings", self.settings))
        self.exitcode = 0
        try:
            for name in args:
                record = read_file(Path(name), opts.url, stages)
                if "error" in record:
                    self.exitcode = 1
                sys.stdout.write(dump_record(record, pretty=opts.pretty) + "\n")
        finally:
            close_workers()


def read_file(path: Path, url: str | None, stages: tuple[str, ...]) -> dict[str, Json]:
    """Return the record of one saved page, or the object that says why there is none."""
    try:
        page = Page(url=url or "", body=path.read_bytes(), path=str(path))
    except OSError as error:
        return error_record(str(path), url, "unreadable_file", f"{path}: {error.strerror}")
    try:
        return run_limited(read_page, page, stages) if is_risky(page.body) else read_page(page, stages)
    except PageError as error:
        return error_record(str(path), url, error.reason, f"{path}: {error}")


def read_page(page: Page, stages: tuple[str, ...]) -> dict[str, Json]:
    """Return the record of a page. Raises PageError."""
    return record_from(run_stages(read_bounded(page), load_stages(stages)))
