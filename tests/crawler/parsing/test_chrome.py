"""Lines that portals set round documents, and lines of documents that look like them."""

from __future__ import annotations

import re
import time

import pytest

from crawler.parsing import body, chrome, page_kind, sources, titles, trim
from crawler.parsing.kinds import BYLINE, CRUMB, FOOTER, LINKS, META, PROSE, SHORT, WIDGET, kind_of

WIDGETS = [
    "您觉得这篇文章对您是否有帮助？",
    "非常满意 满意 基本满意 不满意 提交评价",
    "手机扫一扫，查看更多内容",
    "AI朗读本文",
    "无障碍浏览长者模式繁體",
    "今天是2024年5月6日 星期一",
    "欢迎访问云溪县人民政府门户网站！",
    "声明：本网站刊载的信息仅供参考，如有侵权请联系删除。",
    "【字体：大 中 小】",
    "字号：[ 大 中 小 ]",
    "字号：默认 大 超大 | 打印 |",
    "字体大小：大 中 小",
    "分享到：",
    "分享到： QQ空间 新浪微博 腾讯微博 人人网 更多 0",
    "微信好友 QQ好友 QQ空间 新浪微博 腾讯微博",
    "【打印本页】【关闭窗口】",
    "[打印] [关闭]",
    "大中小",
    "打印 | 收藏 | 关闭",
    "返回顶部打印关闭",
    "浏览次数：128次",
    "浏览量:3021",
    "点击数：",
    "阅读次数：（56）",
    "扫一扫在手机打开当前页",
    "扫一扫在手机上查看当前页面",
    "用微信“扫一扫”，点击右上角分享按钮，",
    "听全文",
    "我要纠错",
    "上一篇：无",
    "下一篇：没有了",
    "内容读取中，请稍候...",
    "正在加载...",
    "读取内容中,请等待...",
    "视力保护色：",
    "您访问的链接即将离开“云溪县人民政府”门户网站，是否继续？",
    "全文下载",
    "登录 注册",
    "手机版 | 电脑版",
    "网站支持IPv6",
    "发送给朋友 | 发表评论 | 打印本文",
    "微信里点“发现”，扫一下二维码便可将本文分享至朋友圈。",
    "前一篇：县政府召开会议",
    "满意 基本满意 不满意",
    "共2页 1 2 下一页 尾页",
    "首页 上一页 1 2 3 下一页 末页 跳转到 页",
    "评论 收藏 点赞",
]
DOCUMENT = [
    "发布2021-2023年行动计划",
    "第一章 总则",
    "三、收到和处理政府信息公开申请情况",
    "打印材料每页收取工本费0.5元",
    "网站浏览量达到32万次，同比增长12%",
    "关闭不达标企业12家",
    "点击量超过10万的稿件3篇",
    "本年度新增微信公众号1个",
    "字号为仿宋三号",
    "联系电话：0999-1234567",
    "附件：1.统计表",
    "注：本表不含乡镇数据",
    "大型企业12家，中型企业3家，小型企业56家",
    "分享经济发展情况",
    "下载附件后填写",
    "2.下载中心",
    "无",
    "收藏单位：云溪县档案馆",
    "大",
    "保存期限：永久",
    "人气指数排名全县第一",
    "微信公众号“云溪发布”全年推送信息320条",
    "确定重点任务12项",
    "手机版网站改版完成",
]
FOOTERS = [
    "主办单位：云溪县人民政府办公室 承办单位：云溪县政务信息中心",
    "网站标识码：9991000001 某ICP备00000000号-1 某公网安备 99910002000001号",
    "版权所有：云溪县人民政府 技术支持：云溪信息公司",
    "Copyright © 2020 All Rights Reserved",
    "建议使用1024×768分辨率 IE9.0以上版本浏览器",
]
CRUMBS = [
    "您当前的位置：首页 > 政务公开 > 年报",
    "当前位置：首页>>信息公开",
    "首页 > 新闻中心 > 综合新闻",
    "您现在的位置是：首页",
]
BYLINES = [
    "发布日期：2023-01-18 16:20 来源：县政府办公室",
    "2023年01月18日 09时32分",
    "时间：2023-01-18",
    "来源：云溪日报 作者：张三 编辑：李四",
    "2023-01-18 16:20 来源： 县政府办公室",
    "[2023-01-18]",
    "信息来源：县财政局",
    "发布于：2023-01-18",
    "云溪发布 2023-01-18 16:20 云溪",
    "2023年1月18日 星期三",
    "日 期：2023-01-18",
    "发布 2023-01-18",
    "Posted on 2023-01-18 by admin",
    "2023-01-18T08:03:11+08:00",
]
LABELS = [
    "发 布 机 构",
    "上 载 日 期：",
    "索引号：999100-2023-00018",
    "发文字号： 云政发〔2023〕1号",
    "主题分类：",
    "有效性：有效",
    "公开方式：主动公开",
    "失效时间：",
    "生效时间：2023-01-18",
]


