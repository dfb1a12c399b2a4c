"""The store: one file, or a database, that remembers every address and every report. The only door to its SQL."""

from __future__ import annotations

import hashlib
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import Connection, Engine, delete
from tenacity import Retrying, retry_if_exception, stop_after_attempt

from crawler.errors import AlreadyRunningError, StoreError
from crawler.failpoints import failpoint
from crawler.storage import asking, audit, jobs, ledger, memory, pairs, pauses, reading, runs
from crawler.storage.engine import BUSY_SECONDS, create_store, locate, open_engine
from crawler.storage.reports import Saved, disown, save
from crawler.storage.schema import held_pages
from crawler.storage.server import is_server, open_server
from crawler.storage.trouble import READS, explain, is_locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from types import TracebackType
    from typing import Self

    from crawler.items import Page, Report
    from crawler.outcomes import ListOutcome, PortalOutcome, Sighting, UrlOutcome

Result = TypeVar("Result")
ROOT: Final = Path(__file__).resolve().parents[2]
"""The project's folder, where scrapy.cfg stands."""
ATTEMPTS: Final = 3
"""How often a transaction is tried while another process holds the lock; each try waits `BUSY_SECONDS`."""
LARGEST_HELD: Final = 8 * 1024 * 1024
"""Bytes; of a larger page in quarantine only the size and the digest are kept here."""


def open_store(address: str, *, create: bool = False, root: Path = ROOT, busy_seconds: float = BUSY_SECONDS) -> Store:
    """Return the store at an address (GOV_REPORTS_STORE); `create` makes one where there is none.

    The folder of a relative address is made too; that of an absolute one must exist. Raises StoreError, naming the
    file and the mend, when the store is missing, damaged, another program's, newer than this one, or not writable.
    `postgresql+psycopg://…` names a database on a server. A store of an earlier schema is brought up to date.
    """
    if is_server(address):
        return Store(*open_server(address, create=create, busy_seconds=busy_seconds))
    file = locate(address, root)
    if create and not file.exists():
        if file.is_relative_to(root):
            file.parent.mkdir(parents=True, exist_ok=True)
        create_store(file)
    if not file.exists():
        raise StoreError(f"{file}: there is no store; crawl first, or set GOV_REPORTS_STORE to where it is")
    return Store(open_engine(file, busy_seconds=busy_seconds), file)


