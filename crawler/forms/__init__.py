"""The four report forms as data, and what reads a report's tables by them."""

from __future__ import annotations

from crawler.forms.grids import read_table_indicators
from crawler.forms.reader import form_digests, load_forms
from crawler.forms.recognise import form_for, recognise_tables

__all__ = ["form_digests", "form_for", "load_forms", "read_table_indicators", "recognise_tables"]
