"""`scrapy jobs plan|work|status`: crawling as jobs, one portal each, by any number of workers on any machines."""

from __future__ import annotations

import asyncio
import logging
import shlex
import sys
from collections import Counter
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.utils.conf import arglist_to_dict

from crawler.errors import GovReportsError, UsageError
from crawler.jobs.planning import plan_jobs
from crawler.running.logs import mask, mask_logs
from crawler.running.verdict import judge_error
from crawler.storage import open_store
from crawler.storage.server import is_server

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from scrapy.settings import BaseSettings

    from crawler.jobs.queue import JobState
    from crawler.storage import JobEnding

ROOT: Final = Path(__file__).resolve().parents[2]
FAILED: Final = 1
WORDS: Final = {"todo": "waiting", "doing": "at work", "succeeded": "done", "failed": "failed"}
"""procrastinate's word for a job's state, and ours."""
EXTRA: Final = "crawl jobs need procrastinate and psycopg, which this environment has not; `make extras` adds them"


class Command(ScrapyCommand):
    """Plans crawl jobs, works on them, shows them."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it so

    def syntax(self) -> str:
        return "plan [-a portals=…] [-a years=…] | work [--workers N] [--once] | status"

    def short_desc(self) -> str:
        return "Crawl as jobs, one portal each, with workers on several machines (PostgreSQL)"

    def long_desc(self) -> str:
        return (
            "plan: put one job a portal into the queue; a portal whose job waits or is at work gets no second one. "
            "work: take jobs and crawl, each portal into the store GOV_REPORTS_STORE names (postgresql+psycopg://…), "
            "never two of one host at once, whoever works; the jobs of workers that died are taken up. "
            "A crawl that fails is tried again after a growing pause, five times. Ends in order at SIGTERM or Ctrl-C. "
            "status: how many jobs wait, are at work, done, failed, and how each portal's last one ended. "
            "Exit code: 0 as asked, 1 (status) some jobs failed, 2 wrong usage or no PostgreSQL, 4 a data file is "
            "wrong, 8 the store or the queue cannot be reached. See docs/scale.md."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-a",
            dest="spargs",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="plan: portals=, years=, limit=",
        )
        parser.add_argument("--cron", metavar="TIMES", help='plan: print the crontab line that does it at "17 2 * * *"')
        parser.add_argument("--workers", type=int, default=1, metavar="N", help="work: portals crawled at once (1)")
        parser.add_argument("--once", action="store_true", help="work: end when no job can be begun")
        parser.add_argument(
            "--silence", type=float, default=30.0, metavar="S", help="work: a worker silent for S seconds is dead (30)"
        )
        parser.add_argument(
            "--pause", type=float, default=300.0, metavar="S", help="work: seconds before the second try (300)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        acts = {"plan": self.plan, "work": self.work, "status": self.status}
        if len(args) != 1 or args[0] not in acts:
            raise ScrapyUsageError("say what to do: scrapy jobs plan, scrapy jobs work, or scrapy jobs status")
        mask_logs()
        try:
            address = check_address(cast("BaseSettings", self.settings)["GOV_REPORTS_STORE"])
            self.exitcode = acts[args[0]](address, opts)
        except GovReportsError as error:
            self.exitcode = judge_error(error).code
            print(f"scrapy jobs: {mask(str(error))}", file=sys.stderr)

    def plan(self, address: str, opts: argparse.Namespace) -> int:
        """Put jobs into the queue and say how many."""
        jobs = plan_jobs(read_arguments(opts.spargs))
        if opts.cron:
            print(cron_line(opts.cron, opts.spargs))
            return 0
        from crawler.jobs.queue import defer, make_app, prepare_queue

        open_store(address, create=True).close()
        prepare_queue(address)
        with make_app(address).open() as app:
            new, known = defer(app, jobs)
        print(f"{len(new)} jobs planned" + (f", {len(known)} portals have one already" if known else ""))
        return 0

    def work(self, address: str, opts: argparse.Namespace) -> int:
        """Take jobs until told to stop."""
        if opts.workers < 1 or opts.silence <= 0 or opts.pause < 0:
            raise UsageError("--workers, --silence and --pause are numbers above 0")
        from crawler.jobs.queue import prepare_queue
        from crawler.jobs.working import Worker

        open_store(address, create=True).close()
        prepare_queue(address)
        logging.getLogger("procrastinate.worker.worker").addFilter(is_news)
        settings = cast("BaseSettings", self.settings)
        worker = Worker(
            address=address,
            folder=ROOT / settings["GOV_REPORTS_JOBS"],
            options=[part for setting in opts.set for part in ("-s", setting)],
            say=lambda line: print(mask(line), flush=True),
            at_once=opts.workers,
            once=opts.once,
            silence=opts.silence,
            pause=opts.pause,
        )
        asyncio.run(worker.run())
        return 0

    def status(self, address: str, opts: argparse.Namespace) -> int:  # noqa: ARG002
        """Print the jobs."""
        from crawler.jobs.queue import make_app, prepare_queue, read_states

        with open_store(address) as store:
            endings = store.job_endings()
        prepare_queue(address)
        with make_app(address).open() as app:
            states = read_states(app)
        for line in describe(states, endings):
            print(mask(line))
        return FAILED if any(state.status == "failed" for state in states) else 0


def check_address(address: str) -> str:
    """Return the address of a store that several machines can share; raise UsageError for another one."""
    if not is_server(address):
        raise UsageError(
            "crawl jobs need a store on PostgreSQL, which several machines can share: "
            "GOV_REPORTS_STORE=postgresql+psycopg://user@host/database"
        )
    try:
        import procrastinate  # noqa: F401
        import psycopg  # noqa: F401
    except ModuleNotFoundError:
        raise UsageError(EXTRA) from None
    return address


def read_arguments(words: list[str]) -> dict[str, str]:
    """Return `-a NAME=VALUE` by name."""
    try:
        return arglist_to_dict(words)
    except ValueError:
        raise UsageError("-a takes NAME=VALUE, such as -a portals=province") from None


def is_news(record: logging.LogRecord) -> bool:
    """Return whether a record of procrastinate's tells what we do not say ourselves: how jobs ended we do."""
    return not str(getattr(record, "action", "")).startswith("job_")


