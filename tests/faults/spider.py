"""A spider that asks the addresses it is given and prints how each ended, one JSON object a line.

Run with: python -m tests.faults.spider SETTINGS_JSON < addresses; the project's settings hold but for the given ones.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings


class Asker(scrapy.Spider):
    name = "asker"

    def __init__(self, urls: list[str], allowed_domains: list[str]) -> None:
        super().__init__(allowed_domains=allowed_domains)
        self.urls = urls

    async def start(self):
        for url in self.urls:
            yield scrapy.Request(url, self.answered, errback=self.failed, dont_filter=True, meta={"asked": url})

    def answered(self, response):
        self.say(response.meta["asked"], "ok", length=len(response.body), url=response.url)

    def failed(self, failure):
        error = failure.value
        status = getattr(getattr(error, "response", None), "status", None)
        reason = getattr(error, "reason", None) or (f"http_{status}" if status else type(error).__name__)
        self.say(failure.request.meta["asked"], reason, message=str(error))

    def say(self, asked, outcome, **more):
        sys.stdout.write(json.dumps({"asked": asked, "outcome": outcome, **more}) + "\n")


if __name__ == "__main__":
    own = {"ITEM_PIPELINES": {}, "EXTENSIONS": {}, "COMMANDS_MODULE": "", "SPIDER_MODULES": [], "LOG_LEVEL": "WARNING"}
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.setdict(own | json.loads(sys.argv[1]))
    process = AsyncCrawlerProcess(settings)
    lines = [line.split() for line in sys.stdin]
    process.crawl(Asker, urls=[url for url, *_ in lines], allowed_domains=json.loads(sys.argv[2]))
    process.start()
    # not getrusage: its maximum includes that of the process this one was forked from
    held = Path("/proc/self/status").read_text(encoding="utf-8").partition("VmHWM:")[2].split()[0]
    sys.stderr.write(f"peak memory: {held} kB\n")
