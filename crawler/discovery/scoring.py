"""What one link is worth where it stands, and whether a page is an annual-report column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from crawler.discovery.titles import promise_of
from crawler.discovery.words import (
    ANNUAL,
    ANY_COLUMN,
    COLUMN_NAME_LENGTH,
    FAINT,
    GROUP_COLUMN,
    ON_THE_WAY,
    ORGAN_NAME_LENGTH,
    STRONG,
    WORTHLESS,
    YEAR_COLUMN,
    column_points,
    folder_points,
    is_annual_name,
    is_document_address,
    is_organ,
    plain,
)
from crawler.families.model import ListPage, ReadDocument
from crawler.families.rows import names_report
from crawler.parsing.doors import Link, squeeze, text_of
from crawler.parsing.links import Scope

SUBDOMAIN_COST = 15
QUERY_COST = 4
DEPTH_COST = 2
MORE = re.compile(r"\W{0,5}(?:查看|浏览|点击)?(?:更多|全部|more)\W{0,5}", re.I)
BOX_CLIMB = 4
BELOW_COLUMN = 75
"""What a page in a folder below an annual-report column is worth."""
COLUMN_SHARE = 0.5
"""From this share of titles of yearly reports on, a list is an annual-report column whatever its name."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Place:
    """The page a link stands on."""

    url: str
    annual: bool
    """Whether it is an annual-report column."""
    depth: int
    score: int = 0
    """What the link to the page itself was worth."""
    more: frozenset[str] = frozenset()
    """Where 更多 beside titles of reports leads: the list they are the first of."""


