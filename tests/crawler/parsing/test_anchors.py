from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest

from crawler.parsing.anchors import read_links
from crawler.parsing.doors import Link

URL = "http://www.qinghe.test/xxgk/index.html"


def links_of(markup: str, **facts: Any) -> list[Link]:
    html = f"<html><body>{markup}</body></html>"
    tree = lxml.html.document_fromstring(html)
    return read_links(SimpleNamespace(url=URL, base_url=URL, html=html, tree=tree, **facts))


@pytest.mark.parametrize(
    ("markup", "url", "text"),
    [
        pytest.param('<a href="nb/">信息公开\n年报</a>', "/xxgk/nb/", "信息公开 年报", id="anchor"),
        pytest.param('<a href="nb/"><!-- icon -->年报</a>', "/xxgk/nb/", "年报", id="words after a comment"),
        pytest.param('<a href="nb/"><img src="a.jpg" alt="年报"></a>', "/xxgk/nb/", "年报", id="picture"),
        pytest.param(
            '<h3>信息公开年报<span><a href="nb/">更多&gt;&gt;</a></span></h3>',
            "/xxgk/nb/",
            "信息公开年报",
            id="more names its box",
        ),
        pytest.param("<a href=\"javascript:go('/nb/a.html')\">年报</a>", "/nb/a.html", "年报", id="script in href"),
        pytest.param(
            '<a href="#" onclick="window.open(\'nb/a.jsp\')">年报</a>', "/xxgk/nb/a.jsp", "年报", id="onclick"
        ),
        pytest.param('<a data-url="/nb/">年报</a>', "/nb/", "年报", id="data attribute"),
        pytest.param(
            '<select><option value="/nb/2019/">2019年</option></select>', "/nb/2019/", "2019年", id="drop-down"
        ),
        pytest.param('<iframe src="list.html"></iframe>', "/xxgk/list.html", "", id="frame"),
        pytest.param('<area href="/nb/" title="年报">', "/nb/", "年报", id="area of an image map"),
        pytest.param(
            "<script>document.write('<a href=\"index_2.html\">下一页<\\/a>')</script>",
            "/xxgk/index_2.html",
            "下一页",
            id="document.write",
        ),
        pytest.param(
            '<script>var nodes=[{id:3,pId:0,name:"公开年报",url:"\\/nb\\/"}]</script>',
            "/nb/",
            "公开年报",
            id="menu tree",
        ),
        pytest.param("<script>window.location.href='/xxgk/nb/';</script>", "/xxgk/nb/", "", id="script redirect"),
        pytest.param('<meta http-equiv="refresh" content="0;url=/nb/">', "/nb/", "", id="meta refresh"),
    ],
)
def test_one_link(markup: str, url: str, text: str) -> None:
    assert [(link.url, link.text) for link in links_of(markup)] == [("http://www.qinghe.test" + url, text)]


def test_title_keeps_what_the_list_cut() -> None:
    (link,) = links_of('<a href="a.html" title="青禾市教育局2019年政府信息公开工作年度报告">青禾市教育局2019年…</a>')
    assert link.title == "青禾市教育局2019年政府信息公开工作年度报告"


def test_values_and_anchors_that_lead_nowhere() -> None:
    assert links_of('<a href="#">x</a><a name="y">y</a><option value="3">z</option><a href="javascript:;">q</a>') == []


def test_a_page_with_text_is_no_redirect() -> None:
    text = "正文" * 200
    assert links_of(f"<p>{text}</p><script>function go(){{ location.href='/x/'; }}</script>") == []


def test_rows_of_one_list_share_a_block_and_menus_do_not() -> None:
    menu, one, two = links_of(
        '<div class="nav"><ul><li><a href="a/">甲</a></li></ul></div>'
        '<div class="list"><ul><li class="odd"><a href="1.html">一</a></li>'
        '<li class="even"><a href="2.html">二</a></li></ul></div>'
    )
    assert one.block == two.block != menu.block


def test_query_in_the_encoding_of_the_page() -> None:
    (link,) = links_of('<a href="l.asp?n=年报">x</a>', charset="gb18030")
    assert link.url.endswith("?n=%C4%EA%B1%A8")


def test_title_is_whole_even_when_the_cut_words_are_longer() -> None:
    (link,) = links_of('<a href="a.html" title="青禾市2019年年报">青禾市2019年年报...</a>')
    assert link.title == "青禾市2019年年报"
