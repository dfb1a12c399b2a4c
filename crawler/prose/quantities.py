"""Every counted quantity of running text: the number, its unit, its qualifier, and where each stands."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.parsing.numbers import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

_WHOLE = r"(?<![0-9０-９])(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3}){1,5}|[0-9０-９]{1,15})(?![0-9０-９])"
_DIGITS = _WHOLE + r"(?:[.．][0-9０-９]{1,10})?"
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_CHINESE = f"[{_NUMERALS}]{{1,12}}"
PATH = Path(__file__).with_name("units.toml")
_MARKS = "，,。；;、）)"
_NUMBER_STARTS = re.compile(rf"[0-9０-９]+|百分之|[{_NUMERALS}]+|(?<=[为是：:])无")
_LONGEST_TITLE = 80
_AFTER = "以上|以下|以内|左右|上下|之多"


@cache
def _pattern() -> re.Pattern[str]:
    """One regular expression for a number with its unit; the units stand in `units.toml`."""
    with PATH.open("rb") as file:
        units = tomllib.load(file)
    careful = [f"{unit}(?!{'|'.join(map(re.escape, others))})" for unit, others in units["careful"].items()]
    plain = sorted(map(re.escape, units["plain"]), key=len, reverse=True)
    unit = "|".join([*plain, r"(?:人民币)?元(?![旦件素])", rf"人员(?=[{_MARKS}\s]|$)", *careful])
    return re.compile(
        rf"(?:(?P<low>{_DIGITS})[%％个件条次人项家]?\s?(?:-|－|—{1, 2}|–|~|～|至|到)\s?)?"
        rf"(?P<digits>{_DIGITS})\s*(?P<mid>[余多])?(?P<scale>[百千]?万|[百千万]?亿|[百千](?![分瓦克米]))?(?P<mid2>[余多])?"
        rf"\s*(?P<unit>{unit})?(?P<more>{_AFTER}|余|多)?"
        rf"|百分之(?P<percent>{_CHINESE}(?:点{_CHINESE})?|{_DIGITS})"
        rf"|(?<![{_NUMERALS}])(?P<chinese>{_CHINESE})(?P<cmid>[余多])?(?P<cscale>万|亿)?(?P<cunit>{unit})(?P<cmore>{_AFTER})?"
        rf"|(?<=[为是：:])(?P<none>零|无)(?=[{_MARKS}\s]|$)"
    )


_BEFORE = re.compile(
    r"(?:将近|接近|大约|约为|超过|突破|不足|不到|至少|最多|高达|近(?!年)|约|超|逾|达到|达)\s*(?:了|约|近)?\s*$"
)
_APPROXIMATE = re.compile(r"将近|接近|大约|约|超过|突破|不足|不到|至少|最多|近|超|逾")
_NOT_BEHIND = frozenset("第〔[【﹝.．-－–~～+＋×*＊=#@/／_:“‘《〈前每No№每逢")
_NO_UNIT_LEFT = re.compile(
    r"(?:数|量|指数|得分|总分|评分|分数|为|是|达|达到|突破|超|超过|逾|近|约|共计|总计|合计|累计|共|率|点击|浏览|阅读|粉丝|用户|政[府务]信息|公开申请)\s*$"
)
_NUMBER_NAMES = re.compile(
    r"(?:编号|号码|电话|传真|热线|邮编|邮政编码|账号|网址|QQ|手机|备案|标识码|代码|文号|分机)[^，,。；;\n]{0,4}$"
)
_REMARK = re.compile(r"[息情题点请]计\s*$")  # the forms' own remark: 不同渠道和方式公开相同信息计1条
_BOUNDARY = frozenset("，,。；;、）)！？!?\n \u3000")
_NOT_COUNTED = re.compile(
    r"\s*(?:年|月|日|号|时|点(?!击)|届|楼|室|路|级|周年|世纪|岁|℃|[xX×*＊+＋:：/／]\s*[0-9０-９]|[A-Za-z]|[〕\]】﹞])"
)
_LIMIT = re.compile(r"\s*(?:之?内|以内|前|后)")
_OF_LAWS = frozenset("条款项")
_DURATIONS = frozenset(("个工作日", "工作日", "个自然日", "自然日", "天", "个小时", "小时", "分钟", "秒", "秒钟"))
_CHINESE_VERBS = re.compile(
    r"(?:收到|接到|接收|受理|举办|召开|开展|组织|发布|办理|办结|公开|印发|制定|制发|出台|编发|审理|发生|举行|参加|回应|答复|刊登|"
    r"申请|复议|诉讼|培训|会议|共计|共|总计|累计|合计|达|为)(?:了|过|有|共|约|近)?$"
)
_CHINESE_LOOSE = frozenset("件次期场条份人宗起篇名")
_EACH = re.compile(r"每|平均|至少|不少于|不得少于|不低于|一律|第$")
_HAPPENS = re.compile(
    r"举办|召开|培训|会议|会$|简报|编|刊|班$|出版|印发|发布|开展|组织|参加|举行|通报|检查|回应|访谈|公布|复议|诉讼|共|达|为$"
)
_IDIOM = re.compile(r"十[字分]|[一二三四五六七八九十]+[个项大]方面|[一二三四五六七八九十]个(?:必须|坚持|确保|着力|一)")
_ABOUT_SO_MANY = re.compile(r"[一二两三四五六七八九]{2,}")  # 三四, 七八
_ABOUT = re.compile(r"(?:近|上|超|逾|约|超过)$")
_ONE_PERSON = re.compile(r"[名位]\s*(?:专职|兼职|工作人员|信息员|联络员|副|同志|业务|干部)")
_EVERY = re.compile(r"每|定期|季|月|周|日|逐|至少|届|第")
_ARTICLES = re.compile(r"第[零〇一二三四五六七八九十百0-9０-９、和及至条款项（）()—-]{1,24}$")
_ONE_IN_SPEECH = re.compile(r"(?:[在不同逐统唯专任跑办来多同只之某另这那]|第|上线|集中)$")
_SHARE_FOLLOWS = re.compile(r"\s*[，,]\s*占")
_CLAUSE_END = re.compile(r"[，,。；;、！？）)：:\s]|$")


@dataclass(slots=True, frozen=True, kw_only=True)
class Quantity:
    """One number of the text with what belongs to it."""

    start: int
    """Of the qualifier before it, or of the number."""
    end: int
    """After unit and qualifier."""
    number_start: int
    number_end: int
    """After the unit: `text[number_start:number_end]` is the number with its unit."""
    value: Decimal | None
    """Multiplied out; None: a range (3至5件)."""
    printed: Decimal | None
    """Of money, in its printed unit: 50万元 is 50."""
    unit: str | None
    """Of `value`: 万元 counts as 元."""
    money_unit: str | None
    """The printed unit of money, such as 万元; None: no money."""
    qualifier: str | None


def iter_quantities(text: str) -> Iterator[Quantity]:
    """Yield the counted quantities of a line in order.

    Dates, document numbers (〔2016〕19号), articles of a law (第二十条), telephone numbers, list numbers, names made
    of a number (“4个文件”, 12345热线), titles (《…三十条》) and limits of time (20个工作日内) are none.
    """
    place = 0
    while start := _NUMBER_STARTS.search(text, place):
        match = _pattern().match(text, start.start())
        place = match.end() if match else start.end()
        found = _read(text, match) if match else None
        if found is not None and not _is_in_title(text, found.number_start):
            yield found


def _is_in_title(text: str, place: int) -> bool:
    left = max(0, place - _LONGEST_TITLE)
    return text.rfind("《", left, place) > text.rfind("》", left, place)


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    if match["digits"] is not None:
        return _arabic(text, match)
    if match["percent"] is not None:
        value = parse_number(match["percent"]) if "点" not in match["percent"] else _point(match["percent"])
        return None if value is None else _quantity(text, match.start(), match.end(), match.end(), value, "%")
    if match["none"] is not None:
        return _quantity(text, match.start(), match.end(), match.end(), parse_number("零"), None)
    return _chinese(text, match)


def _arabic(text: str, match: re.Match[str]) -> Quantity | None:
    start, number = match.start(), match.start("digits")
    unit, end = match["unit"], match.end()
    if _is_name(text, start, unit):
        return None
    if unit is None:
        if match["scale"] is None or _NOT_COUNTED.match(text, match.end("digits")):
            if _NOT_COUNTED.match(text, match.end("digits")) or not _stands_alone(text, start, end):
                return None
        elif not _CLAUSE_END.match(text, end) and match["scale"] not in ("万", "亿"):
            return None
    elif unit in _DURATIONS and (_LIMIT.match(text, match.end("unit")) or text[start:end].startswith("24小时")):
        return None
    value = parse_number(match["digits"] + (match["scale"] or ""))
    if value is None:
        return None
    if match["low"] is not None:
        return _quantity(text, start, _trim(match, "unit"), end, None, unit)
    mids = [mark for mark in (match["mid"], match["mid2"], match["more"]) if mark]
    printed = parse_number(match["digits"])
    money = f"{match['scale'] or ''}{unit}" if unit and unit.endswith("元") else None
    if money == "元":
        printed = value
    return _quantity(text, number, _trim(match, "unit"), end, value, unit, mids=mids, printed=printed, money=money)


def _is_name(text: str, start: int, unit: str | None) -> bool:
    """Whether what stands before a number makes it a name: 第20条, 〔2016〕, IPv6, 计1条 of a form's remark."""
    left = text[start - 1] if start else "\n"
    return (
        left in _NOT_BEHIND
        or (left.isascii() and left.isalpha())
        or bool(_REMARK.search(text, max(0, start - 4), start))
        or (unit in _OF_LAWS and bool(_ARTICLES.search(text, max(0, start - 24), start)))
    )


