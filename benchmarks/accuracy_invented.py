"""Invented reports and sentences with what was planted in them: what is read of them, counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from html import escape
from importlib import import_module
from typing import Any

from benchmarks.accuracy_page import Tally
from crawler.checks.personal import mask_personal_data
from crawler.items import Page, Report, Table

FORMS = {"stat-2014": 2017, "form-2019": 2020, "form-2021": 2023}
"""Forms with tables, and a year each was in use."""
SECTIONS = ("一、总体情况", "二、主动公开情况", "三、申请办理情况", "四、复议诉讼情况", "五、存在的问题")
PROSE = "认真落实政府信息公开条例，健全制度，明确责任，按时完成了各项公开任务，取得了较好成效。"
CASES = 1200
"""Sentences with personal data, and as many without."""


def measure_forms(sheets: int, read: Callable[[Page], Report]) -> dict[str, dict[str, Tally]]:
    """Return the tallies of the cells of invented reports, by form and table."""
    print_form = import_module("tests.crawler.forms.variations").print_form
    counted: dict[str, dict[str, Tally]] = {}
    for form, year in FORMS.items():
        tallies: dict[str, Tally] = defaultdict(Tally)
        for seed in range(sheets):
            sheet = print_form(form, seed)
            report = read(Page(url="", body=page_of(sheet.tables, year).encode()))
            score_sheet(sheet.planted, report, tallies)
            tallies["form"].note({form}, report.form)
        counted[form] = dict(sorted(tallies.items(), key=lambda pair: (pair[0] != "form", pair[0])))
    return counted


def score_sheet(planted: dict[str, Any], report: Report, tallies: dict[str, Tally]) -> None:
    """Count the cells of one report."""
    found = {each.code: each for each in report.indicators if each.where == "table"}
    for code in sorted(planted.keys() | found.keys()):
        kind = code.split(".")[1] if not code.startswith("s14") else "statistics table"
        wanted = planted[code][0] if code in planted else None
        have = found[code].value if code in found else None
        tallies[f"cells of {kind}"].note({wanted}, have)


def page_of(tables: list[Table], year: int) -> str:
    """Return a whole page with the tables under the headings of a report."""
    title = f"青禾市财政局{year}年政府信息公开工作年度报告"
    parts = [f"<p>{PROSE}</p>", *map(html_of, tables)]
    heads = iter(SECTIONS)
    body = "".join(f"<p>{next(heads, SECTIONS[-1])}</p>{part}" for part in parts)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body><div class="nav">'
        f'<a href="/">首页</a></div><h1>{title}</h1><div id="zoom"><p>{PROSE}{PROSE}</p>{body}</div></body></html>'
    )


def html_of(table: Table) -> str:
    """Return a table as HTML: a cell that spans is written once, with its spans."""
    lines = []
    for row, texts in enumerate(table.rows):
        cells = []
        for column, text in enumerate(texts):
            if table.origin and table.origin[row][column] != (row, column):
                continue
            width, height = spans_of(table, row, column)
            inner = escape(text).replace("\n", "<br>")
            cells.append(f'<td colspan="{width}" rowspan="{height}">{inner}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(lines)}</table>"


def spans_of(table: Table, row: int, column: int) -> tuple[int, int]:
    """Return how many columns and rows a cell covers."""
    if not table.origin:
        return 1, 1
    width = sum(place == (row, column) for place in table.origin[row])
    height = sum(line[column] == (row, column) for line in table.origin)
    return width, height


def measure_personal() -> dict[str, float]:
    """Return recall and precision on the invented sentences of the tests."""
    cases = import_module("tests.crawler.checks.personal_cases").make_cases(CASES)
    planted = hit = wrong = 0
    for case in cases:
        masked, found = mask_personal_data(case.text)
        planted += len(case.places)
        hit += sum(set(masked[start:end]) <= {"*", "\n"} for start, end in case.places)
        wrong += sum(not any(start <= each.start and each.end <= end for start, end in case.places) for each in found)
    return {"cases": len(cases), "planted": planted, "recall": hit / planted, "precision": hit / (hit + wrong)}
