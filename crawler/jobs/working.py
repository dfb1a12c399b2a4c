"""A worker: takes jobs and runs a crawl for each, as a process of its own, whose exit code says what comes next."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler.errors import JobError, StoreError
from crawler.jobs.planning import CrawlJob
from crawler.jobs.queue import QUEUE, forget_old, make_app, store_name, take_up
from crawler.running.logs import mask
from crawler.running.verdict import ALREADY_RUNNING, CONFIG, FORCED, INCOMPLETE, INTERRUPTED, OK, TIME_UP, USAGE
from crawler.storage import JobEnding, open_store

if TYPE_CHECKING:
    from procrastinate import App, JobContext

ROOT: Final = Path(__file__).resolve().parents[2]
FINAL: Final = frozenset({USAGE, CONFIG, INCOMPLETE})
"""Exit codes that another try would meet again."""
POSTPONED: Final = frozenset({ALREADY_RUNNING, INTERRUPTED, FORCED, TIME_UP})
"""Exit codes of crawls that are not over through no fault of theirs; they are tried again as often as it takes."""
TRIES: Final = 5
"""Tries in a row that may fail; with the first pause of 5 minutes the last comes after more than an hour."""


@dataclass(slots=True, kw_only=True)
class Worker:
    """What takes jobs on this machine."""

    address: str
    """The store."""
    folder: Path
    """Where the crawls' logs go, one a portal."""
    options: list[str]
    """What is handed on to every crawl: `-s NAME=VALUE`."""
    say: Callable[[str], None]
    at_once: int = 1
    """Portals crawled at the same time."""
    once: bool = False
    """Whether to end when no job can be begun."""
    silence: float = 30.0
    """Seconds without a sign of life after which a worker is taken for dead."""
    pause: float = 300.0
    """Seconds before the second try of a job; doubled for each further one."""
    _crawls: set[asyncio.subprocess.Process] = field(default_factory=set)
    _stopping: bool = False

    async def run(self) -> None:
        """Work until told to stop, or with `once` until no job can be begun; raise StoreError if the queue is lost."""
        app = make_app(self.address, self.crawl)
        async with app.open_async():
            tending = asyncio.create_task(self.tend(app))
            work = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=self.at_once,
                    wait=not self.once,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=min(5.0, self.silence / 3),
                    update_heartbeat_interval=self.silence / 3,
                    stalled_worker_timeout=self.silence,
                )
            )
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self.stop, work)
            await asyncio.wait({tending, work}, return_when=asyncio.FIRST_COMPLETED)
            wanted = self._stopping or (self.once and work.done())
            if not work.done():
                self.stop(work)
            tending.cancel()
            tended, worked = await asyncio.gather(tending, work, return_exceptions=True)
            for error in (tended, worked):
                if isinstance(error, Exception) or not wanted:
                    raise StoreError(f"{store_name(self.address)}: the queue was lost: {error}")

    def stop(self, work: asyncio.Task[None]) -> None:
        """End the crawls in order and then the work; what they did not do waits for another worker."""
        self._stopping = True
        for crawl in self._crawls:
            with suppress(ProcessLookupError):
                crawl.terminate()
        work.cancel()

    async def tend(self, app: App) -> None:
        """Take up the jobs of workers that died, as long as this one works."""
        await forget_old(app)
        while True:
            for portal in await take_up(app, self.silence):
                self.say(f"{portal}: its worker gave no sign of life; waits again")
            await asyncio.sleep(self.silence / 3)

    async def crawl(self, context: JobContext, **payload: str | None) -> None:
        """Crawl one portal. Raises JobError when its job has not ended well."""
        job = CrawlJob(**payload)  # type: ignore[arg-type]  # as it was planned
        if self._stopping:
            raise JobError("the worker is stopping", pause=0)
        self.say(f"{job.portal}: begun")
        code, sentence = await self.run_crawl(job)
        ending = JobEnding(
            portal=job.portal,
            job=context.job.id or 0,
            ended_at=datetime.now(UTC),
            exit_code=code,
            sentence=sentence or None,
        )
        try:
            failures = await asyncio.to_thread(self.note, ending)
        except StoreError as error:  # whatever the crawl did, nobody will know: again, when the store is there
            raise JobError(str(error), pause=self.pause) from error
        if code == OK:
            self.say(f"{job.portal}: done")
            return
        pause = 0.0 if self._stopping else pause_after(code, failures, self.pause)
        after = "given up" if pause is None else f"again in {pause:.0f} s"
        self.say(f"{job.portal}: exit code {code}, {after}: {sentence}")
        raise JobError(sentence, pause=pause)

    def note(self, ending: JobEnding) -> int:
        """Write how a try ended; return how many failed in a row."""
        failed = None if ending.exit_code in POSTPONED else ending.exit_code != OK
        with open_store(self.address) as store:
            return store.note_job(ending, failed=failed)

    async def run_crawl(self, job: CrawlJob) -> tuple[int, str]:
        """Run the crawl of a portal; return its exit code and the last thing that it said of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        catalogue = self.folder / f"{job.portal}-{os.getpid()}.tsv"
        catalogue.write_text(job.catalogue(), "utf-8")
        settings = {
            "LOG_FILE": self.folder / f"{job.portal}.log",
            "GOV_REPORTS_PARENT": os.getpid(),
        }
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "scrapy", "crawl", "gov_reports", *job.arguments(str(catalogue))),
                *self.options,
                *(part for name, value in settings.items() for part in ("-s", f"{name}={value}")),
                cwd=ROOT,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the worker, which tells its crawls
            )
            self._crawls.add(process)
            if self._stopping:
                process.terminate()
            try:
                _, said = await process.communicate()
            finally:
                self._crawls.discard(process)
        finally:
            catalogue.unlink(missing_ok=True)
        return process.returncode or 0, describe_end(process.returncode or 0, said.decode("utf-8", "replace"))


def pause_after(code: int, failures: int, first: float) -> float | None:
    """Return the seconds after which a crawl that ended so is tried again; None: never.

    >>> pause_after(9, 1, 300.0), pause_after(9, 4, 300.0), pause_after(9, 5, 300.0), pause_after(10, 0, 300.0)
    (300.0, 2400.0, None, 300.0)
    """
    if code in POSTPONED:
        return first
    return None if code in FINAL or failures >= TRIES else first * 2.0 ** max(failures - 1, 0)


def describe_end(code: int, said: str) -> str:
    """Return why a crawl ended with a code, in one line, from what it wrote to standard error.

    >>> describe_end(10, "warning\\nscrapy crawl: run 3 is at work (exit code 10)\\n")
    'run 3 is at work'
    >>> describe_end(-9, "")
    'its process was killed (SIGKILL)'
    """
    if code == OK:
        return ""
    if code < 0:
        return f"its process was killed ({signal.Signals(-code).name})"
    last = mask(said.strip().splitlines()[-1] if said.strip() else f"exit code {code} without a word")
    return last.removeprefix("scrapy crawl: ").removesuffix(f" (exit code {code})")
