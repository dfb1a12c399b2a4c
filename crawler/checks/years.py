"""Reports of one issuer in consecutive years, held against each other: what was left is what comes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from crawler.checks.identities import describe, evaluate_identities
from crawler.forms import load_forms
from crawler.items import Article, Page, Report, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import FormId

Key: TypeAlias = tuple[str, str, int]


class Years:
    """Remembers of every report what the report of the year after asks for."""

    def __init__(self) -> None:
        self._seen: dict[Key, Report] = {}
        self._asked = {code for form in load_forms() for code in asked_of_last_year(form)}

    def compare(self, report: Report) -> Iterator[str]:
        """Yield a sentence for each equation with last year's report that fails; reports come by year, oldest first."""
        key = key_of(report)
        if key is None:
            return
        previous = self._seen.get((key[0], key[1], key[2] - 1))
        if previous is not None:
            for result in evaluate_identities(report.indicators, report.form, previous):
                if result.state == "fails" and any(term.year for term, _ in result.known):
                    yield f"sums.{result.identity}: {describe(result).message}"
        self._seen.setdefault(key, self.shortened(report))

    def shortened(self, report: Report) -> Report:
        """Return a report with nothing but the indicators that the next year asks for."""
        kept = [replace(each) for each in report.indicators if tail(each.code) in self._asked]
        source = Source()
        article = Article(page=Page(url="", body=b""), source=source, page_kind="report")
        return Report(article=article, source=source, page_kind="report", form=report.form, indicators=kept)


def key_of(report: Report) -> Key | None:
    """Return whose report it is and for which year, None where one is unknown."""
    if report.issuer.name is None or report.report_year is None or report.report_kind != "disclosure":
        return None
    return report.region.code or "", report.issuer.name, report.report_year


def asked_of_last_year(form: FormId) -> set[str]:
    """Return the codes of last year's cells that a form's identities name, without their form's head."""
    return {
        tail(term.code)
        for identity in load_forms()[form].identities
        for equation in identity.equations
        for term in (*equation.left, *equation.right)
        if term.year
    }


def tail(code: str) -> str:
    """Return a code without its form's head: f21.t3.r4.np and f19.t3.r4.np are asked for alike."""
    return code[HEAD:]


HEAD: Final = len("f21.")
