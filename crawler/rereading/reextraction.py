"""Archives read again on many processes or machines: what goes to them in batches comes back in the archive's order.

A batch is some notes of an archive, small; whoever works on it opens the archive itself. Pages that may be slow come
back unread: they are read by processes with limits on this machine, so that the same comes out whoever works.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler.archive import Damage, find_files, iter_records
from crawler.archive.notes import DOCUMENT
from crawler.errors import ArchiveError, PageError
from crawler.isolation import is_risky, read_bounded, run_limited
from crawler.items import Page, Report
from crawler.outcomes import Outcome
from crawler.record import dump_record, error_record, record_from
from crawler.rereading.documents import load_bodies, outcome_of_failure, pages_of, read_document
from crawler.stages import load_stages, run_stages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Protocol

    from crawler.archive.notes import Note

    class Engine(Protocol):
        """Who works on batches."""

        @property
        def in_flight(self) -> int:
            """Batches that keep everybody busy."""

        def submit(self, batch: Batch) -> Any:  # noqa: ANN401  # each engine's own
            """Give a batch to somebody; return the ticket to ask for it."""

        def result(self, ticket: Any) -> list[Read]:  # noqa: ANN401
            """Return what came of it; when whoever works on it dies, somebody else does it."""


NOTES: Final = 16
"""Of a batch: half a second's work, so that little is lost with a worker and nobody waits long for the last."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Recipe:
    """How an archive is read."""

    folder: str
    stages: tuple[str, ...]
    """Import paths of the stages, in order."""
    largest: int
    """Bytes that an answer may unpack to."""
    items: bool = False
    """Whether items for the store are wanted, outcomes too; else lines of JSON, of documents alone."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Batch:
    """Some notes of an archive, in order."""

    recipe: Recipe
    notes: tuple[Note, ...]


@dataclass(slots=True, kw_only=True)
class Read:
    """What a note gave."""

    line: str = ""
    """The record of its document, as JSON."""
    item: Report | Outcome | None = None
    failure: str = ""
    """Why there is no record."""
    damage: str = ""
    """What of the archive could not be read."""
    is_document: bool = False
    unread: bool = False
    """Whether it is still to be read, under limits."""


def iter_reads(recipe: Recipe, engine: Engine) -> Iterator[Read]:
    """Yield what each note of an archive gives, in the archive's order; at most `in_flight` batches are on their way.

    Raises ArchiveError where there is no archive.
    """
    waiting: deque[tuple[Batch | Damage, Any]] = deque()
    for each in iter_batches(recipe):
        waiting.append((each, engine.submit(each) if isinstance(each, Batch) else None))
        while len(waiting) >= engine.in_flight:
            yield from finish(engine, *waiting.popleft())
    while waiting:
        yield from finish(engine, *waiting.popleft())


def iter_batches(recipe: Recipe) -> Iterator[Batch | Damage]:
    """Yield the notes of an archive in batches, and what is damaged, in order."""
    notes: list[Note] = []
    for path in find_files(Path(recipe.folder)):
        for each in iter_records(path):
            if isinstance(each, Damage):
                yield Batch(recipe=recipe, notes=tuple(notes))
                notes = []
                yield each
            elif each.kind == "metadata" and (recipe.items or each.note().get("kind") == DOCUMENT):
                notes.append(each.note())
            if len(notes) == NOTES:
                yield Batch(recipe=recipe, notes=tuple(notes))
                notes = []
    yield Batch(recipe=recipe, notes=tuple(notes))


def finish(engine: Engine, each: Batch | Damage, ticket: Any) -> Iterator[Read]:  # noqa: ANN401
    """Yield what a batch gave, when it has come; what came back unread is read here."""
    if isinstance(each, Damage):
        yield Read(damage=each.sentence)
        return
    for note, read in zip(each.notes, engine.result(ticket), strict=True):
        yield read_apart(note, each.recipe) if read.unread else read


def unread(batch: Batch) -> list[Read]:
    """Return what comes of a batch that nobody survives."""
    return [Read(unread=True) for _ in batch.notes]


def read_batch(batch: Batch) -> list[Read]:
    """Return what the notes of a batch give; pages that may be slow are left. Runs wherever an engine likes."""
    return [read_note(note, batch.recipe) for note in batch.notes]


def read_apart(note: Note, recipe: Recipe) -> Read:
    """Return what a note gives, read by a process with limits."""
    try:
        return run_limited(read_note, note, recipe, risky=True)
    except PageError as error:
        noted = pages_of(note)
        return fail(noted[0], error, recipe) if isinstance(noted, list) else Read(item=noted)


def read_note(note: Note, recipe: Recipe, *, risky: bool = False) -> Read:
    """Return what a note gives; unless `risky`, pages that may be slow are left unread."""
    try:
        noted = pages_of(note)
        if not isinstance(noted, list):
            return Read(item=noted)
        load_bodies(noted, Path(recipe.folder), recipe.largest)
    except ArchiveError as error:
        return damaged(note, error, recipe)
    if not risky and any(is_risky(page.body) for page in noted):
        return Read(unread=True)
    try:
        article = read_document(noted, read_bounded)
    except PageError as error:
        return fail(noted[0], error, recipe)
    report = run_stages(article, load_stages(recipe.stages))
    return (
        Read(is_document=True, item=report)
        if recipe.items
        else Read(is_document=True, line=dump_record(record_from(report)))
    )


def fail(page: Page, error: PageError, recipe: Recipe) -> Read:
    """Return what comes of a document that cannot be read."""
    if recipe.items:
        return Read(is_document=True, item=outcome_of_failure(page, error), failure=error.reason)
    place = page.archived.file if page.archived else ""
    line = dump_record(error_record(place, page.url, error.reason, str(error)))
    return Read(is_document=True, line=line, failure=error.reason)


def damaged(note: Note, error: ArchiveError, recipe: Recipe) -> Read:
    """Return what comes of a document whose bytes the archive does not give."""
    page = note.get("page") or {}
    url, place = page.get("url"), (page.get("archived") or {}).get("file", "")
    line = "" if recipe.items else dump_record(error_record(place, url, "archive_damaged", str(error)))
    return Read(is_document=True, line=line, failure="archive_damaged", damage=str(error))
