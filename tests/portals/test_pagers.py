"""Pagers of makes that no family names: all pages of the list are read, whatever writes their addresses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.portals.driver import ask_memory, crawl
from tests.portals.simulator import Portal, add_way, listing, plant, slices

Pager = Callable[[int, int, int], str]
"""Markup of the pager of a page, of how many pages, of how many rows."""
FROM_1 = ("/zwgk/nb/", "/zwgk/nb/index_{}.html", 0)
FROM_0 = ("/zwgk/nb/", "/zwgk/nb/index_{}.html", -1)
QUERY = ("/zwgk/nb/", "/zwgk/nb/?page={}", 0)
JHTML = ("/zwgk/nb/index.jhtml", "/zwgk/nb/index_{}.jhtml", 0)
PHP = ("/zwgk/list.php?tid=9", "/zwgk/list.php?tid=9&PageNo={}", 0)


def doors(pages: int, door: str) -> str:
    return "".join(door.replace("{}", str(number)) for number in range(1, pages + 1))


PAGERS: dict[str, tuple[tuple[str, str, int], Pager]] = {
    "laypage with rows counted": (
        FROM_1,
        lambda here, _, rows: (
            f"<script>laypage.render({{elem:'p',count:{rows},limit:10,curr:{here},"
            "jump:function(obj,first){if(!first){location.href='index_'+obj.curr+'.html';}}});</script>"
        ),
    ),
    "laypage with pages counted": (
        QUERY,
        lambda here, pages, _: (
            f"<script>laypage({{cont:'p',pages:{pages},curr:{here},"
            "jump:function(e){location.href='?page='+e.curr;}});</script>"
        ),
    ),
    "kkpager": (
        FROM_1,
        lambda here, pages, rows: (
            f"<script>kkpager.generPageHtml({{pno:{here},total:{pages},totalRecords:{rows},hrefFormer:'index',"
            "getLink:function(n){return this.hrefFormer+'_'+n+'.html';}});</script>"
        ),
    ),
    "an object of the pager's own": (
        FROM_1,
        lambda here, pages, _: (
            f"<script>Page({{num:{pages},startnum:{here},"
            "callback:function(n){location.href='index_'+n+'.html'}});</script>"
        ),
    ),
    "numbers that call a function": (
        FROM_1,
        lambda _, pages, __: (
            doors(pages, '<a href="javascript:to({})">{}</a>')
            + "<script>function to(n){window.location.href='index_'+n+'.html';}</script>"
        ),
    ),
    "a function that counts from 0": (
        FROM_0,
        lambda _, pages, __: (
            doors(pages, '<a href="javascript:to({})">{}</a>')
            + "<script>function to(n){if(n==1){location.href='index.html';}"
            "else{location.href='index_'+(n-1)+'.html';}}</script>"
        ),
    ),
    "addresses in a call": (
        JHTML,
        lambda _, pages, __: doors(pages, "<a onclick=\"query(this,'/zwgk/nb/index_{}.jhtml')\" href='#'>{}</a>"),
    ),
    "addresses in an attribute": (
        JHTML,
        lambda _, pages, __: doors(pages, '<a tagname="/zwgk/nb/index_{}.jhtml">{}</a>'),
    ),
    "a picture of an arrow": (
        FROM_1,
        lambda here, pages, _: f'<a href="index_{here + 1}.html"><img alt="下一页"></a>' if here < pages else "",
    ),
    "a field to jump by": (FROM_1, lambda here, pages, rows: f"共{rows}条记录 {here}/{pages}页 <input id='to'>跳转"),
    "a query with other fields": (
        PHP,
        lambda _, pages, rows: doors(pages, '<a href="list.php?tid=9&PageNo={}">{}</a>') + f"共{rows}条",
    ),
}


@pytest.mark.parametrize("name", PAGERS)
def test_all_pages_are_read(name: str) -> None:
    (first, others, shift), pager = PAGERS[name]
    portal = Portal(url="http://www.qinghe-invented.gov.cn/")
    portal.planted = plant(43, lambda place, day: f"/zwgk/nb/{day:%Y%m}/t{day:%Y%m%d}_{place}.html", every=99)
    portal.add_documents()
    add_way(portal, first)
    shares = slices(portal.planted, 10)
    for number, some in enumerate(shares, 1):
        address = first if number == 1 else others.format(number + shift)
        portal.add(address, listing(some, pager(number, len(shares), len(portal.planted))))
    result = crawl(portal, ask=ask_memory(portal))
    assert result.missed(portal.planted) == []
    assert len(portal.hits) <= len(portal.planted) + 16
    stops = {walked.stop_reason for walked in result.lists if walked.entries == len(portal.planted)}
    assert stops <= {"last_page", "total_reached"}
    assert stops
