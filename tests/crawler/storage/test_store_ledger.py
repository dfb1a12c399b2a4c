"""The ledger: each address in exactly one state, the law kept, what is due found again after any end of a run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from crawler.outcomes import ListOutcome, PortalOutcome, Sighting
from crawler.storage import Store
from crawler.storage.ledger import retry_wait, state_of
from tests.factories import HOST, NOON, later, make_outcome, make_report

A, B, C = f"{HOST}/a.html", f"{HOST}/b.html", f"{HOST}/c.html"


def sighting(url: str, role: str = "entry", **fields) -> Sighting:
    return Sighting(url=url, role=role, **fields)


def row(store: Store, url: str = A) -> dict:
    with store.snapshot() as connection:
        found = connection.execute(text("SELECT * FROM urls WHERE url = :url"), {"url": url}).mappings().one()
        return dict(found)


def state(store: Store, url: str = A) -> tuple[str, str | None]:
    found = row(store, url)
    return found["state"], found["reason"]


def due(store: Store, at=NOON) -> list[str]:
    return [waiting.url for waiting in store.frontier("qinghe", at)]


@pytest.mark.parametrize(
    ("outcome", "role", "reason", "expected"),
    [
        ("read", "home", None, "stored"),
        ("read", "list", None, "stored"),
        ("read", "entry", None, "fetching"),
        ("read", "attachment", None, "fetching"),
        ("gone", "entry", "http_404", "rejected"),
        ("refused", "entry", "address", "rejected"),
        ("refused", "entry", "host_paused", "retry"),
        ("refused", "entry", "robots_unavailable", "retry"),
        ("refused", "entry", "truncated", "retry"),
        ("unreachable", "home", "dns", "retry"),
        ("blocked", "entry", "challenge", "retry"),
        ("offsite", "entry", "link", "rejected"),
        ("robots", "entry", "robots", "rejected"),
        ("trap", "list", "endless_path", "rejected"),
        ("cap", "entry", "pages", "pending"),
        ("error", "entry", "http_500", "retry"),
    ],
)
def test_every_outcome_leads_to_one_state(store: Store, outcome, role, reason, expected) -> None:
    told = make_outcome(A, outcome, role=role, reason=reason)
    assert state_of(told) == expected
    store.record_outcome(told, NOON)
    assert state(store) == (expected, reason)


def test_conservation_law_over_every_kind_of_end(store: Store) -> None:
    store.discover("qinghe", [sighting(f"{HOST}/{number}.html") for number in range(10)], NOON)
    report = make_report(f"{HOST}/0.html")
    store.save_report(report, make_outcome(report), NOON)
    store.save_report(report, make_outcome(report), NOON)
    flagged = make_report(f"{HOST}/1.html", year=2022)
    store.save_report(flagged, make_outcome(flagged, reason="sums.t3.flow"), NOON, flagged=True)
    store.quarantine(report.article.page, make_outcome(f"{HOST}/2.html", "error", reason="empty"), NOON)
    for number, outcome in enumerate(["gone", "unreachable", "cap", "read"], start=3):
        store.record_outcome(make_outcome(f"{HOST}/{number}.html", outcome), NOON)
    notice = make_report(f"{HOST}/7.html", kind="notice")
    store.reject(notice, make_outcome(notice, "lookalike", reason="notice"), NOON)
    (balance,) = store.balance()
    assert balance.holds
    assert balance.discovered == 10
    assert {name: count for name, count in balance.states.items() if count} == {
        "pending": 3,
        "fetching": 1,
        "unchanged": 1,
        "flagged": 1,
        "quarantined": 1,
        "rejected": 2,
        "retry": 1,
    }
    assert store.find_breaches() == []


@pytest.mark.parametrize("order", [("read", "report"), ("report", "read")], ids=" then ".join)
def test_the_store_speaks_last_whatever_comes_first(store: Store, order: tuple[str, str]) -> None:
    report = make_report(A)
    for voice in order:
        if voice == "report":
            store.save_report(report, make_outcome(report), NOON)
        else:
            store.record_outcome(make_outcome(A, "read", http_status=200, found_on=f"{HOST}/nb/"), NOON)
    found = row(store)
    assert (found["state"], found["outcome"], found["found_on"]) == ("stored", "report", f"{HOST}/nb/")


def test_in_the_next_run_an_entry_that_was_read_waits_for_the_store_again(store: Store) -> None:
    report = make_report(A)
    store.save_report(report, make_outcome(report), NOON)
    store.finish_run(NOON, "finished")
    store.begin_run(later(days=1))
    store.record_outcome(make_outcome(A, "read"), later(days=1))
    assert state(store)[0] == "fetching"


def test_spellings_share_a_row(store: Store) -> None:
    for url in ("http://www.qinghe.gov.cn/nb/index.html", "https://qinghe.gov.cn/nb/"):
        store.record_outcome(make_outcome(url, "read", role="list"), NOON)
    assert store.balance()[0].discovered == 1


def test_a02_each_failure_in_a_row_waits_twice_as_long_and_success_forgets_them(store: Store) -> None:
    failed = make_outcome(A, "unreachable", reason="timeout")
    waits = []
    for _ in range(4):
        store.record_outcome(failed, NOON)
        waits.append(store.frontier("qinghe", later(days=30))[0].retry_at - NOON)
    assert waits == [timedelta(hours=hours) for hours in (1, 2, 4, 8)]
    store.record_outcome(make_outcome(A, "read", role="list"), NOON)
    assert row(store)["attempts"] == 0
    assert retry_wait(1000) == timedelta(days=7)


def test_what_is_due_is_what_was_never_asked_what_may_be_tried_again_and_what_was_left_lying(store: Store) -> None:
    assert store.discover("qinghe", [sighting(A), sighting(B, role="list"), sighting(A)], NOON) == 2
    assert store.discover("qinghe", [sighting(A), sighting(C)], NOON) == 1
    assert due(store) == [A, B, C]
    assert store.lease("qinghe", [A, B], NOON) == [A, B]
    assert store.lease("qinghe", [A, C], NOON) == [C], "a lease holds"
    assert due(store) == []
    store.record_outcome(make_outcome(B, "unreachable"), NOON)
    assert due(store, later(minutes=59)) == [A, C]
    assert due(store, later(minutes=60)) == [A, B, C]


def test_what_a_killed_run_left_is_due_in_the_next(store: Store) -> None:
    store.discover("qinghe", [sighting(A), sighting(B)], NOON)
    store.lease("qinghe", [A], NOON)
    store.record_outcome(make_outcome(C, "read"), NOON)
    store.begin_run(later(seconds=1))
    assert due(store, later(seconds=1)) == [A, B, C]
    assert state(store, C) == ("pending", "interrupted")


def test_what_an_ended_run_left_is_due_again(store: Store) -> None:
    store.discover("qinghe", [sighting(A)], NOON)
    store.lease("qinghe", [A], NOON)
    store.finish_run(later(minutes=1), "shutdown", {"pages": 3})
    assert due(store) == [A]


def test_quarantine_holds_the_bytes_until_the_page_is_understood(store: Store) -> None:
    report = make_report(A, body="<html>看不懂</html>".encode())
    store.quarantine(report.article.page, make_outcome(A, "error", reason="fault:ValueError"), NOON)
    store.quarantine(report.article.page, make_outcome(A, "error", reason="fault:KeyError"), NOON)
    with store.snapshot() as connection:
        (held,) = connection.exec_driver_sql("SELECT * FROM held_pages").mappings()
    import zlib

    assert zlib.decompress(held["body"]) == report.article.page.body
    assert (held["reason"], held["size"]) == ("fault:KeyError", len(report.article.page.body))
    store.save_report(report, make_outcome(report), NOON)
    with store.snapshot() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM held_pages").scalar() == 0


def test_quarantine_leaves_what_was_stored_before(store: Store) -> None:
    report = make_report(A)
    store.save_report(report, make_outcome(report), NOON)
    store.quarantine(report.article.page, make_outcome(A, "error", reason="tamper.brand"), later(days=1))
    assert [stored.report.report_year for stored in store.iter_reports()] == [2023]
    assert store.find_breaches() == []


def test_lists_and_portals_are_one_row_each(store: Store) -> None:
    walked = {"portal": "qinghe", "url": f"{HOST}/nb/", "family": "trs", "title": "年报", "expected": 40}
    for entries in (20, 40):
        told = ListOutcome(**walked, pages=2, entries=entries, stop_reason="last_page")
        store.record_list(told, NOON)
        told = PortalOutcome(
            portal="qinghe", name="青禾市", home=HOST, requests=9, columns=1, entries=entries, stop_reason="exhausted"
        )
        store.record_portal(told, NOON)
    with store.snapshot() as connection:
        assert connection.exec_driver_sql("SELECT entries, expected FROM lists").fetchall() == [(40, 40)]
        assert connection.exec_driver_sql("SELECT name, entries FROM portals").fetchall() == [("青禾市", 40)]


def test_o07_every_instant_is_utc_with_its_offset_and_dates_stay_dates(store: Store) -> None:
    from datetime import timezone

    shanghai = NOON.astimezone(timezone(timedelta(hours=8)))
    report = make_report(A, at=shanghai)
    store.save_report(report, make_outcome(report), shanghai)
    assert row(store)["first_seen_at"] == "2026-03-02T04:00:00.000000+00:00"
    with store.snapshot() as connection:
        assert [
            (str(day), at) for day, at in connection.exec_driver_sql("SELECT published_on, fetched_at FROM versions")
        ] == [("2024-01-31", "2026-03-02T04:00:00.000000+00:00")]


def test_a_naive_instant_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="has no time zone"):
        store.record_outcome(make_outcome(A, "read"), NOON.replace(tzinfo=None))


BREACHES = {
    "a record is deleted behind its address": (
        "UPDATE sources SET key = 'x', url = 'http://x/'",
        ["is stored in the ledger, but has no record", "has a record, but no row in the ledger"],
    ),
    "half of a version's cells are lost": (
        "DELETE FROM indicators WHERE position > 2",
        ["version 1 has 3 of its 5 indicators"],
    ),
    "a version is lost": (
        "UPDATE versions SET is_current = FALSE",
        ["shows a document that has no current version"],
    ),
    "a portal is lost": ("DELETE FROM portals", ["refers to one that does not exist"]),
}


@pytest.mark.parametrize("name", BREACHES)
def test_the_audit_finds_what_must_never_be(store: Store, name: str) -> None:
    statement, sentences = BREACHES[name]
    report = make_report(A)
    store.save_report(report, make_outcome(report), NOON)
    assert store.find_breaches() == []
    if store._engine.dialect.name == "sqlite":
        raw = store._engine.raw_connection()
        raw.cursor().execute("PRAGMA foreign_keys = OFF")
        raw.cursor().execute(statement)
        raw.close()
    elif "DELETE FROM portals" in statement:
        pytest.skip("a server lets no reference hang")
    else:
        with store._engine.begin() as connection:
            connection.exec_driver_sql(statement)
    found = store.find_breaches()
    assert found
    for sentence in sentences:
        assert any(sentence in breach for breach in found), found
