"""Damage and tampering as they were met: each example is named, and genuine texts that look alike are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.checks import check_report
from crawler.checks.hosts import original_url
from crawler.checks.scripts import strip_pinyin
from crawler.checks.verdict import verdict
from crawler.items import Finding, Paragraph
from tests.factories import make_report

PLAIN = "全年受理的申请均在规定期限内办结，各项工作按时完成。"
CLONE = "http://www.clone-shop.com/news/1.html"
GENUINE = "http://www.qinghe.gov.cn/xxgk/1.html"


def codes(text: str, url: str = GENUINE, portal: str | None = None, **fields: object) -> set[str]:
    report = make_report(url=url, text=text)
    report.article.page.portal = portal
    for name, value in fields.items():
        setattr(report.article, name, value)
    return {finding.code for finding in check_report(report)}


BRANDS = {
    "province before the office": "按照《足彩胜负14场人民政府办公厅关于做好2016年度报告工作的通知》",
    "one score for a government": "《即时比分办公厅关于做好2017年度政府信息公开工作的通知》",
    "score gazette": "通过即时比分公报公开信息",
    "party committee": "根据365体育投注、省政府要求，经365体育投注办公厅同意",
    "city in an office's name": "英国威廉希尔公司市人民政府办公室",
    "city of a bureau": "威廉希尔体育财政局、威廉希尔体育教育局",
    "district before a sub-district": "新葡京博彩官网区人民政府北京街道办事处",
    "with marks in the phrase": "滚球体育app_188篮球比分-直播|官网:人民政府办公室",
    "even the link about us": "欧洲杯决赛竞猜_2024欧洲杯买球平台-线上app官网;欧洲杯决赛竞猜:我们",
    "a school": "jinnianhui今年会大学与jinnianhui今年会学院",
    "a brand in the date line": "发布日期：新万博官网 新万博官网市政府",
}


@pytest.mark.parametrize("text", BRANDS.values(), ids=BRANDS.keys())
def test_a_brand_in_the_place_of_a_name(text: str) -> None:
    assert "tamper.brand" in codes(text + PLAIN)


def test_the_formula_that_holds_one_name() -> None:
    found = codes("全市以365体育投注新时代中国特色社会主义思想为指导。")
    assert "tamper.formula" in found
    assert "tamper.deleted" in codes("坚持以习新时代中国特色社会主义思想为指导。")
    assert "tamper.deleted" in codes("填报《网站监管年度报表》并发布。")


def test_next_years_brand_needs_no_lexicon() -> None:
    text = "根据xy88人民政府要求，按照xy88人民政府办公厅部署。"
    assert "tamper.name" in codes(text, CLONE)
    assert "tamper.unknown_name" in codes(text)


def test_on_a_foreign_host_a_place_that_never_was() -> None:
    text = "根据安乐彩金币省人民政府要求，按照安乐彩金币省人民政府办公厅部署。"
    assert "tamper.name" in codes(text, CLONE)
    assert not {code for code in codes(text) if code.startswith("tamper")}
    genuine = "广东省人民政府与汕尾市城区人民政府、各市人民政府、广东省人民政府办公厅，汕尾市城区人民政府办公室。"
    assert not {code for code in codes(genuine, CLONE) if code.startswith("tamper")}


QUIET = {
    "sports bureau": "全市体育彩票销量增长，竞彩、足彩玩法规范，公开体育彩票公益金使用情况3条。",
    "lottery fund": "关于2019年度体育彩票公益金筹集分配使用情况的公告",
    "cross-border gambling": "公安机关严厉打击跨境赌博，查处网络赌博案件12起，市公安局通报了典型案例。",
    "gambling market": "整治博彩市场、取缔非法赌博窝点，拆除娱乐城违建。",
    "enterprises and lottery": "企业信息公开、彩票管理、成人教育、文化娱乐场所监管。",
    "this year's meeting": "今年会进一步加强公开，今年会议共召开4次。",
    "the formula itself": "坚持以习近平新时代中国特色社会主义思想为指导，以学习贯彻新时代中国特色社会主义思想为主线。",
    "governments of all kinds": "各级人民政府、县级以上人民政府、2023年人民政府工作部门和本级人民政府2次会议。",
    "balls that are bought": "购买球类器材，由县人民政府采购，采购买球架，购买球衣，区政府验收。",
    "sport for the disabled": "硬地滚球队参赛，滚球项目获奖，市政府办公室通报；滚球比赛。",
    "platforms": "建设智慧体育平台、体育官网和官网APP，文化娱乐平台，市政府门户网站官网APP同步发布。",
    "it must": "势必威胁群众安全，必威慑违法行为，县人民政府高度重视。",
    "balls and scores": "举办足球比赛、篮球联赛，微博发布稿件30条，博览会参展。",
}


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET.keys())
def test_genuine_words_are_no_brand(text: str) -> None:
    assert not {code for code in codes(text + PLAIN) if code.startswith("tamper")}


HOSTS = {
    "cloner's own address": (
        "本报告电子版可从市政府门户网站(www.clone-shop.com)下载。",
        CLONE,
        "tamper.host_rewritten",
    ),
    "another's address": ("本报告的电子版可从市政府门户网站（www.findgay.net）下载。", "", "tamper.host_foreign"),
    "a portal's path": (
        PLAIN,
        "http://www.shop121.com/hbgovinfo/zwgk/ndbg/201903/t20190304_253709.html",
        "tamper.dialect",
    ),
    "a hanweb path": (PLAIN, "http://shop.com/art/2014/7/14/art_171595_9878596.html", "tamper.dialect"),
    "the liaoning path": (
        PLAIN,
        "http://a.shop.com/web/zwgkx/zfxxgk1/2010zfxxgk_148535/0A1B2C3D4E5F60718293A4B5C6D7E8F9/index.shtml",
        "tamper.dialect",
    ),
    "a host with hyphens": (PLAIN, "http://biaozhi-conac-cn.hcv7jop9ns1r.cn/1.html", "tamper.host_imitates"),
    "a proxy": (PLAIN, "https://store.example.com/index.php/http://www.gd.gov.cn/zwgk/1.html", "host.proxy"),
}


@pytest.mark.parametrize(("text", "url", "code"), HOSTS.values(), ids=HOSTS.keys())
def test_what_the_address_gives_away(text: str, url: str, code: str) -> None:
    assert code in codes(text, url)


@pytest.mark.parametrize(
    ("text", "url", "portal"),
    [
        (PLAIN, "http://www.qinghe.gov.cn/art/2024/3/7/art_12_5.html", None),
        (PLAIN, "http://127.0.0.1:8080/art/2024/3/7/art_12_5.html", "demo"),
        (PLAIN, "http://demo.localhost/art/2024/3/7/art_12_5.html", None),
        (PLAIN, "", None),
        ("本报告的电子版可从市政府门户网站（www.qinghe.gov.cn）下载。", GENUINE, None),
        (
            "本报告的电子版可从新区网站（www.newtown.com）下载。",
            "http://www.newtown.com/art/2024/3/7/art_1_5.html",
            "newtown",
        ),
        (PLAIN, "http://m.qinghe.gov.cn:80/wap/1.html", None),
    ],
    ids=["official", "loopback", "reserved", "a file", "its own address", "chosen by hand", "mobile twin with a port"],
)
def test_addresses_that_give_nothing_away(text: str, url: str, portal: str | None) -> None:
    assert not {code for code in codes(text, url, portal) if code.startswith(("tamper", "host"))}


def test_addresses_inside_those_of_proxies() -> None:
    address = "http://www.qinghe.gov.cn/info/1/2.htm"
    turned = "l4uLj8XQ0IiIiNGOlpGYl5rRmJCJ0ZyR0JaRmZDQztDN0ZeLkg=="
    assert original_url(f"https://zm.proxy.com/?src={turned}") == address
    assert original_url(address) is None


TITLES = {
    "phrase before the title": ("免费菠萝视频app下载_青禾市财政局2023年政府信息公开工作年度报告", "tamper.title"),
    "phrase in its place": ("即时比分_足球比分官网app", "tamper.title"),
    "wall of queries": ("|".join(f"喜大普奔是什么意思{n}" for n in range(12)), "tamper.keywords"),
}


@pytest.mark.parametrize(("title", "code"), TITLES.values(), ids=TITLES.keys())
def test_titles_put_in(title: str, code: str) -> None:
    assert code in codes(PLAIN, head_title=title)


def test_a_brand_in_the_lines_about_the_document() -> None:
    assert "tamper.title" in codes(PLAIN, byline=["发布日期：2018-03-06 来源：新万博官网"])
    assert "tamper.title" not in codes(PLAIN, byline=["发布日期：2018-03-06 来源：市体育局"])


def test_walls_of_queries_in_the_body_and_titles_that_differ_without_a_lure() -> None:
    wall = " | ".join(f"{word}是什么意思" for word in "甲乙丙丁戊己庚辛壬癸")
    assert "tamper.keywords" in codes(PLAIN, blocks=[Paragraph(text=wall)])
    assert not {code for code in codes(PLAIN, head_title="青禾市人民政府门户网站") if code.startswith("tamper")}


LOST = {
    "year and month": ("统计期限为201711日至20171231日", "lost.digits"),
    "the year's mark": ("自20231月1日起至202312月31日", "lost.digits"),
    "both": ("202011日至20201231", "lost.digits"),
    "mark and unit": ("20211月1日至202112月31日", "lost.digits"),
    "unit at the end": ("公开政府信息26。", "lost.tail"),
    "closing bracket": ("川府发〔200833号", "lost.digits"),
    "small closing bracket": ("中办发﹝20168号", "lost.digits"),
    "bracket and mark": ("國辦公開辦函〔202130", "lost.digits"),
    "the rare zero": ("二三五年远景目标", "lost.digits"),
    "joined timestamp": ("发布时间：2021-03-2918:26", "lost.timestamp"),
    "spaced timestamp": ("2019- 03- 01 15: 12", "lost.timestamp"),
    "opening mark": ("省政府办公厅关于做好年度报告的通知》要求", "lost.brackets"),
    "opening bracket": ("国办发2016〕19号", "lost.brackets"),
    "headings downwards": ("表四\n结 结 其 尚\n果 果 他 未\n维 纠 结 审", "lost.layout"),
    "a quotation mark": ("坚持“应公开、尽公开的原则", "lost.quotes"),
}


@pytest.mark.parametrize(("text", "code"), LOST.values(), ids=LOST.keys())
def test_lost_characters(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "统计期限为2017年1月1日至2017年12月31日，国办发〔2016〕19号、川府发〔2008〕33号。",
        "第一批共公开政府信息26条；截至2020。办公电话0990-3124567。",
        "1）公开信息；2）受理申请。（一）《条例》“五公开”",
        "一二三四线城市，“二三一”格局，二二一个，二〇三五年，第二三五条",
        "发布时间：2021-03-29 18:26，总经费201712元，编号20171231",
        "20160301日常工作",
        "年 度 报 告\n政府信息公开",
    ],
)
def test_whole_texts_lost_nothing(text: str) -> None:
    assert not {code for code in codes(text) if code.startswith("lost")}


SCRIPTS = {
    "ruby": ("號(hào)務(wù)發(fā)言關(guān)網(wǎng)絡(luò)當(dāng)天", "script.pinyin"),
    "anti-copy": ("文(wen)章(zhang)共和(he)(he)國(guo)政(zheng)(zheng)府(fu)(fu)", "script.pinyin"),
    "traditional": ("國務院辦公廳關於印發政府資訊公開工作年度報告格式的通知，請認真貫徹執行", "script.traditional"),
    "over-converted": ("法定製度全麵推進，各方麵體係完善，開展谘詢與複印服務，國務院辦公廳", "script.overconverted"),
    "localised": ("網際網路與資訊公開檔案目錄，發布影片，國務院辦公廳關於報告", "script.localised"),
}


@pytest.mark.parametrize(("text", "code"), SCRIPTS.values(), ids=SCRIPTS.keys())
def test_texts_written_anew(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    ["电话(tel)传真(fax)，手机客户端(app)，政府与社会资本合作(PPP)项目", PLAIN * 30 + "朝阳（zhāo）", "于洪區"],
    ids=["English in brackets", "one reading in a long text", "one sign"],
)
def test_texts_as_they_were_written(text: str) -> None:
    assert not {code for code in codes(text) if code.startswith("script")}


def test_the_official_traditional_mirror_is_only_named() -> None:
    text = SCRIPTS["traditional"][0]
    assert "script.official_traditional" in codes(text, "http://big5.www.gov.cn/gate/big5/www.gov.cn/1.htm")


def test_pinyin_comes_off_for_comparing() -> None:
    assert strip_pinyin("文(wen)章(zhang)，传真(fax)，共和(he)(he)國(guo)") == "文章，传真(fax)，共和國"


GARBLED = {
    "marks amid words": ("行??可以，工作??已完成", "mojibake.marks"),
    "marks before a word": ("全省??h級以上機關", "mojibake.marks"),
    "a lost byte": ("各。ㄗ灾螀^、直辖市", "mojibake.bytes"),
    "a lost byte in quotes": ("“六?！钡戎行墓ぷ?", "mojibake.bytes"),
    "references without a sign": ("根据要求#xff1a;公开", "mojibake.entities"),
    "references twice": ("根据&amp;nbsp;要求", "mojibake.entities"),
}


@pytest.mark.parametrize(("text", "code"), GARBLED.values(), ids=GARBLED.keys())
def test_what_wrong_codecs_left(text: str, code: str) -> None:
    assert code in codes(text)


def test_a_text_that_nobody_can_read_is_held_back_and_a_broken_menu_is_not() -> None:
    seen = Finding(code="mojibake.utf8_as_gbk", severity="warning", message="")
    broken = make_report(text="鏀垮簻淇℃伅鍏紑宸ヤ綔骞村害鎶ュ憡" * 5, findings=[seen])
    assert verdict(check_report(broken)) == "quarantine"
    assert "mojibake.unreadable" not in {each.code for each in check_report(replace(broken, text=PLAIN))}


REWRITTEN = {
    "synonyms": ("当局网坐建设取得成效", "tamper.spun"),
    "people": ("坚持以人平易近为中心", "tamper.spun"),
    "formula": ("外国特色社会从义", "tamper.spun"),
    "one character": ("中国特色社会从义", "tamper.spun"),
    "doubled commas": ("加强,,领导、,统筹,、推进", "tamper.spun"),
    "masked names": ("****信息公开统计制度，由****负责，报****备案", "tamper.masked"),
    "masked digits": ("****年**月，公开信息***条", "tamper.masked"),
    "left out": ("收到申请(略)件，办结(略)件", "tamper.masked"),
    "emptied labels": ("邮编:电话:传真:", "tamper.values_stripped"),
    "a word gone everywhere": ("信息公开工作。" * 60, "tamper.deleted"),
    "no digit at all": ("政府信息公开工作有序推进。" * 40, "tamper.no_digits"),
}


@pytest.mark.parametrize(("text", "code"), REWRITTEN.values(), ids=REWRITTEN.keys())
def test_rewritten_texts(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "《中华人民共和国政府信息公开条例》和《信息公开条例》、《省信息公开条例实施办法》，中国特色社会主义，具有地方特色社会治理。",
        "联系人：张**，电话：186****7694；审核人：李**，身份证4101**********1234",
        "附件（略）；有关图表（略）。",
        "电话：0990-3124567，传真：0990-3124568",
        "一是、二是,三是，。",
    ],
    ids=["short names of the law", "masked by the office itself", "an annex left out", "filled labels", "stray marks"],
)
def test_texts_that_nobody_rewrote(text: str) -> None:
    assert not {code for code in codes(text) if code.startswith("tamper")}


def test_the_verdict_follows_the_gravest_finding() -> None:
    findings = [Finding(code="a.b", severity="info", message=""), Finding(code="a.c", severity="warning", message="")]
    assert verdict([]) == verdict(findings[:1]) == "publish"
    assert verdict(findings) == "flag"
    assert verdict([*findings, Finding(code="a.d", severity="reject", message="")]) == "quarantine"
