"""robots.txt: from what a server answered to what we may ask it (RFC 9309)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

MAX_BYTES = 500 * 1024
"""A parser must read at least this much (RFC 9309 §2.5); we read no more."""
MAX_LINE = 16_664
"""Where the best-known production parser cuts a line."""
LINE_END = re.compile(r"\r\n?|\n")
MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml|script|meta)", re.IGNORECASE)
# A line that is none of these is dropped first: Protego lets one between two User-agent lines close their group, and
# the rules below then miss the first agent, where the best-known production parser keeps them.
KNOWN_LINE = re.compile(
    r"\s*(?:user-?agent|(?:dis)?allow|crawl-?delay|request-?rate|visit-?time|sitemap|host)\s*[: \t]", re.IGNORECASE
)


@dataclass(slots=True, frozen=True)
class RobotsRules:
    """What one host's robots.txt says to us."""

    parser: Protego | None
    """None: no rules, everything is allowed."""
    user_agent: str
    """Our product token."""
    is_html: bool = False
    """Whether a page stood where the rules should: a server that answers every unknown address with one."""

    def is_allowed(self, url: str) -> bool:
        """Return whether the address may be asked."""
        return self.parser is None or bool(self.parser.can_fetch(url, self.user_agent))

    @property
    def crawl_delay(self) -> float | None:
        """The seconds that must lie between two requests; None where nothing sensible is said."""
        delay = self.parser.crawl_delay(self.user_agent) if self.parser else None
        return float(delay) if delay is not None and delay > 0 else None


def parse_robots(body: bytes, user_agent: str) -> RobotsRules:
    """Return the rules in a robots.txt, whatever its bytes are."""
    text = body[:MAX_BYTES].decode("utf-8-sig", errors="ignore").replace("\0", "")
    if MARKUP.match(text):
        return RobotsRules(None, user_agent, is_html=True)
    lines = (line[:MAX_LINE] for line in LINE_END.split(text))
    return RobotsRules(Protego.parse("\n".join(line for line in lines if KNOWN_LINE.match(line))), user_agent)


def judge_robots(status: int, body: bytes, user_agent: str) -> RobotsRules | None:
    """Return the rules that an answer to /robots.txt amounts to; None: disallow everything for now.

    RFC 9309 §2.3.1: what does not exist (4xx) forbids nothing, what cannot be reached (5xx) forbids all. 429 is a
    server that asks to be left alone, so it counts as the latter.
    """
    if status == 429 or status >= 500:
        return None
    return parse_robots(body, user_agent) if 200 <= status < 300 else RobotsRules(None, user_agent)
