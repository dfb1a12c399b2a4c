"""A bare Scrapy spider: fetches the addresses on standard input, stores nothing, prints how long that took."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.http import Response

SETTINGS = {"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "TELNETCONSOLE_ENABLED": False}
"""As polite as the crawl: one request at a time per host."""


class Bare(scrapy.Spider):
    """Asks and forgets."""

    name = "bare"

    def __init__(self, addresses: list[str]) -> None:
        super().__init__()
        self.addresses = addresses

    async def start(self) -> AsyncIterator[Any]:
        """Yield every request."""
        for address in self.addresses:
            yield scrapy.Request(address, callback=self.parse)

    def parse(self, response: Response, **_: object) -> None:
        """Do nothing."""


def main() -> None:
    """Crawl."""
    process = AsyncCrawlerProcess(SETTINGS)
    crawler = process.create_crawler(Bare)
    process.crawl(crawler, addresses=sys.stdin.read().split())
    process.start()
    stats = crawler.stats.get_stats()
    told = {"seconds": stats["elapsed_time_seconds"], "pages": stats["response_received_count"]}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
