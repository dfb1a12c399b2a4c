"""What an answer changes: documents for the pipelines out, everything else into the walk."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from crawler.discovery.failures import ending_of_article
from crawler.discovery.parts import Assembly
from crawler.discovery.reading import Reading, Wanted, is_listing
from crawler.discovery.titles import promise_of
from crawler.discovery.visits import Visit
from crawler.discovery.walk import Walk
from crawler.items import Article, Attachment, Entry, Page, Paragraph, Source
from crawler.parsing.links import attachment_type

FILE_SIGNATURES = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")
SHORT_DOCUMENT = 300
"""Characters of a document that may only introduce the file it links."""
MAX_FILES = 5
"""Files of one document that are fetched."""
MAX_HOPS = 2
"""Pages without a document of their own on the way from an entry to its document."""


def is_file(page: Page) -> bool:
    """Return whether an answer is a document file (PDF, DOC, OFD …) and no page."""
    return page.body.startswith(FILE_SIGNATURES)


def wanted_of(visit: Visit) -> Wanted:
    """Return what a visit is to bring."""
    if visit.entry is not None:
        return "document"
    return "column" if visit.role in ("home", "column") else "list"


def take_file(walk: Walk, visit: Visit, page: Page) -> list[Article]:
    """Return the article of a file, with the walk told of it."""
    if visit.assembly is not None:
        walk.fail(visit, "error", "no_page", page.status, page.url)
        return join_part(visit.assembly, None, walk, visit)
    walk.settle(visit, page.status, page.url, report=True)
    return [file_article(page)]


def take_page(walk: Walk, visit: Visit, page: Page, reading: Reading) -> list[Article]:
    """Return the documents that a page completes, with the walk told of everything on it."""
    article = reading.article
    if article is not None:
        article.page = page  # a worker process gave back a copy of it
    if visit.assembly is not None:
        walk.settle(visit, page.status, page.url)
        return join_part(visit.assembly, reading, walk, visit)
    if visit.entry is None:
        is_shown = article is not None and shows_report(article, reading) and not is_directory(article)
        if article is None or visit.role != "column" or not visit.is_strong or not is_shown:
            walk.read(visit, reading, page.status)
            return []
        if walk.is_trap(visit, reading, page.status):
            return []
        visit.role = "entry"
        page.entry = Entry(url=visit.url, title=visit.title)
        walk.branch(visit, reading)
        return settle(walk, visit, reading, article)
    if walk.is_trap(visit, reading, page.status):
        return []
    assert article is not None  # noqa: S101  # asked for: `wanted_of`
    if article.page_kind in ("list", "empty") and take_elsewhere(walk, visit, reading, article):
        return []
    if article.page_kind == "list" or (
        not shows_report(article, reading) and (article.page_kind == "report" or is_listing(reading.listing))
    ):
        visit.role = "column"
        walk.take_list(visit, reading, page.status)
        return []
    if ending := ending_of_article(article):
        walk.fail(visit, *ending, page.status, page.url)
        return []
    return settle(walk, visit, reading, article)


def take_elsewhere(walk: Walk, visit: Visit, reading: Reading, article: Article) -> bool:
    """Return whether a page without a text is done with: it is said to be a report, and no list of any.

    What may hold the document is queued; where nothing may, its links are followed all the same.
    """
    page = article.page
    if promise_of(visit.title) != "report":
        return False
    if bodies := bodies_of(reading, visit, article):
        visit.role = "column"  # no document of its own will come to settle it
        walk.settle(visit, page.status, page.url)
        for body in bodies:
            walk.queue_body(visit, body)
        return True
    if not visit.hops and (article.page_kind == "empty" or reading.listing.entries or reading.listing.next):
        return False
    if not visit.hops:
        walk.branch(visit, reading)
    walk.fail(visit, *(ending_of_article(article) or ("error", "no_content")), page.status, page.url)
    return True


def shows_report(article: Article, reading: Reading) -> bool:
    """Return whether a page is a report, and no list of reports that is short of other text."""
    if article.page_kind != "report":
        return False
    text = "\n".join(block.text for block in article.blocks if isinstance(block, Paragraph))
    titles = [entry.title for entry in reading.listing.entries if promise_of(entry.title) == "report"]
    listed = sum(len(title) for title in titles if title in text)
    return bool(article.tables) or listed == 0 or len(text) - listed >= SHORT_DOCUMENT


def is_directory(article: Article) -> bool:
    """Return whether a column's page has hardly a text and no number: a table of organs, a link beside each."""
    size = sum(len(block.text) for block in article.blocks if isinstance(block, Paragraph))
    cells = (cell for table in article.tables for row in table.rows for cell in row[1:])
    return size < SHORT_DOCUMENT and bool(article.tables) and not any(cell.strip().isdigit() for cell in cells)


def settle(walk: Walk, visit: Visit, reading: Reading, article: Article) -> list[Article]:
    """Return a document that is whole, or hold it until its other parts have come."""
    page = article.page
    walk.harvest(visit, reading)
    walk.settle(visit, page.status, page.url, report=article.page_kind == "report")
    for attachment in files_of(article):
        walk.queue_body(visit, body_entry(attachment.url, attachment.name, visit, article))
    if not reading.parts:
        return [article]
    assembly = Assembly(article=article, url=page.url, waiting=reading.parts, known={*reading.parts})
    walk.ask_part(visit, assembly)
    return []


def join_part(assembly: Assembly, reading: Reading | None, walk: Walk, visit: Visit) -> list[Article]:
    """Return the document once its last part has come."""
    assembly.join(reading.article if reading else None, reading.parts if reading else (), url=visit.url)
    if assembly.waiting:
        walk.ask_part(visit, assembly)
        return []
    return [assembly.article]


def lose_part(walk: Walk, visit: Visit) -> list[Article]:
    """Return the document whose next part did not come, unless others are still to be asked."""
    return join_part(visit.assembly, None, walk, visit) if visit.assembly is not None else []


def files_of(article: Article) -> Sequence[Attachment]:
    """Return the files that hold the document itself: the page only introduces them."""
    if article.page_kind not in ("report", "article") or article.tables:
        return ()
    size = sum(len(block.text) for block in article.blocks if isinstance(block, Paragraph))
    return article.attachments[:MAX_FILES] if size < SHORT_DOCUMENT else ()


def bodies_of(reading: Reading, visit: Visit, article: Article) -> list[Entry]:
    """Return what may hold the document of a page that is said to be a report and has no text of its own.

    The files that it links; else its frames and redirects, and what its scripts show.
    """
    files = [(link.url, link.text) for link in reading.links if attachment_type(link.url) is not None]
    lists = is_listing(reading.listing) or any(promise_of(row.title) == "report" for row in reading.listing.entries)
    others = [(url, "") for url in reading.bodies] if visit.hops < MAX_HOPS and not lists else []
    return [body_entry(url, name, visit, article) for url, name in (files or others)[:MAX_FILES]]


def body_entry(url: str, name: str, visit: Visit, article: Article) -> Entry:
    """Return the row that leads to what holds a document: the document's title says more than a file's name."""
    known = visit.entry
    return Entry(
        url=url,
        title=article.title or visit.title or name,
        listed_on=known.listed_on if known else None,
        organ=known.organ if known else None,
    )


def file_article(page: Page) -> Article:
    """Return the article of a file: its bytes are kept, to be read later."""
    source = Source(url=page.url, sha256=hashlib.sha256(page.body).hexdigest())
    title = page.entry.title if page.entry else None
    kind = attachment_type(page.url)
    return Article(
        page=page, source=source, page_kind="attachment", kind_reason=kind, title=title, title_reading="list"
    )
