"""Every real page is understood, whatever it was asked for as: nothing is raised but what is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.discovery.reading import Wanted, read_page
from crawler.errors import PageError
from crawler.items import Page

WANTED: tuple[Wanted, ...] = ("list", "column", "document")


@pytest.mark.shared
def test_every_real_page_is_understood(shared: Path) -> None:
    files = sorted((shared / "pages" / "html").rglob("*.htm*"))
    assert files
    refused = []
    for place, file in enumerate(files):
        page = Page(url=f"http://www.example.gov.cn/zwgk/{file.name}", body=file.read_bytes())
        try:
            read_page(page, None, WANTED[place % len(WANTED)])
        except PageError as error:
            refused.append(error.reason)
    assert all(refused)
