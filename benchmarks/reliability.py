"""`python -m benchmarks.reliability`: run the tests of every promise and write docs/reliability.md.

Promises stand in tests/cases.tsv; tests name their cases; figures are what tests record as their property `figure`.
`--nightly` runs those that take minutes, too; `--list` runs nothing and keeps the figures that are there.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import lxml.etree

ROOT: Final = Path(__file__).resolve().parents[1]
TABLE: Final = ROOT / "tests" / "cases.tsv"
PAGE: Final = ROOT / "docs" / "reliability.md"
CASE: Final = re.compile(r"(?<=_)[a-z]\d\d(?=_)")
PARAMETER: Final = re.compile(r"\[([a-z]\d\d) ")
FIGURES: Final = "## Last figures"
ROOMS: Final = {
    "A": "Answers of servers",
    "B": "Politeness",
    "C": "Redirects and addresses",
    "H": "Walls and missing pages",
    "I": "Bombs",
    "M": "The store",
    "N": "Delivered twice",
    "O": "Clocks",
    "Q": "Changes",
    "R": "Resuming and unattended runs",
    "U": "Secrets and personal data",
}
HEAD: Final = """# What is promised, and what proves it

Made by `python -m benchmarks.reliability --nightly` from `tests/cases.tsv` and the tests themselves; a test checks that
this page names all of them. One test may prove several promises, several tests one. Tests marked (nightly) run with
`make test-nightly`, the others with every `make test`.
"""


@dataclass(slots=True, kw_only=True)
class Promise:
    """One case: what is promised, or why it is not."""

    case: str
    words: str
    open: str
    tests: list[str] = field(default_factory=list)


def load_promises() -> dict[str, Promise]:
    """Return the promises by case, in order."""
    found = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            case, words, *why = line.split("\t")
            found[case] = Promise(case=case, words=words, open=why[0] if why else "")
    return found


def collect(*options: str) -> list[str]:
    """Return the tests' names as pytest knows them."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if "::" in line]


def cases_of(test: str) -> list[str]:
    """Return the cases that a test's name carries.

    >>> cases_of("tests/a.py::test_a03_b10_gaps"), cases_of("tests/a.py::test_ends[m07 low disk]")
    (['A03', 'B10'], ['M07'])
    """
    name = test.rpartition("::")[2]
    return [case.upper() for case in CASE.findall(name.partition("[")[0]) + PARAMETER.findall(name)]


def bare(test: str) -> str:
    """Return a test's name without its parameters."""
    return test.partition("[")[0]


def assign(promises: dict[str, Promise], tests: list[str], nightly: set[str]) -> None:
    """Give each promise its tests."""
    for test in tests:
        for case in cases_of(test):
            name = f"{bare(test)}{' (nightly)' if test in nightly else ''}"
            if case in promises and name not in promises[case].tests:
                promises[case].tests.append(name)


def write_promises(promises: dict[str, Promise]) -> str:
    """Return the page down to its figures."""
    rooms: dict[str, list[Promise]] = defaultdict(list)
    for promise in promises.values():
        rooms[promise.case[0]].append(promise)
    lines = [HEAD]
    for room, held in rooms.items():
        lines += [f"## {ROOMS[room]}", "", "| case | promise | test |", "|---|---|---|"]
        for promise in held:
            if promise.tests:
                tests = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in promise.tests)
                lines.append(f"| {promise.case} | {promise.words} | {tests} |")
        if left := [promise for promise in held if not promise.tests]:
            lines += ["", "Not promised: " + "; ".join(f"{promise.case}, {promise.open}" for promise in left) + "."]
        lines.append("")
    return "\n".join(lines)


def run(tests: Iterable[str]) -> tuple[int, int, list[tuple[str, str]]]:
    """Run tests that carry a case; return how many passed and failed, and the figures they recorded."""
    chosen = sorted({bare(test) for test in tests if cases_of(test)})
    with TemporaryDirectory() as folder:
        report = Path(folder, "tests.xml")
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-p", "no:cacheprovider", "-m", ""]
        subprocess.run([*command, f"--junitxml={report}", *chosen], cwd=ROOT, check=False)
        tree = lxml.etree.parse(str(report))
    cases = [case for case in tree.iter("testcase") if cases_of(f"::{case.get('name')}")]
    failed = sum(1 for case in cases if case.find("failure") is not None or case.find("error") is not None)
    figures = [
        (", ".join(cases_of(f"::{case.get('name')}")), item.get("value", ""))
        for case in cases
        for item in case.iter("property")
        if item.get("name") == "figure"
    ]
    return len(cases) - failed, failed, figures


def write_figures(passed: int, failed: int, figures: list[tuple[str, str]]) -> str:
    """Return the figures of a run as the end of the page."""
    lines = [FIGURES, "", f"{datetime.now(UTC):%Y-%m-%d}: {passed} tests of a case passed, {failed} failed.", ""]
    lines += ["| case | figure |", "|---|---|", *(f"| {case} | {words} |" for case, words in sorted(figures))]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page; return 1 when a test failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability", description=__doc__)
    parser.add_argument("--nightly", action="store_true", help="run the tests that take minutes, too")
    parser.add_argument("--list", action="store_true", help="run nothing; keep the figures that are there")
    chosen = parser.parse_args(arguments)
    promises = load_promises()
    often, nightly = collect(), collect("-m", "nightly")
    assign(promises, [*often, *sorted(nightly)], set(nightly))
    failed = 0
    if chosen.list:
        figures = PAGE.read_text("utf-8").partition(FIGURES)[2]
        end = f"{FIGURES}{figures}" if figures else ""
    else:
        passed, failed, found = run([*often, *nightly] if chosen.nightly else often)
        end = write_figures(passed, failed, found)
    PAGE.write_text(f"{write_promises(promises)}\n{end}", "utf-8")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
