"""The downloader middlewares: what may be asked, when, and whether the answer is a whole page.

Each refusal ends in the request's errback as a `RefusedRequest` with its reason: nothing is dropped in silence. A
request meets the scope (scheme, port, host), robots.txt and the pauses; an answer is judged before it is unpacked.
"""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotConfigured,
    ResponseDataLossError,
)
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from crawler.fetching.network import RefusedRequest, guard, parse_address
from crawler.fetching.politeness import Pauses, bucket_of, parse_retry_after
from crawler.fetching.robots import RobotsRules, judge_robots
from crawler.fetching.wholeness import find_damage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from scrapy.core.downloader import Downloader
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

HOST_LEFT = object()
"""Signal: a host is left alone for longer than this run waits. Arguments: `host`, `seconds`."""
HOSTS_LEFT_BEFORE = object()
"""Signal: what earlier runs were told. Argument: `seconds`, those that are left, by host."""
ROBOTS_REQUEST = "gov_reports_robots"
"""Meta key of our own requests for robots.txt: rules may stand on another host (RFC 9309 §2.3.1.2)."""
ROBOTS_REDIRECTS = 5
DOWNLOAD_ERRORS = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    OSError,
)


def is_inside(host: str, domains: Iterable[str]) -> bool:
    """Return whether a host is one of the domains or, unless it is a literal address, stands below one of them."""
    host = host.rstrip(".").lower()
    if parse_address(host) is not None:
        return host in set(domains)
    return any(host == domain or host.endswith("." + domain) for domain in domains)


class KeepScope:
    """Refuses what is no public web address or leads out of the crawl, however it came: link, redirect or retry.

    The crawl's hosts are the spider's `allowed_domains`; a spider without any goes where it likes.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware; called by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise RefusedRequest unless the address may be asked."""
        if refusal := guard.refuse_url(request.url):
            self._refuse(request, *refusal)
        domains = getattr(self._crawler.spider, "allowed_domains", None)
        host = urlsplit(request.url).hostname or ""
        if domains and not request.meta.get(ROBOTS_REQUEST) and not is_inside(host, domains):
            self._refuse(request, "offsite", f"{host} is no host of this crawl")

    def _refuse(self, request: Request, reason: str, sentence: str) -> None:
        self._crawler.stats.inc_value(f"gov_reports/refused/{reason}")
        raise RefusedRequest(reason, f"{request.url}: {sentence}")


