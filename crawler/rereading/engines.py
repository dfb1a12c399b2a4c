"""Who works on batches of an archive: a pool of processes on this machine, or a Dask cluster.

Both outlive their workers: a batch whose worker was killed is done by another one. One that kills whoever takes it
comes back unread.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pebble import ProcessExpired, ProcessPool

from crawler import VERSION
from crawler.errors import GovReportsError, UsageError
from crawler.rereading.reextraction import read_batch, unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from distributed import Client

    from crawler.rereading.reextraction import Batch, Read

TRIES: Final = 3
"""Workers that may die over a batch."""
BATCHES_PER_WORKER: Final = 200
"""Batches after which a process is replaced: what its allocator kept is given back."""
AHEAD: Final = 3
"""Batches on their way for each worker: one at work, one waiting, one done before its turn."""
PATIENCE: Final = 15.0
"""Seconds in which a scheduler must answer and have a worker."""
EXTRA: Final = "--scheduler needs Dask, which this environment has not; `make extras` adds it"


@dataclass(slots=True)
class Ticket:
    """A batch that a pool works on."""

    batch: Batch
    future: Future[list[Read]]


class Pool:
    """Processes on this machine."""

    def __init__(self, workers: int, stages: tuple[str, ...]) -> None:
        self.in_flight = AHEAD * workers
        self._workers = workers
        self._context = multiprocessing.get_context("forkserver")
        modules = sorted({path.rpartition(".")[0] for path in stages})
        self._context.set_forkserver_preload(["crawler.isolation", "crawler.rereading.reextraction", *modules])
        self._pool = self._make()

    def _make(self) -> ProcessPool:
        return ProcessPool(self._workers, max_tasks=BATCHES_PER_WORKER, context=self._context)

    def submit(self, batch: Batch) -> Ticket:
        """Give a batch to the pool."""
        return Ticket(batch, self._schedule(batch))

    def _schedule(self, batch: Batch) -> Future[list[Read]]:
        if not self._pool.active:  # a process that dies while it has nothing to do ends the whole pool
            self.close()
            self._pool = self._make()
        future: Future[list[Read]] = self._pool.schedule(read_batch, args=(batch,))
        return future

    def result(self, ticket: Ticket) -> list[Read]:
        """Return what came of a batch; unread when each process that took it died."""
        for _ in range(TRIES):
            try:
                return ticket.future.result()
            except (ProcessExpired, BrokenProcessPool, CancelledError):
                ticket.future = self._schedule(ticket.batch)
        try:
            return ticket.future.result()
        except (ProcessExpired, BrokenProcessPool, CancelledError):
            return unread(ticket.batch)

    def close(self) -> None:
        """End the processes."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


class Cluster:
    """The workers of a Dask scheduler; each has the project's folder and the archive at the same places as here."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def in_flight(self) -> int:
        """Batches that keep everybody busy, however many they are by now."""
        return AHEAD * max(sum(self._client.ncores().values()), 1)  # type: ignore[no-untyped-call]

    def submit(self, batch: Batch) -> tuple[Batch, Any]:
        """Give a batch to the scheduler."""
        return batch, self._client.submit(read_batch, batch, pure=False)

    def result(self, ticket: tuple[Batch, Any]) -> list[Read]:
        """Return what came of a batch; unread when each worker that took it died."""
        from distributed import KilledWorker

        batch, future = ticket
        try:
            reads: list[Read] = future.result()
        except KilledWorker:
            return unread(batch)
        except (OSError, CancelledError) as error:
            raise GovReportsError(f"the cluster was lost: {error}; start again") from error
        return reads


def program() -> str:
    """Return the version of the program that runs here, wherever that is."""
    return VERSION


def check_program(client: Client, scheduler: str) -> None:
    """Raise UsageError unless the scheduler and all workers run this program."""
    try:
        found = {client.submit(program, pure=False).result(), *client.run(program).values()}
    except (RuntimeError, ImportError) as error:
        raise UsageError(
            f"--scheduler {scheduler}: its scheduler or a worker has not this project; "
            "start them in the project's folder with PYTHONPATH=."
        ) from error
    if found != {VERSION}:
        raise UsageError(f"--scheduler {scheduler}: runs {', '.join(sorted(found))}, this is {VERSION}")


@contextmanager
def open_pool(workers: int, stages: tuple[str, ...]) -> Iterator[Pool]:
    """Give a pool until the block ends."""
    pool = Pool(workers, stages)
    try:
        yield pool
    finally:
        pool.close()


@contextmanager
def open_cluster(scheduler: str) -> Iterator[Cluster]:
    """Give the cluster of a scheduler until the block ends. Raises UsageError when there is none, or nobody works."""
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise UsageError(EXTRA) from None
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(f"--scheduler {scheduler}: cannot be reached: {error}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise UsageError(f"--scheduler {scheduler}: has no workers") from error
        check_program(client, scheduler)
        yield Cluster(client)
