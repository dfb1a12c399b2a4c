"""`scrapy extract FILE…`: the stages of a crawl on saved pages, with no network and no store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

from crawler.datasets.record import dump_record, error_record, record_from
from crawler.errors import PageError
from crawler.items import Page, Report
from crawler.parsing.article import read_article

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import Protocol

    from scrapy.settings import BaseSettings

    from crawler.datasets.record import Json

    class Stage(Protocol):
        """One stage of the line, as Scrapy calls it."""

        def process_item(self, item: object) -> object: ...


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
        stages = load_stages(cast("BaseSettings", self.settings))
        self.exitcode = 0
        for name in args:
            record = read_file(Path(name), opts.url, stages)
            if "error" in record:
                self.exitcode = 1
            sys.stdout.write(dump_record(record, pretty=opts.pretty) + "\n")


def load_stages(settings: BaseSettings) -> list[Stage]:
    """Return the stages of GOV_REPORTS_STAGES, made, in their order."""
    return [load_object(path)() for path in build_component_list(settings.getdict("GOV_REPORTS_STAGES"))]


def read_file(path: Path, url: str | None, stages: Sequence[Stage]) -> dict[str, Json]:
    """Return the record of one saved page, or the object that says why there is none."""
    try:
        body = path.read_bytes()
    except OSError as error:
        return error_record(str(path), url, "unreadable_file", f"{path}: {error.strerror}")
    try:
        item: Any = read_article(Page(url=url or "", body=body, path=str(path)))
        for stage in stages:
            item = stage.process_item(item)
    except PageError as error:
        return error_record(str(path), url, error.reason, f"{path}: {error}")
    return record_from(cast("Report", item))
