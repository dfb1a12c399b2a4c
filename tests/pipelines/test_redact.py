"""Personal data goes from every field that leaves the line, and every offset still holds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from crawler.checks.verdict import verdict
from crawler.items import Attachment, Cell, Figure, Finding, Indicator, Section, Span, Table
from crawler.record import dump_record, record_from
from crawler.storage.rows import part_rows, version_row
from pipelines.check import CheckReport
from pipelines.redact import RedactPersonalData
from tests.factories import make_outcome, make_report

MOBILE = "13700001234"
LONG, SHORT = "沈青禾", "顾风"
TEXT = (
    f"一、概述 联系人：{LONG}\n主动公开政府信息3条，咨询电话{MOBILE}。\n指标 | 数量\n"
    f"单位负责人 | 审核人 | 填报人\n{SHORT} | {LONG} | 王一\n联系电话 | {MOBILE}\n{LONG}同志负责，"
    "邮箱 shenqinghe@163.com，办公电话0990-3124567，xxgk@qinghe.gov.cn，91110000100000000X"
)


def make_signed():
    start = TEXT.index("指标 | ")
    table = Table(
        rows=[
            ["指标", "数量", "数量", "数量"],
            ["单位负责人", "单位负责人", "审核人", "填报人"],
            [SHORT, SHORT, LONG, "王一"],
            ["联系电话", MOBILE, MOBILE, MOBILE],
        ],
        caption=f"填报人：{LONG}",
        start=start,
        end=TEXT.index(f"\n{LONG}同志"),
    )
    place = TEXT.index("3条")
    phone = TEXT.index(MOBILE)
    report = make_report(
        text=TEXT,
        title=f"青禾市财政局2023年政府信息公开工作年度报告（联系人：{LONG}）",
        tables=[table],
        indicators=[
            Indicator(
                code="a",
                label="x",
                value=Decimal(MOBILE),
                unit="件",
                raw=MOBILE,
                where="table",
                evidence=Cell(table=0, row=3, column=1),
            ),
            Indicator(
                code="b",
                label="x",
                value=Decimal(3),
                unit="条",
                raw="3条",
                where="prose",
                evidence=Span(start=place, end=place + 2),
            ),
        ],
        figures=[
            Figure(
                label="电话",
                value=Decimal(MOBILE),
                unit=None,
                qualifier=None,
                evidence=Span(start=phone, end=phone + 11),
            ),
            Figure(
                label=f"{LONG}公开",
                value=Decimal(3),
                unit="条",
                qualifier=None,
                evidence=Span(start=place, end=place + 2),
            ),
        ],
        sections=[Section(number=1, heading=f"一、概述 联系人：{LONG}", kind="overview", start=0, end=len(TEXT))],
        attachments=[Attachment(url="http://a.gov.cn/1.doc", name=f"附件（联系人：{LONG}）.doc")],
        findings=[Finding(code="x.y", severity="info", message=f"see {MOBILE}")],
    )
    report.article.text = TEXT
    report.article.byline = [f"责任编辑：{LONG}"]
    report.article.meta = {"author": LONG}
    report.article.page.entry.title = f"年度报告（联系人：{LONG}）"
    return report


def test_u06_nothing_personal_is_left_in_what_is_kept_or_exported() -> None:
    report = RedactPersonalData().process_item(make_signed())
    kept = f"{dump_record(record_from(report))}{version_row(report)}{part_rows(report)}{report.article.byline}"
    kept += f"{report.article.meta}{report.article.page.entry.title}{report.article.text}"
    for word in (MOBILE, LONG, SHORT, "王一", "shenqinghe"):
        assert word not in kept
    for word in ("0990-3124567", "xxgk@qinghe.gov.cn", "91110000100000000X"):
        assert word in report.text


def test_offsets_and_cells_still_hold() -> None:
    report = RedactPersonalData().process_item(make_signed())
    assert len(report.text) == len(TEXT)
    phone, three = report.indicators
    assert (phone.value, phone.raw) == (None, "*" * 11)
    assert report.tables[0].rows[3][1] == phone.raw
    assert report.text[three.evidence.start : three.evidence.end] == three.raw == "3条"
    assert [figure.value for figure in report.figures] == [3]
    section = report.sections[0]
    assert report.text[section.start : section.start + len(section.heading)] == section.heading
    table = report.tables[0]
    assert table.rows[2] == ["**", "**", "***", "**"]
    assert table.rows[1] == ["单位负责人", "单位负责人", "审核人", "填报人"]


def test_each_kind_is_a_finding_without_what_was_found() -> None:
    report = RedactPersonalData().process_item(make_signed())
    codes = {finding.code: finding for finding in report.findings}
    assert {"personal.mobile", "personal.name", "personal.email"} <= codes.keys()
    assert all(report.text[span.start : span.end].strip("*") == "" for span in codes["personal.name"].evidence)
    assert verdict(report.findings) == "publish"


def test_masking_twice_changes_nothing_more() -> None:
    once = RedactPersonalData().process_item(make_signed())
    text, rows = once.text, [list(row) for row in once.tables[0].rows]
    twice = RedactPersonalData().process_item(replace(once))
    assert (twice.text, twice.tables[0].rows) == (text, rows)


def test_other_items_pass() -> None:
    assert RedactPersonalData().process_item("row") == "row"
    assert CheckReport().process_item("row") == "row"


def test_a_report_with_nothing_personal_stays_as_it_is() -> None:
    report = make_report()
    assert record_from(RedactPersonalData().process_item(make_report())) == record_from(report)


def test_findings_of_the_checks_are_added() -> None:
    report = CheckReport().process_item(make_report(text="国办发〔201619号文件", findings=[]))
    assert "lost.digits" in {finding.code for finding in report.findings}


def test_titles_of_links_are_masked_too() -> None:
    stage = RedactPersonalData()
    told = make_outcome("http://a.gov.cn/1", outcome="lookalike", title=f"招聘公告（联系人：{LONG}，{MOBILE}）")
    assert stage.process_item(told).title == f"招聘公告（联系人：{'*' * 3}，{'*' * 11}）"
    plain = make_outcome("http://a.gov.cn/1", title="年度报告")
    assert stage.process_item(plain) is plain
