"""What the archive notes of the crawl beside the answers: which were documents, and how every address ended.

With these a replay needs no walk: it hands the same documents on, in the same order, and says the same outcomes.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from crawler.errors import ArchiveError
from crawler.items import ArchivePlace, Article, Entry, Page
from crawler.outcomes import ListOutcome, Outcome, PortalOutcome, UrlOutcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    Note = dict[str, Any]

DOCUMENT: Final = "document"
OUTCOMES: Final[dict[str, type[Outcome]]] = {"url": UrlOutcome, "list": ListOutcome, "portal": PortalOutcome}
INSTANTS: Final = frozenset({"at", "fetched_at"})
DAYS: Final = frozenset({"listed_on"})
INSIDE: Final[dict[str, type[Any]]] = {"entry": Entry, "archived": ArchivePlace}
NOT_NOTED: Final = frozenset({"body", "path"})
"""Fields of a page that the archived answer itself holds, or that it has not."""


def note_of(item: object) -> tuple[str, Note] | None:
    """Return the address an item is about and what is noted of it; None for what is not noted."""
    if isinstance(item, Article):
        page = item.page
        if page.archived is None:
            return None
        note: Note = {"kind": DOCUMENT, "page": dump(page)}
        if item.parts:
            note["parts"] = [dump(part) for part in item.parts]
        return page.url, note
    kind = next((name for name, of in OUTCOMES.items() if isinstance(item, of)), None)
    if kind is None:
        return None
    url = item.home if isinstance(item, PortalOutcome) else item.url  # type: ignore[attr-defined]
    return url, {"kind": kind, **dump(item)}


def item_of(note: Note) -> Outcome | Page:
    """Return what a note is about: an outcome, or a document's page without its body (`parts_of` has its later ones).

    Raises ArchiveError for a note that this program does not write.
    """
    note = dict(note)
    kind = note.pop("kind", None)
    try:
        if kind != DOCUMENT:
            outcome: Outcome = load(OUTCOMES[kind], note)
            return outcome
        page: Page = load(Page, note["page"] | {"body": b""})
    except (KeyError, TypeError, ValueError) as error:
        raise ArchiveError(f"a note of kind {kind!r} cannot be read: {error!r}") from error
    return page


def parts_of(note: Note) -> list[Page]:
    """Return the pages of a document's later parts, without their bodies; raise ArchiveError as `item_of` does."""
    try:
        return [load(Page, part | {"body": b""}) for part in note.get("parts", ())]
    except (TypeError, ValueError) as error:
        raise ArchiveError(f"a document's parts cannot be read: {error!r}") from error


def dump(item: Any) -> Note:  # noqa: ANN401  # any dataclass of ours
    """Return the fields that say more than their defaults."""
    found = {each.name: getattr(item, each.name) for each in fields(item) if each.name not in NOT_NOTED}
    needed = {each.name for each in fields(item) if each.default is MISSING}
    return {name: _plain(value) for name, value in found.items() if value is not None or name in needed}


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, date):
        return value.isoformat()
    return dump(value) if isinstance(value, Entry | ArchivePlace) else value


def load(kind: type[Any], note: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Return an object of ours from its fields."""
    return kind(**{name: _meant(name, value) for name, value in note.items()})


def _meant(name: str, value: Any) -> Any:  # noqa: ANN401
    if name in INSIDE:
        return load(INSIDE[name], value)
    if name in INSTANTS:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name in DAYS else value
