"""The scripts of a page as text: sums of texts and variables made one text, and the files that hold more of them."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from crawler.families.model import ReadDocument
from crawler.parsing.calls import SUM, TERMS
from crawler.parsing.script_files import own_script_files

OPEN = re.compile(r"\x00([\w$.]{0,60})\x00")
"""A variable whose value is not known, by its name."""
SETTING = re.compile(
    r"""(?<![\w$.])([\w$]{1,40})\s?=\s?(?:'([^'\n]{0,200})'|"([^"\n]{0,200})"|(\d{1,12}+))(?=\s{0,9}(?:[;,\n}]|\Z))"""
)
ADDING = re.compile(SUM)
ASKS = re.compile(r"getJSON|ajax|fetch\(|axios|\.get\(|\.post\(|XMLHttp|\.load\(|request\(", re.I)
"""What a script that asks a server for something has in it."""
TEMPLATE = re.compile(r"`([^`\\]{0,600})`")
INSERTED = re.compile(r"\$\{\s?([\w$.]{1,60})\s?\}")
FIELD_VALUE = re.compile(
    r"""(?:\$\(\s?['"]#|document\.getElementById\(\s?['"])([\w-]{1,40})['"]\s?\)\.(?:val\(\)|value\b(?!\s?=))"""
)
"""A field of the page as its scripts read it."""
MAX_LENGTH = 300_000
"""Characters of a script that are read; a page's own are far shorter, libraries are not wanted."""
MAX_GIVEN = 40


@dataclass(slots=True, frozen=True)
class Script:
    """A script that may name an interface, with its sums made one text."""

    text: str
    known: Mapping[str, str]
    """The variables whose value is known."""


class PageScripts:
    """The scripts of a page, read once, as far as they are asked for."""

    def __init__(self, document: ReadDocument) -> None:
        self._document = document

    @cached_property
    def sources(self) -> list[str]:
        """What stands in the page."""
        scripts = self._document.tree.iter("script")
        return [entities.unescape(script.text)[:MAX_LENGTH] for script in scripts if script.text]

    @cached_property
    def values(self) -> dict[str, str]:
        """What the page gives its scripts: the variables it sets, and its fields by `#` and their id."""
        fields = self._document.tree.iter("input")
        found = {f"#{name}": field.get("value") or "" for field in fields if (name := field.get("id"))}
        for source in self.sources:
            for name, value in known_values(source).items():
                found.setdefault(name, value)
        return dict(islice(found.items(), MAX_GIVEN))

    @cached_property
    def asking(self) -> list[Script]:
        """The scripts that may name an interface."""
        given = self.values if any(ASKS.search(source) for source in self.sources) else {}
        return list(read_scripts(self.sources, given))

    @cached_property
    def files(self) -> list[str]:
        """Addresses of the page's own files of scripts, the last first: libraries stand before them."""
        return own_script_files(self._document)


def scripts_of(document: ReadDocument) -> PageScripts:
    """Return the scripts of a page; of a document that keeps them, the same each time."""
    kept = getattr(document, "scripts", None)
    return kept if isinstance(kept, PageScripts) else PageScripts(document)


def read_scripts(sources: Sequence[str], given: Mapping[str, str]) -> Iterator[Script]:
    """Yield the scripts that may name an interface; the sums of those that ask for something made one text."""
    for source in sources:
        if ASKS.search(source):
            known = {**given, **known_values(source)}
            yield Script(text=join_sums(source, known), known=known)
        elif "?" in source:
            yield Script(text=source, known=given)


def known_values(source: str) -> dict[str, str]:
    """Return the variables that a script sets to a plain text or number, each as first set.

    >>> known_values("var cid = 'a7', size = 10; var n = size + 1;")
    {'cid': 'a7', 'size': '10'}
    """
    found: dict[str, str] = {}
    for match in SETTING.finditer(source):
        found.setdefault(match[1], next(part for part in match.groups()[1:] if part is not None))
    return found


def join_sums(source: str, known: Mapping[str, str]) -> str:
    """Return a script with each sum of texts and variables made one text; a variable that is not known stays open.

    >>> join_sums("get('/list?c=' + cid + '&page=' + n)", {"cid": "a7"})
    "get('/list?c=a7&page=\\x00n\\x00')"
    """
    source = FIELD_VALUE.sub(lambda match: f"'{known.get('#' + match[1], '')}'", source)
    source = TEMPLATE.sub(lambda match: f"'{INSERTED.sub(lambda name: fill(name[1], known), match[1])}'", source)
    return ADDING.sub(lambda match: join_terms(match[0], known), source)


def join_terms(written: str, known: Mapping[str, str]) -> str:
    """Return one sum as one quoted text; what is no sum, or one of numbers alone, as it is."""
    terms = TERMS.findall(written)
    if len(terms) < 2 or not any(term[0] in "'\"" for term in terms):
        return written
    return "'" + "".join(term[1:-1] if term[0] in "'\"" else fill(term, known) for term in terms) + "'"


def fill(name: str, known: Mapping[str, str]) -> str:
    """Return the value of a variable, or the mark of one that is open."""
    return name if name.isdigit() else known.get(name, f"\0{name.strip('()')}\0")
