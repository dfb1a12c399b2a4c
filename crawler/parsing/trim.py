"""The lines of the document's region that are the document: what portals put into the same box is taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.items import Block, Paragraph
from crawler.parsing.body import Reading, in_chrome_box, is_body_box
from crawler.parsing.chrome import (
    CLOSING,
    DATE,
    EDITOR,
    FOOTER_WEAK,
    LABELLED,
    LONE_DATE,
    RELATED,
    REPORTER,
    TABS,
    TOOL,
    TOOLBAR_END,
    is_widget,
)
from crawler.parsing.kinds import BYLINE, CRUMB, FOOTER, LINKS, META, PROSE, SHORT, WIDGET, key_of
from crawler.parsing.lines import PageLines
from crawler.parsing.marking import box_of
from crawler.parsing.tables import make_table

ATTACHMENT_WORD = re.compile(
    r"^[\[【(（]?\s*(?:附\s*[件表录]|附[:：]|\d{1,2}\s*[.．、]|《)|\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|"
    r"rar)\s*(?:[\[(（].{0,20}[)）\]])?\s*$",
    re.I,
)
EMPTY_LABEL = re.compile(
    r"(?:无?相关|政策|关联)?(?:原文|附件|链接|文档|新闻|信息|稿件|解读|文件)(?:下载|信息|列表)?\s*[:：]?\Z"
)
# A line of date or source that stands below its document.
PUBLISHED = re.compile(
    r"[\[【(（]?\s*(?:(?:信息|文章)?(?:发布|更新|发表|打印)(?:日期|时间)|(?:信息|文章|稿件)?来源"
    r"|(?:信息)?(?:发布|公开|供稿|录入)(?:机[构关]|单位|部门|处室))\s*[:：]"
)
DATED = re.compile(rf"[\[【(（]?\s*{DATE}\s*[\]】)）]?(?:\s+[^。，；、]{{1,16}})?\Z")
"""A date, perhaps with the name of who published: without labels below a title."""
WRITTEN_ADDRESS = re.compile(r"https?:|www\.|[:：]")
LINK_COST = 15
CHROME_COST = {WIDGET: -5.0, FOOTER: -60.0, CRUMB: -300.0, META: -10.0, BYLINE: -5.0}
TITLE_COST = -100.0
MAX_TITLE = 80
SENTENCE_OR_HEADING = re.compile(r"[。：:]\Z|\A[一二三四五六七八九十]{1,2}、|\A第[一二三四五六七八九十]{1,2}[章条部]")
YEARS = re.compile(r"(?:(?:19|20)\d\d\s?年?度?\s?)+\Z")
CONTROLS = ("button", "option", "select")
REACH = 60
"""Lines round one that could close a document within which the document is looked for."""
CLOSED_SHARE = 0.45
"""Share of the text below which what follows a line like 相关阅读 is no document."""
HEADER_LINES = 6
LIST_HEADING = 12
LINKS_IN_LINE = 3
"""So many links in one line below a heading are a list."""
HEAD_LINES = 60
"""Lines of a region before its first paragraph among which title and byline are sought."""


@dataclass(slots=True)
class Extent:
    """The document's lines: start ≤ i < end without those in `dropped`."""

    start: int
    end: int
    dropped: set[int] = field(default_factory=set)


def trim(reading: Reading, index: int, titles: set[str]) -> Extent:
    """Return the lines of a region that are the document; `titles` are keys of what its title may be."""
    region = reading.page.regions[index]
    named = is_body_box(reading.page, index)
    tables = table_spans(reading, region.start, region.end)
    covered = {i for a, b, _ in tables for i in range(a, b)}
    core = find_core(reading, region.start, region.end, covered, titles)
    start = find_start(reading, region.start, core[0], titles, named=named or has_header(reading, region.start, titles))
    end = find_end(reading, core, covered, index, titles)
    text = [i for i in range(start, end) if reading.kinds[i] == PROSE or i in covered]
    first, inside = (text[0], range(core[0], text[-1] + 1)) if text else (end, range(*core))
    dropped = {
        i
        for i in range(start, end)
        if i not in covered
        and (
            (i < first and is_labelled_byline(reading, i))
            or is_stray(reading, i, inside=i in inside)
            or (not named and is_link_box(reading, i, index))
        )
    }
    return Extent(start, end, dropped)


