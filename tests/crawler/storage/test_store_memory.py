"""Q and R: what is asked again, when, in what words; what a 304, a bound and a late word do to a known document."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from crawler.outcomes import Sighting
from crawler.storage import Memory, Revisits, Store
from tests.factories import HOST, NOON, later, make_outcome, make_report

A, B = f"{HOST}/a.html", f"{HOST}/b.html"
NIGHTLY = Revisits(least=timedelta(days=1), most=timedelta(days=30))


def read(store: Store, url: str = A, at=NOON, *, flagged: bool = False, **fields) -> None:
    report = make_report(url, at=at, **fields)
    report.article.page.etag, report.article.page.last_modified = '"5f-1"', "Wed, 31 Jan 2024 08:00:00 GMT"
    reason = "sums.t3.flow" if flagged else None
    store.save_report(report, make_outcome(report, reason=reason), at, flagged=flagged)


def recall(store: Store, at) -> Memory:
    return store.recall("qinghe", NIGHTLY, at)


def state(store: Store, url: str = A) -> str:
    with store.snapshot() as connection:
        return connection.execute(text("SELECT state FROM urls WHERE url = :url"), {"url": url}).scalar_one()


def test_what_was_never_met_is_asked_without_conditions(store: Store) -> None:
    assert recall(store, NOON).decide(A) == "ask"
    assert recall(store, NOON).conditions(A) == {}


def test_a_document_is_asked_again_by_its_age(store: Store) -> None:
    read(store)
    assert recall(store, later(hours=23)).decide(A) == "leave"
    assert recall(store, later(hours=24)).decide(A) == "ask"
    store.record_outcome(make_outcome(A, "unchanged", http_status=304), later(days=40))
    assert recall(store, later(days=49)).decide(A) == "leave", "it stood for 40 days, so it is left for 10"
    assert recall(store, later(days=50)).decide(A) == "ask"
    read(store, at=later(days=50), count=348)
    assert recall(store, later(days=51)).decide(A) == "ask", "it changed: it is young again"


def test_a_failure_is_waited_for_and_what_was_left_lying_is_asked(store: Store) -> None:
    store.record_outcome(make_outcome(A, "unreachable", reason="timeout"), NOON)
    store.discover("qinghe", [Sighting(url=B, role="entry", title="年报")], NOON)
    memory = recall(store, later(minutes=30))
    assert (memory.decide(A), memory.decide(B)) == ("wait", "ask")
    assert [known.url for known in memory.due()] == [B]
    assert [known.url for known in recall(store, later(hours=1)).due()] == [A, B]
    assert next(iter(memory.due())).title == "年报"


def test_a_known_document_that_no_list_shows_any_more_is_due_too(store: Store) -> None:
    read(store)
    assert [known.url for known in recall(store, later(days=1)).due()] == [A]


@pytest.mark.parametrize(
    ("outcome", "reason"), [("robots", "robots"), ("trap", "same_page"), ("offsite", "link"), ("refused", "address")]
)
def test_what_was_refused_is_not_due_by_itself(store: Store, outcome: str, reason: str) -> None:
    store.record_outcome(make_outcome(A, outcome, reason=reason), NOON)
    assert list(recall(store, later(days=400)).due()) == []


def test_b11_an_address_that_robots_forbade_is_judged_anew_in_every_run(store: Store) -> None:
    store.record_outcome(make_outcome(A, "robots", reason="robots"), NOON)
    assert recall(store, later(minutes=1)).decide(A) == "ask"


def test_q03_conditions_are_those_of_the_body_that_was_read(store: Store) -> None:
    read(store)
    expected = {"If-None-Match": '"5f-1"', "If-Modified-Since": "Wed, 31 Jan 2024 08:00:00 GMT"}
    assert recall(store, later(days=1)).conditions(A) == expected
    store.record_outcome(make_outcome(A, "unchanged", http_status=304), later(days=1))
    assert recall(store, later(days=2)).conditions(A) == expected
    assert recall(store, later(days=91)).conditions(A) == {}, "now and then it is read whole, whatever the server says"
    store.record_outcome(make_outcome(A, "error", reason="http_500"), later(days=3))
    assert recall(store, later(days=4)).conditions(A) == {}


def test_q03_a_document_that_was_held_back_is_read_whole(store: Store) -> None:
    read(store)
    report = make_report(A)
    store.quarantine(report.article.page, make_outcome(A, "error", reason="tamper.brand"), later(days=1))
    assert recall(store, later(days=2)).conditions(A) == {}


@pytest.mark.parametrize("flagged", [False, True])
@pytest.mark.parametrize("leased", [False, True])
def test_q03_unchanged_leaves_the_document_as_it_was(store: Store, flagged: bool, leased: bool) -> None:
    read(store, flagged=flagged)
    if leased:
        store.record_outcome(make_outcome(A, "read"), later(hours=1))
        store.begin_run(later(hours=2))
        store.lease("qinghe", [A], later(hours=2))
    store.record_outcome(make_outcome(A, "unchanged", http_status=304), later(days=1))
    assert state(store) == ("flagged" if flagged else "unchanged")
    assert store.find_breaches() == []
    assert [stored.version for stored in store.iter_reports()] == [1]


def test_q04_withdrawn_and_restored_without_a_new_version(store: Store) -> None:
    read(store)
    store.record_outcome(make_outcome(A, "gone", reason="http_404"), later(days=1))
    assert [stored.withdrawn for stored in store.iter_reports()] == [True]
    read(store, at=later(days=2))
    with store.snapshot() as connection:
        events = [row[0] for row in connection.exec_driver_sql("SELECT event FROM events ORDER BY id")]
    assert events == ["withdrawn", "restored"]
    assert [(stored.version, stored.withdrawn) for stored in store.iter_reports()] == [(1, False)]


@pytest.mark.parametrize(
    ("outcome", "reason"), [("cap", "limit"), ("refused", "stopped"), ("refused", "budget")], ids=lambda text: text
)
def test_a_known_document_that_was_not_asked_stays_as_it_was(store: Store, outcome: str, reason: str) -> None:
    read(store, flagged=True)
    store.begin_run(later(days=1))
    store.record_outcome(make_outcome(A, outcome, reason=reason), later(days=1))
    assert state(store) == "flagged"
    assert recall(store, later(days=1)).decide(A) == "ask", "nobody looked, so it is still due"


def test_an_address_that_was_not_asked_is_pending(store: Store) -> None:
    store.record_outcome(make_outcome(A, "refused", reason="stopped"), NOON)
    assert state(store) == "pending"


def test_n04_what_an_earlier_run_saw_changes_nothing_when_it_is_heard_late(store: Store) -> None:
    read(store, at=later(days=2))
    store.begin_run(later(days=3))
    store.record_outcome(make_outcome(A, "gone", reason="http_404"), later(days=1))
    assert state(store) == "stored"
    assert [stored.withdrawn for stored in store.iter_reports()] == [False]
