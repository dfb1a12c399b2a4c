"""One store of invented reports of every form, and what is awkward to export."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.synthetic import first_reports, iter_reports, keep_all
from crawler.items import Indicator, Report, Span
from crawler.storage import Store, open_store
from tests.factories import NOON, later, make_outcome, make_report

AWKWARD = "=1+1\n+cmd|' /C calc'!A0\r\n\t@x\n－1+A1,\"引号\",;=2\n\u2028段\x0b\x01\ufffe\U00020000\n"


def awkward_report() -> Report:
    report = make_report("http://www.qinghe.gov.cn/a=1.html", issuer='=青禾市,"局"\n二', text=AWKWARD + "长" * 33_000)
    report.title = "'=SUM(A1:A9)"
    report.indicators.append(
        Indicator(
            code="f21.t3.r1.np",
            label="-标签",
            value=None,
            unit=None,
            raw="110101199001011234",
            where="prose",
            evidence=Span(start=0, end=2),
        )
    )
    return report


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("store")
    with open_store(f"sqlite:///{folder}/store.sqlite3", create=True) as opened:
        opened.begin_run(NOON, owner="test:1", program="gov_reports/0")
        keep_all(opened, iter_reports(30))
        for report in (awkward_report(), make_report(), make_report(count=348, at=later(days=1))):
            opened.save_report(report, make_outcome(report), NOON)
        gone = make_report("http://www.qinghe.gov.cn/gone.html", issuer=None, year=None, region=None)
        opened.save_report(gone, make_outcome(gone), NOON)
        opened.record_outcome(make_outcome(gone, "gone", reason="http_404"), later(days=2))
        yield opened


@pytest.fixture(scope="session")
def reports() -> list[Report]:
    return first_reports(20)
