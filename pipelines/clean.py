"""`CleanText`: from the document's blocks to its one text, a block a line."""

from __future__ import annotations

from crawler.items import Article, Table

CELL_JOIN = " | "


class CleanText:
    """Sets the text of an article and where its tables stand in it; what is no article passes."""

    def process_item(self, item: object) -> object:
        """Return the item; an article has its text."""
        if isinstance(item, Article):
            set_text(item)
        return item


def set_text(article: Article) -> None:
    """Join the blocks: a paragraph is one line, a table's row one line of its cells.

    A cell that spans stands once, where it begins. `Table.start` and `end` become offsets into the text.
    """
    lines: list[str] = []
    offset = 0
    for block in article.blocks:
        if isinstance(block, Table):
            rows = table_lines(block)
            block.start = offset
            block.end = max(offset, offset + sum(map(len, rows)) + len(rows) - 1)
        else:
            rows = [one_line(block.text)]
        lines.extend(rows)
        offset += sum(map(len, rows)) + len(rows)
    article.text = "\n".join(lines)


def table_lines(table: Table) -> list[str]:
    """Return a line for each row of a table; rows in which no cell with text begins give none."""
    found = []
    for row, texts in enumerate(table.rows):
        cells = [
            one_line(text)
            for column, text in enumerate(texts)
            if table.origin is None or table.origin[row][column] == (row, column)
        ]
        if any(cells):
            found.append(CELL_JOIN.join(cells))
    return found


def one_line(text: str) -> str:
    """Return a text with each run of blanks as one blank."""
    return " ".join(text.split())
