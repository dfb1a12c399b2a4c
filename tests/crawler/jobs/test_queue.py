"""The queue on a real server: one job a portal, one crawl a host, pauses that grow, the dead taken up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from crawler.commands.jobs import check_address, cron_line, describe
from crawler.errors import JobError, StoreError, UsageError
from crawler.jobs.planning import CrawlJob, plan_jobs
from crawler.jobs.queue import connection_string, defer, make_app, prepare_queue, read_states, take_up
from crawler.jobs.working import TRIES, Worker, describe_end, pause_after
from crawler.storage import JobEnding, open_store
from tests.factories import NOON
from tests.postgres import server  # noqa: F401  # a fixture


@pytest.fixture
def address(server: Callable[[], str]) -> str:  # noqa: F811
    made = server()
    prepare_queue(made)
    return made


def job(portal: str, host: str = "") -> CrawlJob:
    return CrawlJob(portal=portal, name=portal, home=f"http://{host or portal + '.gov.cn'}/")


def work_once(address: str, work, at_once: int = 4) -> None:
    async def run() -> None:
        app = make_app(address, work)
        async with app.open_async():
            await app.run_worker_async(concurrency=at_once, wait=False, install_signal_handlers=False)

    asyncio.run(run())


def test_a_portal_has_one_job_and_keeps_it_until_it_has_ended(address: str) -> None:
    with make_app(address).open() as app:
        assert defer(app, [job("a"), job("b")]) == (["a", "b"], [])
        assert defer(app, [job("a"), job("c")]) == (["c"], ["a"])
    again: list[tuple[list[str], list[str]]] = []

    async def work(_context, **payload) -> None:
        def plan() -> None:
            with make_app(address).open() as app:
                again.append(defer(app, [job(payload["portal"])]))

        await asyncio.to_thread(plan)

    work_once(address, work)
    assert sorted(again) == [([], ["a"]), ([], ["b"]), ([], ["c"])]
    with make_app(address).open() as app:
        assert {state.portal: state.status for state in read_states(app)} == dict.fromkeys("abc", "succeeded")
        assert defer(app, [job("a")]) == (["a"], [])


def test_a_host_is_crawled_by_one_at_a_time_and_others_meanwhile(address: str) -> None:
    jobs = [job("a", "www.one.gov.cn"), job("b", "one.gov.cn"), job("c", "one.gov.cn:8080"), job("d"), job("e")]
    working: set[str] = set()
    together: list[set[str]] = []

    async def work(_context, portal: str, **_) -> None:
        working.add(portal)
        together.append(set(working))
        await asyncio.sleep(0.05)
        working.discard(portal)

    with make_app(address).open() as app:
        defer(app, jobs)
    for _ in range(3):  # a worker that is not to wait ends while a host's next job is locked
        work_once(address, work)
    assert not [met for met in together if len(met & {"a", "b", "c"}) > 1]
    assert max(len(met) for met in together) == 3
    with make_app(address).open() as app:
        assert {state.status for state in read_states(app)} == {"succeeded"}


def test_a_job_is_tried_again_after_its_pause_or_never(address: str) -> None:
    async def work(_context, portal: str, **_) -> None:
        raise JobError("no", pause={"a": 3600.0, "b": None}[portal])

    with make_app(address).open() as app:
        defer(app, [job("a"), job("b")])
    work_once(address, work)
    with make_app(address).open() as app:
        found = {state.portal: state for state in read_states(app)}
    assert found["b"].status == "failed"
    assert found["a"].status == "todo"
    assert found["a"].due_at is not None
    assert timedelta(minutes=55) < found["a"].due_at - datetime.now(UTC) < timedelta(minutes=65)


def test_the_jobs_of_a_dead_worker_are_taken_up_once(address: str) -> None:
    with make_app(address).open() as app:
        defer(app, [job("a"), job("b")])
    with psycopg.connect(connection_string(address)) as connection:
        connection.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')")
        for _ in "ab":
            connection.execute("SELECT procrastinate_fetch_job_v2(NULL, (SELECT max(id) FROM procrastinate_workers))")
    with make_app(address).open() as app:
        assert {state.status for state in read_states(app)} == {"doing"}
        with psycopg.connect(connection_string(address)) as connection:  # as if b had been planned just then
            connection.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args) "
                "SELECT queue_name, task_name, lock, queueing_lock, args FROM procrastinate_jobs "
                "WHERE lock = 'b.gov.cn'"
            )

    async def take() -> list[str]:
        app = make_app(address, lambda: None)
        async with app.open_async():
            assert await take_up(app, 3600.0) == []
            return await take_up(app, 30.0) + await take_up(app, 30.0)

    assert sorted(asyncio.run(take())) == ["a", "b"]
    with make_app(address).open() as app:
        assert {state.portal: state.status for state in read_states(app)} == {"a": "todo", "b": "todo"}


def test_endings_count_the_failures_of_one_job_in_a_row(server: Callable[[], str]) -> None:  # noqa: F811
    def ending(number: int, code: int) -> JobEnding:
        return JobEnding(portal="a", job=number, ended_at=NOON, exit_code=code, sentence="why")

    with open_store(server(), create=True) as store:
        steps = [(1, 9, True), (1, 9, True), (1, 11, None), (1, 9, True), (2, 9, True), (2, 0, False)]
        assert [store.note_job(ending(job, code), failed=failed) for job, code, failed in steps] == [1, 2, 2, 3, 1, 0]
        assert store.job_endings() == {"a": ending(2, 0)}


@pytest.mark.parametrize(
    ("code", "failures", "expected"),
    [
        pytest.param(9, 1, 300.0, id="the first failure"),
        pytest.param(18, 3, 1200.0, id="the pause is doubled"),
        pytest.param(-9, TRIES, None, id="the last failure"),
        pytest.param(12, 1, None, id="no report found: another try finds none either"),
        pytest.param(10, 0, 300.0, id="another run is at work"),
        pytest.param(15, 4, 300.0, id="the hours are over"),
    ],
)
def test_what_comes_after_a_crawl(code: int, failures: int, expected: float | None) -> None:
    assert pause_after(code, failures, 300.0) == expected


@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [
        (0, "anything", ""),
        (10, "warning\nscrapy crawl: run 3 is at work (exit code 10)\n", "run 3 is at work"),
        (-9, "half a line", "its process was killed (SIGKILL)"),
        (9, "", "exit code 9 without a word"),
        (8, "scrapy crawl: postgresql://me:secret@host/x (exit code 8)", "postgresql://***@host/x"),
    ],
)
def test_why_a_crawl_ended(code: int, said: str, expected: str) -> None:
    assert describe_end(code, said) == expected


class Cut(Worker):
    """A worker whose crawl went well and whose store is gone since."""

    async def run_crawl(self, job: CrawlJob) -> tuple[int, str]:
        return 0, ""

    def note(self, ending: JobEnding) -> int:
        raise StoreError("the server does not answer")


def test_a_job_whose_end_cannot_be_written_is_done_again(tmp_path: Path) -> None:
    worker = Cut(address="", folder=tmp_path, options=[], say=lambda _: None)
    context = SimpleNamespace(job=SimpleNamespace(id=1))
    with pytest.raises(JobError, match="does not answer") as raised:
        asyncio.run(worker.crawl(context, portal="a"))  # type: ignore[arg-type]
    assert raised.value.pause == 300.0


def test_a_plan_is_the_portals_that_a_crawl_would_take(tmp_path) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text("id\tname\thome\nqinghe\t青禾市\thttp://www.qinghe.gov.cn/\n", "utf-8")
    jobs = plan_jobs({"portals": f"demo,{file}", "years": "2016-2024"})
    assert [(each.portal, each.host) for each in jobs] == [("qinghe", "qinghe.gov.cn"), ("demo", "demo")]
    assert list(jobs[0].arguments("x.tsv")) == ["-a", "portals=x.tsv", "-a", "years=2016-2024"]
    assert list(jobs[1].arguments("x.tsv")) == ["-a", "portals=demo", "-a", "years=2016-2024"]
    assert jobs[0].catalogue() == file.read_text("utf-8")
    assert len(plan_jobs({})) > 30


@pytest.mark.parametrize("arguments", [{"portals": "nobody"}, {"years": "soon"}, {"limit": "few"}, {"start": "x"}])
def test_a_plan_refuses_what_a_crawl_would_refuse(arguments: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        plan_jobs(arguments)


def test_a_file_is_no_store_for_jobs() -> None:
    with pytest.raises(UsageError, match="several machines can share"):
        check_address("sqlite:///output/x.sqlite3")


def test_the_crontab_line() -> None:
    assert cron_line("17 2 * * *", ["portals=a,b"]).endswith("&& .venv/bin/scrapy jobs plan -a portals=a,b")
    with pytest.raises(UsageError, match="five fields"):
        cron_line("daily", [])


def test_status_tells_what_waits_and_why(address: str) -> None:
    assert list(describe([], {})) == ["jobs: none planned"]
    with make_app(address).open() as app:
        defer(app, [job("a"), job("b")])
        states = read_states(app)
    ending = JobEnding(portal="a", job=states[0].job, ended_at=NOON, exit_code=9, sentence="it was down", failures=2)
    other = JobEnding(portal="b", job=states[1].job - 1, ended_at=NOON, exit_code=9, sentence="long ago", failures=5)
    lines = list(describe(states, {"a": ending, "b": other}))
    assert lines[0] == "jobs: waiting 2, at work 0, done 0, failed 0"
    assert lines[1].endswith("exit code 9 (2 failed in a row): it was down")
    assert lines[2] == "b: waiting"
