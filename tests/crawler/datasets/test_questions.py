"""The worked questions of docs/datasets.md: each block, run on an export of the demo, prints what it says."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from crawler.commands.query import dump
from crawler.datasets.asking import ask_folder
from crawler.datasets.export import export
from crawler.outcomes import UrlOutcome
from crawler.storage import Filters, Store, open_store

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "datasets.md"
BLOCKS = [
    pytest.param(*found, id=re.sub(r"\W+", " ", question).strip())
    for question, part in re.findall(r"^### (.*?)\n(.*?)(?=^###|\Z)", PAGE.read_text("utf-8"), re.M | re.S)
    for found in re.findall(r"```(sql|python)\n(.*?)```\n+```text\n(.*?)```\n", part, re.S)
]
FOLDER = re.compile(r"-- scrapy query --folder (\S+)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the page tells a reader to make: the demo crawled and exported."""
    for library in ("duckdb", "pandas", "polars"):
        pytest.importorskip(library)
    folder = tmp_path_factory.mktemp("questions")
    address = f"sqlite:///{folder}/store.sqlite3"
    settings = {"GOV_REPORTS_STORE": address, "GOV_REPORTS_ARCHIVE": "", "GOV_REPORTS_RUNS": ""}
    command = [sys.executable, "-m", "scrapy", "crawl", "gov_reports", "-a", "portals=demo"]
    ended = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    with open_store(address) as store:
        correct(store)
        export(store, folder / "out/parquet", "parquet")
        export(store, folder / "out/sqlite", "sqlite")
    return folder


def correct(store: Store) -> None:
    """Let an office correct a number of its report, a week after the crawl."""
    (stored,) = store.iter_reports(Filters(years=frozenset({2020}), issuer="青禾市财政局"))
    report = stored.report
    at = stored.fetched_at + timedelta(days=7)
    page = replace(report.article.page, fetched_at=at)
    indicators = [
        replace(each, value=Decimal(17), raw="17") if each.code == "f19.t2.a5.licence.decided" else each
        for each in report.indicators
    ]
    changed = replace(
        report,
        article=replace(report.article, page=page),
        source=replace(report.source, sha256="0" * 64),
        indicators=indicators,
        text=report.text.replace("71", "17"),
    )
    assert report.source.url
    outcome = UrlOutcome(portal=stored.portal, url=report.source.url, role="entry", outcome="report", at=at)
    store.begin_run(at)
    assert store.save_report(changed, outcome, at).news == "changed"
    store.finish_run(at, "finished")


def answer(language: str, code: str) -> str:
    """Return what a block prints in the current folder."""
    if language == "python":
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(code, {})
        return printed.getvalue()
    asked = FOLDER.search(code)
    given = ask_folder(Path(asked[1] if asked else "out/parquet"), code, rows=1000, seconds=60)
    return "".join(dump(given.names, given.rows, "table"))


def tidy(text: str) -> str:
    """Return printed lines as a page shows them: without blank ones."""
    return "\n".join(line for line in text.splitlines() if line.strip())


@pytest.mark.parametrize(("language", "code", "printed"), BLOCKS)
def test_a_worked_question_prints_what_the_page_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch, language: str, code: str, printed: str
) -> None:
    monkeypatch.chdir(folder)
    assert tidy(answer(language, code)) == tidy(printed)


def test_the_page_has_six_questions() -> None:
    assert len(re.findall(r"^### \d\. ", PAGE.read_text("utf-8"), re.M)) == 6
    assert {block.values[0] for block in BLOCKS} == {"sql", "python"}
    assert len(BLOCKS) >= 6
