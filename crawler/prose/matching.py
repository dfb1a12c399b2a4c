"""Which meanings a mention has: only where the words say exactly what the form asks, of the whole unit, in its year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.prose.meanings import Meaning, Meanings
    from crawler.prose.mentions import Mention

_NOT_COUNTS = re.compile(
    r"[%‰倍分元人册户家种类字台块亩米天]|美元|人员|个?百分点|平方米|公里|个?小时|分钟|个?工作日|课时|学时"
)
_PEOPLE = frozenset((None, "人", "名", "位", "个", "人次", "人员", "人（次）", "人(次)"))
_MONEY = frozenset(("元", None))
_YEAR = re.compile(
    r"(?:^|[，,。；;：:（(\s]|截至|截止|在|从|自|和|于)"
    r"(?P<year>(?:19|20)\d\d)\s*年(?!\s*\d{1,2}\s*月[^至到－-]{0,6}[发印])"
)
_COMPARED_YEAR = re.compile(r"[比较与同](?P<year>(?:19|20)\d\d)\s*年")
_COMMA = re.compile(r"[，,；;]")
_OTHER_YEAR = re.compile(
    r"(?:上年|去年|上一年|前年|往年|历年|上年度|上一年度|同期)(?!.{0,4}(?:相比|持平|减少|增加|增长|下降)[，,])"
)
_STOCK = re.compile(
    r"历年|历史|(?:自|从)[^，,。]{2,30}?(?:以来|起|至今)(?!至)|(?:实施|施行|开通|运行|建立|成立|上线)以来|"
    r"截[至止][^，,。]{0,16}[，,]?[^。]{0,20}(?:累计|共有|总量)|目前[^，,。]{0,8}(?:累计|共有)|(?:到|至)[^，,。]{0,8}(?:年底|年末|目前)[^，,。]{0,8}累计|存量|三年来|五年来|多年来"
)
_SINCE = re.compile(r"(?:自|从)[^，,。]{2,30}?(?:以来|起(?!至)|至今|开始)")
_FIRST_YEAR = 2008
_THIS_YEAR = re.compile(
    r"(?:本年度?|当年|今年|年内|全年|其中[，,]?(?:20\d\d年度?)?)(?=[^，,。]{0,6}(?:新增|主动|公开|收到|受理|共))"
)
_PLAN = re.compile(
    r"计划|拟(?=[开举召公组在于])|力争|争取|预计|目标|打算|下一步|明年|不少于|不低于|要求(?!公开|提供|获取)|应当|将(?=[开组举召公完在进继])"
)
_BY_RULE = re.compile(r"(?:按照|按|根据|依照|依据|遵照)[^，,]{0,30}?要求")
_RESTRICTED = re.compile(
    r"(?:各|其他|市直|县直|区直|省直|州直|部分|有关|相关|下属|所属|直属|基层|垂管|驻[市县区]?)"
    r"(?:县|区|乡|镇|街|部门|单位|机关|市直|委办局|科室|处室|企业|所|站)"
    r"|(?<![个各我本])(?:部门|企业|社区|村)(?:共|累计|全年)?(?:主动)?公开"
)
_WHOLE = re.compile(
    r"全(?:[市县区省州盟旗镇乡局委院厅办校]|系统|街道|自治)|各级|及[其各所]|和各|、各|[与和]所属|市政府及|本级及|"
    r"各[^，,]{1,12}[、和及][^，,]{0,8}(?:部门|单位|机构|街道|镇街|科室)"
)
_DISPUTES = frozenset(("review", "litigation", "direct", "after"))
_SETTLED = re.compile(
    r"(?:均|全部|并|已|都|且|予以|依法|为|是|同比|占|比|较|其中|全|按|皆|左右|次|主要|内容|涉及|办结|答复|，)"
)


def match(
    mention: Mention, meanings: Meanings, heads: list[Mention], last: Mention | None, year: int | None
) -> Meaning | None:
    """Return the first meaning that a mention's words have.

    heads: the totals said before that may be its own, the nearest last. last: the number before it on its line.
    """
    for meaning in meanings.candidates(mention.joined):
        if not _is_unit(mention, meaning):
            continue
        words = _saying(mention, meaning)
        if words is None or not _fits(mention, meaning, meanings, words):
            continue
        if not _stands_under(mention, meaning, heads, last):
            continue
        if meaning.year is not None and year and not _names_year(words, year + meaning.year):
            continue
        if not meaning.plan and is_elsewhere(mention, year, is_state=meaning.state):
            return None
        if mention.is_part and _repeats(mention, meaning, heads):
            return None
        return meaning
    return None


def _names_year(words: str, year: int) -> bool:
    return f"{year}年" in words


def is_elsewhere(mention: Mention, year: int | None, *, is_state: bool = False) -> bool:
    """Tell whether a number speaks of another year, of all years together or of a plan.

    Of what is a state (人员, 查阅点), since when it is so does not matter: 自2009年起配备2名.
    """
    if mention.section is not None and mention.section.kind == "problems":
        return True
    sentence = _SINCE.sub("", mention.sentence) if is_state else mention.sentence
    clause = _BY_RULE.sub("", re.split(r"[，,；;（(]", sentence)[-1])
    since = _THIS_YEAR.split(sentence)[-1]
    if _OTHER_YEAR.search(clause) or _PLAN.search(clause) or _is_stock(mention, since, year):
        return True
    if year and (compared := _COMPARED_YEAR.search(_COMMA.split(sentence)[-1])):
        return int(compared["year"]) != year
    years = [int(found["year"]) for found in _YEAR.finditer(sentence)]
    return bool(year and years and years[-1] != year and not _is_cutoff(sentence, years, year))


def _is_stock(mention: Mention, since: str, year: int | None) -> bool:
    """Whether a number sums up the years; in 2008, the first of the Regulations, the sum is the year's own."""
    return year != _FIRST_YEAR and mention.denied is None and bool(_STOCK.search(since))


