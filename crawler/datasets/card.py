"""The data card of an export: README.md with the header that Hugging Face reads, and the text that people read."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler.datasets.coverage import HELD, STATES
from crawler.datasets.formats.corpus import DOCUMENT_TYPES
from crawler.datasets.recordtypes import record_types, yaml_features

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crawler.datasets.columns import Kind
    from crawler.datasets.formats.model import Format
    from crawler.datasets.tally import Tally

NAME: Final = "gov_reports"
PRETTY_NAME: Final = "Annual reports on government information disclosure in China (政府信息公开工作年度报告)"
LOADABLE: Final = frozenset({"csv", "jsonl", "parquet", "text"})
"""Formats that Hugging Face's loader reads."""
FEATURES: Final[dict[Kind, str]] = {
    "text": "string",
    "integer": "int64",
    "number": "float64",
    "boolean": "bool",
    "date": "date32",
    "instant": "timestamp[us, tz=UTC]",
}
SIZES: Final = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
LARGEST: Final = "1M<n<10M"
ACCURACY: Final = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"
"""Where measured error rates are written, once there are some."""
HEADING: Final = re.compile(r"^(?=##)", re.MULTILINE)
LICENCE: Final = (
    "The reports are documents of state organs, published by duty under the Regulation on the Disclosure of Government "
    "Information (政府信息公开条例). Article 5 of China's Copyright Law (著作权法) takes documents of a legislative, "
    "administrative or judicial nature out of its protection; whether that covers each report, and what a portal's own "
    "terms ask, is for the user to judge. This compilation adds no licence of its own. Name the issuing organ and the "
    "address of the report when you cite a figure."
)
LOADS: Final = {
    "csv": """pandas.read_csv("FOLDER/indicators.csv", dtype={"region_code": str})""",
    "parquet": """pandas.read_parquet("FOLDER/indicators.parquet")""",
    "jsonl": """[json.loads(line) for line in open("FOLDER/reports.jsonl", encoding="utf-8")]""",
    "text": """[json.loads(line) for line in open("FOLDER/documents.jsonl", encoding="utf-8")]""",
    "sqlite": """sqlite3.connect("FOLDER/gov_reports.sqlite3").execute("SELECT count(*) FROM reports")""",
    "xlsx": """pandas.read_excel("FOLDER/gov_reports.xlsx", sheet_name="reports", dtype={"region_code": str})""",
}
"""A line of Python that loads each format."""
SQL: Final = frozenset({"csv", "parquet", "jsonl", "sqlite"})
TABLES: Final = frozenset({"csv", "parquet", "sqlite", "xlsx"})
TRAPS: Final = (
    "`indicators` has a number twice when a report prints it in its table and in its prose: `where` is `table` or "
    "`prose`. The wide tables have each once.",
    "A null is no 0: leave it out of sums and of what you divide by.",
    "`quality` of `reports` is `doubtful` where a check found something grave; `findings` says what.",
    "`code` differs between forms where their questions do; the same question of two years may have two codes.",
    "`report_year` is the year reported on; a report comes out in the year after.",
)
"""What a first use gets wrong."""
MOST_PORTALS: Final = 30
MADE: Final = (
    "Pages were fetched from the portals that published them, at the portals' pace and within their robots.txt.",
    "The document was cut out of its page; `text` is what is left: a paragraph a line, a table row a line.",
    "The form of a report is told by the headers of its tables; each value was read by its row label and column "
    "heading, never by its place. `raw` is what was printed and `start`/`end` or `table`/`row`/`column` say where.",
    "A blank, a dash, 无 and a missing table are null, not 0. Nothing was repaired: what does not add up is in "
    "`findings`.",
    "Numbers of citizens (mobile phones, identity cards, …) are masked; masks keep the length of the text.",
    "Forms of different years ask different questions: their codes differ, and are not to be joined without thought.",
)


