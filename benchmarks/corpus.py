"""The pages that are measured: those of the demo portals, and the real ones that may lie beside the checkout."""

from __future__ import annotations

from pathlib import Path

from crawler.demo.server import FOLDERS
from crawler.demo.sites import Site, load_site
from crawler.items import Page

ROOT = Path(__file__).resolve().parents[1]
REAL_PAGES = ROOT.parent / "shared" / "pages" / "html"
HOST = "portal.example"


def demo_pages() -> list[Page]:
    """Return the HTML pages that the demo portals answer with."""
    pages = []
    for folder in FOLDERS:
        for path, answer in Site(load_site(folder), HOST, "outside.example").answers.items():
            if answer.status == 200 and answer.body and "html" in answer.media_type:
                pages.append(Page(url=f"http://{HOST}{path}", body=answer.body))
    return pages


def real_pages(folder: Path = REAL_PAGES) -> list[Page]:
    """Return the pages of a folder; none when there is no such folder."""
    return [Page(url="", body=path.read_bytes(), path=str(path)) for path in sorted(folder.glob("*.html"))]
