"""What travels: Page → Article → Report. The three top-level packages meet here and nowhere else.

A `Page` is what a server (or a file) gave. An `Article` is the page read: its chrome off, its document in blocks.
A `Report` is the record: what the document says, each value with its evidence. Evidence is an offset pair into
`Report.text`, or a cell of one of its tables; every stage after `CleanText` keeps the
length of the text, so offsets hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

PageKind: TypeAlias = Literal["report", "article", "list", "attachment", "blocked", "error_page", "empty"]
ReportKind: TypeAlias = Literal[
    "disclosure",
    "website",
    "rule_of_law",
    "review",
    "budget",
    "notice",
    "interpretation",
    "work_report",
    "institution",
    "other",
]
FormId: TypeAlias = Literal["prose-2008", "stat-2014", "form-2019", "form-2021", "local"]
Severity: TypeAlias = Literal["info", "warning", "reject"]
Level: TypeAlias = Literal["central", "province", "prefecture", "county", "township", "zone"]
IssuerKind: TypeAlias = Literal["government", "department", "town", "zone", "other"]
SectionKind: TypeAlias = Literal["overview", "proactive", "requests", "disputes", "problems", "other"]
TableKind: TypeAlias = Literal["stat-2014", "t2", "t3", "t4", "local", "other"]


@dataclass(slots=True, kw_only=True, frozen=True)
class Span:
    """Evidence in the text: `text[start:end]` is what was read."""

    start: int
    end: int


@dataclass(slots=True, kw_only=True, frozen=True)
class Cell:
    """Evidence in a table: `tables[table].rows[row][column]` is what was read."""

    table: int
    row: int
    column: int


Evidence: TypeAlias = Span | Cell


@dataclass(slots=True, kw_only=True)
class Finding:
    """Something a reader of the record must know: a failed sum, a missing table, a sign of tampering."""

    code: str
    """Stable name, `group.what`, such as `sums.t3.flow`; each has a paragraph in docs/findings.md."""
    severity: Severity
    message: str
    """One English sentence with the numbers in it."""
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Source:
    """Where the bytes came from and how they became characters."""

    path: str | None = None
    """The file, when the page was read from one."""
    url: str | None = None
    sha256: str = ""
    """Of the bytes as served (after the transfer's own compression)."""
    charset: str | None = None
    """Python's name of the codec that was used."""
    charset_reading: str | None = None
    """What decided it: `bom`, `utf-8` (the bytes are valid), `header`, `meta`, `gb18030` …"""


@dataclass(slots=True, kw_only=True)
class Entry:
    """One row of a list page: a link that may lead to a report."""

    url: str
    title: str
    listed_on: date | None = None
    """The date printed beside the link."""
    organ: str | None = None
    """The issuing organ, where the list prints one."""


@dataclass(slots=True, kw_only=True, frozen=True)
class ArchivePlace:
    """Where an answer stands in the archive, as it came over the wire."""

    file: str
    """The file's name in the archive's folder."""
    offset: int
    """Where its record begins."""
    digest: str
    """`sha256:` and base 32, of the body before it was unpacked."""


@dataclass(slots=True, kw_only=True)
class Page:
    """What a server gave for one address."""

    url: str
    body: bytes
    status: int = 200
    content_type: str | None = None
    """The Content-Type header as served."""
    path: str | None = None
    """The file it was read from, when no server was asked."""
    fetched_at: datetime | None = None
    """Aware, UTC."""
    portal: str | None = None
    """Catalogue id of the portal whose crawl led here."""
    entry: Entry | None = None
    """The list row that led here."""
    list_url: str | None = None
    """The list page that carried the row."""
    etag: str | None = None
    """The ETag header as served."""
    last_modified: str | None = None
    """The Last-Modified header as served."""
    archived: ArchivePlace | None = None
    """Where the archive has the answer."""


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """One paragraph, heading or list item of the document: one line of the text."""

    text: str


@dataclass(slots=True, kw_only=True)
class Table:
    """One data table as a full grid: every span is expanded, so all rows have the same number of cells."""

    rows: list[list[str]]
    """Raw cell text; a cell that spans several places stands in each of them."""
    caption: str | None = None
    kind: TableKind | None = None
    """Which table of a form it is; set by the extractor."""
    origin: list[list[tuple[int, int]]] | None = None
    """For each place, the (row, column) of the top-left corner of the cell that covers it; None: no cell spans."""
    start: int = 0
    """Offset into the text of the table's first line; set by CleanText."""
    end: int = 0
    """Offset just after its last line."""


Block: TypeAlias = Paragraph | Table


@dataclass(slots=True, kw_only=True)
class Attachment:
    """A file the document links to or shows."""

    url: str
    name: str
    media_type: str | None = None
    """From the name's ending, such as `application/pdf`."""


@dataclass(slots=True, kw_only=True)
class Article:
    """A page read: its document apart from its chrome. What the spider hands to the pipelines."""

    page: Page
    source: Source
    page_kind: PageKind
    kind_reason: str | None = None
    """Why the page is no document: `challenge`, `captcha`, `soft_404`, `no_content` …; null for an article."""
    title: str | None = None
    """The document's own title, without the site's name."""
    title_reading: str | None = None
    """Where it stood: `meta ArticleTitle`, `h1`, `title` …"""
    site_name: str | None = None
    """The portal's name, from meta SiteName or the tail of <title>."""
    head_title: str | None = None
    """The <title> element, whole: a place where tampering shows."""
    meta: dict[str, str] = field(default_factory=dict)
    """The <meta> tags, names in lower case (`pubdate`, `contentsource`, `siteidcode` …); the first of a name wins."""
    breadcrumb: str | None = None
    """The 当前位置 line, as printed."""
    byline: list[str] = field(default_factory=list)
    """Lines that stand round the document and are about it: date, source, index number, the xxgk metadata table."""
    footer: list[str] = field(default_factory=list)
    """The site's footer lines: owner, ICP and 公安备案 numbers, 网站标识码."""
    blocks: list[Block] = field(default_factory=list)
    """The document in reading order."""
    attachments: list[Attachment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """What reading it met: hidden links, a charset conflict, mojibake, text cut by a limit."""
    parts: list[Page] = field(default_factory=list)
    """The pages of a document's later parts, in order; one that did not answer has no body and stands nowhere."""
    text: str = ""
    """The clean text; set by CleanText, one block a line, table rows as ` | `-joined cells."""

    @property
    def tables(self) -> list[Table]:
        """The document's data tables, in order."""
        return [block for block in self.blocks if isinstance(block, Table)]


@dataclass(slots=True, kw_only=True)
class Issuer:
    """Who made the report (发布机关)."""

    name: str | None = None
    kind: IssuerKind | None = None
    reading: str | None = None
    """Where it was found: `title`, `body 编制`, `meta ContentSource`, `breadcrumb`, `meta SiteName` …"""
    raw: str | None = None


@dataclass(slots=True, kw_only=True)
class Region:
    """The issuer's administrative division (行政区划)."""

    code: str | None = None
    """Six digits, GB/T 2260 of the report year."""
    name: str | None = None
    """Full path, such as 广东省汕尾市."""
    level: Level | None = None
    matched_year: int | None = None
    """The year whose table had the name; differs from the report year when that year's had not."""
    reading: str | None = None


@dataclass(slots=True, kw_only=True)
class Period:
    """The stretch of time the report says it covers."""

    start: date
    end: date


@dataclass(slots=True, kw_only=True)
class Section:
    """One top-level part of the report."""

    number: int | None
    heading: str
    """As printed, with its numeral."""
    kind: SectionKind
    start: int
    """Offset of the heading."""
    end: int
    """Offset after the section's last character."""


@dataclass(slots=True, kw_only=True)
class Indicator:
    """One statistic of a report form."""

    code: str
    label: str
    """The codebook's label."""
    value: Decimal | None
    """None where the cell is blank, a dash or masked: that is not 0."""
    unit: str | None
    raw: str
    """As printed."""
    where: Literal["table", "prose"]
    evidence: Evidence


@dataclass(slots=True, kw_only=True)
class Figure:
    """One counted quantity of the prose, asked for by a form or not."""

    label: str
    """The counted thing, as printed."""
    value: Decimal | None
    unit: str | None
    qualifier: str | None
    """近, 约, 多, 余, 以上 … as printed."""
    evidence: Span
    """The number with its unit and qualifier."""
    code: str | None = None
    """The indicator's code, when it is also one."""


@dataclass(slots=True, kw_only=True)
class Report:
    """The record of one document; see docs/record.md for the keys it is printed and exported with."""

    article: Article
    """What it was read from. Never exported."""
    source: Source
    page_kind: PageKind
    report_kind: ReportKind | None = None
    kind_reason: str | None = None
    """What told the kind: the words of the title or the headings that did."""
    title: str | None = None
    issuer: Issuer = field(default_factory=Issuer)
    region: Region = field(default_factory=Region)
    report_year: int | None = None
    period: Period | None = None
    published_on: date | None = None
    published_on_raw: str | None = None
    published_on_reading: str | None = None
    form: FormId | None = None
    text: str = ""
    sections: list[Section] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    derived_from: dict[str, str] = field(default_factory=dict)
    """Extractor version and the digests of the form files."""
