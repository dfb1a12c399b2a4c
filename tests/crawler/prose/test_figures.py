"""Counted quantities of running text, and the numbers that count nothing."""

from __future__ import annotations

import pytest

from crawler.items import Figure
from crawler.prose import read_prose

Expected = list[tuple[str, str | None, str | None, str | None]]
"""The printed span, the value, the unit, the qualifier."""

FIGURES: list[tuple[str, str, Expected]] = [
    ("one", "公开教育信息347条。", [("347条", "347", "条", None)]),
    ("two in a clause", "接入53个部门2261项事项。", [("53个", "53", "个", None), ("2261项", "2261", "项", None)]),
    ("near", "收到群众诉求近5058件。", [("近5058件", "5058", "件", "近")]),
    ("about", "发放宣传资料约3000份。", [("约3000份", "3000", "份", "约")]),
    ("more than, before", "播放量超2300万。", [("超2300万", "23000000", None, "超")]),
    ("broken through", "粉丝突破770万。", [("突破770万", "7700000", None, "突破")]),
    ("odd", "接受咨询1200多人次。", [("1200多人次", "1200", "人次", "多")]),
    ("odd, 余", "累计收到留言100余条。", [("100余条", "100", "条", "余")]),
    ("and above", "满意率达87%以上。", [("87%以上", "87", "%", "以上")]),
    ("or so", "日均办件量900件左右。", [("900件左右", "900", "件", "左右")]),
    ("ten thousand yuan", "挽回经济损失50余万元。", [("50余万元", "500000", "元", "余")]),
    ("yuan with decimals", "投入资金3.5万元。", [("3.5万元", "35000", "元", None)]),
    ("hundred million yuan", "政府采购2.6亿元。", [("2.6亿元", "260000000", "元", None)]),
    ("ten thousand times", "阅读量达180万次。", [("180万次", "1800000", "次", None)]),
    ("thousands separator", "访问量1,234,567次。", [("1,234,567次", "1234567", "次", None)]),
    ("full-width", "印发简报１２期。", [("１２期", "12", "期", None)]),
    ("full-width percent", "办结率９８％。", [("９８％", "98", "%", None)]),
    ("percent in words", "满意率为百分之九十八。", [("百分之九十八", "98", "%", None)]),
    ("percent with decimals in words", "满意率为百分之九十八点五。", [("百分之九十八点五", "98.5", "%", None)]),
    ("points of percent", "提高2.3个百分点。", [("2.3个百分点", "2.3", "个百分点", None)]),
    ("times", "增长3倍。", [("3倍", "3", "倍", None)]),
    ("a score", "综合得分95.6分。", [("95.6分", "95.6", "分", None)]),
    ("a score without unit", "综评分12.5,位居前列。", [("12.5", "12.5", None, None)]),
    (
        "people without unit",
        "累计关注人数为21983，发布信息12条。",
        [("21983", "21983", None, None), ("12条", "12", "条", None)],
    ),
    ("persons and times", "接待群众283425人(次)。", [("283425人(次)", "283425", "人(次)", None)]),
    ("pieces and times, full-width", "消除不实传言17件（次）。", [("17件（次）", "17", "件（次）", None)]),
    ("blanks inside", "受理申请 21 件。", [("21 件", "21", "件", None)]),
    (
        "two numbers of one thing",
        "召开座谈会7场250多人次。",
        [("7场", "7", "场", None), ("250多人次", "250", "人次", "多")],
    ),
    ("Chinese numerals", "办理一百二十件。", [("一百二十件", "120", "件", None)]),
    ("Chinese thousand odd", "培训一千余人次。", [("一千余人次", "1000", "人次", "余")]),
    ("a hundred odd", "走访企业百余家。", [("百余家", "100", "家", "余")]),
    ("near a thousand", "发放资料近千份。", [("近千份", "1000", "份", "近")]),
    ("ten odd", "开展检查十余次。", [("十余次", "10", "次", "余")]),
    ("a single Chinese numeral behind its verb", "受理三件申请。", [("三件", "3", "件", None)]),
    (
        "a single Chinese numeral at the end",
        "召开会议两次，培训三期。",
        [("两次", "2", "次", None), ("三期", "3", "期", None)],
    ),
    ("one at the end", "召开专题会议一次。", [("一次", "1", "次", None)]),
    ("one person", "配备一名专职人员。", [("一名", "1", "名", None)]),
    ("one meeting", "召开了一次专题会议。", [("一次", "1", "次", None)]),
    ("zero", "收取费用0元。", [("0元", "0", "元", None)]),
    ("a range", "每人发放3-5份资料。", [("3-5份", None, "份", None)]),
    ("a range in words", "开展培训3至5次。", [("3至5次", None, "次", None)]),
    ("before a noun", "注销2个政务新媒体。", [("2个", "2", "个", None)]),
    ("departments", "有84个部门公开了2016年预算信息。", [("84个", "84", "个", None)]),
    ("denied", "未收到政府信息公开申请。", [("未收到政府信息公开申请", "0", None, None)]),
    ("denied fee", "本年度无收取信息处理费情况。", [("无收取信息处理费情况", "0", None, None)]),
    ("days of work", "办理时限压缩5个工作日。", [("5个工作日", "5", "个工作日", None)]),
    ("in a list", "当面申请12件、网络申请30件。", [("12件", "12", "件", None), ("30件", "30", "件", None)]),
    ("in brackets", "答复805件（含上年18件）。", [("805件", "805", "件", None), ("18件", "18", "件", None)]),
    ("last year's too", "比2015年的60件增加11件。", [("60件", "60", "件", None), ("11件", "11", "件", None)]),
    ("a cut-off date before", "截至12月31日，接受咨询227人次。", [("227人次", "227", "人次", None)]),
]

