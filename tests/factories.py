"""Reports for tests, of invented places; each argument is what a test is about."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from crawler.items import (
    Article,
    Attachment,
    Cell,
    Entry,
    Figure,
    Finding,
    Indicator,
    Issuer,
    Page,
    Period,
    Region,
    Report,
    Section,
    Source,
    Span,
    Table,
)
from crawler.outcomes import UrlOutcome

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
HOST = "http://www.qinghe.gov.cn"
OPENING = "本年度主动公开政府信息"
HEADS = ("一、主动公开情况", "二、依申请公开情况")
REST = "全年受理的申请均在规定期限内办结。公开工作仍有不足，将从平台建设、人员培训和目录更新三个方面加以改进。"


def later(**step: float) -> datetime:
    """Return an instant after noon, such as `later(days=1)`."""
    return NOON + timedelta(**step)


def make_text(count: int = 347, words: str = REST) -> str:
    """Return a report's text with one figure and one table."""
    return f"{HEADS[0]}\n{OPENING}{count}条。\n项目 | 件数\n规章 | {count}\n{HEADS[1]}\n{words}"


def make_report(
    url: str = f"{HOST}/xxgk/2024/content_1.html",
    *,
    issuer: str | None = "青禾市财政局",
    year: int | None = 2023,
    region: tuple[str, str] | None = ("990100", "云岭省青禾市"),
    count: int = 347,
    text: str | None = None,
    kind: str = "disclosure",
    at: datetime | None = NOON,
    body: bytes = b"",
    portal: str = "qinghe",
    derived_from: str = "1",
    **fields: Any,
) -> Report:
    """Return a whole report that a crawl read."""
    text = make_text(count) if text is None else text
    body = body or text.encode("utf-8", "replace")
    source = Source(url=url, sha256=hashlib.sha256(body).hexdigest(), charset="utf-8", charset_reading="utf-8")
    entry = Entry(url=url, title=f"{issuer}{year}年政府信息公开工作年度报告")
    page = Page(url=url, body=body, content_type="text/html", fetched_at=at, portal=portal, entry=entry)
    return Report(
        **{
            "article": Article(page=page, source=source, page_kind="report"),
            "source": source,
            "page_kind": "report",
            "report_kind": kind,
            "title": entry.title,
            "issuer": Issuer(name=issuer, kind="department", reading="title", raw=issuer),
            "region": Region(code=region[0], name=region[1], level="prefecture", matched_year=year, reading="issuer")
            if region
            else Region(),
            "report_year": year,
            "period": Period(start=date(year, 1, 1), end=date(year, 12, 31)) if year else None,
            "published_on": date(2024, 1, 31),
            "published_on_raw": "2024-01-31",
            "published_on_reading": "meta PubDate",
            "form": "form-2021",
            "text": text,
            **make_parts(text, count),
            "derived_from": {"extractor": derived_from, "forms": "5f1a"},
            **fields,
        }
    )


def make_parts(text: str, count: int) -> dict[str, Any]:
    """Return the lists of a report, with evidence of both kinds, numbers of every sort and a blank cell."""
    place = max(text.find(f"{count}条"), 0)
    span = Span(start=place, end=place + len(f"{count}条"))
    cell = Cell(table=0, row=1, column=1)
    figure = {"value": Decimal(count), "unit": "条", "qualifier": None, "evidence": span}
    return {
        "sections": [
            Section(number=1, heading=HEADS[0], kind="proactive", start=0, end=min(40, len(text))),
            Section(number=None, heading="附件", kind="other", start=min(40, len(text)), end=len(text)),
        ],
        "tables": [
            Table(
                rows=[["项目", "件数"], ["规章", str(count)], ["合计", "—"]], caption="表一", kind="t2", start=3, end=9
            )
        ],
        "indicators": [
            make_indicator("f21.t2.a1.rule.made", Decimal(count), str(count), cell),
            make_indicator("f21.t2.a8.fee.amount", Decimal("1843.60"), "1843.60", cell),
            make_indicator("f21.t2.a1.rule.delta", Decimal("-3.2"), "-3.2", cell),
            make_indicator("f21.t3.r1.np", None, "-", cell),
            replace(make_indicator("f21.p.total", Decimal(count), f"{count}条", span), where="prose"),
        ],
        "figures": [
            Figure(label="主动公开政府信息", code="f21.p.total", **figure),
            Figure(label="满意率", **{**figure, "value": Decimal("99.50"), "unit": "%", "qualifier": "约"}),
        ],
        "attachments": [Attachment(url=f"{HOST}/a.pdf", name="年报.pdf", media_type="application/pdf")],
        "findings": [
            Finding(code="sums.t2.total", severity="warning", message="347 ≠ 348", evidence=[cell, span]),
            Finding(code="tables.missing", severity="info", message="table 4 is missing"),
        ],
    }


def make_indicator(code: str, value: Decimal | None, raw: str, evidence: Cell | Span) -> Indicator:
    """Return an indicator of a table."""
    return Indicator(code=code, label="规章", value=value, unit="件", raw=raw, where="table", evidence=evidence)


def make_outcome(report_or_url: Report | str, outcome: str = "report", **fields: Any) -> UrlOutcome:
    """Return what is said of an address."""
    url = report_or_url if isinstance(report_or_url, str) else report_or_url.article.page.url
    return UrlOutcome(**{"portal": "qinghe", "url": url, "role": "entry", "outcome": outcome, **fields})


AWKWARD = "=1+1\n+cmd|' /C calc'!A0\r\n\t@x\n－1+A1,\"引号\",;=2\n\u2028段\x0b\x01\ufffe\U00020000\n"


AWKWARD_VALUES = (
    (None, "110101199001011234"),
    (None, ""),
    (Decimal(0), "0"),
    (Decimal("-0.5"), "－0.5"),
    (Decimal("12345678901234567890"), "12345678901234567890"),
    (None, '=HYPERLINK("http://x","1")'),
    (None, "👩‍👩‍👧 🇨🇳 e\u0301 \u200b\ufeff"),
)
"""Numbers and what was printed of them: null is not 0, and 0 is not an empty text."""


def awkward_report() -> Report:
    """Return a report with all that a format could spoil: formulas, quotes, breaks, controls, rare characters."""
    report = make_report("http://www.qinghe.gov.cn/a=1.html", issuer='=青禾市,"局"\n二', text=AWKWARD + "长" * 33_000)
    report.title = "'=SUM(A1:A9)"
    report.indicators += [
        Indicator(
            code="f21.t3.r1.np",
            label="-标签",
            value=value,
            unit="" if value else None,
            raw=raw,
            where="prose",
            evidence=Span(start=0, end=2),
        )
        for value, raw in AWKWARD_VALUES
    ]
    return report
