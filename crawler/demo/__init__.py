"""A small invented prefecture (云岭省青禾市) whose portals ship with the project and are served by the run itself.

`scrapy crawl gov_reports -a portals=demo` crawls them with no network. Places, organs, people and numbers are invented;
the pages have the shapes of real portals, and their traps. `expected.tsv` says what must become of each document.
"""

from crawler.demo.server import DemoPortal, serve_demo

__all__ = ["DemoPortal", "serve_demo"]