def _trim(match: re.Match[str], unit: str) -> int:
    """Where the number with its unit ends, without a qualifier behind the unit."""
    if match[unit] is not None:
        return match.end(unit)
    last = "mid2" if match["mid2"] else "scale" if match["scale"] else "mid" if match["mid"] else "digits"
    return match.end(last)


def _chinese(text: str, match: re.Match[str]) -> Quantity | None:
    start, unit, numeral = match.start(), match["cunit"], match["chinese"]
    left = text[start - 1] if start else "\n"
    value = _place_alone(text, match) or parse_number(numeral + (match["cscale"] or ""))
    if value is None or left in _NOT_BEHIND or left in "第初之周几数":
        return None
    clause = text[max(0, start - 16) : start]
    if _EACH.search(clause[-8:]) or (unit in _DURATIONS and _LIMIT.match(text, match.end())):
        return None
    if unit in _OF_LAWS and _ARTICLES.search(text, max(0, start - 24), start):
        return None
    if _IDIOM.match(text, start) or _ABOUT_SO_MANY.fullmatch(numeral):
        return None
    if len(numeral) == 1 and numeral not in "十百千万" and not _is_counted(text, match, clause):
        return None
    mids = [mark for mark in (match["cmid"], match["cmore"]) if mark]
    money = f"{match['cscale'] or ''}{unit}" if unit.endswith("元") else None
    return _quantity(
        text, start, match.end("cunit"), match.end(), value, unit, mids=mids, printed=parse_number(numeral), money=money
    )


