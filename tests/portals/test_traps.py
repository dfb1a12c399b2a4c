"""Endless spaces, lies and walls: every planted report is found all the same, with few requests."""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from crawler.discovery.walk import Walk
from tests.portals.driver import Result, crawl, fetch
from tests.portals.simulator import Answer, Hit, Planted, Portal, add_way, listing, page, plant, rows, serve, slices

COLUMN = "/zwgk/xxgknb/"
SIZE = 8


def make_portal(number: int = 24, *, every: int = 100) -> Portal:
    portal = Portal(planted=plant(number, lambda n, day: f"{COLUMN}{day:%Y-%m-%d}/{700 + n}.html", every=every))
    add_way(portal, COLUMN)
    portal.add_documents()
    return portal


def add_pages(portal: Portal, pager: Callable[[int, int], str]) -> list[list[Planted]]:
    pages = slices(portal.planted, SIZE)
    for place, planted in enumerate(pages, 1):
        name = f"index_{place}.html" if place > 1 else ""
        portal.add(f"{COLUMN}{name}", listing(planted, pager(place, len(pages))))
    return pages


def next_link(place: int, count: int) -> str:
    return f'<a href="index_{place + 1}.html">下一页</a>' if place < count else ""


def walk(portal: Portal) -> Result:
    """Crawl; all planted reports must be found, with at most three times the requests that are needed."""
    with serve(portal):
        result = crawl(portal)
    assert result.missed(portal.planted) == []
    least = 3 + -(-len(portal.planted) // SIZE) + len(portal.planted)
    assert len(portal.hits) <= 3 * least, f"{len(portal.hits)} requests where {least} do"
    doubled = {target: times for target, times in Counter(hit.target for hit in portal.hits).items() if times > 1}
    assert {target for target in doubled if "index_" not in target and target not in (COLUMN, "/")} == set()
    return result


def stops(result: Result) -> set[str]:
    return {walked.stop_reason for walked in result.lists}


def test_f01_next_for_ever_same_content() -> None:
    portal = make_portal(8)
    portal.otherwise = lambda hit: (
        Answer(body=listing(portal.planted, f'<a href="?p={random.random()}">下一页</a>'))
        if hit.path == COLUMN
        else Answer(status=404)
    )
    assert stops(walk(portal)) == {"repeated_page"}


def test_f02_next_for_ever_new_rows_each_time() -> None:
    portal = make_portal(8)

    def answer(hit: Hit) -> Answer:
        if not hit.path.startswith(COLUMN):
            return Answer(status=404)
        if hit.fields.get("page") is None and hit.path != COLUMN:
            return Answer(body=page("会议", "<p>会议召开。</p>"))
        number = int(hit.fields.get("page", "1"))
        made = [
            Planted(
                title=f"青禾市召开第{number}-{n}次会议", path=f"{COLUMN}x/{number}-{n}.html", listed_on=date(2024, 1, 1)
            )
            for n in range(SIZE)
        ]
        planted = portal.planted if number == 1 else made
        return Answer(body=listing(planted, f'<a href="?page={number + 1}">下一页</a>'))

    portal.otherwise = answer
    assert stops(walk(portal)) == {"cap"}


def test_f03_last_page_leads_to_the_first() -> None:
    portal = make_portal()
    add_pages(
        portal,
        lambda place, count: (
            f'<a href="index_{place + 1}.html">下一页</a>' if place < count else '<a href="./">下一页</a>'
        ),
    )
    walk(portal)


def test_f04_paths_that_grow() -> None:
    portal = make_portal(8)
    portal.add(COLUMN, listing(portal.planted, '<a href="nb/index.html">部门年报</a>'))
    portal.otherwise = lambda hit: (
        Answer(body=page("部门年报", f'<a href="nb/index.html">部门年报</a><p>{hit.path}</p>'))
        if "/nb/" in hit.path
        else Answer(status=404)
    )
    walk(portal)


def test_f05_sessions_and_clocks_in_addresses() -> None:
    portal = make_portal(16)
    turn = itertools.count()

    def listed(_hit: Hit) -> Answer:
        body = listing(portal.planted)
        for row in portal.planted:
            body = body.replace(
                f'href="{row.path}"', f'href="{row.path};jsessionid=A{next(turn):030d}?_={time.time_ns()}"'
            )
        return Answer(body=body.replace('href="/zwgk/"', f'href="/zwgk/index.html?t=17{next(turn):08d}000"'))

    portal.pages[COLUMN] = listed
    portal.pages["/zwgk/index.html"] = portal.pages["/zwgk/"]
    walk(portal)


def test_f06_facets() -> None:
    portal = make_portal(16)
    names = ("年报", "部门", "乡镇", "街道", "2020年", "2021年", "2022年", "2023年", "政府", "单位", "区县", "机关")

    def listed(hit: Hit) -> Answer:
        facets = "".join(
            f'<li><a href="?{"&".join(sorted({*hit.fields, f"f{n}"}))}">{name}</a></li>' for n, name in enumerate(names)
        )
        shown = [row for n, row in enumerate(portal.planted) if not hit.fields or n % 3 == len(hit.fields) % 3]
        return Answer(
            body=listing(shown).replace('<ul class="list">', f'<ul class="facets">{facets}</ul><ul class="list">')
        )

    portal.pages[COLUMN] = listed
    walk(portal)


def test_f07_totals_that_lie_and_a_page_that_is_another() -> None:
    portal = make_portal(32)
    pages = add_pages(portal, lambda place, count: f"共523条 第{place}/{count + 1}页 {numbers(count + 1)}")
    portal.planted = [row for row in portal.planted if row not in pages[2]]
    portal.pages[f"{COLUMN}index_3.html"] = portal.pages[f"{COLUMN}index_2.html"]
    portal.add(f"{COLUMN}index_5.html", listing([]))
    result = walk(portal)
    (walked,) = result.lists
    assert (walked.expected, walked.entries) == (523, 24)
    assert walked.stop_reason in {"empty_page", "last_page"}


def numbers(count: int) -> str:
    return "".join(f'<a href="{f"index_{n}.html" if n > 1 else "./"}">{n}</a>' for n in range(1, count + 1))


def test_f07_a_total_that_is_too_small_does_not_stop_the_list() -> None:
    portal = make_portal()
    add_pages(portal, lambda place, count: f"共8条 {next_link(place, count)}")
    walk(portal)


def test_f08_holes() -> None:
    portal = make_portal(40)
    pages = add_pages(portal, lambda place, count: numbers(count))
    del portal.pages[f"{COLUMN}index_3.html"]
    portal.planted = [row for row in portal.planted if row not in pages[2]]
    (walked,) = walk(portal).lists
    assert walked.holes == 1


def test_f09_a_list_that_shifts_while_it_is_read() -> None:
    portal = make_portal(40)
    late = [
        Planted(
            title=f"柳溪镇{2000 + n}年政府信息公开年度报告", path=f"{COLUMN}late/{n}.html", listed_on=date(2025, 3, 1)
        )
        for n in range(60)
    ]
    listed: list[Planted] = list(portal.planted)
    coming = iter(late)

    def answer(hit: Hit) -> Answer:
        number = int(hit.fields.get("page", "1"))
        pages = slices(listed, SIZE)
        shown = pages[number - 1] if number <= len(pages) else []
        following = f'<a href="?page={number + 1}">下一页</a>' if number < len(pages) else ""
        listed.insert(0, next(coming))
        return Answer(body=listing(shown, following))

    portal.pages[COLUMN] = answer
    portal.otherwise = lambda hit: Answer(body=page("x", f"<p>{hit.path}</p>"))
    walk(portal)


def test_f10_a_page_of_links() -> None:
    portal = make_portal(8)
    many = "".join(f'<li><a href="/x/{n}.html">链接{n}</a></li>' for n in range(30_000))
    portal.add(COLUMN, listing(portal.planted).replace("</body>", f"<ul class='all'>{many}</ul></body>"))
    began = time.monotonic()
    walk(portal)
    assert time.monotonic() - began < 20


def test_g01_calendars() -> None:
    portal = make_portal(16)

    def calendar(hit: Hit) -> str:
        month = int(hit.fields.get("month", "202401"))
        days = "".join(f'<td><a href="?month={month}&day={day}">{day}</a></td>' for day in range(1, 32))
        return f'<table class="calendar"><tr>{days}</tr></table><a href="?month={month + 1}">下个月</a>'

    portal.pages[COLUMN] = lambda hit: Answer(
        body=listing(portal.planted if not hit.fields else []).replace("</body>", f"{calendar(hit)}</body>")
    )
    walk(portal)


def test_h02_everything_missing_redirects_home() -> None:
    portal = make_portal(16)
    gone = [
        Planted(title=f"柳溪镇{n}年政府信息公开年度报告", path=f"{COLUMN}gone/{n}.html", listed_on=date(2020, 1, 1))
        for n in range(2010, 2014)
    ]
    portal.add(COLUMN, listing([*portal.planted, *gone]))
    portal.otherwise = Answer(status=302, headers=(("Location", "/"),))
    result = walk(portal)
    assert Counter((url.outcome, url.reason) for url in result.urls)["gone", "redirected_home"] == len(gone)


@pytest.mark.parametrize("status", [403, 412, 521])
def test_h04_walls_are_left_alone(status: int) -> None:
    portal = make_portal(8)
    wall = Planted(title="柳溪镇2020年政府信息公开年度报告", path=f"{COLUMN}wall.html", listed_on=date(2021, 1, 1))
    portal.add(COLUMN, listing([*portal.planted, wall]))
    portal.pages[wall.path] = Answer(body="<script>$_ts={}</script>", status=status)
    result = walk(portal)
    assert [(url.outcome, url.reason) for url in result.urls if url.url.endswith("wall.html")] == [
        ("blocked", f"http_{status}")
    ]
    assert [hit.path for hit in portal.hits].count(wall.path) == 1


def test_one_report_in_many_lists_is_opened_once() -> None:
    portal = make_portal(16)
    portal.add(
        COLUMN,
        listing(portal.planted, '<ul><li><a href="bm/">部门年报</a></li><li><a href="zf/">政府年报</a></li></ul>'),
    )
    for name in ("bm", "zf"):
        portal.add(f"{COLUMN}{name}/", listing(portal.planted))
    walk(portal)


def test_a_portal_behind_a_wall_says_so() -> None:
    portal = Portal(otherwise=Answer(status=412))
    with serve(portal):
        result = crawl(portal)
    assert result.end is not None
    assert (result.end.stop_reason, result.end.requests) == ("http_412", 1)


def test_a_portal_without_reports_is_left_after_a_search() -> None:
    portal = Portal()
    names = [f"栏目{n}" for n in range(200)]
    links = "".join(f'<li><a href="/c{n}/">{name}</a></li>' for n, name in enumerate(names))
    portal.add("/", page("青禾市", f"<ul>{links}</ul>"))
    portal.otherwise = lambda hit: Answer(body=page("栏目", f"<p>{hit.path}</p>{rows([])}"))
    with serve(portal):
        result = crawl(portal)
    assert result.end is not None
    assert result.end.stop_reason == "exhausted"
    assert len(portal.hits) <= 45
    assert result.opened == []


def test_c11_no_kind_of_link_leads_to_a_private_address() -> None:
    portal = make_portal(8)
    private = "http://10.0.0.1/zwgk/xxgknb/"
    doors = (
        f'<iframe src="{private}"></iframe><a href="{private}">政府信息公开年报</a>'
        f'<a href="{private}a.pdf">2019年年报</a>'
        f'<link rel="canonical" href="{private}"><option value="{private}">政府信息公开年报</option>'
        f"<script>document.write(\"<a href='{private}'>年报</a>\")</script>"
    )
    head = f'<meta http-equiv="refresh" content="0;url={private}">'
    portal.add(COLUMN, listing(portal.planted).replace("<head>", f"<head>{head}").replace("</body>", f"{doors}</body>"))
    portal.add("/sitemap.xml", f"<urlset><url><loc>{private}</loc></url></urlset>", media_type="application/xml")
    asked: list[str] = []
    with serve(portal):

        def ask(url: str, method: str, body: str, headers: dict[str, str]) -> tuple[str, int, str, bytes]:
            asked.append(url)
            assert url.startswith(portal.url), url
            return fetch(url, method, body, headers)

        result = crawl(portal, ask=ask)
    assert result.missed(portal.planted) == []
    assert len(asked) == len(portal.hits)


def test_c11_what_stands_on_a_private_base_is_not_asked() -> None:
    portal = make_portal(8)
    head, door = '<base href="http://192.168.0.1/">', '<a href="nb/">年报</a>'
    portal.add("/zwgk/", f"<html><head>{head}</head><body>{door}</body></html>")
    with serve(portal):
        result = crawl(portal)
        hosts = {url.url.partition("//")[2].partition("/")[0] for url in result.urls if url.outcome == "read"}
        assert hosts == {portal.url.partition("//")[2].rstrip("/")}


@pytest.mark.parametrize(("error", "tried"), [("tls", True), ("timeout", True), ("dns", False)])
def test_a_portal_without_tls_is_asked_without_it(error: str, tried: bool) -> None:
    walk = Walk(portal="p", name="p", home="https://www.qinghe-invented.gov.cn/")
    visit = walk.take(0.0)
    assert visit is not None
    walk.fail(visit, "unreachable", error)
    again = walk.take(0.0)
    assert (again.url if again else None) == ("http://www.qinghe-invented.gov.cn/" if tried else None)
    if again is not None:
        walk.fail(again, "unreachable", "timeout")
    assert walk.stop == ("timeout" if tried else "dns")
