"""The ledger: every address that was ever met, in exactly one state, changed in the transaction that earned the change.

pending      not asked yet (`reason`: the bound of the walk that came first)
fetching     leased: asked for, or read and on its way through the stages; a lease that ran out makes it due again
stored       read; what it gave is in the store: a report, a list, or, of a page on the way, its links
unchanged    read again, and nothing was new
flagged      stored, with a finding that a reader must know
quarantined  not understood; its bytes are held, nothing of it is published
rejected     not ours by policy or by kind; the reason says which
retry        due again at `retry_at`
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from sqlalchemy import Connection, and_, case, func, or_, select, update

from crawler.outcomes import OutcomeName, Role, Sighting, UrlOutcome
from crawler.parsing.links import url_key
from crawler.storage.engine import insert_row
from crawler.storage.schema import lists, portals, urls
from crawler.storage.sources import confirm, withdraw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement, Row

    from crawler.items import Article
    from crawler.outcomes import ListOutcome, PortalOutcome

State: TypeAlias = Literal["pending", "fetching", "stored", "unchanged", "flagged", "quarantined", "rejected", "retry"]
LEASE: Final = timedelta(minutes=30)
"""Longer than any page may take from its request to its record."""
FIRST_RETRY: Final = timedelta(hours=1)
LAST_RETRY: Final = timedelta(days=7)
"""Each failure in a row doubles the wait, up to this."""

STATE_OF: Final[dict[OutcomeName, State]] = {
    "read": "stored",
    "report": "stored",
    "lookalike": "rejected",
    "gone": "rejected",
    "refused": "retry",
    "unreachable": "retry",
    "blocked": "retry",
    "offsite": "rejected",
    "robots": "rejected",
    "trap": "rejected",
    "cap": "pending",
    "known": "unchanged",
    "unchanged": "unchanged",
    "error": "retry",
}
POLICY: Final = frozenset({"scheme", "port", "address", "crawl_delay", "offsite", "robots", "too_large", "redirects"})
"""Reasons of refused requests that another try would meet again."""
POSTPONED: Final = frozenset({"stopped", "budget"})
"""Reasons of refused requests that were never sent because the run, or the host's share of it, came to its end."""
SETTLED: Final[dict[str, State]] = {"report": "unchanged", "lookalike": "rejected"}
"""What the store said of a document when it was read, and the state of one that was not read since."""
DOCUMENT_ROLES: Final = frozenset({"entry", "attachment"})
ENDED: Final = frozenset({"stored", "unchanged", "flagged", "quarantined", "rejected"})
"""States that the spider's `read`, whenever it comes, does not undo: the store has spoken of the document."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Waiting:
    """One address that is due: what a crawl that goes on begins with."""

    portal: str
    url: str
    role: Role
    state: State
    reason: str | None
    found_on: str | None
    title: str | None
    attempts: int
    retry_at: datetime | None
    etag: str | None
    last_modified: str | None


@dataclass(slots=True, kw_only=True, frozen=True)
class StateCount:
    """How many addresses of a portal share a state and its cause."""

    portal: str
    role: Role
    state: State
    outcome: OutcomeName | None
    reason: str | None
    count: int


def state_of(outcome: UrlOutcome) -> State:
    """Return the state an outcome leads to; an entry that was read is on its way until the store has spoken."""
    if outcome.outcome == "refused" and outcome.reason in POSTPONED:
        return "pending"
    if outcome.outcome == "refused" and outcome.reason in POLICY:
        return "rejected"
    if outcome.outcome == "read" and outcome.role in DOCUMENT_ROLES:
        return "fetching"
    return STATE_OF[outcome.outcome]


def retry_wait(attempts: int) -> timedelta:
    """Return how long an address is left alone after so many failures in a row.

    >>> str(retry_wait(1)), str(retry_wait(3)), str(retry_wait(99))
    ('1:00:00', '4:00:00', '7 days, 0:00:00')
    """
    return min(FIRST_RETRY * (1 << min(attempts - 1, 30)), LAST_RETRY)


def discover(connection: Connection, portal: str, found: Iterable[Sighting], at: datetime, run: int) -> int:
    """Add addresses nobody met before as pending; return how many they are."""
    keep_portal(connection, portal, at)
    met = {url_key(each.url): each for each in found}
    of_portal = urls.c.portal == portal
    known = set(connection.scalars(select(urls.c.key).where(of_portal, urls.c.key.in_(list(met)))))
    times = {"first_seen_at": at, "last_seen_at": at, "attempts": 0, "run_id": run}
    rows = [
        {"portal": portal, "key": key, "state": "pending", **asdict(each), **times}
        for key, each in met.items()
        if key not in known
    ]
    if rows:
        connection.execute(urls.insert(), rows)
    return len(rows)


def settle(connection: Connection, outcome: UrlOutcome, state: State, at: datetime, run: int) -> int:
    """Write how an address ended; return the id of its row."""
    keep_portal(connection, outcome.portal, at)
    row = find(connection, outcome.portal, outcome.url)
    if row is not None and at < row.last_seen_at and row.run_id != run:
        return int(row.id)  # heard of late: something was seen there since
    values = _outcome_values(outcome, row)
    if row is not None and row.outcome in SETTLED and _tells_nothing_new(outcome):
        values |= {"state": settled_state(row), "leased_until": None, "attempts": 0, "retry_at": None}
    elif not _speaks_after_the_store(outcome, row, run):
        values |= _state_values(outcome, state, row, at)
    if outcome.outcome == "gone":
        withdraw(connection, url_key(outcome.url), at)
    elif outcome.outcome == "unchanged":
        confirm(connection, url_key(outcome.url), at)
    if row is None:
        return _insert(connection, outcome.portal, outcome.url, values, at, run)
    values |= {"run_id": run}
    if not _is_unasked(outcome):
        values["last_seen_at"] = at
    connection.execute(update(urls).where(urls.c.id == row.id).values(**values))
    return int(row.id)


def settled_state(row: Row[Any]) -> State:
    """Return the state of a document that was not read since the store spoke of it."""
    return "flagged" if row.outcome == "report" and row.reason else SETTLED[row.outcome]


def _is_unasked(outcome: UrlOutcome) -> bool:
    """Return whether the address was not asked at all."""
    return outcome.outcome == "cap" or (outcome.outcome == "refused" and outcome.reason in POSTPONED)


def _tells_nothing_new(outcome: UrlOutcome) -> bool:
    return outcome.outcome == "unchanged" or _is_unasked(outcome)


def find(connection: Connection, portal: str, url: str) -> Row[Any] | None:
    """Return the row of an address, whatever its spelling."""
    return connection.execute(select(urls).where(urls.c.portal == portal, urls.c.key == url_key(url))).first()


def _insert(connection: Connection, portal: str, url: str, values: dict[str, Any], at: datetime, run: int) -> int:
    row = {"portal": portal, "key": url_key(url), "url": url, "first_seen_at": at, "last_seen_at": at, "run_id": run}
    return insert_row(connection, urls, {**row, **values})


def _outcome_values(outcome: UrlOutcome, row: Row[Any] | None) -> dict[str, Any]:
    """Return what an outcome tells of an address, whatever its state; what it does not tell is left as it was."""
    told = {
        "http_status": outcome.http_status,
        "found_on": outcome.found_on,
        "title": outcome.title,
        "final_url": outcome.final_url,
    }
    return {"role": outcome.role} | {name: value for name, value in told.items() if value is not None or row is None}


def _speaks_after_the_store(outcome: UrlOutcome, row: Row[Any] | None, run: int) -> bool:
    return outcome.outcome == "read" and row is not None and row.run_id == run and row.state in ENDED


def _state_values(outcome: UrlOutcome, state: State, row: Row[Any] | None, at: datetime) -> dict[str, Any]:
    attempts = (row.attempts if row is not None else 0) + 1 if state == "retry" else 0
    return {
        "state": state,
        "outcome": outcome.outcome,
        "reason": outcome.reason,
        "attempts": attempts,
        "retry_at": at + retry_wait(attempts) if state == "retry" else None,
        "leased_until": at + LEASE if state == "fetching" else None,
    }


def note_body(connection: Connection, row: int, article: Article, *, changed: bool) -> None:
    """Write when a document's body was read and by what its server knows it, for asking "has it changed?" next time.

    Of a document in several parts no server can say that.
    """
    page = article.page
    values: dict[str, Any] = {"etag": None, "last_modified": None, "read_at": urls.c.last_seen_at}
    if not article.parts:
        values |= {"etag": page.etag, "last_modified": page.last_modified}
    values["body_sha256"] = hashlib.sha256(page.body).hexdigest()
    if changed:
        values["changed_at"] = urls.c.last_seen_at
    connection.execute(update(urls).where(urls.c.id == row).values(**values))


def forget_body(connection: Connection, row: int) -> None:
    """Write that a document's body was not understood: the next time it is read whole, whatever its server says."""
    nothing = {"etag": None, "last_modified": None, "read_at": None, "body_sha256": None}
    connection.execute(update(urls).where(urls.c.id == row).values(**nothing))


