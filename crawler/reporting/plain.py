"""The run report as text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crawler.reporting.model import stored, total
from crawler.running.logs import mask
from crawler.running.summary import describe_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.reporting.model import RunReport


def to_text(report: RunReport) -> str:
    """Return the report as lines of text."""
    return mask("\n".join(_lines(report))) + "\n"


def _lines(report: RunReport) -> Iterator[str]:
    run = report.run
    yield f"run {run.id}: {run.started_at:%Y-%m-%d %H:%M} UTC, {describe_seconds(report.seconds)}"
    yield f"ended: {run.finish_reason or 'unknown'}, exit code {run.exit_code}" + (
        f" ({run.sentence})" if run.sentence else ""
    )
    if report.idle_days is not None:
        yield f"the run before began {report.idle_days:.1f} days earlier"
    counts = run.counts or {}
    yield f"requests {counts.get('requests', 0)}, answers {describe_counts(Counter(counts.get('statuses', {})))}"
    parts = [f"{what} {stored(run, what)}" for what in ("new", "changed", "unchanged", "quarantined")]
    yield f"reports: {', '.join(parts)}, known and not read again {total(run, 'known')}"
    yield f"in the store: {report.reports}"
    for alert in report.alerts:
        yield f"alert: {f'{alert.portal}: ' if alert.portal else ''}{alert.message} [{alert.code}]"
    for portal, counted in report.portals.items():
        yield (
            f"{portal} {counted['name']}: lists {counted['lists']}, entries {counted['entries']}, "
            f"reports {counted['reports']}, known {counted['known']}, ended {counted['stop_reason'] or 'early'}"
        )
        if counted["refused"]:
            yield f"  refused: {describe_counts(Counter(counted['refused']))}"
    for each in report.balances:
        states = ", ".join(f"{state} {count}" for state, count in each.states.items() if count)
        yield f"ledger of {each.portal}: {each.discovered} addresses {'=' if each.holds else '≠'} {states}"
    for change in report.changed:
        told = f"version {change.number}, {change.cause}, {change.changes} changes"
        yield f"changed: {change.title or change.url} ({told})"


def describe_seconds(seconds: float) -> str:
    """Return a length of time as people say it.

    >>> describe_seconds(42.4), describe_seconds(3725)
    ('42 s', '1 h 2 min')
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = int(seconds // 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
