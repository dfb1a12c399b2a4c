"""What portals add to a document, wherever they put it: none of it is kept, and nothing of the document is lost."""

from __future__ import annotations

import random
from itertools import product

import pytest

from crawler.items import Page, Paragraph
from crawler.parsing.article import read_article
from tests.crawler.parsing.test_layouts import BOXES, BYLINES, CRUMB, DOCUMENTS, FOOT, LONG, SIDES, TITLE, TOP

ANYWHERE = {
    "a bar to share": '<div class="a1"><span>分享到：</span><a href="#">微信</a><a href="#">新浪微博</a></div>',
    "a paragraph to share": '<p>分享到：<a href="javascript:;">QQ空间</a> <a href="javascript:;">微信</a></p>',
    "a code": '<div class="q1"><img src="q.png"><p>扫一扫在手机打开当前页</p></div>',
    "a code in a span": '<div><img src="q.png"><span>手机扫一扫，查看更多内容</span></div>',
    "a player": (
        '<div class="yy"><span>语音播报</span><span>00:00</span><span>/</span><span>05:12</span><span>倍速</span></div>'
    ),
    "a machine's voice": "<div>AI朗读本文</div>",
    "sizes of type": ('<div>字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a> <a href="#">打印</a></div>'),
    "a survey": (
        "<div><p>您对本页面内容是否满意？</p><label>满意</label><label>不满意</label><button>提交</button></div>"
    ),
    "letters for sizes": "<div><span>A+</span><span>A-</span><a>收藏</a><a>打印</a></div>",
    "an icon for sizes": "<div>T<sup>T</sup> 文字大小：[大][中][小]</div>",
    "praise and blame": "<div><em>收藏</em><em>点赞 0</em><em>踩 0</em></div>",
    "praise": '<div><a href="javascript:;">点赞</a><span>12</span></div>',
    "praise counted": "<div><span>0</span>人已点赞</div>",
    "the speed of a voice": "<div><span>倍速</span> <span>1.0x</span></div>",
    "letters alone": '<div><a href="javascript:;">A+</a><a href="javascript:;">A-</a></div>',
    "sizes in items": "<ul><li>大</li><li>中</li><li>小</li></ul>",
    "a counter": "<div>浏览次数：<span>132</span> 次</div>",
}
"""Stands above a document, below it and amid it."""
BELOW = {
    "a related list": (
        '<div><h4>相关阅读</h4><ul><li><a href="/1">云溪县2021年年报</a></li><li><a href="/2">'
        "云溪县2020年年报</a></li></ul></div>"
    ),
    "related paragraphs": (
        '<p><strong>相关链接：</strong></p><p><a href="/1">云溪县2021年政府信息公开工作年度报告'
        '</a></p><p><a href="/2">云溪县2020年报告</a></p>'
    ),
    "linked readings": '<div><p>关联解读</p><p><a href="/1">图解：云溪县2022年政府信息公开年度报告</a></p></div>',
    "the page's own address": "<div>本文链接：http://www.yunxi-invented.gov.cn/zwgk/1.html</div>",
    "a menu of organs": (
        "<div><h3>县直部门</h3>"
        + "".join(f'<a href="/b{n}">县{name}</a>' for n, name in enumerate(("教育局", "财政局", "民政局", "水利局")))
        + "</div>"
    ),
    "one related line": '<p>相关解读：<a href="/1">【图解】一图读懂年报</a></p>',
    "questions and answers": (
        '<div><h3>政策问答</h3><p><a href="/1">问：如何申请公开政府信息？</a></p><p><a href="/2">'
        "问：答复的期限是多少？</a></p></div>"
    ),
    "neighbours": ('<div>上一篇：<a href="/1">云溪县2021年年报</a></div><div>下一篇：<a href="/2">没有了</a></div>'),
    "neighbours in a list": (
        '<ul><li><span>上一篇</span><a href="/1">云溪县2021年年报</a></li><li><span>下一篇</span>'
        '<a href="/2">云溪县工作总结</a></li></ul>'
    ),
    "neighbours without labels": (
        '<div><a href="/1">« 云溪县2021年年报</a></div><div><a href="/2">云溪县工作总结 »</a></div>'
    ),
    "an editor": "<p>责任编辑：李某</p>",
    "source and editor": "<p>（信息来源：县政府办 编辑：李某）</p>",
    "three who checked": "<div>初审：李某 复审：王某 终审：赵某</div>",
    "lines of editors": "<p>编辑：李某</p><p>审核：王某</p><p>签发：赵某</p>",
    "a footer in paragraphs": (
        "<p>主办单位：云溪县人民政府办公室 承办单位：云溪县信息中心</p><p>"
        "地址：文峰路8号 邮编：999100 电话：0999-1234567</p><p>青ICP备00000000号</p>"
    ),
    "a footer in boxes": ("<div>版权所有：云溪县人民政府 未经许可不得复制</div><div>技术支持：云溪科技有限公司</div>"),
    "a copyright": "<p>版权声明：本网站内容未经授权，任何单位和个人不得转载。</p>",
    "a disclaimer": "<p>声明：本网站刊载的信息仅供参考，如有侵权请联系删除。</p>",
    "comments": (
        "<div><h4>网友评论</h4><p>暂无评论</p><p>文明上网理性发言，请遵守评论服务协议</p><button>发表</button></div>"
    ),
    "a hidden copy": '<div style="display:none">HIDDEN</div>',
    "a toolbar": "<div>【打印】【关闭】【返回顶部】</div>",
    "a toolbar of links": (
        '<div><a href="javascript:window.print()">打印</a> <a href="javascript:window.close()">关闭</a></div>'
    ),
    "a code with a name": "<div><p>云溪发布</p><p>长按识别二维码关注我们</p></div>",
    "other years": ('<div><a href="/2021">2021年</a> <a href="/2020">2020年</a> <a href="/2019">2019年</a></div>'),
    "files": '<div><h4>附件下载</h4><p><a href="/a.pdf">云溪县年报.pdf</a></p></div>',
    "a browser": "<p>为保证最佳浏览效果，请使用IE9以上浏览器</p>",
    "numbered statements": (
        "<div><b>版权与免责声明</b><p>1.凡本网注明“来源：云溪县人民政府”的作品，版权均属于本网，未经授权不得转载。</p><p>"
        "2.凡本网注明“来源：其他媒体”的作品，转载目的在于传递更多信息，并不代表本网赞同其观点。</p></div>"
    ),
    "readers' comments": (
        "<div><h4>网友评论（2）</h4><div><span>网友12**5</span><p>希望以后公开得更详细一些。</p></div>"
        "<div><span>匿名</span><p>支持，写得很清楚，一看就明白。</p></div></div>"
    ),
    "beginnings of other texts": (
        '<div><div>相关新闻</div><div><h4><a href="/1">云溪县一季度经济运行情况</a></h4>'
        "<p>一季度，全县经济运行总体平稳，民生保障有力有效。</p></div></div>"
    ),
    "a reading of it": (
        '<div><h3>政策解读</h3><div><a href="/1">《云溪县营商环境办法》解读</a><span>2022-12-30</span></div></div>'
    ),
    "stars": "<div><span>请为本文评分：</span><i>★★★★★</i><span>平均得分：4.8分</span><span>共12人参与</span></div>",
    "pages by number": "<div>【1】【2】</div>",
    "neighbours by other names": (
        '<p>上一信息：<a href="/1">云溪县2021年年报</a></p><p>下一信息：<a href="/2">没有了</a></p>'
    ),
    "who supplied and checked": "<p>（供稿：综合科　审核：王某）</p>",
    "tools of readers": "<div>收藏本文 | 推荐给朋友 | 举报</div>",
    "the address of the page": "<p>网页地址：http://www.yunxi-invented.gov.cn/zwgk/1.html</p>",
    "an empty heading of files": "<p>附件信息：</p>",
    "who published": "<p>发布机构：云溪县人民政府办公室</p>",
    "votes": "<div>顶一下</div><div>(3)</div><div>踩一下</div><div>(0)</div>",
    "tags": '<div>标签：<a href="/t1">年报</a> <a href="/t2">信息公开</a></div>',
    "keywords": "<div>关键词：信息公开 年报</div>",
    "a date of change": "<p>更新时间：2023-01-19 09:20:11</p>",
    "a source": "<p>信息来源：云溪县人民政府办公室</p>",
    "a column": (
        '<div><h4>热门推荐</h4><ul><li><a href="/1">关于做好防汛工作的通知</a></li><li>'
        '<a href="/2">政府常务会议召开</a></li></ul></div>'
    ),
}
"""Stands below a document, in its box or in another."""
ABOVE = {
    "a machine's summary": (
        "<div><div>AI摘要</div><div>本文介绍了云溪县2022年政府信息公开工作的总体情况和数据。"
        "</div><div>内容由AI生成，仅供参考</div></div>"
    ),
    "an abstract": "<div>摘要：云溪县2022年政府信息公开工作年度报告</div>",
    "a bar for the elderly": '<div><a href="#">无障碍浏览</a><a href="#">长者模式</a><a href="#">繁體</a></div>',
    "other years": (
        '<ul><li><a href="/2022">2022年</a></li><li><a href="/2021">2021年</a></li><li>'
        '<a href="/2020">2020年</a></li></ul>'
    ),
    "a file": '<p><a href="/a.pdf">点击下载PDF版</a></p>',
    "tabs": "<ul><li>文件正文</li><li>政策解读</li><li>相关附件</li></ul>",
    "the weather": "<div>今天是2024年5月6日 星期一 云溪 多云 12~20℃</div>",
    "a welcome": "<marquee>欢迎访问云溪县人民政府门户网站！</marquee>",
}
"""Stands above a document, in its box or in another."""
BELOW_IT = {
    "in the next box": "<div>{body}</div>{added}",
    "at the end of its box": "<div>{body}{added}</div>",
    "in the box round it": "<div><div>{body}</div>{added}</div>",
    "in its named box": "<div id='zoom'>{body}{added}</div>",
}
ABOVE_IT = {
    "in the box before": "{added}<div>{body}</div>",
    "at the start of its box": "<div>{added}{body}</div>",
    "in its named box": "<div id='zoom'>{added}{body}</div>",
}
TEXTS = ("a report", "one sentence", "a few short lines", "no full stops")


