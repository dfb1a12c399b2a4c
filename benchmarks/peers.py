"""Others who read pages, each called as its documentation says; dependencies of the benchmark alone."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from bs4 import BeautifulSoup

from crawler.items import Page

# By name: the type checker runs where they are not installed.
htmldate: Any = import_module("htmldate")
html2text: Any = import_module("resiliparse.extract.html2text")
encoding: Any = import_module("resiliparse.parse.encoding")
readability: Any = import_module("readability")
trafilatura: Any = import_module("trafilatura")


def read_by_trafilatura(page: Page) -> object:
    """Return the document, tables and metadata."""
    return trafilatura.bare_extraction(page.body, with_metadata=True, include_tables=True)


def read_by_readability(page: Page) -> object:
    """Return title and markup of the document."""
    document = readability.Document(page.body)
    return document.title(), document.summary()


def read_by_resiliparse(page: Page) -> object:
    """Return the text of the document."""
    text = encoding.bytes_to_str(page.body, encoding.detect_encoding(page.body))
    return html2text.extract_plain_text(text, main_content=True)


def read_by_htmldate(page: Page) -> object:
    """Return the date of publication alone."""
    return htmldate.find_date(page.body)


def parse_by_bs4(page: Page) -> object:
    """Return a soup, parsed by lxml."""
    return BeautifulSoup(page.body, "lxml")


PEERS: dict[str, Callable[[Page], object]] = {
    "trafilatura with metadata": read_by_trafilatura,
    "readability": read_by_readability,
    "resiliparse": read_by_resiliparse,
    "htmldate, the date alone": read_by_htmldate,
    "BeautifulSoup, the parse alone": parse_by_bs4,
}
