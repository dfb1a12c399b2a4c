"""The four report forms as data, and what reads a report's tables by them."""

from __future__ import annotations

from crawler.forms.reader import form_digests, load_forms

__all__ = ["form_digests", "load_forms"]
