"""Titles that were put before or in the place of the document's own, and walls of search phrases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.checks.codes import make_finding
from crawler.checks.names import BRAND, STRONG, WEAK
from crawler.items import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Article, Finding

LURE: Final = re.compile(
    rf"{STRONG}|{WEAK}|视频app|app下载|在线观看|免费观看|高清视频|无码|成人(?:视频|网站|影院|电影)|色情|情色|黄色(?:网站|视频)|激情|做爱"
    r"|性爱|三级片|国产精品|久久|喜大普奔|是什么意思|菠萝视频|草莓视频|麻豆|樱花动漫|兼职妹|约炮|开奖结果|六合彩|澳门(?:资料|赌场|皇冠|金沙)",
    re.I,
)
"""What titles are injected for; one alone proves nothing in a title that is the document's."""
WALL: Final = 8
"""Phrases between strokes in one line before it is a wall."""
LONGEST: Final = 20
STROKES: Final = re.compile(r"[|｜]")
LINES: Final = 30
"""Lines round the document that are looked at."""
LONGEST_SHOWN: Final = 60
"""Characters of a title that a message quotes."""


def check_titles(article: Article, title: str | None, text: str) -> list[Finding]:
    """Return what the page's <title>, its site name and the lines that are no table say of tampering."""
    return [*iter_lures(article, title or "", text), *iter_walls(article)]


def iter_lures(article: Article, title: str, text: str) -> Iterator[Finding]:
    """Yield a finding where the head advertises what neither the document's heading nor its text speaks of."""
    for name in (article.head_title, article.site_name):
        if not name:
            continue
        for lure in LURE.finditer(name):
            if lure[0] in title or (lure[0] in text and not BRAND.fullmatch(lure[0])):
                continue
            yield make_finding("tamper.title", f"The page's title advertises: {name[:LONGEST_SHOWN]}")
            return
    for line in (*article.byline[:LINES], article.breadcrumb or ""):
        if (brand := BRAND.search(line)) and brand[0] not in title:
            yield make_finding("tamper.title", f"A line about the document advertises: {line[:LONGEST_SHOWN]}")
            return


def iter_walls(article: Article) -> Iterator[Finding]:
    """Yield a finding for a title, or a line that advertises, made of many short phrases between strokes."""
    lines = [line for line in (article.head_title, article.title) if line]
    lines += [
        block.text
        for block in article.blocks
        if isinstance(block, Paragraph) and block.text.count("|") >= WALL and LURE.search(block.text)
    ]
    for line in lines:
        phrases = [part.strip() for part in STROKES.split(line)]
        if len(phrases) > WALL and sum(len(part) > LONGEST for part in phrases) <= 1:
            shown = line[:LONGEST_SHOWN]
            yield make_finding("tamper.keywords", f"A wall of {len(phrases)} search phrases: {shown}")
            return
