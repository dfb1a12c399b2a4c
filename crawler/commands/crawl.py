"""`scrapy crawl gov_reports`: Scrapy's own command, with an exit code that tells the truth."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.settings import SETTINGS_PRIORITIES

from crawler.reporting import close_run
from crawler.running.extensions import KeepBooks
from crawler.running.logs import mask, mask_logs
from crawler.running.verdict import FAILED, FORCED, Verdict, judge_error, judge_run

if TYPE_CHECKING:
    import argparse
    import asyncio

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

LOG_FILE = Path(__file__).parents[2] / "output" / "crawl.log"
"""Where the log goes when a terminal shows the progress instead and nobody said otherwise."""


class Command(ScrapyCrawl):
    """Runs a spider; exits 0 only when everything was done as asked, else with one line saying why."""

    def short_desc(self) -> str:
        return "Crawl portals for annual disclosure reports: scrapy crawl gov_reports -a portals=demo"

    def long_desc(self) -> str:
        return (
            "Crawl portals (spider gov_reports), or read the archive again (spider replay). Arguments of gov_reports, "
            "each with -a: portals=IDS, GROUPS, a FILE or demo, comma-separated (`scrapy portals` lists them; without "
            "it: all); start=URL of any portal or column, several separated by spaces; years=2016-2024; limit=entries "
            "of each portal. Started again, a crawl goes on where the last one ended. Exit codes: README.md."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        mask_logs()
        assert self.settings is not None  # noqa: S101  # set by Scrapy before this call
        untouched = (self.settings.getpriority("LOG_FILE") or 0) <= SETTINGS_PRIORITIES["default"]
        if untouched and sys.stderr.isatty():
            self.settings.set("LOG_FILE", str(LOG_FILE), priority="command")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise ScrapyUsageError("name one spider: scrapy crawl gov_reports")
        assert self.crawler_process is not None  # noqa: S101  # set by Scrapy before this call
        try:
            crawler = self._create_crawler(args[0])
        except KeyError:
            raise ScrapyUsageError(f"there is no spider called {args[0]}", print_help=False) from None
        task = cast("asyncio.Task[None]", self.crawler_process.crawl(crawler, **opts.spargs))
        self.crawler_process.start()
        verdict = read_verdict(task, crawler)
        self.exitcode = verdict.code
        if not task.done() or task.exception() is None:  # else it never began
            close_run(crawler.settings, crawler.stats.get_stats(), verdict)
        if verdict.code:
            print(f"scrapy crawl: {mask(verdict.sentence)} (exit code {verdict.code})", file=sys.stderr)


def read_verdict(task: asyncio.Task[None], crawler: Crawler) -> Verdict:
    """Return how the run ended, from the task that it was and from its books."""
    if not task.done():
        return Verdict(FORCED, "stopped by a second signal; what was stored before is whole, start again to go on")
    if error := task.exception():
        verdict = judge_error(error)
        if verdict.code == FAILED:
            logger.error("the run failed", exc_info=error)
        return verdict
    keeper = crawler.get_extension(KeepBooks)
    if keeper is None:
        return Verdict(FAILED, "the extension crawler.running.extensions.KeepBooks is off: nobody counted")
    return judge_run(keeper.finish_reason, keeper.books, crawler.stats.get_stats())
