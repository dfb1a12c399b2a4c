"""The four report forms as data, and what reads a report's tables by them."""

from __future__ import annotations

from crawler.forms.flattened import FlattenedTable, read_flattened_indicators, rebuild_flattened_tables
from crawler.forms.grids import read_table_indicators
from crawler.forms.reader import form_digests, load_forms
from crawler.forms.recognise import form_for, recognise_tables

__all__ = [
    "FlattenedTable",
    "form_digests",
    "form_for",
    "load_forms",
    "read_flattened_indicators",
    "read_table_indicators",
    "rebuild_flattened_tables",
    "recognise_tables",
]
