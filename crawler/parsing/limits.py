"""How long a document may be: every stage after reading runs beside the event loop."""

from __future__ import annotations

import re

from crawler.errors import PageLimitError
from crawler.items import Article, Paragraph

MAX_TEXT = 100_000
"""Characters of a document; the longest reports, of provinces, have some 30,000."""
MAX_CELLS = 50_000
"""Places in the tables of a document; the longest form has 400."""
MAX_NUMBERS = 6000
"""Numbers in the paragraphs of a document, each of which is asked what it counts; the longest reports have 1,500."""
NUMBER = re.compile(r"\d++")


def refuse_long(article: Article) -> Article:
    """Return the article. Raises PageLimitError("too_long") when the stages that follow would take too long for it."""
    rows = [row for table in article.tables for row in table.rows]
    cells = sum(map(len, rows))
    paragraphs = [block.text for block in article.blocks if isinstance(block, Paragraph)]
    length = sum(map(len, paragraphs))
    numbers = sum(len(NUMBER.findall(text)) for text in paragraphs) if length > MAX_NUMBERS else 0
    length += sum(len(cell) for row in rows for cell in row)
    if length > MAX_TEXT or cells > MAX_CELLS or numbers > MAX_NUMBERS:
        counted = f"{length} characters, {cells} cells and {numbers} numbers"
        raise PageLimitError("too_long", f"the document has {counted}")
    return article
