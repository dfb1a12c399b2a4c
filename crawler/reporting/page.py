"""The run report as one page of HTML: nothing is loaded, nothing runs, everything is escaped. Pure."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from crawler.reporting.model import failures, stored, total
from crawler.reporting.pictures import Row, draw_bars, draw_history
from crawler.reporting.plain import describe_seconds
from crawler.running.logs import mask
from crawler.running.summary import describe_counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from crawler.reporting.model import RunReport

STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d2430; --paper: #fff; --soft: #667085; --rule: #d7dce3;
  --new: #2f7d5b; --changed: #b7791f; --same: #9fb3c8; --held: #8e4585; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --paper: #14181f; --soft: #98a2b3; --rule: #333b47;
  --same: #51657a; } }
body { margin: 2rem auto; max-width: 56rem; padding: 0 1rem; color: var(--ink); background: var(--paper);
  font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.4rem; margin-bottom: 0; } h2 { font-size: 1.05rem; margin-top: 2rem; }
p.when { color: var(--soft); margin-top: 0; }
.verdict { border-left: 4px solid var(--new); padding: .4rem .8rem; } .verdict.bad { border-color: var(--bad); }
.alert { border-left: 4px solid var(--bad); padding: .2rem .8rem; margin: .4rem 0; }
table { border-collapse: collapse; width: 100%; } th, td { border-bottom: 1px solid var(--rule); padding: .3rem .5rem;
  text-align: left; vertical-align: top; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
svg { max-width: 100%; height: auto; } svg text { font-size: 12px; fill: var(--ink); } .label { text-anchor: end; }
.count { fill: var(--soft); } .axis { stroke: var(--rule); }
.new { fill: var(--new); } .changed { fill: var(--changed); } .same { fill: var(--same); } .held { fill: var(--held); }
.bad { fill: var(--bad); } ul.key { list-style: none; padding: 0; display: flex; gap: 1rem; flex-wrap: wrap; }
ul.key svg { width: .8rem; height: .8rem; }
"""
POLICY: Final = "default-src 'none'; style-src 'sha256-{digest}'; img-src 'none'; base-uri 'none'; form-action 'none'"
PIECES: Final = (("new", "new"), ("changed", "changed"), ("same", "unchanged"), ("held", "held back"))


