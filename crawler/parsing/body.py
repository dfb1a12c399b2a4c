"""Which region of a page is the document: found by its own text, not by the names of its boxes alone.

From the whole page one descends into the box that holds most of the text that is no link and no chrome, as long as
what is left outside is chrome. Names of boxes (`#zoom`, `.TRS_Editor`, `footer`) only tip the scales.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.parsing.chrome import CLOSING, LONE_DATE, OTHERS
from crawler.parsing.kinds import BYLINE, LINKS, META, PROSE, SHORT, key_of, kind_of
from crawler.parsing.lines import PageLines, Region, classes_of
from crawler.parsing.marking import mark_chrome
from crawler.parsing.tables import CELLS, SourceCell, is_data_table, rows_of

NO_TITLES: set[str] = set()
ABOVE_HEADER = 0.2
"""What text above a document's title or byline, or of its readers, weighs against text below."""
BELOW_BYLINE = 10
"""Weight of the text below a byline without which it belongs to the document above it."""
MIN_LEFT = 40
LEFT_SHARE = 0.04
"""Share of a box's text that may be left outside when one goes into its main part."""
LEFT_SHARE_NAMED = 0.35
"""… when that part is named as the document's box."""
WHOLE_COPY = 400
COPY_LENGTH = 30
"""Lines of this length that stand twice are a copy (for phones, for reading aloud), not a coincidence."""

FILLED_IN = re.compile(r"填报|填表|制表|联系|电\s?话")
"""Words of the line of date and name with which a document ends."""
LONGEST_HEADING = 14
TITLE_LINES = 4
BEGUN_TITLE = 8
"""Lines of a long title, and characters of its first."""

# Names of the box that holds the document and nothing else, over all CMS families.
BODY_NAMES = re.compile(
    r"(?:^|\s)(?:zoom(?:con|content)?|BodyLabel|UCAP-CONTENT|trs_editor(?:_view)?|TRS_UEDITOR|TRS_PreAppend|"
    r"Custom_UnionStyle|vsb_content(?:_\d+)?|v_news_content"
    r"|articlecontent|cmsArticleContent|news_?content|newscontnet|artcontent|article[-_]?(?:body|content|con|"
    r"text)|text-main|xxgk_content|art_con|wzcon|detail[-_]?editor|downloadContent|ewb-article-content|"
    r"ewb-info-content"
    r"|j-fontContent|Article_content|news_detail_content|nr_content|content-text|infoContent|info_content|"
    r"pages_content|view_content|easysite-news-text|rich_media_content|bt_content|conTxt|con_text|"
    r"news_con_text|zwxl-article|xl-xqnr|gk-content|contentText|printContent|print-content|ivs_content)(?:$|"
    r"\s)",
    re.I,
)
CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:foot(?:er)?\w*|bottom\d*|copyright|header|head|top(?:bar|nav)?|nav\w*|menu\w*|"
    r"breadcrumb\w*|crumbs?|share\w*|bdshare\w*|bshare\w*|side(?:bar)?|aside|related|relate|recommend|popup|"
    r"pop|dialog|modal|layer|mask|login|search\w*|qrcode|ewm|erweima|tips?|toolbar|friend\w*|links?|dibu|"
    r"weizhi|dqwz|hot)(?:$|[\s_-])",
    re.I,
)
DEEPEST_DATA = 4
"""Tables in each other within a data table; reading deeper ones again at each level would take squared time."""
SECTION = re.compile(
    r"[二三四五六七八九十]{1,2}、|[(（][二三四五六七八九十]{1,2}[)）]|第[二三四五六七八九十]{1,2}[章节部]"
)
"""How a section of a document begins that is not its first."""
CHROME_TAGS = frozenset(("header", "footer", "nav", "aside"))


@dataclass(slots=True)
class Reading:
    """What is known of a page's lines while its document is sought."""

    page: PageLines
    kinds: list[int]
    mass: list[float]
    """Sum of the weights of the lines before each index."""
    header: int = 0
    """The line of the document's title or byline, 0 when there is none."""
    rows: dict[int, list[list[SourceCell]] | None] = field(default_factory=dict)
    """Data tables met, by region; None: the table lays out the page."""
    heights: list[int] = field(default_factory=list)
    """For each region, how many tables stand in each other within it; empty until a table is met."""

    def weight(self, region: Region) -> float:
        """Return how much text of the document's kind a region holds."""
        return self.mass[region.end] - self.mass[region.start]

    def table_rows(self, index: int) -> list[list[SourceCell]] | None:
        """Return the rows of the table that a region is, when it is a data table."""
        if index not in self.rows:
            is_table = self.page.regions[index].tag == "table" and not self.is_deep(index)
            rows = rows_of(self.page, index) if is_table else []
            self.rows[index] = rows if is_data_table(rows) else None
        return self.rows[index]

    def is_deep(self, index: int) -> bool:
        """Return whether more tables stand in each other within a table than within one that holds data."""
        if not self.heights:
            self.heights = table_heights(self.page.regions)
        return self.heights[index] > DEEPEST_DATA


