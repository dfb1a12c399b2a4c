"""What is owed, what of it is there, and why the rest is not."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from crawler.catalogue import Portal
from crawler.commands.coverage import Command
from crawler.datasets.coverage import Owed, due_on, iter_coverage
from crawler.datasets.heatmap import LONGEST, draw, group_lines, shorten
from crawler.items import Finding, Issuer
from crawler.outcomes import ListOutcome, PortalOutcome
from crawler.storage import Filters, Store, open_store
from tests.commands import run_command
from tests.factories import HOST, NOON, make_outcome, make_report

SEEN = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
GOVERNMENT = Issuer(name="青禾市人民政府", kind="government")


@pytest.fixture
def store(tmp_path: Path, empty_store: Callable[[Path], str]) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        opened.begin_run(NOON)
        yield opened


def keep(store: Store, year: int, *, published_on: date | None = date(2021, 1, 20), **fields) -> None:
    url = f"{HOST}/{fields.get('issuer', 'g')}{year}.html"
    report = make_report(url, year=year, **{"findings": [], **fields})
    report.published_on = published_on
    store.save_report(report, make_outcome(report), NOON)


def keep_government(store: Store, year: int, published_on: date) -> None:
    report = make_report(f"{HOST}/gov{year}.html", issuer="青禾市人民政府", year=year)
    report.issuer, report.published_on, report.findings = GOVERNMENT, published_on, []
    store.save_report(report, make_outcome(report), NOON)


def walk(
    store: Store, stop: str = "last_page", *, holes: int = 0, portal_stop: str = "exhausted", lists: bool = True
) -> None:
    if lists:
        store.record_list(
            ListOutcome(
                portal="qinghe",
                url=f"{HOST}/list/",
                family="trs",
                title="年报",
                pages=3,
                entries=40,
                expected=40,
                stop_reason=stop,  # type: ignore[arg-type]
                holes=holes,
            ),
            SEEN,
        )
    store.record_portal(
        PortalOutcome(
            portal="qinghe",
            name="青禾市人民政府",
            home=HOST,
            requests=9,
            columns=1,
            entries=40,
            stop_reason=portal_stop,
        ),
        SEEN,
    )


def owed(store: Store, **filters) -> dict[tuple[str, int], Owed]:
    with store.snapshot() as connection:
        return {(each.issuer, each.report_year): each for each in iter_coverage(connection, Filters(**filters), ())}


@pytest.mark.parametrize(
    ("kind", "year", "due"),
    [
        pytest.param("government", 2008, date(2009, 3, 31), id="a government"),
        pytest.param("department", 2018, date(2019, 3, 31), id="a department under the first regulation"),
        pytest.param("department", 2019, date(2020, 1, 31), id="a department under the second"),
        pytest.param("town", 2022, date(2023, 3, 31), id="a town"),
        pytest.param(None, 2022, date(2023, 3, 31), id="unknown"),
    ],
)
def test_due_on(kind: str | None, year: int, due: date) -> None:
    assert due_on(kind, year) == due


def test_what_is_held_is_present_late_or_doubtful(store: Store) -> None:
    keep(store, 2020)
    keep(store, 2021, published_on=date(2022, 2, 3))
    keep(store, 2022, findings=[Finding(code="sums.t3.flow", severity="warning", message="1 ≠ 2")])
    keep(store, 2023, published_on=None)
    keep(store, 2024, published_on=date(2025, 1, 31))
    walk(store)
    found = owed(store)
    states = {
        year: (found["青禾市财政局", year].state, found["青禾市财政局", year].reason) for year in range(2020, 2025)
    }
    assert states == {
        2020: ("present", None),
        2021: ("late", None),
        2022: ("doubtful", None),
        2023: ("present", "no_date"),
        2024: ("present", None),
    }
    assert found["青禾市财政局", 2021].days_late == 3
    assert found["青禾市财政局", 2020].report_id


@pytest.mark.parametrize(
    ("walked", "reason", "detail"),
    [
        pytest.param({}, "not_published", None, id="every list read to its end"),
        pytest.param({"stop": "cap"}, "not_found", "cap", id="a bound came first"),
        pytest.param({"stop": "error"}, "not_found", "error", id="a page of the list failed"),
        pytest.param({"holes": 2}, "not_found", "holes", id="pages in between failed"),
        pytest.param({"portal_stop": "seconds"}, "not_found", "seconds", id="the portal's time was up"),
        pytest.param({"lists": False}, "no_column", None, id="no list"),
        pytest.param({"lists": False, "portal_stop": "http_403"}, "blocked", "http_403", id="a wall"),
        pytest.param({"lists": False, "portal_stop": "dns"}, "unreachable", "dns", id="no server"),
    ],
)
def test_why_nothing_was_found(store: Store, walked: dict, reason: str, detail: str | None) -> None:
    keep_government(store, 2020, date(2021, 1, 20))
    walk(store, **walked)
    missing = owed(store)["青禾市人民政府", 2018]
    assert (missing.state, missing.reason, missing.detail) == ("missing", reason, detail)


@pytest.mark.parametrize(
    ("outcome", "why", "reason"),
    [
        pytest.param("gone", "http_404", "moved", id="the link leads to nothing"),
        pytest.param("blocked", "challenge", "blocked", id="a wall"),
        pytest.param("unreachable", "timeout", "unreachable", id="no answer"),
        pytest.param("error", "attachment_unread", "attachment_unread", id="an attachment nobody reads"),
        pytest.param("error", "http_500", "waiting", id="to be tried again"),
        pytest.param("lookalike", "budget", "other_kind", id="another kind of document"),
        pytest.param("cap", "pages", "waiting", id="not asked"),
    ],
)
def test_what_became_of_a_link_that_names_the_report(store: Store, outcome: str, why: str, reason: str) -> None:
    keep_government(store, 2020, date(2021, 1, 20))
    walk(store)
    url = f"{HOST}/2018.html"
    title = "青禾市人民政府2018年政府信息公开工作年度报告"
    store.record_outcome(make_outcome(url, outcome, reason=why, title=title), SEEN)
    missing = owed(store)["青禾市人民政府", 2018]
    assert (missing.state, missing.reason, missing.detail, missing.url) == ("missing", reason, why, url)
    assert owed(store)["青禾市人民政府", 2017].reason == "not_published"


def test_before_its_first_report_nothing_is_known_of_a_department(store: Store) -> None:
    keep(store, 2019)
    walk(store)
    found = owed(store)
    assert found["青禾市财政局", 2018].state == "unknown"
    assert found["青禾市财政局", 2021].state == "missing"


def test_what_is_not_due_is_not_missing(store: Store) -> None:
    keep_government(store, 2024, date(2025, 3, 20))
    keep(store, 2024)
    walk(store)
    found = owed(store)
    assert found["青禾市人民政府", 2025].state == "not_due"  # the last look was on 2 March
    assert found["青禾市财政局", 2025].state == "missing"
    assert max(year for _, year in found) == 2025


def test_a_withdrawn_report_is_held_and_said_to_be_withdrawn(store: Store) -> None:
    keep(store, 2020)
    url = f"{HOST}/g2020.html"
    store.record_outcome(make_outcome(url, "gone", reason="http_404"), SEEN)
    assert (owed(store)["青禾市财政局", 2020].state, owed(store)["青禾市财政局", 2020].reason) == (
        "present",
        "withdrawn",
    )


def test_an_issuer_under_two_spellings_is_one(store: Store) -> None:
    keep(store, 2020, issuer="青禾市财政局")
    keep(store, 2021, issuer="云岭省青禾市财政局")
    found = owed(store)
    assert len({issuer for issuer, year in found if year in (2020, 2021)}) == 2
    assert len(found) == len({year for _, year in found})


def test_the_owner_of_a_portal_without_a_report_owes_every_year(store: Store) -> None:
    walk(store, lists=False, portal_stop="dns")
    with store.snapshot() as connection:
        known = [Portal(id="qinghe", name="青禾市人民政府", home=HOST, region_code="990100", level="prefecture")]
        found = list(iter_coverage(connection, Filters(), known))
    assert [each.report_year for each in found] == list(range(2008, 2026))
    assert {(each.issuer, each.state, each.reason) for each in found if each.report_year < 2025} == {
        ("青禾市人民政府", "missing", "unreachable")
    }


def test_an_empty_store_owes_nothing(store: Store) -> None:
    assert owed(store) == {}


def test_filters(store: Store) -> None:
    keep(store, 2020)
    keep_government(store, 2020, date(2021, 1, 20))
    walk(store)
    assert {year for _, year in owed(store, years=frozenset({2019, 2020}))} == {2019, 2020}
    assert {issuer for issuer, _ in owed(store, issuer="财政")} == {"青禾市财政局"}
    assert owed(store, region="44") == {}
    assert owed(store, level="county") == {}


@pytest.mark.parametrize("by", ["issuer", "region", "province", "level"])
def test_the_picture_is_well_formed_and_always_the_same(store: Store, by) -> None:
    keep(store, 2020, issuer='<script>"&\x01局')
    keep_government(store, 2020, date(2021, 1, 20))
    walk(store)
    found = list(owed(store).values())
    picture = draw(group_lines(found, by), "覆盖 <情况>")
    assert draw(group_lines(found, by), "覆盖 <情况>") == picture
    tree = etree.fromstring(picture.encode())
    assert not tree.xpath("//*[local-name()='script']")
    assert "Noto Sans CJK SC" in tree.get("font-family")
    names = tree.xpath("//*[local-name()='text'][@text-anchor='end']/text()")
    assert {
        "issuer": {"青禾市人民政府", '<script>"&\ufffd局'},
        "region": {"云岭省青禾市"},
        "province": {"云岭省"},
        "level": {"地市级"},
    }[by] == set(names)
    width = int(tree.get("width"))
    assert all(int(each.get("x")) < width for each in tree.xpath("//*[local-name()='rect'][@x]"))


def test_long_names_keep_their_end() -> None:
    assert shorten("长" * 30 + "局") == "…" + "长" * (LONGEST - 2) + "局"


def test_the_command_prints_a_table_rows_and_a_picture(store: Store, tmp_path: Path) -> None:
    keep_government(store, 2020, date(2021, 1, 20))
    walk(store)
    picture = str(tmp_path / "c.svg")
    ended = run_command(Command, store, "--svg", picture)
    assert (ended.code, ended.err) == (0, "")
    assert "青禾市人民政府" in ended.out
    assert "missing, not_published: 16" in ended.out
    drawn = (tmp_path / "c.svg").read_text("utf-8")
    assert drawn.startswith("<svg ")
    assert drawn.count(">缺<") == 17, "16 missing and the legend"
    assert "栏目中没有" in drawn
    ended = run_command(Command, store, "--format", "csv", "--state", "present")
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    assert [(row["report_year"], row["state"]) for row in rows] == [("2020", "present")]
    assert run_command(Command, store, "--years", "1990").code == 2
    assert run_command(Command, store, "--svg", str(tmp_path / "none/c.svg")).code == 3
