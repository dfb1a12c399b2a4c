"""The document's title, the site's name, the breadcrumb, byline and footer: what a page says about its document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.parsing.body import Reading
from crawler.parsing.chrome import BREADCRUMB_PART, EDITOR, FOOTER_WEAK, is_breadcrumb
from crawler.parsing.kinds import BYLINE, CRUMB, FOOTER, LINKS, META, PROSE, SHORT, WIDGET, key_of
from crawler.parsing.lines import Line
from crawler.parsing.tokens import Element

SITE_NAME_META = "sitename"
SEPARATOR = re.compile(r"\s*(?:_|\||｜|\s[-–—]+\s|--+|—+|>>|»|::|·(?=\S{2,12}$)|-(?=[^-]{2,40}$))\s*")
SITE_WORDS = re.compile(
    r"(?:人民政府|政府网|门户网|门户|网站|官网|信息网|委员会|管委会|[局厅委办部院]$|政务网|信息公开网|平台|"
    r"中国[·・]|网$|网站群|首页|信息公开$|政府信息公开目录)"
)
NO_TITLE = re.compile(
    r"(?:首页|网站首页|正文|详情|详细(?:信息|内容|页面?)|内容(?:页|详情)|文章(?:页|详情|内容)|新闻(?:详情|"
    r"内容)|信息(?:详情|公开|内容)|无标题(?:文档)?|"
    r"untitled(?:\s+document)?|index|home|null|undefined|new document|title|标题|文档|欢迎\S{0,10}|"
    r"政府信息公开|信息公开|政务公开|"
    r"打印)\s*\Z",
    re.I,
)
TITLE_LABEL = re.compile(r"[\[【]?\s*(?:标\s*题|信息名称|名\s*称|文件名称)\s*[\]】]?\s*[:：]?\s*(.*)\Z")
HEADINGS = frozenset(("h1", "h2", "h3"))
MAX_TITLE = 150
SHORTEST_TITLE = 8
"""Characters of a line that is taken for a title by its place alone."""
SHORT_HEAD = 4
"""Elements of a `<head>` below which the parser may have put some of them into the body."""
LOOK_BACK = 40
"""Lines before the document among which its title is sought."""


def read_head(tree: Element) -> tuple[dict[str, str], str | None]:
    """Return the named `<meta>` tags, names in lower case, and the first `<title>`; the first of a name wins."""
    meta: dict[str, str] = {}
    title = None
    head = tree.find("head")
    for element in tree.iter("meta", "title") if head is None or len(head) < SHORT_HEAD else head.iter("meta", "title"):
        if element.tag == "title":
            title = title or " ".join("".join(element.itertext()).split()) or None
            continue
        name = element.get("name") or element.get("property")
        content = element.get("content")
        if name and content and (text := " ".join(content.split())):
            meta.setdefault(name.strip().lower(), text)
    return meta, title


def split_head_title(head_title: str, site_name: str | None) -> tuple[str | None, str | None]:
    """Return the document's title and the site's name out of a `<title>`; a part not told apart is None."""
    title, site = head_title, None
    if site_name and len(site_name) >= 3:
        bare = re.sub(rf"[\s_|｜—–\-·>»:：]*{re.escape(site_name)}[\s_|｜—–\-·>»:：]*", "", title, count=1)
        if bare != title:
            title, site = bare, site_name
    parts = [part for part in SEPARATOR.split(title) if part and part.strip()]
    while (
        len(parts) > 1 and (SITE_WORDS.search(parts[-1]) or NO_TITLE.match(parts[-1])) and not is_report_like(parts[-1])
    ):
        site = site or parts[-1]
        parts.pop()
    while len(parts) > 1 and len(parts[0]) <= 30 and SITE_WORDS.search(parts[0]) and len(parts[1]) > len(parts[0]):
        site = site or parts[0]
        parts.pop(0)
    if len(parts) == 1:
        title = parts[0]
    elif len(parts) > 1:
        start = title.find(parts[0])
        title = title[start : title.rfind(parts[-1]) + len(parts[-1])]
    title = title.strip(" _-|—–")
    return (title or None), site


def is_report_like(text: str) -> bool:
    """Return whether a part of a `<title>` names a document, not a site."""
    return re.search(r"年度?报告|年报|通知|公告|意见|办法|报表", text) is not None


def title_candidates(meta: dict[str, str], head_title: str | None) -> tuple[list[tuple[str, str]], str | None]:
    """Return what the head of the page calls the document, with where, and the site's name."""
    site = meta.get(SITE_NAME_META)
    found: list[tuple[str, str]] = []
    for name in ("articletitle", "article:title", "og:title", "title"):
        text = meta.get(name)
        if text and not NO_TITLE.match(text) and len(text) <= 300:
            found.append((text, f"meta {'ArticleTitle' if name == 'articletitle' else name}"))
    if head_title:
        title, tail = split_head_title(head_title, site)
        site = site or tail
        if title and not NO_TITLE.match(title) and title != site:
            found.append((title, "title"))
    return found, site


