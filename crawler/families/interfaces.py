"""Interfaces that a page's script names: an address, or a call with fields, as a rule a page's number among them.

A call with the fields of a form is left alone. One without a page's number is asked only for a column without rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.families.answers import PLACE, ask
from crawler.families.model import ListRequest, ReadDocument
from crawler.families.sources import ASKS, OPEN, Script, scripts_of
from crawler.families.values import balanced

Pairs: TypeAlias = Sequence[tuple[str, str]]

FAMILY_NAME = "scripted"
"""Reads the answers."""
ADDRESS = re.compile(r"""['"]([^'"\s<>]{1,200}\?[^'"\s<>]{1,600})['"]""")
DATA_FILE = re.compile(r"""['"]([^'"\s<>?]{1,200}\.(?:json|xml))(?:\?[^'"\s<>]{0,200})?['"]""", re.I)
CALL = re.compile(r"(?:\.|\b)(?:post|ajax|getJSON|get|load|request|fetch|axios)\s?(?=\()", re.I)
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
    r"\.(?:js|css|png|jpe?g|gif)\Z|/(?:search|so|s)\Z|login|count(?!r?y)|visit|stat(?!ic)|comment|vote|weather|click|hits?\b|zan|praise|likes?\b|delete|save|submit|update|score|feedback|subscribe|upload",
    re.I,
)
NOT_DATA = re.compile(r"(?:package|manifest|config|lang|city|weather|area|menu|nav)\w{0,10}\.(?:json|xml)\Z", re.I)
LIKE_LIST = re.compile(
    r"list|nb\b|nianbao|annual|news|article|channel|catalog|column|info|content|data|[?&/]c?id", re.I
)
QUERY_TEXT = re.compile(r"""(?:\bdata\s?:|,)\s?['"](\w{1,40}=[^'"\s<>?]{0,600})['"]""")
"""Fields as one text: `data: "cid=7&page=" + n`."""
EMPTY_BODY = "{}"
MAX_UNPAGED = 3
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


def find_paged(scripts: Iterable[Script]) -> Interface | None:
    """Return the first interface of some scripts that pages a list."""
    for script in scripts:
        for paged in (*iter_calls(script, is_paged), *iter_addresses(script.text)):
            return paged
    return None


def find_unpaged(scripts: Iterable[Script]) -> list[Interface]:
    """Return what scripts fetch at once, the likeliest list first: files of data, pieces of markup, whole answers."""
    found: dict[tuple[str, str], Interface] = {}
    for script in scripts:
        for each in (*iter_files(script.text), *iter_calls(script, is_whole)):
            if not each.body or LIKE_LIST.search(each.url + each.body):  # what is posted may do something
                found.setdefault((each.url, each.body), each)
    likely = sorted(found.values(), key=lambda each: LIKE_LIST.search(each.url + each.body) is None)
    return likely[:MAX_UNPAGED]


def iter_addresses(source: str) -> Iterator[Interface]:
    """Yield the addresses of a script that have a page's number in their query."""
    for match in ADDRESS.finditer(source):
        parts = urlsplit(match[1])
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        if NOT_LISTS.search(parts.path) or not is_paged(pairs) or OPEN.search(parts.path):
            continue
        yield Interface(
            url=urlunsplit((parts.scheme, parts.netloc, parts.path, open_page(pairs), "")),
            size=size_of(pairs),
            first=first_of(pairs),
        )


def iter_calls(script: Script, is_wanted: Callable[[Pairs], bool]) -> Iterator[Interface]:
    """Yield the calls of a script that send wanted fields, in the address or beside it."""
    for match in CALL.finditer(script.text):
        call = balanced(script.text[: match.end() + SPAN], match.end())
        address = QUOTED_ADDRESS.search(call)
        if address is None:
            continue
        path, _, query = address[1].partition("?")
        beside = list(iter_beside(call, address.end(), script))
        pairs = [*parse_qsl(query, keep_blank_values=True), *beside]
        if NOT_LISTS.search(path) or NOT_DATA.search(path) or OPEN.search(path) or not is_wanted(pairs):
            continue
        form = JSON_BODY.search(call) is None
        if not POSTS.search(match[0] + call):
            yield Interface(
                url=f"{path}?{open_page(pairs)}" if pairs else path, size=size_of(pairs), first=first_of(pairs)
            )
            continue
        body = open_page(beside) if form else open_json(beside)
        url = f"{path}?{open_page(parse_qsl(query, keep_blank_values=True))}" if query else path
        yield Interface(url=url, body=body or EMPTY_BODY, form=form, size=size_of(pairs), first=first_of(pairs))


