"""Which jobs there are: one for each portal that the arguments name."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from crawler.catalogue import load_portals, select_portals
from crawler.discovery.arguments import parse_limit, parse_years
from crawler.errors import UsageError
from crawler.fetching.politeness import bucket_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEMO: Final = "demo"
ARGUMENTS: Final = ("portals", "years", "limit")


@dataclass(slots=True, kw_only=True, frozen=True)
class CrawlJob:
    """The crawl of one portal, with all that a worker on another machine must know of it."""

    portal: str
    name: str = ""
    home: str = ""
    """Empty: the demo, whose portals are served by the run itself."""
    years: str | None = None
    limit: str | None = None

    @property
    def host(self) -> str:
        """What no two workers may crawl at once."""
        return bucket_of(urlsplit(self.home).hostname or self.portal)

    def payload(self) -> dict[str, Any]:
        """Return what the queue keeps of it."""
        return asdict(self)

    def catalogue(self) -> str:
        """Return the catalogue file that names this portal alone; empty for the demo."""
        return f"id\tname\thome\n{self.portal}\t{self.name}\t{self.home}\n" if self.home else ""

    def arguments(self, catalogue: str) -> Iterator[str]:
        """Yield the arguments of the crawl that does it; `catalogue` is where its catalogue file stands."""
        chosen = {"portals": catalogue if self.home else self.portal, "years": self.years, "limit": self.limit}
        for name, value in chosen.items():
            if value:
                yield from ("-a", f"{name}={value}")


def plan_jobs(arguments: Mapping[str, str]) -> list[CrawlJob]:
    """Return a job for each portal that the arguments of a crawl name; without `portals`, for the whole catalogue.

    Raises UsageError for arguments that the crawl would refuse.
    """
    if unknown := [name for name in arguments if name not in ARGUMENTS]:
        raise UsageError(f"unknown argument {unknown[0]}= (there are {', '.join(ARGUMENTS)})")
    years, limit = arguments.get("years") or None, arguments.get("limit") or None
    if years:
        parse_years(years)
    if limit:
        parse_limit(limit)
    words = [word.strip() for word in arguments.get("portals", "all").split(",") if word.strip()]
    others = ",".join(word for word in words if word != DEMO)
    chosen = select_portals(others, load_portals()) if others or not words else []
    jobs = [CrawlJob(portal=each.id, name=each.name, home=each.home, years=years, limit=limit) for each in chosen]
    if DEMO in words:
        jobs.append(CrawlJob(portal=DEMO, years=years, limit=limit))
    return jobs
