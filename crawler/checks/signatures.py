"""Names of those who sign a report: 单位负责人, 审核人, 填报人, 责任编辑 …, and the name behind, below or beside.

A name is told by its surname and by what follows it; an office that answers (联系人：政务公开科) is no name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.checks.surnames import COMMON, COMPOUND, DIRECT, SURNAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS: Final = (
    "单位负责人|部门负责人|统计负责人|分管负责人|主要负责人|科室负责人|负责人|责任人|审核人员|审核人|复核人|审签人|审批人|核稿人|校核人"
    "|填报人员|填报人|填表人|上报人|报送人|制表人|录入人|联系人员|联系人|经办人|承办人|签发人|拟稿人|撰稿人|供稿人|起草人|发布人|信息员"
    "|联络员|责任编辑|责编|编辑|校对|审校|初审|复审|终审|审核|填报|制表|签发|撰稿|作者|记者|通讯员|供稿|摄影|值班编辑|发布者|上传者"
)
ENDS: Final = (
    *(
        "负责人",
        "责任人",
        "核人",
        "签人",
        "批人",
        "稿人",
        "报人",
        "表人",
        "送人",
        "入人",
        "系人",
        "办人",
        "发人",
        "草人",
        "布人",
    ),
    *(
        "报人员",
        "核人员",
        "系人员",
        "信息员",
        "联络员",
        "编辑",
        "责编",
        "校对",
        "审校",
        "初审",
        "复审",
        "终审",
        "审核",
        "填报",
    ),
    *("制表", "签发", "撰稿", "作者", "记者", "通讯员", "供稿", "摄影", "发布者", "上传者"),
)
"""How the labels end; looked for before anything else."""
LABELLED: Final = re.compile(rf"[人员辑编对校审核报表发稿者影](?=[ 　\xa0\t\n:：|(（/／_姓签及、和与{DIRECT}])")
SUFFIX: Final = (
    r"(?:姓名|签字|签名|签章|[及和与、/／](?:联系)?(?:电话|方式)"
    r"|[(（](?:签字|签章|签名|盖章|签|姓名|公章|(?:联系)?电话|职务)[)）])"
)
"""What may stand between a label and its separator."""
LONGEST_LABEL: Final = 14
"""Characters of a label whose signs stand apart."""
BLANK: Final = frozenset(" 　\xa0\t")
NAME: Final = (
    rf"(?:(?:{COMPOUND})[ 　]{{0,2}}[\u3400-\u9fff][ 　]{{0,2}}[\u3400-\u9fff]?"
    r"|[\u3400-\u9fff]{2,8}[·•‧][\u3400-\u9fff]{1,10}(?:[·•‧][\u3400-\u9fff]{1,8})?"
    rf"|[{''.join(dict.fromkeys(SURNAMES))}](?:[ 　]{{1,4}}[\u3400-\u9fff]|[\u3400-\u9fff]{{1,2}}))"
)
STOP: Final = (
    r"(?=$|[\s，。、；;,.:：）)\]】|/（(《“\d+a-zA-Z_-]|同志|先生|女士|局长|科长|主任|副|联系|电话|填报"
    r"|审核|校对|日期|手机|责任|编辑|签)"
)
"""What stands behind a whole name."""
GAP: Final = rf"(?:[ \t　\xa0]{{0,20}}+{SUFFIX}[ \t　\xa0\n|_:：/／]{{0,24}}+|[ \t　\xa0\n|_:：/／]{{1,24}}+)"
LABEL: Final = re.compile(
    rf"(?:(?<![\u3400-\u9fff])|(?!(?:编辑|审核|填报|记者|作者|制表|签发|供稿|初审)$))(?:{LABELS})$"
)
"""A label at the end of what stands before a separator; a bare verb counts only where no other word runs into it."""
SIGNED: Final = re.compile(rf"{GAP}(?P<name>{NAME}){STOP}")
UNKNOWN: Final = re.compile(
    r"[ \t　\xa0]{0,20}+[:：][ \t　\xa0]{0,20}+(?P<name>[\u3400-\u9fff]{2,3})"
    r"(?=$|\n|[ 　\t]{2}|　|[ 　]*\d|[ 　]*(?:联系)?电话|[）)\]】])"
)
"""A word alone behind a sign-off's colon: a name, whatever its surname."""
FORMAL: Final = ("负责人", "审核人", "填报人", "填表人", "联系人", "经办人", "制表人", "责任编辑", "签发人")
BESIDE: Final = re.compile(
    rf"(?P<name>[{DIRECT}][\u3400-\u9fff]{{1,2}})(?=[，,、；;（(\s\d。]|$|联系|电话|同志|先生|女士)"
)
"""A name that runs on from its label in a sentence: 联系人张三，电话…."""
BESIDE_LABELS: Final = ("联系人", "经办人", "填报人", "审核人")
NO_NAMES: Final = re.compile(
    r"本站|本网|管理|佚名|网络|匿名|未知|待定|略|无|有|已|原|另|详|某$|发布|转载|值班|系统|前台|客服|热线|大厅|窗口|周[一二三四五六日末]"
    r"|财政|民政|团委|妇联|工会|司法|国土|城建|统战|纪检|监察|文明|组织|武装|经管|农经|水利|林业|卫生|计生|社保|扶贫|文化|残联|老龄|网格"
    r"|党委|支部|机关|各科|联合|社区|医保|人社|环保|住建|交通|审计|统计|税务|公安|招商|民宗|信访|应急|商务|城管"
)
"""Words that stand in a name's place and are none: jobs, offices, times."""
BLANKS: Final = re.compile(r"[ 　\xa0\t]+")
MORE: Final = re.compile(rf"[、,，/ 　]{{1,2}}(?P<name>{NAME}){STOP}")
"""A second name behind the first."""
OFFICES: Final = re.compile(
    r"办公|政务|信息|公开|综合|党政|秘书|人事|法规|宣传|行政|党建|财务|服务|督查|文秘|单位|部门|中心|公司|委员|政府|街道|管理|科技|监督|教育|工作"
    r"|室|股$|处$|厅$|局$|院$|所$|站$|队$|部$|会$|镇$|乡$|村$|县$|市$|区$|电话|地址|邮编|传真|邮箱|日期|时间|签字|盖章|签名|姓名|职务|见附|同上|以上"
    r"|平台|系统|网站|来源|字号|时限|程序|制度|流程|意见|情况|通过|机制|公文|文件|报告|数量|名单|内容|材料|方式|全体|有关|相关|应当|[与及的等]|^[和为不]"
)
MIDDLE: Final = re.compile(r"[·•‧]")
"""Stands between the parts of a transcribed name."""
SECTION: Final = re.compile(r"[科办]$")


