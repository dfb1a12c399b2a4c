"""Error rates by form and by field, on labelled real documents and on invented ones: makes docs/accuracy.md.

`python -m benchmarks.accuracy [--labels FOLDER] [--pages FOLDER …] [--sheets N] [--out FILE]`. FOLDER holds one JSON
file a document: what a careful reader says it states. Without labels only the invented part is measured, and printed.
Same documents, same program: same page.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.accuracy_invented import measure_forms, measure_personal
from benchmarks.accuracy_page import Tally, write_page
from crawler.checks import evaluate_identities
from crawler.isolation import close_workers, read_bounded
from crawler.items import Indicator, Page, Report, Span
from crawler.settings import GOV_REPORTS_STAGES
from crawler.stages import load_stages

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT.parent / "shared" / "gold" / "records"
PAGES = (ROOT.parent / "shared" / "pages", ROOT.parent / "shared")
OUT = ROOT / "docs" / "accuracy.md"
SHEETS = 200
STAGES = tuple(sorted(GOV_REPORTS_STAGES, key=GOV_REPORTS_STAGES.__getitem__))
READABLE = (".html", ".htm", ".txt")
DISCLOSURE = "disclosure-annual-report"

Label: TypeAlias = Mapping[str, Any]
Fields: TypeAlias = dict[str, Tally]


def read_report(page: Page) -> Report:
    """Return the record of a page, through every stage of the line."""
    item: Any = read_bounded(page)
    for stage in load_stages(STAGES):
        item = stage.process_item(item)
    assert isinstance(item, Report)
    return item


def read_labels(folder: Path) -> list[Label]:
    """Return the labels of a folder, by name of their files."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def find_page(name: str, folders: Iterable[Path]) -> Path | None:
    """Return the document of a label."""
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def accepts(label: Label, field: str) -> set[Any]:
    """Return what a label takes for right: some issuers have more than one name."""
    return {label.get(field), *(label.get(f"{field}_accept") or ())}


FACTS: dict[str, tuple[Callable[[Label], set[Any]], Callable[[Report], Any]]] = {
    "which kind of document": (
        lambda label: {label["kind"] == DISCLOSURE},
        lambda report: report.report_kind == "disclosure",
    ),
    "issuer": (lambda label: accepts(label, "issuer"), lambda report: report.issuer.name),
    "region (code)": (lambda label: accepts(label, "region_code"), lambda report: report.region.code),
    "region (level)": (lambda label: accepts(label, "level"), lambda report: report.region.level),
    "report year": (lambda label: accepts(label, "report_year"), lambda report: report.report_year),
    "publication date": (
        lambda label: accepts(label, "published_on"),
        lambda report: report.published_on and report.published_on.isoformat(),
    ),
    "form": (lambda label: {label["template"]}, lambda report: report.form),
    "headings of the sections": (
        lambda label: {tuple(map(squeeze, label["sections"]))},
        lambda report: tuple(squeeze(section.heading) for section in report.sections),
    ),
    "tables missing": (
        lambda label: {label["tables_missing"]},
        lambda report: any(finding.code == "tables.missing" for finding in report.findings),
    ),
}


def squeeze(text: str) -> str:
    """Return a text without blanks."""
    return "".join(text.split())


def score_facts(label: Label, report: Report, fields: Fields) -> None:
    """Count the single facts of a document."""
    for name, (wanted_of, found_of) in FACTS.items():
        fields[name].note(wanted_of(label), found_of(report))


def score_identities(label: Label, report: Report, fields: Fields) -> None:
    """Count the identities whose outcome the label gives."""
    states: dict[str, set[str]] = defaultdict(set)
    for result in evaluate_identities(report.indicators, report.form):
        states[result.identity].add(result.state)
    for name, wanted in (label.get("identities") or {}).items():
        if wanted in ("holds", "fails"):
            found = states[name]
            fields["identities"].note({wanted}, "fails" if "fails" in found else "holds" if "holds" in found else None)


def score_indicators(label: Label, report: Report, tables: Tally, prose: Tally) -> None:
    """Count the indicators of a document; a code that has a cell is a table's, whatever the prose says of it."""
    wanted: dict[str, Label] = {}
    for each in sorted(label["indicators"], key=lambda each: each.get("where") != "table"):
        if each.get("code") and (each["code"] not in wanted or wanted[each["code"]]["value"] is None):
            wanted[each["code"]] = each
    near = {(each["near"], Decimal(str(each["value"]))) for each in label["indicators"] if each.get("near")}
    found: dict[str, Indicator] = {}
    for one in sorted(report.indicators, key=lambda one: one.where != "table"):
        if one.code not in found or found[one.code].value is None:
            found[one.code] = one
    for code in sorted(wanted.keys() | found.keys()):
        want, have = wanted.get(code), found.get(code)
        value = have.value if have else None
        place = want["where"] if want else have.where if have else ""
        tally = tables if place == "table" else prose
        if want is None or want["value"] is None:
            tally.nothing += value is None
            tally.invented += value is not None and (code, value) not in near
        elif value is not None or not want.get("doubt"):
            tally.note({Decimal(str(want["value"]))}, value)


def score_figures(label: Label, report: Report, tally: Tally) -> None:
    """Count the quantities of the prose that no form asks for: found with their value where the label quotes them."""
    printed = [(figure.value, squeeze(quoted(report, figure.evidence))) for figure in report.figures]
    for each in label["indicators"]:
        if each.get("code") or each.get("where") != "prose" or each["value"] is None:
            continue
        value, quote = Decimal(str(each["value"])), squeeze(each["quote"])
        hit = any(number == value and text and (text in quote or quote in text) for number, text in printed)
        tally.note({value}, value if hit else None)


def quoted(report: Report, span: Span) -> str:
    """Return what stands at a figure's evidence."""
    return report.text[span.start : span.end]


def measure_labels(labels: list[Label], folders: Iterable[Path]) -> tuple[Fields, dict[str, Fields], dict[str, int]]:
    """Return the tallies of facts, those of numbers by form, and how many documents of each form were read."""
    facts: Fields = defaultdict(Tally)
    numbers: dict[str, Fields] = defaultdict(lambda: defaultdict(Tally))
    documents: dict[str, int] = defaultdict(int)
    for label in labels:
        path = find_page(label["file"], folders)
        if path is None or path.suffix not in READABLE:
            continue
        report = read_report(Page(url="", body=path.read_bytes(), path=str(path)))
        form = label["template"]
        documents[form] += 1
        score_facts(label, report, facts)
        score_identities(label, report, facts)
        score_indicators(label, report, numbers[form]["cells of tables"], numbers[form]["indicators of the prose"])
        score_figures(label, report, numbers[form]["other quantities of the prose"])
    return facts, numbers, documents


def main(arguments: list[str]) -> int:
    """Measure and write the page; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--pages", type=Path, nargs="*", default=PAGES)
    parser.add_argument("--sheets", type=int, default=SHEETS, help="invented reports of each form")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    try:
        invented = measure_forms(options.sheets, read_report)
        personal = measure_personal()
        labels = read_labels(options.labels)
        facts, numbers, documents = measure_labels(labels, options.pages)
    finally:
        close_workers()
    text = write_page(facts, numbers, documents, invented, personal, sheets=options.sheets)
    if not documents:
        print(text)
        print(f"{options.labels}: no labels; nothing was written", file=sys.stderr)
        return 1
    options.out.write_text(text, "utf-8")
    print(
        f"{options.out}: {sum(documents.values())} labelled documents, {options.sheets} invented reports of each form"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
