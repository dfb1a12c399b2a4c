"""What a walk has to say: what it met, how each address ended, how each list ended."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.discovery.lists import ListWalk
from crawler.discovery.visits import Visit
from crawler.outcomes import Discovered, ListOutcome, Outcome, OutcomeName, Sighting, UrlOutcome


@dataclass(slots=True, kw_only=True)
class Journal:
    """The outcomes of one portal's walk that nobody has heard yet."""

    portal: str
    _outbox: list[Outcome] = field(default_factory=list)
    _met: list[Sighting] = field(default_factory=list)
    _ended: set[str] = field(default_factory=set)

    def drain(self) -> list[Outcome]:
        """Return the outcomes since the last call; what was met comes before how it ended."""
        outcomes, self._outbox = self._outbox, []
        if self._met:
            outcomes.insert(0, Discovered(portal=self.portal, found=tuple(self._met)))
            self._met.clear()
        return outcomes

    def add(self, outcome: Outcome) -> None:
        """Take in an outcome."""
        self._outbox.append(outcome)

    def meet(self, sighting: Sighting) -> None:
        """Take in an address that is going to be asked."""
        self._met.append(sighting)

    def say(
        self,
        visit: Visit,
        outcome: OutcomeName,
        reason: str | None = None,
        http_status: int | None = None,
        url: str | None = None,
    ) -> None:
        """Say how an address ended; `url` is where redirects led."""
        self._outbox.append(
            UrlOutcome(
                portal=self.portal,
                url=visit.url,
                role="part" if visit.assembly is not None else visit.role,
                outcome=outcome,
                reason=reason,
                http_status=http_status,
                found_on=visit.found_on,
                title=visit.title or None,
                final_url=url if url and url != visit.url else None,
            )
        )

    def say_end(self, walk: ListWalk) -> None:
        """Say how a list ended, once it did."""
        if not walk.is_over or walk.stop is None or walk.url in self._ended:
            return
        self._ended.add(walk.url)
        self._outbox.append(
            ListOutcome(
                portal=self.portal,
                url=walk.url,
                family=walk.family,
                title=walk.title or None,
                pages=walk.pages,
                entries=len(walk.keys),
                expected=walk.expected,
                stop_reason=walk.stop,
                holes=walk.holes,
            )
        )
