"""Hanweb JCMS columns paged by jpage: the first records stand in the page, `dataproxy.jsp` answers XML with the others.

A column `/col/col76705/index.html` holds a `<datastore>` with the first block of records (usually three pages of
`perPage`), and asks `/module/web/jpage/dataproxy.jsp?startrecord=46&endrecord=90&perpage=15` with the column's and the
unit's number for the next. A dialect (nextgroup) names the next block's whole address in the answer, encrypted.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.families.model import Family, ListPage, ListRequest, ReadDocument, end_of, state_of
from crawler.families.rows import read_fragment_rows, read_rows
from crawler.items import Entry
from crawler.parsing.links import canonical_url

NAME = "hanweb_jpage"
MAX_BLOCKS = 400
DEFAULT_PER_PAGE = 15
DEFAULT_GROUP = 3
PROXY = re.compile(r"(?:/module/web)?/(?:module/)?(?:web/)?jpage/dataproxy\.jsp")
PROXY_PATH = re.compile(r"['\"]([^'\"?\s]{0,100}jpage/dataproxy\.jsp)")
DATASTORE = re.compile(r"<(?:datastore|recordset)\b", re.I)
RECORD = re.compile(r"<record(?:\s[^>]{0,80})?>", re.I)
RECORD_END = re.compile(r"</record>", re.I)
NEXT_GROUP = re.compile(r"<nextgroup\b", re.I)
NEXT_GROUP_END = re.compile(r"</nextgroup>", re.I)
HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.I)
TOTAL = re.compile(
    r"<totalrecord>\s*(\d+)|\b(?:totalRecord|openTotal|total|dataCount)['\"]?\s*[:=]\s*['\"]?(\d+)", re.I
)
TOTAL_PAGES = re.compile(r"<totalpage>\s*(\d+)", re.I)
PER_PAGE = re.compile(r"\bper[pP]age['\"]?\s*[:=]\s*['\"]?(\d{1,3})")
GROUP_SIZE = re.compile(r"\bgroupSize['\"]?\s*[:=]\s*['\"]?(\d{1,2})")
PARAMETER = re.compile(
    r"""\b(col|appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype)['"]?\s*[:=]\s*"""
    r"""(?:'([^']*)'|"([^"]*)"|([^'",&}\s<>;]*))"""
)
COLUMN_NUMBER = re.compile(r"/col/col(\d+)/")
UNIT_NUMBER = re.compile(
    r"jpageform_(\d+)|<div[^>]{0,80}\bid=['\"](\d{3,})['\"]|\bjpage\(\s*['\"]#?(\d{3,})|\$\('#(\d{3,})'\)"
)
WANTED = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")
DEFAULTS = {"col": "1", "appid": "1", "path": "/", "sourceContentType": "1", "permissiontype": "0"}


