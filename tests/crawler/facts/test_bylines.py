"""Labels and values round a document."""

from __future__ import annotations

import pytest

from crawler.facts.bylines import pair_labels

LINES = {
    "pairs": (["发布机构", "林业局", "发布日期", "2021-03-01"], ["发布机构 | 林业局", "发布日期 | 2021-03-01"]),
    "characters set apart": (["索 引 号：", "001/2021-1"], ["索 引 号： | 001/2021-1"]),
    "a label without a value": (["文号", "发布日期", "2021-03-01"], ["文号", "发布日期 | 2021-03-01"]),
    "a value with its own label": (["来源：", "时间：2021-03-01"], ["来源：", "时间：2021-03-01"]),
    "a label at the end": (["2021-03-01", "文号"], ["2021-03-01", "文号"]),
    "whole lines": (["发布日期：2021-03-01 来源：林业局"], ["发布日期：2021-03-01 来源：林业局"]),
    "words that are no label": (["林业局", "2021-03-01"], ["林业局", "2021-03-01"]),
    "nothing": ([], []),
}


@pytest.mark.parametrize(("lines", "paired"), LINES.values(), ids=LINES)
def test_pair_labels(lines: list[str], paired: list[str]) -> None:
    assert list(pair_labels(lines)) == paired