def dump_card(fmt: Format, tally: Tally, filters: Mapping[str, object]) -> str:
    """Return the README of an export."""
    lines = ["---", *header(fmt, tally), "---", "", f"# {PRETTY_NAME}", ""]
    lines += [*summary(tally, filters), "", *contents(fmt), "", *use(fmt), "", *counts(tally), "", *coverage(tally), ""]
    lines += [*quality(tally), "", *accuracy(), "", *gaps(fmt, tally), ""]
    lines += ["## How the values were made", "", *(f"- {sentence}" for sentence in MADE), ""]
    lines += [*sources(tally), ""]
    lines += ["## Check it", "", "`scrapy export --verify FOLDER` compares every file with `manifest.json`.", ""]
    return "\n".join(lines)


def header(fmt: Format, tally: Tally) -> Iterator[str]:
    """Yield the lines of the YAML header; JSON strings are YAML strings."""
    yield f"pretty_name: {json.dumps(PRETTY_NAME, ensure_ascii=False)}"
    yield "language:\n- zh"
    yield "license: other"
    yield "license_name: public-documents"
    yield "tags:\n- government\n- freedom-of-information\n- china\n- statistics"
    yield f"size_categories:\n- {next((name for limit, name in SIZES if tally.documents < limit), LARGEST)}"
    if fmt.name not in LOADABLE:
        return
    yield "configs:"
    for place in fmt.places():
        yield f"- config_name: {place.table}"
        yield f"  data_files:\n  - split: train\n    path: {place.file}"
        if place.table in ("reports", "documents"):
            yield "  default: true"
    yield "dataset_info:"
    if fmt.layout == "records":
        yield "- config_name: reports\n  features:"
        yield from yaml_features(record_types(tally.derivation), "  ")
    if fmt.layout == "corpus":
        yield "- config_name: documents\n  features:"
        yield from yaml_features(DOCUMENT_TYPES, "  ")
    for table in fmt.tables:
        yield f"- config_name: {table.name}\n  features:"
        yield from yaml_features({column.name: FEATURES[column.kind] for column in table.columns}, "  ")


def summary(tally: Tally, filters: Mapping[str, object]) -> Iterator[str]:
    """Yield what the folder is."""
    years = sorted(year for year in tally.by_year if year is not None)
    span = f"report years {years[0]}–{years[-1]}" if years else "no report year"
    yield (
        f"{tally.documents} documents, {span}, as they stood on {tally.as_of or 'no day: nothing is stored'}. "
        "Each is the yearly report in which an organ of the Chinese state says what it disclosed, how many requests "
        "for information it got, and what it answered."
    )
    chosen = ", ".join(f"{name} {value}" for name, value in filters.items() if value is not None)
    if chosen:
        yield f"\nOnly a part of the store is here: {chosen}."


def contents(fmt: Format) -> Iterator[str]:
    """Yield the tables, and the columns of each."""
    yield "## Tables"
    yield ""
    described = {table.name: table for table in fmt.tables}
    titles = {"reports": "A record a line; docs/record.md explains its keys", "documents": "A document a line"}
    rows = [
        (f"`{place.table}`", f"`{place.file}`", place.rows, described[place.table].title)
        if place.table in described
        else (f"`{place.table}`", f"`{place.file}`", place.rows, titles[place.table])
        for place in fmt.places()
    ]
    yield from grid(("table", "file", "rows", "what it holds"), rows)
    yield ""
    yield "`datapackage.json` and `croissant.json` describe every column. Tables join by `report_id` and `rendition`."


def use(fmt: Format) -> Iterator[str]:
    """Yield how the folder is loaded, and what to know before anything is added up."""
    yield "## Use"
    yield ""
    yield "```python"
    if fmt.name in LOADABLE:
        yield 'datasets.load_dataset("FOLDER", split="train")  # Hugging Face'
    yield LOADS[fmt.name]
    yield "```"
    if fmt.name in SQL:
        yield ""
        yield '`scrapy query --folder FOLDER "SELECT …"` asks it in SQL; docs/datasets.md answers six questions.'
    if fmt.name in TABLES:
        yield ""
        yield from (f"- {sentence}" for sentence in TRAPS)


def counts(tally: Tally) -> Iterator[str]:
    """Yield how many documents there are by year, form and level."""
    yield "## Counts"
    for title, counter in (("year", tally.by_year), ("form", tally.by_form), ("level", tally.by_level)):
        ordered = sorted(counter.items(), key=lambda pair: (pair[0] is None, str(pair[0])))
        yield ""
        yield from grid((title, "documents"), [("unknown" if key is None else key, count) for key, count in ordered])


