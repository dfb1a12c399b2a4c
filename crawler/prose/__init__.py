"""The prose of a report: which numbers say what a form asks, and every counted quantity."""

from __future__ import annotations

from crawler.prose.meanings import prose_digest
from crawler.prose.reader import read_prose

__all__ = ["prose_digest", "read_prose"]
