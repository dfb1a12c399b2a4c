"""Starts crawls by forking a process that has everything imported: one takes a tenth of a second, not two.

Reads a JSON list of arguments a line, prints the number of the process that runs `scrapy` with them, and when that has
ended its exit code (negative: the signal that ended it).
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("crawler", "spiders", "pipelines")


class Starter:
    """The forking process, from outside."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def start(self, *arguments: str, log: Path, fail: str = "", twin: str = "") -> int:
        """Begin a crawl; return its process's number.

        `fail` is what GOVR_FAIL would say, `twin` Python that plants a fault in the crawl.
        """
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([list(arguments), str(log), fail, twin]) + "\n")
        self.process.stdin.flush()
        return int(self.read())

    def wait(self) -> int:
        """The exit code of the crawl."""
        return int(self.read())

    def read(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@contextmanager
def run_starter():
    """Have everything imported until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.forks"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("GOV")},
    ) as process:
        starter = Starter(process)
        assert starter.read() == "ready\n"
        yield starter
        process.stdin.close()


def import_everything() -> None:
    """Import what a crawl imports, but no reactor: each child makes its own."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            importlib.import_module(module.name)
    for name in (
        "scrapy.cmdline",
        "scrapy.core.downloader.handlers.http11",
        "scrapy.core.engine",
        "sqlalchemy.dialects.sqlite",
    ):
        importlib.import_module(name)


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def serve() -> None:
    import_everything()
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if not child:
            crawl(*json.loads(line))
        say(child)
        _, status = os.waitpid(child, 0)
        say(os.waitstatus_to_exitcode(status))


def crawl(arguments: list[str], log: str, fail: str, twin: str) -> None:
    """Become a crawl."""
    from scrapy.cmdline import execute

    from crawler import failpoints

    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    failpoints._plan = failpoints.parse_plan(fail)
    exec(twin, {})
    try:
        execute(["scrapy", *arguments])
    except SystemExit as end:
        sys.stdout.flush()
        os._exit(end.code if isinstance(end.code, int) else 1)


if __name__ == "__main__":
    serve()
