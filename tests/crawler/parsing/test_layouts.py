"""One document in every layout: sidebars, introductions, bylines, tails and boxes that portals put together anew."""

from __future__ import annotations

from itertools import product

import pytest

from crawler.items import Page, Paragraph
from crawler.parsing.article import read_article

TITLE = "云溪县2022年政府信息公开工作年度报告"
LONG = [
    "根据《中华人民共和国政府信息公开条例》的规定，云溪县人民政府办公室编制本报告，数据截至2022年12月31日。",
    "一、总体情况",
    "2022年，全县各级行政机关认真落实政务公开工作要求，主动公开政府信息3261条，比上年增加415条。",
    "六、其他需要报告的事项",
    "本年度没有收取信息处理费，没有其他需要报告的事项。",
    "附件：云溪县政府信息公开情况统计表",
    "云溪县人民政府办公室",
    "2023年1月18日",
]
DOCUMENTS = {
    "a report": LONG,
    "one sentence": ["经研究，决定任命张某某为云溪县财政局副局长。"],
    "a few short lines": ["经研究，现将有关事项通知如下。", "特此通知。", "云溪县人民政府", "2023年1月18日"],
    "a list of names": ["拟任职人员名单", "张某某", "李某某", "王某某", "公示期：2023年1月18日至1月22日"],
    "contacts": [
        "云溪县政务服务中心",
        "地址：文峰路8号",
        "电话：0999-1234567",
        "办公时间：上午9:00至12:00，下午2:00至5:30",
    ],
    "no full stops": ["一、主动公开情况", "主动公开规范性文件12件", "二、依申请公开情况", "收到申请21件", "人员不足"],
    "attachments alone": ["附件：1.云溪县预算公开表", "2.云溪县预算说明"],
}
MENU = "".join(
    f'<li><a href="/{i}/">{name}</a></li>' for i, name in enumerate(("政务公开", "政务服务", "政民互动", "数据开放"))
)
FORM = '<form><input name="q"><button>搜索</button></form>'
TOP = f'<div><a href="/">云溪县人民政府门户网站</a><ul>{MENU}</ul>{FORM}</div>'
CRUMB = '<div>您当前的位置：<a href="/">首页</a> &gt; <a href="/zw/">政务公开</a> &gt; 年报</div>'
INTRODUCTION = (
    "<div><h3>网站简介</h3><p>云溪县人民政府门户网站由县人民政府办公室主办，是县政府发布政务信息、提供在线服务、"
    "与公众互动交流的平台。</p></div>"
)
COLUMN = "<div><h3>最新公开</h3><ul>{}</ul></div>".format(
    "".join(f'<li><a href="/n{i}">云溪县关于第{i}号事项的公告</a></li>' for i in range(8))
)
NOTICE = (
    "<div><p>版权声明：凡本网注明来源的作品，版权均属云溪县人民政府门户网站，未经授权不得转载、摘编或使用。</p></div>"
)
SIDES = {"no side": "", "a column": COLUMN, "an introduction": INTRODUCTION, "both": COLUMN + INTRODUCTION}
BYLINES = {
    "a line": (
        "<div>发布日期：2023-01-18 来源：县政府办公室 浏览次数：12"
        ' 字号：[ <a href="#">大</a> <a href="#">小</a> ]</div>'
    ),
    "items": "<ul><li>来源：县政府办</li><li>发布时间：2023-01-18</li><li>浏览次数：12</li></ul>",
    "a table": (
        "<table><tr><td>索 引 号</td><td>999100/2023-18</td><td>发布日期</td><td>2023-01-18</td></tr>"
        "<tr><td>发布机构</td><td>县政府办</td><td>文 号</td><td></td></tr></table>"
    ),
    "a table with heads": (
        "<table><tr><td>索取号</td><td>发布时间</td><td>发布机构</td><td>文件编号</td><td>备注</td></tr>"
        "<tr><td>999100/2023-18</td><td></td><td>云溪县人民政府办公室</td><td>云政发〔2023〕1号</td><td></td></tr></table>"
    ),
    "sizes without a label": "<p>发布日期：2023-01-18</p><div><span>大</span><span>中</span><span>小</span></div>",
    "pairs of labels": (
        "<div><p>索 引 号：999100/2023-18 主题分类：政务公开</p><p>办文部门：县政府办 发布日期：2023-01-18</p>"
        f"<p>公文名称：{TITLE}</p><p>文 号：无</p></div>"
    ),
    "none": "",
}
METADATA = (
    "<table><tr><td>索引号</td><td>YX-2023-1</td></tr><tr><td>公开责任部门</td><td>县政府办</td></tr>"
    "<tr><td>公开日期</td><td>2023-01-18</td></tr>"
    f"<tr><td>标题</td><td>{TITLE}</td></tr><tr><td>内容概述</td><td>2022年年度报告</td></tr></table>"
)
TAILS = {
    "tools": (
        "<div>扫一扫在手机打开当前页</div><div>【打印本页】【关闭窗口】</div>"
        '<p>上一篇：<a href="/1">云溪县2021年年报</a></p><p>下一篇：没有了</p>'
    ),
    "related": '<div>相关文档</div><ul><li><a href="/1">2021年年报</a></li><li><a href="/2">2020年年报</a></li></ul>',
    "a dialog": "<div><p>您访问的链接即将离开“云溪县人民政府”门户网站，是否继续？</p><a>继续访问</a></div>",
    "a comment form": (
        '<ul><li><a href="javascript:;">全部留言</a></li><li>/</li><li><a href="javascript:;">评论</a></li></ul><form>'
        "<p>联系手机：<input></p><p>留言内容：<textarea></textarea></p><p>验证码：<input></p><a>提交留言</a></form>"
    ),
    "a phone's tip": "<p>用微信“扫一扫”，点击右上角分享按钮，</p><p>即可将网页分享给您的微信好友或朋友圈。</p>",
}
BOXES = {
    "paragraphs": lambda lines: "".join(f"<p>{line}</p>" for line in lines),
    "boxes": lambda lines: "".join(f"<div>{line}</div>" for line in lines),
    "line breaks": lambda lines: "　　" + "<br>\n　　".join(lines),
    "a cell": lambda lines: "<table><tr><td>" + "".join(f"<p>{line}</p>" for line in lines) + "</td></tr></table>",
    "spans": lambda lines: "<p>" + "<br>".join(f"<span>{line}</span>" for line in lines) + "</p>",
}
FOOT = (
    "<div><p>主办单位：云溪县人民政府办公室</p><p>地址：文峰路8号 邮编：999100</p><p>网站标识码：9991000001</p></div>"
)


