"""The table of divisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import DataError
from crawler.facts.regions import table
from crawler.facts.regions.derive import TARGET, iter_divisions, main
from crawler.facts.regions.table import Division, area_of, division_by_area, division_by_code, load_names


def test_the_table_is_whole() -> None:
    names = load_names()
    divisions = {each for found in names.by_code.values() for each in found}
    assert len({each.name for each in divisions if each.level == "province"}) == 34
    for year, counties in ((2008, 2859), (2024, 2846)):
        assert sum(each.is_in(year) and each.level == "county" for each in divisions) == counties
    for each in divisions:
        assert each.code is not None
        assert each.code == each.area.ljust(6, "0")
        assert each.first <= each.last
    zones = [each for found in names.full.values() for each in found if each.level == "zone"]
    assert all(division_by_area(zone.area) for zone in zones)


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("371324", 2010, "苍山县"),
        ("371324", 2016, "兰陵县"),
        ("533103", 2008, "潞西市"),
        ("130503", 2021, "信都区"),
        ("320803", None, "淮安区"),
        ("000000", 2010, None),
    ],
)
def test_codes_by_year(code: str, year: int | None, name: str | None) -> None:
    found = division_by_code(code, year)
    assert (found.name if found else None) == name


def test_areas() -> None:
    assert [area_of(code) for code in ("440000", "441500", "441502")] == ["44", "4415", "441502"]
    province, city, county = (Division(None, "", "", 0, 0, area, "county") for area in ("44", "4415", "441502"))
    assert province.contains(county)
    assert not county.contains(city)


def test_a_row_of_another_shape_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    load_names.cache_clear()
    monkeypatch.setattr(table, "_rows", lambda file, columns: _refuse(file))
    with pytest.raises(DataError, match="aliases"):
        load_names()
    monkeypatch.undo()
    load_names.cache_clear()


def _refuse(file: str) -> list[list[str]]:
    if file == "aliases.tsv":
        raise DataError("aliases.tsv:3: 3 columns, not 2")
    return []


def test_derivation() -> None:
    def row(year: int, county: str, code: str) -> dict[str, str]:
        return {
            "year": str(year),
            "province_name": "云岭省",
            "province_adcode": "990000",
            "province_short": "云岭",
            "city_name": "市辖区",
            "city_adcode": "990100",
            "city_short": "市辖区",
            "county_name": county,
            "county_adcode": code,
            "county_short": county[:-1],
        }

    rows = [row(1999, "旧县", "990121"), *(row(year, "青禾县", "990121") for year in (2007, 2008, 2010))]
    assert list(iter_divisions(rows)) == [
        ("990000", "云岭省", "云岭", 2007, 2008),
        ("990000", "云岭省", "云岭", 2010, 2010),
        ("990121", "青禾县", "青禾", 2007, 2008),
        ("990121", "青禾县", "青禾", 2010, 2010),
    ]


def test_the_derived_table_is_the_one_that_is_read(tmp_path: Path) -> None:
    source, target = tmp_path / "location.csv", tmp_path / "divisions.tsv"
    levels = [f"{level}_{what}" for level in ("province", "city", "county") for what in ("name", "adcode", "short")]
    names = ["云岭省", "990000", "云岭", "青禾市", "990100", "青禾", "", "", ""]
    source.write_text(f"year,{','.join(levels)}\n2010,{','.join(names)}\n", encoding="utf-8-sig")
    main([str(source), "--to", str(target)])
    head = TARGET.read_text("utf-8").splitlines()[:2]
    assert target.read_text("utf-8").splitlines() == [
        *head,
        "990000\t云岭省\t云岭\t2010\t2010",
        "990100\t青禾市\t青禾\t2010\t2010",
    ]
