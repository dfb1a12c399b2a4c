"""TRS WCM and its kin: static lists whose pager a script prints, `createPageHTML(25, 0, "index", "html")`.

Page 1 is `index.html`, page k+1 is `index_k.html`: the script's second number is the file's, counted from 0. A dialect
(UCAP templates) names a container first, counts from 1 and gives the number of entries last:
`createPageHTML('page_div', 10, 1, 'zwgklist', 'shtml', 200)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.families.model import Family, ListPage, ListRequest, ReadDocument, end_of
from crawler.families.pagers import TOTAL_WORDS, announced, numbered_requests
from crawler.families.rows import read_rows
from crawler.parsing.doors import squeeze, text_of

NAME = "trs"
CALL = re.compile(
    r"(?<![\w$])(?<!function )(?:createPageHTML|createPage|create_page|showPageHTML)\w{0,6}\s*\(([^()]{3,200})\)"
)
CALL_WORDS = ("createPage", "create_page", "showPageHTML", "Pager")
PAGER_OBJECT = re.compile(r"\bPager\s*\(\s*\{([^{}]{10,400})\}")
OBJECT_FIELD = re.compile(r"""\b(\w{1,30})\s*:\s*['"]?([^,'"\s}]*)""")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
FILE_NUMBER = re.compile(r"_(\d{1,4})\.\w+\Z")


@dataclass(slots=True, frozen=True, kw_only=True)
class Call:
    """The pager's call, its arguments sorted out."""

    pages: int
    current: int
    name: str
    ending: str
    total: int | None
    base: int | None
    """What the first page counts as, 0 or 1, where the form of the call says it."""


def recognises(document: ReadDocument) -> bool:
    """Return whether the page calls a script that prints a pager of static pages."""
    return find_call(document.html) is not None


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return the page: its rows, and the other pages by the numbers of the call."""
    call = find_call(document.html)
    entries = read_rows(document)
    if call is None:
        page = request.page if request else 1
        return ListPage(family=NAME, entries=entries, page_number=page, end="last_page" if entries else "empty_page")
    base = base_of(call, document.url, request)
    number = call.current - base + 1
    found = ListPage(
        family=NAME,
        entries=entries,
        page_number=number,
        pages=call.pages,
        total=call.total or announced(TOTAL_WORDS, squeeze(text_of(document.tree))),
        next=numbered_requests(
            NAME, document.url, name=call.name, ending=call.ending, base=base, page=number, pages=call.pages
        ),
    )
    found.end = end_of(found)
    return found


def base_of(call: Call, url: str, request: ListRequest | None) -> int:
    """Return what the first page counts as: known from the request, the call's form, or the page being the first."""
    if request is not None and request.get("base"):
        return int(request.get("base"))
    if call.base is not None:
        return call.base
    return min(call.current, 1) if FILE_NUMBER.search(urlsplit(url).path) is None else 0


def find_call(html: str) -> Call | None:
    """Return the page's own call with its numbers; calls in comments count when no other does."""
    if not any(word in html for word in CALL_WORDS):
        return None
    for source in (COMMENT.sub("", html), html):
        for match in CALL.finditer(source):
            if call := parse_call(match[1], source):
                return call
        for match in PAGER_OBJECT.finditer(source):
            if call := parse_object(match[1]):
                return call
    return None


def parse_call(arguments: str, source: str) -> Call | None:
    """Return the call of an argument list: names in quotes, numbers as digits or as variables of the page."""
    numbers: list[int] = []
    names: list[str] = []
    container_first = False
    for place, argument in enumerate(part.strip() for part in arguments.split(",")):
        if argument[:1] in "'\"" and argument[:1]:
            names.append(argument.strip("'\""))
            container_first |= place == 0
        elif (number := number_of(argument, source)) is not None:
            numbers.append(number)
    if len(numbers) < 2 or len(names) < 2:
        return None
    ending = names[-1].lstrip(".")
    total = numbers[2] if len(numbers) > 2 else None
    return Call(
        pages=numbers[0],
        current=numbers[1],
        name=names[-2],
        ending=f".{ending}",
        total=total,
        base=1 if container_first and len(names) > 2 else None,
    )


def number_of(argument: str, source: str) -> int | None:
    """Return the value of an argument: digits, or the number a variable of the page was given."""
    if argument.isdigit():
        return int(argument)
    if not re.fullmatch(r"[A-Za-z_]\w{0,40}", argument):
        return None
    match = re.search(rf"\b{argument}\s*=\s*['\"]?(\d{{1,6}})\b", source)
    return int(match[1]) if match else None


def parse_object(fields: str) -> Call | None:
    """Return the call of the object form: `Pager({size:67, current:0, prefix:'index', suffix:'html'})`."""
    values = dict(OBJECT_FIELD.findall(fields))
    if not (values.get("size", "").isdigit() and values.get("current", "").isdigit() and values.get("suffix")):
        return None
    return Call(
        pages=int(values["size"]),
        current=int(values["current"]),
        name=values.get("prefix", "index"),
        ending=f".{values['suffix']}",
        total=None,
        base=None,
    )


FAMILY = Family(name=NAME, specificity=40, recognises=recognises, read=read)