def is_due(at: datetime) -> ColumnElement[bool]:
    """Return the condition of addresses that a crawl may ask for at an instant."""
    return or_(
        urls.c.state == "pending",
        and_(urls.c.state == "retry", urls.c.retry_at <= at),
        and_(urls.c.state == "fetching", urls.c.leased_until <= at),
    )


def frontier(connection: Connection, portal: str, at: datetime, limit: int | None = None) -> list[Waiting]:
    """Return what is due of a portal, in the order in which it was met."""
    columns = [urls.c[name] for name in Waiting.__dataclass_fields__]
    query = select(*columns).where(urls.c.portal == portal, is_due(at)).order_by(urls.c.id).limit(limit)
    return [Waiting(**row) for row in connection.execute(query).mappings()]


def lease(connection: Connection, portal: str, addresses: Sequence[str], at: datetime, run: int) -> list[str]:
    """Take addresses for fetching; return those that were due and are now ours."""
    taken = []
    for url in addresses:
        chosen = and_(urls.c.portal == portal, urls.c.key == url_key(url), is_due(at))
        values = {"state": "fetching", "leased_until": at + LEASE, "run_id": run}
        if connection.execute(update(urls).where(chosen).values(**values)).rowcount:
            taken.append(url)
    return taken


def release(connection: Connection, run: int) -> int:
    """Make every address due again that a run had leased and did not bring to an end; return how many."""
    chosen = and_(urls.c.state == "fetching", urls.c.run_id == run)
    reason = case((urls.c.outcome.in_(list(SETTLED)), urls.c.reason), else_="interrupted")
    values = {"state": "pending", "reason": reason, "leased_until": None}
    return connection.execute(update(urls).where(chosen).values(**values)).rowcount


