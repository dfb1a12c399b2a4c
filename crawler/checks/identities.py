"""The identities of a form held against a report: each equation holds, fails, cannot be decided, or was not asked.

A blank cell is not 0. But no count is below 0, so an equation with blanks is decided where no filling of them could
change it: parts that exceed their total fail, and parts that reach it hold. A total that is nowhere stated is the sum
of its parts, if all of them are.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from crawler.checks.codes import make_finding
from crawler.forms import load_forms
from crawler.items import Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from crawler.forms.model import Equation, Identity, Relation, Strength, Term
    from crawler.items import FormId, Indicator, Report

State: TypeAlias = Literal["holds", "fails", "undecidable", "not_asked"]

Sums: TypeAlias = "Mapping[str, tuple[Term, ...]]"

ZERO = Decimal(0)
SHOWN = 8
"""Terms that a message names before it sums up the rest."""


class HasIndicators(Protocol):
    """A report, or what is left of it."""

    @property
    def form(self) -> FormId | None:
        """Return the form it fills."""

    @property
    def indicators(self) -> list[Indicator]:
        """Return its indicators."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Result:
    """One equation of an identity, evaluated."""

    identity: str
    """Its id, such as `t3.flow`."""
    scope: str | None
    """The column or row it holds for."""
    strength: Strength
    state: State
    relation: Relation
    left: Decimal
    """The sum of the known terms on the left."""
    right: Decimal
    known: tuple[tuple[Term, Indicator], ...]
    """The terms that have a number, in order; those on the left first."""
    missing: tuple[str, ...]
    """Codes of the terms that have none."""


@dataclass(slots=True, kw_only=True)
class Side:
    """One side of an equation, as far as it is known."""

    total: Decimal
    known: list[tuple[Term, Indicator]]
    missing: list[Term]

    @property
    def can_grow(self) -> bool:
        """Whether what is missing could only add to the total."""
        return all(term.sign > 0 for term in self.missing)


def evaluate_identities(
    indicators: Iterable[Indicator], form: FormId | None, previous: HasIndicators | None = None
) -> list[Result]:
    """Return every equation of the form's identities with its state, in the form's order.

    `previous` is the same issuer's report of the year before; without it, what needs it was not asked. Of a code that
    stands in a table and in the prose, the table's cell counts.
    """
    if form is None or form not in load_forms():
        return []
    now = by_code(indicators)
    before = before_by_code(previous, form)
    return [
        evaluate(identity, equation, now, before, load_sums(form))
        for identity in load_forms()[form].identities
        for equation in identity.equations
    ]


