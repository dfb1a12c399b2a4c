"""The portals: one line each in `portals.tsv`, read and checked at start. Adding a portal takes no code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

from crawler.errors import CatalogueError, UsageError
from crawler.items import Level
from crawler.parsing.links import canonical_url, url_key

PORTALS = Path(__file__).with_name("portals.tsv")
ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,60}\Z")
REGION_CODE = re.compile(r"[1-9]\d{5}\Z")


@dataclass(slots=True, kw_only=True, frozen=True)
class Portal:
    """One government portal."""

    id: str
    """Lower-case letters, digits, dots and dashes; never changes once reports are stored under it."""
    name: str
    home: str
    """Address of its home page."""
    region_code: str | None = None
    """GB/T 2260, six digits; None for central organs."""
    level: Level | None = None
    groups: tuple[str, ...] = ()
    """Names by which many portals are asked for: `central`, `province` …"""


COLUMNS = tuple(field.name for field in fields(Portal))


def load_portals(path: Path = PORTALS) -> list[Portal]:
    """Return the portals of a catalogue file, in its order.

    The file is UTF-8, tab-separated, its first line names the columns; blank lines and lines with # are skipped.
    Raises CatalogueError, with file and line, for an unknown column, a wrong value, or what stands twice.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}:1: cannot be read: {error}") from error
    rows = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not rows:
        raise CatalogueError(f"{path}:1: no line with the names of the columns")
    number, head = rows[0]
    names = head.split("\t")
    if wrong := [name for name in names if name not in COLUMNS] or [name for name in COLUMNS[:3] if name not in names]:
        raise CatalogueError(f"{path}:{number}: columns must be of {', '.join(COLUMNS)}; wrong or missing: {wrong[0]}")
    portals = [parse_row(names, line, f"{path}:{number}") for number, line in rows[1:]]
    check_unique(portals, [f"{path}:{number}" for number, _ in rows[1:]])
    return portals


def parse_row(names: Sequence[str], line: str, where: str) -> Portal:
    """Return the portal of one line; raise CatalogueError for a wrong value."""
    values = line.split("\t")
    if len(values) != len(names):
        raise CatalogueError(f"{where}: {len(values)} values for {len(names)} columns")
    row = {name: value.strip() for name, value in zip(names, values, strict=True)}
    home = canonical_url(row["home"])
    level = row.get("level") or None
    checks = (
        (ID.match(row["id"]), f"id {row['id']!r} must be lower-case letters, digits, dots and dashes"),
        (row["name"], "the name is empty"),
        (home is not None and "." in (urlsplit(home).hostname or ""), f"home {row['home']!r} is no http(s) address"),
        (not row.get("region_code") or REGION_CODE.match(row["region_code"]), "region_code must have six digits"),
        (level is None or level in get_args(Level), f"level {level!r} must be one of {', '.join(get_args(Level))}"),
    )
    if wrong := next((message for holds, message in checks if not holds), None):
        raise CatalogueError(f"{where}: {wrong}")
    return Portal(
        id=row["id"],
        name=row["name"],
        home=home or "",
        region_code=row.get("region_code") or None,
        level=level,  # type: ignore[arg-type]  # one of its words: checked above
        groups=tuple(row.get("groups", "").split()),
    )


def check_unique(portals: Sequence[Portal], places: Sequence[str]) -> None:
    """Raise CatalogueError when an id or a home page stands twice."""
    seen: dict[str, str] = {}
    for portal, where in zip(portals, places, strict=True):
        for key in (f"id {portal.id}", f"home {url_key(portal.home)}"):
            if key in seen:
                raise CatalogueError(f"{where}: {key} stands already in {seen[key]}")
            seen[key] = where


def groups_of(portals: Iterable[Portal]) -> list[str]:
    """Return the names of all groups, sorted."""
    return sorted({group for portal in portals for group in portal.groups})


def select_portals(words: str, portals: Sequence[Portal]) -> list[Portal]:
    """Return the portals that a comma-separated list of ids and groups names, each once, in the catalogue's order.

    A word that is a file's path is read as a catalogue of its own. Raises UsageError for a word that names nothing.
    """
    chosen: dict[str, Portal] = {}
    for word in filter(None, (word.strip() for word in words.split(","))):
        found = [portal for portal in portals if word == portal.id or word in portal.groups or word == "all"]
        if not found and Path(word).is_file():
            found = load_portals(Path(word))
        if not found:
            raise UsageError(
                f"portals={word}: no portal, group or file of that name (groups: {', '.join(groups_of(portals))}; "
                f"`scrapy portals` lists all)"
            )
        chosen.update({portal.id: portal for portal in found})
    if not chosen:
        raise UsageError("portals= names no portal")
    return list(chosen.values())
