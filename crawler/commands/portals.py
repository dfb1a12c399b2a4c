"""`scrapy portals`: list the catalogue, check it, or try one address without storing anything."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.catalogue import groups_of, load_portals, select_portals
from crawler.errors import CatalogueError
from crawler.errors import UsageError as WrongArgument
from crawler.items import Article
from crawler.outcomes import ListOutcome, PortalOutcome, UrlOutcome

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from crawler.catalogue import Portal

CONFIG, NONE_FOUND = 4, 1
SAMPLE = 10
"""Entries printed of one portal."""


class Command(ScrapyCommand):
    """Lists the portals that are known; `--check` proves the catalogue, `--try` shows what one address gives."""

    requires_project = True
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012  # Scrapy declares it so

    def syntax(self) -> str:
        return "[GROUP|ID …] [--check] [--try URL]"

    def short_desc(self) -> str:
        return "List the catalogue's portals, check it, or try any address"

    def long_desc(self) -> str:
        return (
            "Without options: print the portals of the groups or ids named (all without any), tab-separated. "
            "--check: read and check the catalogue; no network. "
            "--try URL: crawl one address as a portal or a column, store nothing, and print which family each list is, "
            "what was found and why it stopped. "
            "Exit code: 0 as asked, 1 if --try found no annual report, 2 for wrong usage, 4 if the catalogue is wrong."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--check", action="store_true", help="check the catalogue, without network")
        parser.add_argument("--try", dest="address", metavar="URL", help="crawl one address and store nothing")
        parser.add_argument("--limit", metavar="N", default="10", help="entries to open with --try (default: 10)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = 0
        try:
            portals = load_portals()
            chosen = select_portals(",".join(args), portals) if args else portals
        except CatalogueError as error:
            print(error)
            self.exitcode = CONFIG
            return
        except WrongArgument as error:
            raise UsageError(str(error), print_help=False) from error
        if opts.check:
            print(
                f"{len(portals)} portals in {len(groups_of(portals))} groups ({', '.join(groups_of(portals))}): sound"
            )
        elif opts.address:
            self.exitcode = self.try_address(opts.address, opts.limit)
        else:
            print_portals(chosen)

    def try_address(self, address: str, limit: str) -> int:
        """Crawl an address without any pipeline, print what was found, and return the exit code."""
        assert self.settings is not None  # noqa: S101  # set by Scrapy before this call
        assert self.crawler_process is not None  # noqa: S101
        self.settings.set("ITEM_PIPELINES", {}, priority="cmdline")
        self.settings.set("EXTENSIONS", {}, priority="cmdline")
        crawler = self.crawler_process.create_crawler("gov_reports")
        items: list[object] = []

        def keep(item: object) -> None:
            items.append(item)

        crawler.signals.connect(keep, signal=signals.item_scraped)
        self.crawler_process.crawl(crawler, start=address, limit=limit)
        self.crawler_process.start()
        for line in report_lines(items):
            print(line)
        return 0 if any(isinstance(item, Article) for item in items) else NONE_FOUND


def print_portals(portals: Sequence[Portal]) -> None:
    """Print one portal a line."""
    for portal in portals:
        print("\t".join((portal.id, portal.name, portal.home, portal.region_code or "-", ",".join(portal.groups))))


def report_lines(items: Sequence[object]) -> list[str]:
    """Return what a trial came to, in lines for people: lists, documents, addresses that failed, the end."""
    lists = [item for item in items if isinstance(item, ListOutcome)]
    articles = [item for item in items if isinstance(item, Article)]
    failed = Counter(
        f"{item.outcome} ({item.reason})" for item in items if isinstance(item, UrlOutcome) and item.outcome != "read"
    )
    lines = [
        f"list     {item.family:<14} {item.entries} entries on {item.pages} pages"
        f"{f', {item.expected} announced' if item.expected is not None else ''}, ended: {item.stop_reason}  {item.url}"
        for item in lists
    ]
    lines += [
        f"document {article.page_kind:<14} {title_of(article)}  {article.page.url}" for article in articles[:SAMPLE]
    ]
    if len(articles) > SAMPLE:
        lines.append(f"         … and {len(articles) - SAMPLE} more")
    lines += [f"failed   {count} {reason}" for reason, count in failed.most_common()]
    ends = [item for item in items if isinstance(item, PortalOutcome)]
    lines += [
        f"portal   {item.requests} requests, {item.columns} annual-report columns, stopped: {item.stop_reason}"
        for item in ends
    ]
    if not articles:
        lines.append("none found: no annual report can be reached from this address")
    return lines


def title_of(article: Article) -> str:
    """Return the best title of an article: its own, or its list's."""
    return article.title or (article.page.entry.title if article.page.entry else "") or "(no title)"
