"""Portals that put their pages together in the browser: menus loaded, rows kept apart, pagers of plugins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from tests.portals.fetched import JSON, SCRIPT, add_pages, dump
from tests.portals.simulator import Answer, Hit, Portal, page, rows, slices
from tests.portals.unusual import COLUMN, ORGANS, column, home, hub, make, paged

PIECED: dict[str, Callable[[], Portal]] = {}
MENU = '<ul><li><a href="/xw/">新闻</a></li><li><a href="/zwgk/">政务公开</a></li></ul>'


def pieced(build: Callable[[], Portal]) -> Callable[[], Portal]:
    PIECED[build.__name__.replace("_", " ")] = build
    return build


def bare(title: str, body: str) -> str:
    """Return a page without the menu that every page of the others has."""
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def make_bare(start: str) -> Portal:
    """Return a portal whose pages have no menu of their own."""
    portal = make(12)
    portal.add("/", bare("青禾市", f"{start}<p>新闻</p>"))
    portal.add("/xw/", bare("新闻", "<p>新闻</p>"))
    portal.add("/zwgk/", bare("政务公开", f'<a href="{COLUMN}">信息公开年报</a>'))
    portal.add(COLUMN, bare("信息公开年报", f"<ul>{rows(portal.planted)}</ul>"))
    return portal


@pieced
def a_header_that_is_loaded() -> Portal:
    portal = make_bare('<div id="h"></div><script>$("#h").load("/common/header.html")</script>')
    portal.add("/common/header.html", MENU)
    return portal


@pieced
def a_menu_that_a_file_of_script_writes() -> Portal:
    portal = make_bare('<script src="/js/nav.js"></script>')
    portal.add("/js/nav.js", f"document.write({dump(MENU)});", media_type=SCRIPT)
    return portal


@pieced
def a_script_when_the_page_is_there() -> Portal:
    portal = make_bare("")
    portal.add("/", "<html><body onload=\"location='/main/'\"></body></html>")
    portal.add("/main/", bare("首页", MENU))
    return portal


@pieced
def a_menu_that_is_fetched() -> Portal:
    portal = make(12)
    hub(portal, '<div id="l"></div><script>$.get("/zwgk/left.htm",function(d){$("#l").html(d)})</script>')
    portal.add("/zwgk/left.htm", f'<li><a href="/zwgk/zn/">指南</a></li><li><a href="{COLUMN}">年报</a></li>')
    portal.add("/zwgk/zn/", page("指南", "<p>指南</p>"))
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    return portal


@pieced
def a_menu_of_data() -> Portal:
    portal = make(12)
    hub(portal, '<div id="m"></div><script>$.getJSON("/api/menu.json",show)</script>')
    menu = [{"name": "公开指南", "url": "/zwgk/zn/"}, {"name": "政府信息公开年报", "url": COLUMN}]
    portal.add("/api/menu.json", dump({"data": menu}), media_type=JSON)
    portal.add("/zwgk/zn/", page("指南", "<p>指南</p>"))
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    return portal


@pieced
def a_frame_that_waits() -> Portal:
    portal = make(12)
    column(portal, '<iframe src="about:blank" data-src="/inc/nb.html"></iframe>')
    portal.add("/inc/nb.html", bare("", f"<ul>{rows(portal.planted)}</ul>"))
    return portal


@pieced
def a_frame_that_a_script_fills() -> Portal:
    portal = make(12)
    column(portal, '<iframe id="f"></iframe><script>document.getElementById("f").src="/inc/nb.html";</script>')
    portal.add("/inc/nb.html", bare("", f"<ul>{rows(portal.planted)}</ul>"))
    return portal


@pieced
def a_frame_that_a_script_writes() -> Portal:
    portal = make(12)
    column(portal, """<script>document.write('<iframe src="/inc/nb.html" width="100%"></iframe>');</script>""")
    portal.add("/inc/nb.html", bare("", f"<ul>{rows(portal.planted)}</ul>"))
    return portal


@pieced
def a_page_as_an_object() -> Portal:
    portal = make(12)
    column(portal, '<object data="/inc/nb.html" type="text/html"></object>')
    portal.add("/inc/nb.html", bare("", f"<ul>{rows(portal.planted)}</ul>"))
    return portal


@pieced
def a_piece_that_the_server_left_out() -> Portal:
    portal = make(12)
    column(portal, '<!--#include virtual="/inc/nb.html" -->')
    portal.add("/inc/nb.html", f"<ul>{rows(portal.planted)}</ul>")
    return portal


@pieced
def rows_in_a_hidden_field() -> Portal:
    portal = make(12)
    column(
        portal, f'<textarea id="data">{rows(portal.planted)}</textarea><script>$("#l").html($("#data").val())</script>'
    )
    return portal


@pieced
def rows_in_a_template_of_script() -> Portal:
    portal = make(12)
    column(portal, f'<script type="text/html" id="t"><ul>{rows(portal.planted)}</ul></script>')
    return portal


@pieced
def rows_with_escapes() -> Portal:
    portal = make(12)
    column(portal, f'<script>document.write(decodeURIComponent("{quote(rows(portal.planted))}"));</script>')
    return portal


@pieced
def a_feed_alone() -> Portal:
    portal = make(12)
    head = '<link rel="alternate" type="application/rss+xml" href="/zwgk/nb/rss.xml">'
    portal.add(COLUMN, page("信息公开年报", '<div id="app"></div>', head))
    items = "".join(
        f"<item><title>{row.title}</title><link>{portal.url.rstrip('/')}{row.path}</link></item>"
        for row in portal.planted
    )
    feed = f'<?xml version="1.0"?><rss><channel><title>年报</title>{items}</channel></rss>'
    portal.add("/zwgk/nb/rss.xml", feed, media_type="text/xml")
    return portal


@pieced
def a_table_of_organs_and_years() -> Portal:
    portal = make(12)
    portal.planted = [replace(row, path=f"/nb/{n // 3}/{2024 - n % 3}.html") for n, row in enumerate(portal.planted)]
    portal.add_documents()
    shown = "".join(
        f"<tr><td>{organ}</td>"
        + "".join(f'<td><a href="/nb/{n}/{2024 - back}.html">查看</a></td>' for back in range(3))
        + "</tr>"
        for n, organ in enumerate(ORGANS)
    )
    column(portal, f"<table><tr><th>单位</th><th>2024年</th><th>2023年</th><th>2022年</th></tr>{shown}</table>")
    return portal


@pieced
def years_that_a_script_fetches() -> Portal:
    portal = make(21)
    shares = {2024 - n: some for n, some in enumerate(slices(portal.planted, 7))}
    tabs = "".join(f'<a href="javascript:;" onclick="getYear({year})">{year}年</a>' for year in shares)
    script = 'function getYear(y){$.get("/zwgk/nb/y/"+y+".html",show)}'
    column(portal, f"{tabs}<ul>{rows(shares[2024])}</ul><script>{script}</script>")
    for year, some in shares.items():
        portal.add(f"/zwgk/nb/y/{year}.html", rows(some))
    return portal


@pieced
def a_plugin_that_counts_from_nought() -> Portal:
    portal = make(34)
    turn = 'callback:function(i){location.href="index_"+i+".html"}'

    def pager(number: int, _: int) -> str:
        plugin = f'$(".pages").pagination(34,{{items_per_page:10,current_page:{number - 1},{turn}}});'
        return f'<div class="pages"></div><script>{plugin}</script>'

    add_pages(portal, "/zwgk/nb/turned_{}.html", pager)
    for number in range(2, 5):
        portal.pages[f"/zwgk/nb/index_{number - 1}.html"] = portal.pages.pop(f"/zwgk/nb/turned_{number}.html")
    return portal


@pieced
def a_plugin_with_a_query() -> Portal:
    portal = make(34)

    def pager(number: int, _: int) -> str:
        turn = "getPage:function(p){location.href='?page='+p}"
        return f"<script>new Page({{id:'pg',pageAmount:10,dataTotal:34,curPage:{number},{turn}}})</script>"

    paged(portal, pager, lambda hit: int(hit.fields.get("page", "1")))
    return portal


@pieced
def numbers_by_an_attribute_of_theirs() -> Portal:
    portal = make(34)
    turn = "$('a[data-page]').click(function(){location.search='?page='+$(this).data('page')})"

    def pager(_: int, pages: int) -> str:
        doors = "".join(f'<a href="#" data-page="{number}">{number}</a>' for number in range(1, pages + 1))
        return f"{doors}<script>{turn}</script>"

    paged(portal, pager, lambda hit: int(hit.fields.get("page", "1")))
    return portal


@pieced
def a_call_with_the_column_and_a_number() -> Portal:
    portal = make(34)

    def pager(_: int, pages: int) -> str:
        doors = "".join(f"<a href=\"javascript:toPage('{COLUMN}','{n}')\">{n}</a>" for n in range(1, pages + 1))
        return f"{doors}<script>function toPage(u,n){{window.location.href=u+'?page='+n;}}</script>"

    paged(portal, pager, lambda hit: int(hit.fields.get("page", "1")))
    return portal


@pieced
def numbers_that_are_no_links() -> Portal:
    portal = make(34)

    def pager(_: int, pages: int) -> str:
        return "".join(f"<span onclick=\"turnPage('index_{n}.html')\">{n}</span>" for n in range(2, pages + 1))

    add_pages(portal, "/zwgk/nb/index_{}.html", pager)
    return portal


@pieced
def words_alone_for_a_pager() -> Portal:
    portal = make(34)
    add_pages(portal, "/zwgk/nb/index_{}.html", lambda number, pages: f"Page {number} of {pages}")
    return portal


@pieced
def more_rows_by_a_post() -> Portal:
    portal = make(23)
    shares = slices(portal.planted, 10)
    more = 'function loadMore(){page++;$.post("/zwgk/nb/more",{cid:9,page:page},function(d){$("#l").append(d)})}'
    door = f'<a class="more" onclick="loadMore()">加载更多</a><script>var page=1;{more}</script>'
    column(portal, f'<ul id="l">{rows(shares[0])}</ul>{door}')

    def answer(hit: Hit) -> Answer:
        number = int(hit.fields["page"])
        return Answer(body=rows(shares[number - 1]) if number <= len(shares) else "")

    portal.pages["/zwgk/nb/more"] = answer
    return portal


@pieced
def a_long_way() -> Portal:
    portal = make(12)
    home(portal, '<a href="/a/">市政府</a>')
    path = "/a/"
    for step, name in enumerate(("信息公开", "政府信息公开", "法定主动公开内容", "年度报告")):
        ahead = f"/a{step}/" if step < 3 else COLUMN
        portal.add(path, bare("栏目", f'<a href="{ahead}">{name}</a>'))
        path = ahead
    portal.add(COLUMN, bare("年度报告", f"<ul>{rows(portal.planted)}</ul>"))
    return portal
