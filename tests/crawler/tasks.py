"""What the tests of isolation let a worker do."""

from __future__ import annotations

import ctypes
import os
import time

from crawler.errors import PageError, PageLimitError


def double(number: int, *, plus: int = 0) -> int:
    """Return twice the number."""
    return number * 2 + plus


def process_id() -> int:
    """Return which process this runs in."""
    return os.getpid()


def sleep(seconds: float) -> None:
    """Take that long, doing nothing."""
    time.sleep(seconds)


def spin() -> None:
    """Take for ever, doing much."""
    while True:
        pass


def hoard() -> int:
    """Take more memory than there is."""
    return len([bytes(50_000_000) for _ in range(1000)])


def refuse(*, limit: bool) -> None:
    """Refuse the page."""
    raise PageLimitError("too_deep", "words") if limit else PageError("charset", "words")


def fail() -> None:
    """Fail as a fault of our own would."""
    raise LookupError("a fault")


def leave() -> None:
    """End the process as a crash does that no one can catch."""
    os._exit(7)


def crash() -> None:
    """Read an address that is none."""
    ctypes.string_at(0)
