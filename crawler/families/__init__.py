"""One file per make of CMS. `read_list` finds the family of a page by its fingerprint and reads it.

To add a family, add a file with a `FAMILY`; nothing else needs to know of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from crawler.families.model import Family, ListPage, ListRequest, ReadDocument

__all__ = ["Family", "ListPage", "ListRequest", "ReadDocument", "family_of", "load_families", "read_list"]


@cache
def load_families() -> tuple[Family, ...]:
    """Return every family of this package, the most specific first."""
    modules = (importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    families = [module.FAMILY for module in modules if hasattr(module, "FAMILY")]
    return tuple(sorted(families, key=lambda family: (-family.specificity, family.name)))


def family_of(document: ReadDocument, request: ListRequest | None = None) -> Family:
    """Return the family that reads an answer: the one that asked for it, else the first that recognises it."""
    families = load_families()
    if request is not None and request.family:
        return next(family for family in families if family.name == request.family)
    text = document.html.lower()
    likely = (family for family in families if not family.marks or any(mark in text for mark in family.marks))
    return next(family for family in likely if family.recognises(document))


def read_list(document: ReadDocument, request: ListRequest | None = None) -> ListPage:
    """Return the page of a list that the answer holds; `request` is what was sent for it, if a family made it."""
    return family_of(document, request).read(document, request)
