"""Sentences with personal data in them, and sentences that look alike and have none: made at random, by one seed.

Every name, number and address is invented. What must be masked stands between ⟦ and ⟧ in the patterns.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from crawler.checks.identity_numbers import CARD_CHECKS, CARD_WEIGHTS, is_bank_card

COMMON = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
RARE = ("欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "单", "仇", "查", "缪", "郏", "芮", "佘", "逯", "亓")
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文斌宇浩轩梓晨欣怡思远志鹏海波晓燕春梅国庆立新永福"
MINORITY = ("阿依古丽·买买提", "才让·多杰", "巴特尔·苏和", "古丽娜尔·艾合买提", "次仁·旺堆")
OFFICES = (
    "办公室",
    "政务公开科",
    "党政办",
    "综合科",
    "信息中心",
    "县政府办",
    "法规处",
    "人事股",
    "市政务公开办",
    "督查室",
    "党政综合办公室",
)
OFFICE_BOXES = ("xxgk", "zwgk", "qhxzfbgs", "bgs", "webmaster", "qhszwgk")
LABELS = (
    "单位负责人",
    "审核人",
    "填报人",
    "联系人",
    "经办人",
    "责任编辑",
    "填表人",
    "制表人",
    "签发人",
    "统计负责人",
    "信息审核人",
    "部门负责人",
)
GAPS = ("：", ":", "： ", " : ", "　", "  ", " | ", "：　", "\n")
AFTER = (
    "",
    "。",
    "  联系电话：0990-3124567",
    "\n填报日期：2024年1月9日",
    " | 职务",
    "；",
    "（签字）",
    "　审核日期：2月3日",
)


@dataclass(slots=True, frozen=True, kw_only=True)
class Case:
    """One text, and the stretches of it that are personal."""

    kind: str
    text: str
    places: tuple[tuple[int, int], ...]


def make_cases(count: int, seed: int = 20240301) -> list[Case]:
    """Return as many cases of each kind as it takes to have `count` with personal data and as many without."""
    random_ = random.Random(seed)
    both = []
    for makers in (POSITIVE, NEGATIVE):
        kinds = list(makers.items())
        both += [mark(kind, maker(random_)) for kind, maker in (kinds[n % len(kinds)] for n in range(count))]
    return both


def mark(kind: str, pattern: str) -> Case:
    places, text = [], ""
    for piece in pattern.split("⟦"):
        inside, found, rest = piece.partition("⟧")
        if found:
            places.append((len(text), len(text) + len(inside)))
        text += inside + rest
    return Case(kind=kind, text=text, places=tuple(places))


def name(random_: random.Random) -> str:
    kind = random_.random()
    if kind < 0.04:
        return random_.choice(MINORITY)
    family = random_.choice(RARE) if kind < 0.12 else random_.choice(COMMON)
    given = "".join(random_.choice(GIVEN) for _ in range(random_.choice((1, 2, 2))))
    if len(family + given) == 2 and random_.random() < 0.25:
        return f"{family}{random_.choice((' ', '　', '  '))}{given}"
    return family + given


def mobile(random_: random.Random) -> str:
    digits = f"1{random_.choice('356789')}{random_.randrange(10)}{random_.randrange(10**8):08d}"
    gap = random_.choice(("", "", "", "-", " "))
    spaced = gap.join((digits[:3], digits[3:7], digits[7:]))
    country = random_.choice(("", "", "", "+86", "+86 ", "86-", "0086"))
    return wide(spaced) if not country and random_.random() < 0.15 else country + spaced


def wide(digits: str) -> str:
    return digits.translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))


def card(random_: random.Random, *, valid: bool = True) -> str:
    province = random_.choice((11, 13, 21, 32, 35, 41, 44, 51, 62, 65))
    digits = f"{province}{random_.randrange(1, 30):02d}{random_.randrange(1, 40):02d}{random_.randrange(1945, 2008)}"
    digits += f"{random_.randrange(1, 13):02d}{random_.randrange(1, 29):02d}{random_.randrange(1000):03d}"
    check = CARD_CHECKS[sum(weight * int(digit) for weight, digit in zip(CARD_WEIGHTS, digits, strict=True)) % 11]
    if not valid:
        check = "0" if check != "0" else "1"
    check = check.lower() if random_.random() < 0.3 else check
    gap = random_.choice(("", "", "", " "))
    return gap.join((digits[:6], digits[6:14], digits[14:] + check))


def bank(random_: random.Random) -> str:
    head = random_.choice(("6222", "6217", "6228", "4367", "5218")) + f"{random_.randrange(10**11):011d}"
    digits = next(head + str(check) for check in range(10) if is_bank_card(head + str(check)))
    return " ".join(digits[place : place + 4] for place in range(0, 16, 4)) if random_.random() < 0.4 else digits


def person_box(random_: random.Random) -> str:
    user = random_.choice(
        (
            f"zhang{random_.choice(('wei', 'xiaoming', 'li'))}{random_.randrange(1970, 1999)}",
            f"{random_.randrange(10**7, 10**10)}",
            f"li_{random_.choice(('na', 'qiang'))}{random_.randrange(99)}",
            f"sunny{random_.randrange(999)}",
            f"wxm{random_.randrange(10**4)}",
        )
    )
    return (
        f"{user}@{random_.choice(('qq.com', '163.com', '126.com', 'sina.com', 'gmail.com', 'foxmail.com', '139.com'))}"
    )


def signed(random_: random.Random) -> str:
    gap = random_.choice(GAPS)
    return f"{random_.choice(LABELS)}{gap}⟦{name(random_)}⟧{random_.choice(AFTER)}"


def three_signed(random_: random.Random) -> str:
    gap = random_.choice(("：", ": ", " : "))
    parts = (f"{label}{gap}⟦{name(random_)}⟧" for label in random_.sample(LABELS[:4], 3))
    return random_.choice(("　　", "      ", "\n", "，", "；")).join(parts)


def signed_below(random_: random.Random) -> str:
    names = " | ".join(f"⟦{name(random_)}⟧" for _ in range(3))
    return f"单位负责人 | 审核人 | 填报人 | 填报日期\n{names} | 2024年1月5日"


def with_call(random_: random.Random) -> str:
    before = random_.choice(
        ("联系电话：", "手机:", "电话（手机） ", "咨询电话 | ", "联系方式：", "Tel:", "请与我联系，号码", "值班手机 ")
    )
    return f"{before}⟦{mobile(random_)}⟧{random_.choice(('', '。', '；传真：0990-3124567', ' | ', '（微信同号）'))}"


POSITIVE: dict[str, Callable[[random.Random], str]] = {
    "signed": signed,
    "three signed": three_signed,
    "below": signed_below,
    "mobile": with_call,
    "two mobiles": lambda r: f"电话：⟦{mobile(r)}⟧、⟦{mobile(r)}⟧",
    "card": lambda r: f"申请人身份证号：⟦{card(r)}⟧，",
    "card with a slip": lambda r: f"身份证号码为⟦{card(r, valid=False)}⟧。",
    "card alone": lambda r: f"{r.randrange(1, 99)} | ⟦{card(r)}⟧ | 男",
    "bank": lambda r: f"{r.choice(('开户银行：青禾银行，卡号', '收款账号：', '银行卡号 '))}⟦{bank(r)}⟧",
    "box": lambda r: (
        f"{r.choice(('邮箱：', '电子邮箱:', 'E-mail：', ''))}⟦{person_box(r)}⟧{r.choice(('', '。', '，邮编：834700'))}"
    ),
    "signed, with a word between": lambda r: (
        f"{r.choice(LABELS[:5])}{r.choice(('姓名：', '（签字）：', '(签章):', '及电话：'))}⟦{name(r)}⟧"
    ),
    "in a sentence": lambda r: (
        f"如有疑问，请与联系人⟦{r.choice('王李张刘陈杨')}{r.choice(GIVEN)}{r.choice(GIVEN)}⟧联系，电话{phone(r)}。"
    ),
    "official box of a person": lambda r: (
        f"邮箱：⟦{r.choice(('zhangwei', 'li.xiaoming', 'chenfang', 'wang_qiang'))}@qinghe.gov.cn⟧"
    ),
    "editor": lambda r: f"（{r.choice(('责任编辑：', '责编：', '编辑：', '作者：', '记者：'))}⟦{name(r)}⟧）",
}


def phone(r: random.Random) -> str:
    area = r.choice(("010", "021", "0755", "0990", "0427", "0898", "0312"))
    return f"{r.choice((f'{area}-', f'（{area}）', f'({area})', area))}{r.randrange(2 * 10**6, 9 * 10**7)}"


def prose(r: random.Random) -> str:
    return r.choice(
        (
            "单位负责人对政府信息公开工作负总责，审核人员逐条把关。",
            "各部门主要负责人 亲自部署，联系人制度不断健全。",
            "落实信息发布审核制度，初审、复审、终审 逐级进行。",
            "编辑 出版政府公报12期，记者 见面会3场。",
            "联系人：无",
            "审核人：（签字）",
            "填报单位：青禾市财政局　填报时间：2024年1月9日",
            "责任编辑：管理员",
            "姓名 | 职务 | 电话",
            "审核：同意公开",
            "审核 通过率100%",
            "作者：本站编辑",
            "来源：市政府办公室　编辑：admin",
        )
    )


NEGATIVE: dict[str, Callable[[random.Random], str]] = {
    "office answers": lambda r: f"{r.choice((*LABELS[:6], '承办人'))}：{r.choice(OFFICES)}　电话：{phone(r)}",
    "office telephone": lambda r: (
        f"{r.choice(('联系电话：', '电话:', '传真：', '监督电话 '))}{phone(r)}{r.choice(('', '、', '转8012'))}"
    ),
    "document number": lambda r: (
        f"{r.choice(('国办发', '青政办发', '国办公开办函'))}〔{r.randrange(2008, 2025)}〕{r.randrange(1, 200)}号"
    ),
    "credit code": lambda r: (
        f"统一社会信用代码：{r.choice(('11', '12', '91'))}{r.choice(('110101', '440300', '654021'))}"
        f"{r.choice(('MA', '00', '73'))}{r.randrange(10**7):07d}{r.choice('0123456789XKT')}"
    ),
    "postcode": lambda r: f"邮编：{r.randrange(10**5, 10**6)}，地址：青禾市建设路{r.randrange(1, 999)}号",
    "index number": lambda r: f"索引号：{r.randrange(10**8, 10**9)}/{r.randrange(2008, 2025)}-{r.randrange(10**4):05d}",
    "long serial": lambda r: f"索引号：1{r.choice('3579')}{r.randrange(10**9):09d}",
    "amount": lambda r: f"资金1{r.choice('3579')}{r.randrange(10**9):09d}元，下达{r.randrange(10**9)}万元",
    "date and time": lambda r: (
        f"发布时间：{r.randrange(2008, 2025)}-{r.randrange(1, 13):02d}-17 {r.randrange(24):02d}:37:15"
    ),
    "address of a page": lambda r: (
        f"http://www.qinghe.gov.cn/art/2024/1/9/art_{r.randrange(10**4)}_1{r.choice('3579')}{r.randrange(10**9):09d}.html"
    ),
    "office box": lambda r: f"电子邮箱：{r.choice(OFFICE_BOXES)}@{r.choice(('qinghe.gov.cn', '126.com', '163.com'))}",
    "counts": lambda r: " | ".join(str(r.randrange(10 ** r.randrange(1, 6))) for _ in range(9)),
    "prose": prose,
    "police number": lambda r: f"公网安备{r.randrange(10**13, 10**14)}号　青ICP备{r.randrange(10**7, 10**8)}号",
    "office holder": lambda r: (
        f"市长{r.choice(('王', '李'))}{r.choice(GIVEN)}{r.choice(GIVEN)}主持召开常务会议{r.randrange(2, 30)}次。"
    ),
    "big number": lambda r: f"网站总访问量1{r.choice('3579')}{r.randrange(10**9):09d}次",
}
