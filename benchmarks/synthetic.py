"""Invented reports, as many as wanted: for measuring, and for tests that need many. Same arguments, same reports.

Provinces, cities and counties do not exist. The numbers of a report add up as its form wants them to, except in the
reports that are made to contradict themselves, which carry the finding.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Final

from crawler.forms import load_forms
from crawler.items import (
    Article,
    Cell,
    Entry,
    Figure,
    Finding,
    FormId,
    Indicator,
    Issuer,
    IssuerKind,
    Level,
    Page,
    Period,
    Region,
    Report,
    Section,
    SectionKind,
    Source,
    Span,
    Table,
)
from crawler.outcomes import ListOutcome, OutcomeName, PortalOutcome, StopReason, UrlOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crawler.forms.model import Form, FormCell
    from crawler.storage import Store

FIRST_YEAR: Final = 2008
LAST_YEAR: Final = 2025
FIRST: Final = "云石青白松桐兰柳清金银长"
SECOND: Final = "岭禾溪芦川原台浦坪港"
BUREAUS: Final = (
    *("财政局", "教育局", "民政局", "公安局", "审计局", "统计局"),
    *("水利局", "司法局", "商务局", "林业局", "体育局", "信访局"),
)
HEADINGS: Final[tuple[tuple[str, SectionKind], ...]] = (
    ("一、总体情况", "overview"),
    ("二、主动公开政府信息情况", "proactive"),
    ("三、收到和处理政府信息公开申请情况", "requests"),
    ("四、政府信息公开行政复议、行政诉讼情况", "disputes"),
    ("五、存在的主要问题及改进情况", "problems"),
    ("六、其他需要报告的事项", "other"),
)
WORDS: Final = (
    "本机关认真贯彻落实《中华人民共和国政府信息公开条例》，把公开透明贯穿工作全过程。",
    "健全公开制度，明确责任分工，定期对栏目更新情况进行检查。",
    "围绕预算决算、公共资源配置、社会公益事业等重点领域主动公开。",
    "畅通依申请公开渠道，规范登记、审核、办理、答复各环节。",
    "加强业务培训，工作人员的公开意识和办理能力有所提高。",
    "公开的及时性还不够，政策解读的形式比较单一，将在新的一年里改进。",
    "没有其他需要报告的事项。",
)
APPLICANTS: Final = ("np", "biz", "res", "soc", "law", "oth")
FAILURES: Final[tuple[tuple[OutcomeName, str], ...]] = (
    ("gone", "http_404"),
    ("blocked", "http_403"),
    ("unreachable", "timeout"),
    ("error", "attachment_unread"),
)


@dataclass(slots=True, frozen=True)
class Place:
    """One invented division."""

    code: str
    name: str
    level: Level


@dataclass(slots=True, frozen=True)
class Author:
    """One invented body that owes a report a year."""

    name: str
    kind: IssuerKind
    place: Place
    portal: str


def iter_places() -> Iterator[Place]:
    """Yield provinces, each with its cities and counties: 9 + 81 + 729."""
    names = ["".join(pair) for pair in product(FIRST, SECOND)]
    for first in range(9):
        province = f"{names[first]}省"
        yield Place(f"{91 + first}0000", province, "province")
        for second in range(9):
            city = f"{names[10 + first * 9 + second]}市"
            yield Place(f"{91 + first}{1 + second:02}00", province + city, "prefecture")
            for third in range(9):
                county = f"{names[(first * 81 + second * 9 + third) % len(names)]}县"
                yield Place(f"{91 + first}{1 + second:02}{21 + third}", province + city + county, "county")


def iter_authors() -> Iterator[Author]:
    """Yield governments, then bureaus in rounds: 819 governments, 9,828 bureaus with a name, then numbered ones."""
    places = list(iter_places())
    for place in places:
        yield Author(short_name(place) + "人民政府", "government", place, f"g{place.code}")
    number = 0
    while True:
        for bureau in BUREAUS:
            label = bureau if number == 0 else f"第{number}{bureau}"
            for place in places:
                yield Author(short_name(place) + label, "department", place, f"g{place.code}")
        number += 1


def short_name(place: Place) -> str:
    """Return the place's own name, as issuers print it."""
    return place.name if place.level == "province" else place.name[-3:]


def iter_reports(count: int, *, most_cells: int | None = None, seed: int = 0) -> Iterator[Report | UrlOutcome]:
    """Yield so many reports, and between them how the addresses of missing ones ended; a twelfth is missing."""
    made = 0
    for author in iter_authors():
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            chance = random.Random(f"{seed}|{author.place.code}|{author.name}|{year}")
            if chance.random() < 1 / 12:
                yield make_failure(author, year, chance)
                continue
            yield make_report(author, year, chance, most_cells)
            made += 1
            if made == count:
                return


def address_of(author: Author, year: int) -> str:
    """Return where an invented report stands."""
    mark = hashlib.blake2b(author.name.encode(), digest_size=4).hexdigest()
    return f"http://www.{author.portal}.gov.cn/xxgk/{mark}/{year}.html"


