"""The words of titles and short lines, made comparable: narrow, simplified, without blanks and glued-on pinyin."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

WIDE: Final = (
    *((chr(code + 0xFEE0), chr(code)) for code in range(ord("0"), ord("9") + 1)),
    *((chr(ord(mark) + 0xFEE0), mark) for mark in "(),.:;-~/|_=<>[]!?%+&#*"),
    ("\u3000", " "),
    ("\xa0", " "),
)
"""Full-width digits, marks and blanks with their half-width twins: as many characters, so that offsets hold.

One `str.replace` each is five times as fast as `str.translate` on Chinese text.
"""

HAS_WIDE: Final = re.compile("[" + "".join(wide for wide, _ in WIDE) + "]")

_TRADITIONAL: Final = (
    "國務發開業區縣鎮鄉門廣東貴陝遼龍寧蘇灣劃學術體計關於報會論變員單質監檢視聽電護環農機運輸鐵郵資訊產權統審財稅銀險動衛"
    "證協總調辦廳議處爾圖馬黃陽長漢濟島爐雲瓊壯維吾烏慶錫盟興齊廬無揚鹽連錦營盤瀋撫順葫蘆徑縱橫陸豐羅潛荊襄鄂鍾濱麗臨滄"
    "寶騰衝彌勒傣納瀘閬閩廈蕭紹興樂諸鄭欒滎漯濮陰滸濰諾歸條號項開擴總結為與紀錄網級編製則從業標準價環據數優組織綱華"
    "樣館債層場絡達對應導歷滬億復辭訴駁執蓋補償責備莊預決讀專題簡滙匯網獨"
)
_SIMPLIFIED: Final = (
    "国务发开业区县镇乡门广东贵陕辽龙宁苏湾划学术体计关于报会论变员单质监检视听电护环农机运输铁邮资讯产权统审财税银险动卫"
    "证协总调办厅议处尔图马黄阳长汉济岛炉云琼壮维吾乌庆锡盟兴齐庐无扬盐连锦营盘沈抚顺葫芦径纵横陆丰罗潜荆襄鄂钟滨丽临沧"
    "宝腾冲弥勒傣纳泸阆闽厦萧绍兴乐诸郑栾荥漯濮阴浒潍诺归条号项开扩总结为与纪录网级编制则从业标准价环据数优组织纲华"
    "样馆债层场络达对应导历沪亿复辞诉驳执盖补偿责备庄预决读专题简汇汇网独"
)
SIMPLE: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
"""Traditional characters of titles, organs and places; for comparison only, never for what is stored."""
IS_TRADITIONAL: Final = re.compile(f"[{_TRADITIONAL}]")

RUBY: Final = re.compile(r"(?<=[㐀-鿿])(?:\([a-zü\u00e0-\u01dc]{1,6}\))+")
"""Pinyin that a conversion to traditional characters or a copy guard glued behind a character."""
ADDRESS: Final = re.compile(r"(?:[A-Za-z][\w+.-]*:)?(?://)?(?P<host>[^/:?#]*)(?::\d+)?(?P<path>[^?#]*)")
"""An address, never refused: `urllib` raises on hosts that pages do print."""
BLANKS: Final = re.compile(r"\s+")

_ANY: Final = "[一二三四五六七八九〇○◯零OoО\\d]{2}"
YEAR: Final = rf"(?:19\d\d|20\d\d|二[〇○◯零OoО0]{_ANY}|2[〇○◯零OoО]{_ANY})"
"""One year in digits or Chinese numerals. Each branch begins with a character: such patterns are searched five times
as fast as those that begin with a look behind, so ALONE stands behind it."""
ALONE: Final = r"(?<!\d....)"
"""Behind the four characters of a year: no digit stood before them."""
_NUMERALS: Final = str.maketrans("〇○◯零OoО一二三四五六七八九", "0000000123456789")


def narrow(text: str) -> str:
    """Return a text with half-width digits and marks, of the same length."""
    if HAS_WIDE.search(text):
        for wide, thin in WIDE:
            text = text.replace(wide, thin)
    return text


@lru_cache(maxsize=2048)  # titles, column names and sources repeat from page to page
def plain(text: str) -> str:
    """Return a title for comparison: half-width, simplified, without blanks and pinyin.

    >>> plain("石家莊市 2019年政府信息公開（kāi）報告")
    '石家庄市2019年政府信息公开报告'
    """
    text = RUBY.sub("", BLANKS.sub("", narrow(text)))
    return text.translate(SIMPLE) if IS_TRADITIONAL.search(text) else text


def path_of(url: str) -> str:
    """Return an address's path, without query; of a malformed address what stands behind its first stroke.

    >>> path_of("http://www.a.gov.cn:80/nb/index.html?p=1#top"), path_of("http://[a/b"), path_of("")
    ('/nb/index.html', '/b', '')
    """
    match = ADDRESS.match(url)
    return match["path"] if match else ""


def host_of(url: str) -> str:
    """Return the host of an address, with or without a scheme, in lower case; empty where there is none.

    >>> host_of("http://WWW.a.gov.cn:80/nb/"), host_of("a.gov.cn"), host_of("")
    ('www.a.gov.cn', 'a.gov.cn', '')
    """
    match = ADDRESS.match(url)
    return match["host"].lower() if match else ""


def year_number(digits: str) -> int:
    """Return the year that a match of YEAR spells.

    >>> year_number("二〇一六"), year_number("2016")
    (2016, 2016)
    """
    return int(digits.translate(_NUMERALS))
