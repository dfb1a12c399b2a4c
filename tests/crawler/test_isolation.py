"""Worker processes: what is slow, greedy or deadly costs one page, in time, and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from crawler import isolation
from crawler.errors import PageError, PageLimitError
from crawler.isolation import close_workers, is_risky, read_article_isolated, run_isolated, run_limited
from crawler.items import Page
from crawler.settings import GOV_REPORTS_STAGES
from crawler.stages import Stage, load_stages, run_stages
from tests.crawler import tasks
from tests.crawler.parsing.hostile import CHEAP, HEAVY, REPORT, page

ROOT = Path(__file__).resolve().parents[2]
HEARTBEAT = 0.02
LONGEST_STOP = 1.0


@pytest.fixture(autouse=True, scope="module")
def _end_workers():
    yield
    close_workers()


@pytest.fixture
def half_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "SECONDS", 0.5)


async def longest_stop(done: asyncio.Event) -> float:
    """Return for how long at most the event loop stood still until the event."""
    longest, last = 0.0, time.perf_counter()
    while not done.is_set():
        await asyncio.sleep(HEARTBEAT)
        now = time.perf_counter()
        longest, last = max(longest, now - last - HEARTBEAT), now
    return longest


async def beside_a_heartbeat(task) -> tuple[object, float]:
    """Return what the task gave, or the reason it was refused for, and the longest stop of the loop meanwhile."""
    done = asyncio.Event()
    heartbeat = asyncio.create_task(longest_stop(done))
    await asyncio.sleep(0)
    try:
        answer: object = await task
    except PageError as error:
        answer = error.reason
    done.set()
    return answer, await heartbeat


def test_a_worker_answers() -> None:
    assert run_limited(tasks.double, 21) == 42
    assert run_limited(tasks.double, 21, plus=1) == 43
    assert run_limited(tasks.process_id) != os.getpid()
    assert asyncio.run(run_isolated(tasks.double, 4)) == 8


@pytest.mark.parametrize(
    ("task", "kind", "reason"),
    [
        pytest.param(tasks.sleep, PageLimitError, "parse_timeout", id="sleeps"),
        pytest.param(tasks.spin, PageLimitError, "parse_timeout", id="spins"),
        pytest.param(tasks.hoard, PageLimitError, "parse_memory", id="takes all memory"),
        pytest.param(tasks.leave, PageError, "parser_died", id="exits"),
        pytest.param(tasks.crash, PageError, "parser_died", id="crashes"),
    ],
)
def test_m18_a_worker_that_gives_nothing_costs_its_page(half_a_second: None, task, kind, reason: str) -> None:
    arguments = (60,) if task is tasks.sleep else ()
    begun = time.perf_counter()
    with pytest.raises(PageError) as refused:
        run_limited(task, *arguments)
    assert (type(refused.value), refused.value.reason) == (kind, reason)
    assert time.perf_counter() - begun < 5
    assert run_limited(tasks.double, 2) == 4


def test_a_worker_that_dies_while_it_has_nothing_to_do_is_replaced() -> None:
    os.kill(run_limited(tasks.process_id), signal.SIGKILL)
    deadline = time.monotonic() + 10
    while isolation.worker_pool().active and time.monotonic() < deadline:
        time.sleep(0.02)
    assert run_limited(tasks.double, 3) == 6


@pytest.mark.parametrize("limit", [True, False])
def test_refusals_come_back_whole(limit: bool) -> None:
    with pytest.raises(PageError, match=r"\Awords\Z") as refused:
        run_limited(tasks.refuse, limit=limit)
    assert type(refused.value) is (PageLimitError if limit else PageError)
    assert refused.value.reason == ("too_deep" if limit else "charset")


def test_a_fault_of_our_own_stays_one() -> None:
    with pytest.raises(LookupError, match="a fault"):
        run_limited(tasks.fail)


def test_the_loop_goes_on_while_a_worker_is_busy(half_a_second: None) -> None:
    answer, stopped = asyncio.run(beside_a_heartbeat(run_isolated(tasks.spin)))
    assert answer == "parse_timeout"
    assert stopped < LONGEST_STOP


@pytest.mark.parametrize(
    ("body", "risky"),
    [
        (page(REPORT), False),
        (b"<p>" * 15_000, False),
        (b"<p>" * 15_001, True),
        (b" " * 700_000, False),
        (b" " * 700_001, True),
    ],
    ids=["a page", "tags", "more tags", "bytes", "more bytes"],
)
def test_which_pages_are_risky(body: bytes, risky: bool) -> None:
    assert is_risky(body) is risky


def test_an_ordinary_page_is_read_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "worker_pool", None)
    assert asyncio.run(read_article_isolated(Page(url="", body=page(REPORT)))).page_kind == "report"


@pytest.mark.parametrize(
    "body",
    [
        page("<p>" + "政府信息公开" * 34_000 + "</p>"),
        page(REPORT + "<table>" + ("<tr>" + "<td>1" * 7000) * 8 + "</table>"),
    ],
    ids=["text", "cells"],
)
def test_a_document_too_long_for_the_stages_is_refused(body: bytes) -> None:
    with pytest.raises(PageLimitError) as refused:
        asyncio.run(read_article_isolated(Page(url="", body=body)))
    assert refused.value.reason == "too_long"


def test_a_large_page_is_read_by_a_worker_as_it_is_read_here() -> None:
    large = Page(url="", body=page("<!--" + " " * 1_000_000 + "-->" + REPORT))
    article = asyncio.run(read_article_isolated(large))
    assert article.blocks == isolation.read_article(large).blocks == isolation.read_limited(large).blocks
    assert article.page == large


def test_workers_end_with_the_process_that_was_killed() -> None:
    program = (
        "import os, sys; from crawler.isolation import run_limited; from tests.crawler.tasks import process_id;"
        "print(run_limited(process_id), flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=60, check=False)
    worker = int(done.stdout)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and Path(f"/proc/{worker}").exists():
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()


@pytest.mark.parametrize("name", [name for name in CHEAP if is_risky(CHEAP[name]())])
def test_hostile_pages_with_many_tags(name: str) -> None:
    answer, stopped = asyncio.run(beside_a_heartbeat(read_article_isolated(Page(url="", body=CHEAP[name]()))))
    assert isinstance(answer, str) or answer.page_kind in ("report", "article", "list", "empty")
    assert stopped < LONGEST_STOP


STAGES = tuple(sorted(GOV_REPORTS_STAGES, key=GOV_REPORTS_STAGES.__getitem__))
LONG_FOR_STAGES = ("sentences full of quantities", "as many quantities as are read", "names", "mobile numbers", "dates")


def test_the_stages_after_reading_stop_the_loop_shortly() -> None:
    """They run in the loop's own process: what reading lets pass takes them little time, read once for the patterns."""
    stages = load_stages(STAGES)
    run_stages(isolation.read_bounded(Page(url="", body=page(REPORT))), stages)
    for name in LONG_FOR_STAGES:
        # the better of two: processor time, too, grows on a busy machine
        assert min(seconds_of_stages(CHEAP[name](), stages) for _ in range(2)) < LONGEST_STOP, name


def seconds_of_stages(body: bytes, stages: Sequence[Stage]) -> float:
    begun = time.process_time()
    with contextlib.suppress(PageLimitError):
        article = isolation.read_bounded(Page(url="", body=body))
        begun = time.process_time()
        run_stages(article, stages)
    return time.process_time() - begun


def test_a_document_of_too_many_numbers_is_refused() -> None:
    with pytest.raises(PageLimitError) as refused:
        isolation.read_bounded(Page(url="", body=CHEAP["sentences full of quantities"]()))
    assert refused.value.reason == "too_long"
    assert isolation.read_bounded(Page(url="", body=CHEAP["as many quantities as are read"]())).page_kind == "report"


@pytest.mark.nightly
@pytest.mark.parametrize("name", HEAVY)
def test_heavy_hostile_pages_end_in_time_while_the_loop_goes_on(name: str) -> None:
    body = HEAVY[name]()
    begun = time.perf_counter()
    answer, stopped = asyncio.run(beside_a_heartbeat(read_article_isolated(Page(url="", body=body))))
    assert isinstance(answer, str) or answer.page_kind in ("report", "article", "list", "empty")
    assert time.perf_counter() - begun < 12
    assert stopped < LONGEST_STOP
