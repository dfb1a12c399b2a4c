"""Lines that are chrome by what stands beside them: metadata, footers, tabs, codes, what a machine wrote."""

from __future__ import annotations

from crawler.parsing.chrome import (
    BY_MACHINE,
    CODE,
    CONTACT,
    FOOTER_WEAK,
    LONE_DATE,
    SENTENCE,
    SUMMARY,
    TABS,
    TITLE_LABEL,
    is_byline,
)
from crawler.parsing.kinds import BYLINE, FOOTER, LINKS, LONG_LINE, META, PROSE, SHORT, WIDGET, key_of
from crawler.parsing.lines import PageLines, Region
from crawler.parsing.tables import CELLS, cell_rows

BARE_LABEL = 6
LONGEST_VALUE = 200
SUMMARY_LINES = 8
"""Lines of a summary that a machine wrote."""
FOOTER_LINES = 20
CODE_LINES = 3
SMALL_BOX = 2
"""Lines of a box with an address or a telephone of the site."""
TITLE_LABELS = frozenset(("摘要", "内容", "标题", "名称", "题目", "简介"))
"""How the lines begin that TITLE_LABEL matches."""


def mark_chrome(page: PageLines, kinds: list[int], titles: set[str]) -> None:
    """Correct the kinds of the lines by those beside them; `titles` are keys of what the document's title may be."""
    mark_metadata(page, kinds)
    mark_footers(page, kinds)
    for index, (line, kind) in enumerate(zip(page.lines, kinds, strict=True)):
        text = line.text
        if kind == WIDGET:
            if CODE.search(text):
                mark_code(page, kinds, index)
        elif kind not in (SHORT, PROSE) or len(text) > LONG_LINE:
            continue
        elif text in TABS:
            if index and page.lines[index - 1].text in TABS:
                kinds[index - 1] = kinds[index] = WIDGET
        elif "生成" in text and BY_MACHINE.search(text):
            mark_summary(page, kinds, index)
        elif text[:2] in TITLE_LABELS and (match := TITLE_LABEL.match(text)) and key_of(match[1]) in titles:
            kinds[index] = META


def box_of(page: PageLines, index: int) -> Region:
    """Return the box of a line; the one round it when it holds nothing else."""
    region = page.regions[page.lines[index].region]
    return page.regions[region.parent] if region.end - region.start == 1 and region.parent > 0 else region


def mark_footers(page: PageLines, kinds: list[int]) -> None:
    """Mark the other lines of a box that is a site's footer: most are such lines, none is prose."""
    seen = -1
    for index in [index for index, kind in enumerate(kinds) if kind == FOOTER]:
        box = box_of(page, index)
        if index < seen or box.end - box.start > FOOTER_LINES:
            continue
        seen = box.end
        mark_contacts(page, kinds, index)
        inside = [i for i in range(box.start, box.end) if kinds[i] != LINKS]
        known = sum(1 for i in inside if kinds[i] == FOOTER or FOOTER_WEAK.search(page.lines[i].text))
        if known * 3 >= len(inside) * 2 and all(kinds[i] != PROSE for i in inside):
            for i in inside:
                kinds[i] = FOOTER if kinds[i] in (SHORT, BYLINE) else kinds[i]


def mark_contacts(page: PageLines, kinds: list[int], index: int) -> None:
    """Mark address and telephone, and the name over them, in small boxes beside that of a footer's line below them."""
    foot, above = page.lines[index].region, index - 1
    while above > 0 and kinds[above] in (SHORT, BYLINE) and is_beside(page, above, foot):
        is_contact = CONTACT.match(page.lines[above].text) is not None
        if not is_contact and (above + 1 == index or LONE_DATE.match(page.lines[above].text)):
            return
        kinds[above] = FOOTER
        if not is_contact:
            return
        above -= 1


def is_beside(page: PageLines, index: int, other: int) -> bool:
    """Return whether a line stands in a small box within the same box as another."""
    region = page.regions[page.lines[index].region]
    return region.parent == page.regions[other].parent and region.end - region.start <= SMALL_BOX


def mark_code(page: PageLines, kinds: list[int], index: int) -> None:
    """Mark the name that stands in the small box of a code to be scanned."""
    box = box_of(page, index)
    inside = range(box.start, box.end)
    if len(inside) <= CODE_LINES and all(kinds[i] in (SHORT, WIDGET, LINKS) for i in inside):
        kinds[box.start : box.end] = [WIDGET] * len(inside)


def mark_metadata(page: PageLines, kinds: list[int]) -> None:
    """Mark the values of a metadata table (索引号, 发布机构 …) with their labels; a label alone stays a line."""
    labels = [index for index, kind in enumerate(kinds) if kind == META]
    run: list[int] = []
    for index in [*labels, len(kinds) + 10]:
        if run and index - run[-1] > 3:
            settle_run(page, kinds, run)
            run = []
        run.append(index)


def mark_summary(page: PageLines, kinds: list[int], index: int) -> None:
    """Mark what a portal lets a machine write about the document, from its heading to its disclaimer at a line."""
    above = range(index, max(0, index - SUMMARY_LINES) - 1, -1)
    start = next((i for i in above if SUMMARY.match(page.lines[i].text)), index)
    kinds[start : index + 1] = [WIDGET] * (index + 1 - start)


def settle_run(page: PageLines, kinds: list[int], run: list[int]) -> None:
    """Make one run of labels metadata, with the values between, or lines again when they are too few."""
    if len(run) < 3:
        for index in run:
            text = page.lines[index].text
            kinds[index] = BYLINE if is_byline(text) else PROSE if len(text) > 40 and SENTENCE.search(text) else SHORT
        return
    card = headed_card(page, run)
    if card is not None:
        kinds[card.start : card.end] = [META] * (card.end - card.start)
        return
    for label, following in zip(run, [*run[1:], run[-1] + 2], strict=True):
        text = page.lines[label].text
        bare = text.rstrip("]】 ")[-1:] in (":", "：") or (
            len(text) <= BARE_LABEL and ":" not in text and "：" not in text
        )
        kinds[label] = META
        if not bare or not share_row(page, label):
            continue
        for value in range(label + 1, min(following, len(kinds))):
            if kinds[value] in (SHORT, PROSE, LINKS, BYLINE) and len(page.lines[value].text) < LONGEST_VALUE:
                kinds[value] = META


def headed_card(page: PageLines, run: list[int]) -> Region | None:
    """Return the table whose first row is a run of labels with their values in the rows below, None for another."""
    cell = page.lines[run[0]].region
    table = page.regions[max(0, page.regions[cell].parent)]
    if page.regions[cell].tag not in CELLS or table.tag != "table":
        return None
    row = next(row for row in cell_rows(page, page.regions[cell].parent) if cell in row)
    heads = [index for index in run if page.lines[index].region in row]
    cells = len(row)
    is_first = run[0] - table.start < cells
    short = all(len(line.text) < LONGEST_VALUE for line in page.lines[table.start : table.end])
    return table if is_first and short and len(heads) == len(run) and len(heads) * 2 > cells else None


def share_row(page: PageLines, label: int) -> bool:
    """Return whether the line after a label stands in the label's box or in a cell beside it."""
    if label + 1 >= len(page.lines):
        return False
    here, there = page.lines[label].region, page.lines[label + 1].region
    return here == there or page.regions[here].parent == page.regions[there].parent
