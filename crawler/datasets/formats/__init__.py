"""The forms in which reports leave: each over a folder in the making, given every report in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.datasets.formats.corpus import Corpus
from crawler.datasets.formats.delimited import CsvFiles
from crawler.datasets.formats.jsonlines import JsonLines
from crawler.datasets.formats.parquet import ParquetFiles
from crawler.datasets.formats.spreadsheet import Spreadsheet
from crawler.datasets.formats.sqlitefile import SqliteFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.datasets.formats.model import Format

FORMATS: Final[Mapping[str, type[Format]]] = {
    "csv": CsvFiles,
    "jsonl": JsonLines,
    "parquet": ParquetFiles,
    "sqlite": SqliteFile,
    "text": Corpus,
    "xlsx": Spreadsheet,
}
