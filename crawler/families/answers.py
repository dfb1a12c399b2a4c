"""Answers of list interfaces: JSON of whatever make, its records found by their keys, and the requests that page it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import quote, urljoin

from crawler.families.model import ListPage, ListRequest, ReadDocument, end_of, state_of
from crawler.families.pagers import PAGES_WORDS, TOTAL_WORDS, announced
from crawler.families.rows import live_rows, names_report, printed_date, read_fragment_rows
from crawler.families.values import Json, is_page, parse_json, parse_xml, walk_values
from crawler.items import Entry
from crawler.parsing.doors import parse_fragment, squeeze, text_of
from crawler.parsing.links import canonical_url

CHINA = timezone(timedelta(hours=8))
MAX_PAGES = 400
PAGE_ADDRESS = re.compile(r"\A(?:https?:/|\.{0,2})/[^\s<>\"']{1,300}\.(?:s?html?|jsp|pdf|docx?)", re.I)
LONGEST_TITLE = 120
PLACE = "{page}"
"""Stands for the page's number in the state of a request."""
RECORD_MARKUP = re.compile(r"<(?:a|li|tr|td|div)\b|&lt;a\s", re.I)
"""Markup of rows: an answer that has it is read as rows, whatever holds them."""

# Keys of a record, in lower case, as the makes of CMS write them; the first that is there counts.
TITLE_KEYS = ("title", "doctitle", "infotitle", "articletitle", "subject", "headline", "name", "titlename", "maintitle")
URL_KEYS = (
    "docpuburl",
    "post_url",
    "puburl",
    "publishurl",
    "staticurl",
    "infourl",
    "linkurl",
    "url",
    "urls",
    "link",
    "href",
    "chnldocurl",
    "docurl",
    "visiturl",
)
DATE_KEYS = (
    "publishedtimestr",
    "display_publish_time",
    "docreltime",
    "pubdate",
    "publishtime",
    "publishedtime",
    "infodate",
    "deploytime",
    "created_at",
    "create_time",
    "date",
    "time",
    "savetime",
)
ORGAN_KEYS = ("publisher", "organ", "deptname", "orgname", "publishorg", "depname", "department", "puborg")
TOTAL_KEYS = ("total", "totalcount", "totalrecord", "totalrecords", "totalnum", "totalelements", "recordcount", "count",
              "post_count", "rowcount", "totalrows", "pagecount_total")  # fmt: skip


# Totals in answers that are markup, escaped or not.
ANSWER_TOTALS = (
    re.compile(r"""\b(?:count|total\w{0,8})\\{0,2}["']?\s?[=:]\s?\\{0,2}["']?(\d{1,6})\b""", re.I),
    *TOTAL_WORDS,
)


def find_records(value: Json, base: str) -> list[Entry]:
    """Return the entries of the longest list of records with a title and an address, wherever it stands.

    A string with markup inside counts as a list of rows.
    """
    best: list[Entry] = []
    for inner in walk_values(value):
        entries: list[Entry] = []
        if isinstance(inner, list):
            entries = [entry for record in inner if isinstance(record, dict) and (entry := make_entry(record, base))]
        elif isinstance(inner, str) and "<a" in inner.lower():
            entries = read_fragment_rows(inner, base)
        if len(entries) > len(best):
            best = entries
    return best


def make_entry(record: Mapping[str, Json], base: str) -> Entry | None:
    """Return the entry of a record, or None when it has no title or no address; records inside records count as one."""
    flat: dict[str, Json] = {}
    for key, value in record.items():
        if isinstance(value, dict) and key.lower() in ("source", "_source", "data", "doc"):
            flat |= {inner.lower(): inner_value for inner, inner_value in value.items()}
        else:
            flat.setdefault(key.lower(), value)
    title = plain_text(first_text(flat, TITLE_KEYS) or text_of_report(flat))
    url = record_url(flat, base)
    if not title or url is None:
        return None
    organ = plain_text(first_text(flat, ORGAN_KEYS)) or None
    return Entry(url=url, title=title, listed_on=record_date(flat), organ=organ)


def first_text(record: Mapping[str, Json], keys: Sequence[str]) -> str:
    """Return the first of the keys that has a text."""
    return next((value for key in keys if isinstance(value := record.get(key), str) and value.strip()), "")


def text_of_report(record: Mapping[str, Json]) -> str:
    """Return the first value that reads as a yearly report's title, whatever its key; '' without one."""
    texts = (value for value in record.values() if isinstance(value, str) and len(value) <= LONGEST_TITLE)
    return next((text for text in texts if names_report(text)), "")


def plain_text(text: str) -> str:
    """Return a text without the markup that search results carry."""
    return squeeze(text_of(parse_fragment(text))) if "<" in text else squeeze(text)


