"""Counts stated without a number: 没有收到政府信息公开申请, 未发生行政复议、行政诉讼, 未收取任何费用."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from crawler.prose.mentions import Line, Mention, Topics, clean_words, sentence_start
from crawler.prose.quantities import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.prose.meanings import Meaning

_THINGS = "申请|复议|诉讼|应诉|举报|投诉|费|收支|结转"
_DENIED = re.compile(
    r"(?:(?:均|也|都|并|尚|从|暂|还)?(?:没有|没|未曾|从未|未(?!来|经复议|按|能|达|知)|不存在|无(?!法|正当|偿|关|障碍|需|效|线|条件|论|缝|纸|不|锡|为)))"
    r"(?:再|有|曾)?"
    r"(?=(?:收到|接到|接收|收取|受理|发生|出现|产生|收|办理|因|由|涉及|针对|对|向|就|被|引发|引起|存在|提起|与|任何|公民|群众|单位|个人|复议|诉讼|"
    r"申请|政府|政务|信息|依申请|行政|举报|投诉|有关|相关|公开|关于|实施|征收|进行收费|下年|下一年|次年|以|实行|结转|上年|上一年|一起|一例|一件))"
    r"[^，,。；;：:！？\n]{1,70}"
    r"(?:[，,](?:或者?|和|及|以及)?(?:被)?(?:提起|引发|引起)?(?:行政)?(?:诉讼|复议)[^，,。；;：:\n]{0,20})*"
    r"|零(?=申请|(?:行政)?复议|(?:行政)?诉讼|投诉|举报)[^，,。；;、：:\n]{2,8}"
)
_NOT_DENIED = re.compile(
    r"超期|逾期|超时|延期|确认违法|败诉|纠错|撤销|泄密|违规|违法|不予公开|部分公开|责任追究|不当|不满|异议|(?:复议|诉讼)[^，,]{0,16}(?:费用|支出)|"
    r"[中里]被|有效(?:投诉|举报)|(?:渠道|制度|机制|栏目|网站|平台|目录|规定|办法|表格?|机构|人员|场所|条件|标准|依据|窗口|电话)$"
)
_DENIAL = re.compile(r"^(?:均|也|都|并|尚|从|暂|还)?(?:没有|没|未曾|从未|未|不存在|无|零)(?:再|有|曾)?")
_ONLY_ABOUT = re.compile(
    r"(?:方面|工作|类|事项|而|所)?(?:被)?(?:引起|引发|提起|产生)?(?:的)?(?:行政)?(?:复议|诉讼)|.{0,6}(?:收支|费)"
)
_NOTHING_ELSE = re.compile(
    r"(?:的|申请|情况|事项|事宜|要求|请求|需求|件|案件|业务|信件|邮件|来信|来函|函件|来件|表|现象|等|方面|情形|行为|政府信息|信息|公开|事件|事)*(?:$|[、，,.．和及与或以也])"
)
_ABOUT_CASE = re.compile(
    r"(?:因|由|针对|对|涉及|就|关于)[^，]{0,16}(?:公开|信息)(?:的)?(?:申请|工作)?(?:而|所|被|引发|引起|提起|申请|实施|的|产生)?"
    r"(?=.*(?:复议|诉讼|费|收支|举报|投诉))"
)


def read_zeros(line: Line, topics: Topics, meanings: Sequence[Meaning]) -> list[Mention]:
    """Return what a line denies of the things the forms count, a mention for each."""
    found: list[Mention] = []
    if not re.search(_THINGS, line.text):
        return found
    for match in _DENIED.finditer(line.text):
        phrase = match.group().rstrip()
        if not re.search(_THINGS, phrase) or _NOT_DENIED.search(phrase):
            continue
        words = clean_words(phrase)
        found.extend(_mention(line, topics, match.start(), phrase, meaning) for meaning in _denied(words, meanings))
    return found


def _denied(words: str, meanings: Sequence[Meaning]) -> list[Meaning]:
    """The meanings whose things stand in the denied words.

    A request that only says what a dispute or a fee was about (因政府信息公开申请行政复议) is not itself denied.
    """
    found: list[Meaning] = []
    for meaning in meanings:
        if meaning.zero is None or any(meaning.name == other.name for other in found):
            continue
        if meaning.name == "requests.received":
            rest = _DENIAL.sub("", _ABOUT_CASE.sub("", words))
            match = meaning.zero.search(rest)
            if match and _NOTHING_ELSE.match(rest, match.end()) and not _ONLY_ABOUT.match(rest, match.end()):
                found.append(meaning)
        elif meaning.zero.search(words):
            found.append(meaning)
    return found


def _mention(line: Line, topics: Topics, start: int, phrase: str, meaning: Meaning) -> Mention:
    end = start + len(phrase)
    quantity = Quantity(
        start=start,
        end=end,
        number_start=start,
        number_end=end,
        value=Decimal(0),
        printed=Decimal(0),
        unit=None,
        money_unit=None,
        qualifier=None,
    )
    thing = meaning.zero.search(phrase) if meaning.zero else None
    return Mention(
        start=line.start + start,
        end=line.start + end,
        raw_start=line.start + start,
        raw_end=line.start + end,
        quantity=quantity,
        before=(thing[thing.lastindex or 0] if thing else phrase),
        behind="",
        core=clean_words(phrase),
        joined=clean_words(phrase),
        sentence=line.text[sentence_start(line.text, start) : start],
        heading=line.heading,
        paragraph=f"{line.heading} {line.text[max(0, start - 300) : end]}",
        line=line.number,
        topic=topics.before(line.start + start),
        section=line.section,
        is_part=False,
        denied=meaning,
    )