def keep_portal(connection: Connection, portal: str, at: datetime) -> None:
    """Make sure that a portal has its row."""
    if connection.execute(select(portals.c.id).where(portals.c.id == portal)).first() is None:
        connection.execute(portals.insert().values(id=portal, first_seen_at=at))


def note_portal(connection: Connection, outcome: PortalOutcome, at: datetime, run: int) -> None:
    """Write what a portal's crawl came to."""
    keep_portal(connection, outcome.portal, at)
    connection.execute(
        update(portals)
        .where(portals.c.id == outcome.portal)
        .values(
            name=outcome.name,
            home=outcome.home,
            requests=outcome.requests,
            columns=outcome.columns,
            entries=outcome.entries,
            stop_reason=outcome.stop_reason,
            last_crawled_at=at,
            run_id=run,
        )
    )


def note_list(connection: Connection, outcome: ListOutcome, at: datetime, run: int) -> None:
    """Write how the walk of a list ended."""
    keep_portal(connection, outcome.portal, at)
    key = {"portal": outcome.portal, "key": url_key(outcome.url)}
    values = {
        "url": outcome.url,
        "family": outcome.family,
        "title": outcome.title,
        "pages": outcome.pages,
        "entries": outcome.entries,
        "expected": outcome.expected,
        "stop_reason": outcome.stop_reason,
        "holes": outcome.holes,
        "walked_at": at,
        "run_id": run,
    }
    chosen = and_(*(lists.c[name] == value for name, value in key.items()))
    if not connection.execute(update(lists).where(chosen).values(**values)).rowcount:
        connection.execute(lists.insert().values(**key, **values))


def count_states(connection: Connection) -> list[StateCount]:
    """Return what became of all addresses, in a stable order."""
    group = (urls.c.portal, urls.c.role, urls.c.state, urls.c.outcome, urls.c.reason)
    query = select(*group, func.count().label("count")).group_by(*group).order_by(*group)
    return [StateCount(**row) for row in connection.execute(query).mappings()]
