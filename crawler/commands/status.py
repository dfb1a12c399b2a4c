"""`scrapy status`: what the store holds, what is waiting and why, and whether its books balance."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

from scrapy.commands import ScrapyCommand

from crawler.errors import GovReportsError, UsageError
from crawler.running.logs import mask
from crawler.running.verdict import judge_error
from crawler.storage import open_store

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from crawler.storage import Balance, Run, StateCount, Store

BREACH: Final = 1
WAITING: Final = ("pending", "fetching", "retry", "quarantined")
"""States that are not the end of an address."""
SHOWN: Final = 20
RUNS: Final = 5


class Command(ScrapyCommand):
    """Prints the ledger's balance and checks the store."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it so

    def syntax(self) -> str:
        return "[PORTAL…]"

    def short_desc(self) -> str:
        return "Show what every portal's addresses came to, and check the store"

    def long_desc(self) -> str:
        return (
            "Show per portal how many addresses were discovered and what became of them (each is in exactly one "
            "state, so that the numbers add up), what is waiting and why, the last runs, and what the store holds; "
            "check that no record is half, lost or without its address. Exit code: 0 all is as it must be, 1 the store "
            "contradicts itself, 2 wrong usage, 8 the store cannot be read."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        assert self.settings is not None  # noqa: S101  # set by Scrapy before this call
        try:
            with open_store(self.settings["GOV_REPORTS_STORE"]) as store:
                self.exitcode = print_status(store, frozenset(args))
        except GovReportsError as error:
            self.exitcode = judge_error(error).code
            print(f"scrapy status: {mask(str(error))}", file=sys.stderr)


def print_status(store: Store, wanted: frozenset[str]) -> int:
    """Print the status of the portals (all, when none is named) and return the exit code."""
    balances = store.balance()
    if unknown := wanted - {each.portal for each in balances}:
        raise UsageError(f"the store knows no portal called {', '.join(sorted(unknown))}")
    states = store.count_states()
    for each in balances:
        if not wanted or each.portal in wanted:
            print(describe_balance(each))
            for line in describe_waiting(count for count in states if count.portal == each.portal):
                print(f"  {line}")
    print(f"reports: {store.count_reports()}")
    for run in store.latest_runs(RUNS)[::-1]:
        print(describe_run(run))
    breaches = store.find_breaches()
    for breach in breaches[:SHOWN]:
        print(f"wrong: {mask(breach)}")
    if len(breaches) > SHOWN:
        print(f"wrong: {len(breaches) - SHOWN} more")
    return BREACH if breaches else 0


def describe_run(run: Run) -> str:
    """Return `run 7: 2026-03-02 14:30 UTC, finished, exit code 0`."""
    begun = f"run {run.id}: {run.started_at:%Y-%m-%d %H:%M} UTC"
    if run.finished_at is None:
        return f"{begun}, at work ({mask(run.owner)}), last sign of life {run.seen_at:%H:%M:%S}"
    ended = run.finish_reason or "unknown"
    judged = "" if run.exit_code is None else f", exit code {run.exit_code}"
    return f"{begun}, {ended}{judged}" + (f": {mask(run.sentence)}" if run.sentence else "")


def describe_balance(balance: Balance) -> str:
    """Return `qinghe: 40 addresses = stored 30 + rejected 10`."""
    parts = " + ".join(f"{state} {count}" for state, count in balance.states.items() if count)
    return f"{balance.portal}: {balance.discovered} addresses {'=' if balance.holds else '≠'} {parts or 0}"


def describe_waiting(counts: Iterable[StateCount]) -> Iterator[str]:
    """Yield `retry: timeout 3, http_500 1` for each state in which addresses wait."""
    found: dict[str, Counter[str]] = {state: Counter() for state in WAITING}
    for each in counts:
        if each.state in found:
            found[each.state][each.reason or each.outcome or "not asked yet"] += each.count
    for state, reasons in found.items():
        if reasons:
            ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
            yield f"{state}: " + ", ".join(f"{reason} {count}" for reason, count in ordered)