def coverage(tally: Tally) -> Iterator[str]:
    """Yield what is there of what is owed, by year."""
    yield "## Coverage"
    yield ""
    if not tally.owed:
        yield "Not in this folder; `scrapy coverage` and the exports with tables tell what is owed and what is missing."
        return
    yield (
        "Of every organ known by a report or a portal, a report a year since 2008 is owed. The table `coverage` has "
        "them one by one, with the reason for each that is missing."
    )
    yield ""
    years = sorted({year for year, _ in tally.owed})
    yield from grid(
        ("year", "held", *STATES),
        [(year, share_held(tally, year), *(tally.owed[year, state] for state in STATES)) for year in years],
    )
    if tally.reasons:
        listed = ", ".join(f"{reason} {count}" for reason, count in ordered_counts(tally.reasons))
        yield ""
        yield f"Missing, by reason: {listed}."


def share_held(tally: Tally, year: int) -> str:
    """Return which share is there of what is known to be owed for a year."""
    held = sum(tally.owed[year, state] for state in HELD)
    owed = held + tally.owed[year, "missing"]
    return f"{100 * held / owed:.0f}%" if owed else "–"


def quality(tally: Tally) -> Iterator[str]:
    """Yield what the checks found."""
    yield "## What the checks found"
    yield ""
    yield (
        f"{tally.doubtful} of {tally.documents} documents carry a finding that is a warning or graver. "
        "docs/findings.md explains each code."
    )
    yield ""
    found = sorted(tally.by_finding.items(), key=lambda pair: (-pair[1], pair[0]))
    yield from grid(("finding", "severity", "times"), [(code, severity, count) for (severity, code), count in found])


def accuracy() -> Iterator[str]:
    """Yield the measured error rates, if there are any."""
    yield "## Error rates"
    yield ""
    if ACCURACY.is_file():
        _, _, text = ACCURACY.read_text("utf-8").partition("\n")
        yield HEADING.sub("#", text).strip()  # one level down, below this heading
    else:
        yield "None have been published with this version; check a sample against the sources before you rely on it."


def gaps(fmt: Format, tally: Tally) -> Iterator[str]:
    """Yield what is known to be missing or weak."""
    yield "## Known gaps"
    yield ""
    counted = (
        (tally.undated, "documents have no day of publication that could be read."),
        (tally.documents - tally.with_numbers, "documents have no indicator: prose, pictures, attachments."),
        (tally.blank_values, f"of {tally.values} indicators have no number: blanks, dashes, masks."),
        (tally.withdrawn, "documents are no longer to be found at any address they had."),
        (tally.by_level[None], "documents are of no division that is known: their region is null."),
        (tally.by_year[None], "documents do not say which year they report on."),
    )
    yield from (f"- {count} {sentence}" for count, sentence in counted if count)
    yield "- An organ that no portal and no report told of is not in `coverage`: its reports are missing unseen."
    yield "- Before 2014 reports had no tables; what can be compared over all years is little."
    yield "- Numbers of more than 15 digits are rounded in `value`; `raw` has them whole."
    yield from (f"- {note}" for note in fmt.notes)


def sources(tally: Tally) -> Iterator[str]:
    """Yield whose the documents are, where they are from, and how to cite them."""
    yield "## Licence and sources"
    yield ""
    yield LICENCE
    yield ""
    yield "Every row leads to its source: `url` and `source_sha256` in `reports`, the archive's record beside them."
    ordered = ordered_counts(tally.by_portal)
    if ordered:
        named = ", ".join(f"{portal} ({count})" for portal, count in ordered[:MOST_PORTALS])
        more = f" and {len(ordered) - MOST_PORTALS} more" if len(ordered) > MOST_PORTALS else ""
        yield ""
        yield f"Documents by portal: {named}{more}."
    yield ""
    yield (
        f"Cite a figure as: the organ, the report's title and its address, as of {tally.as_of or 'no day'}, read by "
        f"gov_reports {', '.join(sorted(tally.extractors)) or '?'}."
    )


def grid(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a Markdown table."""
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '·') for cell in row)} |"


def ordered_counts(counter: Counter[str]) -> list[tuple[str, int]]:
    """Return counts, the largest first, ties by name."""
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
