"""From an organ's name to its division in the report year."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.facts.reader import Facts, read_facts
from crawler.facts.regions.matching import find_mentions, full_name
from crawler.facts.regions.resolve import locate
from crawler.facts.regions.table import load_names
from tests.crawler.facts.articles import make_article


def facts(organ: str, year: int = 2020, *blocks: str, **fields: Any) -> Facts:
    fields.setdefault("url", "")
    return read_facts(make_article(*blocks, title=f"{organ}{year}年政府信息公开工作年度报告", **fields))


PLACES = {
    "prefecture": ("汕尾市人民政府", 2020, "441500", "广东省汕尾市", "prefecture"),
    "province": ("贵州省", 2018, "520000", "贵州省", "province"),
    "county below its city": ("淮安市洪泽区人民政府", 2023, "320813", "江苏省淮安市洪泽区", "county"),
    "county alone": ("洪泽区人民政府", 2023, "320813", "江苏省淮安市洪泽区", "county"),
    "before it was a district": ("洪泽县教育局", 2014, "320829", "江苏省淮安市洪泽县", "county"),
    "district of a municipality": ("上海市浦东新区人民政府", 2013, "310115", "上海市浦东新区", "county"),
    "county straight below its province": ("屯昌县", 2015, "469022", "海南省屯昌县", "county"),
    "city without districts": ("东莞市虎门镇", 2021, "441900", "广东省东莞市虎门镇", "township"),
    "league": ("兴安盟农牧局", 2020, "152200", "内蒙古自治区兴安盟", "prefecture"),
    "banner": ("鄂托克旗", 2020, "150624", "内蒙古自治区鄂尔多斯市鄂托克旗", "county"),
    "usual short form of a prefecture": ("阿坝州教育局", 2017, "513200", "四川省阿坝藏族羌族自治州", "prefecture"),
    "usual short form of a county": ("芷江县", 2017, "431228", "湖南省怀化市芷江侗族自治县", "county"),
    "an alias": ("克州", 2020, "653000", "新疆维吾尔自治区克孜勒苏柯尔克孜自治州", "prefecture"),
    "city and prefecture of one name": ("大理州大理市", 2015, "532901", "云南省大理白族自治州大理市", "county"),
    "a city that was a prefecture": ("巢湖市", 2010, "341400", "安徽省巢湖市", "prefecture"),
    "and became a county": ("巢湖市", 2016, "340181", "安徽省合肥市巢湖市", "county"),
    "an old name": ("襄樊市", 2009, "420600", "湖北省襄樊市", "prefecture"),
    "division of the Corps": ("第八师石河子市", 2021, "659001", "新疆维吾尔自治区石河子市", "county"),
    "town": ("湖口县付垅乡", 2025, "360429", "江西省九江市湖口县付垅乡", "township"),
    "street of a district's government": ("宁波市镇海区人民政府招宝山街道办事处", 2021, "330211", None, "township"),
    "office of a street": ("柘城县浦东办事处", 2017, "411424", "河南省商丘市柘城县浦东办事处", "township"),
    "office of a new town": ("柘城县长江新城办事处", 2017, "411424", "河南省商丘市柘城县长江新城办事处", "township"),
    "zone of any name": ("柘城县特色商业区管委会", 2017, None, "河南省商丘市柘城县特色商业区", "zone"),
    "a committee that is no zone": ("福州市大数据发展管理委员会", 2019, "350100", "福建省福州市", "prefecture"),
    "zone in the table": ("雄安新区管委会", 2022, "133100", "河北省雄安新区", "zone"),
    "county in a zone": ("河北雄安新区容城县", 2022, "130629", "河北省保定市容城县", "county"),
    "zone without a code": ("平潭综合实验区管委会", 2023, None, "福建省平潭综合实验区", "zone"),
    "zone by its name": ("鄂州市临空经济区", 2021, None, "湖北省鄂州市临空经济区", "zone"),
    "zone behind a short name": ("合肥经济技术开发区管委会", 2021, None, "安徽省合肥市经济技术开发区", "zone"),
    "free trade zone": ("中国(上海)自由贸易试验区管委会", 2018, None, "上海市自由贸易试验区", "zone"),
    "customs": ("中华人民共和国上海海关", 2018, "310000", "上海市", "province"),
    "district in a city behind an agency": (
        "国家税务总局广州市南沙区税务局",
        2020,
        "440115",
        "广东省广州市南沙区",
        "county",
    ),
    "zone that became a district": ("深圳市坪山区", 2020, "440310", "广东省深圳市坪山区", "county"),
    "branch of a central agency": ("国家税务总局嘉兴市税务局", 2022, "330400", "浙江省嘉兴市", "prefecture"),
    "branch behind a short name": ("国家统计局安徽调查总队", 2021, "340000", "安徽省", "province"),
    "company of a county": ("国网河南省电力公司柘城县供电公司", 2017, "411424", "河南省商丘市柘城县", "county"),
    "central": ("国家税务总局", 2010, None, None, "central"),
    "ministry": ("教育部", 2020, None, None, "central"),
    "short names before 厅": ("吉林审计厅", 2020, "220000", "吉林省", "province"),
    "traditional characters": ("石家莊市工業和信息化局", 2019, "130100", "河北省石家庄市", "prefecture"),
    "a town that begins like a district": ("新城镇人民政府", 2019, None, None, "township"),
    "a town of an unknown place": ("青禾县大坪乡人民政府", 2019, None, None, "township"),
    "a zone of an unknown place": ("青禾经济开发区管委会", 2019, None, None, "zone"),
}


@pytest.mark.parametrize(("organ", "year", "code", "name", "level"), PLACES.values(), ids=PLACES)
def test_places(organ: str, year: int, code: str | None, name: str | None, level: str | None) -> None:
    region = facts(organ, year).region
    assert (region.code, region.level) == (code, level)
    assert name is None or region.name == name


def test_the_year_of_the_table_is_kept() -> None:
    assert facts("荔浦市", 2020).region.matched_year == 2020
    assert facts("荔浦市", 2016).region.matched_year == 2018
    assert facts("杭州市临平区", 2020).region.matched_year == 2021


EVIDENCE: dict[str, dict[str, Any]] = {
    "site's name": {"site_name": "徐州市鼓楼区人民政府"},
    "meta SiteName": {"meta": {"sitename": "徐州市人民政府门户网站"}},
    "breadcrumb": {"breadcrumb": "首页 > 徐州市鼓楼区 > 年报"},
    "meta SiteIDCode": {"meta": {"siteidcode": "3203020012"}},
    "footer 网站标识码": {"footer": ["网站标识码：3203020012 苏ICP备05000001号"]},
    "footer": {"footer": ["主办单位：徐州市鼓楼区人民政府办公室"]},
    "list organ": {"listed": "徐州市鼓楼区2020年报"},
}


@pytest.mark.parametrize("fields", EVIDENCE.values(), ids=EVIDENCE)
def test_evidence_tells_one_of_several(fields: dict[str, Any]) -> None:
    found = facts("鼓楼区市场监督管理局", 2020, **fields)
    assert found.region.code == "320302"
    assert not found.findings


def test_evidence_of_another_site_does_not() -> None:
    meta = {"siteidcode": "3203020012", "sitedomain": "www.other.gov.cn"}
    found = facts("鼓楼区市场监督管理局", 2020, meta=meta, url="http://www.qinghe.gov.cn/1.html")
    assert found.region.code is None
    assert [finding.code for finding in found.findings] == ["region.ambiguous"]
    assert "320302" in found.findings[0].message


def test_the_province_of_a_filing_number_may_be_enough() -> None:
    assert facts("鼓楼区", 2020, footer=["豫ICP备05000001号"]).region.code == "410204"
    assert facts("鼓楼区", 2020, url="http://www.gulou.henan.gov.cn/nb/1.html").region.code == "410204"
    assert facts("鼓楼区", 2020, footer=["苏ICP备05000001号"]).region.code is None


def test_a_county_report_on_its_citys_site() -> None:
    found = facts("山阳县人民政府", 2020, meta={"sitename": "商洛市人民政府", "siteidcode": "6110000001"})
    assert found.region.code == "611024"


LEFT_OUT: dict[str, tuple[str, dict[str, Any], str, str | None]] = {
    "bureau": ("民政局", {"meta": {"sitename": "汕尾市人民政府"}}, "汕尾市民政局", "441500"),
    "county's bureau": ("县扶贫办", {"footer": ["主办单位：柘城县人民政府办公室"]}, "柘城县扶贫办", "411424"),
    "city's bureau on a county's page": (
        "市民政局",
        {"meta": {"sitename": "汕尾市人民政府"}, "breadcrumb": "首页 > 海丰县"},
        "汕尾市民政局",
        "441500",
    ),
    "city's bureau on a county-level city's site": (
        "市民政局",
        {"site_name": "荔浦市人民政府"},
        "荔浦市民政局",
        "450381",
    ),
    "city's bureau on a district's site": ("市民政局", {"site_name": "汕尾市城区人民政府"}, "汕尾市民政局", "441500"),
    "known from the body": ("大坪乡", {"text": "本报告由湖口县大坪乡人民政府编制。"}, "湖口县大坪乡人民政府", "360429"),
    "a district with a common name": ("城区财政局", {"site_name": "汕尾市城区人民政府"}, "城区财政局", "441502"),
    "a street with a common name": ("东区街道", {"site_name": "中山市人民政府"}, "中山市东区街道办事处", "442000"),
    "town": ("青龙镇", {"site_name": "建水县人民政府"}, "建水县青龙镇人民政府", "532524"),
    "a town like a city": ("广安门外街道", {"site_name": "北京市西城区人民政府"}, "西城区广安门外街道办事处", "110102"),
    "the province alone": ("民政局", {"footer": ["豫ICP备05000001号"]}, "民政局", None),
    "nothing known": ("市民政局", {}, "市民政局", None),
}


@pytest.mark.parametrize(("organ", "fields", "name", "code"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_place_that_is_left_out(organ: str, fields: dict[str, Any], name: str, code: str | None) -> None:
    text = fields.pop("text", "")
    found = facts(organ, 2020, text, **fields)
    assert (found.issuer.name, found.region.code) == (name, code)


OFFICIAL = {
    "place": ("高台县", "高台县人民政府"),
    "short name": ("山东", "山东省人民政府"),
    "prefecture": ("大兴安岭地区", "大兴安岭地区行政公署"),
    "league": ("兴安盟", "兴安盟行政公署"),
    "short for government": ("汕尾市政府", "汕尾市人民政府"),
    "its office": ("汕尾市政府办公室", "汕尾市人民政府办公室"),
    "town": ("湖口县付垅乡", "湖口县付垅乡人民政府"),
    "street": ("佛山市南海区桂城街道", "佛山市南海区桂城街道办事处"),
    "office": ("柘城县浦东办事处", "柘城县浦东办事处"),
    "short for a street": ("广州市越秀区白云街", "广州市越秀区白云街道办事处"),
    "zone stays": ("沈抚新区", "沈抚新区"),
    "bureau stays": ("柘城县发改委", "柘城县发改委"),
    "joint": ("广州市黄埔区人民政府 广州开发区管委会", "广州市黄埔区人民政府 广州开发区管委会"),
}


@pytest.mark.parametrize(("organ", "name"), OFFICIAL.values(), ids=OFFICIAL)
def test_official_names(organ: str, name: str) -> None:
    assert facts(organ).issuer.name == name


def test_a_town_is_where_it_can_be_reached() -> None:
    address = "如有疑问，请联系我们（地址：东莞市某路8号，电话：0999-1234567）。"
    assert facts("大坪镇", 2020, address).region.code == "441900"
    assert facts("大坪镇", 2020, address).region.reading == "contact address"
    assert facts("教育局", 2020, address).region.code is None


def test_a_document_without_title_and_site() -> None:
    text = (
        "一、主动公开政府信息情况",
        "2012年，我区在云城区公众信息网和《云浮市云城区人民政府公报》公开12条。",
        "二、依申请公开政府信息情况",
        "区政府收到申请3件。我区均已答复。",
    )
    found = read_facts(make_article(*text, url=""))
    assert (found.issuer.name, found.issuer.reading, found.region.code) == ("云城区人民政府", "text", "445302")


@pytest.mark.parametrize("year", [2009, 2016, 2023])
def test_every_division_is_found_by_its_own_name(year: int) -> None:
    """With what contains it in front a name is one division's; alone it is that one's or flagged, never another's."""
    for code, divisions in load_names().by_code.items():
        for division in divisions:
            if not division.is_in(year):
                continue
            whole = locate(full_name(division, year) + "人民政府", (year,), list)
            assert whole.region.code == code
            alone = locate(division.name + "人民政府", (year,), list)
            assert alone.region.code == code or alone.findings


ORGANS = (
    "公安局 公安交警支队 平安建设办公室 惠民服务中心 互助养老中心 太湖流域管理局 台湾事务办公室 东方红街道 黄河河务局"
    " 民政局 商务局 长江路街道 南京路街道 和平街道 新华街道 城东街道 大同镇 长安镇 开发区管委会 风景名胜区管委会"
)


@pytest.mark.parametrize("organ", ORGANS.split())
def test_words_of_organs_are_no_places(organ: str) -> None:
    assert not find_mentions(organ)
