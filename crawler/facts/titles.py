"""The document's title, freed of the site's name, breadcrumbs, doubled words and the date behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.facts.kinds import DISCLOSURE, kind_of
from crawler.facts.words import YEAR, narrow, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Article

BLANKS: Final = re.compile(r"\s+")
BREADCRUMB: Final = re.compile(r"^(?:(?:您|你)?(?:现在|当前|所在)?的?位置|首页)\s*[:：]?.*?[>»›]\s*(?=[^>»›]*$)")
TAIL_DATE: Final = re.compile(
    r"[\s(（\[【]{0,4}(?:(?:发布|更新|公开|发表)?(?:时间|日期)\s*[:：]?\s*)?(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?:\s*\d{1,2}\s?:\s?\d{2}(?::\d{2})?)?[)）\]】]?\s*$"
)
SITE_TAIL: Final = re.compile(
    r"\s*[-_|–—>»›]+\s*[^-_|–—>»›]{0,30}(?:政府|网|网站|门户|平台|[局委办厅]|公开|中心|政务)[^-_|–—>»›]{0,12}$"
)
NO_TITLE: Final = re.compile(r"[。；;]|如下[:：]?$|^[一二三四五六七八九十]、|^.{121}")
"""A sentence or a part's heading, where a document has no title of its own."""
FIRST_LINES: Final = 5
"""Lines of the text in which a document may carry its own title."""
LONGEST: Final = 120
"""Characters of a line that can be a title."""
LONGEST_RAW: Final = 400
"""Characters of a title that are read: keyword walls run to thousands."""
ANNOUNCED: Final = re.compile(
    rf"(?:现(?:将|就)?(?:予以)?(?:公布|发布|向社会公布|向社会公开)?|编制|制作|公布|发布)了?《?(?P<title>[^《》,，。;；:：\n]{{2,60}}?{YEAR}[^《》,，。;；:：\n]{{0,20}}?(?:信息公开|政务公开)[^《》,，。;；:：\n]{{0,16}}?报告)(?!.{{0,6}}(?:通知|要求|格式))"
)
OPENING: Final = 600


@dataclass(slots=True, frozen=True)
class TitleFound:
    """The title and where it stood."""

    title: str | None
    reading: str | None


def find_title(article: Article) -> TitleFound:
    """Return the document's title: the page's, unless that names no report and another place does."""
    found = TitleFound(None, None)
    for raw, reading in _iter_titles(article):
        title = clean_title(raw, article.site_name or article.meta.get("sitename"))
        if not title or NO_TITLE.search(title):
            continue
        if kind_of(title)[0] != "other":
            return TitleFound(title, reading)
        if found.title is None and reading != "text":
            found = TitleFound(title, reading)
    return found


def _iter_titles(article: Article) -> Iterator[tuple[str, str]]:
    """The places of a title, the most trusted first."""
    if article.title:
        yield article.title, article.title_reading or "page"
    if article.page.entry:
        yield article.page.entry.title, "list"
    if "articletitle" in article.meta:
        yield article.meta["articletitle"], "meta ArticleTitle"
    for line in article.text.split("\n", FIRST_LINES)[:FIRST_LINES]:
        if (
            len(line) <= LONGEST
            and not line.rstrip().endswith(("。", "；", "，", ",", ";"))
            and DISCLOSURE.search(plain(line))
        ):
            yield line, "text"
    announced = ANNOUNCED.search(narrow(article.text[:OPENING]))
    if announced:
        yield article.text[announced.start("title") : announced.end("title")], "text"
    if article.head_title and not article.title:
        yield article.head_title, "title"


def clean_title(title: str, site_name: str | None = None) -> str:
    """Return a title without what is not of it.

    >>> clean_title("青禾市2020年政府信息公开工作年度报告_青禾市人民政府门户网站")
    '青禾市2020年政府信息公开工作年度报告'
    >>> clean_title("青禾市2020年报告 青禾市2020年报告 2021-01-20 10:30")
    '青禾市2020年报告'
    """
    title = BLANKS.sub(" ", title[:LONGEST_RAW]).strip()
    title = BREADCRUMB.sub("", title)
    if site_name and len(site_name) >= 4 and title.endswith(site_name):
        title = title[: -len(site_name)].rstrip(" -_|–—>»›") or title
    title = SITE_TAIL.sub("", title) if DISCLOSURE.search(plain(SITE_TAIL.sub("", title))) else title
    shorter = TAIL_DATE.sub("", title)
    title = shorter if len(shorter) >= 4 else title
    return _undouble(title.strip(" -_|>»›"))


def _undouble(title: str) -> str:
    """One of a title that stands twice."""
    half, odd = divmod(len(title), 2)
    if half >= 4 and title[:half].strip() == title[half + odd :].strip() and not (odd and title[half].strip()):
        return title[:half].strip()
    return title