def score_link(
    link: Link, place: Place, scope: Scope, *, chrome: bool = False, siblings: bool = False
) -> tuple[int, bool]:
    """Return what following a link may bring, as points, and whether it leads to a sub-column of an annual column.

    0 points when it is not to be followed. `chrome` says that the link also stands on pages outside the column: it is
    the site's menu, not the column's own; `siblings` that most links beside it name a year, an organ or a group.
    """
    name = plain(link.text)
    if WORTHLESS.fullmatch(name):
        return 0, False
    named = max(column_points(link.text), column_points(link.title) if link.title != link.text else 0)
    points = named
    if is_document_address(link.url):
        points = points if points >= STRONG else 0
    else:
        folder = folder_points(link.url)
        points = max(points, folder if points or not name or folder >= STRONG else folder // 2)
    inner = inner_points(link, name, place, siblings=siblings) if place.annual and not chrome else 0
    points = max(points, inner, BELOW_COLUMN if link.url in place.more else 0)
    if not named and is_plain_column(link, name):
        points = max(points, ANY_COLUMN)
    elif is_bare_door(link, name, place):
        points = max(points, FAINT)
    if link.kind == "redirect" or (link.kind == "frame" and place.score):
        points = max(points, min(place.score, ANNUAL))
    elif link.kind == "frame":
        points = max(points, FAINT + DEPTH_COST * place.depth)
    if points <= 0:
        return 0, False
    cost = DEPTH_COST * place.depth + (0 if scope.is_home_host(link.url) else SUBDOMAIN_COST)
    is_inner = inner > 0 or (place.annual and link.kind in ("redirect", "frame"))
    return max(points - cost - (QUERY_COST if "?" in link.url else 0), 1), is_inner


def is_plain_column(link: Link, name: str) -> bool:
    """Return whether a link may lead to a column of whatever name: its words are short, its address no document's."""
    return 0 < len(name) <= ORGAN_NAME_LENGTH and "?" not in link.url and not is_document_address(link.url)


def is_bare_door(link: Link, name: str, place: Place) -> bool:
    """Return whether a link of the home page shows a picture alone: 进入网站, or a column's, drawn."""
    picture = link.element is not None and link.element.find(".//img") is not None
    return not name and place.depth == 0 and picture and not is_document_address(link.url)


def doors_to_more(links: Iterable[Link]) -> frozenset[str]:
    """Return where the links lead that say only 更多 and stand in one box with a yearly report's title."""
    return frozenset(
        link.url
        for link in links
        if link.element is not None and MORE.fullmatch(squeeze(text_of(link.element))) and is_beside_report(link)
    )


def is_beside_report(link: Link) -> bool:
    """Return whether the smallest box that holds a link and others has a yearly report's title among them."""
    for box in islice(link.element.iterancestors() if link.element is not None else (), BOX_CLIMB):
        others = [squeeze(text_of(other)) for other in box.iter("a") if other is not link.element]
        if others:
            return any(promise_of(words) == "report" for words in others)
    return False


def inner_points(link: Link, name: str, place: Place, *, siblings: bool) -> int:
    """Return what a link of an annual-report column is worth as a sub-column: by year, organ, group or folder.

    `siblings` says that most links beside it name a year, an organ or a group of them.
    """
    if YEAR_COLUMN.fullmatch(name):
        return ANNUAL - 10
    if names_part(name):
        return STRONG + 15
    if not name or len(name) > COLUMN_NAME_LENGTH or is_document_address(link.url) or link.url == place.url:
        return 0
    folder = urljoin(place.url, ".")
    is_below = urlsplit(folder).path != "/" and link.url.startswith(folder)
    return BELOW_COLUMN if siblings or is_below else 0


def names_part(name: str) -> bool:
    """Return whether plain words name a part of an annual-report column: a year, an organ, a group of organs."""
    known = YEAR_COLUMN.fullmatch(name) or GROUP_COLUMN.fullmatch(name)
    return known is not None or is_organ(name)


def part_blocks(links: Iterable[Link]) -> set[str]:
    """Return the blocks of links most of which name a part of an annual-report column."""
    counts: dict[str, list[int]] = {}
    for link in links:
        counted = counts.setdefault(link.block, [0, 0])
        counted[0] += 1
        counted[1] += names_part(plain(link.text))
    return {block for block, (total, parts) in counts.items() if parts > 1 and parts * 2 >= total}


def is_annual_page(names: Sequence[str], page: ListPage, link_words: str, score: int) -> bool:
    """Return whether a page is an annual-report column: by the link's words, its own name, its trail or its titles.

    Behind a link with some points (`score`), titles of other yearly reports will do: 政府工作年报 and its kin are
    opened, and told apart by their text.
    """
    if is_annual_name(link_words) or any(is_annual_name(name) for name in names):
        return True
    reports = sum(promise_of(entry.title) == "report" for entry in page.entries)
    yearly = sum(names_report(entry.title) for entry in page.entries)
    return max(reports, yearly if score >= ON_THE_WAY else 0) >= max(2, COLUMN_SHARE * len(page.entries))


def names_of(document: ReadDocument) -> list[str]:
    """Return what a page calls itself: its column's meta name, the head of its title, the last step of its trail."""
    names = [
        meta.get("content") or ""
        for meta in document.tree.iter("meta")
        if (meta.get("name") or "").lower() == "columnname"
    ]
    title = squeeze(document.tree.findtext(".//title") or "")
    names.extend(title.partition(separator)[0] for separator in "_-–| ")
    names.extend(trail_end(document))
    return [name for name in names if name]


def trail_end(document: ReadDocument) -> list[str]:
    """Return the last step of the 当前位置 line, if the page has one."""
    for element in document.tree.iter("div", "p", "td", "span", "ul", "li", "dt", "dd", "h3"):
        words = squeeze(text_of(element)) if "位置" in (element.text or "") or "位置" in first_words(element) else ""
        if words and len(words) < 120:
            return [words.replace("»", ">").rstrip("> ").rpartition(">")[2].strip()]
    return []


def first_words(element: object) -> str:
    """Return the text of an element's first child."""
    child = next(iter(element), None)  # type: ignore[call-overload]
    return (child.text or "") + (child.tail or "") if child is not None and isinstance(child.tag, str) else ""