def page_of(lines: list[str], side: str, byline: str, tail: str, box: str, *, note: bool) -> str:
    """Return a page that sets the lines into a layout."""
    main = f"<h1>{TITLE}</h1>{BYLINES[byline]}<div>{BOXES[box](lines)}</div>{TAILS[tail]}"
    return (
        f"<html><head><title>{TITLE}-云溪县人民政府</title></head><body>{TOP}<div>{SIDES[side]}"
        f"<div>{CRUMB}{main}</div></div>{NOTICE if note else ''}{FOOT}</body></html>"
    )


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_document_whole_and_nothing_else(document: str, side: str) -> None:
    lines = DOCUMENTS[document]
    for byline, tail, box, note in product(BYLINES, TAILS, BOXES, (False, True)):
        page = page_of(lines, side, byline, tail, box, note=note)
        article = read_article(Page(url="https://www.yunxi.example/18.html", body=page.encode()))
        found = [block.text for block in article.blocks if isinstance(block, Paragraph)]
        assert (found, article.title) == (lines, TITLE), (byline, tail, box, note)
        assert article.page_kind == "report", (byline, tail, box, note)


@pytest.mark.parametrize("second", ['<div class="a7">', "<div>"])
@pytest.mark.parametrize("kept", [1, 3, 5])
def test_a_document_in_boxes_side_by_side(kept: int, second: str) -> None:
    lines = [*LONG[:5], "二、工作成效", *LONG[5:]]
    cut = lines.index("二、工作成效") if second == "<div>" else kept
    first, rest = ("".join(f"<p>{line}</p>" for line in part) for part in (lines[:cut], lines[cut:]))
    main = f"<h1>{TITLE}</h1>{BYLINES['a line']}{second}{first}</div>{second}{rest}</div>{TAILS['tools']}"
    page = f"<html><head><title>{TITLE}</title></head><body>{TOP}<div>{CRUMB}{main}</div>{FOOT}</body></html>"
    article = read_article(Page(url="https://www.yunxi.example/18.html", body=page.encode()))
    assert [block.text for block in article.blocks if isinstance(block, Paragraph)] == lines


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize(
    "place", ["{by}<div>{body}</div>", "<div>{by}{body}</div>", "<div><div>{by}</div>{body}</div>"]
)
def test_a_date_and_a_name_without_labels_stand_above_the_document(place: str, document: str) -> None:
    by, body = "<div><time>2023年01月18日</time> <span>县政府办</span></div>", BOXES["paragraphs"](DOCUMENTS[document])
    main = f"<h1>{TITLE}</h1>{place.format(by=by, body=body)}{TAILS['tools']}"
    page = f"<html><head><title>{TITLE}</title></head><body>{TOP}<div>{CRUMB}{main}</div>{FOOT}</body></html>"
    article = read_article(Page(url="https://www.yunxi.example/18.html", body=page.encode()))
    assert [block.text for block in article.blocks if isinstance(block, Paragraph)] == DOCUMENTS[document]