def recognises(document: ReadDocument) -> bool:
    """Return whether this is a jpage column or an answer of its interface."""
    text = document.html
    return (RECORD.search(text) and DATASTORE.search(text)) is not None or PROXY.search(text) is not None


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return the records of the page or answer, and the request for the block after them."""
    text = document.html
    entries = read_records(text, document.base_url)
    total, pages = first_number(TOTAL, text), first_number(TOTAL_PAGES, text)
    page = ListPage(
        family=NAME,
        entries=entries,
        total=total,
        pages=pages,
        page_number=request.page if request else page_of(document),
    )
    block = next_block(document, request, page)
    if not entries and request is None:
        page.entries = read_rows(document)
    if block is not None:
        page.next = [block]
    page.end = end_of(page)
    return page


def read_records(text: str, base: str) -> list[Entry]:
    """Return the entries of all records; a record holds one row, sometimes several."""
    return read_fragment_rows("\n".join(iter_records(text)), base) if RECORD.search(text) else []


def iter_records(text: str) -> Iterator[str]:
    """Yield the markup of each record, whether it stands in CDATA or escaped."""
    for chunk in RECORD_END.split(text)[:-1]:
        if (match := RECORD.search(chunk)) is None:
            continue
        record = chunk[match.end() :].strip()
        if record.startswith("<![CDATA["):
            yield record.removeprefix("<![CDATA[").removesuffix("]]>")
        else:
            yield entities.unescape(record)


def first_number(pattern: re.Pattern[str], text: str) -> int | None:
    """Return the first number a pattern finds in one of its groups."""
    match = pattern.search(text)
    return int(next(group for group in match.groups() if group)) if match else None


def page_of(document: ReadDocument) -> int:
    """Return the number of the block an address of the interface names, 1 for a column."""
    query = dict(parse_qsl(urlsplit(document.url).query))
    if query.get("page", "").isdigit():
        return max(int(query["page"]), 1)
    if query.get("startrecord", "").isdigit() and query.get("endrecord", "").isdigit():
        first, last = int(query["startrecord"]), int(query["endrecord"])
        return (first - 1) // max(last - first + 1, 1) + 1
    return 1


def next_block(document: ReadDocument, request: ListRequest | None, page: ListPage) -> ListRequest | None:
    """Return the request for the next block, or None after the last: named by the page, or counted on."""
    if page.page_number >= MAX_BLOCKS:
        return None
    if named := named_block(document, page.page_number):
        return named
    shown = len(RECORD.findall(document.html))
    last = int(request.get("last")) if request and request.get("last") else shown
    if shown == 0 and (request is not None or page.total is None):
        return first_block(document, page) if request is None and PROXY.search(document.html) else None
    if page.total is not None and last >= page.total:
        return None
    if request is not None and request.get("proxy"):
        size, per_page = int(request.get("size")), int(request.get("perpage"))
        parameters = dict(parse_qsl(request.get("parameters"), keep_blank_values=True))
        return block_request(request.get("proxy"), parameters, last + 1, size, per_page, page.page_number + 1)
    if PROXY.search(urlsplit(document.url).path):
        return counted_block(document, page)
    return first_block(document, page, last=shown)


def named_block(document: ReadDocument, number: int) -> ListRequest | None:
    """Return the request that a nextgroup names, or None."""
    begin, end = NEXT_GROUP.search(document.html), NEXT_GROUP_END.search(document.html)
    href = HREF.search(entities.unescape(document.html[begin.end() : end.start()])) if begin and end else None
    url = canonical_url(href[1] if href else "", document.url) if href else None
    return ListRequest(url=url, family=NAME, page=number + 1) if url else None


def counted_block(document: ReadDocument, page: ListPage) -> ListRequest | None:
    """Return the request after an answer that came without one of ours: its own address, counted on by one page."""
    if page.pages is None or page.page_number >= page.pages:
        return None
    query = dict(parse_qsl(urlsplit(document.url).query, keep_blank_values=True))
    if not query.get("page", "").isdigit():
        return None
    query["page"] = str(page.page_number + 1)
    return ListRequest(url=urljoin(document.url, "?" + urlencode(query)), family=NAME, page=page.page_number + 1)


def first_block(document: ReadDocument, page: ListPage, *, last: int = 0) -> ListRequest | None:
    """Return the request for the block after the `last` record that stands in a column's page."""
    text = document.html
    path = PROXY_PATH.search(text)
    per_page = first_number(PER_PAGE, text) or DEFAULT_PER_PAGE
    size = per_page * (first_number(GROUP_SIZE, text) or DEFAULT_GROUP)
    parameters = column_parameters(document)
    if "columnid" not in parameters or (page.total is None and last < size and last > 0):
        return None
    proxy = urljoin(document.url, path[1] if path else "/module/web/jpage/dataproxy.jsp")
    return block_request(proxy, parameters, last + 1, max(size, last), per_page, 2 if last else 1)


def column_parameters(document: ReadDocument) -> dict[str, str]:
    """Return what the interface must be told of the column: from the page's script, its address, its forms."""
    found: dict[str, str] = {}
    for match in PARAMETER.finditer(document.html):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        if value:
            found.setdefault(match[1], entities.unescape(value))
    if "columnid" not in found and (column := COLUMN_NUMBER.search(document.url)):
        found["columnid"] = column[1]
    if "unitid" not in found and (unit := first_number(UNIT_NUMBER, document.html)):
        found["unitid"] = str(unit)
    return {name: found.get(name, DEFAULTS.get(name, "")) for name in WANTED if name in found or name in DEFAULTS}


def block_request(
    proxy: str, parameters: dict[str, str], first: int, size: int, per_page: int, number: int
) -> ListRequest:
    """Return the request for records `first` to `first + size - 1`: all in the address, or posted as browsers do."""
    last = first + size - 1
    counts = {"startrecord": str(first), "endrecord": str(last), "perpage": str(per_page)}
    body = urlencode(parameters)
    state = state_of(proxy=proxy, parameters=body, last=last, size=size, perpage=per_page)
    posted = ListRequest(
        url=f"{proxy}?{urlencode(counts)}",
        method="POST",
        headers=(("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),),
        body=body,
        family=NAME,
        page=number,
        state=state,
    )
    return ListRequest(
        url=f"{proxy}?{urlencode({**counts, **parameters})}", family=NAME, page=number, state=state, fallback=posted
    )


FAMILY = Family(name=NAME, specificity=60, recognises=recognises, read=read, marks=("<record", "jpage/dataproxy.jsp"))
