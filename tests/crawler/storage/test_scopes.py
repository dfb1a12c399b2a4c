"""What a run holds: in a file the store, on a server its portals and hosts; what ends with whom."""

from __future__ import annotations

import pytest

from crawler.errors import AlreadyRunningError
from crawler.processes import owner_name
from crawler.storage import Store, open_store
from crawler.storage.schema import runs
from tests.factories import NOON, later


@pytest.fixture
def others(address: str):
    """Further openings of one store, as other processes have them."""
    opened = [open_store(address, create=True) for _ in range(3)]
    yield opened
    for store in opened:
        store.close()


def begin(store: Store, number: int, *scope: str) -> int:
    return store.begin_run(NOON, owner=f"elsewhere:{number}", scope=scope or None)


def is_server(store: Store) -> bool:
    return isinstance(store.file, str)


def test_runs_of_other_portals_go_on_beside_each_other_on_a_server_alone(others: list[Store]) -> None:
    one, two, three = others
    begin(one, 1, "a", "a.gov.cn")
    if not is_server(one):
        with pytest.raises(AlreadyRunningError):
            begin(two, 2, "b", "b.gov.cn")
        return
    begin(two, 2, "b", "b.gov.cn")
    with pytest.raises(AlreadyRunningError, match=r"run 1 \(elsewhere:1\) is at work"):
        begin(three, 3, "c", "a.gov.cn")  # another portal of the same host
    for store in (one, two):
        store.give_sign(later(seconds=15))


def test_a_run_without_a_scope_holds_and_wants_everything(others: list[Store]) -> None:
    one, two, three = others
    begin(one, 1, "a")
    with pytest.raises(AlreadyRunningError):
        begin(two, 2)
    one.finish_run(NOON, "finished")
    begin(two, 2)
    with pytest.raises(AlreadyRunningError):
        begin(three, 3, "a")


def test_the_next_run_ends_a_dead_one_whatever_it_held_and_no_living_one(others: list[Store]) -> None:
    dead, living, new = others
    if not is_server(dead):
        pytest.skip("a file has one run at a time")
    gone = owner_name().rsplit(":", 1)[0] + ":0"  # this process, had it begun at another time
    first = dead.begin_run(NOON, owner=gone, scope=["a"])
    second = begin(living, 2, "b")
    third = begin(new, 3, "c")
    with new.snapshot() as connection:
        ended = {row.id: row.finish_reason for row in connection.execute(runs.select())}
    assert ended == {first: "died", second: None, third: None}
    with pytest.raises(AlreadyRunningError, match="has taken over"):
        dead.give_sign(later(seconds=15))


def test_the_runs_before_one_are_those_about_the_same(others: list[Store]) -> None:
    store = others[0]
    numbers = []
    for scope in (["a"], ["b"], None, ["a"], ["b"]):
        numbers.append(store.begin_run(NOON, owner="elsewhere:1", scope=scope))
        store.finish_run(NOON, "finished")
    before = [run.id for run in store.latest_runs(10, until=numbers[3])]
    assert before == ([numbers[3], numbers[2], numbers[0]] if is_server(store) else numbers[3::-1])
