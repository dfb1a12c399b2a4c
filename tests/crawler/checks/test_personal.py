"""Personal data is found and what looks like it is kept: measured on 2,400 invented cases, half of each."""

from __future__ import annotations

from collections import Counter

import pytest

from crawler.checks.personal import mask_personal_data
from tests.crawler.checks.personal_cases import make_cases

CASES = make_cases(1200)


def test_u06_u07_recall_and_precision_on_the_synthetic_set() -> None:
    planted = found = wrong = 0
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for case in CASES:
        masked, places = mask_personal_data(case.text)
        assert len(masked) == len(case.text)
        for start, end in case.places:
            planted += 1
            whole = all(char in "* 　-－+" for char in masked[start:end]) and "*" in masked[start:end]
            found += whole
            missed[case.kind] += not whole
        for each in places:
            outside = not any(start <= each.start and each.end <= end for start, end in case.places)
            wrong += outside
            false[case.kind] += outside
    recall, precision = found / planted, found / (found + wrong)
    assert recall >= 0.99, f"recall {recall:.4f}: {missed}"
    assert precision >= 0.95, f"precision {precision:.4f}: {false}"


KEPT = {
    "office telephone": "电话：0990-3124567，（010）66012399，传真 3124568",
    "document number": "国办公开办函〔2021〕30号，青政发〔2013〕138号",
    "credit code": "统一社会信用代码11110101MA0013800X",
    "credit code of digits": "统一社会信用代码：911101051990030756",
    "postcode": "邮编：834700",
    "office box": "xxgk@qinghe.gov.cn、qhxzwgk@163.com、jiaotong@qinghe.gov.cn",
    "office in a person's place": "联系人：政务公开办公室；负责人：办公室；填报人：综合科",
    "office of two signs": "审核人：民政\n填报人：财政所\n联系人：妇联",
    "money": "13800138000元；13912345678件",
    "ledger number": "编号：13800138000，/content/13800138000.html",
    "leader in the prose": "市长王明主持会议，单位负责人高度重视。",
    "labels at work in a sentence": "落实审核 人员责任，加强信息审核 公开把关，网站编辑 张贴公告",
    "other words behind a label": "审核人：已审核；责任编辑：管理员；联系人周一、周二值班；负责人任组长；编辑和发布",
    "office boxes at providers": "qhczj@163.com、bgs01@126.com、xinxi@qq.com、zwgk2023@sina.com",
    "number of something": "第13712345678号、工单13712345678、￥13712345678",
    "decimal": "比值1.13800138000",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_u07_what_is_kept(text: str) -> None:
    assert mask_personal_data(text) == (text, [])


MASKED = {
    "mobile": ("手机13700000000。", "手机***********。"),
    "mobile in groups": ("137-0000-0000", "*************"),
    "mobile with country": ("+86 137 0000 0000", "*****************"),
    "full-width mobile": ("１３７００００００００", "***********"),
    "mobile that is also counted": ("手机：13700000000个人", "手机：***********个人"),
    "sign-off line": ("单位负责人 :沈青禾    审核人:    填报人: 顾风", "单位负责人 :***    审核人:    填报人: **"),
    "label and name on two lines": ("填报人\n沈青禾\n2017年", "填报人\n***\n2017年"),
    "label and name in two cells": ("填报人 | 沈青禾 | 电话", "填报人 | *** | 电话"),
    "names below their labels": ("审核人 | 填报人\n顾风 | 沈 禾", "审核人 | 填报人\n** | ***"),
    "several names": ("联系人：顾风、沈青禾", "联系人：**、***"),
    "name with an office": ("联系人：顾风（政务公开科）", "联系人：**（政务公开科）"),
    "name before the telephone": ("联系人：沈青禾电话：0990-3124567", "联系人：***电话：0990-3124567"),
    "two signs that could be an office": ("审核人：李科", "审核人：**"),
    "label whose signs stand apart": ("审 核 人：沈青禾　填　报　人：顾风", "审 核 人：***　填　报　人：**"),
    "names with common words in them": ("审核人：李和平，填报人：王为民", "审核人：***，填报人：***"),
    "name that runs on from its label": ("联系人沈青禾，电话0990-3124567", "联系人***，电话0990-3124567"),
    "label of two things": ("联系人及电话：顾风 13700000000", "联系人及电话：** ***********"),
    "label that asks to sign": ("负责人（签章）：顾风  填报人姓名：沈青禾", "负责人（签章）：**  填报人姓名：***"),
    "surname that nobody listed": ("审核人：忈建国\n填报人：顾风", "审核人：***\n填报人：**"),
    "mobile with dots": ("137.0000.0000", "*************"),
    "mobile behind letters": ("Tel13700000000", "Tel***********"),
    "identity card behind letters": ("ID：110101199003070038", "ID：******************"),
    "boxes of persons": ("wxf1985@163.com", "*" * 15),
    "passport": ("护照号码E12345678", "护照号码*********"),
    "number plate": ("公务车辆车牌号：京A12345", "公务车辆车牌号：*******"),
    "old identity card": ("身份证：110101900307003", "身份证：***************"),
}


@pytest.mark.parametrize(("text", "masked"), MASKED.values(), ids=MASKED.keys())
def test_u06_what_is_masked(text: str, masked: str) -> None:
    assert mask_personal_data(text)[0] == masked


def test_what_was_found_is_told_by_kind_and_place() -> None:
    _, found = mask_personal_data("填报人：顾风，13700000000，zhangwei1990@qq.com")
    assert [(each.kind, each.start, each.end) for each in found] == [
        ("name", 4, 6),
        ("mobile", 7, 18),
        ("email", 19, 38),
    ]
