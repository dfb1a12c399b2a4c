"""A page read: its document apart from its chrome, in blocks, and what the page says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlsplit

from crawler.items import Article, Attachment, Block, Finding, Page, Paragraph, Source, Table
from crawler.parsing.attachments import find_attachments
from crawler.parsing.body import Reading, classify_lines, find_region
from crawler.parsing.chrome import LONE_DATE
from crawler.parsing.dom import Document, parse_document, parse_tree
from crawler.parsing.kinds import BYLINE, CRUMB, FOOTER, LINKS, META, PROSE, SHORT, key_of
from crawler.parsing.lines import PageLines, read_lines
from crawler.parsing.page_kind import FEW_LINKS, REPORT, SMALL, Evidence, document_kind, tell_kind
from crawler.parsing.plain import is_plain_text, read_plain_lines
from crawler.parsing.sources import HeldDocument, is_json, is_list_data, iter_held
from crawler.parsing.titles import (
    MAX_TITLE,
    TitleSearch,
    choose_title,
    read_breadcrumb,
    read_byline,
    read_footer,
    read_head,
    title_candidates,
    title_keys,
)
from crawler.parsing.tokens import name_of
from crawler.parsing.trim import Extent, make_blocks, trim, trim_thin

FEW = 60
"""Characters of a document below which it is sought elsewhere: in hidden boxes, frames, scripts."""
MUCH = 6
"""How many times longer than the sentence or the lines that are shown something hidden must be to be the document."""
FILE_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole2"),
    (b"PK\x03\x04", "zip"),
    (b"Rar!", "rar"),
    (b"{\\rtf", "rtf"),
)


TITLE_LINES = 8
SHOWN_TITLES = ("h1", "h2", "h3", "heading", "meta ArticleTitle")
DETAIL_LINES = 12
NUMBERED = re.compile(r"[\d一二三四五六七八九十]{1,3}\s*[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]")
BROKEN_TITLE = re.compile(r"(?:政府|[局厅委办部院]|中心|街道|[镇乡]|办公室|办事处|[年度])\Z")
"""The end of a line that a title begins with: the issuer's name, or a year."""
NAMELESS_TITLE = re.compile(r"\s*(?:(?:19|20)\d\d|二[〇○零]|政府|政务|信息|年度)")
BARE_MONTH = re.compile(r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?\Z")
LINKED_HOST = re.compile(r' href="\s*(?:https?:)?//([\w.-]+)', re.I)
MEDIA = frozenset(("img", "video", "embed", "object", "iframe", "audio"))


@dataclass(slots=True)
class Found:
    """A document found in a page."""

    reading: Reading
    extent: Extent
    blocks: list[Block]
    size: int
    """Characters of it that are no links."""
    told: int = 0
    """The same without what it says twice."""
    where: str = "page"
    title: str | None = None
    region: int = 0
    byline: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)


def read_article(page: Page, document: Document | None = None) -> Article:
    """Return the page's document apart from its chrome.

    `document` is the page parsed, when the caller has it. Raises PageError (`reason`: `charset`, `too_deep` …) for a
    page that cannot be read; a page without a document is no error: its `page_kind` says what it is.
    """
    kind = file_kind(page.body)
    if kind is not None:
        return Article(page=page, source=make_source(page, None), page_kind="attachment", kind_reason=kind)
    if document is None:
        document = parse_document(page.body, url=page.url, content_type=page.content_type)
    if is_plain_text(page, document.html):
        return read_plain(page, document)
    return read_markup(page, document)


def file_kind(body: bytes) -> str | None:
    """Return which kind of document file the bytes are, None for text."""
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return None if start[:1] == b"<" else next((kind for magic, kind in FILE_MAGIC if start.startswith(magic)), None)


def make_source(page: Page, document: Document | None) -> Source:
    """Return where the bytes came from and how they became characters."""
    return Source(
        path=page.path,
        url=page.url or None,
        sha256=sha256(page.body).hexdigest(),
        charset=document.charset if document else None,
        charset_reading=document.charset_reading if document else None,
    )


