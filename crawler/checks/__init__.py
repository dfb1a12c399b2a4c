"""What a reader of a record must know: sums that fail, tables and characters that are gone, signs of tampering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.checks.filing import check_filing
from crawler.checks.garbled import check_garbled
from crawler.checks.hosts import check_hosts, host_of, is_foreign
from crawler.checks.identities import Result, check_filing_sum, check_identities, evaluate_identities
from crawler.checks.lost import check_lost
from crawler.checks.names import check_names
from crawler.checks.prose import check_prose
from crawler.checks.rewriting import check_rewriting
from crawler.checks.scripts import check_scripts
from crawler.checks.tables import check_tables
from crawler.checks.titles import check_titles

if TYPE_CHECKING:
    from crawler.items import Finding, Report

__all__ = ["Result", "check_report", "evaluate_identities"]


def check_report(report: Report, previous: Report | None = None) -> list[Finding]:
    """Return the findings on a report, the numbers first; `previous`: the same issuer's report of the year before.

    The report's own findings are read and not repeated. Nothing is changed.
    """
    url = report.source.url or report.article.page.url
    host, is_vetted = host_of(url), is_chosen(report)
    return [
        *check_identities(report, previous),
        *check_filing_sum(report),
        *check_prose(report),
        *check_tables(report),
        *check_filing(report),
        *check_lost(report.text),
        *check_garbled(report),
        *check_scripts(report.text, host),
        *check_names(report.text, is_foreign=is_foreign(host) and not is_vetted),
        *check_titles(report.article, report.title, report.text),
        *check_rewriting(report.text, is_report=report.report_kind == "disclosure"),
        *check_hosts(report.text, url, is_vetted=is_vetted),
    ]


def is_chosen(report: Report) -> bool:
    """Tell whether the page's portal is one of the catalogue, whose hosts were looked at when it was entered."""
    portal = report.article.page.portal
    return portal is not None and "." not in portal and ":" not in portal