def trim_thin(reading: Reading, titles: set[str]) -> Extent | None:
    """Return the lines between title or byline and what closes the page: the place of a document without much text.

    None when the page shows neither its title nor a byline.
    """
    lines, kinds = reading.page.lines, reading.kinds
    marks = [
        i
        for i, line in enumerate(lines)
        if (kinds[i] == BYLINE and not LONE_DATE.match(line.text) and not EDITOR.match(line.text))
        or (kinds[i] in (SHORT, PROSE) and len(line.text) >= 4 and key_of(line.text) in titles)
    ]
    if not marks:
        return None
    start = marks[0] + 1
    for i in marks[1:]:
        if i - start > HEADER_LINES or any(kinds[k] in (PROSE, SHORT) for k in range(start, i)):
            break
        start = i + 1
    if start < len(lines) and DATED.match(lines[start].text):
        start += 1
    while start < len(lines) and (kinds[start] in (WIDGET, META, BYLINE) or is_link_bar(reading, start)):
        start += 1
    start = skip_links(reading, start)
    links, end = 0, start
    for end in range(start, len(lines) + 1):
        if end == len(lines) or kinds[end] in (FOOTER, CRUMB) or is_closing(reading, end) or heads_list(reading, end):
            break
        if end > start and FOOTER_WEAK.search(lines[end].text) and stands_apart(reading, end):
            break
        links = links + 1 if kinds[end] == LINKS and not ATTACHMENT_WORD.search(lines[end].text) else 0
        if links == 3:
            end -= 2
            break
    return Extent(start, end, {i for i in range(start, end) if is_stray(reading, i, inside=False)})


def is_link_bar(reading: Reading, i: int) -> bool:
    """Return whether a line of links is a button, a bar of tools or of years."""
    text = reading.page.lines[i].text
    is_control = reading.page.lines[i].tag in CONTROLS
    return reading.kinds[i] == LINKS and (is_control or is_widget(text) or YEARS.match(text) is not None)


def skip_links(reading: Reading, start: int) -> int:
    """Return the line after a few links, when sentences follow them: a bar of tools or of years above a document."""
    lines, kinds = reading.page.lines, reading.kinds
    for i in range(start, min(len(lines), start + HEADER_LINES)):
        if kinds[i] == PROSE or (kinds[i] == SHORT and SENTENCE_OR_HEADING.search(lines[i].text)):
            return i
        if kinds[i] != LINKS or ATTACHMENT_WORD.search(lines[i].text):
            break
    return start


def is_labelled_byline(reading: Reading, i: int) -> bool:
    """Return whether a line gives date or source with their labels: a bare date may be the document's own."""
    return reading.kinds[i] == BYLINE and LONE_DATE.match(reading.page.lines[i].text) is None


def is_link_box(reading: Reading, i: int, top: int) -> bool:
    """Return whether a line stands in a box of its own that only leads elsewhere."""
    text = reading.page.lines[i].text
    if reading.kinds[i] != LINKS or ATTACHMENT_WORD.search(text) or WRITTEN_ADDRESS.search(text):
        return False
    box = reading.page.lines[i].region
    region = reading.page.regions[box]
    return box != top and all(reading.kinds[k] == LINKS for k in range(region.start, region.end))


def find_core(reading: Reading, start: int, end: int, covered: set[int], titles: set[str]) -> tuple[int, int]:
    """Return the stretch of lines that has most text over chrome: paragraphs add, menus and footers between cost."""
    best = total = 0.0
    found, since = (start, start), start
    for i in range(start, end):
        kind, line = reading.kinds[i], reading.page.lines[i]
        weight = reading.mass[i + 1] - reading.mass[i]
        if i in covered:
            gain = max(weight, 2.0)
        elif kind in (PROSE, SHORT) and len(line.text) <= MAX_TITLE and key_of(line.text) in titles:
            gain = TITLE_COST
        elif kind == PROSE:
            gain = weight
        elif kind == SHORT:
            gain = weight / 4
        elif kind == LINKS:
            gain = 0.0 if ATTACHMENT_WORD.search(line.text) else -(LINK_COST + line.links / 2)
        else:
            gain = CHROME_COST[kind]
        total += gain
        if total <= 0:
            total, since = 0.0, i + 1
        elif total > best:
            best, found = total, (since, i + 1)
    return found


def table_spans(reading: Reading, start: int, end: int) -> list[tuple[int, int, int]]:
    """Return the outermost data tables between two lines: (first line, line after the last, region)."""
    found: list[tuple[int, int, int]] = []
    for index, region in enumerate(reading.page.regions):
        if region.tag == "table" and start <= region.start < region.end <= end:
            if found and region.start < found[-1][1]:
                continue
            if reading.table_rows(index) is not None and not is_metadata(reading, region.start, region.end):
                found.append((region.start, region.end, index))
    return found


