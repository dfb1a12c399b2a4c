"""Golden pages for each form a document takes, properties of every reading, and the labelled real pages."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.items import Article, Page, Paragraph, Table
from crawler.parsing.article import read_article
from crawler.parsing.dom import parse_document
from pipelines.clean import CleanText

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
FORMS = sorted(path.name for path in GOLDEN.iterdir())
ADDRESS = "https://www.yunxi.example/zw/nb/18.html"
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def read(body: bytes | str, **more: object) -> Article:
    """Return a page's article with its text set."""
    raw = body.encode() if isinstance(body, str) else body
    article = CleanText().process_item(read_article(Page(url=ADDRESS, body=raw, **more)))
    assert isinstance(article, Article)
    return article


def shape(article: Article) -> dict[str, object]:
    """Return what a golden page is compared by."""
    return {
        "page_kind": article.page_kind,
        "kind_reason": article.kind_reason,
        "title": article.title,
        "title_reading": article.title_reading,
        "site_name": article.site_name,
        "breadcrumb": article.breadcrumb,
        "byline": article.byline,
        "footer": article.footer,
        "text": article.text.split("\n"),
        "tables": [table.rows for table in article.tables],
        "attachments": [[one.url, one.name, one.media_type] for one in article.attachments],
        "findings": [finding.code for finding in article.findings],
    }


@pytest.mark.parametrize("form", FORMS)
def test_golden_page(form: str) -> None:
    page = next((GOLDEN / form).glob("page.*"))
    found = shape(read(page.read_bytes(), path=str(page)))
    expected = GOLDEN / form / "expected.json"
    if not expected.exists():
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(f"{expected} was recorded: read it, then run again")
    assert found == json.loads(expected.read_text("utf-8"))


PARAGRAPHS = [
    "为规范本县政务公开工作，云溪县人民政府办公室对全年工作作了总结，现将有关情况公布如下。",
    "全年共主动公开政府信息3261条，其中规范性文件12件，办理依申请公开21件，均在法定期限内答复。",
    "下一步，将继续加强政务公开队伍建设，按季度组织培训，确保各项公开要求落到实处。",
]
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def kept(markup: str) -> list[str]:
    return read(markup).text.split("\n")


def test_document_after_300_kilobytes_of_menu() -> None:
    item = '<li><a href="/lm/{0}/">栏目{0}</a><ul><li><a href="/lm/{0}/a/">子栏目</a></li></ul></li>'
    menu = "".join(item.format(number) for number in range(4000))
    head = "<html><head><title>公告_云溪县人民政府</title></head><body>"
    page = f"{head}<ul>{menu}</ul><h1>云溪县政务公开情况公告</h1>{BODY}</body></html>"
    assert len(page) > 300_000
    assert kept(page) == PARAGRAPHS


INLINE = {
    "digits in spans": "自<span>2017</span>年<span>1</span>月<span>1</span>日起至<b>2017</b>年<i>12</i>月31日止。",
    "a comment between digits": "自2017年<!-- x -->1月1日起至2017年12月31日止。",
    "a hidden element before digits": '自2017年<span style="display:none">广告</span>1月1日起至2017年12月31日止。',
    "a script before digits": "自2017年<script>var a=1</script>1月1日起至2017年12月31日止。",
    "Word's empty paragraphs": "自2017年<o:p></o:p>1月1日起至<span lang=EN-US>2017<o:p></o:p></span>年12月31日止。",
    "a link in the date": '自<a href="/d">2017年1月1日</a>起至2017年12月31日止。',
    "a picture in the date": '自2017年<img src="x.png">1月1日起至2017年12月31日止。',
    "an inline box": '自2017年<div style="display:inline">1月1日</div>起至2017年12月31日止。',
    "a removed button": "自2017年<input type=hidden>1月1日起至2017年12月31日止。",
    "zero-width characters": "自2017\u200b年1月\ufeff1日起至2017年12月31日止。",
}


@pytest.mark.parametrize("markup", INLINE.values(), ids=INLINE)
def test_tails_and_digits_stay(markup: str) -> None:
    lines = kept(f"<html><body><h1>公告</h1><div>{BODY}<div>{markup}</div></div></body></html>")
    assert lines[-1] == "自2017年1月1日起至2017年12月31日止。"


