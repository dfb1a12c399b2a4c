"""How crawl jobs ended: the queue knows that one failed, this table knows why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from crawler.storage.schema import job_endings

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(slots=True, kw_only=True, frozen=True)
class JobEnding:
    """How the last try of a portal's job ended."""

    portal: str
    job: int
    """The queue's number of the job."""
    ended_at: datetime
    exit_code: int
    """Of the crawl; negative: the signal that killed it."""
    sentence: str | None
    failures: int = 0
    """Tries of the job that failed in a row."""


def note(connection: Connection, ending: JobEnding, failed: bool | None) -> int:  # noqa: FBT001
    """Write how a try ended; return how many failed in a row (`failed` None: through no fault)."""
    chosen = job_endings.c.portal == ending.portal
    before = connection.execute(select(job_endings.c.job, job_endings.c.failures).where(chosen)).first()
    failures = before.failures if before is not None and before.job == ending.job else 0
    if failed is not None:
        failures = failures + 1 if failed else 0
    row = {name: getattr(ending, name) for name in JobEnding.__dataclass_fields__} | {"failures": failures}
    connection.execute(delete(job_endings).where(chosen))
    connection.execute(job_endings.insert(), row)
    return int(failures)


def endings(connection: Connection) -> dict[str, JobEnding]:
    """Return the endings by portal."""
    return {row["portal"]: JobEnding(**row) for row in connection.execute(select(job_endings)).mappings()}
