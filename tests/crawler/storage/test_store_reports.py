"""Reports in the store: the same one once, whatever the address, the order and the number of deliveries."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Attachment, Issuer, Region
from crawler.record import dump_record, record_from
from crawler.storage import Filters, Store
from crawler.storage.compare import Change
from crawler.storage.identity import full_issuer, identify, is_same_document, similarity
from tests.factories import HOST, NOON, REST, later, make_outcome, make_report, make_text

A, B, C = f"{HOST}/a.html", f"{HOST}/b.html", f"{HOST}/c.html"
LONG = REST + "".join(
    f"{what}{how}。"
    for what in ("公文", "预算", "招标", "征收", "救助", "教育", "环保")
    for how in ("按时发布并附解读", "分类归档便于查询")
)
OTHER = "本单位未收到涉及政府信息公开的行政复议和行政诉讼，政务新媒体运行平稳，政策问答平台全年有人值守。"


def keep(store: Store, *reports) -> list[str]:
    return [store.save_report(report, make_outcome(report), NOON).news for report in reports]


def versions(store: Store) -> list[tuple]:
    with store.snapshot() as connection:
        return [
            tuple(row)
            for row in connection.exec_driver_sql("SELECT number, cause, is_current FROM versions ORDER BY id")
        ]


def events(store: Store) -> list[str]:
    with store.snapshot() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT event FROM events ORDER BY id")]


def changes(store: Store) -> list[Change]:
    with store.snapshot() as connection:
        rows = connection.exec_driver_sql("SELECT what, name, old, new FROM changes ORDER BY version_id, position")
        return [Change(*row) for row in rows]


def test_a_report_comes_back_as_the_same_record_byte_for_byte(store: Store) -> None:
    report = make_report()
    keep(store, report)
    (stored,) = store.iter_reports()
    assert dump_record(record_from(stored.report)) == dump_record(record_from(report))
    assert [each.value for each in stored.report.indicators] == [each.value for each in report.indicators]


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(make_report(issuer=None, year=None, region=None, form=None), id="nothing known"),
        pytest.param(make_report(published_on=None, published_on_raw="2024年1月"), id="a date without its day"),
        pytest.param(make_report(text=""), id="no text"),
        pytest.param(make_report(text="a\u2028b\u0085c\ufffe😀\U00020bb7"), id="line separators and rare characters"),
        pytest.param(
            make_report(sections=[], tables=[], indicators=[], figures=[], attachments=[], findings=[]), id="no parts"
        ),
    ],
)
def test_bare_and_odd_reports_come_back_too(store: Store, report) -> None:
    keep(store, report)
    (stored,) = store.iter_reports()
    assert dump_record(record_from(stored.report)) == dump_record(record_from(report))


def test_m16_characters_no_database_takes_are_replaced_one_for_one(store: Store) -> None:
    keep(store, make_report(text="甲\x00乙\ud800丙" + make_text()))
    (stored,) = store.iter_reports()
    assert stored.report.text.startswith("甲\ufffd乙\ufffd丙一")


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_numbers_keep_every_digit(value: Decimal) -> None:
    from crawler.storage.types import ExactNumber

    written = ExactNumber().process_bind_param(value, None)  # type: ignore[arg-type]
    back = ExactNumber().process_result_value(written, None)  # type: ignore[arg-type]
    assert back.as_tuple() == value.as_tuple()


def test_n01_the_same_run_three_times_adds_nothing(store: Store) -> None:
    reports = [make_report(A), make_report(B, issuer="青禾市民政局"), make_report(C, year=2022)]
    assert keep(store, *reports) == ["new"] * 3
    for _ in range(2):
        assert keep(store, *reports) == ["unchanged"] * 3
    assert len(versions(store)) == 3


@pytest.mark.parametrize("seed", range(2))
def test_n02_n03_deliveries_in_any_number_and_order_make_one_row_each(store: Store, seed: int) -> None:
    reports = [make_report(f"{HOST}/{number}.html", issuer=f"青禾市第{number}局") for number in range(8)]
    chance = random.Random(seed)
    deliveries = [report for report in reports for _ in range(chance.randint(1, 5))]
    chance.shuffle(deliveries)
    news = keep(store, *deliveries)
    assert news.count("new") == 8
    assert news.count("changed") == 0
    assert len(versions(store)) == len(list(store.iter_reports())) == 8


def test_n04_an_older_fetch_that_comes_late_does_not_become_current(store: Store) -> None:
    keep(store, make_report(count=400, at=later(days=2)))
    assert keep(store, make_report(count=347, at=NOON)) == ["unchanged"]
    assert versions(store) == [(1, "first", 1), (2, "late", 0)]
    (stored,) = store.iter_reports()
    assert "400条" in stored.report.text


@pytest.mark.parametrize("told", ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2099 00:00:00 GMT", "yesterday", ""])
def test_o04_what_a_server_says_of_a_page_s_age_orders_nothing(store: Store, told: str) -> None:
    newer, older = make_report(count=400, at=later(days=2)), make_report(count=347, at=NOON)
    older.article.page.last_modified = told
    newer.article.page.last_modified = "Mon, 02 Jan 2006 00:00:00 GMT"
    keep(store, newer, older)
    (stored,) = store.iter_reports()
    assert "400条" in stored.report.text


def test_n06_q05_one_report_at_three_addresses_is_one_report_with_three_sources(store: Store) -> None:
    mirror = make_report("http://www.yunling.gov.cn/qinghe/1.html")
    assert keep(store, make_report(A), mirror, make_report(B)) == ["new", "unchanged", "unchanged"]
    (stored,) = store.iter_reports()
    assert stored.urls == (A, B, mirror.source.url)
    assert store.find_breaches() == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("http://www.qinghe.gov.cn/a.html", "https://www.qinghe.gov.cn/a.html", id="https"),
        pytest.param("http://www.qinghe.gov.cn/a.html", "http://qinghe.gov.cn/a.html", id="without www"),
        pytest.param("http://www.qinghe.gov.cn/nb/index.html", "http://www.qinghe.gov.cn/nb/", id="index page"),
    ],
)
def test_n06_spellings_of_one_address_are_one_source(store: Store, one: str, other: str) -> None:
    assert keep(store, make_report(one), make_report(other)) == ["new", "unchanged"]
    (stored,) = store.iter_reports()
    assert len(stored.urls) == 1


def test_n06_a_mirror_with_stray_lines_is_the_same_document(store: Store) -> None:
    mirror = make_report(B, text=make_text(words=LONG) + "\n打印本页 关闭窗口")
    assert keep(store, make_report(A, text=make_text(words=LONG)), mirror, mirror) == ["new", "unchanged", "unchanged"]
    assert len(versions(store)) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(make_report(B, issuer="青禾市民政局"), id="another department"),
        pytest.param(make_report(B, region=("990200", "云岭省松川市")), id="the same name in another city"),
        pytest.param(make_report(B, year=2022), id="another year"),
        pytest.param(make_report(B, issuer=None), id="unknown issuer"),
        pytest.param(make_report(B, year=None), id="unknown year"),
    ],
)
def test_n07_two_reports_are_two_records_even_with_the_same_text(store: Store, other) -> None:
    assert keep(store, make_report(A), other) == ["new", "new"]
    assert len({stored.id for stored in store.iter_reports()}) == 2


def test_n07_unknown_issuers_are_never_joined(store: Store) -> None:
    assert keep(store, make_report(A, issuer=None), make_report(B, issuer=None)) == ["new", "new"]


def test_n07_without_a_region_the_host_keeps_two_departments_apart(store: Store) -> None:
    here = make_report(A, issuer="财政局", region=None)
    there = make_report("http://www.songchuan.gov.cn/a.html", issuer="财政局", region=None)
    assert keep(store, here, there) == ["new", "new"]
    assert identify(here) != identify(there)


def test_another_document_of_the_same_report_is_a_further_rendition(store: Store) -> None:
    text = make_report(A, text=make_text(words=LONG))
    leaflet = make_report(B, text=OTHER, indicators=[], tables=[], figures=[], sections=[])
    corrected = make_report(C, text=make_text(count=348, words=LONG), count=348)
    assert keep(store, text, leaflet, corrected, text, leaflet, corrected) == ["new"] * 3 + ["unchanged"] * 3
    found = list(store.iter_reports())
    assert [(stored.rendition, stored.urls) for stored in found] == [(1, (A,)), (2, (B,)), (3, (C,))]
    assert len({stored.id for stored in found}) == 1


def test_q01_counters_and_menus_change_bytes_alone(store: Store) -> None:
    pages = [make_report(A, body=f"<p>访问量 {count}</p>".encode()) for count in range(4)]
    assert keep(store, *pages) == ["new", "unchanged", "unchanged", "unchanged"]


def test_q02_one_digit_makes_a_version_that_says_which(store: Store) -> None:
    keep(store, make_report(A, count=347), make_report(A, count=348, at=later(days=30)))
    assert versions(store) == [(1, "first", 0), (2, "site", 1)]
    assert changes(store) == [
        Change("indicator", "f21.t2.a1.rule.made", "347", "348"),
        Change("indicator", "f21.p.total", "347条", "348条"),
        Change("paragraph", "2", "本年度主动公开政府信息347条。", "本年度主动公开政府信息348条。"),
        Change("paragraph", "4", "规章 | 347", "规章 | 348"),
    ]


def test_q02_a_date_that_is_corrected_beside_the_document_is_a_version_of_the_page(store: Store) -> None:
    corrected = make_report(A, published_on=make_report().published_on.replace(day=30), at=later(days=1))
    assert keep(store, make_report(A), corrected) == ["new", "changed"]
    assert versions(store)[-1] == (2, "page", 1)
    assert changes(store) == [Change("fact", "published_on", "2024-01-31", "2024-01-30")]


def test_q03_a_mirror_that_follows_makes_no_version(store: Store) -> None:
    first = [make_report(A, text=make_text(words=LONG)), make_report(B, text=make_text(words=LONG) + "\n打印")]
    second = [
        make_report(A, text=make_text(348, words=LONG), count=348, at=later(days=1)),
        make_report(B, text=make_text(348, words=LONG) + "\n打印", count=348, at=later(days=2)),
    ]
    assert keep(store, *first, *second) == ["new", "unchanged", "changed", "unchanged"]
    assert len(versions(store)) == 2


def test_q03_a_mirror_that_lags_does_not_bring_the_old_version_back(store: Store) -> None:
    keep(store, make_report(A), make_report(B), make_report(A, count=348, at=later(days=1)))
    assert keep(store, make_report(B, at=later(days=2))) == ["unchanged"]
    (stored,) = store.iter_reports()
    assert "348条" in stored.report.text


def test_q04_withdrawn_and_restored_keeps_its_history(store: Store) -> None:
    keep(store, make_report(A))
    store.record_outcome(make_outcome(A, "gone", reason="http_404", http_status=404), later(days=1))
    (stored,) = store.iter_reports()
    assert stored.withdrawn
    store.record_outcome(make_outcome(A, "gone", reason="http_404", http_status=404), later(days=2))
    assert keep(store, make_report(A, at=later(days=3))) == ["unchanged"]
    (stored,) = store.iter_reports()
    assert not stored.withdrawn
    assert events(store) == ["withdrawn", "restored"]


def test_q06_flapping_between_two_states_makes_two_versions(store: Store) -> None:
    for day in range(6):
        keep(store, make_report(A, count=347 + day % 2, at=later(days=day)))
    assert len(versions(store)) == 2
    assert events(store) == ["returned"] * 4
    assert [number for number, _, current in versions(store) if current] == [2]


def test_q08_a_better_reading_of_the_same_page_is_a_derivation(store: Store) -> None:
    better = make_report(A, derived_from="2", form="form-2019", at=later(days=1))
    assert keep(store, make_report(A), better) == ["new", "changed"]
    assert versions(store)[-1] == (2, "derivation", 1)


def test_q08_a_newer_extractor_that_reads_the_same_makes_no_version_but_is_named(store: Store) -> None:
    assert keep(store, make_report(A), make_report(A, derived_from="2", at=later(days=1))) == ["new", "unchanged"]
    (stored,) = store.iter_reports()
    assert stored.report.derived_from["extractor"] == "2"


def test_an_address_that_always_shows_the_latest_leaves_the_last_one_in_place(store: Store) -> None:
    this_year = make_report(A, year=2024, count=512, at=later(days=360))
    assert keep(store, make_report(A, year=2023), this_year) == ["new", "new"]
    assert [(each.report.report_year, each.withdrawn) for each in store.iter_reports()] == [(2023, True), (2024, False)]
    assert events(store) == ["replaced"]
    assert store.find_breaches() == []


def test_the_same_page_told_apart_better_is_no_second_report(store: Store) -> None:
    unknown = make_report(A, issuer=None)
    told = make_report(A, derived_from="2", at=later(days=1))
    assert keep(store, unknown, told) == ["new", "new"]
    (stored,) = store.iter_reports()
    assert stored.report.issuer.name == "青禾市财政局"
    assert keep(store, make_report(A, issuer=None, at=later(days=2))) == ["unchanged"], "and back again"
    assert len(list(store.iter_reports())) == 1
    assert store.find_breaches() == []


def test_what_turns_out_to_be_no_report_leaves_the_dataset(store: Store) -> None:
    keep(store, make_report(A))
    notice = make_report(A, kind="notice", derived_from="2", at=later(days=1))
    store.reject(notice, make_outcome(notice, "lookalike", reason="notice"), later(days=1))
    assert list(store.iter_reports()) == []
    assert events(store) == ["reread"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [A, B, C]),
        (Filters(years=frozenset({2023})), [B]),
        (Filters(region="9902"), [C]),
        (Filters(region="松川"), [C]),
        (Filters(issuer="财政"), [A, B]),
        (Filters(form="form-2019"), [A]),
        (Filters(issuer="%"), []),
        (Filters(years=frozenset({2023}), region="9902"), []),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_reports_are_chosen_and_come_in_one_order(store: Store, filters: Filters, expected: list[str]) -> None:
    reports = [
        make_report(C, year=2024, region=("990200", "云岭省松川市"), issuer="松川市民政局"),
        make_report(B),
        make_report(A, year=2019, form="form-2019"),
    ]
    keep(store, *reports)
    found = list(store.iter_reports(filters))
    assert [stored.report.source.url for stored in found] == expected
    assert store.count_reports(filters) == len(expected)


@pytest.mark.parametrize(
    ("name", "region", "expected"),
    [
        ("云岭省青禾市人民政府", "云岭省青禾市", "云岭省青禾市人民政府"),
        ("青禾市人民政府", "云岭省青禾市", "云岭省青禾市人民政府"),
        ("民政局", "云岭省青禾市", "云岭省青禾市民政局"),
        ("市场监督管理局", "云岭省青禾市", "云岭省青禾市市场监督管理局"),
        ("柳溪镇人民政府", "云岭省青禾市", "云岭省青禾市柳溪镇人民政府"),
        ("青禾市 财政局", "云岭省青禾市", "云岭省青禾市财政局"),
        ("财政部", None, "财政部"),
    ],
)
def test_an_issuer_has_one_name_however_much_of_its_region_is_printed(name, region, expected) -> None:
    assert full_issuer(name, Region(name=region)) == expected


SAME = [
    ("松川开发区", "松川开发区管委会", "松川开发区管理委员会"),
    ("青禾市高新区管委会", "青禾市高新区管理委员会", "青禾市高新区"),
    ("青禾市政府", "青禾市人民政府", "云岭省青禾市政府", "青禾市", "云岭省青禾市人民政府"),
    ("青禾市政府办公室", "青禾市人民政府办公室"),
    ("青禾市发改委", "青禾市发展改革委", "青禾市发展和改革委员会", "发展改革委员会"),
    ("青禾市人社局", "青禾市人力资源社会保障局", "青禾市人力资源和社会保障局"),
    ("青禾市市监局", "青禾市市场监管局", "市场监督管理局"),
    ("青禾市卫健委", "青禾市卫生健康委", "青禾市卫生健康委员会"),
    ("青禾市国资委", "青禾市国有资产监督管理委员会"),
    ("青禾市住建局", "住房和城乡建设局"),
    ("柳溪镇", "柳溪镇政府", "青禾市柳溪镇人民政府"),
    ("城南街道", "城南街道办", "城南街道办事处"),
    ("青禾市财政局",),
    ("青禾市教育局",),
    ("青禾市科技局", "青禾市科学技术局"),
    ("青禾市经开区管委会",),
    ("青禾市经济开发区管委会",),
    ("青禾市经济技术开发区管委会",),
    ("青禾市卫生健康局",),
    ("青禾市发改局", "青禾市发展和改革局"),
    ("青禾市委办公室",),
    ("中共青禾市委",),
    ("青禾市柳溪乡人民政府",),
    ("青禾市人民政府外事办公室",),
    ("青禾市委员会",),
    ("国务院国有资产监督管理委员会",),
]
"""The spellings of one body on a line; another body on each."""


@pytest.mark.parametrize("spellings", SAME, ids=lambda names: names[-1])
def test_a_body_under_many_spellings_is_one_and_no_other(spellings: tuple[str, ...]) -> None:
    region = Region(name="云岭省青禾市", code="990100")
    full = {full_issuer(name, region) for name in spellings}
    assert len(full) == 1
    others = {full_issuer(name, region) for line in SAME if line is not spellings for name in line}
    assert not full & others


def test_spellings_of_one_body_join_renditions_and_offices_do_not(store: Store) -> None:
    names = ("青禾市政府", "青禾市人民政府", "青禾市人民政府办公室", "青禾市政府办公室", "青禾市发改委")
    reports = [make_report(f"{A}?{place}", issuer=name, count=300 + place) for place, name in enumerate(names)]
    assert keep(store, *reports) == ["new"] * 5
    held = [(stored.rendition, stored.report.issuer.name) for stored in store.iter_reports()]
    assert len({stored.id for stored in store.iter_reports()}) == 3
    assert sorted(number for number, _ in held) == [1, 1, 1, 2, 2]


def test_a_report_is_told_by_who_and_when_and_not_by_its_words() -> None:
    one, other = make_report(A), make_report(B, text=OTHER, title="年报", issuer="云岭省青禾市财政局")
    assert identify(one) == identify(other)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param({"text": make_text(words=LONG).replace("，", ", ")}, True, id="other punctuation"),
        pytest.param({"text": make_text(words=LONG) + "\n" + OTHER * 4}, False, id="half as long again"),
        pytest.param({"text": ""}, False, id="a picture"),
        pytest.param({"count": 348, "text": make_text(words=LONG)}, False, id="another number in a cell"),
    ],
)
def test_two_documents_are_the_same_when_numbers_and_nearly_all_words_are(other: dict, same: bool) -> None:
    assert is_same_document(make_report(A, text=make_text(words=LONG)), make_report(B, **other)) is same


def test_without_indicators_every_number_of_the_text_must_be_equal() -> None:
    one, other = (
        make_report(A, indicators=[], text=make_text(count, words=LONG + OTHER), count=count) for count in (347, 348)
    )
    assert similarity(one.text, other.text) > 0.9
    assert not is_same_document(one, other)


def test_an_attachment_that_is_exchanged_is_a_change_of_the_document(store: Store) -> None:
    other = make_report(A, attachments=[Attachment(url=f"{HOST}/b.pdf", name="年报.pdf")], at=later(days=1))
    assert keep(store, make_report(A), other) == ["new", "changed"]
    assert versions(store)[-1][1] == "site"


def test_an_issuer_named_at_more_length_joins(store: Store) -> None:
    longer = make_report(B, issuer="云岭省青禾市财政局")
    longer.issuer = Issuer(name="云岭省青禾市财政局", kind="department")
    assert keep(store, make_report(A), longer) == ["new", "unchanged"]
