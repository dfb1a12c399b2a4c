"""Documents that scripts hold: what is escaped is unescaped, and nothing that is not."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest

from crawler.items import Page
from crawler.parsing.article import read_article
from crawler.parsing.dom import parse_document
from crawler.parsing.script_files import own_script_files

FILE = "/f/%E5%B9%B4%E6%8A%A5.pdf"
TEXT = "<p>" + "全年主动公开政府信息一百二十条，收到申请五件，均按时答复。" * 6 + "</p>"
BODY = f'{TEXT}<p>附件：<a href="{FILE}">年报.pdf</a></p>'
CODED = base64.b64encode(quote(BODY).encode()).decode()
ESCAPED = {
    "as JSON": f"var d={{content:{json.dumps(BODY)}}}",
    "as JSON with its characters": f"var d={{content:{json.dumps(BODY, ensure_ascii=False)}}}",
    "by percent": f'$("#c").html(decodeURIComponent("{quote(BODY)}"))',
    "by percent u": '$("#c").html(unescape("' + "".join(f"%u{ord(char):04X}" for char in BODY) + '"))',
    "in base64": f'$("#c").html(Base64.decode("{base64.b64encode(BODY.encode()).decode()}"))',
    "in base64, by percent": f'$("#c").html(decodeURIComponent(atob("{CODED}")))',
}


@pytest.mark.parametrize("how", ESCAPED)
def test_a_body_comes_out_as_it_went_in(how: str) -> None:
    markup = f"<html><body><h1>青禾市2023年政府信息公开工作年度报告</h1><div id=c></div><script>{ESCAPED[how]}</script>"
    article = read_article(Page(url="http://www.qinghe.gov.cn/1.html", body=markup.encode()))
    assert "收到申请五件" in "".join(getattr(block, "text", "") for block in article.blocks)
    assert [each.url for each in article.attachments] == [f"http://www.qinghe.gov.cn{FILE}"]


def test_libraries_are_told_by_the_names_of_their_files() -> None:
    names = ("/static/js/jquery-3.1.min.js", "/static/js/list.js", "/lib/count.js", "http://a.cn/x.js", "/update/nb.js")
    markup = "".join(f'<script src="{name}"></script>' for name in names)
    found = own_script_files(parse_document(markup.encode(), url="http://www.qinghe.gov.cn/nb/"))
    assert found == ["http://www.qinghe.gov.cn/update/nb.js", "http://www.qinghe.gov.cn/static/js/list.js"]
