"""The page of error rates says what was counted, and is the same for the same documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.accuracy import main
from benchmarks.accuracy_page import Tally, row, upper

TITLE = "青禾市财政局2017年政府信息公开工作年度报告"
REST = "，坚持以公开为常态、不公开为例外，逐项落实年度要点，及时更新门户网站和公开专栏，按要求报送数据。" * 3
PAGE = f"""<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div id="zoom">
<p>一、主动公开情况</p><p>2017年，主动公开政府信息1025条，公开教育信息347条{REST}</p>
<p>二、依申请公开情况</p><p>全年共收到政府信息公开申请13件{REST}</p></div></body></html>"""


def label(**changed: object) -> dict[str, object]:
    said = {"where": "prose", "unit": "件", "raw": ""}
    return {
        "file": "page.html",
        "kind": "disclosure-annual-report",
        "issuer": "青禾市财政局",
        "region_code": None,
        "level": "prefecture",
        "report_year": 2017,
        "published_on": None,
        "template": "stat-2014",
        "tables_missing": False,
        "sections": ["一、主动公开情况", "二、依申请公开情况"],
        "indicators": [
            {"code": "s14.1.1", "value": 1025.0, "quote": "1025条", **said},
            {"code": "s14.3.1", "value": 14.0, "quote": "13件", **said},
            {"code": "s14.3.2", "value": 13.0, "quote": "", **said},
            {"code": None, "label": "教育", "value": 347.0, "quote": "公开教育信息347条", **said},
        ],
        "identities": {},
        **changed,
    }


def measure(folder: Path) -> tuple[int, str]:
    out = folder / "accuracy.md"
    code = main(["--labels", str(folder), "--pages", str(folder), "--sheets", "2", "--out", str(out)])
    return code, out.read_text("utf-8") if out.exists() else ""


def test_right_wrong_and_missing_are_counted_by_form_and_field(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "page.json").write_text(json.dumps(label()), "utf-8")
    code, page = measure(tmp_path)
    assert code == 0
    assert "| report year | 1 | 1 | 0 | 0 | 0 |" in page
    assert "| stat-2014, 1 documents |" in page
    assert "| indicators of the prose | 3 | 1 | 1 | 1 | 0 | 66.67%" in page
    assert "| other quantities of the prose | 1 | 1 | 0 | 0 | 0 |" in page
    assert "2 reports of each form" in page
    assert measure(tmp_path) == (code, page)


def test_without_labels_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert measure(tmp_path) == (1, "")
    said = capsys.readouterr()
    assert "## Invented reports" in said.out
    assert "nothing was written" in said.err


def test_what_a_value_can_come_to() -> None:
    tally = Tally()
    for wanted, found in (({1}, 1), ({1, 2}, 2), ({1}, 3), ({1}, None), ({None}, 4), ({None}, None)):
        tally.note(wanted, found)
    assert (tally.right, tally.wrong, tally.missing, tally.invented, tally.nothing) == (2, 1, 1, 1, 1)
    assert row("x", tally).startswith("| x | 5 | 2 + 1 | 1 | 1 | 1 | 60.00% (≤ ")


@pytest.mark.parametrize(("errors", "asked", "bound"), [(0, 14, 0.2153), (0, 0, 1.0), (5, 100, 0.1118), (9, 3, 1.0)])
def test_the_upper_end_of_the_interval(errors: int, asked: int, bound: float) -> None:
    assert upper(errors, asked) == pytest.approx(bound, abs=0.0005)