def make_failure(author: Author, year: int, chance: random.Random) -> UrlOutcome:
    """Return how the address of a report ended that could not be read."""
    outcome, reason = chance.choice(FAILURES)
    title = f"{author.name}{year}年政府信息公开工作年度报告"
    url = address_of(author, year)
    return UrlOutcome(
        portal=author.portal, url=url, role="entry", outcome=outcome, reason=reason, title=title, at=seen_at(year)
    )


def seen_at(year: int) -> datetime:
    """Return when a report of a year was fetched."""
    return datetime(year + 1, 5, 1, 3, 0, tzinfo=UTC)


def make_report(author: Author, year: int, chance: random.Random, most_cells: int | None = None) -> Report:
    """Return one report; `most_cells` bounds its indicators."""
    form = next(form for form in load_forms().values() if form.covers(year))
    cells = plan(form.id)[:most_cells]
    values = fill(form, chance) if cells else {}
    findings = spoil(form, values, chance)
    writer = Writer(author, year, chance)
    writer.write(cells, values)
    title = f"{author.name}{year}年政府信息公开工作年度报告"
    url = address_of(author, year)
    body = writer.text.encode()
    source = Source(url=url, sha256=hashlib.sha256(body).hexdigest(), charset="utf-8", charset_reading="utf-8")
    entry = Entry(url=url, title=title)
    page = Page(
        url=url, body=body, content_type="text/html", fetched_at=seen_at(year), portal=author.portal, entry=entry
    )
    published = date(year + 1, 1, 5) + timedelta(days=min(int(chance.expovariate(1 / 30)), 300))
    level = author.place.level
    return Report(
        article=Article(page=page, source=source, page_kind="report"),
        source=source,
        page_kind="report",
        report_kind="disclosure",
        title=title,
        issuer=Issuer(name=author.name, kind=author.kind, reading="title", raw=author.name),
        region=Region(code=author.place.code, name=author.place.name, level=level, matched_year=year, reading="issuer"),
        report_year=year,
        period=Period(start=date(year, 1, 1), end=date(year, 12, 31)),
        published_on=published if chance.random() < 0.95 else None,
        published_on_raw=published.isoformat(),
        published_on_reading="meta PubDate",
        form=form.id,
        text=writer.text,
        sections=writer.sections,
        tables=writer.tables,
        indicators=writer.indicators,
        figures=writer.figures,
        findings=findings,
        derived_from={"extractor": "synthetic", "forms": "0"},
    )


@cache
def plan(form: FormId) -> tuple[FormCell, ...]:
    """Return the cells of a form that are filled: no headings."""
    return tuple(cell for cell in load_forms()[form].asked if cell.row.kind != "header")


def fill(form: Form, chance: random.Random) -> dict[str, int]:
    """Return a value for every cell of a form, so that the sums hold."""
    values = {cell.code: min(int(chance.expovariate(0.2)), 400) for cell in plan(form.id)}
    if form.id == "stat-2014":
        for cell in reversed(plan(form.id)):
            parts = [part for part in form.parts(cell.code) if form.cells[part].row.kind != "subset"]
            if cell.row.kind == "total" and parts:
                values[cell.code] = sum(values[part] for part in parts)
        return values
    add_up_requests(f"f{form.id[-2:]}.t3", values)
    return values


def add_up_requests(table: str, values: dict[str, int]) -> None:
    """Make 表三 and 表四 add up: new + carried over = handled + left, and the last column is the sum of the others."""
    results = [code for code in values if code.startswith(f"{table}.r3.") and not code.startswith(f"{table}.r3.7")]
    for who in APPLICANTS:
        handled = sum(values[code] for code in results if code.endswith(f".{who}"))
        left, before = values[f"{table}.r4.{who}"], values[f"{table}.r2.{who}"] % 3
        values |= {f"{table}.r2.{who}": min(before, handled), f"{table}.r3.7.{who}": handled}
        values[f"{table}.r1.{who}"] = handled + left - min(before, handled)
    for code in values:
        stem, _, column = code.rpartition(".")
        if column == "tot":
            values[code] = sum(values[f"{stem}.{each}"] for each in parts_of(stem, values))


def parts_of(stem: str, values: dict[str, int]) -> Sequence[str]:
    """Return the columns that the last one sums up."""
    four = ("upheld", "corrected", "other", "pending")
    return APPLICANTS if f"{stem}.np" in values else tuple(each for each in four if f"{stem}.{each}" in values)


def spoil(form: Form, values: dict[str, int], chance: random.Random) -> list[Finding]:
    """Make one report in twenty contradict itself, and return what a check would say."""
    told = chance.random()
    code = f"f{form.id[-2:]}.t3.r3.7.tot"
    if told < 0.05 and code in values:
        values[code] += 1
        message = f"new and carried over make {values[code] - 1}, handled and left make {values[code]}"
        return [Finding(code="sums.t3.flow", severity="warning", message=message)]
    if told < 0.10:
        return [Finding(code="lost.tail", severity="info", message="the text ends within a sentence")]
    return []