def cron_line(times: str, words: list[str]) -> str:
    """Return the line of a crontab that plans the same jobs.

    >>> cron_line("17 2 * * *", ["portals=province"]).partition("&& ")[2]
    '.venv/bin/scrapy jobs plan -a portals=province'
    """
    if len(times.split()) != 5:
        raise UsageError(f'--cron {times!r}: write the five fields of a crontab, such as "17 2 * * *"')
    command = shlex.join([".venv/bin/scrapy", "jobs", "plan", *(part for word in words for part in ("-a", word))])
    return f"{times} cd {shlex.quote(str(ROOT))} && {command}".replace("%", r"\%")


def describe(states: list[JobState], endings: Mapping[str, JobEnding]) -> Iterator[str]:
    """Yield the counts, then a line a portal: its job's state and how its last try ended."""
    counts = Counter(WORDS.get(state.status, state.status) for state in states)
    yield "jobs: " + (", ".join(f"{word} {counts[word]}" for word in WORDS.values()) if states else "none planned")
    for state in states:
        ending = endings.get(state.portal)
        said = f"{state.portal}: {WORDS.get(state.status, state.status)}"
        if state.status == "todo" and state.due_at is not None:
            said += f", again at {state.due_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
        if ending is not None and ending.job == state.job:
            said += f"; last try {ending.ended_at:%Y-%m-%d %H:%M} UTC, exit code {ending.exit_code}"
            said += f" ({ending.failures} failed in a row)" if ending.failures else ""
            said += f": {ending.sentence}" if ending.sentence else ""
        yield said