def table_heights(regions: list[Region]) -> list[int]:
    """Return for each region how many tables stand in each other within it."""
    heights = [0] * len(regions)
    for index in range(len(regions) - 1, 0, -1):
        parent = regions[index].parent
        if parent >= 0:
            heights[parent] = max(heights[parent], heights[index] + (regions[index].tag == "table"))
    return heights


def classify_lines(page: PageLines, titles: set[str] = NO_TITLES) -> Reading:
    """Return the kind and the weight of each line; `titles` are keys of what the document's title may be."""
    kinds = [LINKS if line.links * 2 > len(line.text) else kind_of(line.text, line.links) for line in page.lines]
    mark_chrome(page, kinds, titles)
    weights = [
        len(line.text) - line.links if kind == PROSE else 0.4 * (len(line.text) - line.links) if kind == SHORT else 0.0
        for line, kind in zip(page.lines, kinds, strict=True)
    ]
    drop_copies(page, kinds, weights)
    header = find_header(page, kinds, titles)
    if kinds[header : header + 1] not in ([BYLINE], [META]) or sum(weights[header:]) >= BELOW_BYLINE:
        for index in range(header):
            weights[index] *= ABOVE_HEADER
    for index in range(find_others(page, header), len(weights)):
        weights[index] *= ABOVE_HEADER
    mass = [0.0]
    for weight in weights:
        mass.append(mass[-1] + weight)
    return Reading(page, kinds, mass, header)


def find_header(page: PageLines, kinds: list[int], titles: set[str]) -> int:
    """Return the line of the document's title, else of its metadata or date and source; 0 when the page shows none."""
    starts = {title[:2] for title in titles}
    byline = 0
    for index, line in enumerate(page.lines):
        if kinds[index] in (PROSE, SHORT) and line.text[:2] in starts and begins_title(page, index, titles):
            return index
        if not byline and (
            kinds[index] == META
            or (kinds[index] == BYLINE and not LONE_DATE.match(line.text) and not FILLED_IN.search(line.text))
        ):
            byline = index
    return byline


def begins_title(page: PageLines, index: int, titles: set[str]) -> bool:
    """Return whether a line is a title, or a title goes over it and the lines after it."""
    begun = key_of(page.lines[index].text)
    for line in page.lines[index + 1 : index + TITLE_LINES]:
        if begun in titles or len(begun) < BEGUN_TITLE or not any(title.startswith(begun) for title in titles):
            break
        begun += key_of(line.text)
    return begun in titles


def find_others(page: PageLines, header: int) -> int:
    """Return the line below a document's title that heads the comments of readers or the beginnings of other texts."""
    lines = page.lines
    below = range(header + 1, len(lines))
    return next((i for i in below if len(lines[i].text) <= LONGEST_HEADING and OTHERS.match(lines[i].text)), len(lines))


def drop_copies(page: PageLines, kinds: list[int], weights: list[float]) -> None:
    """Take the weight off lines that stand in two boxes, where they stand in the smaller surroundings."""
    drop_whole_copies(page, kinds, weights)
    first: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    for index, line in enumerate(page.lines):
        if kinds[index] == PROSE and len(line.text) >= COPY_LENGTH:
            earlier = first.setdefault(line.text, index)
            if page.lines[earlier].region != line.region:
                pairs.append((earlier, index))
    if not pairs:
        return
    mass: dict[int, float] = {}
    for line, weight in zip(page.lines, weights, strict=True):
        mass[line.region] = mass.get(line.region, 0.0) + weight
    for earlier, later in pairs:
        here, there = mass[page.lines[earlier].region], mass[page.lines[later].region]
        weights[later if here >= there else earlier] = 0.0


def drop_whole_copies(page: PageLines, kinds: list[int], weights: list[float]) -> None:
    """Take the weight off a line that holds a whole document (for reading aloud) whose paragraphs stand elsewhere."""
    long = [index for index, line in enumerate(page.lines) if len(line.text) > WHOLE_COPY and kinds[index] == PROSE]
    for index in long:
        text = page.lines[index].text
        held = sum(
            1
            for other, line in enumerate(page.lines)
            if other != index and kinds[other] == PROSE and len(line.text) >= COPY_LENGTH and line.text[:20] in text
        )
        if held >= 3:
            weights[index] = 0.0