class Store:
    """An open store. Every method is one transaction, whole or not at all."""

    def __init__(self, engine: Engine, file: Path | str) -> None:
        self.file = file
        """Where it is: the file, or the server's address without its password."""
        self._engine = engine
        self._begun: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def begin_run(self, at: datetime, *, owner: str = "", program: str = "", scope: Iterable[str] | None = None) -> int:
        """Begin a run and return its number; addresses that earlier runs left half done are due again.

        On a server a run holds the portals and hosts of its scope, and several may be at work; without a scope, and
        in a file, it holds the store. Raises AlreadyRunningError, and writes that this run was skipped, while another
        one holds something of it.
        """
        held = " ".join(sorted(set(scope))) if scope is not None and isinstance(self.file, str) else None
        run, holder = self._write(lambda connection: runs.begin(connection, at, owner, program, held))
        if holder is not None:
            raise AlreadyRunningError(
                f"{self.file}: run {holder.id} ({holder.owner}) is at work since {holder.started_at:%F %H:%M} UTC, "
                f"its last sign of life came {(at - holder.seen_at).total_seconds():.0f} s ago"
            )
        self._begun = run
        return run

    def give_sign(self, at: datetime) -> None:
        """Write that the run lives; raise AlreadyRunningError when another one has taken over meanwhile."""
        if not self._write(lambda connection: runs.give_sign(connection, self._run, at)):
            raise AlreadyRunningError(f"{self.file}: another run has taken over from run {self._run}")

    @property
    def _run(self) -> int:
        if self._begun is None:
            raise StoreError(f"{self.file}: whoever writes begins a run first")
        return self._begun

    def finish_run(self, at: datetime, reason: str, counts: dict[str, Any] | None = None) -> None:
        """Write how the run ended; what it had begun and not ended is due again."""
        self._write(lambda connection: runs.finish(connection, self._run, at, reason, counts))

    def judge_run(self, run: int, exit_code: int, sentence: str, found: Iterable[runs.Alert], at: datetime) -> None:
        """Write a run's exit code with its reason, and what somebody must be told of it."""

        def work(connection: Connection) -> None:
            runs.judge(connection, run, exit_code, sentence)
            runs.add_alerts(connection, found, at, run)

        self._write(work)

    def latest_runs(self, count: int, *, until: int | None = None) -> list[runs.Run]:
        """Return the last runs, the latest first; with `until`, that run and earlier ones about the same."""
        with self.snapshot() as connection:
            return runs.latest(connection, count, until)

    def note_job(self, ending: jobs.JobEnding, *, failed: bool | None) -> int:
        """Write how a crawl job's try ended; return how many of its tries failed in a row (None: neither way)."""
        return self._write(lambda connection: jobs.note(connection, ending, failed))

    def job_endings(self) -> dict[str, jobs.JobEnding]:
        """Return how the last try of each portal's crawl job ended, by portal."""
        with self.snapshot() as connection:
            return jobs.endings(connection)

    def leave_alone(self, host: str, until: datetime, at: datetime) -> None:
        """Write that a host is to be left alone until an instant, a week at most, by this run and all others."""
        self._write(lambda connection: pauses.note(connection, host, until, at))

    def left_alone(self, at: datetime) -> dict[str, datetime]:
        """Return until when hosts are to be left alone."""
        with self.snapshot() as connection:
            return pauses.load(connection, at)

    def unsent_alerts(self) -> list[runs.Alert]:
        """Return what nobody was told yet."""
        with self.snapshot() as connection:
            return runs.unsent_alerts(connection)

    def note_sent(self, alerts: Iterable[int], at: datetime) -> None:
        """Write that alerts were sent."""
        chosen = list(alerts)
        self._write(lambda connection: runs.note_sent(connection, chosen, at))

    def told_since(self, since: datetime) -> set[tuple[str, str | None]]:
        """Return the codes and portals of the alerts made since an instant."""
        with self.snapshot() as connection:
            return runs.told_since(connection, since)

    def changed_in(self, run: int, most: int = 200) -> list[runs.Changed]:
        """Return the reports that came to a new version in a run."""
        with self.snapshot() as connection:
            return runs.changed_in(connection, run, most)

    def years_by_portal(self) -> dict[str, frozenset[int]]:
        """Return the report years that the store has of each portal."""
        with self.snapshot() as connection:
            return runs.years_by_portal(connection)

    def recall(self, portal: str, revisits: memory.Revisits, at: datetime) -> memory.Memory:
        """Return what is known of a portal's documents, for deciding which to ask."""
        with self.snapshot() as connection:
            return memory.Memory(memory.load_known(connection, portal), revisits, at)

    def discover(self, portal: str, found: Iterable[Sighting], at: datetime) -> int:
        """Add addresses as pending, those that are new; return how many were."""
        addresses = list(found)
        return self._write(lambda connection: ledger.discover(connection, portal, addresses, at, self._run))

    def lease(self, portal: str, addresses: Iterable[str], at: datetime) -> list[str]:
        """Take addresses for fetching, for a limited time; return those that were due."""
        chosen = list(addresses)
        return self._write(lambda connection: ledger.lease(connection, portal, chosen, at, self._run))

    def record_outcome(self, outcome: UrlOutcome, at: datetime) -> None:
        """Write how an address ended."""
        state = ledger.state_of(outcome)
        self._write(lambda connection: ledger.settle(connection, outcome, state, at, self._run))

    def record_list(self, outcome: ListOutcome, at: datetime) -> None:
        """Write how the walk of a list ended."""
        self._write(lambda connection: ledger.note_list(connection, outcome, at, self._run))

    def record_portal(self, outcome: PortalOutcome, at: datetime) -> None:
        """Write what a portal's crawl came to."""
        self._write(lambda connection: ledger.note_portal(connection, outcome, at, self._run))

    def save_report(self, report: Report, outcome: UrlOutcome, at: datetime, *, flagged: bool = False) -> Saved:
        """Keep a report and its ledger row, together or not at all; again and again adds nothing."""

        def work(connection: Connection) -> Saved:
            ledger.keep_portal(connection, outcome.portal, at)
            saved = save(connection, report, outcome.portal, at, self._run)
            state: ledger.State = "flagged" if flagged else "unchanged" if saved.news == "unchanged" else "stored"
            row = self._settle_document(connection, outcome, state, at)
            ledger.note_body(connection, row, report.article, changed=saved.news != "unchanged")
            return saved

        return self._write(work)

    def reject(self, report: Report, outcome: UrlOutcome, at: datetime) -> None:
        """Write that an address shows a document that is no disclosure report."""

        def work(connection: Connection) -> None:
            disown(connection, report, outcome.portal, at, self._run)
            row = self._settle_document(connection, outcome, "rejected", at)
            ledger.note_body(connection, row, report.article, changed=False)

        self._write(work)

    def quarantine(self, page: Page, outcome: UrlOutcome, at: datetime) -> None:
        """Hold the bytes of a page that cannot be published; what was stored of its address before stays."""
        body = page.body if len(page.body) <= LARGEST_HELD else None
        held = {
            "reason": outcome.reason or outcome.outcome,
            "content_type": page.content_type,
            "sha256": hashlib.sha256(page.body).hexdigest(),
            "size": len(page.body),
            "body": None if body is None else zlib.compress(body),
            "held_at": at,
        }

        def work(connection: Connection) -> None:
            row = self._settle_document(connection, outcome, "quarantined", at)
            ledger.forget_body(connection, row)
            connection.execute(held_pages.insert().values(url_id=row, **held))

        self._write(work)

    def _settle_document(self, connection: Connection, outcome: UrlOutcome, state: ledger.State, at: datetime) -> int:
        """Write the state a document earned; bytes that were held for its address are let go."""
        row = ledger.settle(connection, outcome, state, at, self._run)
        connection.execute(delete(held_pages).where(held_pages.c.url_id == row))
        return row

    def frontier(self, portal: str, at: datetime, limit: int | None = None) -> list[ledger.Waiting]:
        """Return what is due of a portal: never asked, due again, or leased by a run that died."""
        with self.snapshot() as connection:
            return ledger.frontier(connection, portal, at, limit)

    def iter_reports(self, filters: reading.Filters | None = None) -> Iterator[reading.StoredReport]:
        """Yield the reports of one snapshot, in an order that depends on what they are alone."""
        with self.snapshot() as connection:
            yield from reading.iter_reports(connection, filters or reading.Filters())

    def iter_pairs(self, codes: Sequence[str]) -> Iterator[pairs.Pair]:
        """Yield the reports that have some indicators, each with the same issuer's report of the year before."""
        with self.snapshot() as connection:
            yield from pairs.iter_pairs(connection, reading.Filters(), codes)

    def count_reports(self, filters: reading.Filters | None = None) -> int:
        """Return how many documents `iter_reports` yields."""
        with self.snapshot() as connection:
            return reading.count_reports(connection, filters or reading.Filters())

    def count_states(self) -> list[ledger.StateCount]:
        """Return what became of all addresses, by portal, role, state and cause."""
        with self.snapshot() as connection:
            return ledger.count_states(connection)

    def balance(self) -> list[audit.Balance]:
        """Return the conservation law of every portal, both sides."""
        with self.snapshot() as connection:
            return audit.balance(connection)

    def find_breaches(self) -> list[str]:
        """Return a sentence for each way in which the store contradicts itself."""
        with self.snapshot() as connection:
            return audit.find_breaches(connection)

    def ask(self, question: str, *, rows: int, seconds: float) -> asking.Answer:
        """Return at most `rows` rows that answer a question in SQL; raise UsageError when it is none."""
        if isinstance(self.file, Path):
            return asking.ask_file(self.file, question, rows=rows, seconds=seconds)
        with self.snapshot() as connection:
            return asking.ask_server(connection, question, rows=rows, seconds=seconds)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Give a connection that sees the store as it is now, whatever is written meanwhile."""
        with explain(self.file), self._engine.connect().execution_options(**{READS: True}) as connection:
            yield connection

    def _write(self, work: Callable[[Connection], Result]) -> Result:
        """Return what `work` returns, done in one transaction; while the store is locked, try again."""

        def attempt() -> Result:
            failpoint("store.begun")
            with self._engine.begin() as connection:
                result = work(connection)
                failpoint("store.before_commit")
            failpoint("store.after_commit")
            return result

        guard = Retrying(retry=retry_if_exception(is_locked), stop=stop_after_attempt(ATTEMPTS), reraise=True)
        with explain(self.file):
            return guard(attempt)
