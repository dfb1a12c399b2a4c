"""Which process holds something, and whether it still lives: by host, number and the moment it began."""

from __future__ import annotations

import os
import platform
from pathlib import Path

BEGAN = 19
"""Place of the start time among the fields of /proc/N/stat that follow the name (proc_pid_stat(5), field 22)."""


def owner_name() -> str:
    """Return the name of this process: `host:number:began`; where the system does not tell, `began` is empty."""
    return f"{platform.node()}:{os.getpid()}:{began(os.getpid()) or ''}"


def began(pid: int) -> str | None:
    """Return when a process began, in the system's ticks; None when there is none, or the system does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return None
    return stat.rpartition(")")[2].split()[BEGAN]


def is_gone(owner: str) -> bool:
    """Return whether it is certain that an owner lives no more; of another host's nothing is certain."""
    host, pid, ticks = (*owner.rsplit(":", 2), "", "")[:3]
    if host != platform.node() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return bool(ticks) and began(int(pid)) != ticks
