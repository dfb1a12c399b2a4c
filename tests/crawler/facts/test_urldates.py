"""Dates in addresses of each family."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.facts.urldates import url_date, url_month

DAYS = {
    "TRS": "/zwgk/nb/202101/t20210122_2840199.html",
    "Hanweb without zeros": "/art/2021/1/22/art_1229_896.html",
    "folder and day": "/2021-01/22/content_5577.htm",
    "Xinhua": "/2021-01/22/c_1211720332.htm",
    "year, then month and day": "/2021/01-22/2677014.html",
    "hyphens": "/c/2021-01-22/38037.shtml",
    "three folders": "/gknb/2021/1/22/83da3060827f4120a372218471add4e8.shtml",
    "eight digits": "/nw12344/20210122/4a03b5fa47ae4c73b7ec42801de6be66.html",
    "uuid columns": "/columns/614049b0-0a41-4628-8871-9a555a925b63/202101/22/f2416e56-ec60-4b85-bdb7-338e33feea4a.html",
    "an id that begins with the instant": "/web/bmgk/2021012214194811951/index.shtml",
    "the instant as a name": "/2021-01/22/article_2024041410524260842.html",
    "newspapers": "/n1/2021/0122/c409096-29014715.html",
    "year and day folders": "/xxgk/ndbg/2021/0122/2655.html",
}


@pytest.mark.parametrize("path", DAYS.values(), ids=DAYS)
def test_days(path: str) -> None:
    assert url_date(f"http://www.qinghe.gov.cn:80{path}?from=list#top") == date(2021, 1, 22)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/info/1677/56001.htm", id="Webber"),
        pytest.param("/content/post_4145007.html", id="NFCMS"),
        pytest.param("/c100122/202101/c04_163476.shtml", id="a month alone"),
        pytest.param("/nb/t15691008.shtml", id="an id of eight digits"),
        pytest.param("/art/2021/2/30/art_1_2.html", id="the 30th of February"),
        pytest.param("/web/2010zfxxgk_148535/index.shtml", id="a year in a column"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_day(path: str) -> None:
    assert url_date(f"http://www.qinghe.gov.cn{path}") is None


def test_a_query_or_a_host_is_no_path() -> None:
    assert url_date("http://20210122.a.gov.cn/show.php?d=/20210122/x") is None


def test_months() -> None:
    assert url_month("http://a.gov.cn/c1/202201/ab.shtml") == "202201"
    assert url_month("http://a.gov.cn/info/1.htm") is None
