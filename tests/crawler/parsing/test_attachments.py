"""Files that documents link to, show in viewers, or open by script."""

from __future__ import annotations

import pytest

from crawler.items import Page
from crawler.parsing.article import read_article

TEXT = "<p>根据《中华人民共和国政府信息公开条例》的规定，云溪县人民政府办公室编制本报告，现向社会公布，欢迎监督。</p>"
HOST = "https://www.yunxi.example"
WAYS = {
    "a link": ('<a href="/u/1.pdf">附件1：统计表</a>', f"{HOST}/u/1.pdf", "附件1：统计表", "application/pdf"),
    "a relative link": ('<a href="../u/1.xls">表</a>', f"{HOST}/u/1.xls", "表", "application/vnd.ms-excel"),
    "a link without words": (
        '<a href="/u/%E8%A1%A8.doc"></a>',
        f"{HOST}/u/%E8%A1%A8.doc",
        "表.doc",
        "application/msword",
    ),
    "a script in the address": (
        "<a href=\"javascript:open('/u/2.docx')\">附件</a>",
        f"{HOST}/u/2.docx",
        "附件",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "a script on the click": ("<a href='#' onclick=\"down('/u/3.zip')\">下载</a>", None, None, None),
    "a viewer": (
        '<iframe src="/pdfjs/web/viewer.html?file=/u/4.pdf"></iframe>',
        f"{HOST}/u/4.pdf",
        "4.pdf",
        "application/pdf",
    ),
    "a frame": ('<iframe src="/u/5.pdf"></iframe>', f"{HOST}/u/5.pdf", "5.pdf", "application/pdf"),
    "an embedded object": ('<embed src="/u/6.pdf">', f"{HOST}/u/6.pdf", "6.pdf", "application/pdf"),
    "an object's data": ('<object data="/u/7.pdf"></object>', f"{HOST}/u/7.pdf", "7.pdf", "application/pdf"),
    "a download script": (
        '<a href="/down.jsp?filename=8.ofd">附件</a>',
        f"{HOST}/down.jsp?filename=8.ofd",
        "附件",
        "application/ofd",
    ),
    "an address that hides its kind": (
        '<a href="/attach/99">年度报告.pdf</a>',
        f"{HOST}/attach/99",
        "年度报告.pdf",
        "application/pdf",
    ),
    "a page": ('<a href="/zw/1.html">相关页面</a>', None, None, None),
    "a picture": ('<img src="/u/9.jpg">', None, None, None),
}


@pytest.mark.parametrize(("markup", "url", "name", "kind"), WAYS.values(), ids=WAYS)
def test_attachments(markup: str, url: str | None, name: str | None, kind: str | None) -> None:
    body = f"<html><body><h1>公告</h1><div>{TEXT}<p>{markup}</p></div></body></html>"
    article = read_article(Page(url=f"{HOST}/zw/18.html", body=body.encode()))
    found = [(one.url, one.name, one.media_type) for one in article.attachments]
    assert found == ([] if url is None else [(url, name, kind)])


def test_a_file_linked_twice_is_one_attachment() -> None:
    body = f"<html><body><div>{TEXT}<p><a href='/u/1.pdf'>甲</a><a href='/u/1.pdf'>乙</a></p></div></body></html>"
    assert len(read_article(Page(url=f"{HOST}/zw/18.html", body=body.encode())).attachments) == 1


def test_files_of_the_chrome_are_none() -> None:
    menu = '<ul><li><a href="/help.pdf">使用指南</a></li><li><a href="/a/">公开</a></li></ul>'
    body = f"<html><body>{menu}<h1>公告</h1><p>发布日期：2023-01-18 来源：县政府办</p><div>{TEXT}</div></body></html>"
    assert read_article(Page(url=f"{HOST}/zw/18.html", body=body.encode())).attachments == []


@pytest.mark.parametrize(
    "address", ["//[a/b.pdf", "http://[a", "view.html?file=//[a.pdf", "[x].pdf", "?file=[", "//[::1]]/a"]
)
def test_addresses_that_are_none_break_nothing(address: str) -> None:
    text = "<p>全年主动公开政府信息1024条，其中规范性文件12件；收到申请36件，均已按期答复。</p>" * 3
    body = f'<h1>年度报告</h1><div>{text}<p><a href="{address}">附件：年报.pdf</a></p></div>'
    for url in ("", "https://www.yunxi.example/1.html"):
        assert read_article(Page(url=url, body=body.encode())).blocks
