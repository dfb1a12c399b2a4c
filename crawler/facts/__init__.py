"""The facts of a document: which report it is, whose, of where, for which year, when it came out, in which parts.

`read_facts` is the one way in. Each fact is found by several readings in order of trust; the one that answered is kept.
"""

from __future__ import annotations

from crawler.facts.reader import Facts, read_facts

__all__ = ["Facts", "read_facts"]
