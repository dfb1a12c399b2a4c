"""Reports of one issuer in consecutive years, held against each other: what was left is what comes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from crawler.checks.identities import HEADS, evaluate_identities
from crawler.forms import load_forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.checks.identities import HasIndicators, Result
    from crawler.items import FormId


def compare_years(now: HasIndicators, before: HasIndicators) -> list[Result]:
    """Return the equations between a report and the one of the year before that could be asked, with their states."""
    results = evaluate_identities(now.indicators, now.form, before)
    return [each for each in results if each.state != "not_asked" and any(term.year for term, _ in each.known)]


@cache
def codes_between_years() -> tuple[str, ...]:
    """Return the codes of every indicator that such an equation may name, of this year and of the year before."""
    found: set[str] = set()
    for form, head in HEADS.items():
        for code, is_earlier in terms_between_years(form):
            # last year's report may have the other form: the same code but for its head
            found.update(other + code.removeprefix(head) for other in HEADS.values()) if is_earlier else found.add(code)
    return tuple(sorted(found))


def terms_between_years(form: FormId) -> Iterator[tuple[str, bool]]:
    """Yield the code of each term of a form's equations between years, and whether it is last year's."""
    for identity in load_forms()[form].identities:
        for equation in identity.equations:
            terms = (*equation.left, *equation.right)
            if any(term.year for term in terms):
                yield from ((term.code, bool(term.year)) for term in terms)