@pytest.mark.parametrize("line", WIDGETS)
def test_widgets(line: str) -> None:
    assert kind_of(line, 0) == WIDGET


@pytest.mark.parametrize("line", DOCUMENT)
def test_lines_of_documents(line: str) -> None:
    assert kind_of(line, 0) in (PROSE, SHORT)


@pytest.mark.parametrize("line", FOOTERS)
def test_footers(line: str) -> None:
    assert kind_of(line, 0) in (FOOTER, WIDGET)


@pytest.mark.parametrize("line", CRUMBS)
def test_breadcrumbs(line: str) -> None:
    assert kind_of(line, 0) == CRUMB


@pytest.mark.parametrize("line", BYLINES)
def test_bylines(line: str) -> None:
    assert kind_of(line, 0) in (BYLINE, META)  # settled by how many labels stand together


@pytest.mark.parametrize("line", LABELS)
def test_labels_of_the_metadata_table(line: str) -> None:
    assert kind_of(line, 0) in (META, BYLINE)


def test_a_listed_link_is_a_link_with_its_date() -> None:
    assert kind_of("[2023-01-18] 公告", 2) == LINKS
    assert kind_of("自2017年1月1日起至2017年12月31日止。", 9) == PROSE


SENTENCES = [
    "本报告的电子版可以在云溪县人民政府门户网站下载，联系我们请拨打0999-1234567。",
    "网站的主办单位为县政府办公室，承办单位为县政务信息中心，网站标识码已按要求公布在首页底部。",
    "全年共受理举报电话32件，均已办结，版权所有方未提出异议。",
]


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_are_never_footers(line: str) -> None:
    assert kind_of(line, 0) == PROSE


PIECES = ["打印", "字号：大", "首页>", "来源：", "2020-", "附件", "浏览次数", "（", " 大", "系统", "a", "name: "]


def seconds(pattern: re.Pattern[str], text: str) -> float:
    began = time.process_time()
    pattern.search(text)
    return time.process_time() - began


@pytest.mark.parametrize("piece", PIECES)
def test_patterns_of_lines_take_time_in_proportion(piece: str) -> None:
    text = " ".join((piece * (20_000 // len(piece))).split())
    patterns = [
        value
        for module in (chrome, body, trim, titles, page_kind)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, re.Pattern)
    ]
    assert len(patterns) > 20
    for pattern in patterns:
        assert seconds(pattern, text) < 0.6, pattern.pattern[:60]


@pytest.mark.parametrize("piece", [*PIECES, " ", '"content":"', "<iframe ", "<textarea ", '"', "\\", "{", "<script>"])
def test_patterns_of_markup_take_time_in_proportion(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    patterns = [value for name, value in vars(sources).items() if name.isupper() and isinstance(value, re.Pattern)]
    for pattern in [*patterns, page_kind.CHALLENGE, page_kind.RELOAD, page_kind.PASSWORD]:
        assert seconds(pattern, text) < 2, pattern.pattern[:60]
