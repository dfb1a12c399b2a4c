"""Portals with one uncommon way to a report each: menus that scripts draw, pagers that forms post, files for pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from tests.portals.simulator import (
    Answer,
    Hit,
    Planted,
    Portal,
    document_lines,
    listing,
    page,
    plant,
    rows,
    slices,
)

ORGANS = ("教育局", "财政局", "民政局", "水利局")
COLUMN = "/zwgk/nb/"
Build = Callable[[], Portal]
UNUSUAL: dict[str, Build] = {}


def unusual(build: Build) -> Build:
    UNUSUAL[build.__name__.replace("_", " ")] = build
    return build


def make(number: int = 14, ending: str = "html") -> Portal:
    """Return a portal whose home page leads to /zwgk/, and that to the column."""
    portal = Portal(url="http://www.qinghe-invented.gov.cn/")
    portal.planted = plant(number, lambda place, day: f"/xx/{day:%Y%m}/t{day:%Y%m%d}_{4000 + place}.{ending}", every=99)
    portal.add_documents()
    home(portal, '<a href="/zwgk/">政务公开</a>')
    hub(portal, f'<a href="{COLUMN}">信息公开年报</a>')
    return portal


def home(portal: Portal, way: str) -> None:
    words = ["领导之窗", "走进青禾", "新闻中心", "办事服务", "互动交流", "专题专栏", "部门动态", "招商引资"]
    menu = "".join(f'<li><a href="/c/{place}/">{name}</a></li>' for place, name in enumerate(words))
    for place, name in enumerate(words):
        portal.add(f"/c/{place}/", page(name, f"<p>{name}栏目正在建设。</p>"))
    news = "".join(f'<li><a href="/xwzx/{n}.html">青禾市召开第{n}次防汛会议</a></li>' for n in range(6))
    portal.add("/", f"<html><head><title>青禾市</title></head><body><ul>{menu}</ul>{way}<ul>{news}</ul></body></html>")


def hub(portal: Portal, body: str) -> None:
    portal.add("/zwgk/", page("政务公开", body))


def column(portal: Portal, body: str) -> None:
    portal.add(COLUMN, page("信息公开年报", body))


def paged(portal: Portal, pager: Callable[[int, int], str], number: Callable[[Hit], int]) -> None:
    """Make the column one address that gives ten rows of the page a hit asks for."""
    shares = slices(portal.planted, 10)

    def answer(hit: Hit) -> Answer:
        asked = min(number(hit), len(shares))
        return Answer(body=listing(shares[asked - 1], pager(asked, len(shares)), "信息公开年报"))

    portal.pages[COLUMN] = answer


@unusual
def menus_written_by_scripts() -> Portal:
    portal = make()
    home(portal, """<script>document.write("<ul><li><a href='/zwgk/'>政务公开</a></li></ul>");</script>""")
    hub(portal, '<script>var menu=[["公开指南","/zwgk/zn/"],["政府信息公开年报","/zwgk/nb/"]];</script>')
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    return portal


@unusual
def a_tree_of_calls() -> Portal:
    portal = make()
    hub(portal, "<script>d=new dTree('d');d.add(1,0,'制度','/zwgk/zd/');d.add(2,0,'年报','/zwgk/nb/');</script>")
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    return portal


@unusual
def frames_for_a_home_page() -> Portal:
    portal = make()
    portal.add("/", '<html><frameset rows="80,*"><frame src="top.html"><frame src="main.html"></frameset></html>')
    portal.add("/top.html", page("顶", '<a href="/zwgk/" target="main">政务公开</a>'))
    portal.add("/main.html", page("主", "<p>欢迎</p>"))
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    return portal


@unusual
def a_picture_before_the_home_page() -> Portal:
    portal = make()
    portal.add("/", '<html><body><a href="/portal/index.html"><img src="enter.jpg"></a></body></html>')
    portal.add("/portal/index.html", page("首页", '<a href="../zwgk/">政务公开</a>'))
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    return portal


@unusual
def pictures_for_words() -> Portal:
    portal = make()
    home(portal, '<img usemap="#m"><map name="m"><area href="/c/1/" alt="走进"><area href="/zwgk/" alt="公开"></map>')
    hub(portal, '<a href="/zwgk/zd/"><img src="a.png"></a><a href="/zwgk/nb/"><img src="b.png" title="年报"></a>')
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    return portal


@unusual
def a_sitemap_alone() -> Portal:
    portal = make()
    home(portal, "<p>欢迎</p>")
    place = f"<url><loc>{portal.url}zwgk/xxgknb/</loc></url>"
    portal.add("/sitemap.xml", f'<?xml version="1.0"?><urlset>{place}</urlset>', media_type="application/xml")
    portal.add("/zwgk/xxgknb/", listing(portal.planted))
    return portal


@unusual
def reports_in_a_drop_down() -> Portal:
    portal = make(8)
    choices = "".join(f'<option value="{row.path}">{row.title}</option>' for row in portal.planted)
    hub(portal, f'<p>年报</p><select onchange="open(this.value)"><option value="">请选择</option>{choices}</select>')
    return portal


@unusual
def organs_in_a_drop_down() -> Portal:
    portal = make(12)
    choices = "".join(
        f'<option value="/zwgk/nb/{place}/index.html">{name}</option>' for place, name in enumerate(ORGANS)
    )
    column(portal, f'<select onchange="location=this.value"><option>--部门--</option>{choices}</select>')
    for place, (name, some) in enumerate(zip(ORGANS, slices(portal.planted, 3), strict=True)):
        portal.add(f"/zwgk/nb/{place}/index.html", listing(some, column=name))
    return portal


@unusual
def years_over_files() -> Portal:
    portal = make(8, "pdf")
    portal.planted = [replace(row, title=f"{2023 - place}年") for place, row in enumerate(portal.planted)]
    for row in portal.planted:
        portal.pages[row.path] = Answer(body=b"%PDF-1.4 " + row.path.encode(), media_type="application/pdf")
    column(portal, "".join(f'<p><a href="{row.path}">{row.title}</a></p>' for row in portal.planted))
    return portal


@unusual
def the_latest_report_in_the_place_of_its_column() -> Portal:
    portal = make(7)
    portal.planted = [
        replace(
            row, path=f"/zwgk/nb/{2024 - place}/index.html", title=f"青禾市{2024 - place}年政府信息公开工作年度报告"
        )
        for place, row in enumerate(portal.planted)
    ]
    hub(portal, f'<a href="{portal.planted[0].path}">信息公开年报</a>')
    menu = "".join(f'<li><a href="{row.path}">{2024 - place}年</a></li>' for place, row in enumerate(portal.planted))
    for row in portal.planted:
        text = "".join(f"<p>{line}</p>" for line in document_lines(row) * 3)
        portal.add(row.path, page(row.title, f'<ul class="left">{menu}</ul><h1>{row.title}</h1><div>{text}</div>'))
    return portal


@unusual
def a_form_for_a_pager() -> Portal:
    portal = make(23)

    def pager(number: int, pages: int) -> str:
        ahead = f'<a href="javascript:turn({number + 1})">下一页</a>' if number < pages else ""
        return (
            f'<form name="f" method="post" action="{COLUMN}"><input type="hidden" name="currentPage" value="{number}">'
            f'<input type="hidden" name="cid" value="7"></form>{ahead} 第{number}页/共{pages}页'
            "<script>function turn(n){document.f.currentPage.value=n;document.f.submit();}</script>"
        )

    paged(portal, pager, lambda hit: int(hit.fields.get("currentPage", "1")) if hit.method == "POST" else 1)
    return portal


@unusual
def a_pager_of_web_forms() -> Portal:
    portal = make(23)

    def pager(number: int, pages: int) -> str:
        state = (
            f'<input type="hidden" name="__VIEWSTATE" value="/wEP{number}=="><input type="hidden" name="__EVENTTARGET">'
        )
        ahead = (("下一页", number + 1), ("尾页", pages)) if number < pages else ()
        doors = "".join(f"<a href=\"javascript:__doPostBack('Pager1','{to}')\">{words}</a>" for words, to in ahead)
        return f'<form method="post" action="{COLUMN}">{state}{doors}</form>'

    def number(hit: Hit) -> int:
        known = hit.fields.get("__VIEWSTATE") and hit.fields.get("__EVENTTARGET") == "Pager1"
        return int(hit.fields["__EVENTARGUMENT"]) if known else 1

    paged(portal, pager, number)
    return portal


@unusual
def rows_that_call_a_function() -> Portal:
    portal = make()
    portal.planted = [replace(row, path=f"/doc/{1000 + place}.html") for place, row in enumerate(portal.planted)]
    portal.add_documents()
    shown = "".join(
        f'<li><a href="#" onclick="openDoc(\'{1000 + place}\')">{row.title}</a><span>{row.listed_on}</span></li>'
        for place, row in enumerate(portal.planted)
    )
    script = "var root='/doc/';function openDoc(id){var url=root+id+'.html';window.open(url);}"
    column(portal, f"<ul>{shown}</ul><script>{script}</script>")
    return portal


@unusual
def addresses_in_data_attributes() -> Portal:
    portal = make()
    hub(portal, '<ul><li data-href="/zwgk/zd/">制度</li><li data-href="/zwgk/nb/">信息公开年报</li></ul>')
    shown = "".join(
        f'<li data-url="{row.path}"><b>{row.title}</b><i>{row.listed_on}</i></li>' for row in portal.planted
    )
    column(portal, f"<ul>{shown}</ul>")
    return portal


@unusual
def a_file_of_xml() -> Portal:
    portal = make()
    column(portal, '<div id="list"></div><script>$.ajax({url:"/zwgk/nb/list.xml",dataType:"xml"});</script>')
    items = "".join(f"<item><title>{row.title}</title><url>{row.path}</url></item>" for row in portal.planted)
    portal.add("/zwgk/nb/list.xml", f'<?xml version="1.0"?><items>{items}</items>', media_type="text/xml")
    return portal


@unusual
def an_interface_of_json() -> Portal:
    portal = make(23)
    column(portal, '<ul></ul><script>function load(n){$.getJSON("/api/list?columnId=7&size=10&page="+n,show)}</script>')
    shares = slices(portal.planted, 10)

    def answer(hit: Hit) -> Answer:
        number = int(hit.fields.get("page", "1"))
        shown = shares[number - 1] if number <= len(shares) else []
        records = [{"title": row.title, "url": row.path, "publishTime": str(row.listed_on)} for row in shown]
        body = json.dumps({"data": {"total": len(portal.planted), "list": records}}, ensure_ascii=False)
        return Answer(body=body, media_type="application/json")

    portal.pages["/api/list"] = answer
    return portal


@unusual
def a_button_for_more() -> Portal:
    portal = make(20)
    more = '<button class="more" data-url="/zwgk/nb/more_2.html">加载更多</button>'
    column(portal, f"<ul>{rows(portal.planted[:10])}</ul>{more}")
    portal.add("/zwgk/nb/more_2.html", f"<ul>{rows(portal.planted[10:])}</ul>")
    return portal


@unusual
def a_title_beside_its_link() -> Portal:
    portal = make()
    shown = "".join(
        f'<tr><td>{row.title}</td><td>{row.listed_on}</td><td><a href="{row.path}">查看</a></td></tr>'
        for row in portal.planted
    )
    column(portal, f"<table>{shown}</table>")
    return portal


@unusual
def organs_under_years() -> Portal:
    portal = make(21)

    def table(some: list[Planted]) -> str:
        return "".join(f'<td><a href="{row.path}">{row.title[3:-17]}</a></td>' for row in some)

    shares = enumerate(slices(portal.planted, 7))
    column(portal, "".join(f"<h3>{2024 - n}年度</h3><table><tr>{table(some)}</tr></table>" for n, some in shares))
    return portal


@unusual
def a_base_and_bare_attributes() -> Portal:
    portal = make()
    portal.add("/zwgk/", "<HTML><HEAD><BASE HREF=/xx/></HEAD><BODY><A HREF=nb/index.htm>信息公开年报</A></BODY></HTML>")
    shown = "".join(f"<TR><TD><A HREF=..{row.path[3:]}>{row.title}</A><TD>{row.listed_on}" for row in portal.planted)
    portal.add("/xx/nb/index.htm", f"<HTML><BODY><TABLE>{shown}</TABLE></BODY></HTML>")
    return portal


@unusual
def departments_with_columns_of_their_own() -> Portal:
    portal = make(12)
    home(portal, '<a href="/bm/">部门信息公开</a>')
    portal.add(
        "/bm/", page("部门", "".join(f'<li><a href="/bm/{n}/">{name}</a></li>' for n, name in enumerate(ORGANS)))
    )
    for n, (name, some) in enumerate(zip(ORGANS, slices(portal.planted, 3), strict=True)):
        portal.add(f"/bm/{n}/", page(name, f'<a href="/bm/{n}/zn/">指南</a><a href="/bm/{n}/c9/">年报</a>'))
        portal.add(f"/bm/{n}/zn/", page("指南", f"<p>{name}指南</p>"))
        portal.add(f"/bm/{n}/c9/", listing(some, column=f"{name}年报"))
    return portal


@unusual
def everything_else_redirects_home() -> Portal:
    portal = make()
    hub(portal, f'<a href="/zwgk/zd/">公开制度</a><a href="{COLUMN}">信息公开年报</a>')
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    portal.otherwise = Answer(status=302, headers=(("Location", "/"),))
    return portal


@unusual
def a_drop_down_that_sends_its_form() -> Portal:
    portal = make(21)
    shares = {str(2024 - place): some for place, some in enumerate(slices(portal.planted, 7))}
    choices = "".join(f'<option value="{year}">{year}年</option>' for year in shares)
    form = (
        f'<form action="{COLUMN}"><input type="hidden" name="cid" value="7">'
        f'<select name="year" onchange="this.form.submit()">{choices}</select></form>'
    )

    def answer(hit: Hit) -> Answer:
        some = shares[hit.fields.get("year", "2024")]
        return Answer(body=page("信息公开年报", f"{form}<ul>{rows(some)}</ul>"))

    portal.pages[COLUMN] = answer
    return portal


@unusual
def organs_beside_links_that_say_nothing() -> Portal:
    portal = make(7)
    organs = ("人民政府办公室", "教育局", "财政局", "民政局", "水利局", "公安局", "交通运输局")
    shown = "".join(
        f'<tr><td>{place}</td><td>{organ}</td><td><a href="{row.path}">点击查看</a></td></tr>'
        for place, (organ, row) in enumerate(zip(organs, portal.planted, strict=True), 1)
    )
    column(portal, f"<table><tr><th>序号</th><th>单位</th><th>年报</th></tr>{shown}</table>")
    return portal
