"""Our commands run within the test's own process, which costs a hundredth of a new one."""

from __future__ import annotations

import io
from argparse import ArgumentParser
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from crawler.storage import Store


@dataclass(slots=True, frozen=True)
class Ended:
    """What a command left."""

    code: int
    out: str
    err: str


def run_command(kind: type[ScrapyCommand], store: Store, *arguments: str) -> Ended:
    """Run a command on a store, with arguments as on the command line."""
    command = kind()
    command.settings = Settings({"GOV_REPORTS_STORE": f"sqlite:///{store.file}"})
    parser = ArgumentParser(conflict_handler="resolve")
    command.add_options(parser)
    options, words = parser.parse_known_args(arguments)
    command.process_options(words, options)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        command.run(words, options)
    return Ended(command.exitcode, out.getvalue(), err.getvalue())
