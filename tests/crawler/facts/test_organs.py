"""Names of organs."""

from __future__ import annotations

import pytest

from crawler.facts.organs import clean_organ, is_same_organ, kind_of_organ, organ_of_site

RAW = {
    "clean": ("青禾市财政局", "青禾市财政局"),
    "year before and behind": ("2025青禾县大坪乡2025年度", "青禾县大坪乡"),
    "marks round": ("《 青禾市财政局 》", "青禾市财政局"),
    "a tag before": ("【年报】青禾市财政局", "青禾市财政局"),
    "about": ("关于公布青禾市财政局", "青禾市财政局"),
    "about behind": ("青禾市人民政府办公厅关于2010年", "青禾市人民政府办公厅"),
    "office": ("青禾区人民政府办公室", "青禾区人民政府办公室"),
    "brackets kept": ("青禾新区（青禾区）", "青禾新区(青禾区)"),
    "year in brackets": ("青禾市教育局（2020年）", "青禾市教育局"),
    "place alone": ("全州县", "全州县"),
    "our bureau": ("我局", None),
    "all departments": ("市直各部门", None),
    "a column": ("政府信息公开年报", None),
    "a newspaper": ("青禾日报", None),
    "this site": ("本网", None),
    "a person or a word": ("管理员", None),
    "too short": ("局", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("raw", "name"), RAW.values(), ids=RAW)
def test_clean_organ(raw: str, name: str | None) -> None:
    assert clean_organ(raw) == name


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("青禾市人民政府门户网站", "青禾市人民政府"),
        ("青禾市财政局官方网站", "青禾市财政局"),
        ("中国·山东", "山东"),
        ("欢迎访问青禾县人民政府网", "青禾县人民政府"),
        ("政府信息公开平台", None),
        ("网站", None),
    ],
)
def test_organ_of_site(site: str, name: str | None) -> None:
    assert organ_of_site(site) == name


KINDS = {
    "government": ("青禾市人民政府", False, False, "government"),
    "a place's name": ("青禾市", True, False, "government"),
    "prefecture": ("青禾地区行政公署", False, False, "government"),
    "office of a government": ("青禾市人民政府办公室", False, False, "department"),
    "department": ("青禾市财政局", False, False, "department"),
    "town": ("青禾县大坪镇", False, False, "town"),
    "town government": ("青禾县大坪乡人民政府", False, False, "town"),
    "street office": ("青禾区城南街道办事处", False, False, "town"),
    "department for villages": ("青禾县乡村振兴局", False, False, "department"),
    "zone": ("青禾经济开发区管委会", False, True, "zone"),
    "zone's name": ("青禾新区", True, True, "zone"),
    "department of a zone": ("青禾新区教育局", False, True, "department"),
    "court": ("青禾县人民法院", False, False, "other"),
    "company": ("国网青禾县供电公司", False, False, "other"),
}


@pytest.mark.parametrize(("name", "place", "zone", "kind"), KINDS.values(), ids=KINDS)
def test_kinds(name: str, place: bool, zone: bool, kind: str) -> None:
    assert kind_of_organ(name, is_place=place, is_zone=zone) == kind


SAME = {
    "short form": ("汕尾市发改委", "汕尾市发展和改革委员会", True),
    "with and without its place": ("汕尾市民政局", "民政局", True),
    "government and its office": ("汕尾市人民政府", "汕尾市人民政府办公室", True),
    "place and government": ("汕尾市", "汕尾市人民政府", True),
    "committee and its short form": ("汕尾新区管委会", "汕尾新区管理委员会", True),
    "two bureaus": ("汕尾市体育局", "汕尾市教育局", False),
    "bureau and commission": ("汕尾市教育局", "汕尾市卫生健康委员会", False),
}


@pytest.mark.parametrize(("one", "other", "same"), SAME.values(), ids=SAME)
def test_is_same_organ(one: str, other: str, same: bool) -> None:
    assert is_same_organ(one, other) is same
    assert is_same_organ(other, one) is same
