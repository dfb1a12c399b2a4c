"""The run as people see it: its books with the summary at the end, and a progress display on a terminal."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.logging import RichHandler
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.outcomes import PortalOutcome
from crawler.running.books import HELD, STORED, Books
from crawler.running.figures import count_run
from crawler.running.summary import print_summary

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Spider
    from scrapy.crawler import Crawler

RUN_STAT = "gov_reports/run"
"""The number that the store gave this run."""
STORE_STAT = "gov_reports/store/"
"""Stats `gov_reports/store/<new|changed|unchanged|quarantined>/<portal>`, counted by the store's stage."""


class KeepBooks:
    """Counts what passes, and prints the summary when the run ends."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.books = Books()
        self.finish_reason = ""
        """Why the engine stopped; empty until it did."""
        self._opened = False
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(self.item_error, signal=signals.item_error)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension; called by Scrapy."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """Note that the stages stand: a run that did not get so far has no summary."""
        self._opened = True

    def item_scraped(self, item: object) -> None:
        """Count an item that came through the pipelines."""
        self.books.note(item)

    def item_error(self) -> None:
        """Count an item that a stage failed on."""
        self._crawler.stats.inc_value("gov_reports/item_errors")

    def spider_closed(self, reason: str) -> None:
        """Note why the run ends."""
        self.finish_reason = reason

    def counts(self) -> dict[str, Any]:
        """Return what the run did so far, as its row in the store keeps it."""
        self.note_stored()
        return count_run(self.books, self._crawler.stats.get_stats())

    def note_stored(self) -> None:
        """Take over what the store said of the portals' reports."""
        for name, count in self._crawler.stats.get_stats().items():
            what, _, portal = name.removeprefix(STORE_STAT).partition("/")
            if name.startswith(STORE_STAT) and what in (*STORED, HELD) and portal:
                self.books.note_stored(portal, what, count)

    def engine_stopped(self) -> None:
        """Print the summary, when the progress display is gone and the stages are closed."""
        if not self._opened:
            return
        self.note_stored()
        settings = self._crawler.settings
        print_summary(
            Console(file=sys.stdout),
            self.books,
            store=settings["GOV_REPORTS_STORE"],
            loopback=settings.getbool("GOV_REPORTS_ALLOW_LOOPBACK"),
        )


class ShowProgress:
    """One line a portal on a terminal, with warnings above; off where there is no terminal, or the log goes there."""

    def __init__(self, crawler: Crawler) -> None:
        if not sys.stderr.isatty() or not crawler.settings["LOG_FILE"]:
            raise NotConfigured  # without a reason: Scrapy would warn of it on every unattended run
        self._crawler = crawler
        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console, transient=True
        )
        self._tasks: dict[str, TaskID] = {}
        self._warnings = RichHandler(logging.WARNING, console, show_path=False, markup=False)
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension; called by Scrapy."""
        return cls(crawler)

    def spider_opened(self, spider: Spider) -> None:
        """Begin to show."""
        logging.getLogger().addHandler(self._warnings)
        self._progress.start()
        self._progress.console.print(f"log: {spider.settings['LOG_FILE']}", markup=False, highlight=False)

    def item_scraped(self, item: object) -> None:
        """Show the new counts of the portals that are being crawled."""
        keeper = self._crawler.get_extension(KeepBooks)
        for portal, book in keeper.books.portals.items() if keeper else ():
            text = (
                f"{book.name or portal}: {book.list_pages} list pages, {book.entries} entries, {book.reports} reports, "
                f"{book.others.total()} other documents, {book.refused.total()} refused"
            )
            if portal not in self._tasks:
                self._tasks[portal] = self._progress.add_task(text, total=None)
            self._progress.update(self._tasks[portal], description=text)
        if isinstance(item, PortalOutcome) and item.portal in self._tasks:
            self._progress.update(self._tasks[item.portal], visible=False)

    def spider_closed(self) -> None:
        """Clear the display."""
        self._progress.stop()
        logging.getLogger().removeHandler(self._warnings)
