"""`scrapy verify` on stores, exports and archives: 0 all holds, 1 a mismatch by name, 2 wrong usage, 8 no store."""

from __future__ import annotations

import argparse
import gzip
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from crawler.archive import ArchiveWriter
from crawler.archive.notes import note_of
from crawler.archive.records import Exchange
from crawler.commands.verify import Command
from crawler.items import Entry, Page
from crawler.parsing.article import read_article
from crawler.record import dump_record, record_from
from crawler.storage import open_store
from pipelines.check import CheckReport
from pipelines.clean import CleanText
from pipelines.extract import ExtractReport
from pipelines.redact import RedactPersonalData
from tests.factories import NOON, make_outcome

URL = "http://www.qinghe.gov.cn/xxgk/2018-03/06/content_7.html"
TITLE = "青禾市财政局2017年政府信息公开工作年度报告"
REST = "，坚持以公开为常态、不公开为例外，逐项落实年度要点，及时更新门户网站和公开专栏，按要求报送数据。" * 3
BODY = f"""<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div id="zoom">
<p>一、主动公开情况</p><p>2017年，主动公开政府信息1025条{REST}</p>
<p>二、依申请公开情况</p><p>全年共收到政府信息公开申请13件{REST}</p>
<p>单位负责人：顾长风　审核人：沈青禾　联系电话：13700000000</p></div></body></html>""".encode()


def run(*arguments: str, **settings: str) -> int:
    """Run the command as scrapy does and return its exit code."""
    command = Command()
    command.settings = get_project_settings()
    command.settings.setdict({"GOV_REPORTS_ARCHIVE": "", **settings}, priority="cmdline")
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    opts, names = parser.parse_known_args(list(arguments))
    command.run(names, opts)
    return command.exitcode


def read(page: Page):
    item: object = read_article(page)
    for stage in (CleanText(), ExtractReport(), CheckReport(), RedactPersonalData()):
        item = stage.process_item(item)
    return item


@pytest.fixture
def made(tmp_path: Path) -> tuple[str, Path]:
    """A store with one report, and an archive with the bytes it was read from."""
    folder = tmp_path / "archive"
    writer = ArchiveWriter(folder, NOON)
    packed = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]
    place = writer.add_exchange(
        Exchange(
            url=URL,
            method="GET",
            request_headers=[],
            request_body=b"",
            status=200,
            protocol="HTTP/1.1",
            headers=packed,
            body=gzip.compress(BODY, mtime=0),
            at=NOON,
        )
    )
    page = Page(
        url=URL,
        body=BODY,
        content_type="text/html; charset=utf-8",
        fetched_at=NOON,
        portal="qinghe",
        entry=Entry(url=URL, title=TITLE),
        archived=place,
    )
    noted = note_of(read_article(page))
    assert noted is not None
    writer.add_note(*noted, NOON)
    writer.close()
    address = f"sqlite:///{tmp_path}/store.sqlite3"
    with open_store(address, create=True) as store:
        store.begin_run(NOON, owner="test:1", program="gov_reports/0")
        report = read(page)
        assert report.report_kind == "disclosure"
        store.save_report(report, make_outcome(report), NOON)
        store.finish_run(NOON, "finished")
    return address, folder


def change(address: str, sql: str) -> None:
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection:
        connection.execute(sql)
        connection.commit()


def test_a_sound_store_and_its_archive(made: tuple[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--store", made[0], "--archive", str(made[1])) == 0
    said = capsys.readouterr().out
    assert "1 documents read again from the archive: everything holds" in said
    assert "13700000000" not in said


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE versions SET text = replace(text, '1025条', '1026条')", "says '1025条', but text["),
        ("UPDATE indicators SET value = 14 WHERE value = 13", "is 14, but its raw '13件' is not"),
        ("UPDATE indicators SET begin_offset = 99999, end_offset = 100001", "which is not there"),
        ("UPDATE sections SET heading = '三、别的'", "does not stand at"),
    ],
    ids=["text", "value", "offset", "heading"],
)
def test_each_mismatch_is_named(
    made: tuple[str, Path], capsys: pytest.CaptureFixture[str], sql: str, sentence: str
) -> None:
    change(made[0], sql)
    assert run("--store", made[0], "--no-archive") == 1
    said = capsys.readouterr().out
    assert sentence in said
    assert TITLE[:6] in said
    assert URL in said


def test_a_record_that_its_bytes_do_not_give(made: tuple[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    change(made[0], "UPDATE versions SET title = 'another'")
    assert run("--store", made[0], "--archive", str(made[1])) == 1
    assert "its archived bytes give another title" in capsys.readouterr().out


def test_a_record_of_an_older_program_is_not_compared(
    made: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    change(made[0], "UPDATE versions SET title = 'another', derived_from = '{\"extractor\": \"0.0\"}'")
    assert run("--store", made[0], "--archive", str(made[1])) == 0
    assert "1 more were read by another version" in capsys.readouterr().out


def test_a_damaged_archive_is_named(made: tuple[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    (file,) = made[1].glob("*.warc.gz")
    content = bytearray(file.read_bytes())
    content[len(content) // 3 : len(content) // 3 + 40] = b"\0" * 40
    file.write_bytes(content)
    assert run("--store", made[0], "--archive", str(made[1])) == 1
    assert file.name in capsys.readouterr().out


def test_an_archive_that_is_elsewhere_is_a_note(made: tuple[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--store", made[0], "--archive", str(made[1] / "none")) == 0
    assert "were not read again" in capsys.readouterr().out


def test_exports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = read(Page(url=URL, body=BODY))
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    error = json.dumps({"error": {"reason": "x", "message": "y"}})
    good.write_text(f"{dump_record(record_from(report))}\n\n{error}\n", "utf-8")
    assert run(str(good)) == 0
    assert "1 records" in capsys.readouterr().out
    moved = replace(report, text=f" {report.text}")
    bad.write_text(f'{dump_record(record_from(moved))}\nnot json\n["a"]\n', "utf-8")
    assert run(str(good), str(bad)) == 1
    said = capsys.readouterr().out
    assert f"{bad}:1: sections[0]" in said
    assert f"{bad}:2: is no JSON" in said
    assert f"{bad}:3: is no record" in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--store", "sqlite:////nowhere/s.sqlite3"), 8),
        (("/nowhere/r.jsonl",), 2),
        (("/nowhere/r.jsonl", "--no-archive"), 2),
    ],
    ids=["no store", "no file", "both"],
)
def test_what_cannot_be_read(arguments: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == code
    assert capsys.readouterr().err.startswith("scrapy verify: ")
