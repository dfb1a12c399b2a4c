"""Every promise has a test, every test's case is a promise, and docs/reliability.md names them all."""

from __future__ import annotations

import pytest

from benchmarks.reliability import PAGE, ROOMS, assign, cases_of, collect, load_promises, write_promises


@pytest.fixture(scope="module")
def nightly() -> set[str]:
    return set(collect("-m", "nightly"))


@pytest.fixture(scope="module")
def tests(nightly: set[str]) -> list[str]:
    return [*collect(), *sorted(nightly)]


def test_every_promise_is_tested_or_says_why_not(tests: list[str]) -> None:
    promises = load_promises()
    assign(promises, tests, set())
    assert {case for case, promise in promises.items() if bool(promise.tests) == bool(promise.open)} == set()
    assert {case for case, promise in promises.items() if bool(promise.words) == bool(promise.open)} == set()


def test_every_case_of_a_test_is_a_promise(tests: list[str]) -> None:
    named = {case for test in tests for case in cases_of(test) if case[0] in ROOMS}
    assert named - set(load_promises()) == set()


def test_the_page_is_up_to_date(tests: list[str], nightly: set[str]) -> None:
    promises = load_promises()
    assign(promises, tests, nightly)
    assert PAGE.read_text("utf-8").startswith(write_promises(promises)), "python -m benchmarks.reliability --list"
