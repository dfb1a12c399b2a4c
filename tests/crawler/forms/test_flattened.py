"""Tables that lost their frame: what is found is right, whatever is found."""

from __future__ import annotations

from collections import Counter

import pytest

from crawler.forms import form_for, read_flattened_indicators, rebuild_flattened_tables
from crawler.items import Span
from tests.crawler.forms.variations import flatten, print_form

YEARS = {"stat-2014": 2016, "form-2019": 2019, "form-2021": 2022}
SEEDS = range(25)
# Where blanks are lost nothing says which cell of a short row is missing: such rows give none. Nor do two rows that
# were printed side by side and share a line.
LEAST_RECALL = {"lines": 0.7, "spaces": 0.35, "pipes": 0.9, "own lines": 0.96}


@pytest.mark.parametrize("style", LEAST_RECALL)
@pytest.mark.parametrize("form", YEARS)
def test_what_is_read_is_what_was_planted(form: str, style: str) -> None:
    counts: Counter[str] = Counter()
    for seed in SEEDS:
        sheet = print_form(form, seed)
        text = "\n".join(flatten(table, style) for table in sheet.tables)
        tables = rebuild_flattened_tables(text)
        told = form_for([each.table for each in tables], YEARS[form])
        planted = {code: value for code, (value, _) in sheet.planted.items() if value is not None}
        for each in read_flattened_indicators(tables, told):
            assert isinstance(each.evidence, Span)
            assert text[each.evidence.start : each.evidence.end] == each.raw
            if each.value is not None:
                counts["right" if planted.get(each.code) == each.value else "wrong"] += 1
        counts["planted"] += len(planted)
    assert counts["wrong"] <= counts["right"] / 400, counts
    assert counts["right"] >= LEAST_RECALL[style] * counts["planted"], counts


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("全年收到申请12件，其中当面申请3件，网络申请9件。\n均按时答复。", id="prose"),
        pytest.param("一、主动公开情况\n二、依申请公开情况\n三、行政复议数量\n四、收费情况", id="headings alone"),
        pytest.param("", id="nothing"),
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert rebuild_flattened_tables(text) == []


def test_lines_that_a_real_table_gave_are_passed_over() -> None:
    text = "\n".join(flatten(table, "pipes") for table in print_form("form-2021", 2).tables)
    assert rebuild_flattened_tables(text)
    assert rebuild_flattened_tables(text, [(0, len(text))]) == []
