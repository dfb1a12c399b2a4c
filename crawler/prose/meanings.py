"""What the sentences of a report mean: the data of `meanings.toml`, read strictly and compiled once."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from crawler.errors import FormError

if TYPE_CHECKING:
    from collections.abc import Mapping

Topic: TypeAlias = Literal["requests", "review", "litigation", "direct", "after", "disputes", "other"]
Family: TypeAlias = Literal["s14", "f19", "f21"]
UnitKind: TypeAlias = Literal["count", "people", "money"]

PATH = Path(__file__).with_name("meanings.toml")
UNITS = Path(__file__).with_name("units.toml")
_FAMILIES: tuple[Family, ...] = ("s14", "f19", "f21")
_SUMMED_UP = re.compile(r"、[^，]*等[^，]{0,8}(?:载体|渠道|方式|平台|形式|途径|媒体)")
_SLOT = re.compile(r"\{([a-z_]+)\}")


@dataclass(slots=True, frozen=True, kw_only=True)
class Meaning:
    """One thing that a form asks and prose may say; the keys are explained at the top of `meanings.toml`."""

    name: str
    on: tuple[str, ...]
    says: re.Pattern[str]
    never: re.Pattern[str] | None = None
    needs: re.Pattern[str] | None = None
    close: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    topic: str | None = None
    follows: str | None = None
    under: str | None = None
    whole: tuple[str, ...] = ()
    only: tuple[tuple[str, str], ...] = ()
    total: str | None = None
    unit: UnitKind = "count"
    zero: re.Pattern[str] | None = None
    head: bool = False
    bound: bool = True
    year: int | None = None
    plan: bool = False
    state: bool = False
    joint: tuple[str, ...] = ()
    codes: Mapping[Family, str] = field(default_factory=dict)

    def is_part_of(self, name: str) -> bool:
        """Tell whether the meaning is `name` or one of its kind: `result.granted` is one of `result`."""
        return self.name == name or self.name.startswith(name + ".")


@dataclass(slots=True, frozen=True, kw_only=True)
class Meanings:
    """All of them, in the order in which they are tried."""

    entries: tuple[Meaning, ...]
    groups: Mapping[str, Mapping[str, re.Pattern[str]]]
    """Per class (channel, applicant, medium) the words of its groups."""
    index: Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]]
    """By its first character each word of `on`, with the places of the entries that look for it."""

    def candidates(self, words: str) -> list[Meaning]:
        """Return the entries of which a word stands in `words`, in the order in which they are tried."""
        found: set[int] = set()
        for place, char in enumerate(words):
            for word, entries in self.index.get(char, ()):
                if words.startswith(word, place):
                    found.update(entries)
        return [self.entries[entry] for entry in sorted(found)]

    def named(self, name: str) -> Meaning:
        """Return the meaning that a name stands for first."""
        return next(entry for entry in self.entries if entry.name == name)

    def standing(self, kind: str, words: str) -> set[str]:
        """Return the groups of a class that `words` name.

        `other` speaks for what it sums up (报纸等其他方式), and the public alone (群众) is everybody.
        """
        found = {name for name, pattern in self.groups[kind].items() if pattern.search(words)}
        if found == {"public"}:
            return set()
        if len(found) == 1 and "other" not in found and _SUMMED_UP.search(words):
            return {*found, "other"}
        return found - {"press"} if "other" in found else found


@cache
def load_meanings() -> Meanings:
    """Return the meanings.

    Raises:
        FormError: the data file has an unknown key, word or name.
    """
    with PATH.open("rb") as file:
        try:
            content = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise FormError(f"{PATH.name}: {error}") from error
    words: dict[str, str] = {}
    for key, pattern in content["words"].items():
        words[key] = _fill(pattern, words)
    groups = {
        kind: MappingProxyType({name: re.compile(_fill(pattern, words)) for name, pattern in members.items()})
        for kind, members in content["groups"].items()
    }
    entries = tuple(_meaning(entry, words) for entry in content["meaning"])
    _check(entries, groups)
    return Meanings(entries=entries, groups=MappingProxyType(groups), index=_index(entries))


def _index(entries: tuple[Meaning, ...]) -> Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]]:
    places: dict[str, dict[str, list[int]]] = {}
    for number, entry in enumerate(entries):
        for word in entry.on:
            places.setdefault(word[0], {}).setdefault(word, []).append(number)
    return {char: tuple((word, tuple(found)) for word, found in words.items()) for char, words in places.items()}


def prose_digest() -> str:
    """Return the sha256 of the data files: what a record's prose was read by."""
    return hashlib.sha256(PATH.read_bytes() + UNITS.read_bytes()).hexdigest()


def _fill(pattern: str, words: Mapping[str, str]) -> str:
    def word(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise FormError(f"{PATH.name}: no word {match[1]!r} for {pattern!r}")
        return words[match[1]]

    return _SLOT.sub(word, pattern)


def _meaning(entry: dict[str, Any], words: Mapping[str, str]) -> Meaning:
    known = {slot.name for slot in fields(Meaning)} | {"f", *_FAMILIES}
    if unknown := set(entry) - known:
        raise FormError(f"{PATH.name}: {entry.get('name')}: unknown keys {sorted(unknown)}")
    codes: dict[Family, str] = {}
    for family in _FAMILIES:
        if family in entry:
            codes[family] = entry[family]
        elif "f" in entry and family != "s14":
            codes[family] = f"{family}.{entry['f']}"
    compiled: dict[str, Any] = {
        key: re.compile(_fill(entry[key], words))
        for key in ("never", "needs", "close", "unless", "zero")
        if key in entry
    }
    plain = {
        key: entry[key]
        for key in ("topic", "follows", "under", "total", "unit", "head", "bound", "year", "plan", "state")
        if key in entry
    }
    return Meaning(
        name=entry["name"],
        on=tuple(entry["on"]),
        says=re.compile("|".join(f"(?:{_fill(pattern, words)})" for pattern in entry["says"])),
        whole=tuple(entry.get("whole", ())),
        only=tuple(entry.get("only", {}).items()),
        joint=tuple(entry.get("joint", ())),
        codes=MappingProxyType(codes),
        **compiled,
        **plain,
    )


def _check(entries: tuple[Meaning, ...], groups: Mapping[str, Mapping[str, re.Pattern[str]]]) -> None:
    """Refuse names that nothing bears."""
    names = {entry.name for entry in entries}
    kinds = names | {name.split(".")[0] for name in names}
    for entry in entries:
        for other in (entry.follows, entry.under, entry.total, *entry.joint):
            if other is not None and other not in kinds:
                raise FormError(f"{PATH.name}: {entry.name}: no meaning {other!r}")
        for kind, group in (*entry.only, *((kind, "") for kind in entry.whole)):
            if kind not in groups or (group and group not in groups[kind]):
                raise FormError(f"{PATH.name}: {entry.name}: no group {kind}.{group}")
