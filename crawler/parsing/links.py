"""Addresses: their canonical form, the key that tells two spellings of one page, and the hosts of a portal."""

from __future__ import annotations

import ipaddress
import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote_to_bytes, urlencode, urljoin, urlsplit, urlunsplit

SCHEMES = ("http", "https")
DEFAULT_PORTS = {"http": 80, "https": 443}

MAX_LENGTH = 2000
MAX_SEGMENTS = 20
MAX_SEGMENT_REPEATS = 2

# Second-level names under which strangers register: a portal named `www.gov.cn` owns itself, not all of gov.cn.
PUBLIC_SUFFIX = re.compile(r"(?:(?:gov|com|net|org|edu|ac|mil|[a-z]{2})\.)?cn|com|net|org|gov\.(?:hk|mo)")
TWIN_LABELS = ("www.", "wap.", "m.", "3g.")

# Query parameters that name a visit, not a page.
TRACKING = re.compile(
    r"(?:utm_\w+|spm|_|jsessionid|phpsessionid|phpsessid|aspsessionid\w*|cnzz\w*|from_source)\Z", re.I
)
SESSION_NAMES = frozenset(("sid", "session", "sessionid", "token"))
CLOCK_NAMES = frozenset(("t", "ts", "time", "timestamp", "rand", "random", "r", "v", "nocache", "_t", "date_"))
SESSION_VALUE = re.compile(r"\A[0-9a-fA-F-]{16,}+\Z")
CLOCK_VALUE = re.compile(r"(?:1\d{9}(?:\d{3})?|0?\.\d{4,}|\d{13,17})\Z")
PATH_SESSION = re.compile(r";(?:jsessionid|phpsessionid|sid)=[^/?#]*", re.I)

# What browsers drop or forgive in an address.
BLANKS = re.compile(r"[\t\r\n\x00-\x1f\x7f]+")
NO_HOST = re.compile(r"https?:/*\Z", re.I)
ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
DIRECTORY_PAGE = re.compile(r"/(?:index|default)\.(?:s?html?|aspx?|jsp|php)\Z", re.I)
UNRESERVED_PATH = "/:@!$&'()*+,;=~-._%"
UNRESERVED_QUERY = "/?:@!$'()*,;=&+~-._%"

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".wps": "application/vnd.ms-works",
    ".et": "application/vnd.ms-excel",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ofd": "application/ofd",
    ".zip": "application/zip",
    ".rar": "application/vnd.rar",
    ".7z": "application/x-7z-compressed",
    ".rtf": "application/rtf",
}
# Files that are never a document or a list.
OTHER_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|webp|svg|ico|css|js|mp[34]|flv|avi|wmv|mov|swf|exe|apk|woff2?|ttf|xsl|rss|ics)\Z"
)


def canonical_url(address: str, base: str = "", *, encoding: str = "utf-8") -> str | None:
    """Return the address as it is asked for, or None when it is not one of the web.

    Relative addresses are joined to `base`. The fragment, the default port, a session's id and parameters that change
    with each visit are dropped; non-ASCII characters are escaped, in the path as UTF-8, in the query in the page's own
    `encoding` (what browsers do: a GBK page's `?name=年报` travels as GBK bytes).
    """
    address = BLANKS.sub("", address).strip().replace("\\", "/")
    return known_url(address, site_of(base) if address[:1] == "/" else base, encoding)


@lru_cache(maxsize=4096)
def site_of(base: str) -> str:
    """Return an address without path and query: all that an address which begins at the root needs of its page."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return base
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else base


@lru_cache(maxsize=16384)  # the pages of a portal share their menus
def known_url(address: str, base: str, encoding: str) -> str | None:
    """Return what `canonical_url` does, for an address without blanks."""
    if NO_HOST.match(address):
        return None
    try:
        parts = urlsplit(urljoin(base, address))
        port = parts.port
    except ValueError:
        return None
    host = canonical_host(parts.hostname or "")
    if parts.scheme not in SCHEMES or host is None or parts.username is not None:
        return None
    netloc = host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    return urlunsplit((parts.scheme, netloc, clean_path(parts.path), clean_query(parts.query, encoding), ""))


def canonical_host(host: str) -> str | None:
    """Return the host in lower case and ASCII, or None when it cannot be one."""
    host = host.lower().rstrip(".")
    if ":" in host:
        return f"[{host}]"
    if not host or "%" in host or " " in host:
        return None
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return None


def clean_path(path: str) -> str:
    """Return the path without a session's id and doubled slashes, escaped."""
    path = re.sub(r"/{2,}", "/", PATH_SESSION.sub("", path)) or "/"
    if "/../" in path or "/./" in path:
        path = posixpath.normpath(path) + ("/" if path.endswith("/") else "")
    return upper_escapes(quote(path.encode("utf-8", "replace"), safe=UNRESERVED_PATH))


