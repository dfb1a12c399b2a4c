"""Articles for the tests of facts: what a test is about is an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from crawler.items import Article, Block, Entry, Page, Paragraph, Source, Table

FETCHED = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
URL = "http://www.qinghe.gov.cn/xxgk/content_1.html"


def make_article(
    *blocks: str | Table,
    title: str | None = None,
    url: str = URL,
    listed_on: date | None = None,
    listed: str | None = None,
    body: bytes = b"",
    fetched_at: datetime | None = FETCHED,
    **fields: Any,
) -> Article:
    """Return an article whose text is set; a string is a paragraph."""
    entry = Entry(url=url, title=listed or title or "", listed_on=listed_on) if listed or listed_on else None
    parts: list[Block] = [Paragraph(text=each) if isinstance(each, str) else each for each in blocks]
    article = Article(
        page=Page(url=url, body=body, fetched_at=fetched_at, entry=entry),
        source=Source(url=url, charset="utf-8"),
        page_kind="report",
        title=title,
        blocks=parts,
        **fields,
    )
    lines: list[str] = []
    for part in parts:
        start = sum(len(line) + 1 for line in lines)
        if isinstance(part, Table):
            lines += [" | ".join(row) for row in part.rows]
            part.start, part.end = start, sum(len(line) + 1 for line in lines) - 1
        else:
            lines.append(part.text)
    article.text = "\n".join(lines)
    return article
