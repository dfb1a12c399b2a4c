"""Entries whose page is empty: the document is found in a frame, behind a redirect, in what scripts hold or fetch."""

from __future__ import annotations

import base64
import json
import pickle
from collections.abc import Callable
from urllib.parse import quote

import pytest

from crawler.discovery.reading import read_page_apart
from crawler.items import Paragraph
from tests.portals import driver
from tests.portals.driver import ask_memory, crawl
from tests.portals.simulator import Answer, Planted, Portal, document_lines, page, rows
from tests.portals.unusual import UNUSUAL, column, make

Fill = Callable[[Portal, Planted, int], str]
"""Adds what holds the body of a row, and returns what the row's page shows below its title."""
PDF = b"%PDF-1.4 "


def text(row: Planted) -> str:
    return "".join(f"<p>{line}</p>" for line in document_lines(row) * 3)


def add_file(portal: Portal, n: int) -> str:
    portal.pages[f"/up/{n}.pdf"] = Answer(body=PDF + str(n).encode(), media_type="application/pdf")
    return f"/up/{n}.pdf"


def framed(portal: Portal, row: Planted, n: int) -> str:
    portal.add(f"/body/{n}.html", f"<html><body>{text(row)}</body></html>")
    return f'<iframe src="/body/{n}.html"></iframe>'


def loaded(portal: Portal, row: Planted, n: int) -> str:
    portal.add(f"/body/{n}.html", text(row))
    portal.add("/common/header.html", "<ul><li><a href='/'>首页</a></li></ul>")
    return f'<script>$("#h").load("/common/header.html");$("#c").load("/body/{n}.html")</script>'


def fetched(portal: Portal, row: Planted, n: int) -> str:
    answer = json.dumps({"title": row.title, "content": text(row)}, ensure_ascii=False)
    portal.add(f"/api/doc?id={n}", answer, media_type="application/json")
    return f'<script>$.getJSON("/api/doc?id={n}",function(d){{$("#c").html(d.content)}})</script>'


def escaped(_: Portal, row: Planted, __: int) -> str:
    return f'<script>$("#c").html(decodeURIComponent("{quote(text(row))}"))</script>'


def in_base64(_: Portal, row: Planted, __: int) -> str:
    return f'<script>$("#c").html(Base64.decode("{base64.b64encode(text(row).encode()).decode()}"))</script>'


def refreshed(portal: Portal, row: Planted, n: int) -> str:
    portal.add(f"/real/{n}.html", page(row.title, f"<h1>{row.title}</h1><div>{text(row)}</div>"))
    return f'<meta http-equiv="refresh" content="0;url=/real/{n}.html">'


def sent_on(portal: Portal, row: Planted, n: int) -> str:
    refreshed(portal, row, n)
    return f"<script>location.href='/real/{n}.html'</script>"


TEXTS: dict[str, Fill] = {
    "in a frame": framed,
    "in a piece beside the header's": loaded,
    "in an interface's answer": fetched,
    "escaped in a script": escaped,
    "in a script in base64": in_base64,
    "behind a refresh": refreshed,
    "behind a script": sent_on,
}
FILES: dict[str, Fill] = {
    "embedded": lambda portal, _, n: f'<embed src="{add_file(portal, n)}">',
    "in a frame": lambda portal, _, n: f'<iframe src="{add_file(portal, n)}"></iframe>',
    "shown by a script": lambda portal, _, n: f'<script>PDFObject.embed("{add_file(portal, n)}","#v");</script>',
}


def fill(build: Fill) -> Portal:
    portal = make(4)
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    for n, row in enumerate(portal.planted):
        portal.add(row.path, page(row.title, f'<h1>{row.title}</h1><div id="c"></div>{build(portal, row, n)}'))
    return portal


@pytest.mark.parametrize("where", TEXTS)
def test_the_text_of_an_empty_page_is_found(where: str) -> None:
    portal = fill(TEXTS[where])
    result = crawl(portal, ask=ask_memory(portal))
    found = [
        "".join(block.text for block in article.blocks if isinstance(block, Paragraph)) for article in result.articles
    ]
    assert [article.page_kind for article in result.articles] == ["report"] * 4
    assert all(f"编号{row.path}" in "".join(found) for row in portal.planted)
    assert len(portal.hits) <= 13
    # whatever is settled as an entry has a document that settles it in the ledger
    assert sum(url.role == "entry" and url.outcome == "read" for url in result.urls) == 4


@pytest.mark.parametrize("where", FILES)
def test_the_file_of_an_empty_page_is_found(where: str) -> None:
    portal = fill(FILES[where])
    result = crawl(portal, ask=ask_memory(portal))
    assert sum(article.page.body.startswith(PDF) for article in result.articles) == 4


def test_pages_of_pictures_end_in_a_reason() -> None:
    portal = fill(lambda _, __, ___: '<p><img src="/i/1.jpg"></p><p><img src="/i/2.jpg"></p>')
    result = crawl(portal, ask=ask_memory(portal))
    assert result.articles == []
    ends = {(url.outcome, url.reason) for url in result.urls if url.role == "entry"}
    assert ends == {("error", "no_content")}


def test_frames_that_lead_to_frames_end() -> None:
    portal = make(2)
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    for row in portal.planted:
        portal.add(row.path, page(row.title, f'<h1>{row.title}</h1><iframe src="/f/0.html"></iframe>'))
    for n in range(20):
        portal.add(f"/f/{n}.html", f'<html><body><iframe src="/f/{n + 1}.html"></iframe></body></html>')
    result = crawl(portal, ask=ask_memory(portal))
    assert result.articles == []
    assert sum(hit.path.startswith("/f/") for hit in portal.hits) <= 3


def test_the_scripts_of_a_challenge_are_left_alone() -> None:
    portal = make(2)
    portal.add(
        "/", '<html><script>document.cookie="__jsl_clearance=1;path=/"</script><script src="/c.js"></script></html>'
    )
    result = crawl(portal, ask=ask_memory(portal))
    assert result.articles == []
    assert [hit.path for hit in portal.hits] == ["/", "/sitemap.xml"]


def test_a_report_in_its_columns_place_keeps_its_link_when_a_worker_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_apart(*arguments):
        return pickle.loads(pickle.dumps(read_page_apart(*arguments)))

    monkeypatch.setattr(driver, "read_page", read_apart)
    portal = UNUSUAL["the latest report in the place of its column"]()
    result = crawl(portal, ask=ask_memory(portal))
    assert [article.page.url for article in result.articles if article.page.entry is None] == []
    assert len(result.articles) == len(portal.planted)
