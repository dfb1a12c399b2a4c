"""How long a host is left alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.fetching.politeness import Pauses, bucket_of, parse_retry_after

NOW = datetime(2024, 3, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        pytest.param("5", 5.0, id="seconds"),
        pytest.param(" 86400 ", 86400.0, id="a day"),
        pytest.param("Fri, 01 Mar 2024 12:00:30 GMT", 30.0, id="a date"),
        pytest.param("Fri, 01 Mar 2024 11:00:00 GMT", 0.0, id="a date that is over"),
        pytest.param("Fri, 01 Mar 2024 12:00:30", 30.0, id="a date without zone"),
        pytest.param("-5", None, id="negative"),
        pytest.param("soon", None, id="words"),
        pytest.param("٥", None, id="other digits"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="absent"),
    ],
)
def test_a03_retry_after(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds


def test_b16_one_bucket_a_host() -> None:
    assert {bucket_of(host) for host in ("www.a.example", "a.example", "WWW.A.EXAMPLE", "a.example.")} == {"a.example"}
    assert bucket_of("b.a.example") != bucket_of("a.example")


class TestPauses:
    def pauses(self) -> Pauses:
        return Pauses(first=30, longest=180)

    def test_each_refusal_in_a_row_doubles_the_pause(self) -> None:
        pauses = self.pauses()
        assert [pauses.note("a", 403, None, 0) for _ in range(4)] == [30, 60, 120, 240]

    @pytest.mark.parametrize("status", [403, 412, 429, 503, 521])
    def test_a06_these_answers_pause(self, status: int) -> None:
        assert self.pauses().note("a", status, None, 0) == 30

    @pytest.mark.parametrize("status", [200, 301, 304, 404, 410, 500, 502])
    def test_these_do_not(self, status: int) -> None:
        assert self.pauses().note("a", status, 60, 0) == 0

    def test_success_ends_the_row_and_a_missing_page_does_not(self) -> None:
        pauses = self.pauses()
        pauses.note("a", 429, None, 0)
        pauses.note("a", 404, None, 0)
        assert pauses.note("a", 429, None, 0) == 60
        pauses.note("a", 200, None, 0)
        assert pauses.note("a", 429, None, 0) == 30

    def test_retry_after_lengthens_and_never_shortens(self) -> None:
        pauses = self.pauses()
        assert pauses.note("a", 429, 100, 0) == 100
        assert pauses.note("a", 429, 5, 0) == 60

    def test_a_host_that_asks_for_too_much_is_given_up_and_others_are_not(self) -> None:
        pauses = self.pauses()
        pauses.note("a", 503, 86400, 0)
        assert pauses.is_given_up("a", 1)
        assert not pauses.is_given_up("b", 1)
        assert not pauses.is_given_up("a", 86400)


def test_a04_what_an_earlier_run_was_told_holds_until_it_is_over() -> None:
    pauses = Pauses(first=30, longest=180)
    pauses.keep("www.example", 60, now=0)
    assert pauses.is_given_up("www.example", now=59)
    assert not pauses.is_given_up("www.example", now=61)
    assert not pauses.is_given_up("other.example", now=0)
