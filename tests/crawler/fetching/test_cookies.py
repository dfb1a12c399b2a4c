"""Whom cookies go back to, and that nobody is asked about it."""

from __future__ import annotations

import socket

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler
from tldextract import TLDExtract

from crawler.fetching.cookies import KeepCookiesHome

SET = "http://www.example.gov.cn/"


@pytest.fixture
def cookies(monkeypatch: pytest.MonkeyPatch, tmp_path) -> KeepCookiesHome:
    def asked(*address, **_):
        pytest.fail(f"looked up {address}")

    monkeypatch.setattr(socket, "getaddrinfo", asked)
    # as on a machine that never crawled
    monkeypatch.setattr(
        "scrapy.downloadermiddlewares.cookies._split_domain",
        TLDExtract(cache_dir=str(tmp_path), include_psl_private_domains=True),
    )
    return KeepCookiesHome.from_crawler(get_crawler(settings_dict={"COOKIES_ENABLED": True}))


def answered(cookies: KeepCookiesHome, url: str, *lines: str) -> None:
    request = Request(url)
    cookies.process_request(request)
    cookies.process_response(request, Response(url, headers={"Set-Cookie": list(lines)}))


def sent(cookies: KeepCookiesHome, url: str, **meta) -> bytes | None:
    request = Request(url, meta=meta)
    cookies.process_request(request)
    return request.headers.get("Cookie")


@pytest.mark.parametrize("domain", ["", "; Domain=example.gov.cn", "; Domain=.gov.cn", "; Domain=cn", "; Domain=b.cn"])
def test_c15_whatever_domain_a_cookie_names_only_its_host_gets_it(cookies: KeepCookiesHome, domain: str) -> None:
    answered(cookies, SET, f"session=1; Path=/{domain}")
    for other in ("http://example.gov.cn/", "http://zwgk.www.example.gov.cn/", "http://a.gov.cn/", "http://b.cn/"):
        assert sent(cookies, other) is None
    assert sent(cookies, SET + "a.html") in (b"session=1", None)


def test_c15_it_goes_back_to_its_host_over_redirects_too(cookies: KeepCookiesHome) -> None:
    answered(cookies, SET, "session=1; Path=/", "wide=2; Path=/; Domain=.example.gov.cn", "old=3; Path=/; Max-Age=0")
    assert sent(cookies, SET + "a.html") == b"session=1; wide=2"
    assert sent(cookies, SET + "a.html", cookiejar="b.example.gov.cn") == b"session=1; wide=2"
    assert sent(cookies, "http://b.example.gov.cn/", cookiejar="www.example.gov.cn") is None


def test_c15_addresses_without_a_name_keep_theirs(cookies: KeepCookiesHome) -> None:
    answered(cookies, "http://127.0.0.1:8000/", "session=1")
    assert sent(cookies, "http://127.0.0.1:8000/a.html") == b"session=1"
    assert sent(cookies, "http://127.0.0.2/") is None
