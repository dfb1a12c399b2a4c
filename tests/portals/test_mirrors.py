"""Real mirrors: every report of one is found from both of its starts, none on the other, with few requests."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from crawler.settings import GOV_REPORTS_STAGES
from crawler.stages import load_stages, run_stages
from tests.portals.driver import Ask, Result, crawl
from tests.portals.simulator import Portal

STAGES = load_stages(tuple(sorted(GOV_REPORTS_STAGES, key=GOV_REPORTS_STAGES.__getitem__)))
REPORTS = {f"/xxgk/xxgknb/bmnb/2018-07-12/{number}.html" for number in range(7477, 7484)}


def ask_folder(folder: Path, asked: list[str]) -> Ask:
    """Return a fetcher that answers from the files of a mirror."""

    def ask(url: str, _method: str, _body: str, _headers: dict[str, str]) -> tuple[str, int, str, bytes]:
        asked.append(url)
        file = folder / unquote(urlsplit(url).path).lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        return (url, 200, "text/html", file.read_bytes()) if file.is_file() else (url, 404, "", b"")

    return ask


def crawl_mirror(folder: Path, start: str) -> tuple[Result, list[str]]:
    asked: list[str] = []
    portal = Portal(url="http://www.qinghe-invented.gov.cn/")
    return crawl(portal, start=start, ask=ask_folder(folder, asked)), asked


def reports_of(result: Result) -> dict[str, tuple[int | None, str | None, bool]]:
    """Return year, issuer and whether there is a date of the disclosure reports, by path."""
    records = (run_stages(article, STAGES) for article in result.articles)
    return {
        urlsplit(record.source.url or "").path: (
            record.report_year,
            record.issuer.name,
            record.published_on is not None,
        )
        for record in records
        if record.report_kind == "disclosure"
    }


@pytest.mark.shared
@pytest.mark.parametrize("start", ["index.html", "xxgk/xxgknb/index.html"])
def test_all_reports_of_a_county_are_found(shared: Path, start: str) -> None:
    result, asked = crawl_mirror(shared / "pages" / "html" / "site-zhecheng", start)
    found = reports_of(result)
    assert set(found) == REPORTS
    assert {year for year, _, _ in found.values()} == {2017}
    assert all(issuer and dated for _, issuer, dated in found.values())
    assert len(asked) < 100


@pytest.mark.shared
def test_a_bureau_without_reports_gives_none(shared: Path) -> None:
    result, asked = crawl_mirror(shared / "pages" / "html" / "site-daozhen-hrss", "index.html")
    assert reports_of(result) == {}
    assert len(asked) < 100
    assert result.end is not None
    assert result.end.stop_reason == "exhausted"
