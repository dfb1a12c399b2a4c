"""Cookies: back to the host that set them, to no other.

Scrapy's middleware shares a cookie between the hosts of a domain, and asks the network for the Public Suffix List to
tell which domains are none: a request that no address guard, no robots.txt and no budget sees. With a jar for each host
there is nothing to tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.cookies import CookiesMiddleware

if TYPE_CHECKING:
    from collections.abc import Iterable
    from http.cookiejar import Cookie

    from scrapy import Request, Spider
    from scrapy.http import Response
    from scrapy.http.cookies import CookieJar


class KeepCookiesHome(CookiesMiddleware):
    """Downloader middleware: a jar a host, whatever domain its cookies name."""

    def process_request(
        self,
        request: Request,
        spider: Spider | None = None,  # noqa: ARG002  the base's; it warns whoever passes one
    ) -> Request | Response | None:
        """Add its host's cookies to a request; a redirect copies its request's meta, so the jar is named anew."""
        request.meta["cookiejar"] = urlsplit(request.url).hostname
        return super().process_request(request)

    def _process_cookies(self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request) -> None:
        for cookie in cookies:
            cookie.domain = urlsplit(request.url).hostname or ""
            jar.set_cookie_if_ok(cookie, request)
