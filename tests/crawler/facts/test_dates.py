"""Dates as they are printed."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.facts.dates import first_date, iter_dates

D = date(2019, 3, 1)
PRINTED = {
    "characters": ("2019年3月1日", "2019年3月1日", D),
    "two digits": ("2019年03月01日", "2019年03月01日", D),
    "hyphens": ("2019-03-01", "2019-03-01", D),
    "points": ("2019.3.1", "2019.3.1", D),
    "strokes": ("2019/3/1 9:30", "2019/3/1", D),
    "full width": ("２０１９－０３－０１", "２０１９－０３－０１", D),
    "blanks inside": ("2019- 03- 01 15: 12", "2019- 03- 01", D),
    "time glued on": ("2019-03-0118:26", "2019-03-01", D),
    "numerals": ("二〇一九年三月一日", "二〇一九年三月一日", D),
    "numerals with a circle": ("二○一九年三月一日", "二○一九年三月一日", D),
    "tens": ("二〇一九年十二月二十一日", "二〇一九年十二月二十一日", date(2019, 12, 21)),
    "eight digits": ("20190301", "20190301", D),
    "a month alone": ("2019年3月", "2019年3月", None),
    "no day": ("0000-00-00 00:00", "0000-00-00", None),
    "the 31st of June": ("2019-06-31", "2019-06-31", None),
}


@pytest.mark.parametrize(("text", "raw", "day"), PRINTED.values(), ids=PRINTED)
def test_first_date(text: str, raw: str, day: date | None) -> None:
    for around in (text, f"发布时间：{text}", f"  {text} "):
        found = first_date(around)
        assert found is not None
        assert (found.raw, found.value, around[found.start : found.end]) == (raw, day, raw)


@pytest.mark.parametrize(
    "text", ["", "2019", "13800138000", "公开347条", "1.2.3", "12019年3月1日", "第20190301123号", "索引号2021-01-12345"]
)
def test_no_date(text: str) -> None:
    assert first_date(text) is None


def test_all_dates_in_order() -> None:
    assert [each.value for each in iter_dates("成文日期：2019-02-28 发布日期：2019-03-01")] == [date(2019, 2, 28), D]