def is_metadata(reading: Reading, start: int, end: int) -> bool:
    """Return whether a table is the metadata of the page."""
    return sum(1 for i in range(start, end) if reading.kinds[i] == META) * 2 > end - start


def find_start(reading: Reading, start: int, core: int, titles: set[str], *, named: bool) -> int:
    """Return the first line of the document within its region, when its text begins at `core`."""
    lines, kinds = reading.page.lines, reading.kinds
    first = next((i for i in range(core, len(lines)) if kinds[i] == PROSE), core)
    cut, after_title, titled = start, False, False
    for i in range(start, min(max(core + 1, first), core + HEAD_LINES, len(lines))):
        kind, text = kinds[i], lines[i].text
        if kind == SHORT and cut == i and DATED.match(text) and BYLINE not in kinds[max(0, i - HEADER_LINES) : i]:
            cut = i + 1
        elif i >= core and kind == SHORT and (named or (key_of(text) not in titles and lines[i].tag != "h1")):
            continue
        is_title = not named and len(text) >= 4 and (lines[i].tag == "h1" or key_of(text) in titles)
        if (is_title and (cut == i or not titled)) or kind in (WIDGET, CRUMB, FOOTER, META):
            cut, after_title, titled = i + 1, True, titled or is_title
        elif kind == BYLINE:
            if LONE_DATE.match(text):
                if after_title and not named and cut == i:
                    cut = i + 1
            elif not named or cut == i:
                cut, after_title = i + 1, True
        elif kind == LINKS and not named and not ATTACHMENT_WORD.search(text):
            cut, after_title = i + 1, True
    return cut


def has_header(reading: Reading, start: int, titles: set[str]) -> bool:
    """Return whether title or byline stand above a line: a title below it is the document's own."""
    return any(
        reading.kinds[i] == BYLINE or key_of(reading.page.lines[i].text) in titles
        for i in range(max(0, start - HEADER_LINES), start)
    )


def find_end(reading: Reading, core: tuple[int, int], covered: set[int], top: int, titles: set[str]) -> int:
    """Return the line after the last one of the document within its region."""
    lines, kinds, end = reading.page.lines, reading.kinds, reading.page.regions[top].end
    if (closed := find_closed(reading, core, covered)) is not None:
        return closed
    prose = [i for i in range(*core) if kinds[i] == PROSE or i in covered]
    links = 0
    for i in range(prose[-1] + 1 if prose else min(core[0] + 1, end), end):
        text, kind = lines[i].text, kinds[i]
        if is_closing(reading, i) and is_interlude(reading, i, core[0]):
            continue
        if kind in (FOOTER, CRUMB, META, PROSE) or is_closing(reading, i) or heads_list(reading, i):
            return i
        if (kind == WIDGET and TOOLBAR_END.match(text)) or (kind == SHORT and is_second_title(reading, i, titles)):
            return i
        apart = stands_apart(reading, i) or lines[i].region != lines[max(core[0], i - 1)].region
        if kind == SHORT and (
            (apart and FOOTER_WEAK.search(text)) or in_chrome_box(reading.page, lines[i].region, top)
        ):
            return i
        if kind == LINKS and not ATTACHMENT_WORD.search(text):
            links += 1
            if links >= 2:
                return i - 1
        else:
            links = 0
    return end


def find_closed(reading: Reading, core: tuple[int, int], covered: set[int]) -> int | None:
    """Return the line amid the core behind which stands only what portals set below documents, None without one."""
    kinds, mass = reading.kinds, reading.mass
    total = mass[core[1]] - mass[core[0]]
    for i in range(*core):
        is_tail = mass[core[1]] - mass[i] < CLOSED_SHARE * total and mass[i] > mass[core[0]]
        if is_tail and i not in covered and kinds[i] in (WIDGET, LINKS, SHORT, FOOTER) and is_closing(reading, i):
            if is_interlude(reading, i, core[0]):
                continue
            return i
    return None


def stands_apart(reading: Reading, i: int) -> bool:
    """Return whether a line stands below chrome, or in another box than the line before it."""
    if reading.kinds[i - 1] in (WIDGET, LINKS, FOOTER):
        return True
    return box_of(reading.page, i).place != box_of(reading.page, i - 1).place


def is_second_title(reading: Reading, i: int, titles: set[str]) -> bool:
    """Return whether a line below a document is the title of a copy of it: its byline or known text follows."""
    lines, kinds, mass = reading.page.lines, reading.kinds, reading.mass
    if key_of(lines[i].text) not in titles or i + 1 >= len(lines) or is_signed(reading, i + 1):
        return False
    is_known = kinds[i + 1] == PROSE and mass[i + 2] == mass[i + 1]
    return is_known or kinds[i + 1] in (BYLINE, META, WIDGET)


