"""N05, O05, O06, R03: one run at a time; a dead one is taken over; each run's end is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crawler.errors import AlreadyRunningError
from crawler.outcomes import Sighting
from crawler.processes import began, is_gone, owner_name
from crawler.storage import Alert, Store, open_store
from tests.factories import HOST, NOON, later

ELSEWHERE = "another-host:17:99"


@pytest.fixture
def other(store: Store, address: str):
    """A second door to the same store; the first run's owner stands on another host."""
    with open_store(address) as opened:
        yield opened


def reasons(store: Store) -> list[str | None]:
    return [run.finish_reason for run in reversed(store.latest_runs(9))]


def test_n05_while_a_run_lives_a_second_one_does_not_begin_and_is_written_down(store: Store, other: Store) -> None:
    with pytest.raises(AlreadyRunningError, match=r"run 1 \(test:1\) is at work since 2026-03-02 04:00 UTC"):
        other.begin_run(later(seconds=59), owner="b:2:")
    assert reasons(store) == [None, "already_running"]
    store.give_sign(later(seconds=50))
    with pytest.raises(AlreadyRunningError):
        other.begin_run(later(seconds=109), owner="b:2:")


def test_n05_a_run_that_gives_no_sign_for_a_minute_is_taken_over_and_learns_of_it(store: Store, other: Store) -> None:
    store.discover("qinghe", [Sighting(url=f"{HOST}/a.html", role="entry")], NOON)
    store.lease("qinghe", [f"{HOST}/a.html"], NOON)
    assert other.begin_run(later(seconds=60), owner="b:2:") == 2
    assert [waiting.reason for waiting in other.frontier("qinghe", later(seconds=60))] == ["interrupted"]
    with pytest.raises(AlreadyRunningError, match="taken over"):
        store.give_sign(later(seconds=61))
    store.finish_run(later(seconds=62), "taken_over")
    assert reasons(store) == ["died", None]


def test_n05_r03_a_run_whose_process_is_gone_is_taken_over_at_once(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/store.sqlite3", create=True) as store:
        done = subprocess.run(
            [sys.executable, "-c", "from crawler.processes import owner_name; print(owner_name())"],
            cwd=Path(__file__).resolve().parents[3],
            capture_output=True,
            text=True,
            check=True,
        )
        store.begin_run(NOON, owner=done.stdout.strip())
        assert store.begin_run(later(seconds=1), owner="b:2:") == 2
        assert reasons(store) == ["died", None]


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        (lambda name: name, False),
        (lambda name: name.rpartition(":")[0] + ":1", began(1) is not None),
        (lambda name: name.rpartition(":")[0] + ":", False),
        (lambda name: ELSEWHERE, False),
        (lambda name: "test:1", False),
        (lambda name: "", False),
    ],
    ids=["this process", "the same number, another process", "no start known", "another host", "no process", "nobody"],
)
def test_whether_an_owner_lives(change, gone: bool) -> None:
    assert is_gone(change(owner_name())) is gone


def test_o02_a_clock_that_was_set_back_keeps_nobody_out_for_ever(store: Store, other: Store) -> None:
    assert other.begin_run(later(hours=-1), owner="b:2:") == 2


def test_what_a_run_came_to_is_written(store: Store) -> None:
    store.finish_run(later(hours=1), "finished", {"reports": 3})
    store.judge_run(1, 12, "no report was found", [Alert(code="portal_silent", portal="qinghe", message="…")], NOON)
    (run,) = store.latest_runs(5)
    assert (run.exit_code, run.sentence, run.counts, run.finish_reason) == (
        12,
        "no report was found",
        {"reports": 3},
        "finished",
    )


def test_r08_alerts_wait_until_they_are_sent(store: Store) -> None:
    told = [Alert(code="run_failed", message="one"), Alert(code="errors_rose", portal="qinghe", message="two")]
    store.judge_run(1, 9, "failed", told, NOON)
    waiting = store.unsent_alerts()
    assert [(alert.code, alert.portal, alert.message) for alert in waiting] == [
        ("run_failed", None, "one"),
        ("errors_rose", "qinghe", "two"),
    ]
    store.note_sent([alert.id for alert in waiting[:1] if alert.id], NOON)
    assert [alert.code for alert in store.unsent_alerts()] == ["errors_rose"]
