"""What the address of a page gives away: copies live on hosts that are no government's."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

from crawler.checks.codes import make_finding
from crawler.items import Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFICIAL: Final = (
    ".gov.cn",
    ".edu.cn",
    ".mil.cn",
    ".ac.cn",
    ".org.cn",
    ".xn--zfr164b",
    ".xn--55qw42g",
    ".gov.hk",
    ".gov.mo",
)
"""Ends of hosts that a cloner cannot buy, or hardly; the two xn-- are .政务 and .公益."""
RESERVED: Final = (".localhost", ".test", ".example", ".invalid", ".local", ".internal", ".lan")
"""RFC 2606 and the like: hosts of tests and inner networks are no evidence of anything."""
DIALECTS: Final = re.compile(
    r"/t(?:19|20)\d{6}_\d+\.s?html?$"  # TRS
    r"|/art/\d{4}/\d{1,2}/\d{1,2}/art_"  # Hanweb
    r"|/art/\d{4}/art_[0-9a-f]{32}"
    r"|/(?:19|20)\d{2}-\d{1,2}/\d{1,2}/content_\d+\.s?html?$"
    r"|/(?:19|20)\d{2}(?:0[1-9]|1[0-2])/[0-9a-f]{32}\.s?html$"  # UCAP
    r"|/(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])/[0-9a-f]{32}\.html$"
    r"|/web/\w+/\w+/.*/(?:[0-9A-F]{32}|(?:19|20)\d{10,})/index\.s?html$"  # Liaoning
    r"|/columns/[0-9a-f-]{36}/\d{6}/\d{2}/"
    r"|/gkmlpt/content/|/XxgkAnnualReport/|/OpennessAnnualReport/|/openness/detail/"
    r"|/content/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.html$"
    r"|/[a-z0-9]*(?:zfxxgk|xxgknb|xxgkndbg|xxgkzd|zwgk|rmzf|zfgzbg)[a-z0-9_]*/.",  # columns in pinyin
    re.ASCII,
)
"""Paths as the systems of government portals make them."""
WRAPPED: Final = re.compile(r"/(https?:/{1,2}[^\s]+)$")
IMITATES: Final = re.compile(r"(?:^|-)[a-z0-9]+-(?:gov|com|net|org|edu|conac)(?:-cn)?$|-cn$")
OWN_ADDRESS: Final = re.compile(
    r"(?:本报告|电子版|年度报告)[^。；\n]{0,40}?(?:网站|网)[^。；\n]{0,10}?[（(]?(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,10})",
    re.I,
)
"""本报告电子版可从…网站(…)下载: the sentence that names the portal's own address."""


def check_hosts(text: str, url: str, *, is_vetted: bool = False) -> list[Finding]:
    """Return what address and text give away; the portals that somebody chose (`is_vetted`) may be of any host."""
    return [
        *iter_proxies(url),
        *(() if is_vetted else iter_address(url)),
        *(() if is_vetted else iter_rewritten(text, host_of(url))),
    ]


def host_of(url: str) -> str:
    """Return the host of an address, '' where it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_foreign(host: str) -> bool:
    """Tell whether a host is a public name that is not reserved for public bodies."""
    if "." not in host or host.endswith((*OFFICIAL, *RESERVED)) or f".{host}".endswith(OFFICIAL):
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False


def iter_address(url: str) -> Iterator[Finding]:
    """Yield findings on a foreign host: with the path of a portal's system, or spelled like another host."""
    host = host_of(url)
    if not is_foreign(host):
        return
    if DIALECTS.search(urlsplit(url).path):
        yield make_finding("tamper.dialect", f"{host} is no government host and has a government portal's path")
    if any(IMITATES.search(label) for label in host.split(".")[:-2]):
        yield make_finding("tamper.host_imitates", f"{host} spells another host's name with hyphens")


def iter_rewritten(text: str, host: str) -> Iterator[Finding]:
    """Yield a finding where the text names a host that is no government's as the report's own."""
    bare = host.removeprefix("www.").removeprefix("m.")
    if is_foreign(host) and (place := text.find(bare)) >= 0:
        span = Span(start=place, end=place + len(bare))
        yield make_finding("tamper.host_rewritten", f"The text names {bare}, where it was fetched, as its own", [span])
        return
    if ".c" not in text and ".n" not in text and ".o" not in text:
        return
    for match in OWN_ADDRESS.finditer(text):
        if is_foreign(match[1].lower()):
            span = Span(start=match.start(1), end=match.end(1))
            yield make_finding("tamper.host_foreign", f"The report says it is found at {match[1]}", [span])


def iter_proxies(url: str) -> Iterator[Finding]:
    """Yield a finding where the address wraps another, which is the report's own."""
    inner = original_url(url)
    if inner is not None:
        yield make_finding("host.proxy", f"A proxy served what is {inner}")


def original_url(url: str) -> str | None:
    """Return the address that a proxy's address holds: in its path, or in `src=`, plain or as Base64 of its complement.

    >>> original_url("http://nhap.example/index.php/http://www.gd.gov.cn/a.html")
    'http://www.gd.gov.cn/a.html'
    """
    if url.count("http") < 2 and "src=" not in url:
        return None
    parts = urlsplit(url)
    if wrapped := WRAPPED.search(unquote(parts.path)):
        return wrapped[1]
    query = parse_qs(parts.query)
    for value in (value for name in ("src", "url") for value in query.get(name, ())):
        if value.startswith(("http://", "https://")):
            return value
        if (turned := complement(value)) is not None:
            return turned
    return None


def complement(value: str) -> str | None:
    """Return the address whose bitwise complement a value holds in Base64, if it does."""
    padded = value.replace(" ", "+").replace("-", "+").replace("_", "/")
    try:
        raw = base64.b64decode(padded + "=" * (-len(padded) % 4))
        text = bytes(255 - byte for byte in raw).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return text if text.startswith(("http://", "https://")) else None
