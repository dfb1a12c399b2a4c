"""Calls in links: where `openDoc('77')` leads, whose function in the page opens `"/doc/" + id + ".html"`.

No script is run. A function is understood when it opens one address that is put together of texts, its own arguments
and variables whose text stands in the script; every other is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias


@dataclass(slots=True, frozen=True)
class Argument:
    """The place in an address where an argument stands, or a number that much greater."""

    place: int
    add: int = 0


Part: TypeAlias = str | Argument
"""A piece of an address."""

TERM = r"""(?:'[^'\n]{0,300}'|"[^"\n]{0,300}"|\([\w$]{1,60}+\s?[-+]\s?\d\)|(?<![\w$.])[\w$.]{1,60}+(?![\w$.(]))"""
SUM = rf"{TERM}(?:\s?\+\s?{TERM}){{0,9}}"
TERMS = re.compile(TERM)
FUNCTION = re.compile(
    r"function\s{1,3}([\w$]{1,60})\s?\(([^()]{0,200})\)\s{0,9}\{"
    r"|(?<![\w$])([\w$]{1,60})\s?=\s?function\s?\(([^()]{0,200})\)\s{0,9}\{"
)
GOES = re.compile(rf"(?:location(?:\.href|\.search)?\s?=(?!=)|location\.(?:replace|assign)\s?\(|\bopen\s?\()\s?({SUM})")
FETCHES = re.compile(rf"(?:\$\.(?:get|getJSON)|\.load|\bfetch|axios\.get)\s?\(\s?({SUM})")
"""What is shown in the page itself, and stands at an address of its own."""
DEEDS = re.compile(
    r"count(?!r?y)|hits?\b|vote|zan|praise|like|comment|visit|login|stat(?!ic)|score|delete|save|submit", re.I
)
"""Addresses that do something, and show nothing."""
CALL = re.compile(r"\A(?:javascript:)?\s{0,9}(?:return\s{1,3})?([\w$]{1,60})\s?\(([^()]{0,300})\)")
ARGUMENT = re.compile(r"""\s{0,3}(?:'([^'\n]{0,200})'|"([^"\n]{0,200})"|(?<!\d)(-?\d{1,20}+))\s{0,3}(?:,|\Z)""")
CHOSEN = re.compile(r"(?<![\w.])this(?:\.options\[this\.selectedIndex\])?(?:\.value)?(?![\w.\[])")
"""The drop-down, or the value chosen in it, as its own script calls them."""
PLAIN_VALUE = re.compile(r"[\w./?=&-]{1,200}")
BODY = 1500
"""Characters of a function that are read."""
MAX_FUNCTIONS = 60
MAX_STEPS = 2
"""How often a variable may be set by other variables."""


@dataclass(slots=True, frozen=True)
class Call:
    """A function called with texts and numbers."""

    name: str
    arguments: tuple[str, ...]


def read_call(script: str) -> Call | None:
    """Return the first call of a link's script, None when it has none with plain arguments."""
    match = CALL.match(script.strip())
    if match is None:
        return None
    arguments, place = [], 0
    while place < len(match[2]):
        found = ARGUMENT.match(match[2], place)
        if found is None:
            return None
        arguments.append(next(part for part in found.groups() if part is not None))
        place = found.end()
    return Call(match[1], tuple(arguments))


def read_choice(script: str, value: str) -> Call | None:
    """Return the call that a drop-down's script makes when the choice with this value is made.

    >>> read_choice("go(this.options[this.selectedIndex].value)", "2023")
    Call(name='go', arguments=('2023',))
    """
    return read_call(CHOSEN.sub(f"'{value}'", script)) if PLAIN_VALUE.fullmatch(value) else None


def address_gone_to(script: str) -> str | None:
    """Return where a script goes at once, None when that is not plain.

    >>> address_gone_to("location='?p=' + 2")
    '?p=2'
    """
    goes = GOES.search(script)
    parts = put_together(goes[1], (), "", "", 0) if goes else None
    return "".join(part for part in parts if isinstance(part, str)) if parts else None


def address_of_choice(script: str, value: str) -> str | None:
    """Return where a drop-down's own script goes for a value, None when it does not say at once.

    >>> address_of_choice("location.href='/nb/'+this.value+'/'", "2023")
    '/nb/2023/'
    """
    return address_gone_to(CHOSEN.sub(f"'{value}'", script)) if PLAIN_VALUE.fullmatch(value) else None


def read_functions(sources: Sequence[str]) -> dict[str, tuple[Part, ...]]:
    """Return the functions that lead somewhere, by name, with the address each puts together."""
    found: dict[str, tuple[Part, ...]] = {}
    for source in sources:
        if "function" not in source:
            continue
        for head in islice(FUNCTION.finditer(source), MAX_FUNCTIONS):
            following = FUNCTION.search(source, head.end(), head.end() + BODY)
            body = source[head.end() : following.start() if following else head.end() + BODY]
            names = [name.strip() for name in (head[2] or head[4] or "").split(",") if name.strip()]
            fetched = (fetches for fetches in FETCHES.finditer(body) if not DEEDS.search(fetches[1]))
            gone = [*GOES.finditer(body), *fetched]
            ways = (put_together(goes[1], names, body, source, MAX_STEPS) for goes in gone)
            # of one way for the first page and another for all, the other
            best = max(
                filter(None, ways), key=lambda parts: any(isinstance(part, Argument) for part in parts), default=None
            )
            if best:
                found.setdefault(head[1] or head[3], best)
    return found


def put_together(written: str, names: Sequence[str], body: str, source: str, steps: int) -> tuple[Part, ...] | None:
    """Return a sum of texts and variables as parts; None when a variable is not known."""
    parts: list[Part] = []
    for term in TERMS.findall(written):
        if term[0] in "'\"":
            parts.append(term[1:-1])
        elif (name := term.removesuffix(".value")) in names:
            parts.append(Argument(names.index(name)))
        elif term[0] == "(":
            name, sign, number = re.split(r"\s?([-+])\s?", term[1:-1])
            if name not in names:
                return None
            parts.append(Argument(names.index(name), int(sign + number)))
        elif term.isdigit():
            parts.append(term)
        elif (inner := look_up(term, names, body, source, steps)) is not None:
            parts += inner
        else:
            return None
    return tuple(parts)


def look_up(name: str, names: Sequence[str], body: str, source: str, steps: int) -> tuple[Part, ...] | None:
    """Return what a variable is set to, in the function or before it; None when nothing plain."""
    if not steps:
        return None
    setting = re.compile(rf"(?<![\w$.]){re.escape(name)}\s?=(?!=)\s?({SUM})")
    match = setting.search(body) or setting.search(source)
    return put_together(match[1], names, body, source, steps - 1) if match else None


def address_of_call(call: Call, functions: Mapping[str, Sequence[Part]]) -> str | None:
    """Return the address a call opens; None when its function is not known or lacks an argument."""
    address = ""
    for part in functions.get(call.name, ()):
        if isinstance(part, str):
            address += part
            continue
        given = call.arguments[part.place] if part.place < len(call.arguments) else ""
        if not given or (part.add and not given.isdigit()):
            return None
        address += str(int(given) + part.add) if part.add else given
    return address or None
