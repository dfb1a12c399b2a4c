"""Pages that a list announces but does not link: their addresses as a script puts them together, else by custom.

A scheme is tried on the second page. Where it answers with new rows it gives all others; where not, the next is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from crawler.families.interfaces import PAGE_NAMES
from crawler.families.model import ListRequest, ReadDocument, state_of
from crawler.families.pagers import FILE_NUMBER, MAX_PAGES, Numbering, Pager
from crawler.parsing.links import canonical_url

MADE_ADDRESS = re.compile(
    r"""['"]([^'"\s<>]{0,200}(?:[_/-]|[?&]\w{1,20}=))['"]\s?\+\s?\(?([\w$][\w.$]{0,40}+(?:\(\))?)\s?(-\s?1)?\s?\)?"""
    r"""(?:\s?\+\s?['"]([^'"\s<>]{0,100})['"])?"""
)
"""`"index_" + n + ".html"`, `"?page=" + (n - 1)`, `'index_'+api.getCurrent()+'.html'`."""
PATTERN = re.compile(
    r"""=\s?["']([^"'<>\s{}]{0,200})(?:\$?\{(?:page\w{0,6}|p|n|num|0)\}|\[page\]|__page__|\(page\))([^"'<>\s{}]{0,60})["']""",
    re.I,
)
"""An attribute whose value is an address with the number's place left open."""
BARE_COUNT = re.compile(
    r"""data-(?:total|count|records?|pages?|total-?pages?|page-?count)\s?=\s?["'](\d{1,6})["']""", re.I
)
ENDING = re.compile(r"""=\s?["']\.?(s?html?|jhtml|jsp|aspx?|php)["']""", re.I)
FROM_NOUGHT = re.compile(r"\.pagination\s?\(\s?\d")
"""A well-known pager that calls its first page 0."""
LETTER = re.compile(r"[a-zA-Z?&]")
MAX_SCHEMES = 4


def unlinked_requests(
    family: str, document: ReadDocument, pager: Pager, request: ListRequest | None, shown: int, first: int | None = None
) -> list[ListRequest]:
    """Return the requests for the pages after this one: none when the list announces no more than was shown.

    `shown` are the rows of this page; `first` is what the family is known to call the first page in a file's name.
    """
    size = int(request.get("size", "0")) if request is not None else 0
    pages = pager.pages or pages_of(document, pager.total, shown, size or shown)
    if pages <= pager.page:
        return []
    if request is not None and request.get("before"):
        known = Numbering(
            before=request.get("before"), after=request.get("after"), slope=1, shift=int(request.get("shift"))
        )
        numbers = range(pager.page + 1, min(pages, pager.page + MAX_PAGES) + 1)
        return [found for number in numbers if (found := request_of(family, known, number, size))]
    if pager.page != 1:
        return []
    tried: ListRequest | None = None
    for scheme in reversed(list(dict.fromkeys(schemes(document, first)))[:MAX_SCHEMES]):
        tried = request_of(family, scheme, 2, shown, tried) or tried
    return [tried] if tried else []


def pages_of(document: ReadDocument, total: int | None, shown: int, size: int) -> int:
    """Return how many pages a list has that announces its rows, or a bare count beside a pattern of addresses."""
    if not total and (count := BARE_COUNT.search(document.html)) and PATTERN.search(document.html):
        # fewer than are shown: of pages
        if int(count[1]) < shown:
            return int(count[1])
        total = int(count[1])
    return -(-total // size) if total and size else 1


def request_of(
    family: str, scheme: Numbering, number: int, size: int, fallback: ListRequest | None = None
) -> ListRequest | None:
    """Return the request for a page by a scheme, None when that gives no address."""
    url = canonical_url(scheme.url(number))
    state = state_of(before=scheme.before, after=scheme.after, shift=scheme.shift, size=size)
    return ListRequest(url=url, family=family, page=number, state=state, fallback=fallback) if url else None


def schemes(document: ReadDocument, first: int | None) -> Iterator[Numbering]:
    """Yield how the list's pages may be called, the likeliest first."""
    yield from pattern_schemes(document)
    yield from made_schemes(document)
    yield from customary_schemes(document, (0, 1) if first is None else (first,))


def pattern_schemes(document: ReadDocument) -> Iterator[Numbering]:
    """Yield the schemes of addresses that leave the place of the number open: `data-url="list_{page}.html"`."""
    for match in PATTERN.finditer(document.html):
        if before := canonical_url(f"{match[1]}0", document.base_url):
            yield Numbering(before=before[:-1], after=match[2], slope=1, shift=0)


def made_schemes(document: ReadDocument) -> Iterator[Numbering]:
    """Yield the schemes of the addresses that the page's scripts put together with one number."""
    for script in document.tree.iter("script"):
        from_nought = FROM_NOUGHT.search(script.text or "") is not None
        for match in MADE_ADDRESS.finditer(script.text or ""):
            query = parse_qsl(match[1].rpartition("?")[2], keep_blank_values=True)
            if match[1].endswith("="):
                if not query or query[-1][0].lower() not in PAGE_NAMES:
                    continue
            elif LETTER.search(match[1]) is None:
                continue
            if before := canonical_url(f"{match[1]}0", document.base_url):
                yield Numbering(
                    before=before[:-1], after=match[4] or "", slope=1, shift=-1 if match[3] or from_nought else 0
                )


def customary_schemes(document: ReadDocument, bases: tuple[int, ...]) -> Iterator[Numbering]:
    """Yield the names of files that CMSs give: index_1 for the second page, then index_2."""
    parts = urlsplit(document.url)
    folder, _, file = parts.path.rpartition("/")
    stem, dot, ending = (file or "index.").rpartition(".")
    if dot and not FILE_NUMBER.search(stem):
        for known in [ending] if ending else endings_of(document):
            for base in bases:
                before = f"{parts.scheme}://{parts.netloc}{folder}/{stem}_"
                yield Numbering(before=before, after=f".{known}", slope=1, shift=base - 1)


def endings_of(document: ReadDocument) -> list[str]:
    """Return how the files of a folder's list may end: as a script says, else as most sites' do."""
    said = (match[1] for script in document.tree.iter("script") for match in ENDING.finditer(script.text or ""))
    return list(dict.fromkeys([*said, "html"]))[:2]