def test_line_breaks_end_lines_and_inline_ends_do_not() -> None:
    lines = kept(
        f"<html><body><div>{BODY}<p>云溪县人民<b>政府</b><br>2023年1月<font>18</font>日</p></div></body></html>"
    )
    assert lines[-2:] == ["云溪县人民政府", "2023年1月18日"]


OWN = {
    "the contact paragraph": "如有疑问，请与县政府办公室联系，地址：文峰路8号，邮编：999100，电话：0999-1234567。",
    "a line of contact": "联系电话：0999-1234567",
    "an address without a stop": "联系地址：云溪县文峰路8号 邮政编码：999100",
    "a note": "注：以上数据不含乡镇。",
    "attachments": "附件：1.云溪县政府信息公开情况统计表",
    "an organiser": "主办单位：云溪县人民政府办公室",
    "a sign-off": "云溪县人民政府办公室",
    "a date": "2023年1月18日",
    "a short answer": "无",
    "a published number": "（此件公开发布）",
}


@pytest.mark.parametrize("line", OWN.values(), ids=OWN)
def test_the_documents_own_last_lines_stay(line: str) -> None:
    page = (
        "<html><head><title>公告</title></head><body><div><a href='/'>首页</a></div><h1>云溪县政务公开情况公告</h1>"
        f"<div class='con'>{BODY}<p>{line}</p></div><div>【打印本页】【关闭窗口】</div>"
        "<div class='foot'>主办单位：云溪县人民政府 网站标识码：9991000001</div></body></html>"
    )
    assert kept(page) == [*PARAGRAPHS, line]


def test_repeated_paragraphs_of_one_document_stay() -> None:
    assert kept(f"<html><body><div>{BODY}{BODY}</div></body></html>") == PARAGRAPHS * 2


def test_hidden_links_are_counted_once_per_host() -> None:
    hidden = (
        '<div style="display:none"><a href="http://a.example.com/1">甲</a><a href="http://a.example.com/2">乙</a></div>'
    )
    findings = read(f"<html><body>{hidden}<div>{BODY}</div></body></html>").findings
    assert [(finding.code, "1 other hosts" in finding.message) for finding in findings] == [("hidden.links", True)]


def test_hidden_links_to_governments_are_no_finding() -> None:
    hidden = '<div style="display:none"><a href="http://www.gov.cn/">中国政府网</a><a href="/x">甲</a></div>'
    assert read(f"<html><body>{hidden}<div>{BODY}</div></body></html>").findings == []


FILES = {b"%PDF-1.4 x": "pdf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole2", b"PK\x03\x04": "zip", b"Rar!\x1a": "rar"}


@pytest.mark.parametrize(("body", "kind"), FILES.items(), ids=FILES.values())
def test_files_are_attachments(body: bytes, kind: str) -> None:
    article = read(body)
    assert (article.page_kind, article.kind_reason, article.blocks) == ("attachment", kind, [])


def test_json_answer_with_a_document() -> None:
    article = read(json.dumps({"data": {"title": "云溪县公告", "content": BODY}}), content_type="application/json")
    assert (article.page_kind, article.title) == ("article", "云溪县公告")
    assert article.text.split("\n") == PARAGRAPHS


DATA = {
    "rows of JSON": '{"total":2,"rows":[{"title":"年报","url":"/1.html"}]}',
    "a datastore": (
        "<datastore><totalrecord>9</totalrecord><recordset><record><![CDATA["
        '<li><a href="/1.html">年报</a></li>]]></record></recordset></datastore>'
    ),
}


@pytest.mark.parametrize("body", DATA.values(), ids=DATA)
def test_answers_of_interfaces_are_lists(body: str) -> None:
    article = read(body)
    assert (article.page_kind, article.kind_reason, article.blocks) == ("list", "data", [])


IN_PLACE = [form for form in FORMS if form not in ("script-json", "srcdoc-frame", "textarea")]