def is_interlude(reading: Reading, i: int, start: int) -> bool:
    """Return whether a line that could close a document only interrupts it: it goes on in the box that it was in."""
    lines, kinds = reading.page.lines, reading.kinds
    before = next((k for k in range(i - 1, max(start, i - REACH) - 1, -1) if kinds[k] in (PROSE, SHORT)), None)
    after = next(
        (k for k in range(i + 1, min(len(lines), i + REACH)) if kinds[k] == PROSE or is_signed(reading, k)), None
    )
    if before is None or after is None:
        return False
    boxes = [box_of(reading.page, k).place for k in (before, after, i)]
    return boxes[0] == boxes[1] and (boxes[2] != boxes[0] or TOOL.match(lines[i].text) is not None)


def is_signed(reading: Reading, i: int) -> bool:
    """Return whether a line is a date as documents are signed with it."""
    return "年" in (text := reading.page.lines[i].text) and LONE_DATE.match(text) is not None


def heads_list(reading: Reading, i: int) -> bool:
    """Return whether a short line opens a box, or has one to itself, and links follow it: the heading of a list."""
    lines, kinds = reading.page.lines, reading.kinds
    below = kinds[i + 1 : i + 3]
    if below[:1] == [LINKS] and lines[i].text in TABS and reading.page.regions[lines[i].region].start == i:
        return True
    in_one_line = below[:1] == [LINKS] and lines[i + 1].links >= LINKS_IN_LINE
    if kinds[i] != SHORT or len(lines[i].text) > LIST_HEADING or not (in_one_line or below == [LINKS, LINKS]):
        return False
    box, before = (reading.page.regions[lines[k].region] for k in (i, max(0, i - 1)))
    apart = box.end == i + 1 and before.end > before.start + 1 and lines[i + 1].region != lines[i - 1].region
    opens = box.start == i and (box.end > i + 2 - in_one_line or apart)
    return opens and not any(ATTACHMENT_WORD.search(line.text) for line in lines[i : i + 3 - in_one_line])


def is_closing(reading: Reading, i: int) -> bool:
    """Return whether the document's box ends with this line."""
    text = reading.page.lines[i].text
    if len(text) > MAX_TITLE:
        return False
    is_related = reading.kinds[i] == LINKS and RELATED.match(text) is not None
    return is_related or CLOSING.match(text) is not None or reading.kinds[i] == FOOTER


def is_stray(reading: Reading, i: int, *, inside: bool) -> bool:
    """Return whether a line within the document is a widget, the editor's line or a lost piece of chrome."""
    kind, text = reading.kinds[i], reading.page.lines[i].text
    if kind == WIDGET or (not inside and kind in (META, FOOTER, CRUMB)) or reading.page.lines[i].tag in CONTROLS:
        return True
    if not inside and LABELLED.match(text):
        return True
    if kind == LINKS:
        return is_widget(text) or not (inside or ATTACHMENT_WORD.search(text) or WRITTEN_ADDRESS.search(text))
    if kind == SHORT:
        return any(pattern.match(text) for pattern in (EDITOR, REPORTER)) or (
            not inside and EMPTY_LABEL.match(text) is not None
        )
    if kind != BYLINE:
        return False
    if not inside and PUBLISHED.match(text):
        return True
    return EDITOR.match(text) is not None and not text.startswith(("来源", "作者"))


def caption_of(page: PageLines, index: int) -> str:
    """Return the caption of a table on one line, '' when it has none."""
    if not any(tag.startswith("caption") for tag in page.tags_in(index)):
        return ""
    caption = page.element(index).find("caption")
    return " ".join("".join(caption.itertext()).split()) if caption is not None else ""


def make_blocks(reading: Reading, extent: Extent) -> list[Block]:
    """Return the document's paragraphs and tables in order."""
    blocks: list[Block] = []
    tables = {a: (b, index) for a, b, index in table_spans(reading, extent.start, extent.end)}
    i = extent.start
    while i < extent.end:
        if i in tables:
            end, index = tables[i]
            rows = reading.table_rows(index)
            if rows:
                words = caption_of(reading.page, index)
                if words:
                    blocks.append(Paragraph(text=words))
                blocks.append(make_table(rows, words or None))
            i = end
            continue
        if i not in extent.dropped:
            blocks.append(Paragraph(text=reading.page.lines[i].text))
        i += 1
    return blocks
