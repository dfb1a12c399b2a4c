"""Which report a document is, and when two documents are the same one. Pure."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Any, Final

from crawler.parsing.links import canonical_url, scope_of, url_key
from crawler.record import record_from
from crawler.storage.official import official_name

if TYPE_CHECKING:
    from crawler.items import Region, Report

SHINGLE: Final = 5
SAME: Final = 0.9
"""Share of shingles that two readings of one document have in common; a mirror's stray lines cost less than a tenth."""
OVERLAP: Final = 2
"""Characters of the region's name that an issuer must begin with to be taken as its full or shortened form."""
BLANKS: Final = re.compile(r"\s+")
NOT_WORDS: Final = re.compile(r"[\W_]+")
NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
NO_FACTS: Final = frozenset({"source", "title", "text", "attachments", "derived_from"})
"""Keys of the record that are the document itself, or tell only how it was read."""


@dataclass(slots=True, frozen=True)
class Identity:
    """Which report a document is."""

    id: str
    """Stable in every store: a letter, so that spreadsheets leave it alone, and 16 hexadecimal digits."""
    key: str
    """What the id was made of."""


@dataclass(slots=True, frozen=True)
class Digests:
    """What of a document can change, apart."""

    content: str
    """The cleaned document: its text with the tables, its title, its attachments. Menus and counters are no part."""
    facts: str
    """Everything that was read out of it and round it, findings by their codes."""
    body: str
    """The bytes as served."""


def identify(report: Report) -> Identity:
    """Return which report a document is: by kind, year, region and issuer; when one is unknown, by its address.

    Without a region code the portal's own host stands for the region, so that the 财政局 of two cities stay two.
    """
    url = address_of(report)
    if report.issuer.name and report.report_year:
        place = report.region.code or scope_of(url).host
        key = f"{report.report_kind}|{report.report_year}|{place}|{full_issuer(report.issuer.name, report.region)}"
    else:
        key = f"{report.report_kind}|{url_key(url)}"
    return Identity(id="r" + blake2b(key.encode("utf-8", "replace"), digest_size=8).hexdigest(), key=key)


def year_before(key: str) -> str | None:
    """Return the key of the same issuer's report of the year before; None where no year is known.

    >>> year_before("disclosure|2021|441500|广东省汕尾市人民政府")
    'disclosure|2020|441500|广东省汕尾市人民政府'
    """
    kind, year, *rest = key.split("|", 2)
    return f"{kind}|{int(year) - 1}|{rest[0]}" if rest and year.isdecimal() else None


def address_of(report: Report) -> str:
    """Return the canonical address the document was served from."""
    url = report.source.url or report.article.page.url
    return canonical_url(url) or url


def full_issuer(name: str, region: Region) -> str:
    """Return the issuer's official name with its whole region before it, however much of either is printed.

    >>> from crawler.items import Region
    >>> full_issuer("汕尾市人民政府", Region(name="广东省汕尾市")), full_issuer("民政局", Region(name="广东省汕尾市"))
    ('广东省汕尾市人民政府', '广东省汕尾市民政局')
    """
    name = BLANKS.sub("", unicodedata.normalize("NFKC", name))
    place = region.name or ""
    name = official_name(name, place)
    printed = (start for start in range(len(place) - OVERLAP + 1) if name.startswith(place[start:]))
    return place[: next(printed, len(place))] + name


def digest(report: Report) -> Digests:
    """Return the digests of a document."""
    content = [report.title, report.text, [[each.name, each.url] for each in report.attachments]]
    facts = {key: value for key, value in record_from(report).items() if key not in NO_FACTS}
    facts["findings"] = [[finding.code, finding.severity] for finding in report.findings]
    return Digests(content=_hash(content), facts=_hash(facts), body=report.source.sha256)


def _hash(value: object) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def is_same_document(one: Report, other: Report) -> bool:
    """Return whether two documents of one report are readings of the same one: equal numbers, nearly equal words.

    The 图片版 of a report (no text), its 解读 (fewer numbers) and a corrected reprint (another number) are not.
    """
    return _values(one) == _values(other) and similarity(one.text, other.text) >= SAME


def _values(report: Report) -> object:
    """Return the numbers that must not differ: the form's where it has them, else all numbers of the text."""
    if report.indicators:
        return {indicator.code: indicator.value for indicator in report.indicators}
    return Counter(NUMBER.findall(unicodedata.normalize("NFKC", report.text)))


def similarity(one: str, other: str) -> float:
    """Return the share of 5-character shingles that two texts have in common, 0 to 1; blanks and marks do not count."""
    first, second = _shingles(one), _shingles(other)
    if not first or not second:
        return float(first == second)
    return len(first & second) / len(first | second)


def _shingles(text: str) -> set[str]:
    letters = NOT_WORDS.sub("", text)
    return {letters[start : start + SHINGLE] for start in range(max(len(letters) - SHINGLE + 1, bool(letters)))}


def facts_of(report: Report) -> dict[str, Any]:
    """Return the single facts of a report by name, as text or None, for comparing versions."""
    facts = {
        "title": report.title,
        **{f"issuer.{name}": value for name, value in asdict(report.issuer).items()},
        **{f"region.{name}": value for name, value in asdict(report.region).items()},
        "report_year": report.report_year,
        "period": f"{report.period.start}/{report.period.end}" if report.period else None,
        "published_on": report.published_on,
        "form": report.form,
    }
    return {name: None if value is None else str(value) for name, value in facts.items()}
