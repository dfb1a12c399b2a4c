"""Every Scrapy setting that differs from its default, and why. The only module that reads the environment.

Ours begin with GOV_REPORTS_; README.md lists them for users.
"""

from __future__ import annotations

import os

BOT_NAME = "gov_reports"
SPIDER_MODULES = ["spiders"]
COMMANDS_MODULE = "crawler.commands"

# Who we are. A contact address lets an administrator reach the operator instead of blocking the crawler.
GOV_REPORTS_CONTACT = os.environ.get("GOV_REPORTS_CONTACT", "")
USER_AGENT = (
    f"gov_reports/0.1 (annual disclosure report archive{'; ' + GOV_REPORTS_CONTACT if GOV_REPORTS_CONTACT else ''})"
)
ROBOTSTXT_USER_AGENT = "gov_reports"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",  # default `en`: some portals answer with an English shell
}

# Politeness.
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8
DOWNLOAD_DELAY = 3.0  # default 0; a portal's Crawl-delay can only lengthen it
AUTOTHROTTLE_ENABLED = True  # a host that slows down is asked less often
AUTOTHROTTLE_START_DELAY = 3.0
COOKIES_ENABLED = False  # a list needs no session; sessions make one page many

# What a response may cost.
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024  # default 1 GiB: a 611 kB gzip of 600 MB took 1.3 GB of memory
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024
DOWNLOAD_TIMEOUT = 60  # default 180
REDIRECT_MAX_TIMES = 10  # default 20
DEPTH_LIMIT = 0  # the spider bounds its own walk, with a reason for each bound
MEMUSAGE_LIMIT_MB = 2048

# Doors that stay shut.
TELNETCONSOLE_ENABLED = False  # default: open
REMOTE_CONTROL_ENABLED = False  # default: an HTTP server that executes code
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
DOWNLOAD_VERIFY_CERTIFICATES = True  # default: unverified

# Output.
LOG_LEVEL = "INFO"
FEED_EXPORT_ENCODING = "utf-8"

# The line from a page to its record; `scrapy extract` runs the same stages on files.
GOV_REPORTS_STAGES = {
    "pipelines.clean.CleanText": 100,
    "pipelines.extract.ExtractReport": 200,
    "pipelines.check.CheckReport": 300,
    "pipelines.redact.RedactPersonalData": 400,
}
ITEM_PIPELINES = {**GOV_REPORTS_STAGES, "pipelines.store.StoreReport": 900}

# Where everything is kept: an SQLAlchemy address; a relative SQLite path is taken from the project's folder.
GOV_REPORTS_STORE = os.environ.get("GOV_REPORTS_STORE", "sqlite:///output/gov_reports.sqlite3")
# Opens 127.0.0.0/8 and ::1 (nothing else) to the crawl, any port; the run is marked. For tests and mirrors.
GOV_REPORTS_ALLOW_LOOPBACK = os.environ.get("GOV_REPORTS_ALLOW_LOOPBACK", "") == "1"
