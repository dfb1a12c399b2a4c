"""The demo portals themselves: whole, in the shapes they claim, and equal to what is expected of them."""

from __future__ import annotations

import re
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest

from crawler.demo.documents import Document, add, application_rows
from crawler.demo.expected import load_expected
from crawler.demo.server import FOLDERS, run_demo
from crawler.demo.sites import load_site
from crawler.fetching.network import guard

SITES = {site.id: site for site in map(load_site, FOLDERS)}
EXPECTED = load_expected()
DOCUMENTS = [(site, document) for site in SITES.values() for document in site.documents]
IDS = [f"{site.folder}-{document.path}" for site, document in DOCUMENTS]


@pytest.fixture(scope="module")
def demo():
    with run_demo() as running:
        yield running


def ask(url: str, method: str = "GET", body: str | None = None) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body, without following redirects."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=5)
    try:
        connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body=body)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def home_of(demo, portal: str) -> str:
    return next(known.home_url for known in demo.portals if known.id == portal)


def test_every_planted_document_is_expected_once() -> None:
    planted = {
        (site.id, document.path if document.path.startswith("/") else column.path + document.path)
        for site, document in DOCUMENTS
        for column in site.columns
        if column.key == document.column == "reports"
    }
    listed = [(row.portal, row.path) for row in EXPECTED]
    assert len(listed) == len(set(listed))
    assert set(listed) == planted


def test_every_form_and_every_trap_is_there() -> None:
    reports = [row for row in EXPECTED if row.outcome == "report"]
    assert {row.form for row in reports} == {"prose-2008", "stat-2014", "form-2019", "form-2021"}
    assert {row.issuer_kind for row in reports} == {"government", "department", "town"}
    assert {"sums", "tables", "hidden"} == {group for row in reports for group in row.findings}
    assert {"http_404", "soft_404", "http_500", "tamper"} <= {row.what for row in EXPECTED}
    assert {row.outcome for row in EXPECTED} == {"report", "lookalike", "gone", "error", "offsite", "robots"}
    lookalikes = {row.what for row in EXPECTED if row.outcome == "lookalike"}
    assert lookalikes >= {"website", "rule_of_law", "review", "budget", "notice", "interpretation", "work_report"}


@pytest.mark.parametrize(("site", "document"), DOCUMENTS, ids=IDS)
def test_tables_keep_the_form_s_identities_unless_they_are_stated_otherwise(site, document: Document) -> None:
    if not document.t4:
        return
    rows = application_rows(document)
    leaves = [row for name, row in rows.items() if name.startswith("r3.") and name != "r3.7"]
    balanced = add([rows["r1"], rows["r2"]]) == add([rows["r3.7"], rows["r4"]]) and rows["r3.7"] == add(leaves)
    assert balanced is not bool(document.stated)
    assert min(min(row) for row in rows.values()) >= 0


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row.portal}{row.path}")
def test_every_document_answers_as_planned(demo, row) -> None:
    url = urljoin(home_of(demo, row.portal), row.path)
    status, headers, body = ask(url)
    assert status == {"http_404": 404, "http_500": 500, "offsite": 302}.get(row.what, 200)
    assert "{{" not in body.decode("utf-8", "replace")
    if row.outcome == "offsite":
        assert headers["Location"].startswith(f"http://{demo.outside}/")
    if row.outcome == "report":
        document = next(known for _, known in DOCUMENTS if row.path.endswith(known.path) and known.year)
        assert document.year == row.report_year
        assert document.published_on == row.published_on
        assert document.form == row.form


def test_every_link_of_every_page_leads_somewhere(demo) -> None:
    """No door is dead but those the table names: a crawl that follows everything meets nothing unplanned."""
    dead = {(home_of(demo, row.portal) + row.path.lstrip("/")) for row in EXPECTED if row.outcome in ("gone", "error")}
    for portal in demo.portals:
        queue, seen = [portal.home_url], set()
        while queue:
            url = queue.pop()
            if url in seen or not url.startswith(portal.home_url):
                continue
            seen.add(url)
            status, headers, body = ask(url)
            if url in dead or status in (301, 302):
                continue
            assert status == 200, url
            if "html" in headers["Content-Type"]:
                links = lxml.html.fromstring(body).xpath("//a/@href | //link/@href | //script[@src]/@src")
                queue += [urljoin(url, link) for link in links if not link.startswith("javascript:")]
        assert len(seen) > 5


class TestMakes:
    def test_static_lists_count_from_one(self, demo) -> None:
        home = home_of(demo, "demo-qinghe")
        assert b"index_2.html" in ask(home + "zwgk/zfxxgknb/index.html")[2]
        assert ask(home + "zwgk/zfxxgknb/index_1.html")[0] == 404

    def test_trs_lists_count_from_nought(self, demo) -> None:
        home = home_of(demo, "demo-wutong")
        assert re.search(rb'createPageHTML\(3, 0, "index", "html"\)', ask(home + "zwgk/xxgknb/index.html")[2])
        assert re.search(rb"createPageHTML\(3, 2, ", ask(home + "zwgk/xxgknb/index_2.html")[2])

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_hanweb_gives_further_records_as_xml(self, demo, method: str) -> None:
        url = home_of(demo, "demo-yinxing") + "module/web/jpage/dataproxy.jsp?startrecord=4&endrecord=6&perpage=3"
        form = "col=1&webid=7&columnid=1208&unitid=901208"
        _, headers, body = ask(url, "POST", form) if method == "POST" else ask(f"{url}&{form}")
        assert headers["Content-Type"].startswith("text/xml")
        assert body.count(b"<record>") == 3
        assert b"<totalrecord>8</totalrecord>" in body

    def test_one_site_says_utf_8_and_is_not(self, demo) -> None:
        _, headers, body = ask(home_of(demo, "demo-caizheng") + "xxgk/ndbg/list.html")
        assert "utf-8" in headers["Content-Type"]
        assert b"charset=utf-8" in body
        assert "信息公开年度报告" in body.decode("gbk")
        with pytest.raises(UnicodeDecodeError):
            body.decode("utf-8")


def test_the_guard_is_open_to_the_demo_alone_and_shut_after(demo) -> None:
    parts = urlsplit(demo.portals[0].home_url)
    assert guard.refuse_url(demo.portals[0].home_url) is None
    assert guard.refuse_url(f"http://{parts.hostname}:{parts.port + 1000}/") is not None
    with run_demo() as second:
        address = second.portals[0].home_url
        assert address != demo.portals[0].home_url, "two demos do not share an address"
        assert guard.refuse_url(address) is None
    assert guard.refuse_url(address) is not None


def test_demos_of_different_stores_stand_at_the_same_addresses_whenever_they_run() -> None:
    with run_demo("sqlite:///one") as one, run_demo("sqlite:///two") as two:
        first = [[portal.home_url for portal in running.portals] for running in (one, two)]
    with run_demo("sqlite:///two") as two, run_demo("sqlite:///one") as one:
        again = [[portal.home_url for portal in running.portals] for running in (one, two)]
    assert first == again
    assert set(first[0]).isdisjoint(first[1])