def by_code(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    """Return the indicators by code; a table's cell goes before the prose."""
    found: dict[str, Indicator] = {}
    for each in indicators:
        if each.code not in found or (each.where == "table" and found[each.code].where == "prose"):
            found[each.code] = each
    return found


def before_by_code(previous: HasIndicators | None, form: FormId) -> dict[str, Indicator] | None:
    """Return last year's indicators under this form's codes: what both forms ask has the same code but for its head."""
    if previous is None or previous.form is None:
        return None
    here, there = HEADS.get(form), HEADS.get(previous.form)
    if here is None or there is None:
        return None
    return {here + each.code.removeprefix(there): each for each in by_code(previous.indicators).values()}


HEADS: Mapping[FormId, str] = {"stat-2014": "s14.", "form-2019": "f19.", "form-2021": "f21."}


def evaluate(
    identity: Identity,
    equation: Equation,
    now: Mapping[str, Indicator],
    before: Mapping[str, Indicator] | None,
    sums: Sums,
) -> Result:
    """Return one equation with its state."""
    if len(equation.left) == 1 and sums.get(equation.left[0].code) == equation.right:
        sums = {}
    left, right = side(equation.left, now, before, sums), side(equation.right, now, before, sums)
    needs_before = any(term.year for term in (*equation.left, *equation.right))
    asked = bool(left.known) and bool(right.known) and not (needs_before and before is None)
    if needs_before and not any(term.year for term, _ in (*left.known, *right.known)):
        asked = False
    return Result(
        identity=identity.id,
        scope=equation.scope,
        strength=identity.strength,
        state=decide(identity.relation, left, right) if asked else "not_asked",
        relation=identity.relation,
        left=left.total,
        right=right.total,
        known=(*left.known, *right.known),
        missing=tuple(term.code for term in (*left.missing, *right.missing)),
    )


@cache
def load_sums(form: FormId) -> Sums:
    """Return the parts of every total of a form that heads a row: what stands for it where it is not stated."""
    found: dict[str, tuple[Term, ...]] = {}
    for identity in load_forms()[form].identities:
        for equation in identity.equations:
            if identity.relation == "=" and len(equation.left) == 1 and is_total(form, equation.left[0]):
                found.setdefault(equation.left[0].code, equation.right)  # the first: the parts in its own column
    return found


def is_total(form: FormId, term: Term) -> bool:
    """Tell whether a term is the total of its column."""
    return not term.year and load_forms()[form].cells[term.code].row.kind == "total"


def side(
    terms: tuple[Term, ...], now: Mapping[str, Indicator], before: Mapping[str, Indicator] | None, sums: Sums
) -> Side:
    """Return the known sum of some terms, and which have no number."""
    total, known, missing = ZERO, [], []
    whole = groups_for_parts(terms, now)
    for term in terms:
        if term.group is not None and term.group in whole:
            continue
        indicator = (before or {}).get(term.code) if term.year else now.get(term.code)
        if indicator is None or indicator.value is None:
            parts = side(sums[term.code], now, None, {}) if indicator is None and term.code in sums else None
            if parts is None or parts.missing or term.year:
                missing.append(term)
            else:
                known += parts.known
                total += parts.total if term.sign > 0 else -parts.total
        else:
            known.append((term, indicator))
            total += indicator.value if term.sign > 0 else -indicator.value
    for term, indicator in whole.values():
        known.append((term, indicator))
        total += indicator.value or ZERO
    return Side(total=total, known=known, missing=missing)


def groups_for_parts(terms: tuple[Term, ...], now: Mapping[str, Indicator]) -> dict[str, tuple[Term, Indicator]]:
    """Return the group cells that stand for their parts: those with a number, where no part is printed."""
    parts: dict[str, list[Term]] = {}
    for term in terms:
        if term.group is not None and term.group in now:
            parts.setdefault(term.group, []).append(term)
    return {
        group: (members[0], now[group])
        for group, members in parts.items()
        if now[group].value is not None and not any(member.code in now for member in members)
    }


def decide(relation: Relation, left: Side, right: Side) -> State:
    """Return the state of an equation both sides of which have a number."""
    if not left.missing and not right.missing:
        holds = left.total == right.total if relation == "=" else left.total <= right.total
        return "holds" if holds else "fails"
    if not left.missing and right.can_grow:
        if left.total == right.total or (relation == "<=" and left.total <= right.total):
            return "holds"
        return "fails" if relation == "=" and left.total < right.total else "undecidable"
    if not right.missing and left.can_grow:
        if left.total > right.total:
            return "fails"
        return "holds" if relation == "=" and left.total == right.total else "undecidable"
    return "undecidable"


def check_identities(report: Report, previous: HasIndicators | None = None) -> list[Finding]:
    """Return a finding `sums.<id>` for each equation that fails."""
    form = report.form
    if form is None or form not in HEADS or not report.indicators:
        return []
    now, before, sums = by_code(report.indicators), before_by_code(previous, form), load_sums(form)
    value_of = {code: each.value for code, each in now.items()}.get
    found = []
    for plan in load_plans(form):
        if plan.needs_before and before is None:
            continue
        if plan.is_settled([value_of(code) for code in plan.left], [value_of(code) for code in plan.right]):
            continue
        result = evaluate(plan.identity, plan.equation, now, before, sums)
        if result.state == "fails":
            found.append(describe(result))
    return found


@dataclass(slots=True, frozen=True)
class Plan:
    """An equation made ready to be settled at a glance."""

    identity: Identity
    equation: Equation
    left: tuple[str, ...]
    right: tuple[str, ...]
    needs_before: bool
    adds: bool
    """Whether its terms are cells of this year, and all are added."""
    is_literal: bool
    """Whether no other cells can stand for its terms."""

    def is_settled(self, left: list[Decimal | None], right: list[Decimal | None]) -> bool:
        """Tell whether it holds with every term known, or has no number at all on one side: the usual cases."""
        if not self.adds:
            return False
        if None in left or None in right:
            return self.is_literal and (set(left) == {None} or set(right) == {None})
        one, other = sum(filter(None, left), ZERO), sum(filter(None, right), ZERO)
        return one == other if self.identity.relation == "=" else one <= other


@cache
def load_plans(form: FormId) -> tuple[Plan, ...]:
    """Return the plans of a form's equations."""
    sums = load_sums(form)
    plans = []
    for identity in load_forms()[form].identities:
        for equation in identity.equations:
            left, right = (tuple(term.code for term in terms) for terms in (equation.left, equation.right))
            terms = (*equation.left, *equation.right)
            adds = all(term.sign > 0 and not term.year for term in terms)
            replaceable = any(term.code in sums for term in terms) and sums.get(left[0]) != equation.right
            is_literal = not replaceable and not any(term.group for term in terms)
            plans.append(Plan(identity, equation, left, right, any(term.year for term in terms), adds, is_literal))
    return tuple(plans)


def describe(result: Result) -> Finding:
    """Return the finding of an equation that fails, with its numbers; cells of last year's report are no evidence."""
    place = f" ({result.scope})" if result.scope else ""
    terms = list(result.known)
    shown = ", ".join(f"{each.code}{'@-1' if term.year else ''} = {plain(each.value)}" for term, each in terms[:SHOWN])
    more = f" and {len(terms) - SHOWN} more" if len(terms) > SHOWN else ""
    sign = "≠" if result.relation == "=" else ">"
    return Finding(
        code=f"sums.{result.identity}",
        severity="warning" if result.strength == "must" else "info",
        message=f"{result.identity}{place}: {plain(result.left)} {sign} {plain(result.right)} with {shown}{more}",
        evidence=list(evidence_of(terms)),
    )


def evidence_of(terms: Iterable[tuple[Term, Indicator]]) -> Iterator[Evidence]:
    """Yield where the terms of this year's report stand."""
    return (indicator.evidence for term, indicator in terms if not term.year)


def plain(value: Decimal | None) -> str:
    """Return a number as it is said, without an exponent."""
    return "blank" if value is None else f"{value:f}"


def check_filing_sum(report: Report) -> list[Finding]:
    """Return a finding where 主动公开政府信息数 is the sum of the two lines below it, a known mistake of filers.

    The first of them is a part of it and the second is no part at all, so their sum means nothing.
    """
    if report.form != "stat-2014":
        return []
    now = by_code(report.indicators)
    cells = [now.get(code) for code in ("s14.1.1", "s14.1.1.1", "s14.1.1.2")]
    total, subset, memo = [cell.value if cell else None for cell in cells]
    if total is None or not subset or not memo or total != subset + memo:
        return []
    message = f"s14.1.1 = {plain(total)} is the sum of s14.1.1.1 = {plain(subset)} and s14.1.1.2 = {plain(memo)}"
    return [make_finding("filing.sum_of_parts", message, [cell.evidence for cell in cells if cell])]
