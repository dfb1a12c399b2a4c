"""The demo portals as addresses and answers: home page, lists of each make, articles, traps."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from crawler.demo.documents import Document, render_content
from crawler.demo.templates import SITES, fill, load_template

if TYPE_CHECKING:
    from collections.abc import Sequence

HTML = "text/html; charset=utf-8"
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "application/javascript; charset=utf-8"}
LATEST = 6
BRIEF = 26


@dataclass(slots=True, kw_only=True, frozen=True)
class Answer:
    """What a server says to one address."""

    status: int = 200
    body: bytes = b""
    media_type: str = HTML
    location: str | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Column:
    """A column (栏目): a folder with a list of documents."""

    key: str
    name: str
    path: str


@dataclass(slots=True, kw_only=True, frozen=True)
class SiteFile:
    """A portal's `site.toml`; a key that is not here is refused."""

    folder: str
    id: str
    name: str
    site_name: str
    address: str
    """The loopback address it likes to be served on."""
    port: int
    """The port it likes, so that a second run meets the same addresses."""
    hub: str
    """The 政务公开 page."""
    per_page: int
    charset: str = "utf-8"
    """What the bytes are; the pages and the server say utf-8 whatever it is."""
    first_page: str = "index.html"
    list_page: str = ""
    """Names of the pages after the first, `{number}` counted from `first_number`."""
    first_number: int = 2
    records: str | None = None
    """Where the list is served as XML records instead."""
    robots: str | None = None
    assets: dict[str, str] = field(default_factory=dict)
    words: dict[str, str]
    columns: list[Column]
    documents: list[Document]


def load_site(folder: str) -> SiteFile:
    """Return the portal described in `sites/<folder>/site.toml`."""
    table = tomllib.loads((SITES / folder / "site.toml").read_text("utf-8"))
    columns = [Column(**column) for column in table.pop("column")]
    documents = [Document(**document) for document in table.pop("document")]
    return SiteFile(folder=folder, columns=columns, documents=documents, **table)


class Site:
    """One demo portal at a given address (`host` with its port); `outside` is a host that is no part of it."""

    def __init__(self, file: SiteFile, host: str, outside: str) -> None:
        self.file = file
        self.records: dict[str, list[str]] = {}
        self._words: dict[str, object] = {
            **file.words,
            "site_name": file.site_name,
            "host": host,
            "outside": outside,
            "address": file.words["street"],
        }
        self._outside = outside
        self._missing = self._page("error-404.html", status=404)
        self.answers = self._build()

    def answer(self, target: str, form: str = "") -> Answer:
        """Return the answer to a request for `target` (path and query), `form` being a posted body."""
        path, _, query = target.partition("?")
        if path == self.file.records:
            return self._record_answer(parse_qs(f"{query}&{form}"))
        if path.endswith("/"):
            path += self.file.first_page if path + self.file.first_page in self.answers else "index.html"
        return self.answers.get(path, self._missing)

    def _build(self) -> dict[str, Answer]:
        file = self.file
        own = f"{file.folder}/"
        answers = {
            path: Answer(body=load_template(own + name).encode(), media_type=MEDIA_TYPES[name[name.rindex(".") :]])
            for path, name in file.assets.items()
        }
        if file.robots is not None:
            media_type = HTML if file.robots.startswith("<") else "text/plain"
            answers["/robots.txt"] = Answer(body=file.robots.strip().encode(), media_type=media_type)
        latest: dict[str, object] = {
            f"latest:{column.key}": "\n".join(self._entries(column, "/")[:LATEST]) for column in file.columns
        }
        answers["/index.html"] = self._page(own + "home.html", latest)
        answers[file.hub + "index.html"] = self._page(own + "hub.html")
        for column in file.columns:
            answers |= (self._record_list if file.records else self._numbered_list)(column)
            for document in file.documents:
                if document.column == column.key:
                    answers |= self._document(document, column)
        return answers

    def _page(self, template: str, words: dict[str, object] | None = None, *, status: int = 200) -> Answer:
        """Return a page of the portal: the template's part inside the portal's layout."""
        known = {"title": self.file.site_name, "meta": "", **self._words, **(words or {})}
        html = fill(
            load_template(f"{self.file.folder}/layout.html"), {**known, "main": fill(load_template(template), known)}
        )
        return Answer(status=status, body=html.encode(self.file.charset))

    def _entries(self, column: Column, folder: str) -> list[str]:
        """Return the column's list rows as the portal writes them on a page in `folder`."""
        template = load_template(f"{self.file.folder}/entry.html").strip()
        documents = [document for document in self.file.documents if document.column == column.key]
        documents.sort(key=newest_first)
        return [fill(template, entry_words(document, column, folder)) for document in documents]

    def _numbered_list(self, column: Column) -> dict[str, Answer]:
        """Return the pages of a static list, by address."""
        file = self.file
        pages = split(self._entries(column, column.path), file.per_page)
        names = [file.first_page] + [
            file.list_page.format(number=file.first_number + place) for place in range(len(pages) - 1)
        ]
        return {
            column.path + name: self._page(
                f"{file.folder}/list.html",
                {
                    **column_words(column),
                    "title": f"{column.name}_{file.site_name}",
                    "entries": "\n".join(rows),
                    "pager": render_pager(names, place),
                    "page_count": len(pages),
                    "page_index": place,
                },
            )
            for place, (name, rows) in enumerate(zip(names, pages, strict=True))
        }

    def _record_list(self, column: Column) -> dict[str, Answer]:
        """Return the one page of a list whose further records come from `dataproxy.jsp`."""
        number = column.path.strip("/").rpartition("col")[2]
        rows = self.records[number] = self._entries(column, column.path)
        words: dict[str, object] = {
            **column_words(column),
            "title": f"{self.file.site_name} {column.name}",
            "unit": f"90{number}",
            "column_id": number,
            "total": len(rows),
            "per_page": self.file.per_page,
            "first_records": render_records(rows, 0, self.file.per_page),
        }
        return {column.path + self.file.first_page: self._page(f"{self.file.folder}/list.html", words)}

    def _record_answer(self, query: dict[str, list[str]]) -> Answer:
        """Return the records that a `dataproxy.jsp` request asks for."""
        rows = self.records.get(query.get("columnid", [""])[0])
        try:
            first, last = int(query["startrecord"][0]), int(query["endrecord"][0])
        except (KeyError, ValueError):
            return self._missing
        if rows is None:
            return self._missing
        return Answer(body=render_records(rows, first - 1, last).encode(), media_type="text/xml; charset=utf-8")

    def _document(self, document: Document, column: Column) -> dict[str, Answer]:
        """Return the answers under a document's addresses."""
        path = locate(column, document.path)
        if document.leads_outside:
            return {path: Answer(status=302, location=f"http://{self._outside}/ndbg/2021.html")}
        if document.soft_404:
            return {path: self._page("soft-404.html")}
        if document.status != 200:
            return {path: self._page(f"error-{document.status}.html", status=document.status)}
        answers = {path: self._article(document, column)}
        if document.moved_from:
            answers[locate(column, document.moved_from)] = Answer(status=301, location=path)
        return answers

    def _article(self, document: Document, column: Column) -> Answer:
        content = render_content(document, self._words)
        if document.hidden:
            content += fill(load_template(f"{self.file.folder}/hidden.html"), self._words)
        for old, new in document.replaced.items():
            content = content.replace(old, new)
        words: dict[str, object] = {
            **self._words,
            **column_words(column),
            "title": f"{document.title}_{self.file.site_name}",
            "heading": document.title,
            "published_on": document.published_on,
            "source": document.source,
            "index_number": f"{self.file.words['siteid']}/{document.published_on:%Y-%m%d}",
            "content": content,
        }
        meta = SITES / self.file.folder / "meta.html"
        words["meta"] = fill(load_template(f"{self.file.folder}/meta.html"), words) if meta.exists() else ""
        return self._page(f"{self.file.folder}/article.html", words)