def read_lines_of(main: str) -> list[str]:
    """Return the paragraphs of the document of a page whose main box is given."""
    head = f"{TOP}<div><div>{CRUMB}<h1>{TITLE}</h1>{BYLINES['a line']}"
    page = f"<html><head><title>{TITLE}-云溪县人民政府</title></head><body>{head}{main}</div></div>{FOOT}</body></html>"
    article = read_article(Page(url="https://www.yunxi.example/18.html", body=page.encode()))
    return [block.text for block in article.blocks if isinstance(block, Paragraph) and block.text != TITLE]


@pytest.mark.parametrize("name", [*ANYWHERE, *BELOW])
def test_what_stands_below_a_document_is_left_off(name: str) -> None:
    for text, box, place in product(TEXTS, BOXES, BELOW_IT):
        body = BOXES[box](DOCUMENTS[text])
        added = {**ANYWHERE, **BELOW}[name].replace("HIDDEN", body)
        found = read_lines_of(BELOW_IT[place].format(body=body, added=added))
        assert found == DOCUMENTS[text], (text, box, place)


@pytest.mark.parametrize("name", [*ANYWHERE, *ABOVE])
def test_what_stands_above_a_document_is_left_off(name: str) -> None:
    for text, box, place in product(TEXTS, BOXES, ABOVE_IT):
        added = {**ANYWHERE, **ABOVE}[name]
        found = read_lines_of(ABOVE_IT[place].format(body=BOXES[box](DOCUMENTS[text]), added=added))
        assert found == DOCUMENTS[text], (text, box, place)


