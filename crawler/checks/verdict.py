"""What the findings of a report come to: whether it can be published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.items import Finding

Verdict: TypeAlias = Literal["publish", "flag", "quarantine"]


def verdict(findings: Iterable[Finding]) -> Verdict:
    """Return what the gravest finding asks for: a reject holds the report back, a warning publishes it with a flag.

    >>> verdict([])
    'publish'
    """
    severities = {finding.severity for finding in findings}
    if "reject" in severities:
        return "quarantine"
    return "flag" if "warning" in severities else "publish"