def find_names(text: str) -> list[tuple[int, int]]:
    """Return where the names of those who sign stand, in order."""
    ends = [place.end() for place in LABELLED.finditer(text) if is_label(text, place.end())]
    if not ends:
        return []
    found = {place for end in ends for place in iter_signed(text, end)}
    if " | " in text:
        found |= set(iter_below(text, ends))
    return sorted(found)


def is_label(text: str, end: int) -> bool:
    """Tell whether a label ends at a place; its signs may stand apart: 审 核 人."""
    before = text[max(end - LONGEST_LABEL, 0) : end]
    if before.endswith(ENDS):
        return LABEL.search(before) is not None
    return before[-2:-1] in BLANK and LABEL.search(BLANKS.sub("", before)) is not None


def iter_signed(text: str, label_end: int) -> Iterator[tuple[int, int]]:
    """Yield the name behind a label, and those in a list behind the first."""
    match = SIGNED.match(text, label_end)
    if match is None or not is_name(match["name"]):
        match = other_name(text, label_end)
    if match is None:
        return
    start, end = match.span("name")
    yield trim(text, start, end)
    while (more := MORE.match(text, end)) and is_name(more["name"]):
        start, end = more.span("name")
        yield trim(text, start, end)


LONGEST_ROW: Final = 2000
"""Characters of a table's row."""
CELL: Final = re.compile(rf"[ 　:：]*(?:{LABELS})(?:[(（][^)）]*[)）])?[ 　:：]*")
WHOLE: Final = re.compile(NAME)


def other_name(text: str, label_end: int) -> re.Match[str] | None:
    """Return the name of a rare surname alone behind a colon, or one that runs on from its label in a sentence."""
    match = None
    if text.endswith(FORMAL, 0, label_end):
        match = UNKNOWN.match(text, label_end)
    if match is None and text.endswith(BESIDE_LABELS, 0, label_end):
        match = BESIDE.match(text, label_end)
    if match is None or NO_NAMES.search(match["name"]) or not is_name(match["name"]):
        return None
    return match


def iter_below(text: str, ends: list[int]) -> Iterator[tuple[int, int]]:
    """Yield names that stand in the row of a table below their labels."""
    for line_start in sorted({text.rfind("\n", max(end - LONGEST_ROW, 0), end) + 1 for end in ends}):
        below_start = text.find("\n", line_start) + 1
        if not below_start:
            continue
        below_end = text.find("\n", below_start)
        heads = text[line_start : below_start - 1].split(" | ")
        cells = text[below_start : below_end if below_end >= 0 else len(text)].split(" | ")
        if len(heads) != len(cells) or len(heads) == 1:
            continue
        place = below_start
        for head, cell in zip(heads, cells, strict=True):
            name = cell.strip()
            if CELL.fullmatch(BLANKS.sub("", head)) and WHOLE.fullmatch(name) and is_name(name):
                start = place + cell.index(name)
                yield start, start + len(name)
            place += len(cell) + len(" | ")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of a name without the blanks behind it."""
    return start, start + len(text[start:end].rstrip())


def is_name(name: str) -> bool:
    """Tell whether a word in a name's place is a name.

    >>> is_name("张三"), is_name("办公室"), is_name("党政办"), is_name("李科")
    (True, False, False, True)
    """
    if MIDDLE.search(name):
        return True
    word = re.sub(r"[ 　]", "", name)
    if SECTION.search(word):
        return len(word) == 2 and word[0] in COMMON
    return OFFICES.search(word) is None