@pytest.mark.parametrize("name", ANYWHERE)
@pytest.mark.parametrize("lines_above", [2, 3, 5])
def test_what_interrupts_a_document_does_not_end_it(name: str, lines_above: int) -> None:
    for box in ("paragraphs", "boxes", "line breaks"):
        parts = [BOXES[box](part) for part in (LONG[:lines_above], LONG[lines_above:])]
        assert read_lines_of(f"<div>{ANYWHERE[name].join(parts)}</div>") == LONG, box


FRAMES = {
    "boxes": "{top}<div>{side}<div>{crumb}{head}{by}{above}<div>{body}</div>{below}</div></div>{foot}",
    "a named box": "{top}<div>{side}<div>{crumb}{head}{by}{above}<div id='zoom'>{body}</div>{below}</div></div>{foot}",
    "one box": "{top}{side}<div>{crumb}{head}{by}<div>{above}{body}{below}</div></div>{foot}",
    "a form": (
        "<form>{top}{side}<div><div>{crumb}</div><div>{head}{by}</div>{above}<div>{body}</div>{below}</div>"
        "{foot}</form>"
    ),
    "elements that say what they are": (
        "<header>{top}</header><main><aside>{side}</aside><article>{crumb}<header>{head}{by}</header>{above}"
        "<section>{body}</section>{below}</article></main><footer>{foot}</footer>"
    ),
    "tables": (
        "<table><tr><td>{top}</td></tr></table><table><tr><td>{side}</td><td><table><tr><td>{crumb}</td></tr>"
        "<tr><td>{head}</td></tr><tr><td>{by}</td></tr><tr><td>{above}{body}</td></tr><tr><td>{below}</td></tr>"
        "</table></td></tr></table><table><tr><td>{foot}</td></tr></table>"
    ),
}
FEET = (
    FOOT,
    "<div>版权所有：云溪县人民政府 青ICP备00000000号</div>",
    "<div><p>云溪县人民政府主办</p><p>云溪县信息中心承办</p><p>青公网安备 99910002000001号</p></div>",
    "<p>主办：云溪县人民政府 地址：文峰路8号</p><p>电话：0999-1234567</p><p>网站标识码：9991000001</p>",
    "",
)
SIGNED = {
    "prose of 2012": [
        "本报告由云溪县民政局根据《中华人民共和国政府信息公开条例》要求编制，电子版可在县政府网站下载。",
        "一、概述",
        "2012年，我局积极推进政府信息公开工作，成立了领导小组，由局长任组长，办公室负责日常工作。",
        "二、主动公开政府信息的情况",
        "全年主动公开政府信息312条，其中全文电子化率达100%。",
        "云溪县民政局",
        "二〇一三年三月十五日",
    ],
    "notes": [
        *LONG[:-2],
        "注：本报告数据来源于各单位统计。",
        "（联系人：县政府办公室，联系电话：0999-1234567）",
        *LONG[-2:],
    ],
    "a report": LONG,
    "an end in prose": LONG[:5],
}


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("seed", range(4))
def test_layouts_put_together_by_chance(frame: str, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        lines = SIGNED[chance.choice(list(SIGNED))]
        body = BOXES[chance.choice(list(BOXES))](lines)
        above = [chance.choice([*ANYWHERE, *ABOVE]) for _ in range(chance.randrange(3))]
        below = [chance.choice([*ANYWHERE, *BELOW]) for _ in range(chance.randrange(4))]
        parts = {**ANYWHERE, **ABOVE, **BELOW}
        page = FRAMES[frame].format(
            top=TOP,
            side=SIDES[chance.choice(list(SIDES))],
            crumb=CRUMB,
            head=chance.choice((f"<h1>{TITLE}</h1>", f"<div>{TITLE}</div>", f"<p align=center><b>{TITLE}</b></p>")),
            by=BYLINES[chance.choice(list(BYLINES))],
            above="".join(parts[name] for name in above),
            body=body,
            below="".join(parts[name] for name in below).replace("HIDDEN", body),
            foot=chance.choice(FEET),
        )
        markup = f"<html><head><title>{TITLE}-云溪县人民政府</title></head><body>{page}</body></html>"
        article = read_article(Page(url="https://www.yunxi.example/18.html", body=markup.encode()))
        found = [block.text for block in article.blocks if isinstance(block, Paragraph) and block.text != TITLE]
        assert (found, article.title) == (lines, TITLE), (above, below, page)