UNFOLDED = [
    "一、总体情况",
    "主动公开政府信息412条。",
    "二、工作成效",
    "举办新闻发布会3场。",
    "三、问题和改进",
    "加强业务培训。",
]


@pytest.mark.parametrize("heading", ["<h4>{}</h4>", "<dt>{}</dt>", "<div class='t'><span>{}</span></div>"])
def test_sections_that_unfold_are_of_the_document(heading: str) -> None:
    parts = zip(UNFOLDED[::2], UNFOLDED[1::2], ("", ' style="display:none"', ' style="display: none;"'), strict=True)
    body = "".join(
        f"<div>{heading.format(name)}<div class='b'{style}><p>{text}</p></div></div>" for name, text, style in parts
    )
    dialog = '<div style="display:none"><p>一、您即将离开本网站。</p><a href="/go">继续访问</a></div>'
    main = f"<h1>{TITLE}</h1>{BYLINES['a line']}<div>{body}</div>{dialog}{TAILS['tools']}"
    page = f"<html><head><title>{TITLE}</title></head><body>{TOP}<div>{CRUMB}{main}</div>{FOOT}</body></html>"
    article = read_article(Page(url="https://www.yunxi.example/18.html", body=page.encode()))
    assert [block.text for block in article.blocks if isinstance(block, Paragraph)] == UNFOLDED


SIGNED_IN_A_TABLE = [
    "县政府办公室：",
    "现将我局2020年度政府信息公开工作情况报告如下：",
    "全年主动公开信息188条，依申请公开3件。",
    "特此报告。",
    "云溪县林业局",
    "2021年1月12日",
    "抄送：县委办公室，县人大常委会办公室。",
]


@pytest.mark.parametrize("title", [f"<h1>{TITLE}</h1><p>发布日期：2021-01-18</p>", METADATA])
def test_a_signature_in_a_table_amid_a_short_document(title: str) -> None:
    start, signed, end = SIGNED_IN_A_TABLE[:4], SIGNED_IN_A_TABLE[4:6], SIGNED_IN_A_TABLE[6:]
    table = "<table align=right>" + "".join(f"<tr><td>{line}</td></tr>" for line in signed) + "</table>"
    body = BOXES["paragraphs"](start) + table + BOXES["paragraphs"](end)
    page = (
        f"<html><head><title>{TITLE}</title></head><body>{TOP}<div>{title}<div>{body}</div></div>{FOOT}</body></html>"
    )
    article = read_article(Page(url="https://www.yunxi.example/18.html", body=page.encode()))
    assert [block.text for block in article.blocks if isinstance(block, Paragraph)] == SIGNED_IN_A_TABLE