def is_restricted(words: str) -> bool:
    """Tell whether words speak of some of a government's parts, not of all of it."""
    return bool(_RESTRICTED.search(words)) and not _WHOLE.search(words)


def is_settled(behind: str) -> bool:
    """Tell whether the words behind a number go on with the sentence (均已办结) instead of naming what is counted."""
    return bool(_SETTLED.match(behind.strip()))


def _is_cutoff(sentence: str, years: list[int], year: int) -> bool:
    """截至2021年1月31日 may close a report on 2020."""
    return years[-1] == year + 1 and bool(re.search(r"截[至止]|[至到]", sentence)) and year in years[:-1]


def _is_unit(mention: Mention, meaning: Meaning) -> bool:
    unit = mention.quantity.unit
    if meaning.unit == "people":
        return unit in _PEOPLE
    if meaning.unit == "money":
        return unit in _MONEY
    return unit is None or not _NOT_COUNTS.fullmatch(unit)


def _saying(mention: Mention, meaning: Meaning) -> str | None:
    """The words that say it: those before the number, else those round it."""
    settled = not mention.behind.strip() or mention.closes or is_settled(mention.behind)
    for words in (mention.core, mention.joined) if settled else (mention.joined,):
        if words and meaning.says.search(words) and not (meaning.never and meaning.never.search(words)):
            return words
    return None


def _fits(mention: Mention, meaning: Meaning, meanings: Meanings, words: str) -> bool:
    if mention.is_shared or (meaning.topic and mention.topic != meaning.topic):
        return False
    if meaning.needs and not meaning.needs.search(_surroundings(mention, meaning, words)):
        return False
    if meaning.unless and meaning.unless.search(mention.sentence):
        return False
    if any({group} != meanings.standing(kind, words) for kind, group in meaning.only):
        return False
    if meaning.whole:
        clauses = words if len(words) > 12 else _reach(mention) + words
        if any(len(meanings.standing(kind, clauses)) == 1 for kind in meaning.whole) or is_restricted(words):
            return False
    return not meaning.joint or mention.is_each or mention.quantity.value == 0


def _surroundings(mention: Mention, meaning: Meaning, words: str) -> str:
    """Where what a meaning needs may stand."""
    if meaning.close and meaning.close.search(words):
        return f"{mention.heading} {mention.sentence}{mention.behind}"
    return mention.paragraph


def _reach(mention: Mention) -> str:
    """The clause before, when it tells by what way: 通过门户网站，主动公开政府信息."""
    clauses = re.split(r"[，,]", mention.sentence)
    return clauses[-2] if len(clauses) > 1 and re.match(r"\s*(?:其中[，,：:]?)?(?:通过|利用|在)", clauses[-2]) else ""


def _stands_under(mention: Mention, meaning: Meaning, heads: list[Mention], last: Mention | None) -> bool:
    """Whether what stood before lets the words mean it: the number before, or a total that they are a part of."""
    if meaning.follows is not None and not (
        last is not None and any(other.is_part_of(meaning.follows) for other in last.meanings)
    ):
        return False
    if meaning.whole and last is not None and _is_sibling(mention, meaning, last):
        return False
    if meaning.topic in _DISPUTES and meaning.name != meaning.topic:
        wholes = _wholes(meaning.topic, heads)
        return not wholes or _is_within(mention, wholes[-1])
    if meaning.under is None:
        return True
    wholes = _wholes(meaning.under, heads)
    return any(not meaning.bound or _is_within(mention, whole) for whole in wholes)


def _is_sibling(mention: Mention, meaning: Meaning, last: Mention) -> bool:
    """Whether the number before, in the same sentence, is one of the ways of what this would be all of."""
    near = mention.start - last.end < len(mention.sentence)
    return near and any(other.name.startswith(f"{meaning.name}.") for other in last.meanings)


def _wholes(name: str, heads: list[Mention]) -> list[Mention]:
    return [head for head in heads if any(other.is_part_of(name) for other in head.meanings)]


def _is_within(mention: Mention, whole: Mention) -> bool:
    """A part is not more than its whole: 收到3721件，上年结转15件，其中自然人2870件 are parts of the first."""
    part, total = mention.quantity.value, whole.quantity.value
    return part is None or total is None or part <= total


def _repeats(mention: Mention, meaning: Meaning, heads: list[Mention]) -> bool:
    """Whether a part bears the name of its own whole: 主动公开政府信息90条，其中…主动公开政府信息60条."""
    return any(meaning in head.meanings and head.line == mention.line for head in heads)