NOT_COUNTED = [
    ("a date", "2016年5月15日"),
    ("a date in digits", "2016-05-15发布，2016/5/15更新，2016.05.15"),
    ("a range of dates", "统计期限为2016年1月1日至12月31日。"),
    ("a document number", "国办发〔2016〕19号、辽政办发[2017]2号"),
    ("an order", "国务院令第492号，国务院令711号"),
    ("an article", "根据第二十条、第20条、第三十一条规定"),
    ("one to one", "提供1对1服务"),
    ("hundreds, a proverb", "万件事有百家言"),
    ("several articles", "依照《条例》第九条至第十二条、第20、21条和第二十、二十一条公开"),
    ("a stage of works", "建设工程一期、二期"),
    ("some", "三四轮商议，七八个月"),
    ("ten parts", "十分重要，红十字会"),
    ("a telephone", "联系电话：0591-23165385，传真:84556004"),
    ("a postcode", "邮编：350400。"),
    ("a hotline", "12345热线、12315平台畅通"),
    ("a list number", "1.政府公报 2、政府网站 （3）政务微博"),
    ("a heading", "二、主动公开政府信息情况"),
    ("Chinese list words", "一是加强领导，二是健全制度。"),
    ("aspects", "主要有三个方面的问题。"),
    ("a slogan", "坚持“三个必须、四个一律”，落实“4个文件”"),
    ("systems", "健全三项制度，做到五公开。"),
    ("once and for all", "最多跑一次，一次性告知。"),
    ("one thing", "办好“一件事”，一站式服务，一条龙办理。"),
    ("together", "把信箱与热线结合在一起。"),
    ("a meeting's number", "党的十八届三中全会、二十大精神"),
    ("a five-year plan", "十三五规划、十四五时期"),
    ("a time limit", "在20个工作日内答复，15日内办结。"),
    ("round the clock", "提供24小时服务，7×24小时值守"),
    ("an address", "海滨路439号7号楼1402室"),
    ("a version", "浏览器9.0版本，支持IPv6、H5"),
    ("an ordinal", "位居全省第3名，第二届博览会，第1批"),
    ("a title", "印发《惠企三十条》《行动方案20条》"),
    ("every time", "每季度召开一次会议，每3个月通报一次"),
    ("a year as a name", "2019年度部门预算、2018年部门决算"),
    ("an e-mail and a site", "gk2016@163.com，www.12306.cn"),
    ("a floor", "政务服务中心14层"),
]


def figures(text: str) -> list[Figure]:
    return read_prose(text, skip=[], sections=[], form="stat-2014", report_year=2016)[1]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in FIGURES], ids=[row[0] for row in FIGURES])
def test_a_quantity(text: str, expected: Expected) -> None:
    found = figures(text)
    assert [
        (
            text[figure.evidence.start : figure.evidence.end],
            None if figure.value is None else f"{figure.value}",
            figure.unit,
            figure.qualifier,
        )
        for figure in found
    ] == expected
    assert all(figure.label for figure in found)


@pytest.mark.parametrize("text", [row[1] for row in NOT_COUNTED], ids=[row[0] for row in NOT_COUNTED])
def test_a_number_that_counts_nothing(text: str) -> None:
    assert [text[figure.evidence.start : figure.evidence.end] for figure in figures(text)] == []


LABELS = [
    ("a remark behind", "其他1件（申请人撤销）。", ["其他"]),
    ("a place that begins like 'and'", "2020年和平街道公开信息73条。", ["和平街道公开信息"]),
    ("parted by a comma", "通过网站公开镇财政信息，1条。", ["通过网站公开镇财政信息"]),
    ("before the number", "公开教育信息347条。", ["公开教育信息"]),
    ("without the year", "2016年，我区共公开环保信息86条。", ["我区共公开环保信息"]),
    ("the year in the clause", "2016年公开环保信息86条。", ["公开环保信息"]),
    ("behind the number", "注销2个政务新媒体。", ["政务新媒体"]),
    ("each its own", "接入53个部门2261项事项。", ["部门", "事项"]),
    ("a list", "政府网站32条、政务微博12条。", ["政府网站", "政务微博"]),
    ("a share", "予以公开42件，占51.85%。", ["予以公开", "予以公开占"]),
    ("a growth", "收到申请71件，同比增长12.3%。", ["收到申请", "收到申请同比增长"]),
    ("shared", "出版政府公报12期18000册。", ["出版政府公报", "出版政府公报"]),
    ("respectively", "维持、纠错分别为3件和5件。", ["维持", "纠错"]),
    ("numbered", "（三）、接受培训人员12人", ["接受培训人员"]),
    ("a denied thing", "未收到政府信息公开申请。", ["政府信息公开申请"]),
]


@pytest.mark.parametrize(("text", "labels"), [row[1:] for row in LABELS], ids=[row[0] for row in LABELS])
def test_the_label_is_the_counted_thing(text: str, labels: list[str]) -> None:
    assert [figure.label for figure in figures(text)] == labels


def test_figures_stand_in_the_order_of_the_text_and_twice_the_same() -> None:
    text = "公开信息3条。\n没有收到政府信息公开申请。\n召开会议2次，培训40人次。"
    first, second = figures(text), figures(text)
    assert first == second
    assert [figure.evidence.start for figure in first] == sorted(figure.evidence.start for figure in first)


def test_a_long_text_takes_linear_time() -> None:
    text = "1" * 20000 + "、" * 20000 + "没有" * 20000 + "一二三" * 10000 + "（" * 20000
    assert len(figures(text)) < 10
