"""The data files of the forms, and the refusals of their reader."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from crawler.errors import FormError
from crawler.forms import form_digests, load_forms
from crawler.forms.labels import enumerator, is_misprint, label_key
from crawler.forms.model import Term
from crawler.forms.reader import FOLDER, read_form

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("form", "cells"), [("prose-2008", 0), ("stat-2014", 65), ("form-2019", 198), ("form-2021", 200)]
)
def test_a_form_has_the_cells_of_its_decree(form: str, cells: int) -> None:
    assert len(load_forms()[form].asked) == cells


def test_each_year_since_2008_has_one_form() -> None:
    forms = load_forms().values()
    for year in range(2008, 2031):
        assert len([form.id for form in forms if form.covers(year)]) == 1, year
    assert not [form.id for form in forms if form.covers(2007)]


def test_group_rows_have_cells_that_the_form_does_not_ask_for() -> None:
    form = load_forms()["form-2021"]
    assert form.cells["f21.t3.r3.6.np"].is_optional
    assert not load_forms()["form-2019"].cells["f19.t3.r3.6.np"].is_optional
    assert form.parts("f21.t3.r3.6.np") == ("f21.t3.r3.6.1.np", "f21.t3.r3.6.2.np", "f21.t3.r3.6.3.np")


def test_labels_and_units() -> None:
    cells = load_forms()["form-2019"].cells
    assert (cells["f19.t3.r3.1.np"].label, cells["f19.t3.r3.1.np"].unit) == ("(一)予以公开 / 自然人", "件")
    assert (cells["f19.t2.a5.licence.prev"].label, cells["f19.t2.a5.licence.prev"].unit) == (
        "行政许可 / 上一年项目数量",
        "项",
    )
    assert cells["f19.t2.a9.procure.amount"].unit is None, "the national heading names no unit"
    assert load_forms()["form-2021"].cells["f21.t4.dir.tot"].label == "行政诉讼 / 未经复议直接起诉 / 总计"
    stat = load_forms()["stat-2014"].cells
    assert (stat["s14.9.3"].label, stat["s14.9.3"].unit, stat["s14.9"].unit) == ("(三)接受培训人员数", "人次", None)


def test_identities_are_spelled_out_for_each_column_and_row() -> None:
    identities = {identity.id: identity for identity in load_forms()["form-2019"].identities}
    flow = identities["t3.flow"]
    assert [equation.scope for equation in flow.equations] == ["np", "biz", "res", "soc", "law", "oth", "tot"]
    assert flow.equations[0].left == (Term("f19.t3.r1.np"), Term("f19.t3.r2.np"))
    assert flow.equations[0].right == (Term("f19.t3.r3.7.np"), Term("f19.t3.r4.np"))
    assert len(identities["t3.sum"].equations[0].right) == 19
    assert identities["t3.sum"].equations[0].right[2].group == "f19.t3.r3.3.np"
    assert identities["t3.carry"].equations[-1].right == (Term("f19.t3.r4.tot", year=-1),)
    assert [equation.scope for equation in identities["t4.block"].equations] == [
        "f19.t4.rev",
        "f19.t4.dir",
        "f19.t4.aft",
    ]
    stock = next(identity for identity in load_forms()["form-2021"].identities if identity.id == "t2.stock")
    assert stock.equations[0].right == (
        Term("f21.t2.a1.rule.valid", year=-1),
        Term("f21.t2.a1.rule.made"),
        Term("f21.t2.a1.rule.repealed", sign=-1),
    )


def test_digests_name_every_form_and_the_forms_do_not_change() -> None:
    assert set(form_digests()) == set(load_forms())
    assert all(len(digest) == 64 for digest in form_digests().values())
    with pytest.raises(TypeError):
        load_forms()["form-2019"].cells["f19.t2.a1"] = None  # type: ignore[index]
    with pytest.raises(AttributeError):
        load_forms()["form-2019"].basis = ""  # type: ignore[misc]


FORM = """\
id = "stat-2014"
first_year = 2014
basis = "a decree"

[[table]]
kind = "stat-2014"
title = "a table"

[[table.block]]
columns = [{ key = "", label = "统计数" }]
rows = [
    { code = "s14.1", label = "一、主动公开情况" },
    { code = "s14.1.1", label = "(一)主动公开政府信息数", parent = "s14.1" },
]