def _place_alone(text: str, match: re.Match[str]) -> Decimal | None:
    """The value of a place word that says about how many: 百余家, 近千条."""
    near = match["cmid"] or _ABOUT.search(text, max(0, match.start() - 2), match.start())
    return parse_number(f"一{match['chinese']}") if near and match["chinese"] in ("百", "千", "万") else None


def _is_counted(text: str, match: re.Match[str], clause: str) -> bool:
    """Whether a single numeral counts: 召开会议三次, 受理两件, but not 三个方面, 一件事, 两项制度, 工程二期."""
    unit = match["cunit"]
    if unit not in _CHINESE_LOOSE or (unit in "期次" and not _HAPPENS.search(clause)):
        return False
    ends = bool(_CLAUSE_END.match(text, match.end())) and clause[-1:] not in _BOUNDARY
    if match["chinese"] == "一":
        if _ONE_PERSON.match(text, match.start("cunit")):
            return True
        held = bool(_CHINESE_VERBS.search(clause)) and unit in "次期场" and not _EVERY.search(clause)
        return held or (ends and unit != "起" and not _ONE_IN_SPEECH.search(clause))
    return ends or (bool(_CHINESE_VERBS.search(clause)) and match["chinese"] != "零")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a number without a unit is the value of a count before it: 播放量超2300万, 累计关注人数为21983."""
    if end < len(text) and text[end] not in _BOUNDARY:
        return False
    if _SHARE_FOLLOWS.match(text, end):
        return True
    left = text[max(0, start - 12) : start]
    return bool(_NO_UNIT_LEFT.search(left) or left.endswith("分")) and not _NUMBER_NAMES.search(left)


def _point(text: str) -> Decimal | None:
    """The value of 九十八点五."""
    whole, _, part = text.partition("点")
    left, right = parse_number(whole), parse_number("零" + part if len(part) == 1 else part)
    return None if left is None or right is None else parse_number(f"{left}.{str(right).zfill(len(part))}")


def _quantity(
    text: str,
    start: int,
    number_end: int,
    end: int,
    value: Decimal | None,
    unit: str | None,
    *,
    mids: list[str] | None = None,
    printed: Decimal | None = None,
    money: str | None = None,
) -> Quantity:
    window = max(0, start - 6)
    before = _BEFORE.search(text[window:start])
    qualifiers = list(mids or ())
    first = start
    if before and (word := _APPROXIMATE.search(before.group())):
        qualifiers.insert(0, word.group())
        first = window + before.start() + word.start()
    return Quantity(
        start=first,
        end=end,
        number_start=start,
        number_end=number_end,
        value=value,
        printed=printed if money else value,
        unit=_plain(unit),
        money_unit=money,
        qualifier="".join(qualifiers) or None,
    )


def _plain(unit: str | None) -> str | None:
    return "%" if unit == "％" else "元" if unit and unit.endswith("人民币元") else unit