def title_keys(candidates: list[tuple[str, str]]) -> set[str]:
    """Return the keys by which a line of the page is known as its title."""
    return {key for text, _ in candidates if len(key := key_of(text)) >= 4}


@dataclass(slots=True, frozen=True)
class TitleSearch:
    """Where a title is sought."""

    reading: Reading
    start: int
    """The document's first line."""
    candidates: list[tuple[str, str]]
    """What the head of the page calls the document, with where."""
    site: str
    """Key of the site's name."""

    @property
    def window(self) -> range:
        """The lines above the document and its first ones."""
        return range(max(0, self.start - LOOK_BACK), min(len(self.reading.page.lines), self.start + 6))


def choose_title(search: TitleSearch, first: str | None) -> tuple[str | None, str | None]:
    """Return the document's title and where it stood; `first` is the document's first line."""
    for text, name in search.candidates:
        if name == "meta ArticleTitle" and agrees(text, search):
            return text, name
    for find in (shown_title, shown_lines, shown_part, shown_heading, metadata_title, cut_title, line_above_byline):
        found = find(search)
        if found is not None:
            return found
    if search.candidates:
        return search.candidates[0]
    return (first, "first line") if first and len(first) <= 80 and not first.endswith("。") else (None, None)


def shown_title(search: TitleSearch) -> tuple[str, str] | None:
    """Return the line that shows what the head calls the document, a heading before others."""
    lines, keys = search.reading.page.lines, title_keys(search.candidates)
    near = [
        i
        for i in search.window
        if key_of(lines[i].text) in keys and (lines[i].tag in HEADINGS or search.reading.kinds[i] != LINKS)
    ]
    if not near:
        return None
    i = next((i for i in near if lines[i].tag in HEADINGS), near[-1])
    return lines[i].text, lines[i].tag if lines[i].tag in HEADINGS else "heading"


def shown_lines(search: TitleSearch) -> tuple[str, str] | None:
    """Return lines one after another that together are what the head calls the document."""
    lines, keys = search.reading.page.lines, title_keys(search.candidates)
    for i in search.window:
        own = key_of(lines[i].text)
        if not own or not any(key.startswith(own) for key in keys):
            continue
        for end in range(i + 2, min(i + 5, len(lines) + 1)):
            if key_of(words := "".join(line.text for line in lines[i:end])) in keys:
                return words, lines[i].tag if lines[i].tag in HEADINGS else "heading"
    return None


def shown_part(search: TitleSearch) -> tuple[str, str] | None:
    """Return the line before the document that is one part of a `<title>` of several."""
    lines, kinds = search.reading.page.lines, search.reading.kinds
    parts = {
        key
        for text, _ in search.candidates
        for part in SEPARATOR.split(text)
        if part and len(key := key_of(part)) >= 4 and key != search.site and not SITE_WORDS.search(part)
    }
    for i in reversed(search.window):
        if i <= search.start and key_of(lines[i].text) in parts and kinds[i] in (PROSE, SHORT):
            return lines[i].text, lines[i].tag if lines[i].tag in HEADINGS else "heading"
    return None


def shown_heading(search: TitleSearch) -> tuple[str, str] | None:
    """Return the heading element before the document, the highest and nearest one, with its lines joined."""
    lines, kinds = search.reading.page.lines, search.reading.kinds
    found: tuple[str, str] | None = None
    for i in reversed(search.window):
        line = lines[i]
        if line.tag not in HEADINGS or not 4 <= len(line.text) <= MAX_TITLE or line.links * 2 > len(line.text):
            continue
        if kinds[i] not in (PROSE, SHORT) or NO_TITLE.match(line.text) or key_of(line.text) == search.site:
            continue
        is_above = i < search.start or (line.tag == "h1" and i < search.start + 3)
        if is_above and (found is None or line.tag < found[1]):
            found = line.text + "".join(iter_continued(lines, i)), line.tag
    return found


def iter_continued(lines: list[Line], index: int) -> Iterator[str]:
    """Yield the further lines of the block that a line begins."""
    for line in lines[index + 1 : index + 5]:
        if line.tag != f"{lines[index].tag}+":
            return
        yield line.text


