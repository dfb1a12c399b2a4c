"""How long a document may be: every stage after reading runs beside the event loop."""

from __future__ import annotations

from crawler.errors import PageLimitError
from crawler.items import Article, Paragraph

MAX_TEXT = 100_000
"""Characters of a document; the longest reports, of provinces, have some 30,000."""
MAX_CELLS = 50_000
"""Places in the tables of a document; the longest form has 400."""


def refuse_long(article: Article) -> Article:
    """Return the article. Raises PageLimitError("too_long") when the stages that follow would take too long for it."""
    rows = [row for table in article.tables for row in table.rows]
    cells = sum(map(len, rows))
    length = sum(len(block.text) for block in article.blocks if isinstance(block, Paragraph))
    length += sum(len(cell) for row in rows for cell in row)
    if length > MAX_TEXT or cells > MAX_CELLS:
        raise PageLimitError("too_long", f"the document has {length} characters and {cells} cells")
    return article