[[identity]]
id = "sums"
strength = "must"
left = ["s14.1"]
relation = "="
right = ["s14.1.1"]
"""

WRONG = [
    (
        "an unknown key of a row",
        'label = "一、主动公开情况"',
        'label = "一、主动公开情况", colour = "red"',
        "1[12]: unknown key 'colour'",
    ),
    ("an unknown key of the form", "first_year", "first_report = 1\nfirst_year", ":2: unknown key 'first_report'"),
    ("a key that is missing", 'basis = "a decree"', "", "'basis' is missing"),
    ("a year in words", "2014\n", '"2014"\n', ":2: 'first_year' must be int"),
    ("a parent that does not exist", 'parent = "s14.1"', 'parent = "s14.7"', ":13: the parent 's14.7'"),
    ("a code that stands twice", '"s14.1.1"', '"s14.1"', ":12: the code 's14.1' stands twice"),
    (
        "a label that stands twice",
        '"(一)主动公开政府信息数", parent = "s14.1"',
        '"主动公开情况"',
        ":13: the label '主动公开情况'",
    ),
    ("a kind of row that is none", 'parent = "s14.1"', 'kind = "sum"', "'kind' must be one of"),
    (
        "an identity of an unknown cell",
        'right = ["s14.1.1"]',
        'right = ["s14.9"]',
        ":21: identity 'sums' names 's14.9'",
    ),
    ("an identity per nothing", 'relation = "="', 'relation = "="\nper = "page"', "identity 'sums' names 'page'"),
    ("no TOML", 'id = "stat-2014"', "id = stat", ":1: "),
]


@pytest.mark.parametrize(("old", "new", "message"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_data_file_that_is_wrong_is_refused_by_file_and_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    file = tmp_path / "invented.toml"
    file.write_text(FORM, "utf-8")
    assert read_form(file).id == "stat-2014"
    assert FORM.count(old) >= 1
    file.write_text(FORM.replace(old, new, 1), "utf-8")
    with pytest.raises(
        FormError,
        match=rf"invented\.toml:.*{message.lstrip(':')}" if message[0] != ":" else rf"invented\.toml{message}",
    ):
        read_form(file)


def test_every_data_file_is_a_form() -> None:
    assert {path.stem for path in FOLDER.glob("*-20*.toml")} == set(load_forms())


KEYS = [
    ("（一）主动公开政府信息数\n （不同渠道和方式公开相同信息计1条）", "主动公开政府信息数"),
    ("其中：主动公开规范性文件数", "主动公开规范性文件数"),
    ("本年新\n制作数量", "本年新制作数量"),
    ("3.危及“三安全一稳定”", "危及三安全一稳定"),
    ("不是《条例》所指政府信息", "不是条例所指政府信息"),
    ("第二十条第（一）项", "第二十条第一项"),
    ("第二十条第（一项）", "第二十条第一项"),
    ("部分公开（区分处理的，只计这一情形，不计其他情形", "部分公开"),
    ("上一年项目数量（指2018年事项数）", "上一年项目数量"),
    ("行政处罚（指…（含简易程序）的）", "行政处罚"),
    ("本年增／减", "本年增减"),
    ("(三)不予公开1.属于国家秘密", "不予公开属于国家秘密"),
    ("统 计 指 标", "统计指标"),
    ("1 024", ""),
    ("①涉及国家秘密", "涉及国家秘密"),
    ("——", ""),
    ("长" * 400, ""),
]


@pytest.mark.parametrize(("printed", "key"), KEYS)
def test_label_keys(printed: str, key: str) -> None:
    assert label_key(printed) == key


@pytest.mark.parametrize(
    ("printed", "number"),
    [("2.重复申请", 2), ("（六）其他处理", 6), ("十一、其他", 11), ("其中：1.当面", 1), ("总计", None)],
)
def test_enumerators(printed: str, number: int | None) -> None:
    assert enumerator(printed) == number


@pytest.mark.parametrize(
    ("printed", "label", "same"),
    [
        ("其他法律行政止公开", "其他法律行政法规禁止公开", True),
        ("其他方式回应见数", "其他方式回应事件数", True),
        ("要求行政机关确认或者重新出具已获取信息", "要求行政机关确认或重新出具已获取信息", True),
        ("属于国家秘密", "属于三类内部事务信息", False),
        ("属于工作秘密", "属于国家秘密", False),
        ("其他", "其他处理", False),
        ("属于行政执法案卷", "属于行政查询事项", False),
    ],
)
def test_misprints(printed: str, label: str, same: bool) -> None:
    assert is_misprint(printed, label) is same


@pytest.mark.shared
def test_the_forms_hold_every_code_of_the_codebook(shared: Path) -> None:
    book = json.loads((shared / "domain/codebook.json").read_text("utf-8"))
    for form in ("stat-2014", "form-2019", "form-2021"):
        read = load_forms()[form]
        rows = {row.code for table in read.tables for row in table.rows}
        blocks = {block.code for table in read.tables for block in table.blocks}
        wanted = {
            item["code"]
            for item in book["indicators"]
            if item["template"] == form and not item["kind"].startswith("column")
        }
        assert not wanted - rows - blocks - set(read.cells)