def iter_beside(call: str, start: int, script: Script) -> Iterator[tuple[str, str]]:
    """Yield the fields that a call sends beside its address: those of an object, or of a query in one text."""
    if begin := FIELDS.search(call, start) or FIELDS.search(call):
        yield from iter_fields(balanced(call, begin.end()), script)
    elif text := QUERY_TEXT.search(call):
        yield from parse_qsl(text[1], keep_blank_values=True)


def iter_fields(piece: str, script: Script) -> Iterator[tuple[str, str]]:
    """Yield names and values of a script's object; a variable's value is looked up, one that is unknown left out."""
    for match in FIELD.finditer(piece):
        name, literal = match[1], match[2] if match[2] is not None else match[3]
        if literal is None and not match[4][:1].isdigit():
            literal = script.known.get(match[4], "")
            if not literal and name.lower() not in PAGE_NAMES:
                continue
        yield name, match[4] if literal is None else literal


def is_paged(pairs: Pairs) -> bool:
    """Return whether fields ask for a page by its number, and nothing else is open or of a form for people."""
    names = [name.lower() for name, _ in pairs]
    whole = not any(
        OPEN.search(value) and name not in PAGE_NAMES for name, (_, value) in zip(names, pairs, strict=True)
    )
    return whole and not PAGE_NAMES.isdisjoint(names) and not any(FORM_NAMES.search(name) for name in names)


def is_whole(pairs: Pairs) -> bool:
    """Return whether fields ask for something whole: none is a page's number, open, or of a form for people."""
    return not any(
        name.lower() in PAGE_NAMES or OPEN.search(value) or FORM_NAMES.search(name.lower()) for name, value in pairs
    )


def iter_files(source: str) -> Iterator[Interface]:
    """Yield the files of data that a script fetches, such as `./list.json` beside the column."""
    if ASKS.search(source):
        files = (match[1] for match in DATA_FILE.finditer(source) if not NOT_DATA.search(match[1]))
        yield from (Interface(url=url) for url in files if not OPEN.search(url))


def open_page(pairs: Pairs) -> str:
    """Return pairs as a query with the page's number left open."""
    return "&".join(
        f"{name}={PLACE}" if name.lower() in PAGE_NAMES else urlencode([(name, value)]) for name, value in pairs
    )


def open_json(pairs: Pairs) -> str:
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


def size_of(pairs: Pairs) -> int:
    """Return the rows a page is asked for."""
    return next((int(value) for name, value in pairs if name.lower() in SIZE_NAMES and value.isdigit()), DEFAULT_SIZE)


def first_of(pairs: Pairs) -> int:
    """Return what the script's own number says the first page is called: 0 only where it stands there."""
    return 0 if any(name.lower() in PAGE_NAMES and value == "0" for name, value in pairs) else 1


def first_request(base: str, interface: Interface, fallback: ListRequest | None = None) -> ListRequest:
    """Return the request for an interface's first page, from the page at `base`."""
    return ask(
        FAMILY_NAME,
        base,
        interface.url,
        size=interface.size,
        first=interface.first,
        body=interface.body,
        form=interface.form,
        fallback=fallback,
    )


def scripted_requests(document: ReadDocument, shown: int) -> list[ListRequest]:
    """Return the request for the second page of a list whose first stands in the page; none without an interface.

    When the way the script counts brings nothing new, the other way is asked: pages are called from 1, or from 0.
    """
    found = find_paged(scripts_of(document).asking)
    if found is None:
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