def to_page(report: RunReport) -> str:
    """Return the report as a page."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    title = f"gov_reports: run {report.run.id}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(digest=digest)}">'
        '<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>\n"
        + "\n".join(_sections(report, title))
        + "\n</body></html>\n"
    )


def show(text: object) -> str:
    """Return a text for the page: without secrets, without control characters, escaped."""
    return escape(mask(str(text)))


def link(url: str, text: str) -> str:
    """Return a link to a web address; any other address is text."""
    if urlsplit(url).scheme not in ("http", "https"):
        return show(text)
    return f'<a href="{show(url)}" rel="noopener noreferrer nofollow">{show(text)}</a>'


def table(heads: Iterable[str], rows: Iterable[Iterable[str | int]]) -> str:
    """Return a table; whole numbers stand at the right. Texts are HTML already."""
    lines = ["<table><thead><tr>" + "".join(f"<th>{show(head)}</th>" for head in heads) + "</tr></thead><tbody>"]
    for row in rows:
        cells = (f'<td class="n">{cell}</td>' if isinstance(cell, int) else f"<td>{cell}</td>" for cell in row)
        lines.append("<tr>" + "".join(cells) + "</tr>")
    return "\n".join([*lines, "</tbody></table>"])


def _sections(report: RunReport, title: str) -> Iterator[str]:
    run = report.run
    yield f"<h1>{show(title)}</h1>"
    when = f"{run.started_at:%Y-%m-%d %H:%M} UTC, {describe_seconds(report.seconds)}"
    if report.idle_days is not None:
        when += f"; the run before began {report.idle_days:.1f} days earlier"
    yield f'<p class="when">{show(when)}</p>'
    said = run.sentence or "everything was done as asked"
    yield (
        f'<p class="verdict{" bad" if run.exit_code else ""}">ended {show(run.finish_reason)}, exit code '
        f"{show(run.exit_code)}: {show(said)}</p>"
    )
    for alert in report.alerts:
        yield f'<p class="alert"><b>{show(alert.portal or alert.code)}</b> {show(alert.message)}</p>'
    yield from _pictures(report)
    yield from _portals(report)
    yield from _ledger(report)
    yield from _changes(report)


def _pictures(report: RunReport) -> Iterator[str]:
    yield "<h2>Reports by portal</h2>"
    yield draw_bars([_bar(portal, counts) for portal, counts in report.portals.items()], "Reports by portal")
    keys = (*PIECES, ("bad", "failed addresses"))
    yield (
        '<ul class="key">'
        + "".join(
            f'<li><svg viewBox="0 0 10 10"><rect width="10" height="10" class="{style}"/></svg> {show(name)}</li>'
            for style, name in keys
        )
        + "</ul>"
    )
    yield "<h2>Runs so far: reports read or known</h2>"
    points = [
        (
            f"run {run.id}, {run.started_at:%Y-%m-%d}, exit code {run.exit_code}",
            total(run, "reports") + total(run, "known"),
            "bad" if run.exit_code or run.finish_reason == "died" else "new",
        )
        for run in report.history
    ]
    yield draw_history(points, "Reports read or known in each run")


def _bar(portal: str, counts: Mapping[str, Any]) -> Row:
    kept = counts["stored"]
    same = kept.get("unchanged", 0) + counts["known"]
    numbers = (kept.get("new", 0), kept.get("changed", 0), same, kept.get("quarantined", 0))
    pieces = [(style, name, count) for (style, name), count in zip(PIECES, numbers, strict=True)]
    return Row(mask(portal), (*pieces, ("bad", "failed", failures(counts))))


def _portals(report: RunReport) -> Iterator[str]:
    yield "<h2>Portals</h2>"
    rows = []
    for portal, counts in report.portals.items():
        name = counts["name"] or portal
        refused = describe_counts(Counter(counts["refused"]))
        rows.append(
            (
                link(counts["home"], name),
                counts["requests"],
                counts["entries"],
                counts["reports"],
                counts["known"],
                show(counts["failure"] or counts["stop_reason"] or "interrupted"),
                show(refused),
            )
        )
    yield table(("portal", "requests", "entries", "reports", "known", "ended", "refused"), rows)


def _ledger(report: RunReport) -> Iterator[str]:
    yield f"<h2>Ledger: every address in one state</h2><p>{report.reports} reports are in the store.</p>"
    yield table(
        ("portal", "addresses", "", "states"),
        (
            (
                show(each.portal),
                each.discovered,
                "=" if each.holds else "≠",
                show(", ".join(f"{state} {count}" for state, count in each.states.items() if count)),
            )
            for each in report.balances
        ),
    )


def _changes(report: RunReport) -> Iterator[str]:
    if report.changed:
        yield "<h2>Changed since they were read before</h2>"
        rows = (
            (link(each.url, each.title or each.url), each.number, show(each.cause), each.changes)
            for each in report.changed
        )
        yield table(("report", "version", "cause", "changes"), rows)
    counts = report.run.counts or {}
    answers = describe_counts(Counter(counts.get("statuses", {})))
    yield (
        f"<h2>The road</h2><p>{show(counts.get('requests', 0))} requests, {show(counts.get('bytes', 0))} bytes, "
        f"{show(counts.get('retries', 0))} tried again, {show(counts.get('pauses', 0))} pauses; answers: "
        f"{show(answers or 'none')}. New {stored(report.run, 'new')}, changed {stored(report.run, 'changed')}, "
        f"unchanged {stored(report.run, 'unchanged')}, held back {stored(report.run, 'quarantined')}.</p>"
    )
