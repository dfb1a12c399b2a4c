"""The pages that may lead to annual-report columns, the most promising first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from crawler.discovery.scoring import Place, names_part, part_blocks, score_link
from crawler.discovery.visits import Bounds, Visit
from crawler.discovery.words import ANY_COLUMN, FAINT, ON_THE_WAY, STRONG, plain
from crawler.parsing.doors import Link
from crawler.parsing.links import Scope, is_endless_path, is_page_url, url_key

GAIN = 25
"""Points a link has more when another of its block led to a report."""


@dataclass(slots=True, kw_only=True)
class Frontier:
    """Links not yet followed, with what was learned about the blocks of links they stand in.

    A block is one menu or list of one page. When one of its links leads to reports the others gain; when several lead
    nowhere the others are left: so one good department leads to all, and forty empty ones cost three requests.
    """

    scope: Scope
    bounds: Bounds
    found: int = 0
    """Distinct reports that titles promised so far."""
    on_the_way: int = 0
    """Pages followed that were no annual-report columns by their link."""
    _links: dict[str, Visit] = field(default_factory=dict)
    _menus: Counter[str] = field(default_factory=Counter)
    """On how many pages each address was linked: what stands on many is the site's menu, not a column's own."""
    _gains: Counter[str] = field(default_factory=Counter)
    _losses: Counter[str] = field(default_factory=Counter)
    _barren: Counter[str] = field(default_factory=Counter)
    """Of each path that is asked with different queries: pages that brought nothing new, less those that did."""

    def add(self, visit: Visit) -> None:
        """Put a visit in, unless the same address is there with as many points."""
        key = url_key(visit.url)
        known = self._links.get(key)
        if known is None or known.score < visit.score:
            self._links[key] = visit

    def add_links(self, visit: Visit, links: Iterable[Link], place: Place, *, is_known: Callable[[str], bool]) -> None:
        """Put in the links of a page that a visit led to."""
        keys = {link: url_key(link.url) for link in links}
        own = [link for link, key in keys.items() if self._menus[key] == 0]
        parts = part_blocks(own) if place.annual else set()
        for link, key in keys.items():
            if not is_known(key) and self._may_follow(link, place):
                chrome = self._menus[key] > 0
                score, inner = score_link(link, place, self.scope, chrome=chrome, siblings=link.block in parts)
                if score >= FAINT:
                    self.add(follow(link, visit, place, score, inner=inner))
        self._menus.update(set(keys.values()))

    def _may_follow(self, link: Link, place: Place) -> bool:
        if place.depth >= self.bounds.depth or not self.scope.covers(link.url) or is_endless_path(link.url):
            return False
        return link.kind == "frame" or is_page_url(link.url)

    def discard(self, key: str) -> None:
        """Forget an address: it is asked for another reason."""
        self._links.pop(key, None)

    def take(self) -> Visit | None:
        """Return the most promising visit, or None when none is worth a request now."""
        key = max(self._links, key=lambda key: self._worth(self._links[key]), default=None)
        if key is None:
            return None
        worth = self._worth(self._links[key])
        if worth < STRONG:
            if self.on_the_way >= self._allowance() or worth < (ON_THE_WAY if self.found else 1):
                return None
            self.on_the_way += 1
        return self._links.pop(key)

    def _allowance(self) -> int:
        if self.found == 0:
            return self.bounds.search
        return self.bounds.allowance + self.bounds.per_report * self.found

    def _worth(self, visit: Visit) -> int:
        """Return what a visit is worth now, by what the other links of its block and its path have led to."""
        path, query, _ = visit.url.partition("?")
        if query and self._barren[path] >= self.bounds.failures:
            return 0
        block = visit.trail[-1] if visit.trail else ""
        if self._gains[block] and (visit.score > ANY_COLUMN or names_part(plain(visit.title))):
            return visit.score + GAIN
        losses = self._losses[block]
        if visit.score >= STRONG or losses < self.bounds.failures:
            return visit.score
        return 0 if self.found else max(visit.score - losses, 1)

    def gain(self, visit: Visit) -> None:
        """Count a report found, for every block of links on the way to it."""
        self.found += 1
        self._gains.update(visit.trail)
        self._barren[visit.url.partition("?")[0]] -= 1

    def lose(self, visit: Visit) -> None:
        """Count a visit that found nothing and leads to nothing strong, against the block that led to it."""
        self._barren[visit.url.partition("?")[0]] += 1
        if visit.trail and not self.leads_on(visit.url):
            self._losses[visit.trail[-1]] += 1

    def leads_on(self, url: str) -> bool:
        """Return whether a page links an annual-report column that is still to be asked for."""
        return any(other.found_on == url and other.score >= STRONG for other in self._links.values())


def follow(link: Link, visit: Visit, place: Place, score: int, *, inner: bool) -> Visit:
    """Return the visit that follows a link; a redirect or a frame is the same step as its page."""
    return Visit(
        url=link.url,
        role="column",
        title=link.text or (visit.title if link.kind in ("redirect", "frame") else ""),
        found_on=place.url,
        depth=place.depth + (link.kind not in ("redirect", "frame")),
        score=score,
        inner=inner,
        trail=(*visit.trail, f"{url_key(place.url)} {link.block}"),
    )
