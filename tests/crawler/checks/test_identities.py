"""Each equation of a form holds, fails, cannot be decided, or was not asked; blanks are no zeros."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crawler.checks import check_report, evaluate_identities
from crawler.forms import load_forms
from crawler.items import Cell, Indicator, Span
from tests.factories import make_report

COLUMNS = ("np", "biz", "res", "soc", "law", "oth", "tot")


def indicator(code: str, value: int | str | None, where: str = "table") -> Indicator:
    number = None if value is None else Decimal(value)
    place = Span(start=0, end=1) if where == "prose" else Cell(table=0, row=1, column=1)
    return Indicator(code=code, label="", value=number, unit="件", raw=str(value), where=where, evidence=place)


def whole(form: str = "form-2021", *, blank: tuple[str, ...] = (), drop: tuple[str, ...] = (), **changed: int):
    """Every cell of 表三 and 表四, in balance: each leaf row holds 1, 2, 0, 0, 0, 0 and the carried row 1."""
    head = "f21" if form == "form-2021" else "f19"
    leaves = next(each for each in load_forms()[form].identities if each.id == "t3.sum").equations[0].right
    rows = [term.code.rsplit(".", 1)[0].split(".", 2)[2] for term in leaves]
    cells: dict[str, int | None] = {}
    for row in rows:
        cells |= dict(zip((f"t3.{row}.{name}" for name in COLUMNS), (1, 2, 0, 0, 0, 0, 3), strict=True))
    for name, value in zip(COLUMNS, (1, 2, 0, 0, 0, 0, 3), strict=True):
        done = value * len(rows)
        cells |= {f"t3.r3.7.{name}": done, f"t3.r1.{name}": done, f"t3.r2.{name}": value, f"t3.r4.{name}": value}
    for row in ("rev", "dir", "aft"):
        cells |= dict(
            zip(
                (f"t4.{row}.{n}" for n in ("upheld", "corrected", "other", "pending", "tot")),
                (1, 1, 0, 0, 2),
                strict=True,
            )
        )
    cells |= {name.replace("__", "."): value for name, value in changed.items()}
    cells |= dict.fromkeys(blank)
    return [indicator(f"{head}.{name}", value) for name, value in cells.items() if name not in drop]


def states(indicators, form="form-2021", previous=None) -> dict[tuple[str, str | None], str]:
    return {(each.identity, each.scope): each.state for each in evaluate_identities(indicators, form, previous)}


@pytest.mark.parametrize("form", ["form-2019", "form-2021"])
def test_a_table_in_balance_holds_everywhere(form: str) -> None:
    found = states(whole(form), form)
    asked = {key: state for key, state in found.items() if not key[0].startswith("t2") and key[0] != "t3.carry"}
    groups = {key for key, state in asked.items() if state == "not_asked"}
    assert all(key[0] == "t3.row" and load_forms()[form].cells[f"{key[1]}.np"].is_optional for key in groups)
    assert {state for key, state in asked.items() if key not in groups} == {"holds"}
    assert sum(key[0] == "t3.flow" for key in asked) == 7
    assert not {
        each.code for each in check_report(make_report(indicators=whole(form), form=form)) if "sums" in each.code
    }


def test_one_wrong_cell_is_named_with_its_numbers_and_cells() -> None:
    report = make_report(indicators=whole(t3__r1__np=99), form="form-2021")
    sums = {each.code: each for each in check_report(report) if each.code.startswith("sums")}
    assert sums.keys() == {"sums.t3.flow", "sums.t3.row"}
    flow = sums["sums.t3.flow"]
    assert flow.severity == "warning"
    assert "(np): 100 ≠ 22" in flow.message
    assert "f21.t3.r1.np = 99" in flow.message
    assert len(flow.evidence) == 4


CASES = {
    "a blank total is not asked": ({"blank": ("t3.r3.1.tot",)}, ("t3.row", "f21.t3.r3.1"), "not_asked"),
    "a blank part cannot be decided": ({"blank": ("t3.r3.1.np",)}, ("t3.sum", "np"), "undecidable"),
    "a blank that must be 0 holds": ({"blank": ("t3.r3.1.res",)}, ("t3.sum", "res"), "holds"),
    "parts above their total fail in spite of blanks": (
        {"blank": ("t3.r3.1.np",), "t3__r3__7__np": 5},
        ("t3.sum", "np"),
        "fails",
    ),
    "a dispute's total": ({"t4__rev__tot": 7}, ("t4.block", "f21.t4.rev"), "fails"),
    "carry without last year": ({}, ("t3.carry", "np"), "not_asked"),
    "no table four": (
        {"drop": tuple(f"t4.aft.{n}" for n in ("upheld", "corrected", "other", "pending", "tot"))},
        ("t4.block", "f21.t4.aft"),
        "not_asked",
    ),
}


@pytest.mark.parametrize(("changes", "key", "state"), CASES.values(), ids=CASES.keys())
def test_states(changes: dict, key: tuple[str, str], state: str) -> None:
    assert states(whole(**changes))[key] == state


def test_a_group_in_one_row_stands_for_its_parts() -> None:
    parts = tuple(f"t3.r3.6.{part}.{name}" for part in (1, 2, 3) for name in COLUMNS)
    merged = whole(drop=parts)
    merged += [
        indicator(f"f21.t3.r3.6.{name}", value) for name, value in zip(COLUMNS, (3, 6, 0, 0, 0, 0, 9), strict=True)
    ]
    assert states(merged)[("t3.sum", "np")] == "holds"
    merged[-7] = indicator("f21.t3.r3.6.np", 4)
    assert states(merged)[("t3.sum", "np")] == "fails"


def test_the_table_goes_before_the_prose() -> None:
    mixed = [indicator("f21.t3.r1.np", 999, "prose"), *whole()]
    assert states(mixed)[("t3.flow", "np")] == "holds"


def test_prose_alone_is_evaluated_too() -> None:
    told = {"r1": 3721, "r2": 15, "r3.7": 3714, "r4": 5}
    prose = [indicator(f"f19.t3.{row}.tot", value, "prose") for row, value in told.items()]
    assert states(prose, "form-2019")[("t3.flow", "tot")] == "fails"


def test_a_total_that_is_not_stated_is_the_sum_of_its_parts() -> None:
    told = {"r1": 3721, "r2": 15, "r3.1": 1298, "r3.2": 20, "r3.3": 12, "r3.4": 89, "r3.5": 2286, "r3.6": 9, "r4": 5}
    prose = [indicator(f"f19.t3.{row}.tot", value, "prose") for row, value in told.items()]
    assert states(prose, "form-2019")[("t3.flow", "tot")] == "fails"
    assert states(prose, "form-2019")[("t3.sum", "tot")] == "not_asked"
    sums = [each for each in check_report(make_report(form="form-2019", indicators=prose)) if "sums" in each.code]
    assert [each.code for each in sums] == ["sums.t3.flow"]
    assert "3736 ≠ 3719" in sums[0].message
    assert states(prose[:-2], "form-2019")[("t3.flow", "tot")] == "not_asked"


@pytest.mark.parametrize(
    ("previous_form", "head", "left", "state"),
    [
        ("form-2021", "f21", 1, "holds"),
        ("form-2019", "f19", 1, "holds"),
        ("form-2019", "f19", 9, "fails"),
    ],
)
def test_what_was_left_is_what_comes(previous_form: str, head: str, left: int, state: str) -> None:
    before = make_report(year=2022, form=previous_form, indicators=[indicator(f"{head}.t3.r4.np", left)])
    assert states(whole(), previous=before)[("t3.carry", "np")] == state
    findings = [each for each in check_report(make_report(indicators=whole()), before) if each.code == "sums.t3.carry"]
    assert [each.severity for each in findings] == (["info"] if state == "fails" else [])


def test_the_stock_of_rules_in_force() -> None:
    now = [indicator(f"f21.t2.a1.norm.{name}", value) for name, value in (("made", 5), ("repealed", 2), ("valid", 100))]
    before = make_report(year=2022, form="form-2021", indicators=[indicator("f21.t2.a1.norm.valid", 97)])
    found = [each.state for each in evaluate_identities(now, "form-2021", before) if each.identity == "t2.stock"]
    assert found == ["not_asked", "holds"]


STAT = {
    "sum of ways": ({"s14.3.1": 10, "s14.3.1.1": 4, "s14.3.1.3": 6}, "s14.3.1", "holds"),
    "sum above its total": ({"s14.3.1": 10, "s14.3.1.1": 4, "s14.3.1.3": 7}, "s14.3.1", "fails"),
    "channels may exceed the items": ({"s14.1.1": 534, "s14.1.2.1": 204, "s14.1.2.2": 500}, "s14.channels", "holds"),
    "channels not all known": ({"s14.1.1": 534, "s14.1.2.1": 204}, "s14.channels", "undecidable"),
    "a part above the whole": ({"s14.1.1": 5, "s14.1.1.1": 6}, "s14.subset", "fails"),
    "prose form": ({"s14.4": 6, "s14.4.1": 2, "s14.4.2": 4}, "s14.4", "holds"),
}


@pytest.mark.parametrize(("cells", "identity", "state"), STAT.values(), ids=STAT.keys())
def test_the_statistics_table(cells: dict[str, int], identity: str, state: str) -> None:
    results = evaluate_identities([indicator(code, value) for code, value in cells.items()], "stat-2014")
    assert state in {each.state for each in results if each.identity == identity}


def test_a_known_mistake_of_filers_is_named_and_is_no_failed_sum() -> None:
    cells = [indicator("s14.1.1", 15689), indicator("s14.1.1.1", 7584), indicator("s14.1.1.2", 8105)]
    found = {each.code: each.severity for each in check_report(make_report(form="stat-2014", indicators=cells))}
    assert found.get("filing.sum_of_parts") == "info"
    assert not any(code.startswith("sums") for code in found)


def test_forms_without_identities() -> None:
    assert evaluate_identities([], None) == []
    assert evaluate_identities([], "local") == []
    assert all(each.state == "not_asked" for each in evaluate_identities([], "form-2021"))
