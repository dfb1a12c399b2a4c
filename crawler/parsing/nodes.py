"""Addresses that a script makes of what a row or a node of a tree holds: `"/content/" + $(this).data("id") + ".html"`.

No script is run. A way is understood when it opens one address that is put together of texts, variables whose text
stands in the script, and one attribute of the row clicked, or one property of the node.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.parsing.calls import GOES, TERMS, Argument, Part, put_together

ROW_VALUE = re.compile(
    r"""\$\(\s?this\s?\)\.(?:(data)|attr)\(\s?['"]([\w-]{1,40})['"]\s?\)|"""
    r"""\bthis\.(?:getAttribute\(\s?['"]([\w-]{1,40})['"]\s?\)|dataset\.(\w{1,40}))"""
)
MARK = "row$"
"""Begins the name of a variable that stands for an attribute of the row."""
PROPERTY = re.compile(r"[\w$]{1,40}\.(\w{1,40})")
NO_PROPERTIES = frozenset(("value", "length", "href", "selectedIndex"))
MAX_STEPS = 2


@dataclass(slots=True, frozen=True)
class Way:
    """What a script opens: `before`, the value of an attribute or a property by its name, `after`."""

    name: str
    before: str
    after: str

    def address(self, value: str) -> str:
        """Return the address for a value."""
        return f"{self.before}{value}{self.after}"


def ways_of_rows(sources: Sequence[str]) -> list[Way]:
    """Return the ways from rows that a script makes links of, each by the attribute of the row that it needs.

    >>> ways_of_rows(["$('.row').click(function(){open('/c/' + $(this).attr('data-id') + '.html')})"])
    [Way(name='data-id', before='/c/', after='.html')]
    """
    found: list[Way] = []
    for source in sources:
        if "this" in source and (marked := ROW_VALUE.sub(mark_attribute, source)) != source:
            names = sorted(set(re.findall(r"row\$[\w$]{1,80}", marked)))
            attributes = [name.removeprefix(MARK).replace("$", "-") for name in names]
            for goes in GOES.finditer(marked):
                found += way_of(put_together(goes[1], names, marked, marked, MAX_STEPS), attributes)
    return list(dict.fromkeys(found))


def mark_attribute(match: re.Match[str]) -> str:
    """Return the name of the variable that stands for an attribute of the row."""
    name = match[2] or match[3] or match[4]
    if match[1] or match[4]:
        name = "data-" + re.sub(r"(?<=[a-z])[A-Z]", lambda capital: f"-{capital[0].lower()}", name)
    return MARK + name.replace("-", "$")


def ways_of_nodes(sources: Sequence[str]) -> list[Way]:
    """Return the ways from the nodes of a tree, each by the property of the node that it needs.

    >>> ways_of_nodes(["function onClick(e, tree, node) { location.href = '/list?id=' + node.id; }"])
    [Way(name='id', before='/list?id=', after='')]
    """
    found: list[Way] = []
    for source in sources:
        for goes in GOES.finditer(source):
            terms = (term for term in TERMS.findall(goes[1]) if PROPERTY.fullmatch(term))
            names = [term for term in terms if term.rpartition(".")[2] not in NO_PROPERTIES]
            if len(names) == 1:
                properties = [name.rpartition(".")[2] for name in names]
                found += way_of(put_together(goes[1], names, source, source, MAX_STEPS), properties)
    return list(dict.fromkeys(found))


def way_of(parts: Sequence[Part] | None, names: Sequence[str]) -> Iterator[Way]:
    """Yield the way of an address with one open place, which takes what has the name."""
    held = [(place, part) for place, part in enumerate(parts or ()) if isinstance(part, Argument)]
    if parts and len(held) == 1 and not held[0][1].add:
        place, part = held[0]
        before, after = ("".join(map(str, some)) for some in (parts[:place], parts[place + 1 :]))
        yield Way(names[part.place], before, after)
