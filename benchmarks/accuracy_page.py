"""docs/accuracy.md, from what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

from crawler import VERSION

Z = 1.96
"""Of a 95 % interval."""


@dataclass(slots=True)
class Tally:
    """What became of the values of one kind."""

    right: int = 0
    wrong: int = 0
    """Another value stands there."""
    missing: int = 0
    """Nothing was read where a value stands."""
    invented: int = 0
    """A value was read where none stands."""
    nothing: int = 0
    """Nothing was read and nothing stands there."""

    def note(self, wanted: set[Any], found: object) -> None:
        """Count one value; `wanted` holds every answer that is right, None where there is none."""
        if found in wanted:
            if found is None:
                self.nothing += 1
            else:
                self.right += 1
        elif found is None:
            self.missing += 1
        elif wanted == {None}:
            self.invented += 1
        else:
            self.wrong += 1

    @property
    def asked(self) -> int:
        """Values that stand in the documents."""
        return self.right + self.wrong + self.missing

    @property
    def errors(self) -> int:
        """Values that are wrong in any way."""
        return self.wrong + self.missing + self.invented


def upper(errors: int, asked: int) -> float:
    """Return the upper end of the 95 % interval (Wilson) of an error rate."""
    if not asked:
        return 1.0
    rate = min(errors / asked, 1.0)
    spread = Z * sqrt(rate * (1 - rate) / asked + Z * Z / (4 * asked * asked))
    return min((rate + Z * Z / (2 * asked) + spread) / (1 + Z * Z / asked), 1.0)


def row(name: str, tally: Tally) -> str:
    """Return one row of a table: the counts and the error rate with the upper end of its interval."""
    asked = tally.asked + tally.nothing
    rate = f"{tally.errors / asked:.2%} (≤ {upper(tally.errors, asked):.2%})" if asked else "–"
    nothing = f" + {tally.nothing}" if tally.nothing else ""
    return (
        f"| {name} | {asked} | {tally.right}{nothing} | {tally.wrong} | {tally.missing} | {tally.invented} | {rate} |"
    )


HEAD = "| {} | asked | right | wrong | missing | invented | error rate |\n|---|---:|---:|---:|---:|---:|---:|"

INTRODUCTION = """# Accuracy

Made by `python -m benchmarks.accuracy`; do not edit. Extractor version {version}.

*asked*: values that a careful reader finds in the documents. *wrong*: another value was read. *missing*: none was
read. *invented*: a value was read where the document has none, a blank cell read as a number for instance. Where it
is right to read nothing, that is counted too, behind a plus. The error rate is (wrong + missing + invented) / asked.
Behind it, in brackets, is the upper end of its 95 % interval (Wilson): what so small a sample allows to promise.
"""

REAL = """## Real documents

{count} documents, labelled by reading them: {forms}.

They are saved pages and texts of several provinces. Among them are a copy by a cloner, a statistics table that fell
apart into lines, a report that lost its tables, and prose that counts in unusual units. Half of them come from one
county, so they say more of that county's style than of the country. They were known while the program was written:
on documents that nobody has seen, expect more errors. PDF and office files are not in the set.
"""

INVENTED = """## Invented reports

{sheets} reports of each form with tables, filled at random and printed as offices print them: cells merged and split,
headings that wrap or repeat, rows out of order or of the office's own, blanks written in seven ways, signs, separators
and units in cells; all as HTML pages that go through the whole line. They measure the reading of tables under
variations that have been met; they know none that has not. Their prose is not counted: it would be read by the rules
it was written by.
"""

PERSONAL = """## Personal data

{cases} invented sentences, half with personal data and half that only look alike: office telephones, document numbers,
credit codes, postcodes, amounts, serial numbers. Recall {recall:.2%} of {planted} planted items, precision
{precision:.2%}. The sentences were made by the patterns that reports use; on other patterns expect less.
"""

LIMITS = """## Limits

- A rate is of this set. It promises nothing for a form, a portal or a year that is not in it.
- Labels can be wrong too.
- A value is right when number and code are; that its evidence holds is proved apart, for every value, by
  `scrapy verify`.
"""


def write_page(
    facts: Mapping[str, Tally],
    numbers: Mapping[str, Mapping[str, Tally]],
    documents: Mapping[str, int],
    invented: Mapping[str, Mapping[str, Tally]],
    personal: Mapping[str, float],
    *,
    sheets: int,
) -> str:
    """Return the page."""
    forms = ", ".join(f"{count} × {form}" for form, count in sorted(documents.items()))
    parts = [INTRODUCTION.format(version=VERSION)]
    if documents:
        parts += [
            REAL.format(count=sum(documents.values()), forms=forms),
            "### Facts\n",
            table("field", facts),
            "### Numbers, by form\n",
            *(f"{table(f'{form}, {documents[form]} documents', tallies)}" for form, tallies in sorted(numbers.items())),
        ]
    parts += [
        INVENTED.format(sheets=sheets),
        *(table(form, tallies) for form, tallies in invented.items()),
        PERSONAL.format(**personal),
        LIMITS,
    ]
    return "\n".join(parts).rstrip() + "\n"


def table(head: str, tallies: Mapping[str, Tally]) -> str:
    """Return a table of tallies."""
    return "\n".join([HEAD.format(head), *(row(name, tally) for name, tally in tallies.items())]) + "\n"
