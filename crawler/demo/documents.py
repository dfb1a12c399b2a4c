"""The documents of the demo portals: reports of all four forms and what stands beside them, as HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeAlias

from crawler.demo.templates import NAME, fill, load_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

Printed: TypeAlias = int | str
"""A cell as the data file has it: a number, or the characters to print (`+15`, `46218.7万元`)."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Document:
    """One entry of a demo portal's `site.toml`; a key that is not here is refused."""

    column: str
    path: str
    """Below the column's folder, or from the root."""
    title: str
    published_on: date
    source: str
    paragraphs: list[str] = field(default_factory=list)
    """The text of a document that is no report."""
    rows: list[list[str]] = field(default_factory=list)
    """Its table."""
    form: str | None = None
    """Which report form it is written in; None: no report."""
    kind: str = ""
    """government, department or town: chooses the prose."""
    year: int = 0
    organ: str = ""
    short: str = ""
    """What the organ calls itself: 我市, 我局."""
    highlight: str = ""
    """A sentence that only this report has."""
    numbers: dict[str, int] = field(default_factory=dict)
    """What the prose counts, beyond what the tables give."""
    fee: str = ""
    office: str = ""
    address: str = ""
    zip: str = ""
    phone: str = ""
    t2: dict[str, list[Printed]] = field(default_factory=dict)
    t3: dict[str, list[int]] = field(default_factory=dict)
    """Rows by number, six applicants each; rows left out are zero, `r1`, `r3.7` and the totals follow from the rest."""
    stated: dict[str, list[int]] = field(default_factory=dict)
    """Rows of 表三 printed otherwise than the sums say."""
    t4: dict[str, list[int]] = field(default_factory=dict)
    stat: dict[str, Printed] = field(default_factory=dict)
    """Cells of the statistics table of 2014; one left out is blank."""
    head: str = ""
    checker: str = ""
    clerk: str = ""
    mobile: str = ""
    filed: str = ""
    blank_zeros: bool = False
    """Whether 表三 leaves zero cells empty."""
    tables: Literal["kept", "lost"] = "kept"
    hidden: bool = False
    """Whether someone planted hidden text and links."""
    replaced: dict[str, str] = field(default_factory=dict)
    """Strings a clone put others in the place of."""
    status: int = 200
    moved_from: str | None = None
    """The address the list gives, which leads to `path` by redirect."""
    leads_outside: bool = False
    """Whether the address leads to a host that is no part of the portal."""
    soft_404: bool = False
    """Whether the server says with status 200 that there is no such page."""


def render_content(document: Document, words: dict[str, object]) -> str:
    """Return the document's own HTML, without the page round it."""
    if document.form is None:
        lines = [fill(text, words) for text in document.paragraphs]
        table = [[fill(cell, words) for cell in row] for row in document.rows]
        return "\n".join([*(f"<p>{escape(line)}</p>" for line in lines), *plain_table(table)])
    template = load_template(f"prose/{document.form}.{document.kind}.txt")
    known = words | document_words(document)
    return "\n".join(render_line(line, document, known) for line in template.splitlines())


def render_line(line: str, document: Document, words: dict[str, object]) -> str:
    """Return one line of a prose template as HTML: a heading, a table or a paragraph."""
    if line.startswith("@"):
        return TABLES[line[1:]](document, words) if document.tables == "kept" else ""
    if line.startswith("# "):
        return f"<p><strong>{fill(line[2:], words)}</strong></p>"
    return f"<p>{escape(fill(line, words))}</p>"


def document_words(document: Document) -> dict[str, object]:
    """Return what a report's prose can name: its own facts, and the numbers its tables give."""
    facts = ("year", "organ", "short", "highlight", "fee", "head", "checker", "clerk", "mobile", "filed")
    own = ("office", "address", "zip", "phone")
    words: dict[str, object] = {name: getattr(document, name) for name in facts}
    words |= {name: value for name in own if (value := getattr(document, name))}
    words["next"] = document.year + 1
    words |= {"s" + code.replace(".", "_"): value for code, value in document.stat.items()}
    return words | table_numbers(document) | document.numbers


def table_numbers(document: Document) -> dict[str, object]:
    """Return the totals of 表三 and 表四 under the names that the prose uses."""
    if not document.t4:
        return {}
    rows = application_rows(document)
    groups = {"refused": "r3.3.", "unable": "r3.4.", "unhandled": "r3.5."}
    single = {"received": "r1", "carried": "r2", "granted": "r3.1", "partly": "r3.2", "done": "r3.7", "left": "r4"}
    return {
        **{name: sum(rows[row]) for name, row in single.items()},
        **{name: sum(chain(*(rows[row] for row in rows if row.startswith(head)))) for name, head in groups.items()},
    }


def application_rows(document: Document) -> dict[str, list[int]]:
    """Return 表三 by row number, six applicants a row, with the two rows that follow from the others."""
    names = NAME.findall(load_template(f"tables/{document.form}.t3.html"))
    if unknown := document.t3.keys() - set(names):
        raise KeyError(f"{document.title}: {document.form} has no row {sorted(unknown)}")
    rows = {name: document.t3.get(name, [0] * 6) for name in names}
    rows["r3.7"] = add(rows[name] for name in names if name.startswith("r3.") and name != "r3.7")
    rows["r1"] = [
        done + left - carried for done, left, carried in zip(rows["r3.7"], rows["r4"], rows["r2"], strict=True)
    ]
    return rows | document.stated


def add(rows: Iterable[list[int]]) -> list[int]:
    """Return the sums of the rows' columns."""
    return [sum(column) for column in zip(*rows, strict=True)]


def cell(value: object) -> str:
    """Return a table cell as the portals' editors write it."""
    return f'<td><p align="center">{value}</p></td>'


def disclosure_table(document: Document, words: dict[str, object]) -> str:
    """Return 表二."""
    cells = {f"{row}.{place}": value for row, values in document.t2.items() for place, value in enumerate(values)}
    return fill(load_template(f"tables/{document.form}.t2.html"), words | cells)


def application_table(document: Document, words: dict[str, object]) -> str:
    """Return 表三."""

    def row(values: list[int]) -> str:
        printed = ["&nbsp;" if document.blank_zeros and not value else value for value in values]
        return "".join(map(cell, [*printed, sum(values)]))

    rows = {name: row(values) for name, values in application_rows(document).items()}
    return fill(load_template(f"tables/{document.form}.t3.html"), words | rows)


def dispute_table(document: Document, words: dict[str, object]) -> str:
    """Return 表四."""
    blocks = {name: "".join(map(cell, [*values, sum(values)])) for name, values in document.t4.items()}
    return fill(load_template("tables/t4.html"), words | blocks)


def statistics_table(document: Document, words: dict[str, object]) -> str:
    """Return the statistics table of 2014 with its sign-off lines; cells without a value are blank."""
    template = load_template("tables/stat-2014.html")
    blank: dict[str, object] = dict.fromkeys(NAME.findall(template), "&nbsp;")
    return fill(template, blank | words | document.stat)


TABLES: dict[str, Callable[[Document, dict[str, object]], str]] = {
    "t2": disclosure_table,
    "t3": application_table,
    "t4": dispute_table,
    "stat": statistics_table,
}


def plain_table(rows: list[list[str]]) -> list[str]:
    """Return the lines of a table that is no report's."""
    if not rows:
        return []
    body = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)
    return [f'<table border="1" align="center" cellspacing="0" cellpadding="6">{body}</table>']
