"""No pattern of this side of the house is slow on text made to slow it."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import crawler.discovery
import crawler.families

SIZE = 20_000
SEEDS = (
    "a", "1", "'", '"', "?", "/", "(", "{", "[", "<", " ", "=", "共", "年", "'a/", '"a?b=', "a.", "<record>",
    "<a href=", "createPageHTML(", "createPageHTML('a',", "{'name':'a'", "queryData={", "location=",
    "document.write('", "共 1 ", "total ", "信息公开", "年度", "第1/", "TREE:", "channelid:", "t20190101_", "0x",
    "%41", "&page=", "jpage('", "<nextgroup>", "href=", "pageSize=1", "webSiteCode:['", "Pager({", "2019",
    "20190101/", "var a=", "function a(", "open('a'+",
    "a+a", "a=function(", "AnnualReport/", "xxgk", "nb_", "局", ">", "…", "。", "第", "第1页", "ndbg", "更多",
    "`", "${", "`${a}", "$(this).data('a')+", "row$a+", "a.b+", "='a{page}", "data-total='", "a=1,", "data:'a=",
    "$('#a').", "下一页>", "年度报告", "各省", "url(", "\\", "->", "共", "&", "_1.html",
)  # fmt: skip
MODULES = [
    *(f"crawler.families.{info.name}" for info in pkgutil.iter_modules(crawler.families.__path__)),
    *(f"crawler.discovery.{info.name}" for info in pkgutil.iter_modules(crawler.discovery.__path__)),
    "crawler.parsing.doors",
    "crawler.parsing.calls",
    "crawler.parsing.links",
    "crawler.parsing.nodes",
    "crawler.parsing.script_files",
    "crawler.parsing.script_links",
]


def patterns_of(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from patterns_of(inner)


@pytest.mark.parametrize("name", MODULES)
def test_patterns_are_linear(name: str) -> None:
    module = importlib.import_module(name)
    slow = []
    for label, value in vars(module).items():
        for pattern in patterns_of(value):
            for seed in SEEDS:
                text = (seed * (SIZE // len(seed) + 1))[:SIZE] + "\x00"
                began = time.process_time()
                pattern.search(text)
                took = time.process_time() - began
                if took > 0.020:
                    slow.append(f"{label} on {seed!r}: {took * 1000:.0f} ms")
    assert slow == []