def record_url(record: Mapping[str, Json], base: str) -> str | None:
    """Return the address of a record; some hold several as JSON (`{"common": "/a.html", "mobile": …}`)."""
    for key in URL_KEYS:
        value = record.get(key)
        if isinstance(value, str) and value.startswith("{"):
            value = parse_json(value)
        if isinstance(value, dict):
            value = next((inner for inner in value.values() if isinstance(inner, str) and inner), None)
        if isinstance(value, str) and value.strip() and (url := canonical_url(value, base)):
            return url
    texts = (value for value in record.values() if isinstance(value, str) and PAGE_ADDRESS.fullmatch(value))
    return next((url for value in texts if (url := canonical_url(value, base))), None)


def record_date(record: Mapping[str, Json]) -> date | None:
    """Return the day a record was published, from a printed date or an instant in seconds or milliseconds."""
    for key in DATE_KEYS:
        value = record.get(key)
        if isinstance(value, str) and (day := printed_date(value)):
            return day
        number = int(value) if isinstance(value, str) and value.isdigit() else value
        if isinstance(number, int) and not isinstance(number, bool) and 10**9 <= number < 10**13 * 5:
            seconds = number / 1000 if number >= 10**11 else number
            return datetime.fromtimestamp(seconds, UTC).astimezone(CHINA).date()
    return None


def find_total(value: Json) -> int | None:
    """Return how many records the whole list has, by the first key that says so, outer ones first."""
    for inner in walk_values(value):
        if isinstance(inner, dict):
            lower = {str(key).lower(): number for key, number in inner.items()}
            for key in TOTAL_KEYS:
                number = lower.get(key)
                if isinstance(number, str) and number.isdigit():
                    number = int(number)
                if isinstance(number, int) and not isinstance(number, bool) and number >= 0:
                    return number
    return None


def ask(
    family: str,
    base: str,
    url: str,
    *,
    page: int = 1,
    size: int,
    first: int = 1,
    body: str = "",
    form: bool = True,
    seen: int = 0,
    fallback: ListRequest | None = None,
) -> ListRequest:
    """Return the request for a page of an interface: `{page}` in its address or its body becomes the page's number.

    `first` is what the interface calls the first page, `size` the rows it is asked for, `seen` those of earlier pages.
    """
    number = str(page - 1 + first)
    kind = "application/x-www-form-urlencoded; charset=UTF-8" if form else "application/json; charset=UTF-8"
    headers = (("X-Requested-With", "XMLHttpRequest"), *((("Content-Type", kind),) if body else ()))
    return ListRequest(
        url=urljoin(base, url.replace(PLACE, number).replace(quote(PLACE), number)),
        method="POST" if body else "GET",
        headers=headers,
        body=body.replace(PLACE, number).replace(quote(PLACE), number),
        family=family,
        page=page,
        state=state_of(base=base, url=url, size=size, first=first, body=body, form=int(form), seen=seen),
        fallback=fallback,
    )


def ask_next(request: ListRequest, seen: int) -> ListRequest:
    """Return the request for the page after the one a request asked for."""
    return ask(
        request.family,
        request.get("base"),
        request.get("url"),
        page=request.page + 1,
        size=int(request.get("size")),
        first=int(request.get("first")),
        body=request.get("body"),
        form=request.get("form") == "1",
        seen=seen,
    )


def read_answer(document: ReadDocument, request: ListRequest) -> ListPage:
    """Return the page of a list that an interface's answer holds, and the request after it.

    Without a total the list goes on while its pages are full.
    """
    value = parse_json(document.html)
    if value is None and RECORD_MARKUP.search(document.html) is None:
        value = parse_xml(document.html)
    base = request.get("base") or document.url
    whole = value is None and is_page(document.html)
    if value is not None:
        entries = find_records(value, base)
    else:
        entries = live_rows(document) if whole else read_fragment_rows(document.html, base)
    total = find_total(value)
    if total is None:
        total = announced(TOTAL_WORDS if whole else ANSWER_TOTALS, document.html)
    size = int(request.get("size", "0")) or len(entries)
    seen = int(request.get("seen", "0")) + len(entries)
    pages = announced(PAGES_WORDS, document.html) if whole else None
    more = len(entries) >= size if pages is None else request.page < pages
    if total is not None:
        more = seen < total
    page = ListPage(family=request.family, entries=entries, total=total, pages=pages, page_number=request.page)
    if total and size and not pages:
        page.pages = -(-total // max(len(entries), 1)) if request.page == 1 else -(-total // size)
    is_paged = PLACE in request.get("url") + request.get("body")
    if entries and more and is_paged and request.page < MAX_PAGES:
        page.next = [ask_next(request, seen)]
    page.end = end_of(page)
    return page


def hosted_list(family: str, entries: list[Entry], first: ListRequest) -> ListPage:
    """Return the page that only hosts a list: its rows, if any, and the request for the list's first page."""
    return ListPage(family=family, entries=entries, next=[first], page_number=0)
