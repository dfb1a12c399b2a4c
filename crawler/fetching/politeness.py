"""How long a host is left alone: one bucket a host, Retry-After, growing pauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

PAUSING = frozenset({403, 412, 429, 503, 521})
"""Answers that mean "not now" or "not you": a limit, an overload, a wall. After each the host is left alone, longer."""


def bucket_of(host: str) -> str:
    """Return the name under which a host's requests are counted: www. and bare, every scheme and port are one host."""
    return host.rstrip(".").lower().removeprefix("www.")


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, from its number or its date; None for anything else."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())


@dataclass(slots=True, kw_only=True)
class Pauses:
    """Which hosts are being left alone, and until when."""

    first: float
    """Seconds after the first such answer; each further one in a row doubles it."""
    longest: float
    """A host that asks for more, or earns more, is left for the rest of the run."""
    _in_a_row: dict[str, int] = field(default_factory=dict)
    _until: dict[str, float] = field(default_factory=dict)
    _told_before: set[str] = field(default_factory=set)

    def note(self, bucket: str, status: int, retry_after: float | None, now: float) -> float:
        """Take note of an answer; return the seconds that its host is to be left alone (0: none)."""
        if status not in PAUSING:
            if status < 400:
                self._in_a_row.pop(bucket, None)
            return 0.0
        count = self._in_a_row[bucket] = self._in_a_row.get(bucket, 0) + 1
        pause = max(self.first * 2.0 ** (count - 1), retry_after or 0.0)
        self._until[bucket] = max(self._until.get(bucket, 0.0), now + pause)
        return pause

    def keep(self, bucket: str, seconds: float, now: float) -> None:
        """Leave a host alone that told an earlier run so: nothing is asked of it until the time is over."""
        self._until[bucket] = max(self._until.get(bucket, 0.0), now + seconds)
        self._told_before.add(bucket)

    def is_given_up(self, bucket: str, now: float) -> bool:
        """Return whether the host is to be left for the rest of the run."""
        left = self._until.get(bucket, 0.0) - now
        return left > (0.0 if bucket in self._told_before else self.longest)