def read_markup(page: Page, document: Document) -> Article:
    """Return the article of a page of markup."""
    meta, head_title = read_head(document.tree)
    candidates, site = title_candidates(meta, head_title)
    keys = title_keys(candidates)
    shown = classify_lines(read_lines(document.tree), keys)
    found = find_document(shown, document, keys)
    start = found.extent.start if found.where == "page" else len(shown.page.lines)
    end = found.extent.end if found.where == "page" else 0
    byline = read_byline(shown, start, end, found.extent.dropped if found.where == "page" else set())
    title, reading = choose_title(TitleSearch(shown, start, candidates, key_of(site or "")), first_text(found.blocks))
    if is_json(document.html):
        byline, title, reading = [], None, None
    if found.title and reading in (None, "title", "first line"):
        title, reading = found.title, found.where
    article = Article(
        page=page,
        source=make_source(page, document),
        page_kind="article",
        title=title,
        title_reading=reading,
        site_name=site,
        head_title=head_title,
        meta=meta,
        breadcrumb=read_breadcrumb(shown, start if found.where == "page" else min(60, start)),
        byline=[*byline, *found.byline],
        footer=read_footer(shown, end),
        blocks=found.blocks,
        attachments=found.attachments,
        findings=[*document.findings, *hidden_links(shown.page, document)],
    )
    article.page_kind, article.kind_reason = tell_kind(evidence_of(article, found, shown, document))
    if article.page_kind not in ("report", "article"):
        article.blocks, article.attachments = [], []
    return article


def find_document(shown: Reading, document: Document, keys: set[str]) -> Found:
    """Return the document of the page: of its markup, else of hidden boxes, else of what scripts and frames hold."""
    if is_json(document.html):
        return next(
            (read_held(held, document, keys) for held in iter_held(document.html)), Found(shown, Extent(0, 0), [], 0)
        )
    found = cut_out(shown, document, keys)
    if found.size >= FEW and not is_link_heavy(found):
        return found
    others: list[Found] = []
    if shown.page.hidden:
        revealed = classify_lines(read_lines(document.tree, show_hidden=True), keys)
        others.append(cut_out(revealed, document, keys, where="hidden"))
    for held in iter_held(document.html):
        others.append(read_held(held, document, keys))
        if others[-1].size > 500:
            break
    best = max(others, key=lambda other: other.told, default=found)
    kinds = [shown.kinds[i] for i in range(found.extent.start, found.extent.end)]
    times = MUCH if PROSE in kinds or kinds.count(SHORT) > 1 else 2
    return best if best.told > max(FEW, times * found.size) and not is_link_heavy(best) else found


def read_held(held: HeldDocument, document: Document, keys: set[str]) -> Found:
    """Return the document of markup that the page holds inside something else."""
    reading = classify_lines(read_lines(parse_tree(held.markup)), keys)
    found = cut_out(reading, document, keys, where=held.reading, title=held.title)
    found.byline = held.byline
    return found


def cut_out(
    reading: Reading, document: Document, keys: set[str], *, where: str = "page", title: str | None = None
) -> Found:
    """Return the document within lines that were read."""
    if not reading.page.regions:
        return Found(reading, Extent(0, 0), [], 0, 0, where, title)
    region = find_region(reading)
    extent = trim(reading, region, keys)
    if reading.mass[extent.end] - reading.mass[extent.start] < FEW and (thin := trim_thin(reading, keys)) is not None:
        region, extent = 0, thin
    blocks = make_blocks(reading, extent)
    kept = [
        line
        for i, line in enumerate(reading.page.lines[extent.start : extent.end], extent.start)
        if i not in extent.dropped
    ]
    size = sum(len(line.text) - line.links for line in kept)
    told = sum({line.text: len(line.text) - line.links for line in kept}.values())
    attachments = find_attachments(
        reading.page, extent.start, extent.end, document.base_url, encoding=document.charset or "utf-8"
    )
    return Found(reading, extent, blocks, size, told, where, title, region, attachments=attachments)


def is_link_heavy(found: Found) -> bool:
    """Return whether most lines of what was found only lead elsewhere."""
    kinds = found.reading.kinds[found.extent.start : found.extent.end]
    return sum(1 for kind in kinds if kind == LINKS) * 2 > len(kinds)


def first_text(blocks: list[Block]) -> str | None:
    """Return the first paragraph's text."""
    return blocks[0].text if blocks and isinstance(blocks[0], Paragraph) else None


