"""Every finding of this package by its code: how grave it is. docs/findings.md has a paragraph on each."""

from __future__ import annotations

from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from crawler.items import Evidence, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SEVERITY: Final[Mapping[str, Severity]] = MappingProxyType(
    {
        # numbers and tables
        "filing.sum_of_parts": "info",
        "filing.decree": "info",
        "filing.doubled": "info",
        "filing.period": "info",
        "prose.table": "warning",
        "share.part": "warning",
        "share.rate": "info",
        "tables.missing": "warning",
        # characters that are gone
        "lost.digits": "warning",
        "lost.brackets": "warning",
        "lost.quotes": "info",
        "lost.tail": "info",
        "lost.units": "info",
        "lost.timestamp": "info",
        "lost.layout": "warning",
        # characters that are others
        "script.pinyin": "warning",
        "script.traditional": "warning",
        "script.official_traditional": "info",
        "script.overconverted": "warning",
        "script.localised": "warning",
        "mojibake.unreadable": "reject",
        "mojibake.marks": "warning",
        "mojibake.bytes": "warning",
        "mojibake.entities": "info",
        # tampering
        "tamper.brand": "reject",
        "tamper.name": "reject",
        "tamper.unknown_name": "warning",
        "tamper.formula": "reject",
        "tamper.deleted": "reject",
        "tamper.masked": "reject",
        "tamper.no_digits": "warning",
        "tamper.values_stripped": "warning",
        "tamper.spun": "reject",
        "tamper.title": "reject",
        "tamper.keywords": "reject",
        "tamper.host_rewritten": "reject",
        "tamper.host_foreign": "warning",
        "tamper.host_imitates": "reject",
        "tamper.dialect": "reject",
        "host.proxy": "warning",
        # personal data
        "personal.mobile": "info",
        "personal.identity_card": "info",
        "personal.bank_card": "info",
        "personal.email": "info",
        "personal.passport": "info",
        "personal.plate": "info",
        "personal.name": "info",
    }
)
"""Identities of the forms have no row: `sums.<id>` is a warning where the identity must hold, else info."""

MOST: Final = 100
"""Places that one finding points at; a hostile page has a million."""


def make_finding(code: str, message: str, evidence: Iterable[Evidence] = ()) -> Finding:
    """Return a finding of this package, as grave as its code, with the first hundred places of its evidence.

    Raises:
        KeyError: the code is none of this package.
    """
    return Finding(code=code, severity=SEVERITY[code], message=message, evidence=list(islice(evidence, MOST)))
