"""More portals with one uncommon way to a report each: columns of other names, links cut, split or on other hosts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from tests.portals.simulator import Answer, Hit, Portal, listing, page, rows, slices
from tests.portals.unusual import COLUMN, ORGANS, column, home, hub, make, paged

RARE: dict[str, Callable[[], Portal]] = {}
GUIDES = ("信息公开指南", "信息公开目录", "依申请公开办法", "信息公开工作制度", "信息公开监督方式", "公开事项目录清单")


def rare(build: Callable[[], Portal]) -> Callable[[], Portal]:
    RARE[build.__name__.replace("_", " ")] = build
    return build


def add_guides(portal: Portal) -> str:
    """Add documents about disclosure that are no reports; return their rows."""
    for place, name in enumerate(GUIDES):
        portal.add(f"/xx/zn/t2019010{place + 1}_{70 + place}.html", page(name, f"<h1>{name}</h1><p>{name}全文。</p>"))
    return "".join(
        f'<li><a href="/xx/zn/t2019010{place + 1}_{70 + place}.html">青禾市{name}</a><i>2019-01-0{place + 1}</i></li>'
        for place, name in enumerate(GUIDES)
    )


@rare
def reports_among_guides_and_rules() -> Portal:
    portal = make(8)
    guides = add_guides(portal)
    hub(portal, '<a href="/zwgk/qt/">信息公开</a>')
    portal.add("/zwgk/qt/", page("信息公开", f"<ul>{guides}{rows(portal.planted)}</ul>"))
    return portal


@rare
def titles_cut_short() -> Portal:
    portal = make()
    shown = "".join(f'<li><a href="{row.path}">{row.title[:14]}…</a></li>' for row in portal.planted)
    column(portal, f"<ul>{shown}</ul>")
    return portal


@rare
def the_latest_of_every_organ_with_a_door_to_more() -> Portal:
    portal = make(12)
    shown = ""
    for place, (name, some) in enumerate(zip(ORGANS, slices(portal.planted, 3), strict=True)):
        shown += f'<div><h3>{name}</h3><a href="/zwgk/nb/c{place}/">更多&gt;&gt;</a><ul>{rows(some[:1])}</ul></div>'
        portal.add(f"/zwgk/nb/c{place}/", listing(some, column=name))
    column(portal, shown)
    return portal


@rare
def the_latest_on_the_hub_with_a_door_to_more() -> Portal:
    portal = make(12)
    block = f'<div><h2>依法公开</h2><ul>{rows(portal.planted[:2])}</ul><a href="/zwgk/list-7-1.html">更多</a></div>'
    hub(portal, block)
    portal.add("/zwgk/list-7-1.html", page("依法公开", f"<ul>{rows(portal.planted)}</ul>"))
    return portal


@rare
def a_list_in_a_frame_in_a_frame() -> Portal:
    portal = make()
    column(portal, '<iframe src="/inc/outer.jsp?c=9"></iframe>')
    portal.add("/inc/outer.jsp?c=9", '<html><body><IFRAME SRC="./inner.jsp?c=9"></IFRAME></body></html>')
    portal.add("/inc/inner.jsp?c=9", f"<html><body><ul>{rows(portal.planted)}</ul></body></html>")
    return portal


@rare
def addresses_of_every_form() -> Portal:
    portal = make()
    forms: tuple[Callable[[str], str], ...] = (
        lambda path: f"//www.qinghe-invented.gov.cn{path}",
        lambda path: f"../..{path}",
        lambda path: f"./../../zwgk/..{path}",
        lambda path: f" {portal.url.rstrip('/')}:80{path} ",
        lambda path: f"{path}#top",
    )
    shown = "".join(
        f"<LI><A HREF='{forms[place % len(forms)](row.path)}' TARGET=_blank>{row.title}</A></LI>"
        for place, row in enumerate(portal.planted)
    )
    column(portal, f"<UL>{shown}</UL>")
    return portal


@rare
def the_bare_host_for_half_the_links() -> Portal:
    portal = make()
    bare = portal.url.replace("www.", "").rstrip("/")
    shown = "".join(
        f'<li><a href="{bare if place % 2 else ""}{row.path}">{row.title}</a></li>'
        for place, row in enumerate(portal.planted)
    )
    hub(portal, f'<a href="{bare}{COLUMN}">政府信息公开年度报告</a>')
    column(portal, f"<ul>{shown}</ul>")
    return portal


@rare
def a_home_page_that_moved_to_https() -> Portal:
    portal = make()
    safe = portal.url.replace("http:", "https:")
    for path in list(portal.pages):
        portal.pages[safe.rstrip("/") + path] = portal.pages.pop(path)
    portal.pages[f"{safe.rstrip('/')}{COLUMN}"] = Answer(body=listing(portal.planted, "", "年报"))
    portal.pages["/"] = Answer(status=301, headers=(("Location", safe),))
    return portal


@rare
def organs_on_hosts_of_their_own() -> Portal:
    portal = make(12)
    shown = ""
    for place, (name, some) in enumerate(zip(ORGANS, slices(portal.planted, 3), strict=True)):
        root = f"http://bm{place}.qinghe-invented.gov.cn"
        shown += "".join(f'<li><a href="{root}{row.path}">{name}：{row.title}</a></li>' for row in some)
    column(portal, f"<ul>{shown}</ul>")
    return portal


@rare
def files_alone_of_every_type() -> Portal:
    portal = make(8, "doc")
    endings = ("doc", "docx", "pdf", "xls", "wps", "DOC", "PDF", "xlsx")
    portal.planted = [
        replace(row, path=f"/upload/{place}.{endings[place]}") for place, row in enumerate(portal.planted)
    ]
    for row in portal.planted:
        portal.pages[row.path] = Answer(body=b"%PDF-1.4 " + row.path.encode(), media_type="application/octet-stream")
    column(portal, "".join(f'<p><img src="i.gif"><a href="{row.path}">{row.title}</a></p>' for row in portal.planted))
    return portal


@rare
def files_behind_a_download_address() -> Portal:
    portal = make(8)
    portal.planted = [replace(row, path=f"/down.jsp?fid={90 + place}") for place, row in enumerate(portal.planted)]
    for row in portal.planted:
        portal.pages[row.path] = Answer(body=b"%PDF-1.4 " + row.path.encode(), media_type="application/pdf")
    column(portal, "".join(f'<p><a href="{row.path}">{row.title}</a></p>' for row in portal.planted))
    return portal


@rare
def handlers_with_addresses() -> Portal:
    portal = make()
    hub(portal, f"""<a href="javascript:void(0)" onclick="window.location.href='{COLUMN}'">信息公开年报</a>""")
    shown = "".join(
        f"""<tr onclick="window.open('{row.path}')"><td>{row.title}</td><td>{row.listed_on}</td></tr>"""
        for row in portal.planted
    )
    column(portal, f"<table>{shown}</table>")
    return portal


@rare
def pages_counted_from_nought() -> Portal:
    portal = make(34)

    def pager(number: int, pages: int) -> str:
        return "".join(f'<a href="{COLUMN}?p={place}">{place + 1}</a>' for place in range(pages) if place + 1 != number)

    paged(portal, pager, lambda hit: int(hit.fields.get("p", "0")) + 1)
    return portal


@rare
def a_pager_by_first_row() -> Portal:
    portal = make(34)

    def pager(number: int, pages: int) -> str:
        return f'<a href="?start={number * 10}">后一页</a>' if number < pages else "<span>后一页</span>"

    paged(portal, pager, lambda hit: int(hit.fields.get("start", "0")) // 10 + 1)
    return portal


@rare
def posted_json() -> Portal:
    portal = make(23)
    script = (
        'function load(n){$.ajax({type:"post",url:"/api/pageList",data:{channelId:"a7",pageSize:10,pageNo:n},'
        'dataType:"json",success:show})}load(1);'
    )
    column(portal, f'<div id="list"></div><script>{script}</script>')
    shares = slices(portal.planted, 10)

    def answer(hit: Hit) -> Answer:
        if hit.method != "POST" or hit.fields.get("channelId") != "a7":
            return Answer(status=405)
        number = int(hit.fields.get("pageNo", "1"))
        shown = shares[number - 1] if number <= len(shares) else []
        records = [{"bt": row.title, "link": row.path, "fbsj": str(row.listed_on)} for row in shown]
        return Answer(
            body=json.dumps({"rows": records, "total": len(portal.planted)}, ensure_ascii=False),
            media_type="application/json",
        )

    portal.pages["/api/pageList"] = answer
    return portal


@rare
def years_in_a_drop_down_of_numbers() -> Portal:
    portal = make(21)
    script = "function go(s){location.href='/zwgk/nb/index_'+s.value+'.html';}"
    choices = "".join(f'<option value="{2024 - n}">{2024 - n}年</option>' for n in range(3))
    shares = slices(portal.planted, 7)
    door = f'<select onchange="go(this)">{choices}</select><script>{script}</script>'
    column(portal, f"{door}<ul>{rows(shares[0])}</ul>")
    for n, some in enumerate(shares):
        portal.add(f"/zwgk/nb/index_{2024 - n}.html", page("信息公开年报", f"{door}<ul>{rows(some)}</ul>"))
    return portal


@rare
def years_in_a_drop_down_that_goes_by_itself() -> Portal:
    portal = make(21)
    choices = "".join(f'<option value="{2024 - n}">{2024 - n}</option>' for n in range(3))
    door = f"""<select onchange="location.href='/zwgk/nb/y'+this.value+'.html'">{choices}</select>"""
    shares = slices(portal.planted, 7)
    column(portal, f"{door}<ul>{rows(shares[0])}</ul>")
    for n, some in enumerate(shares):
        portal.add(f"/zwgk/nb/y{2024 - n}.html", page("信息公开年报", f"{door}<ul>{rows(some)}</ul>"))
    return portal


@rare
def a_splash_that_a_script_leaves() -> Portal:
    portal = make()
    portal.pages["/main.htm"] = portal.pages["/"]
    portal.add("/", "<html><script>setTimeout(\"top.location='main.htm'\",3000)</script><body>欢迎</body></html>")
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    return portal


@rare
def missing_pages_that_answer_well() -> Portal:
    portal = make()
    hub(portal, f'<a href="/zwgk/zd/">公开制度</a><a href="/zwgk/old/">年报</a><a href="{COLUMN}">公开年报</a>')
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    portal.otherwise = Answer(body=page("提示", "<p>您访问的页面不存在或已删除</p>"))
    return portal


@rare
def organs_with_bare_years() -> Portal:
    portal = make(12)
    portal.planted = [replace(row, title=f"{2024 - place % 3}") for place, row in enumerate(portal.planted)]
    shown = "".join(
        f"<tr><th>{name}</th>" + "".join(f'<td><a href="{row.path}">{row.title}</a></td>' for row in some) + "</tr>"
        for name, some in zip(ORGANS, slices(portal.planted, 3), strict=True)
    )
    hub(portal, f'<a href="{COLUMN}">镇街年报</a>')
    portal.add(COLUMN, page("镇街年报", f"<table>{shown}</table>"))
    return portal


@rare
def a_menu_in_gbk_from_a_file_of_script() -> Portal:
    portal = make()
    home(portal, '<script src="/js/menu.js"></script>')
    menu = "document.writeln('<a href=\"/zwgk/\">政务公开</a>');"
    portal.pages["/js/menu.js"] = Answer(body=menu.encode("gbk"), media_type="application/javascript")
    column(portal, f"<ul>{rows(portal.planted)}</ul>")
    return portal


@rare
def rows_that_a_script_gathers() -> Portal:
    portal = make()
    gathered = "".join(f"s+='<li><a href=\"{row.path}\">{row.title}</a></li>';" for row in portal.planted)
    column(portal, f"<script>var s='';{gathered}document.write(s);</script>")
    return portal


@rare
def records_with_keys_in_pinyin() -> Portal:
    portal = make(12)
    column(portal, "<div></div><script>fetch('/zwgk/nb/data.json').then(r=>r.json()).then(show)</script>")
    records = json.dumps([{"bt": row.title, "lj": row.path} for row in portal.planted], ensure_ascii=False)
    portal.add(f"{COLUMN}data.json", records, media_type="application/json")
    return portal


def _named(words: str) -> Callable[[], Portal]:
    def build() -> Portal:
        portal = make()
        hub(portal, f'<a href="/zwgk/zd/">制度</a><a href="/c/a83/">{words}</a>')
        portal.add("/zwgk/zd/", page("制度", "<p>制度一览</p>"))
        portal.add("/c/a83/", page(words, f"<ul>{rows(portal.planted)}</ul>"))
        return portal

    return build


NAMES = "年度报告 公开年报 部门年报 镇街年报 政府信息公开工作总结 公开报告 工作报告 年度信息"
RARE |= {f"a column named {words}": _named(words) for words in NAMES.split()}