def clean_query(query: str, encoding: str) -> str:
    """Return the query without the parameters that name a visit, escaped; the order of the others is kept."""
    kept = [pair for pair in query.split("&") if pair and not is_visit_parameter(pair)]
    text = "&".join(kept)
    try:
        raw = text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        raw = text.encode("utf-8", "replace")
    return upper_escapes(quote(raw, safe=UNRESERVED_QUERY))


def is_visit_parameter(pair: str) -> bool:
    """Return whether a `name=value` pair names a visit (a session, a clock, a campaign) and not a page."""
    name, _, value = pair.partition("=")
    name = name.lower()
    return (
        TRACKING.match(name) is not None
        or (name in SESSION_NAMES and SESSION_VALUE.match(value) is not None)
        or (name in CLOCK_NAMES and CLOCK_VALUE.match(value) is not None)
    )


def upper_escapes(text: str) -> str:
    """Return the text with its percent escapes in upper case: %c4 and %C4 are one byte."""
    return ESCAPE.sub(lambda match: match[0].upper(), text)


@lru_cache(maxsize=16384)
def url_key(url: str) -> str:
    """Return the key that every spelling of one page shares: scheme, www, index.html, slash and order forgotten."""
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    path = quote(unquote_to_bytes(DIRECTORY_PAGE.sub("/", parts.path) or "/"), safe=UNRESERVED_PATH.replace("%", ""))
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")), encoding="latin-1")
    return f"{host}{path.rstrip('/')}?{query}" if query else f"{host}{path.rstrip('/')}"


@lru_cache(maxsize=16384)
def file_ending(url: str) -> str:
    """Return the ending of the address's file, with its dot and in lower case; '' when there is none."""
    try:
        path = urlsplit(url).path
    except ValueError:  # http://[a
        return ""
    return posixpath.splitext(path)[1].lower()


@lru_cache(maxsize=16384)
def attachment_type(url: str) -> str | None:
    """Return the media type of an address that names a document file, else None; download scripts are looked into."""
    ending = file_ending(url)
    if ending in MEDIA_TYPES:
        return MEDIA_TYPES[ending]
    try:
        query = urlsplit(url).query
    except ValueError:  # http://[a
        return None
    for name, value in parse_qsl(query):
        if "file" in name.lower() and (kind := MEDIA_TYPES.get(posixpath.splitext(value)[1].lower())):
            return kind
    return None


def is_page_url(url: str) -> bool:
    """Return whether the address may be an HTML page or an answer of a list's interface."""
    ending = file_ending(url)
    return ending not in MEDIA_TYPES and OTHER_FILE.match(ending) is None


def is_endless_path(url: str) -> bool:
    """Return whether the address looks like one of an endless space: too long, too deep, or folders that repeat."""
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    if len(url) > MAX_LENGTH or len(segments) > MAX_SEGMENTS:
        return True
    return any(segments.count(segment) > MAX_SEGMENT_REPEATS for segment in set(segments[:-1]) if len(segment) > 1) or (
        len(segments) >= 6 and segments[-3:-1] == segments[-5:-3]
    )


@dataclass(slots=True, frozen=True)
class Scope:
    """The hosts of one portal: its own name, its www/mobile twins and its subdomains; an IP address with its port."""

    domain: str
    exact: bool

    @property
    def host(self) -> str:
        """The domain without a port."""
        return urlsplit(f"//{self.domain}").hostname or ""

    def covers(self, url: str) -> bool:
        """Return whether the address belongs to the portal."""
        parts = urlsplit(url)
        if self.exact:
            return authority(parts) == self.domain
        host = parts.hostname or ""
        return host == self.domain or host.endswith("." + self.domain)

    def is_home_host(self, url: str) -> bool:
        """Return whether the address stands on the portal's own host, not on a subdomain of it."""
        parts = urlsplit(url)
        return self.exact or bare_host(parts.hostname or "") == bare_host(self.domain)


def scope_of(url: str) -> Scope:
    """Return the scope of the portal whose home page has this address."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_ip(host) or "." not in host:
        return Scope(authority(parts), exact=True)
    bare = bare_host(host)
    return Scope(host if PUBLIC_SUFFIX.fullmatch(bare) else bare, exact=False)


def bare_host(host: str) -> str:
    """Return the host without its www or mobile label."""
    for label in TWIN_LABELS:
        if host.startswith(label):
            return host.removeprefix(label)
    return host


def is_ip(host: str) -> bool:
    """Return whether the host is an IP address."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def authority(parts: SplitResult) -> str:
    """Return host and port, the default port left out."""
    host = parts.hostname or ""
    return host if parts.port in (None, DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{parts.port}"
