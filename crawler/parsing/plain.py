"""Plain text files: paragraphs are lines; the text was flattened by whoever saved it, its chrome often with it."""

from __future__ import annotations

import re

from crawler.items import Block, Page, Paragraph
from crawler.parsing.lines import Line, PageLines, Region
from crawler.parsing.tokens import Element, Tokens

TEXT_ENDINGS = (".txt", ".text", ".md")
MARKUP = re.compile(r"<(?:html|body|head|div|p|table|meta|br|!doctype)\b", re.I)
LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]")


def is_plain_text(page: Page, markup: str) -> bool:
    """Return whether the page is a text file and no markup that calls itself one."""
    kind = (page.content_type or "").split(";")[0].strip().lower()
    named = kind == "text/plain" or (not kind and (page.path or page.url).lower().endswith(TEXT_ENDINGS))
    return named and MARKUP.search(markup[:5000]) is None


def read_plain_lines(text: str, root: Element) -> PageLines:
    """Return the lines of a text file as those of a page with one region."""
    lines = [Line(words, 0, 0, "p") for part in LINE_END.split(text) if (words := " ".join(part.split()))]
    tokens = Tokens(root, ["html/"], [""])
    return PageLines(tokens, lines, [Region("html", 0, -1, 0, 0, len(lines), 1)])


def plain_blocks(page: PageLines) -> list[Block]:
    """Return every line as a paragraph."""
    return [Paragraph(text=line.text) for line in page.lines]
