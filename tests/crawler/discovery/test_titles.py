"""What titles of lists promise, before anything is opened."""

from __future__ import annotations

import pytest

from crawler.discovery.titles import Promise, is_sure, promise_of

TITLES: dict[str, tuple[str, Promise, bool]] = {
    "a report": ("青禾市财政局2021年政府信息公开工作年度报告", "report", True),
    "a report without its subject": ("青禾市2020年度报告", "report", True),
    "the short word for it": ("(梧桐县人民政府办公室2023年报)", "report", True),
    "a report that sums up": ("青禾市交通运输中心2017年信息公开工作总结报告", "report", True),
    "an announcement that may hold it": ("关于公布青禾市2012年政府信息公开工作年度报告的公告", "report", True),
    "in traditional characters": ("青禾市人民政府2022年政府信息公開工作年度報告", "report", True),
    "of a school's bureau": ("梧桐县教育局（学校管理中心）2019年政府信息公开工作年度报告", "report", True),
    "cut short by the list": ("青禾市银杏区农业农村和水务局关于2022年政府信息公开工作年…", "report", True),
    "cut shorter": ("青禾市银杏区农业农村和水务局2022年政府信息公开...", "report", True),
    "the column's own words": ("政府信息公开工作年度报告", "report", True),
    "the report on government work": ("2020年青禾市政府工作报告", "lookalike", True),
    "the website's yearly table": ("青禾市政府网站工作年度报表（2020年度）", "lookalike", True),
    "law-based government": ("梧桐县2021年法治政府建设年度报告", "lookalike", True),
    "a budget": ("青禾市财政局2021年部门决算公开", "lookalike", True),
    "a school's own": ("青禾市第一中学2020-2021学年信息公开工作报告", "lookalike", True),
    "rules for reports": ("关于做好2020年政府信息公开工作年度报告编制工作的通知", "lookalike", True),
    "a bare year": ("2019年", "unknown", True),
    "a bare yearly report": ("2019年度报告", "unknown", True),
    "a bare organ": ("梧桐县卫生健康局", "unknown", True),
    "news": ("青禾市举行春季植树活动", "unknown", False),
    "a notice": ("停电公告2018年5月21日", "unknown", False),
    "regulations": ("中华人民共和国政府信息公开条例", "unknown", False),
}


@pytest.mark.parametrize(("title", "promise", "sure"), TITLES.values(), ids=TITLES)
def test_what_a_title_promises(title: str, promise: Promise, sure: bool) -> None:
    assert (promise_of(title), is_sure(title)) == (promise, sure)
