"""The queue: procrastinate's tables in the store's database. The only module that knows procrastinate.

A job waits under its portal's name (one a portal) and runs under its host's (one a host, whoever works).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import psycopg
from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Status

from crawler.errors import JobError, StoreError
from crawler.storage.server import LOCK, name_of, parse_server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from procrastinate import JobContext
    from procrastinate.jobs import Job

    from crawler.jobs.planning import CrawlJob

    Work = Callable[..., Awaitable[None]]

TASK: Final = "crawl_portal"
QUEUE: Final = "crawl"
OPEN: Final = (Status.TODO, Status.DOING)
KEPT_HOURS: Final = 90 * 24
"""How long the queue remembers a job that has ended."""


@dataclass(slots=True, kw_only=True, frozen=True)
class JobState:
    """The last job of a portal."""

    portal: str
    job: int
    status: str
    """procrastinate's word: `todo`, `doing`, `succeeded`, `failed` …"""
    due_at: datetime | None
    """When it is tried again."""


class ObeyPause(BaseRetryStrategy):
    """A job is tried again after the pause that its error names, else not."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002
        """Return when a job that ended with an exception is tried again; None: never. Called by procrastinate."""
        if not isinstance(exception, JobError) or exception.pause is None:
            return None
        return RetryDecision(retry_in={"seconds": round(exception.pause)})


def store_name(address: str) -> str:
    """Return a store's address as it may be shown."""
    return name_of(parse_server(address))


def connection_string(address: str) -> str:
    """Return a store's address as the driver itself takes it."""
    return parse_server(address).set(drivername="postgresql").render_as_string(hide_password=False)


def prepare_queue(address: str) -> None:
    """Make the queue's tables where there are none. Raises StoreError when the server cannot be reached or refuses."""
    from procrastinate.schema import SchemaManager

    try:
        with psycopg.connect(connection_string(address)) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK + 1,))
            found = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
            if found is not None and found[0] is None:
                connection.execute(SchemaManager.get_schema().encode())
    except psycopg.Error as error:
        raise StoreError(f"{store_name(address)}: the queue cannot be opened: {error}") from error


def make_app(address: str, work: Work | None = None) -> App:
    """Return the queue for planning and looking, or with `work` for those who work."""
    conninfo = connection_string(address)
    app = App(connector=PsycopgConnector(conninfo=conninfo) if work else SyncPsycopgConnector(conninfo=conninfo))

    async def refuse(_context: JobContext, **_: str | None) -> None:
        raise NotImplementedError("whoever plans does not work")

    app.task(name=TASK, queue=QUEUE, pass_context=True, retry=ObeyPause())(work or refuse)
    return app


def defer(app: App, jobs: Iterable[CrawlJob]) -> tuple[list[str], list[str]]:
    """Put jobs into the queue; return the portals that got one, and those that had one waiting or at work already."""
    taken = {job.queueing_lock for status in OPEN for job in app.job_manager.list_jobs(task=TASK, status=status.value)}
    new: list[str] = []
    known: list[str] = []
    for job in jobs:
        fitting = app.tasks[TASK].configure(lock=job.host, queueing_lock=job.portal)
        try:
            if job.portal not in taken:
                fitting.defer(**job.payload())
            (known if job.portal in taken else new).append(job.portal)
        except AlreadyEnqueued:  # by somebody else, just now
            known.append(job.portal)
    return new, known


def read_states(app: App) -> list[JobState]:
    """Return the last job of each portal, by portal."""
    latest = {job.queueing_lock: job for job in sorted(app.job_manager.list_jobs(task=TASK), key=number_of)}
    return [
        JobState(portal=portal, job=number_of(job), status=job.status or "", due_at=job.scheduled_at)
        for portal, job in sorted((str(portal), job) for portal, job in latest.items())
    ]


def number_of(job: Job) -> int:
    """Return the number of a job that is in the queue."""
    return job.id or 0


async def take_up(app: App, silence: float) -> list[str]:
    """Make the jobs of workers that gave no sign for so many seconds due again; return their portals."""
    taken: list[str] = []
    stalled: Sequence[Job] = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silence))
    for job in stalled:
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:  # the portal has another job that waits: it does what this one would
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
        except ConnectorException:  # another worker took it up first, or its own has ended it after all
            continue
        taken.append(str(job.queueing_lock))
    return taken


async def forget_old(app: App) -> None:
    """Take jobs out of the queue that ended long ago."""
    await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, queue=QUEUE, include_failed=True)
