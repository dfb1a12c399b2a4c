"""The facts of the labelled real pages and addresses beside the checkout."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.facts import read_facts
from crawler.facts.kinds import kind_of
from crawler.facts.reader import Facts
from crawler.facts.urldates import url_date
from crawler.forms import recognise_tables
from crawler.items import Page
from crawler.parsing.article import read_article
from pipelines.clean import CleanText

pytestmark = pytest.mark.shared

KINDS = {
    "report": {"disclosure"},
    "notice": {"notice"},
    "form": {"notice"},
    "list": {"other"},
    "negative:system": {"notice"},
    "negative:policy": {"notice"},
    "negative:rule-of-law": {"rule_of_law"},
    "negative:website-report": {"website"},
    "negative:interpretation": {"interpretation"},
    "negative:reconsideration-report": {"review"},
    "negative:budget": {"budget"},
    "negative:lottery-notice": {"notice", "other"},
    "negative:other": {"other"},
    "negative:news": {"other"},
}
"""What each kind of row may be taken for."""


def rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "domain/real-urls.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_kinds_of_real_titles(shared: Path) -> None:
    found = [(kind_of(row["title_seen"], row["url"])[0], row["page_kind"]) for row in rows(shared)]
    right = sum(kind in KINDS[label] for kind, label in found)
    assert right / len(found) >= 0.98
    assert not [label for kind, label in found if kind == "disclosure" and label != "report"]


def test_dates_of_real_addresses(shared: Path) -> None:
    """Where an address carries a day it is that of the page, unless the row says that the page was moved."""
    dated = 0
    for row in rows(shared):
        day, printed = url_date(row["url"]), row["page_or_url_date"]
        if day is None:
            compact = printed.replace("-", "")
            assert len(compact) < 8 or compact not in row["url"].replace("/", "").replace("-", ""), row["url"]
        elif len(printed) == 10 and not any(mark in row["note"] for mark in ("URL", "traditional")):
            dated += 1
            assert day.isoformat() == printed, row["url"]
    assert dated >= 30


def labels(shared: Path, kind: str) -> list[dict[str, Any]]:
    found = [json.loads(path.read_text("utf-8")) for path in sorted((shared / "gold" / kind).glob("*.json"))]
    return [label for label in found if not label["file"].endswith(".pdf")]


@cache
def facts_of(path: Path) -> Facts:
    article = read_article(Page(url="", body=path.read_bytes(), path=str(path)))
    CleanText().process_item(article)
    recognise_tables(article.tables)
    return read_facts(article)


def facts_for(shared: Path, label: dict[str, Any]) -> Facts:
    return facts_of(next(path for root in ("pages", ".") if (path := shared / root / label["file"]).exists()))


def share(found: list[bool]) -> float:
    return sum(found) / len(found)


def test_facts_of_real_reports(shared: Path) -> None:
    pairs = [(label, facts_for(shared, label)) for label in labels(shared, "records")]
    assert share([facts.report_kind == "disclosure" for _, facts in pairs]) == 1
    assert share([facts.report_year == label["report_year"] for label, facts in pairs]) == 1
    accepted = [(facts.issuer.name, {label["issuer"], *label.get("issuer_accept", [])}) for label, facts in pairs]
    assert share([name in names for name, names in accepted]) >= 0.95
    assert share([facts.region.code == label["region_code"] for label, facts in pairs]) >= 0.95
    assert share([facts.region.level == label["level"] for label, facts in pairs]) >= 0.95
    assert share([[each.heading for each in facts.sections] == label["sections"] for label, facts in pairs]) >= 0.95


def test_dates_of_real_pages(shared: Path) -> None:
    for label in [*labels(shared, "content"), *labels(shared, "records")]:
        found = facts_for(shared, label).published_on
        assert (found.isoformat() if found else None) == label["published_on"], label["file"]
