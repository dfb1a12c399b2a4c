"""The walk of one portal: what to ask next, and what an answer changes. Pure: the clock is an argument.

`take` gives the next visit; every visit comes back by `read`, `settle` or `fail`, and what became of addresses, lists
and the portal is drained as outcomes. Pages of lists are asked before anything else, so that a list has little time to
shift; then entries; then the most promising column.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit, urlunsplit

from crawler.discovery import sitemaps
from crawler.discovery.files import files_among
from crawler.discovery.frontier import Frontier
from crawler.discovery.journal import Journal
from crawler.discovery.lists import ListWalk
from crawler.discovery.parts import Assembly
from crawler.discovery.reading import Reading
from crawler.discovery.remembering import Memory, prove, reason_to_leave, remembered, sighting_of
from crawler.discovery.scoring import Place, is_annual_page
from crawler.discovery.titles import is_sure, promise_of, year_of
from crawler.discovery.visits import Bounds, Visit
from crawler.families.model import Column
from crawler.items import Article, Entry
from crawler.outcomes import Outcome, OutcomeName, PortalOutcome
from crawler.parsing.doors import Link
from crawler.parsing.links import attachment_type, is_endless_path, scope_of, url_key

LAST_RESORT = 1
"""Points of the sitemap: asked when everything else gave no report."""


@dataclass(slots=True, kw_only=True)
class Walk:
    """One portal being crawled."""

    portal: str
    name: str
    home: str
    bounds: Bounds = field(default_factory=Bounds)
    years: frozenset[int] | None = None
    """Report years wanted; entries whose titles name another are left."""
    started_at: float = 0.0
    memory: Memory | None = None
    """What earlier runs know of the portal's documents."""
    requests: int = 0
    opened: int = 0
    columns: int = 0
    reports: int = 0
    """Documents that call themselves yearly reports, and files in their place."""
    stop: str = ""
    """Why nothing more is asked; '' while the walk goes on."""
    frontier: Frontier = field(init=False)
    _lists: list[ListWalk] = field(default_factory=list)
    _entries: deque[Visit] = field(default_factory=deque)
    _parts: deque[Visit] = field(default_factory=deque)
    """Parts of documents of which others have come."""
    _doubtful: deque[Visit] = field(default_factory=deque)
    """Entries of annual columns whose titles promise no yearly report: opened last, a few of each list."""
    _remembered: deque[Visit] = field(init=False)
    """What is due though no list may show it any more: asked last."""
    _seen: set[str] = field(default_factory=set)
    _digests: dict[bytes, str] = field(default_factory=dict)
    _journal: Journal = field(init=False)
    _in_flight: set[Visit] = field(default_factory=set)
    is_finished: bool = False
    """Whether `finish` has said what the walk came to."""

    def __post_init__(self) -> None:
        self.frontier = Frontier(scope=scope_of(self.home), bounds=self.bounds)
        self.frontier.add(Visit(url=self.home, role="home", score=1000))
        sitemap = urljoin(self.home, sitemaps.ADDRESS)
        self.frontier.add(Visit(url=sitemap, role="column", title="sitemap", depth=1, score=LAST_RESORT))
        self._journal = Journal(portal=self.portal)
        self._remembered = deque(remembered(self.memory, self.years))

    @property
    def is_over(self) -> bool:
        """Whether nothing is in flight and nothing will be."""
        return bool(self.stop) and not self._in_flight and not (self._parts and self.stop == "limit")

    @property
    def in_flight(self) -> int:
        """Visits taken that did not come back yet."""
        return len(self._in_flight)

    def drain(self) -> list[Outcome]:
        """Return the outcomes since the last call."""
        return self._journal.drain()

    def take(self, now: float) -> Visit | None:
        """Return the next visit, or None when there is none now: nothing left, or a bound was met (`stop`)."""
        if self.requests >= self.bounds.pages:
            self.stop = self.stop or "pages"
        elif now - self.started_at > self.bounds.seconds:
            self.stop = self.stop or "seconds"
        elif self.bounds.entries is not None and self.opened >= self.bounds.entries:
            self.stop = self.stop or "limit"
        visit = self._next()
        if visit is not None:
            self._seen.add(url_key(visit.url))
            self.requests += 1
            self._in_flight.add(visit)
        elif not self._in_flight:
            self.stop = self.stop or "exhausted"
        return visit

    def _next(self) -> Visit | None:
        if self._parts and self.stop in ("", "limit"):
            return self._parts.popleft()
        if self.stop:
            return None
        return self._next_list_page() or self._next_entry() or self._next_column() or self._next_remembered()

    def _next_remembered(self) -> Visit | None:
        """Return the next document that is due by itself, once nothing that may show it in a list is on the road."""
        if any(visit.role in ("home", "column", "list") for visit in self._in_flight):
            return None
        while self._remembered:
            visit = self._remembered.popleft()
            if url_key(visit.url) not in self._seen and self.frontier.scope.covers(visit.url):
                self.opened += 1
                return visit
        return None

    def _next_list_page(self) -> Visit | None:
        for walk in [walk for walk in self._lists if not walk.is_over]:
            while (request := walk.take()) is not None:
                visit = Visit(
                    url=request.url, role="list", title=walk.title, found_on=walk.url, request=request, list_walk=walk
                )
                if self.frontier.scope.covers(request.url):
                    return visit
                self._journal.say(visit, "offsite", "link")
                walk.miss(request)
            self._journal.say_end(walk)
        return None

    def _next_entry(self) -> Visit | None:
        if self._entries:
            self.opened += 1
            return self._entries.popleft()
        while self._doubtful:
            visit = self._doubtful.popleft()
            if visit.list_walk is None or visit.list_walk.may_open_doubtful():
                self.opened += 1
                return visit
            self._journal.say(visit, "cap", "unlikely")
        return None

    def _next_column(self) -> Visit | None:
        """Return the most promising page, once the last one's links are known."""
        if any(visit.role in ("home", "column") for visit in self._in_flight):
            return None
        return self.frontier.take()

    def read(self, visit: Visit, reading: Reading, http_status: int = 200) -> None:
        """Take in a page that was asked for as a home, a column or a page of a list."""
        if not self.is_trap(visit, reading, http_status):
            self.take_list(visit, reading, http_status)

    def take_list(self, visit: Visit, reading: Reading, http_status: int = 200) -> None:
        """Take in a page that is known for one of its own: its entries, its list's other pages, its links."""
        self._in_flight.discard(visit)
        self._journal.say(visit, "read", None, http_status, reading.url)
        page = reading.listing
        if visit.list_walk is not None and visit.role == "list":
            if visit.list_walk.annual:
                page.entries += files_among(reading.links, page.entries)
            self._open(visit.list_walk.feed(page, visit.request), visit, visit.list_walk)
            self._journal.say_end(visit.list_walk)
            if visit.list_walk.annual and not page.entries:
                self._add_links(visit, reading, annual=True)  # rows with hardly a title: a year, an organ
            return
        before = self.frontier.found
        score = visit.score if visit.found_on else 0
        annual = page.annual or visit.inner or is_annual_page(reading.names, page, visit.title, score)
        if annual:
            page.entries += files_among(reading.links, page.entries)
        if not page.is_guess:
            self._begin_list(visit, reading, annual=annual)
        self._add_links(visit, reading, annual=annual)
        if page.is_guess and not self.frontier.leads_on(reading.url):
            self._begin_list(visit, reading, annual=annual)
        if self.frontier.found == before:
            self.frontier.lose(visit)

    def _add_links(self, visit: Visit, reading: Reading, *, annual: bool) -> None:
        place = Place(url=reading.url, annual=annual, depth=visit.depth, score=visit.score, more=reading.more)
        links = [*reading.links, *(column_link(column) for column in reading.listing.columns)]
        self.frontier.add_links(visit, links, place, is_known=self._seen.__contains__)

    def _begin_list(self, visit: Visit, reading: Reading, *, annual: bool) -> None:
        """Open the entries of a page and go on with its list, when it is an annual column or has reports."""
        page = reading.listing
        promising = any(promise_of(entry.title) == "report" for entry in page.entries)
        if not (promising or (annual and (page.entries or page.next))):
            return
        walk = ListWalk(url=reading.url, title=visit.title, annual=annual)
        self.columns += annual
        self._lists.append(walk)
        self._open(walk.feed(page, None), visit, walk)
        for request in walk.pending.values():
            self._seen.add(url_key(request.url))
            self.frontier.discard(url_key(request.url))
        self._journal.say_end(walk)

    def _open(self, entries: Iterable[Entry], visit: Visit, walk: ListWalk) -> None:
        """Queue entries: all rows of an annual column, of other pages those whose titles promise a report."""
        for entry in entries:
            key, year = url_key(entry.url), year_of(entry.title)
            promise = promise_of(entry.title)
            unwanted = self.years is not None and year is not None and year not in self.years
            if key in self._seen or unwanted or not (promise == "report" or walk.annual):
                continue
            self._seen.add(key)
            self.frontier.discard(key)
            if promise == "report":
                self.frontier.gain(visit)
            self._queue(entry, visit, walk)

    def _queue(self, entry: Entry, visit: Visit, walk: ListWalk, *, hops: int = 0) -> None:
        """Queue one entry, or say at once why it must not be asked."""
        opening = Visit(
            url=entry.url,
            role="attachment" if attachment_type(entry.url) else "entry",
            title=entry.title,
            found_on=visit.url,
            depth=visit.depth + 1,
            entry=entry,
            list_walk=walk,
            hops=hops,
            trail=visit.trail,
        )
        if not self.frontier.scope.covers(entry.url):
            self._journal.say(opening, "offsite", "link")
        elif is_endless_path(entry.url):
            self._journal.say(opening, "trap", "endless_path")
        elif reason := reason_to_leave(self.memory, opening):
            self._journal.say(opening, "known", reason)
        else:
            self._journal.meet(sighting_of(opening))
            self._line_up(opening)

    def _line_up(self, opening: Visit) -> None:
        """Put an entry where it is opened in its turn."""
        if is_sure(opening.title):
            self._entries.append(opening)
        else:
            self._doubtful.append(opening)

    def is_trap(self, visit: Visit, reading: Reading, http_status: int) -> bool:
        """Return whether an answer is no page of its own, and settle the visit if so.

        It may stand off the portal, be the home page instead of what was asked, or a copy of a page already read.
        """
        ending = self._find_trap(visit, reading)
        if ending is not None:
            self.fail(visit, *ending, http_status, reading.url)
        return ending is not None

    def _find_trap(self, visit: Visit, reading: Reading) -> tuple[OutcomeName, str] | None:
        key, moved = url_key(reading.url), url_key(reading.url) != url_key(visit.url)
        if not self.frontier.scope.covers(reading.url):
            return "offsite", "redirect"
        if visit.role in ("home", "list"):
            self._seen.add(key)
            return None
        if moved and key == url_key(self.home):
            return "gone", "redirected_home"
        if moved and key in self._seen:
            return "trap", "redirected_to_known"
        self._seen.add(key)
        if self._digests.setdefault(reading.digest, key) != key:
            return ("gone" if visit.entry else "trap"), "same_page"
        return None

    def harvest(self, visit: Visit, reading: Reading) -> None:
        """Queue the reports that an entry's page links: other years in its menu, other parts of a set."""
        page = reading.listing
        fresh = [entry for entry in page.entries if page.annual or promise_of(entry.title) == "report"]
        if fresh and visit.list_walk is not None:
            self._open(fresh, visit, visit.list_walk)

    def branch(self, visit: Visit, reading: Reading) -> None:
        """Queue what the menu beside a report names that stands in its column's place: other years, other organs."""
        self._add_links(visit, reading, annual=True)

    def queue_body(self, visit: Visit, entry: Entry) -> None:
        """Queue what holds the document whose page was read: a file, a frame, a page behind it."""
        if visit.list_walk is not None and url_key(entry.url) not in self._seen:
            self._seen.add(url_key(entry.url))
            self._queue(entry, visit, visit.list_walk, hops=visit.hops + 1)

    def ask_part(self, visit: Visit, assembly: Assembly) -> None:
        """Ask for the next part of a document."""
        url = assembly.waiting.pop(0)
        self._parts.append(
            Visit(
                url=url,
                role="entry",
                title=visit.title,
                found_on=visit.url,
                depth=visit.depth + 1,
                entry=visit.entry,
                list_walk=visit.list_walk,
                assembly=assembly,
            )
        )

    def settle(self, visit: Visit, http_status: int = 200, url: str | None = None, *, report: bool = False) -> None:
        """Take in that an entry's page is a document; `report` says that it is a yearly report."""
        self._in_flight.discard(visit)
        if report and visit.list_walk is not None and not is_sure(visit.title):
            visit.list_walk.proven += 1
        self.reports += report
        if report and promise_of(visit.title) != "report":
            self.frontier.gain(visit)
        self._journal.say(visit, "read", None, http_status, url)

    def confirm(self, visit: Visit) -> None:
        """Take in that a known document has not changed."""
        self._in_flight.discard(visit)
        known = self.memory.find(visit.url) if self.memory is not None else None
        if known is not None and known.outcome == "report":
            prove(visit)
        self._journal.say(visit, "unchanged", known.outcome if known else None, 304)

    def fail(
        self, visit: Visit, outcome: OutcomeName, reason: str, http_status: int | None = None, url: str | None = None
    ) -> None:
        """Take in that an address gave no page."""
        self._in_flight.discard(visit)
        self._journal.say(visit, outcome, reason, http_status, url)
        if visit.role == "list" and visit.list_walk is not None:
            visit.list_walk.miss(visit.request)
            self._journal.say_end(visit.list_walk)
        elif visit.role == "column":
            self.frontier.lose(visit)
        elif visit.role == "home":
            plain = plain_home(visit.url) if outcome == "unreachable" and reason != "dns" else None
            if plain is None:
                self.stop = self.stop or reason
            else:
                self.frontier.add(Visit(url=plain, role="home", score=1000))

    def finish(self) -> list[Article]:
        """Say what is left when the walk is over: lists cut short, entries never asked, and the portal itself.

        Returns the documents of which not all parts were asked.
        """
        self.is_finished = True
        for walk in self._lists:
            walk.on_road = 0
            walk.end("cap")
            self._journal.say_end(walk)
        for visit in (*self._entries, *self._doubtful):
            self._journal.say(visit, "cap", self.stop)
        self._entries.clear()
        self._doubtful.clear()
        end = PortalOutcome(
            portal=self.portal,
            name=self.name,
            home=self.home,
            requests=self.requests,
            columns=self.columns,
            entries=self.opened,
            stop_reason=self.stop or "exhausted",
            reports=self.reports,
        )
        self._journal.add(end)
        held = [visit.assembly for visit in self._parts if visit.assembly is not None]
        for visit, assembly in zip(self._parts, held, strict=True):
            self._journal.say(visit, "cap", self.stop)
            assembly.join(None, (), url=visit.url)
        self._parts.clear()
        return [assembly.article for assembly in held]


def plain_home(url: str) -> str | None:
    """Return the address of a home page without TLS, where it has one: many portals answer there alone."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(scheme="http")) if parts.scheme == "https" and parts.port is None else None


def column_link(column: Column) -> Link:
    """Return a column that only its family knows as a link of the page."""
    return Link(url=column.url, text=column.name, title=column.name, kind="script", block="tree")