@pytest.mark.parametrize("form", IN_PLACE)
def test_nothing_is_invented_and_order_is_kept(form: str) -> None:
    page = next((GOLDEN / form).glob("page.*"))
    article = read(page.read_bytes(), path=str(page))
    source, place = parse_document(page.read_bytes()).html, 0
    for block in article.blocks:
        if isinstance(block, Table):
            assert all(character in source for row in block.rows for cell in row for character in cell)
            continue
        assert all(character in source for character in block.text)
        first = re.match(r"[\u4e00-\u9fff]*", block.text)
        place = source.index(first[0] if first else "", place)


@pytest.mark.parametrize("form", [form for form in FORMS if (GOLDEN / form / "page.html").exists()])
def test_reading_the_text_again_changes_nothing(form: str) -> None:
    once = read((GOLDEN / form / "page.html").read_bytes())
    lines = [block.text for block in once.blocks if isinstance(block, Paragraph)]
    if once.page_kind == "report" and len(lines) > 3:
        again = read("<html><body><div>" + "".join(f"<p>{line}</p>" for line in lines) + "</div></body></html>")
        assert again.text.split("\n") == lines


TAGS = st.sampled_from(["div", "p", "span", "td", "table", "tr", "a", "b", "li", "ul", "h1", "br", "font"])
WORDS = st.text(alphabet="政府信息公开年报2017年月日，。：|>首页打印关闭 \u3000\n", max_size=30)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TAGS, WORDS, st.booleans()), max_size=30))
def test_any_markup_gives_characters_of_the_page_in_order(pieces: list[tuple[str, str, bool]]) -> None:
    markup = "<html><body>" + "".join(
        f"<{tag}>{words}" + (f"</{tag}>" if close else "") for tag, words, close in pieces
    )
    article = read(markup)
    visible = iter("".join(parse_document(markup.encode()).tree.itertext()))
    for block in article.blocks:
        if isinstance(block, Paragraph):
            for character in block.text.replace(" ", ""):
                assert any(character == other for other in visible)
        else:
            return


def test_table_offsets_point_at_the_tables_lines() -> None:
    article = read((GOLDEN / "named-container" / "page.html").read_bytes())
    (table,) = article.tables
    assert article.text[table.start : table.end].split("\n") == [
        "第二十条第（一）项",
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数",
        "规章 | 0 | 0 | 0",
        "行政规范性文件 | 12 | 3 | 46",
    ]


@pytest.mark.shared
def test_labelled_pages_reach_the_figures(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(shared / "tools"), *sys.path])
    from score import content_score, site_of

    sites: dict[str, list[dict[str, float]]] = defaultdict(list)
    for label in sorted((shared / "gold" / "content").glob("*.json")):
        gold = json.loads(label.read_text("utf-8"))
        if gold["body"]:
            body = (shared / "pages" / gold["file"]).read_bytes()
            sites[site_of(label.stem)].append(content_score(gold, body, read(body).text))
    f1 = {site: mean(score["f1"] for score in scores) for site, scores in sites.items()}
    assert mean(f1.values()) >= 0.998
    assert min(f1.values()) >= 0.98
    assert mean(score["leaks"] for scores in sites.values() for score in scores) <= 0.02


def test_every_block_is_a_paragraph_or_a_table() -> None:
    article = read((GOLDEN / "split-boxes" / "page.html").read_bytes())
    assert [type(block) for block in article.blocks].count(Table) == 1
    assert not any(
        DATE.fullmatch(block.text) and "\n" in block.text for block in article.blocks if isinstance(block, Paragraph)
    )


BROKEN_TITLES = {
    "the issuer's line": ("云溪县人民政府办公室", "2022年政府信息公开工作年度报告", True),
    "the year's line": ("云溪县人民政府2022年", "政府信息公开工作年度报告", True),
    "whole in its own line": ("云溪县人民政府", "云溪县2022年政府信息公开工作年度报告", False),
    "below another heading": ("公开内容", "2022年政府信息公开工作年度报告", False),
}


@pytest.mark.parametrize(("first", "second", "joined"), BROKEN_TITLES.values(), ids=BROKEN_TITLES)
def test_the_broken_title_of_a_text_file(first: str, second: str, joined: bool) -> None:
    article = read("\n".join((first, second, *PARAGRAPHS)), path="report.txt")
    assert article.title == (first + second if joined else second)


