"""The report of one run: everything its text, its JSON and its page are made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.storage import Alert, Balance, Run
    from crawler.storage.runs import Changed

FAILED_REASONS_ARE_NOT: Final = frozenset(
    {"robots", "offsite", "link", "redirect", "http_404", "http_410", "soft_404", "known", "limit", "unlikely"}
)
"""Reasons for refused addresses that are no failure: nobody wanted them, or they are gone."""


@dataclass(slots=True, kw_only=True, frozen=True)
class RunReport:
    """One run, and what stood before and after it."""

    run: Run
    balances: list[Balance]
    """The ledger after the run."""
    reports: int
    """In the store after the run."""
    changed: list[Changed]
    """Reports that came to a new version in this run."""
    alerts: list[Alert]
    """What this run gives to say."""
    history: list[Run]
    """This run and those before it, the oldest first."""

    @property
    def portals(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the run's counts of each portal."""
        return portals_of(self.run)

    @property
    def seconds(self) -> float:
        """Return how long the run took."""
        return ((self.run.finished_at or self.run.seen_at) - self.run.started_at).total_seconds()

    @property
    def idle_days(self) -> float | None:
        """Return how many days lay between this run and the one before; None for the first."""
        if len(self.history) < 2:
            return None
        return (self.run.started_at - self.history[-2].started_at).total_seconds() / 86400


def portals_of(run: Run) -> dict[str, dict[str, Any]]:
    """Return a run's counts of each portal; none of a run that died."""
    return dict((run.counts or {}).get("portals", {}))


def total(run: Run, name: str) -> int:
    """Return the sum of one count over a run's portals."""
    return sum(portal.get(name, 0) for portal in portals_of(run).values())


def stored(run: Run, what: str) -> int:
    """Return how often the store said `new`, `changed`, `unchanged` or `quarantined` in a run."""
    return sum(portal.get("stored", {}).get(what, 0) for portal in portals_of(run).values())


def failures(portal: Mapping[str, Any]) -> int:
    """Return how many addresses of a portal failed."""
    refused: Mapping[str, int] = portal.get("refused", {})
    return sum(count for reason, count in refused.items() if reason not in FAILED_REASONS_ARE_NOT)


def to_json(report: RunReport) -> dict[str, Any]:
    """Return the report as plain values."""
    return {
        "run": _plain(asdict(report.run)),
        "seconds": round(report.seconds, 1),
        "reports_in_store": report.reports,
        "ledger": {
            each.portal: {"discovered": each.discovered, **each.states, "holds": each.holds} for each in report.balances
        },
        "changed": [_plain(asdict(each)) for each in report.changed],
        "alerts": [{"code": each.code, "portal": each.portal, "message": each.message} for each in report.alerts],
        "history": [
            {
                "id": run.id,
                "started_at": run.started_at.isoformat(),
                "exit_code": run.exit_code,
                "finish_reason": run.finish_reason,
                "new": stored(run, "new"),
                "changed": stored(run, "changed"),
                "unchanged": stored(run, "unchanged"),
                "known": total(run, "known"),
            }
            for run in report.history
        ],
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
