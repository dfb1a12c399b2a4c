"""The table of administrative divisions by year, and the zones, loaded when the first name is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from crawler.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Level

OPEN_END: Final = 2024
"""Last year of the table: a division that is in it then is taken to last."""
FOREVER: Final = 9999
LEVELS: Final[dict[int, Level]] = {2: "province", 4: "prefecture", 6: "county"}
GENERIC: Final = frozenset({"城区", "郊区", "矿区", "新区", "东区", "西区", "市区"})
"""Full names that are common words: never before the words for a smaller place (东区街道)."""
COMMON: Final = frozenset({"公安", "平安", "惠民", "富民", "互助", "安居", "通道", "共和", "东方"})
"""Short names that are words of organs (公安局, 平安建设办): these places are read by their full names only."""


@dataclass(slots=True, frozen=True)
class Division:
    """One division or zone, for the years in which it had this code and name."""

    code: str | None
    """Six digits; None: a zone without a code of GB/T 2260."""
    name: str
    short: str
    first: int
    last: int
    area: str
    """Digits of the code without the zeros at its end; of a zone, those of the division that contains it."""
    level: Level

    def is_in(self, year: int) -> bool:
        """Tell whether it existed in a year."""
        return self.first <= year <= self.last

    def contains(self, other: Division) -> bool:
        """Tell whether another division lies in it or is the same."""
        return other == self if self.level == "zone" else other.area.startswith(self.area)


@dataclass(slots=True, frozen=True)
class Names:
    """All names of divisions with those that have or had them."""

    full: dict[str, tuple[Division, ...]]
    """Names that end in the word for their level, and the usual other forms of them (阿坝州, 芷江县)."""
    short: dict[str, tuple[Division, ...]]
    """Names without that word: 汕尾, 内蒙古."""
    by_code: dict[str, tuple[Division, ...]]
    by_area: dict[str, tuple[Division, ...]]
    """Divisions (no zones) by the digits of their code without zeros."""
    heads: frozenset[str]
    """The first two characters of every name."""
    longest: int


@cache
def load_names() -> Names:
    """Return the names of the table.

    Raises DataError when a row has not the columns that it should.
    """
    full: dict[str, list[Division]] = {}
    short: dict[str, list[Division]] = {}
    by_code: dict[str, list[Division]] = {}
    by_area: dict[str, list[Division]] = {}
    for division in _iter_divisions():
        by_code.setdefault(str(division.code), []).append(division)
        by_area.setdefault(division.area, []).append(division)
        for name in {division.name, *_usual_names(division)}:
            full.setdefault(name, []).append(division)
        if len(division.short) >= 2 and division.short != division.name and division.short not in COMMON:
            short.setdefault(division.short, []).append(division)
    for code, names in _rows("aliases.tsv", 2):
        for name in names.split(","):
            full.setdefault(name, []).extend(by_code[code])
    for division, others in _iter_zones():
        for name in (division.name, *others):
            full.setdefault(name, []).append(division)
    heads = frozenset(name[:2] for name in (*full, *short))
    return Names(
        full={name: tuple(found) for name, found in full.items()},
        short={name: tuple(found) for name, found in short.items()},
        by_code={code: tuple(found) for code, found in by_code.items()},
        by_area={area: tuple(found) for area, found in by_area.items()},
        heads=heads,
        longest=max(map(len, full)),
    )


def area_of(code: str) -> str:
    """Return a code without the pairs of zeros at its end.

    >>> area_of("441500"), area_of("110000")
    ('4415', '11')
    """
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def division_by_code(code: str, year: int | None = None) -> Division | None:
    """Return the division that has a code in a year, or had it at any time, or None."""
    found = load_names().by_code.get(code, ())
    return next((each for each in found if year is not None and each.is_in(year)), found[-1] if found else None)


def division_by_area(area: str, year: int | None = None) -> Division | None:
    """Return the division with these digits in a year, or at any time, or None."""
    found = load_names().by_area.get(area, ())
    return next((each for each in found if year is not None and each.is_in(year)), found[-1] if found else None)


def _iter_divisions() -> Iterator[Division]:
    for code, name, short, first, last in _rows("divisions.tsv", 5):
        area = area_of(code)
        ends = FOREVER if int(last) >= OPEN_END else int(last)
        yield Division(code, name, short, int(first), ends, area, LEVELS[len(area)])


def _iter_zones() -> Iterator[tuple[Division, list[str]]]:
    for code, name, parent, first, others in _rows("zones.tsv", 5):
        zone = Division(None if code == "-" else code, name, name, int(first), FOREVER, area_of(parent), "zone")
        yield zone, [other for other in others.split(",") if other]


def _usual_names(division: Division) -> Iterator[str]:
    """The forms in use beside a long official name: 阿坝州 for 阿坝藏族羌族自治州, 芷江县, 内蒙古, 襄州区."""
    if division.name.endswith("自治州"):
        yield f"{division.short}州"
    elif division.name.endswith("自治县") and not division.short.endswith("县"):
        yield f"{division.short}县"
    elif division.name.endswith(("族区", "自治旗")):
        yield f"{division.short}{division.name[-1]}"
    elif division.level == "province" and division.name.endswith("自治区"):
        yield f"{division.short}自治区"


def _rows(file: str, columns: int) -> Iterator[list[str]]:
    text = files(__package__).joinpath(file).read_text("utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line and not line.startswith("#"):
            row = line.split("\t")
            if len(row) != columns:
                raise DataError(f"{file}:{number}: {len(row)} columns, not {columns}")
            yield row
