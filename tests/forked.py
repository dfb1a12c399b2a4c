"""Work in a forked process that may be killed: one costs a hundredth of a new one, which imports everything again."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable

Work = Callable[[Callable[[], None]], None]
"""What the process does; it calls its argument when it has begun."""


def fork(work: Work) -> tuple[int, int]:
    """Begin some work; return the process's number and a pipe that gives a byte when it has begun."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    code = 1
    try:
        work(lambda: void(os.write(writer, b".")))
        code = 0
    except BaseException:  # noqa: BLE001  # the child must not go on as the test
        traceback.print_exc()
    finally:
        os._exit(code)


def void(_written: int) -> None:
    """Forget a result."""


def run(work: Work) -> int:
    """Do some work to its end, or until it kills itself; return its exit code, negative for a signal."""
    child, reader = fork(work)
    _, status = os.waitpid(child, 0)
    os.close(reader)
    return os.waitstatus_to_exitcode(status)


def run_and_kill(work: Work, seconds: float) -> None:
    """Do some work and kill it so many seconds after it has begun, if it has not ended."""
    child, reader = fork(work)
    os.read(reader, 1)  # nothing when it ended before it had begun
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)  # one that has ended waits for us, and takes no harm
    os.waitpid(child, 0)
    os.close(reader)