def test_a_table_that_styles_draw_is_a_table() -> None:
    row = '<div style="display:table-row">' + '<div style="display: table-cell">{}</div>' * 3 + "</div>"
    rows = [["信息内容", "制发件数", "现行有效件数"], ["规章", "0", "12"]]
    markup = "".join(row.format(*cells) for cells in rows)
    text = "<p>全年主动公开政府信息1024条，其中规范性文件12件；收到申请36件，均已按期答复。</p>" * 3
    page = f'<h1>年度报告</h1>{text}<div style="display:table;width:100%">{markup}</div>{text}'
    article = read_article(Page(url="https://www.yunxi.example/1.html", body=page.encode()))
    assert [table.rows for table in article.tables] == [rows]


SHOWN = "<p>经研究，决定任命张某某为云溪县财政局副局长。</p>"
NOTICE = "<p>您的浏览器禁用了脚本，这会影响您正常浏览，请启用脚本后刷新本页，您将有更好的体验。</p>" * 2
HIDDEN_BODY = "".join(f"<p>第{i}季度主动公开政府信息{i}024条；收到申请{i}6件，均已按期答复。</p>" for i in range(1, 8))


@pytest.mark.parametrize(
    ("shown", "hidden", "kept"),
    [
        pytest.param(SHOWN, NOTICE, SHOWN, id="a sentence beside a hidden notice"),
        pytest.param(
            "<p>特此公告。</p><p>云溪县人民政府</p>", NOTICE, "<p>特此公告。</p><p>云溪县人民政府</p>", id="short lines"
        ),
        pytest.param("<p>正在加载</p>", HIDDEN_BODY, HIDDEN_BODY, id="a placeholder"),
        pytest.param(SHOWN, HIDDEN_BODY, HIDDEN_BODY, id="a teaser"),
    ],
)
def test_what_is_hidden_is_the_document_when_it_is_far_longer(shown: str, hidden: str, kept: str) -> None:
    head = "<title>云溪县人民政府公告</title><h1>云溪县人民政府公告</h1><p>发布日期：2023-01-18 来源：县政府办</p>"
    page = f"{head}<div>{shown}</div><div style='display:none'>{hidden}</div>"
    article = read_article(Page(url="https://www.yunxi.example/1.html", body=page.encode()))
    found = "".join(f"<p>{block.text}</p>" for block in article.blocks if isinstance(block, Paragraph))
    assert found == kept


ESCAPED = HIDDEN_BODY.replace("<", "&lt;").replace(">", "&gt;")
HOLDERS = {
    "a script that writes": f"<script>document.write('{HIDDEN_BODY}');</script>",
    "a script with escapes": "<script>var content = '{}';</script>".format(HIDDEN_BODY.replace("/", "\\/")),
    "a script with codes": "<script>content = unescape('{}')</script>".format(
        "".join(f"%u{ord(character):04x}" for character in HIDDEN_BODY)
    ),
    "a script that fills a box": f"<div id='c'></div><script>$('#c').html('{HIDDEN_BODY}')</script>",
    "a hidden input": f'<input type="hidden" value="{ESCAPED}">',
    "an attribute": f'<div id="c" data-content="{ESCAPED}"></div>',
    "character data": f"<script type='text/xml'><![CDATA[{HIDDEN_BODY}]]></script>",
}


@pytest.mark.parametrize("holder", HOLDERS.values(), ids=HOLDERS)
def test_documents_that_scripts_would_show_are_found(holder: str) -> None:
    page = f"<title>云溪县公告</title><h1>云溪县人民政府公告</h1><p>发布日期：2023-01-18 来源：县政府办</p>{holder}"
    article = read_article(Page(url="https://www.yunxi.example/1.html", body=page.encode()))
    found = "".join(f"<p>{block.text}</p>" for block in article.blocks if isinstance(block, Paragraph))
    assert found == HIDDEN_BODY


def test_the_answer_of_an_interface_has_its_own_title_and_date() -> None:
    signed = f"{HIDDEN_BODY}<p>2023年1月10日</p>"
    answer = f'{{"code":200,"data":{{"title":"云溪县2022年年度报告","content":"{signed}","publishTime":"2023-01-18"}}}}'
    article = read_article(Page(url="https://www.yunxi.example/api/1", body=answer.encode()))
    assert (article.title, article.byline) == ("云溪县2022年年度报告", ["2023-01-18"])
