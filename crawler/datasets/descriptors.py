"""What other programs read of an export: datapackage.json (Frictionless) and croissant.json (Croissant JSON-LD)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crawler.datasets.card import LICENCE, NAME, PRETTY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.datasets.columns import Kind
    from crawler.datasets.files import Written
    from crawler.datasets.formats.model import Format, Placed
    from crawler.datasets.tables import Table
    from crawler.datasets.tally import Tally

FIELD_TYPES: Final[dict[Kind, dict[str, Any]]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {
        "type": "boolean",
        "trueValues": ["true", "True", "TRUE", "1"],
        "falseValues": ["false", "False", "FALSE", "0"],
    },
    "date": {"type": "date"},
    "instant": {"type": "datetime", "format": "any"},
}
CROISSANT_TYPES: Final[dict[Kind, str]] = {
    "text": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "instant": "sc:DateTime",
}
DATA_FORMATS: Final = {
    "csv": "csv",
    "jsonl": "jsonl",
    "parquet": "parquet",
    "text": "jsonl",
    "xlsx": "xlsx",
    "sqlite": "sqlite",
}
READABLE: Final = frozenset({"csv", "parquet"})
"""Formats whose columns Croissant's reader can name."""
CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def describe_package(fmt: Format, tally: Tally, files: Iterable[Written]) -> dict[str, Any]:
    """Return the Frictionless Data Package of an export."""
    written = {each.name: each for each in files}
    tables = {table.name: table for table in fmt.tables}
    years = sorted(year for year in tally.by_year if year is not None)
    package: dict[str, Any] = {
        "name": NAME.replace("_", "-"),
        "title": PRETTY_NAME,
        "description": LICENCE,
        "licenses": [{"name": "other-pd", "title": "Documents of state organs; see the description"}],
        "sources": [{"title": "Portals of Chinese state organs; `portal` and `url` of each report name its own"}],
        "keywords": ["政府信息公开", "年度报告", "freedom of information", "China"],
    }
    if years:
        package["temporal"] = {"start": f"{years[0]}-01-01", "end": f"{years[-1]}-12-31"}
    package["resources"] = [
        resource(fmt, place, written[place.file], tables.get(place.table)) for place in fmt.places()
    ]
    return package


def resource(fmt: Format, place: Placed, file: Written, table: Table | None) -> dict[str, Any]:
    """Return one resource of the package."""
    found: dict[str, Any] = {
        "name": place.table,
        "path": place.file,
        "format": DATA_FORMATS[fmt.name],
        "mediatype": fmt.media_type,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "rows": place.rows,
    }
    if fmt.name in ("csv", "jsonl", "text"):
        found["encoding"] = "utf-8-sig" if fmt.bom else "utf-8"
    if fmt.name == "xlsx":
        found["dialect"] = {"excel": {"sheet": place.table[:31]}}
    if table is not None:
        found |= {"title": table.title, "schema": schema(table), "type": "table"}
    return found


def schema(table: Table) -> dict[str, Any]:
    """Return the Table Schema of a table."""
    fields = []
    for column in table.columns:
        described = {"name": column.name, **FIELD_TYPES[column.kind], "description": column.meaning}
        if column.required and column.kind != "text":  # CSV does not tell an empty text from null
            described["constraints"] = {"required": True}
        fields.append(described)
    return {"fields": fields, "missingValues": [""]}


def describe_croissant(fmt: Format, tally: Tally, files: Iterable[Written]) -> dict[str, Any]:
    """Return the Croissant description of an export."""
    tables = {table.name: table for table in fmt.tables}
    described: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": NAME,
        "alternateName": PRETTY_NAME,
        "description": LICENCE,
        "inLanguage": "zh",
        "license": "Documents of state organs; see the description",
        "citeAs": f"{PRETTY_NAME}. Made with gov_reports; cite the issuing organ and the address of each report.",
        "version": "1.0.0",
        "distribution": [file_object(fmt, each) for each in files],
    }
    if tally.as_of:
        described["datePublished"] = tally.as_of.isoformat()
    if fmt.name in READABLE:
        described["recordSet"] = [
            record_set(place, tables[place.table]) for place in fmt.places() if place.table in tables
        ]
    return described


def file_object(fmt: Format, file: Written) -> dict[str, Any]:
    """Return one file of the distribution."""
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.name,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "application/x-parquet" if fmt.name == "parquet" else fmt.media_type,
        "sha256": file.sha256,
    }


def record_set(place: Placed, table: Table) -> dict[str, Any]:
    """Return the records of a table."""
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.title,
        "field": list(fields(place, table)),
    }


def fields(place: Placed, table: Table) -> Iterator[dict[str, Any]]:
    """Yield the fields of a table's records."""
    for column in table.columns:
        yield {
            "@type": "cr:Field",
            "@id": f"{table.name}/{column.name}",
            "name": column.name,
            "description": column.meaning,
            "dataType": CROISSANT_TYPES[column.kind],
            "source": {"fileObject": {"@id": place.file}, "extract": {"column": column.name}},
        }
