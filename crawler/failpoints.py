"""Named places before and after every write, where a test can let the process die, the disk fail, or time pass.

`GOVR_FAIL=NAME:COUNT:ACTION` acts when the place NAME is passed for the COUNT-th time (`1+`: from then on), NAME `*`
counts all places; ACTION is `kill`, `eio`, `full` or `sleep`. Without the variable a place costs one comparison.
"""

from __future__ import annotations

import errno
import os
import signal
import time
from dataclasses import dataclass
from typing import Final

from crawler.errors import UsageError

VARIABLE: Final = "GOVR_FAIL"
ACTIONS: Final = ("kill", "eio", "full", "sleep")
NAMES: Final = (
    "archive.written",
    "archive.synced",
    "archive.described",
    "store.begun",
    "store.before_commit",
    "store.after_commit",
    "run_report.written",
)
"""Every place there is; tests go through them all."""
PAUSE: Final = 0.5


@dataclass(slots=True)
class Plan:
    """What is to happen, where and when."""

    name: str
    count: int
    again: bool
    """Whether every later passing fails too."""
    action: str
    passed: int = 0

    def pass_by(self, name: str) -> None:
        """Act when this is the place and the time."""
        if self.name not in (name, "*"):
            return
        self.passed += 1
        if self.passed == self.count or (self.again and self.passed > self.count):
            self.act(name)

    def act(self, name: str) -> None:
        """Let the process die, the write fail, or time pass."""
        if self.action == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.action == "sleep":
            time.sleep(PAUSE)
        else:
            number = errno.EIO if self.action == "eio" else errno.ENOSPC
            raise OSError(number, os.strerror(number), name)


def parse_plan(text: str) -> Plan | None:
    """Return the plan in a text, None for an empty one; raise UsageError for what is none."""
    if not text:
        return None
    name, count, action, *_ = (*text.split(":"), "", "")
    number = count.removesuffix("+")
    if (name != "*" and name not in NAMES) or not number.isdecimal() or action not in ACTIONS:
        raise UsageError(f"{VARIABLE}={text}: write NAME:COUNT:ACTION with {', '.join(NAMES)} and {', '.join(ACTIONS)}")
    return Plan(name, int(number), count.endswith("+"), action)


_plan = parse_plan(os.environ.get(VARIABLE, ""))


def failpoint(name: str) -> None:
    """Pass a named place."""
    if _plan is not None:
        _plan.pass_by(name)
