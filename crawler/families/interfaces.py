"""Interfaces that a page's script names: an address, or a call with fields, among them a page's number.

Only what pages a list is asked: a call without a page's number, or with the fields of a form, is left alone.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.families.answers import PLACE, ask
from crawler.families.model import ListRequest, ReadDocument
from crawler.families.values import balanced

FAMILY_NAME = "scripted"
"""Reads the answers."""
ADDRESS = re.compile(r"""['"]([^'"\s<>]{1,200}\?[^'"\s<>]{1,600})['"]""")
DATA_FILE = re.compile(r"""['"]([^'"\s<>?]{1,200}\.(?:json|xml))(?:\?[^'"\s<>]{0,200})?['"]""", re.I)
ASKS = re.compile(r"getJSON|ajax|fetch\(|axios|\.get\(|XMLHttp|\.load\(", re.I)
CALL = re.compile(r"(?:\.|\b)(?:post|ajax|getJSON|get|request|fetch|axios)\s?(?=\()", re.I)
QUOTED_ADDRESS = re.compile(r"""['"]((?:https?:)?[^'"\s<>]{0,200}[/.][^'"\s<>]{1,200})['"]""")
FIELDS = re.compile(r"\b(?:data|params|body)\s?:\s?(?:JSON\.stringify\(\s?)?(?=\{)|,\s?(?:JSON\.stringify\(\s?)?(?=\{)")
FIELD = re.compile(r"""['"]?\b(\w{1,40})['"]?\s?:\s?(?:'([^']{0,200})'|"([^"]{0,200})"|([\w.-]{1,60}))""")
POSTS = re.compile(r"""\bpost\s?\(|\b(?:type|method)['"]?\s?:\s?['"]post""", re.I)
JSON_BODY = re.compile(r"JSON\.stringify|application/json", re.I)
PAGE_NAMES = frozenset(
    ("page", "pageno", "pagenum", "pageindex", "currpage", "curpage", "currentpage", "current", "pagenumber", "p")
)
SIZE_NAMES = frozenset(("pagesize", "rows", "perpage", "size", "limit", "_pagesize", "prepage"))
FORM_NAMES = re.compile(r"passw|captcha|verif|yzm|email|phone|mobile|content\Z|idcard|username|comment", re.I)
NOT_LISTS = re.compile(
    r"\.(?:js|css|png|jpe?g|gif)\Z|/(?:search|so|s)\Z|login|count|visit|stat|comment|vote|weather", re.I
)
NOT_DATA = re.compile(r"(?:package|manifest|config|lang|city|weather|area|menu|nav)\w{0,10}\.(?:json|xml)\Z", re.I)
SPAN = 4000
"""Characters of a call that are looked at."""
DEFAULT_SIZE = 15


@dataclass(slots=True, frozen=True, kw_only=True)
class Interface:
    """How a script asks for a page of a list: PLACE stands for the page's number."""

    url: str
    body: str = ""
    form: bool = True
    size: int = DEFAULT_SIZE
    first: int = 1
    """What the script calls the first page, where it says so."""


def find_interface(document: ReadDocument) -> Interface | None:
    """Return the first interface of the page's scripts that pages a list; else a file of data; None without either."""
    sources = [entities.unescape(script.text or "") for script in document.tree.iter("script") if script.text]
    for source in sources:
        for paged in (*iter_calls(source), *iter_addresses(source)):
            return paged
    return next((found for source in sources if (found := find_file(source))), None)


def iter_addresses(source: str) -> Iterator[Interface]:
    """Yield the addresses of a script that have a page's number in their query."""
    for match in ADDRESS.finditer(source):
        parts = urlsplit(match[1])
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        if NOT_LISTS.search(parts.path) or not any(name.lower() in PAGE_NAMES for name, _ in pairs):
            continue
        yield Interface(
            url=urlunsplit((parts.scheme, parts.netloc, parts.path, open_page(pairs), "")),
            size=size_of(pairs),
            first=first_of(pairs),
        )


def iter_calls(source: str) -> Iterator[Interface]:
    """Yield the calls of a script that send fields with a page's number among them."""
    for match in CALL.finditer(source):
        call = balanced(source[: match.end() + SPAN], match.end())
        address = QUOTED_ADDRESS.search(call)
        begin = FIELDS.search(call, address.end() if address else 0) or FIELDS.search(call)
        if address is None or begin is None or NOT_LISTS.search(address[1].partition("?")[0]):
            continue
        pairs = list(iter_fields(balanced(call, begin.end()), source))
        names = [name.lower() for name, _ in pairs]
        if not PAGE_NAMES.intersection(names) or any(FORM_NAMES.search(name) for name in names):
            continue
        form = JSON_BODY.search(call) is None
        if POSTS.search(match[0] + call):
            body = open_page(pairs) if form else open_json(pairs)
            yield Interface(url=address[1], body=body, form=form, size=size_of(pairs), first=first_of(pairs))
        else:
            joint = "&" if "?" in address[1] else "?"
            yield Interface(url=f"{address[1]}{joint}{open_page(pairs)}", size=size_of(pairs), first=first_of(pairs))


def iter_fields(piece: str, source: str) -> Iterator[tuple[str, str]]:
    """Yield names and values of a script's object; a variable's value is looked up, one that is unknown left out."""
    for match in FIELD.finditer(piece):
        name, literal = match[1], match[2] if match[2] is not None else match[3]
        if literal is None and not match[4][:1].isdigit():
            known = re.search(rf"\b{re.escape(match[4])}\s?=\s?['\"]?([\w./-]{{1,60}})", source)
            literal = known[1] if known else ""
            if not literal and name.lower() not in PAGE_NAMES:
                continue
        yield name, match[4] if literal is None else literal


def find_file(source: str) -> Interface | None:
    """Return the file of data that a script fetches, such as `./list.json` beside the column."""
    if not ASKS.search(source):
        return None
    files = (match[1] for match in DATA_FILE.finditer(source) if not NOT_DATA.search(match[1]))
    return next((Interface(url=url) for url in files), None)


def open_page(pairs: list[tuple[str, str]]) -> str:
    """Return pairs as a query with the page's number left open."""
    return "&".join(
        f"{name}={PLACE}" if name.lower() in PAGE_NAMES else urlencode([(name, value)]) for name, value in pairs
    )


def open_json(pairs: list[tuple[str, str]]) -> str:
    """Return pairs as JSON with the page's number left open."""
    fields = (
        f'"{name}":{PLACE}' if name.lower() in PAGE_NAMES else f'"{name}":{value if value.isdigit() else quoted(value)}'
        for name, value in pairs
    )
    return "{" + ",".join(fields) + "}"


def quoted(value: str) -> str:
    """Return a text as JSON writes it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def size_of(pairs: list[tuple[str, str]]) -> int:
    """Return the rows a page is asked for."""
    return next((int(value) for name, value in pairs if name.lower() in SIZE_NAMES and value.isdigit()), DEFAULT_SIZE)


def first_of(pairs: list[tuple[str, str]]) -> int:
    """Return what the script's own number says the first page is called: 0 only where it stands there."""
    return 0 if any(name.lower() in PAGE_NAMES and value == "0" for name, value in pairs) else 1


def first_request(document: ReadDocument, interface: Interface) -> ListRequest:
    """Return the request for an interface's first page."""
    return ask(
        FAMILY_NAME,
        document.url,
        interface.url,
        size=interface.size,
        first=interface.first,
        body=interface.body,
        form=interface.form,
    )


def scripted_requests(document: ReadDocument, shown: int) -> list[ListRequest]:
    """Return the request for the second page of a list whose first stands in the page; none without an interface.

    When the way the script counts brings nothing new, the other way is asked: pages are called from 1, or from 0.
    """
    found = find_interface(document)
    if found is None or PLACE not in found.url + found.body:
        return []
    request: ListRequest | None = None
    for first in (1 - found.first, found.first):
        request = ask(
            FAMILY_NAME,
            document.url,
            found.url,
            page=2,
            size=max(shown, 1),
            first=first,
            body=found.body,
            form=found.form,
            seen=shown,
            fallback=request,
        )
    return [request] if request else []