def column_words(column: Column) -> dict[str, object]:
    """Return what a page of the column says about it."""
    return {"column": column.name, "column_path": column.path}


def newest_first(document: Document) -> int:
    """Return a sort key that puts later dates first."""
    return -document.published_on.toordinal()


def entry_words(document: Document, column: Column, folder: str) -> dict[str, object]:
    """Return what a list row on a page in `folder` says about a document."""
    url, title = locate(column, document.moved_from or document.path), document.title
    return {
        "url": url,
        "path": url.removeprefix(folder),
        "heading": escape(title),
        "brief": escape(title if len(title) <= BRIEF else f"{title[: BRIEF - 2]}..."),
        "published_on": document.published_on,
    }


def locate(column: Column, path: str) -> str:
    """Return the path from the server's root."""
    return path if path.startswith("/") else column.path + path


def split(rows: Sequence[str], size: int) -> list[Sequence[str]]:
    """Return the rows in pages of `size`."""
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def render_pager(names: list[str], place: int) -> str:
    """Return the links to the other pages of a list, next page last but one."""
    if len(names) == 1:
        return ""
    numbers = [
        f"<b>{number + 1}</b>" if number == place else f'<a href="{name}">{number + 1}</a>'
        for number, name in enumerate(names)
    ]
    following = [f'<a href="{names[place + 1]}">下一页</a>'] if place + 1 < len(names) else []
    return " ".join([f"共{len(names)}页", *numbers, *following, f'<a href="{names[-1]}">尾页</a>'])


def render_records(rows: list[str], first: int, last: int) -> str:
    """Return rows `first` to `last` (from 0, the last excluded) as a Hanweb datastore."""
    records = "".join(f"<record><![CDATA[{row}]]></record>" for row in rows[first:last])
    size = last - first
    pages = -(-len(rows) // size)
    head = f"<totalrecord>{len(rows)}</totalrecord><totalpage>{pages}</totalpage>"
    return f"<datastore>{head}<recordset>{records}</recordset></datastore>"