class NameAddresses:
    """Says why a name did not resolve when it was our own guard that hid its addresses; before anyone tries again."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware; called by Scrapy."""
        return cls(crawler)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raise RefusedRequest in the place of a failed look-up that the guard caused."""
        host = urlsplit(request.url).hostname or ""
        if isinstance(exception, CannotResolveHostError) and (refusal := guard.refused.get(host)):
            self._crawler.stats.inc_value("gov_reports/refused/address")
            raise RefusedRequest("address", f"{request.url}: {refusal}")


class ObeyRobots:
    """Keeps to robots.txt as RFC 9309 says: an answer of 5xx, 429 or none at all forbids everything for now.

    A host that does not answer ends its requests with the very error its robots.txt ended with: it is unreachable.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if not settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured("ROBOTSTXT_OBEY is off: robots.txt is not read")
        self._crawler = crawler
        self._user_agent: str = settings["ROBOTSTXT_USER_AGENT"]
        self._keep = settings.getfloat("GOV_REPORTS_ROBOTS_KEEP")
        self._keep_failure = settings.getfloat("GOV_REPORTS_ROBOTS_KEEP_FAILURE")
        self._longest_delay = settings.getfloat("GOV_REPORTS_MAX_CRAWL_DELAY")
        self._delay = settings.getfloat("DOWNLOAD_DELAY")
        self._rules: dict[str, tuple[float, asyncio.Future[RobotsRules | Exception]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware; called by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise RefusedRequest unless robots.txt allows the address; set the host's delay to its Crawl-delay."""
        if request.meta.get(ROBOTS_REQUEST):
            return
        parts = urlsplit(request.url)
        rules = await self._find_rules(f"{parts.scheme}://{parts.netloc}")
        if isinstance(rules, RefusedRequest):
            raise RefusedRequest(rules.reason, str(rules))
        if isinstance(rules, Exception):
            request.meta["dont_retry"] = True
            raise type(rules)(*rules.args)
        if not rules.is_allowed(request.url):
            self._crawler.stats.inc_value("gov_reports/refused/robots")
            raise RefusedRequest("robots", f"{request.url}: forbidden by robots.txt")
        if (delay := rules.crawl_delay) and delay > self._delay:
            if delay > self._longest_delay:
                raise RefusedRequest("crawl_delay", f"{parts.netloc}: robots.txt asks for {delay:g} s between requests")
            hold_delay(self._crawler.engine.downloader, request, bucket_of(parts.hostname or ""), delay)

    async def _find_rules(self, origin: str) -> RobotsRules | Exception:
        """Return a host's rules, fetched once however many requests wait for them, and again after a day."""
        until, answer = self._rules.get(origin, (0.0, None))
        if answer is None or (answer.done() and time.monotonic() > until):
            answer = asyncio.ensure_future(self._fetch(origin))
            answer.add_done_callback(lambda done: self._remember(origin, done))
            self._rules[origin] = (float("inf"), answer)
        return await asyncio.shield(answer)

    def _remember(self, origin: str, answer: asyncio.Future[RobotsRules | Exception]) -> None:
        failed = answer.cancelled() or answer.exception() or isinstance(answer.result(), Exception)
        self._rules[origin] = (time.monotonic() + (self._keep_failure if failed else self._keep), answer)

    async def _fetch(self, origin: str) -> RobotsRules | Exception:
        """Return the rules of a host, or why its pages cannot be asked for."""
        meta = {ROBOTS_REQUEST: True, "redirect_ttl": ROBOTS_REDIRECTS, "max_retry_times": 1}
        request = Request(f"{origin}/robots.txt", priority=1000, callback=NO_CALLBACK, meta=meta, dont_filter=True)
        try:
            response = await self._crawler.engine.download_async(request)
        except RefusedRequest as refusal:
            return refusal
        except IgnoreRequest:  # more redirects than we follow: there are no rules to be had
            return RobotsRules(None, self._user_agent)
        except DOWNLOAD_ERRORS as error:
            logger.info("%s does not answer: %s", origin, error)
            return error
        self._crawler.stats.inc_value(f"gov_reports/robots/{response.status}")
        rules = judge_robots(response.status, response.body, self._user_agent)
        if rules is None:
            logger.warning("%s/robots.txt answers %s: nothing is asked of this host for now", origin, response.status)
            return RefusedRequest("robots_unavailable", f"{origin}/robots.txt answers {response.status}")
        if rules.is_html:
            self._crawler.stats.inc_value("gov_reports/robots/html")
            logger.info("%s/robots.txt is a page, not rules: nothing is forbidden", origin)
        return rules


def hold_delay(downloader: Downloader, request: Request, bucket: str, delay: float) -> None:
    """Make `delay` the seconds between two requests of the host, out of AutoThrottle's reach."""
    request.meta["autothrottle_dont_adjust_delay"] = True
    downloader.per_slot_settings.setdefault(bucket, {})["delay"] = delay
    if bucket in downloader.slots:
        downloader.slots[bucket].delay = delay


class LeaveAlone:
    """Counts a host's requests in one bucket and leaves it alone when it says so, by Retry-After or by its answers."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._own_delay = settings.getfloat("GOV_REPORTS_DEMO_DELAY")
        self._pauses = Pauses(
            first=settings.getfloat("GOV_REPORTS_PAUSE"), longest=settings.getfloat("GOV_REPORTS_MAX_PAUSE")
        )
        crawler.signals.connect(self.request_scheduled, signal=signals.request_scheduled)
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)
        crawler.signals.connect(self.hosts_left_before, signal=HOSTS_LEFT_BEFORE)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware; called by Scrapy."""
        return cls(crawler)

    def hosts_left_before(self, seconds: dict[str, float]) -> None:
        """Leave alone what earlier runs were told to leave alone, for the seconds that are left."""
        for bucket, left in seconds.items():
            self._pauses.keep(bucket, left, time.monotonic())

    def request_scheduled(self, request: Request) -> None:
        """Put the request in its host's bucket before it is queued: the queue takes turns between buckets."""
        request.meta["download_slot"] = bucket_of(urlsplit(request.url).hostname or "")

    def process_request(self, request: Request) -> None:
        """Put the request in its host's bucket; raise RefusedRequest when the host is given up for this run."""
        parts = urlsplit(request.url)
        bucket = request.meta["download_slot"] = bucket_of(parts.hostname or "")
        if guard.is_own(parts.hostname or "", parts.port or 80):
            hold_delay(self._crawler.engine.downloader, request, bucket, self._own_delay)
        if self._pauses.is_given_up(bucket, time.monotonic()):
            raise self._refusal(bucket)

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Hold the host's next request back; called before the downloader sends it."""
        retry_after = response.headers.get("Retry-After")
        seconds = parse_retry_after(retry_after.decode("latin-1") if retry_after else None, datetime.now(UTC))
        bucket: str = request.meta["download_slot"]
        now = time.monotonic()
        pause = self._pauses.note(bucket, response.status, seconds, now)
        slot = self._crawler.engine.downloader.slots.get(bucket)
        if not pause or slot is None:
            return
        logger.warning("%s answered %s: left alone for %.0f s", bucket, response.status, pause)
        self._crawler.stats.inc_value("gov_reports/pauses")
        if self._pauses.is_given_up(bucket, now):
            self._crawler.signals.send_catch_log(HOST_LEFT, host=bucket, seconds=pause)
            while slot.queue:
                slot.queue.popleft()[1].errback(Failure(self._refusal(bucket)))  # type: ignore[no-untyped-call]
        else:
            slot.lastseen = now + pause

    def _refusal(self, bucket: str) -> RefusedRequest:
        self._crawler.stats.inc_value("gov_reports/refused/host_paused")
        return RefusedRequest("host_paused", f"{bucket}: asked to be left alone for longer than this run waits")


class WholePages:
    """Lets only whole pages pass; a cut one is asked again, then refused with what is wrong with it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._limit = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware; called by Scrapy."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Return the response when it is whole, else the request to be tried again."""
        if not 200 <= response.status < 300 or request.method == "HEAD":
            return response
        reason = find_damage(
            response.status,
            (response.headers.get("Content-Encoding") or b"").decode("latin-1"),
            response.body,
            cut="partial" in response.flags,
            html=b"html" in (response.headers.get("Content-Type") or b"").lower(),
            limit=self._limit,
        )
        if reason is None or (reason == "empty" and request.meta.get(ROBOTS_REQUEST)):
            return response
        assert self._crawler.spider is not None  # noqa: S101  # there is one while requests are made
        if again := get_retry_request(request, spider=self._crawler.spider, reason=reason):
            return again
        self._crawler.stats.inc_value(f"gov_reports/refused/{reason}")
        raise RefusedRequest(reason, f"{request.url}: not a whole page ({reason})")