class Writer:
    """Writes a report's text and keeps where everything stands."""

    def __init__(self, author: Author, year: int, chance: random.Random) -> None:
        self.text = ""
        self.sections: list[Section] = []
        self.tables: list[Table] = []
        self.indicators: list[Indicator] = []
        self.figures: list[Figure] = []
        self._author, self._year, self._chance = author, year, chance

    def write(self, cells: Sequence[FormCell], values: dict[str, int]) -> None:
        """Write six sections; the tables stand at the end of the second, third and fourth."""
        tables = {"proactive": ("t2", "stat-2014"), "requests": ("t3",), "disputes": ("t4",)}
        for place, (heading, kind) in enumerate(HEADINGS):
            start = len(self.text)
            self.text += heading + "\n"
            self.write_words(place)
            for table in tables.get(kind, ()):
                self.write_table([cell for cell in cells if cell.table == table], values)
            self.sections.append(
                Section(number=place + 1, heading=heading, kind=kind, start=start, end=len(self.text) - 1)
            )
        self.text = self.text[:-1]

    def write_words(self, place: int) -> None:
        """Write a paragraph that many reports share and one with a number of this report."""
        self.text += self._chance.choice(WORDS) + "\n"
        count = self._chance.randrange(20, 5000)
        opening = f"{self._year}年，{self._author.name}在{HEADINGS[place][0][2:6]}方面共公开政府信息"
        start = len(self.text) + len(opening)
        self.text += f"{opening}{count}条。\n"
        evidence = Span(start=start, end=start + len(f"{count}条"))
        self.figures.append(
            Figure(label="公开政府信息", value=Decimal(count), unit="条", qualifier=None, evidence=evidence)
        )

    def write_table(self, cells: Sequence[FormCell], values: dict[str, int]) -> None:
        """Write a table of two columns, label and value; one cell in fifty is blank."""
        if not cells:
            return
        rows, start = [["项目", "数量"]], len(self.text)
        for cell in cells:
            raw = str(values[cell.code]) if self._chance.random() > 0.02 else ""
            evidence = Cell(table=len(self.tables), row=len(rows), column=1)
            rows.append([cell.label, raw])
            value = Decimal(raw) if raw else None
            self.indicators.append(
                Indicator(
                    code=cell.code,
                    label=cell.label,
                    value=value,
                    unit=cell.unit,
                    raw=raw,
                    where="table",
                    evidence=evidence,
                )
            )
        self.text += "\n".join(" | ".join(row) for row in rows) + "\n"
        self.tables.append(Table(rows=rows, kind=cells[0].table, start=start, end=len(self.text) - 1))


def first_reports(count: int, **options: int) -> list[Report]:
    """Return so many reports without what lies between them."""
    return [item for item in iter_reports(count, **options) if isinstance(item, Report)]


def keep_all(store: Store, items: Iterable[Report | UrlOutcome]) -> None:
    """Keep reports and outcomes as a crawl does, each in its own transaction."""
    met: set[str] = set()
    for item in items:
        portal = portal_of(item)
        if portal not in met:
            met.add(portal)
            keep_portal(store, portal)
        if isinstance(item, UrlOutcome):
            store.record_outcome(item, item.at or seen_at(LAST_YEAR))
            continue
        url = item.article.page.url
        at = item.article.page.fetched_at or seen_at(LAST_YEAR)
        outcome = UrlOutcome(portal=portal, url=url, role="entry", outcome="report", title=item.title, at=at)
        flagged = any(finding.severity == "warning" for finding in item.findings)
        store.save_report(item, outcome, at, flagged=flagged)


def portal_of(item: Report | UrlOutcome) -> str:
    """Return the portal that an item came from."""
    return item.portal if isinstance(item, UrlOutcome) else item.article.page.portal or ""


def keep_portal(store: Store, portal: str) -> None:
    """Keep what a crawl says of a portal: one list, read to its end; of one in five it was not."""
    at = seen_at(LAST_YEAR)
    home = f"http://www.{portal}.gov.cn/"
    stop: StopReason = "cap" if int(hashlib.blake2b(portal.encode()).hexdigest()[:4], 16) % 5 == 0 else "last_page"
    walk = ListOutcome(
        portal=portal,
        url=f"{home}xxgk/",
        family="generic",
        title="政府信息公开年报",
        pages=9,
        entries=180,
        expected=None,
        stop_reason=stop,
        at=at,
    )
    store.record_list(walk, at)
    store.record_portal(
        PortalOutcome(
            portal=portal,
            name=f"{portal}门户",
            home=home,
            requests=200,
            columns=1,
            entries=180,
            stop_reason="exhausted",
            at=at,
        ),
        at,
    )
