"""Pages that may be slow are read by worker processes with limits, so that the event loop never stops for long.

An ordinary page is read where it is asked for: that takes some milliseconds. A page that is large or has very many tags
goes to a worker: bytes there, an article back. A page that takes too long, too much memory, or kills the worker in the
parser's C code is refused by a `PageError` with its reason; the crawl goes on.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache, partial
from types import TracebackType
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler.errors import PageError, PageLimitError
from crawler.items import Article, Page
from crawler.parsing.article import read_article
from crawler.parsing.limits import refuse_long

P = ParamSpec("P")
T = TypeVar("T")

LARGE = 700_000
"""Bytes of a page that a worker reads; the largest of 60 real report pages has 640,000."""
MANY_TAGS = 15_000
"""`<` of a page that a worker reads."""
SECONDS = 8.0
"""Wall time of one page in a worker; with the start of a new worker it stays below 10."""
MEMORY = 512 * 1024 * 1024
"""Bytes of address space of a worker, of which the program itself takes 40 million."""
WORKERS = 2
PAGES_PER_WORKER = 50
"""Pages after which a worker is replaced: what its allocator kept is given back."""
PRELOAD = ["crawler.isolation"]
"""What the process that workers are forked from imports, so that a new one starts at once."""
ENDINGS = (FutureTimeout, ProcessExpired, BrokenProcessPool)
"""How a worker fails its page."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Refusal:
    """Why a worker gave nothing; an error with two arguments does not survive the way back."""

    limit: bool
    reason: str
    message: str


async def read_article_isolated(page: Page) -> Article:
    """Return the page read; one that may be slow is read in a worker process while the event loop goes on.

    For the spider's callbacks (`article = await read_article_isolated(page)`, on the asyncio reactor). Raises what
    `read_bounded` does, and PageLimitError with the reason `parse_timeout` or `parse_memory`, PageError `parser_died`.
    """
    if not is_risky(page.body):
        return read_bounded(page)
    return await run_isolated(read_bounded, page)


def read_bounded(page: Page) -> Article:
    """Return the page read, if its document is not too long for the stages that follow, which no worker runs.

    Raises what `read_article` does, and PageLimitError with the reason `too_long`.
    """
    return refuse_long(read_article(page))


def read_limited(page: Page) -> Article:
    """Return what `read_article_isolated` does, waiting for it: where no event loop has anything else to do."""
    return run_limited(read_bounded, page) if is_risky(page.body) else read_bounded(page)


async def run_isolated(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a function makes of its arguments in a worker process, the event loop going on meanwhile.

    The function stands at the top of a module; arguments and result can be pickled. Raises as `read_article_isolated`.
    """
    try:
        return unwrap(await asyncio.wrap_future(schedule(partial(function, *args, **kwargs))))
    except ENDINGS as error:
        raise ended(error) from error


def run_limited(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what `run_isolated` does, waiting for it: for commands, which have no event loop."""
    try:
        return unwrap(schedule(partial(function, *args, **kwargs)).result())
    except ENDINGS as error:
        raise ended(error) from error


def schedule(task: Callable[[], T]) -> Future[T | Refusal]:
    """Return the answer a worker will give."""
    if not worker_pool().active:  # a worker that dies while it has nothing to do ends the whole pool
        close_workers()
    future: Future[T | Refusal] = worker_pool().schedule(work, args=(task,), timeout=SECONDS)
    return future


def is_risky(body: bytes) -> bool:
    """Return whether a page may take long to read, judged in microseconds by its length and its number of tags."""
    return len(body) > LARGE or body.count(b"<") > MANY_TAGS


def close_workers() -> None:
    """End the worker processes, if any were started; the next risky page starts new ones."""
    if worker_pool.cache_info().currsize:
        pool = worker_pool()
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
        worker_pool.cache_clear()


@cache
def worker_pool() -> ProcessPool:
    """Return the pool of workers, started by its first task.

    Workers are forked from a clean process, not from this one, which has threads and sockets.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    return ProcessPool(WORKERS, max_tasks=PAGES_PER_WORKER, initializer=limit_worker, context=context)


def limit_worker() -> None:
    """Set the limits of the worker process this runs in."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.unraisablehook, sys.excepthook = drop_unraisable, drop_printed
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a handler in Python would wait for the parser's C code to end


def drop_unraisable(fault: sys.UnraisableHookArgs) -> None:
    """Print what Python cannot raise, but for the parser's log, which tells of each line that it has no memory."""
    if fault.exc_type is not MemoryError:
        sys.__unraisablehook__(fault)


def drop_printed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print a traceback, but for the same."""
    if kind is not MemoryError:
        sys.__excepthook__(kind, error, trace)


def work(task: Callable[[], T]) -> T | Refusal:
    """Return what the task returns, or why it gave nothing; runs in a worker."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + SECONDS) + 2  # when the parent is gone, the kernel ends the worker
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    try:
        return task()
    except PageError as error:
        return Refusal(limit=isinstance(error, PageLimitError), reason=error.reason, message=str(error))
    except MemoryError:
        return Refusal(limit=True, reason="parse_memory", message=f"reading it takes more than {MEMORY >> 20} MiB")


def ended(error: BaseException) -> PageError:
    """Return the error of a page whose worker was ended or died."""
    if isinstance(error, BrokenProcessPool):
        close_workers()
        return PageError("parser_died", f"the processes that read pages cannot run: {error}")
    if isinstance(error, ProcessExpired) and error.exitcode != -signal.SIGXCPU:
        return PageError("parser_died", f"the process that read it ended with code {error.exitcode}")
    return PageLimitError("parse_timeout", f"reading it takes more than {SECONDS:g} s")


def unwrap(answer: T | Refusal) -> T:
    """Return the answer of a worker, or raise the error it names."""
    if not isinstance(answer, Refusal):
        return answer
    raise (PageLimitError if answer.limit else PageError)(answer.reason, answer.message)
