"""Real pages: no sign of tampering in genuine ones, and the copy among the saved texts is held back."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.checks import check_report
from crawler.checks.redaction import redact
from crawler.checks.verdict import verdict
from crawler.errors import PageError
from crawler.items import Page, Report
from crawler.parsing.article import read_article
from pipelines.clean import CleanText
from pipelines.extract import ExtractReport

EACH = 3
"""Of the mirrored pages every third is read."""


def read(path: Path) -> Report:
    item: object = CleanText().process_item(read_article(Page(url="", body=path.read_bytes(), path=str(path))))
    report = ExtractReport().process_item(item)
    assert isinstance(report, Report)
    report.findings += check_report(report)
    return report


def pages(shared: Path) -> list[Path]:
    """Articles, and part of a county's portal; the other mirror is a re-hoster's, who altered names."""
    mirrored = sorted((shared / "pages/html/site-zhecheng").rglob("*.html"))
    return [*sorted((shared / "pages/html").glob("article-*.html")), *mirrored[::EACH]]


@pytest.mark.shared
def test_genuine_pages_show_no_sign_of_tampering(shared: Path) -> None:
    flagged = {}
    for path in pages(shared):
        try:
            report = read(path)
        except PageError:
            continue
        found = sorted({each.code for each in report.findings if each.code.startswith(("tamper", "host", "script"))})
        if found:
            flagged[path.name] = found
    assert flagged == {}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("number", "judged", "code"),
    [
        ("000", "quarantine", "tamper.brand"),
        ("001", "flag", "filing.sum_of_parts"),
        ("002", "publish", None),
        ("003", "flag", "tables.missing"),
        ("004", "publish", None),
    ],
)
def test_saved_texts(shared: Path, number: str, judged: str, code: str | None) -> None:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    report = read(path)
    assert verdict(report.findings) == judged
    assert code is None or code in {each.code for each in report.findings}


@pytest.mark.shared
def test_the_names_of_those_who_sign_go(shared: Path) -> None:
    (path,) = (shared / "seeds").glob("001_*.txt")
    report = read(path)
    redact(report)
    kinds = [each.code for each in report.findings if each.code.startswith("personal")]
    assert kinds == ["personal.mobile", "personal.name"]
    (names,) = (each for each in report.findings if each.code == "personal.name")
    assert len(names.evidence) == 2
