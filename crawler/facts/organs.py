"""Names of organs: what is one, of which kind, and when two names are one organ's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.facts.regions.matching import find_mentions
from crawler.facts.words import YEAR, plain

if TYPE_CHECKING:
    from crawler.items import IssuerKind

ORGAN_END: Final = re.compile(
    r"(?:政府|[局厅委办部署院处司室所站馆社行校园队会组师团联]|中心|街道?|[镇乡]|苏木|公司|集团|大学|学院|医院|银行|[中小]学|[省市县区州盟旗]|海关|总队|专区|新城|基地|农场|林场|指挥部|机关)(?:\(.{1,12}\))?$"
)
OWN_LEVEL: Final = re.compile(r"\((?:本级机关|机关本级|本级)\)$|(?<=海关)关区$")
"""What says of a report that it covers the organ alone, or all below it too."""
MEDIA: Final = re.compile(
    r"日报|晚报|早报|晨报|新华|人民网|央视|电视台|电台|广播台|新闻网|客户端|融媒|公众号|微信|微博|本网|本站|原创|转载|网络|管理员"
)
GENERIC: Final = re.compile(
    r"(?:我|本|全|各|该|其|某)[省市县区州盟旗局委办厅部院署处镇乡街单机行].{0,4}|(?:各?(?:[市县区]直)?(?:部门|单位|街道|乡镇|镇街|科室|机构)|市级部门|区级部门|县级部门|政府部门|政府|人民政府|机关|局|委|办|其他)"
    r"|(?!.*(?:办公室|办|中心)$).*(?:年度?报告?|年报|信息公开|政务公开|政府信息公开|目录|指南|制度|专栏|平台|首页|栏目|动态|公告|通知|正文|详情|内容).*"
)
SITE_WORDS: Final = re.compile(
    r"(?:官方)?(?:门户|公众|政务)?(?:信息|服务)?(?:公开)?(?:网站?|平台|门户|之窗)(?:群|主站|首页)?$|官网$|门户网站$|信息公开$|政务公开$|[·•|]"
)
EDGES: Final = " \t:：,，、。.;；-—_|《》<>[]【】()（）\"“”'·•*#丨>»"
_SPAN: Final = rf"{YEAR}(?:[-—~至]+(?:{YEAR}|\d\d))?(?:学年度?|年度|年|度)*"
YEARS: Final = re.compile(_SPAN)
PREFIX: Final = re.compile(
    r"^(?:[\[【(][^\]】)]{1,14}[\])】]|附件\d{0,2}[:：.、]?|关于(?:公布|发布|印发|报送|公开)?|(?:图解|一图读懂|一图看懂|图说|解读|公布|发布|转发)[:：丨|]?|(?:过去)?一年来|近年来|本年度|上一?年度|[全今去]年|\d{1,2}[.、])+"
)

ZONE_END: Final = (
    r"(?:经济(?:技术)?开发区|(?:高新)?(?:技术)?(?:产业)?开发区|高新(?:技术)?(?:产业)?区|新区|经开区|示范区|实验区|试验区|保税(?:港)?区|产业园区?|工业园区?|科技园区?"
    r"|园区|管理区|投资区|度假区|风景名胜区|风景区|旅游区|景区|合作区|经济区|集聚区|集中区|功能区|临空区|生态城|科技城|片区|自贸区|新城|农垦区|矿区|林区|农场|林场|[区园城港岛](?=管委会|管理委员会))"
)
ZONE: Final = re.compile(
    rf"(?P<zone>[^局委办厅院署会]{{0,16}}?{ZONE_END})(?=$|管委会|管理委员会|党工委|管理局|管理处|[(一-龥])"
)
TOWN: Final = re.compile(
    r"(?P<town>[^局委办厅院署会驻]{1,9}?(?:民族乡|民族苏木|街道|街(?=$|办事处)|苏木|[镇乡]|(?=办事处$)))"
    r"(?=$|人民政府|政府|办事处|办公室|党|综合|便民|社区服务|财政所|\()"
)
"""A town (乡镇, 街道) at the start of what stands behind its county; 浦东办事处 is one too."""
OTHER_KIND: Final = re.compile(
    r"法院|检察院|公司|集团|大学|学院|学校|中学|小学|医院|银行|协会|学会|联合会|总工会|妇联|团委|残联|红十字|科协|文联|工商联|供电|烟草|电网|支行|分行|合作社|联社|报社|电视台"
)
CENTRAL: Final = re.compile(
    r"^(?:中华人民共和国|国务院|国家|最高人民|全国|海关总署|审计署|中国(?:人民银行|证券监督|证监会|银行保险|银保监|银监会|保监会|气象局|地震局|科学院|工程院|社会科学院|民用航空局|民航局|国家铁路|残疾人联合会|红十字会))"
    r"|^(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源|生态环境|环境保护|住房和城乡建设|交通运输|交通|铁道|水利|农业农村|农业|商务|文化和旅游|文化|卫生|应急管理|退役军人事务|监察|信息产业|建设|人事)部(?=$|办公厅|.{2,8}(?:局|办公室|中心|专员办)$)"
)
CITY_WORD: Final = re.compile(r"^(?:[省市县区州盟旗])(?=[一-龥]{2})(?!.{0,3}(?:县|区)人民)")
LONGEST: Final = 200
"""Characters of a raw string that are read."""
ABBREVIATIONS: Final = (
    ("发展和改革委员会", "发改委"),
    ("发展改革委员会", "发改委"),
    ("发展和改革局", "发改局"),
    ("人力资源和社会保障", "人社"),
    ("住房和城乡建设", "住建"),
    ("国有资产监督管理委员会", "国资委"),
    ("市场监督管理", "市场监管"),
    ("工业和信息化", "工信"),
    ("管理委员会", "管委会"),
    ("办公室", "办"),
    ("人民政府", "政府"),
    ("委员会", "委"),
)


def clean_organ(raw: str) -> str | None:
    """Return an organ's or place's name out of a raw string, in plain characters; None when it holds none.

    >>> clean_organ("2025青禾县大坪乡2025年度"), clean_organ("我局"), clean_organ("青禾日报"), clean_organ("关于云岭县")
    ('青禾县大坪乡', None, None, '云岭县')
    """
    name = YEARS.sub("", PREFIX.sub("", plain(raw[:LONGEST]))).strip(EDGES)
    name = PREFIX.sub("", name).strip(EDGES)
    name = name.removesuffix("的").removesuffix("年度").removesuffix("年").removesuffix("关于")
    opened = name.rfind("(")
    if opened > name.rfind(")"):  # the edge that was cut off, or words that were left out behind it
        name = f"{name})" if f"{name})" in plain(raw) else name[:opened]
    name = OWN_LEVEL.sub("", name.replace("()", ""))
    if not 2 <= len(name) <= 50 or MEDIA.search(name):
        return None
    mentions = find_mentions(name)
    if GENERIC.fullmatch(name) and not (mentions and mentions[0].start == 0 and mentions[0].is_full):
        return None
    return name if ORGAN_END.search(name) or any(mention.end == len(name) for mention in mentions) else None


def organ_of_site(site_name: str) -> str | None:
    """Return the organ whose site has a name: `青禾市人民政府门户网站` is 青禾市人民政府's.

    >>> organ_of_site("中国·山东省"), organ_of_site("青禾市财政局网站")
    ('山东省', '青禾市财政局')
    """
    name = re.sub(r"^(?:中国|首都)?[·•\-—]|[·•]", "", plain(site_name[:LONGEST]))
    name = re.sub(r"^(?:欢迎(?:访问|光临))", "", name)
    previous = None
    while previous != name:
        previous, name = name, SITE_WORDS.sub("", name)
    return clean_organ(name)


def kind_of_organ(name: str, *, is_place: bool, is_zone: bool) -> IssuerKind:
    """Return the kind of an organ; `is_place`: the name is a division's alone, `is_zone`: its place is a zone.

    >>> [kind_of_organ(n, is_place=False, is_zone=False) for n in ("青禾市人民政府", "大坪乡人民政府")]
    ['government', 'town']
    """
    if OTHER_KIND.search(name):
        return "other"
    if re.search(r"^[^驻局]*办事处$|(?:街道?|苏木|[镇乡])(?:人民政府|政府|办事处|办公室|党工委)?(?:\(.*\))?$", name):
        return "town"
    if is_zone and (is_place or re.search(rf"(?:管委会|管理委员会|管理局|{ZONE_END})(?:\(.*\))?$", name)):
        return "zone"
    if is_place or name.endswith(("政府", "公署", "行署")):
        return "government"
    return "department"


def is_same_organ(one: str, other: str) -> bool:
    """Tell whether two names can be one organ's: the same words, one inside the other, or one the short form.

    The office of a government writes that government's report, so those two are no conflict either.

    >>> is_same_organ("青禾县发改委", "青禾县发展和改革委员会"), is_same_organ("深州市体育局", "深州市教育局")
    (True, False)
    """
    first, second = _core(one), _core(other)
    if not first or not second or first in second or second in first:
        return True
    short, long = sorted((first, second), key=len)
    if long.endswith("政府办") or short.endswith("政府") or short == "政府办":
        return True
    rest = iter(long)
    return len(short) < len(long) and all(char in rest for char in short)


def _core(name: str) -> str:
    """What is left of a name without its place, in the usual short words."""
    name = plain(name)
    mentions = find_mentions(name)
    core = name[mentions[-1].end :] if mentions else name
    for long, short in ABBREVIATIONS:
        core = core.replace(long, short)
    return CITY_WORD.sub("", core)