def test_a_title_over_several_lines_is_where_the_document_begins() -> None:
    copy = f"<div><p>{TITLE}</p>{''.join(f'<p>{line}</p>' for line in LONG[:5])}</div>"
    head = f"<div>{TITLE[:10]}<br>{TITLE[10:]}</div>"
    body = "".join(f"<p>{line}</p>" for line in LONG)
    markup = f"{TOP}<div>{head}<div>{body}</div></div>{copy}{FOOT}"
    page = f"<html><head><title>{TITLE}</title></head><body>{markup}</body></html>"
    article = read_article(Page(url="https://www.yunxi.example/18.html", body=page.encode()))
    found = [block.text for block in article.blocks if isinstance(block, Paragraph)]
    assert found == LONG


def cells(*parts: str) -> str:
    """Return parts set below each other by a table, as was done before style sheets."""
    return '<table width="100%">' + "".join(f"<tr><td>{part}</td></tr>" for part in parts) + "</table>"


HEAD, NAME, EDITOR = f"<h1>{TITLE}</h1>", f"<div>{TITLE}</div>", "<p>责任编辑：张三</p>"
FIXED = {"top": TOP, "crumb": CRUMB, "head": HEAD, "name": NAME, "editor": EDITOR, "foot": FOOT}
STRUCTURES = {
    "everything in one box": "{top}{side}{crumb}{head}{by}{body}{tail}{foot}",
    "the byline below": "{top}<div>{side}</div><div>{crumb}{head}<div>{body}</div>{by}{editor}{tail}</div>{foot}",
    "the editor inside": "{top}<div>{side}</div><div>{crumb}{name}{by}<div>{body}{editor}</div>{tail}</div>{foot}",
    "a copy for phones": (
        "{top}<div>{side}</div><div>{crumb}{name}{by}<div>{body}</div>{tail}</div>{foot}"
        "<div>{name}{by}<div>{body}</div></div>"
    ),
    "the tail inside": "{top}<div>{side}</div><div>{crumb}{name}{by}<div>{body}{tail}</div></div>{foot}",
    "the head inside": "{top}<div>{side}</div><div>{crumb}<div>{name}{by}{body}</div>{tail}</div>{foot}",
    "the side below": "{top}<div>{crumb}{name}{by}<div>{body}</div>{tail}</div><div>{side}</div>{foot}",
}


@pytest.mark.parametrize("structure", [*STRUCTURES, "nested tables"])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_structure_gives_the_document(document: str, structure: str) -> None:
    lines = DOCUMENTS[document]
    for side, byline, tail, box in product(SIDES, BYLINES, TAILS, ("paragraphs", "line breaks", "a cell")):
        body, by, end = BOXES[box](lines), BYLINES[byline], TAILS[tail]
        if structure == "nested tables":
            row = f"<table><tr><td>{SIDES[side]}</td><td>{cells(CRUMB, NAME, by, body, end)}</td></tr></table>"
            markup = cells(TOP, row, FOOT)
        else:
            parts = {"side": SIDES[side], "by": by, "body": body, "tail": end}
            markup = STRUCTURES[structure].format(**FIXED, **parts)
        page = f"<html><head><title>{TITLE}-云溪县人民政府</title></head><body>{markup}</body></html>"
        article = read_article(Page(url="https://www.yunxi.example/18.html", body=page.encode()))
        found = [block.text for block in article.blocks if isinstance(block, Paragraph)]
        assert ([line for line in found if line != TITLE], article.title) == (lines, TITLE), (side, byline, tail, box)