def metadata_title(search: TitleSearch) -> tuple[str, str] | None:
    """Return the title of the metadata table (名称, 标题)."""
    lines, kinds = search.reading.page.lines, search.reading.kinds
    for i in search.window:
        if kinds[i] == META and (match := TITLE_LABEL.match(lines[i].text)):
            value = match[1].strip()
            if not value and i + 1 < len(lines) and kinds[i + 1] == META:
                value = lines[i + 1].text
            if 4 <= len(value) <= MAX_TITLE and not value.endswith(("：", ":")):
                return value, "metadata"
    return None


def cut_title(search: TitleSearch) -> tuple[str, str] | None:
    """Return a line before the document of which the head shows a part, or that is most of what the head shows."""
    lines, kinds = search.reading.page.lines, search.reading.kinds
    for text, _ in search.candidates:
        key = key_of(text.rstrip(".…"))
        for i in search.window:
            own = key_of(lines[i].text)
            if i > search.start + 2 or kinds[i] in (CRUMB, LINKS, BYLINE) or not 6 <= len(own) <= MAX_TITLE:
                continue
            begins = own.startswith(key) or (key.startswith(own) and len(own) * 2 > len(key))
            if len(key) >= 6 and (begins or (own in key and len(own) * 3 > len(key) * 2)):
                return lines[i].text, "heading"
    return None


def line_above_byline(search: TitleSearch) -> tuple[str, str] | None:
    """Return the line above those of date, source and toolbar, when it may be a title."""
    lines, kinds = search.reading.page.lines, search.reading.kinds
    seen = False
    for i in reversed(range(search.window.start, search.start)):
        if kinds[i] == CRUMB or (seen and kinds[i] == LINKS):
            return None
        if kinds[i] in (BYLINE, META):
            seen = True
        elif seen and kinds[i] in (PROSE, SHORT) and len(lines[i].text) >= SHORTEST_TITLE:
            return (lines[i].text, "above the byline") if len(lines[i].text) <= MAX_TITLE else None
    return None


def agrees(text: str, search: TitleSearch) -> bool:
    """Return whether the page shows the title (whole, or broken over lines) near its document."""
    key = key_of(text)
    if len(key) < 4:
        return False
    near = key_of("".join(search.reading.page.lines[i].text for i in search.window))
    return key in near or key[: max(6, len(key) // 2)] in near


def read_breadcrumb(reading: Reading, start: int) -> str | None:
    """Return the line that shows where in the site the page stands, put together when boxes split it."""
    lines = reading.page.lines
    for i in range(min(start, len(lines))):
        is_linked = reading.kinds[i] == LINKS and "位置" in lines[i].text and is_breadcrumb(lines[i].text)
        if not is_linked and reading.kinds[i] != CRUMB and not is_crumb_start(lines[i].text, i, reading):
            continue
        parts = [lines[i].text]
        for later in range(i + 1, min(i + 9, start)):
            text = lines[later].text
            if len(text) > 24 or not (
                BREADCRUMB_PART.match(text)
                or (later == i + 1 and parts[0].endswith(("：", ":")))
                or parts[-1].endswith((">", "》", "»", "›", "＞", "/", "→"))
            ):
                break
            parts.append(text)
        return " ".join(parts)
    return None


def is_crumb_start(text: str, i: int, reading: Reading) -> bool:
    """Return whether a line `首页` begins a breadcrumb that goes on in the next lines."""
    lines = reading.page.lines
    if text not in ("首页", "网站首页") or i + 1 >= len(lines):
        return False
    return re.match(r"[>》»›＞/→]", lines[i + 1].text) is not None


def read_byline(reading: Reading, start: int, end: int, dropped: set[int]) -> list[str]:
    """Return the lines round the document that are about it: metadata, date, source, editor."""
    lines, kinds = reading.page.lines, reading.kinds
    around = sorted({*range(max(0, start - LOOK_BACK), start), *dropped, *range(end, min(len(lines), end + 12))})
    return [
        lines[i].text
        for i in around
        if kinds[i] in (BYLINE, META)
        or (kinds[i] == WIDGET and re.search(r"\d{4}-\d", lines[i].text))
        or EDITOR.match(lines[i].text)
    ]


def read_footer(reading: Reading, end: int) -> list[str]:
    """Return the site's footer lines."""
    lines, kinds = reading.page.lines, reading.kinds
    return [
        lines[i].text
        for i in range(end, len(lines))
        if len(lines[i].text) <= 600 and (kinds[i] == FOOTER or FOOTER_WEAK.search(lines[i].text))
    ][:20]
