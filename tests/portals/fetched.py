"""Portals whose lists only scripts know: rows fetched whole or by pages, kept in files of scripts, and their pagers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from tests.portals.simulator import Answer, Hit, Planted, Portal, page, rows, slices
from tests.portals.unusual import COLUMN, ORGANS, column, home, hub, make, paged

FETCHED: dict[str, Callable[[], Portal]] = {}
SCRIPT = "application/javascript"
JSON = "application/json"


def fetched(build: Callable[[], Portal]) -> Callable[[], Portal]:
    FETCHED[build.__name__.replace("_", " ")] = build
    return build


def dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def records(planted: list[Planted], url: str = "url") -> list[dict[str, str]]:
    return [{"title": row.title, url: row.path, "publishDate": str(row.listed_on)} for row in planted]


def serve_records(portal: Portal, path: str, asked: dict[str, str], number: str) -> None:
    """Answer an interface by pages of ten; whoever does not ask with the right fields is refused."""
    shares = slices(portal.planted, 10)

    def answer(hit: Hit) -> Answer:
        body = next((name for name in hit.fields if name.startswith("{")), "")
        fields = hit.fields | (json.loads(body) if body else {})
        if any(str(fields.get(name)) != value for name, value in asked.items()):
            return Answer(status=400)
        place = int(fields.get(number, 1))
        shown = records(shares[place - 1]) if place <= len(shares) else []
        return Answer(body=dump({"data": {"list": shown, "total": len(portal.planted)}}), media_type=JSON)

    portal.pages[path] = answer


def add_pages(portal: Portal, others: str, pager: Callable[[int, int], str], head: str = "") -> None:
    """Make the column several files of ten rows; `{}` in their address is the number from 2 on."""
    shares = slices(portal.planted, 10)
    for number, some in enumerate(shares, 1):
        more = head.replace("{}", str(number + 1)) if number < len(shares) else ""
        body = page("信息公开年报", f"<ul>{rows(some)}</ul>{pager(number, len(shares))}", more)
        portal.add(COLUMN if number == 1 else others.replace("{}", str(number)), body)


@fetched
def records_in_a_file_of_script() -> Portal:
    portal = make(12)
    column(portal, '<div id="list"></div><script src="list_data.js"></script><script>render(listData)</script>')
    data = f"var listData={dump(records(portal.planted, 'href'))};"
    portal.add(f"{COLUMN}list_data.js", data, media_type=SCRIPT)
    return portal


@fetched
def an_answer_in_a_call() -> Portal:
    portal = make(12)
    ask = '$.ajax({url:"/api/list.do?cid=9",dataType:"jsonp",jsonp:"callback",success:show})'
    column(portal, f'<div id="list"></div><script>{ask}</script>')
    answer = f"show({dump({'data': records(portal.planted)})})"
    portal.add("/api/list.do?cid=9", answer, media_type=SCRIPT)
    return portal


@fetched
def markup_in_json() -> Portal:
    portal = make(12)
    column(portal, '<ul id="list"></ul><script>$.get("/api/rows?cid=9",function(d){$("#list").html(d.html)})</script>')
    portal.add("/api/rows?cid=9", dump({"code": 0, "html": rows(portal.planted)}), media_type=JSON)
    return portal


@fetched
def a_piece_of_markup() -> Portal:
    portal = make(12)
    column(portal, '<ul id="list"></ul><script>$("#list").load("/inc/nb_list.html")</script>')
    portal.add("/inc/nb_list.html", rows(portal.planted))
    return portal


@fetched
def an_interface_in_a_file_of_script() -> Portal:
    portal = make(23)
    files = '<script src="/js/jquery-3.1.js"></script><script src="/js/list.js"></script>'
    column(portal, f'<div id="app"></div><script>var channelId="a7";</script>{files}')
    fields = "{channelId:channelId,pageNum:n,pageSize:10}"
    ask = f'function load(n){{$.ajax({{type:"get",url:"/api/article/list",data:{fields},success:show}})}}load(1);'
    portal.add("/js/list.js", ask, media_type=SCRIPT)
    serve_records(portal, "/api/article/list", {"channelId": "a7"}, "pageNum")
    return portal


@fetched
def a_sum_for_an_address() -> Portal:
    portal = make(23)
    ask = 'var cid="a7";function load(n){$.getJSON("/api/list?cid="+cid+"&page="+n+"&size=10",show)}'
    column(portal, f"<div></div><script>{ask}</script>")
    serve_records(portal, "/api/list", {"cid": "a7", "size": "10"}, "page")
    return portal


@fetched
def a_template_for_an_address() -> Portal:
    portal = make(23)
    ask = "const cid='a7';const load=n=>fetch(`/api/list?cid=${cid}&page=${n}`).then(r=>r.json()).then(show);"
    column(portal, f"<div></div><script>{ask}</script>")
    serve_records(portal, "/api/list", {"cid": "a7"}, "page")
    return portal


@fetched
def a_hidden_field_that_the_script_reads() -> Portal:
    portal = make(23)
    ask = '$.post("/api/list","channel="+$("#channel").val()+"&pageNo="+n+"&pageSize=10",show)'
    column(portal, f'<input type="hidden" id="channel" value="a7"><script>function load(n){{{ask}}}</script>')
    serve_records(portal, "/api/list", {"channel": "a7"}, "pageNo")
    return portal


@fetched
def posted_json_for_axios() -> Portal:
    portal = make(23)
    ask = 'axios.post("/api/web/list",{catalogId:"c9",pageNum:1,pageSize:10}).then(show)'
    column(portal, f'<div id="list"></div><script>{ask}</script>')
    serve_records(portal, "/api/web/list", {"catalogId": "c9"}, "pageNum")
    return portal


@fetched
def rows_by_an_attribute_of_theirs() -> Portal:
    portal = make(12)
    portal.planted = [replace(row, path=f"/content/{1000 + place}.html") for place, row in enumerate(portal.planted)]
    portal.add_documents()
    shown = "".join(
        f'<li class="item" data-id="{1000 + place}">{row.title}<span>{row.listed_on}</span></li>'
        for place, row in enumerate(portal.planted)
    )
    script = '$(".item").click(function(){var id=$(this).data("id");window.open("/content/"+id+".html")})'
    column(portal, f"<ul>{shown}</ul><script>{script}</script>")
    return portal


@fetched
def nodes_of_a_tree_by_their_number() -> Portal:
    portal = make(12)
    nodes = 'var zNodes=[{id:1,pId:0,name:"公开制度"},{id:7,pId:0,name:"公开年报"}];'
    click = 'function zTreeOnClick(e,id,node){location.href="/list.aspx?id="+node.id;}'
    hub(portal, f'<ul id="tree"></ul><script>{nodes}{click}</script>')
    portal.add("/list.aspx?id=1", page("公开制度", "<p>制度</p>"))
    portal.add("/list.aspx?id=7", page("公开年报", f"<ul>{rows(portal.planted)}</ul>"))
    return portal


@fetched
def a_button_for_the_next_page() -> Portal:
    portal = make(34)

    def pager(number: int, pages: int) -> str:
        door = f'<input type="button" value="下一页" onclick="location=\'?p={number + 1}\'">'
        return door if number < pages else ""

    paged(portal, pager, lambda hit: int(hit.fields.get("p", "1")))
    return portal


@fetched
def the_next_page_in_the_head_alone() -> Portal:
    portal = make(34)
    add_pages(portal, "/zwgk/nb/p{}.html", lambda _, __: "", '<link rel="next" href="/zwgk/nb/p{}.html">')
    return portal


@fetched
def a_pattern_for_a_pager() -> Portal:
    portal = make(34)
    door = '<div class="pagination" data-url="/zwgk/nb/list_{{page}}.html" data-total="{}" data-current="{}"></div>'
    add_pages(portal, "/zwgk/nb/list_{}.html", lambda number, pages: door.format(pages, number))
    return portal


@fetched
def variables_for_a_pager() -> Portal:
    portal = make(34)
    script = (
        '<script>var totalPage={};var currentPage={};var pageExt="shtml";</script><script src="/js/page.js"></script>'
    )
    add_pages(portal, "/zwgk/nb/index_{}.shtml", lambda number, pages: script.format(pages, number))
    return portal


@fetched
def a_drop_down_of_pages() -> Portal:
    portal = make(34)

    def pager(_: int, pages: int) -> str:
        choices = "".join(
            f'<option value="index_{number}.html">第{number}页</option>' for number in range(1, pages + 1)
        )
        return f'<select onchange="location.href=this.value">{choices}</select>'

    add_pages(portal, "/zwgk/nb/index_{}.html", pager)
    portal.pages["/zwgk/nb/index_1.html"] = portal.pages[COLUMN]
    return portal


@fetched
def disclosure_on_a_host_of_its_own() -> Portal:
    portal = make(12)
    root = "http://xxgk.qinghe-invented.gov.cn"
    home(portal, f'<a href="{root}/">政府信息公开</a>')
    portal.add(f"{root}/", page("政府信息公开", '<a href="/zn/">指南</a><a href="/nb/">年报</a>'))
    portal.add(f"{root}/zn/", page("指南", "<p>指南</p>"))
    portal.planted = [replace(row, path=root + row.path) for row in portal.planted]
    portal.add_documents()
    portal.add(f"{root}/nb/", page("年报", f"<ul>{rows(portal.planted)}</ul>"))
    return portal


@fetched
def years_before_a_move() -> Portal:
    portal = make(14)
    column(portal, f'<ul>{rows(portal.planted[:7])}</ul><a href="/old/nb.html">历史年报</a>')
    portal.add("/old/nb.html", page("历史年报", f"<ul>{rows(portal.planted[7:])}</ul>"))
    return portal


@fetched
def organs_and_kinds_in_a_query() -> Portal:
    portal = make(12)
    hub(portal, "".join(f'<a href="/xxgk.aspx?dept={n}">{name}</a>' for n, name in enumerate(ORGANS)))
    for n, (name, some) in enumerate(zip(ORGANS, slices(portal.planted, 3), strict=True)):
        doors = "".join(
            f'<a href="/xxgk.aspx?dept={n}&type={t}">{w}</a>' for t, w in ((1, "机构职能"), (4, "年度报告"))
        )
        portal.add(f"/xxgk.aspx?dept={n}", page(name, doors))
        portal.add(f"/xxgk.aspx?dept={n}&type=1", page("机构职能", "<p>职能</p>"))
        portal.add(f"/xxgk.aspx?dept={n}&type=4", page("年度报告", f"<ul>{rows(some)}</ul>"))
    return portal
