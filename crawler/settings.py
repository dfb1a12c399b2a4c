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
CONCURRENT_REQUESTS = 64  # default 16: as many hosts are served at once, and those that are slow keep no other waiting
CONCURRENT_ITEMS = 4  # default 100: as many tasks are made for every answer, and an answer gives hardly an item
DOWNLOAD_DELAY = 3.0  # default 0; a portal's Crawl-delay can only lengthen it
DOWNLOAD_DELAY_JITTER = 0  # default ±50 %: half of the gaps would be shorter than the limit
AUTOTHROTTLE_ENABLED = True  # a host that slows down is asked less often
AUTOTHROTTLE_START_DELAY = 0  # default 5; the delay above is the least, whatever is said here
GOV_REPORTS_DEMO_DELAY = 0.02  # seconds between requests to the demo portals, which the run itself serves
GOV_REPORTS_ROBOTS_KEEP = 24 * 3600.0  # RFC 9309 §2.4: rules are not used for longer than a day
GOV_REPORTS_ROBOTS_KEEP_FAILURE = 600.0  # rules that could not be read are asked for again after this
GOV_REPORTS_MAX_CRAWL_DELAY = 60.0  # a host that wants more seconds between two requests is not crawled
GOV_REPORTS_PAUSE = 30.0  # seconds a host is left alone after 403, 412, 429, 503, 521; doubled each time in a row
GOV_REPORTS_MAX_PAUSE = 180.0  # a host that asks for more (Retry-After), or earns more, is left for the rest of the run
GOV_REPORTS_HOST_BUDGET = 20_000  # requests of one host in one run; what is left waits for the next; 0: no bound
GOV_REPORTS_HOURS = os.environ.get("GOV_REPORTS_HOURS", "")  # `22-6`: the hours in Asia/Shanghai; "": all day
COOKIES_ENABLED = True  # some servers answer nobody who does not bring back the cookie they set; no other host gets it

# What a response may cost.
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024  # default 1 GiB: a 611 kB gzip of 600 MB took 1.3 GB of memory
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024
DOWNLOAD_TIMEOUT = 60  # default 180
REDIRECT_MAX_TIMES = 10  # default 20
DEPTH_LIMIT = 0  # the spider bounds its own walk, with a reason for each bound
MEMUSAGE_LIMIT_MB = 2048

# The road of a request and of its answer: crawler/fetching/middlewares.py. Theirs do less: OffsiteMiddleware lets
# retried and start requests through and drops others without a word; RobotsTxtMiddleware crawls without a robots.txt.
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.fetching.middlewares.KeepScope": 50,
    "crawler.running.watch.KeepBounds": 60,
    "crawler.fetching.middlewares.ObeyRobots": 100,
    "crawler.fetching.middlewares.LeaveAlone": 560,
    "crawler.fetching.middlewares.WholePages": 595,  # just before the body is unpacked: its end shows if it is whole
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,  # crawler/fetching/cookies.py says why
    "crawler.fetching.cookies.KeepCookiesHome": 700,
    "crawler.fetching.middlewares.NameAddresses": 800,  # an address that the guard refused is not tried again
    "crawler.archive.crawling.ArchiveAnswers": 950,  # before anything else sees an answer, compressed as it came
}
# Looks up every name and judges every address that is dialled; cannot be set by a spider, must not be by a user.
TWISTED_DNS_RESOLVER = "crawler.fetching.network.GuardedResolver"
GOV_REPORTS_PORTS = [80, 443]  # other ports of a public host are no web site
HTTPPROXY_ENABLED = False  # default: http_proxy of the environment; a proxy dials where the guard cannot see

# Doors that stay shut.
TELNETCONSOLE_ENABLED = False  # default: open
REMOTE_CONTROL_ENABLED = False  # default: an HTTP server that executes code
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
DOWNLOAD_VERIFY_CERTIFICATES = True  # default: unverified

# Unattended running.
GOV_REPORTS_STOP_FILE = os.environ.get("GOV_REPORTS_STOP_FILE", "output/stop")  # ends every request within 5 s
GOV_REPORTS_PARENT = 0  # number of the process whose end is this run's: set by `scrapy jobs work`; 0: none
GOV_REPORTS_MIN_FREE_MB = 500  # with less on a disk that the run writes to it ends before it writes; 0: never
GOV_REPORTS_HANG_MINUTES = 15.0  # a run in which nothing happens for so long ends itself; 0: never
GOV_REPORTS_JOBS = "output/jobs"  # where the crawls of `scrapy jobs work` log, a file a portal
GOV_REPORTS_RUNS = "output/runs"  # each run's report: NUMBER.txt, .json, .html; "": none
# Who is told when a run fails or gives less than before: addresses of apprise (make extras), with blanks between.
# They hold passwords, so they come from the environment and stand in no log.
GOV_REPORTS_ALERT_URLS = os.environ.get("GOV_REPORTS_ALERT_URLS", "").split()
GOV_REPORTS_REVISIT_DAYS = 1.0  # a stored document is asked again after this …
GOV_REPORTS_REVISIT_MOST_DAYS = 30.0  # … or a fourth of the time it has stood unchanged, but after this at the latest

# Output.
LOG_LEVEL = "INFO"
LOG_FORMATTER = (
    "crawler.running.logs.ShortLines"  # theirs prints a failed item whole: a page of a megabyte, with its people
)
RETRY_GIVE_UP_LOG_LEVEL = "WARNING"  # default ERROR: a page that does not answer is a result, not a fault of ours
EXTENSIONS = {
    "crawler.archive.crawling.KeepArchive": 0,
    "crawler.running.extensions.KeepBooks": 0,
    "crawler.running.extensions.ShowProgress": 10,
    "crawler.running.watch.WatchRun": 20,
}
FEED_EXPORT_ENCODING = "utf-8"

# The line from a page to its record; `scrapy extract` runs the same stages on files.
GOV_REPORTS_STAGES = {
    "pipelines.clean.CleanText": 100,
    "pipelines.extract.ExtractReport": 200,
    "pipelines.check.CheckReport": 300,
    "pipelines.redact.RedactPersonalData": 400,
}
ITEM_PIPELINES = {
    "pipelines.archive.NoteInArchive": 50,
    **GOV_REPORTS_STAGES,
    "pipelines.store.StoreReport": 900,
}

# Where everything is kept: an SQLAlchemy address; a relative SQLite path is taken from the project's folder.
GOV_REPORTS_STORE = os.environ.get("GOV_REPORTS_STORE", "sqlite:///output/gov_reports.sqlite3")
# Where every answer is kept as it came (WARC): a folder, a relative one in the project's; "" keeps none.
GOV_REPORTS_ARCHIVE = os.environ.get("GOV_REPORTS_ARCHIVE", "output/archive")
GOV_REPORTS_ARCHIVE_FILE_MB = 256  # a file that has grown to this is sealed and the next one begun
# Opens 127.0.0.0/8 and ::1 (nothing else) to the crawl, any port; the run is marked. For tests and mirrors.
GOV_REPORTS_ALLOW_LOOPBACK = os.environ.get("GOV_REPORTS_ALLOW_LOOPBACK", "") == "1"