def evidence_of(article: Article, found: Found, shown: Reading, document: Document) -> Evidence:
    """Return what the kind of the page is told from."""
    lines, extent = shown.page.lines, found.extent
    kinds = found.reading.kinds[extent.start : extent.end]
    small = found.size < SMALL
    links = sum(1 for kind in shown.kinds if kind == LINKS)
    window = (
        range(len(lines)) if links <= FEW_LINKS else range(extent.start, extent.end if found.where == "page" else 0)
    )
    words = [lines[i].text for i in window if shown.kinds[i] in (PROSE, SHORT)] if small else []
    text = "\n".join(block.text for block in article.blocks[:10] if isinstance(block, Paragraph))
    return Evidence(
        title=article.title or "",
        head_title=article.head_title or "",
        text=text[:400],
        words="\n".join(words)[:3000],
        prose=found.size,
        links=links,
        body_links=sum(1 for kind in kinds if kind == LINKS),
        body_lines=sum(1 for kind in kinds if kind != BYLINE),
        tables=sum(1 for block in article.blocks if isinstance(block, Table)),
        attachments=len(article.attachments),
        markup=document.html[:20_000] if small else "",
        status=article.page.status,
        is_detail=is_detail(article, shown, extent.start),
        has_title=article.title_reading in SHOWN_TITLES,
        has_frame=any(kind in (CRUMB, FOOTER) for kind in shown.kinds),
        is_data=small and (is_json(document.html) or is_list_data(document.html)),
        has_media=small and has_media(found),
    )


def is_detail(article: Article, shown: Reading, start: int) -> bool:
    """Return whether the page says that it is an article's: by its meta tags, or by a line of date and source."""
    if "articletitle" in article.meta or "pubdate" in article.meta:
        return True
    above = range(max(0, start - DETAIL_LINES), min(start, len(shown.kinds)))  # the document may stand elsewhere
    dates = [i for i in above if shown.kinds[i] == BYLINE]
    bare = [i for i in dates if LONE_DATE.match(shown.page.lines[i].text)]
    listed = any(LINKS in shown.kinds[max(0, i - 1) : i + 2] for i in bare)  # the date beside a list's link
    lone = len(bare) == 1 and not listed
    return lone or len(dates) > len(bare) or any(shown.kinds[i] == META for i in above)


def has_media(found: Found) -> bool:
    """Return whether the document's place holds pictures or films."""
    page = found.reading.page
    return bool(page.regions) and any(name_of(tag) in MEDIA for tag in page.tags_in(found.region))


def hidden_links(page: PageLines, document: Document) -> list[Finding]:
    """Return a finding when hidden elements lead to other sites."""
    own = site_of(urlsplit(document.base_url).hostname or "")
    outside = {
        host
        for place in page.hidden
        for tag in page.tokens.tags[place : page.tokens.end_of(place) + 1]
        if tag.startswith("a ") and (match := LINKED_HOST.search(tag)) and not is_own(host := match[1].lower(), own)
    }
    if not outside:
        return []
    message = f"hidden elements link to {len(outside)} other hosts: {', '.join(sorted(outside)[:5])}"
    return [Finding(code="hidden.links", severity="warning", message=message)]


def is_own(host: str, own: str) -> bool:
    """Return whether a host is the portal's or another government's."""
    return host.endswith(".gov.cn") or site_of(host) == own


def site_of(host: str) -> str:
    """Return the last three labels of a host: portals and their departments share them."""
    return ".".join(host.split(".")[-3:])


def read_plain(page: Page, document: Document) -> Article:
    """Return the article of a text file: every line is a paragraph, the first the title."""
    reading = classify_lines(read_plain_lines(document.html, document.tree))
    extent = trim(reading, 0, set())
    blocks = make_blocks(reading, extent)
    title = plain_title(reading, extent.start)
    article = Article(
        page=page,
        source=make_source(page, document),
        page_kind="article" if blocks else "empty",
        kind_reason=None if blocks else "no_content",
        title=title,
        title_reading="first line" if title else None,
        breadcrumb=read_breadcrumb(reading, extent.start),
        byline=read_byline(reading, extent.start, extent.end, extent.dropped),
        footer=read_footer(reading, extent.end),
        blocks=blocks,
        findings=list(document.findings),
    )
    if blocks:
        article.page_kind = document_kind(f"{title}\n{reading.page.lines[0].text}")
    return article


def plain_title(reading: Reading, start: int) -> str | None:
    """Return the title of a text file: among the lines down to its first paragraph, what names a report or is last."""
    lines, kinds = reading.page.lines, reading.kinds
    head: list[str] = []
    for i, line in enumerate(lines[: start + TITLE_LINES]):
        if kinds[i] == SHORT and NUMBERED.match(line.text) is None and 4 <= len(line.text) <= MAX_TITLE:
            head += [] if BARE_MONTH.match(line.text) else [line.text]
        elif kinds[i] == PROSE or NUMBERED.match(line.text):
            break
    named = next((place for place, text in enumerate(head) if REPORT.search(text)), None)
    if named is None:
        return head[-1] if head else None
    first, second = head[max(0, named - 1)], head[named]
    is_broken = named and BROKEN_TITLE.search(first) and NAMELESS_TITLE.match(second)
    return first + second if is_broken and len(first + second) <= MAX_TITLE else second