def find_region(reading: Reading) -> int:
    """Return the index of the region that is the document with as little chrome round it as boxes allow."""
    regions = reading.page.regions
    current, named = 0, is_body_box(reading.page, 0)
    while True:
        region = regions[current]
        best = max(reading.page.children(current), key=lambda index: reading.weight(regions[index]), default=None)
        if best is None:
            return current
        part = regions[best]
        if reading.weight(part) <= 0 or reading.table_rows(best) is not None:
            return current
        if part.start == region.start and part.end == region.end:
            current, named = best, named or is_body_box(reading.page, best)
            continue
        if named and (reading.weight(part) < 0.98 * reading.weight(region) or has_own_end(reading, region, part)):
            return current
        part_named = is_body_box(reading.page, best)
        if must_stay(reading, current, best, part_named=part_named):
            return current
        current, named = best, part_named


def must_stay(reading: Reading, current: int, best: int, *, part_named: bool) -> bool:
    """Return whether going into `best` would leave text of the document outside."""
    region, part = reading.page.regions[current], reading.page.regions[best]
    whole = reading.weight(region)
    if 2 * reading.weight(part) < whole and own_weight(reading, current) >= reading.weight(part):
        return True
    is_whole = part.start <= reading.header < part.end and reading.header > 0
    allowed = max(MIN_LEFT, (LEFT_SHARE_NAMED if part_named or is_whole else LEFT_SHARE) * whole)
    if whole - reading.weight(part) > allowed and text_outside(reading, current, part) > allowed:
        return True
    return has_own_end(reading, region, part) or is_continued(reading, current, best)


def is_continued(reading: Reading, current: int, best: int) -> bool:
    """Return whether the box right after a part goes on with its text: one of its kind, with text or a next section."""
    page, part = reading.page, reading.page.regions[best]
    beside = (page.regions[k] for k in page.children(current) if page.regions[k].start == part.end)
    after = next((region for region in beside if region.end > region.start), None)
    if after is None or after.tag != part.tag or after.tag in CELLS:
        return False
    first, kinds = page.lines[after.start].text, reading.kinds[after.start : after.end]
    if kinds[0] not in (SHORT, PROSE) or CLOSING.match(first):
        return False
    classes = classes_of(page.start_tag(best))
    is_twin = classes != "" and classes == classes_of(page.tokens.tags[after.place]) and PROSE in kinds
    return is_twin or SECTION.match(first) is not None


def own_weight(reading: Reading, index: int) -> float:
    """Return the weight of the lines that stand in a region itself and in no box within it."""
    region, mass = reading.page.regions[index], reading.mass
    lines = enumerate(reading.page.lines[region.start : region.end], region.start)
    return sum(mass[i + 1] - mass[i] for i, line in lines if line.region == index)


def text_outside(reading: Reading, current: int, part: Region) -> float:
    """Return the weight of what stands in a region outside a part of it and in no box named as chrome."""
    region, left = reading.page.regions[current], 0.0
    for index in (*range(region.start, part.start), *range(part.end, region.end)):
        weight = reading.mass[index + 1] - reading.mass[index]
        if weight and not in_chrome_box(reading.page, reading.page.lines[index].region, current):
            if reading.kinds[index] == PROSE:
                left += weight
            elif index >= part.end:
                left += weight / 2
    return left


def has_own_end(reading: Reading, region: Region, part: Region) -> bool:
    """Return whether short lines of the document (sign-off, date, attachments) follow a part in its box."""
    for index in range(part.end, region.end):
        text = reading.page.lines[index].text
        if reading.kinds[index] not in (SHORT, BYLINE) and not text.startswith("附件"):
            return False
        if (text.startswith("附件") and len(text) > 4) or (LONE_DATE.match(text) and "年" in text):
            return True
    return False


def in_chrome_box(page: PageLines, index: int, top: int) -> bool:
    """Return whether a box between a line and `top` is named as chrome."""
    while index not in (top, -1):
        if page.regions[index].tag in CHROME_TAGS or CHROME_NAMES.search(page.names(index)):
            return True
        index = page.regions[index].parent
    return False


def is_body_box(page: PageLines, index: int) -> bool:
    """Return whether a region is named as the box of the document alone."""
    names = page.names(index)
    return len(names) > 1 and BODY_NAMES.search(names) is not None
