"""Text for corpus builders: a document a line, its paragraphs with digests, repeated ones marked, as MNBVC has it."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from crawler.datasets.formats.model import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.datasets.columns import Value
    from crawler.datasets.files import Staging, Written
    from crawler.datasets.recordtypes import Type
    from crawler.datasets.tables import Table
    from crawler.storage import StoredReport

DOCUMENTS: Final = "documents"
DOCUMENT_TYPES: Final[dict[str, Type]] = {
    "文件名": "string",
    **dict.fromkeys(("是否待查文件", "是否重复文件"), "bool"),
    "文件大小": "int64",
    "simhash": "uint64",
    **dict.fromkeys(("最长段落长度", "段落数", "去重段落数", "低质量段落数"), "int64"),
    "段落": [
        {
            "行号": "int64",
            **dict.fromkeys(("是否重复", "是否跨文件重复"), "bool"),
            **dict.fromkeys(("md5", "内容", "扩展字段"), "string"),
        }
    ],
    "扩展字段": "string",
}
SEEN: Final = ".seen.sqlite3"
HASH_BITS: Final = 64
SHINGLE: Final = 4
LANE: Final = 32
LANES: Final = [sum((value >> bit & 1) << bit * LANE for bit in range(8)) for value in range(256)]
"""For each byte its bits, far enough apart that sums of them do not meet: eight bits are counted with one addition."""
BLANKS: Final = re.compile(r"\s+")


class Corpus(Format):
    """`documents.jsonl`. Paragraphs seen before, in this document or another, are marked and keep their place.

    The digests of all paragraphs so far lie in a file beside it while it is made: memory does not grow with them.
    """

    name = "text"
    media_type = "application/jsonlines"
    layout = "corpus"

    def __init__(self, staging: Staging, tables: Sequence[Table], *, bom: bool = False) -> None:  # noqa: ARG002
        super().__init__(staging, (), bom=bom)
        self.counts = {DOCUMENTS: 0}
        self._draft = staging.draft(self.place(DOCUMENTS))
        self._seen = sqlite3.connect(staging.path / SEEN, isolation_level=None)
        for rule in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
            self._seen.execute(f"PRAGMA {rule}")
        self._seen.execute("CREATE TABLE paragraphs (md5 BLOB PRIMARY KEY) WITHOUT ROWID")
        self._seen.execute("CREATE TABLE documents (md5 BLOB PRIMARY KEY) WITHOUT ROWID")
        self._seen.execute("BEGIN")

    def add_report(self, stored: StoredReport) -> None:
        """Write a document."""
        report = stored.report
        name = f"{stored.id}-{stored.rendition}.txt"
        about = {
            "report_id": stored.id,
            "rendition": stored.rendition,
            "title": report.title,
            "issuer": report.issuer.name,
            "region_code": report.region.code,
            "report_year": report.report_year,
            "url": report.source.url,
            "source_sha256": report.source.sha256,
        }
        repeated = not self._is_new("documents", md5(report.text))
        paragraphs = self._paragraphs(report.text)
        document = {
            "文件名": name,
            "是否待查文件": any(finding.severity == "reject" for finding in report.findings),
            "是否重复文件": repeated,
            "文件大小": len(report.text.encode("utf-8", "replace")),
            "simhash": simhash(report.text),
            "最长段落长度": max((len(str(each["内容"])) for each in paragraphs), default=0),
            "段落数": len(paragraphs),
            "去重段落数": sum(not each["是否重复"] for each in paragraphs),
            "低质量段落数": 0,
            "段落": paragraphs,
            "扩展字段": json.dumps(about, ensure_ascii=False),
        }
        self._draft.write(json.dumps(document, ensure_ascii=False) + "\n")
        self.counts[DOCUMENTS] += 1

    def _paragraphs(self, text: str) -> list[dict[str, str | int | bool]]:
        paragraphs: list[dict[str, str | int | bool]] = []
        here: set[bytes] = set()
        for number, line in enumerate(text.split("\n"), 1):
            content = line.strip()
            if not content:
                continue
            mark = md5(content)
            repeated = mark in here
            paragraphs.append(
                {
                    "行号": number,
                    "是否重复": repeated,
                    "是否跨文件重复": not repeated and not self._is_new("paragraphs", mark),
                    "md5": mark.hex(),
                    "内容": content,
                    "扩展字段": "",
                }
            )
            here.add(mark)
        return paragraphs

    def _is_new(self, table: str, mark: bytes) -> bool:
        """Note a digest and return whether it was not there."""
        added = self._seen.execute(f"INSERT OR IGNORE INTO {table} VALUES (?)", (mark,))  # noqa: S608  # our own names
        return added.rowcount == 1

    def write(self, table: Table, row: Sequence[Value]) -> None:
        """Write nothing: a corpus has no tables."""

    def finish(self) -> list[Written]:
        """Return the sealed file."""
        with closing(self._seen):
            self._seen.execute("COMMIT")
        (self.staging.path / SEEN).unlink()
        return [self._draft.seal()]

    def place(self, table: str) -> str:
        """Return the one file."""
        return f"{table}.jsonl"


def md5(text: str) -> bytes:
    """Return the MD5 of a text: what corpus tools name paragraphs by, no protection."""
    return hashlib.md5(text.encode("utf-8", "replace"), usedforsecurity=False).digest()


def simhash(text: str) -> int:
    """Return a 64-bit fingerprint: texts that differ little differ in few bits. Of 4-character shingles, once each.

    >>> simhash("") == 0, (simhash("公开信息三百条，同比增加") ^ simhash("公开信息三百条，同比减少")).bit_count() < 32
    (True, True)
    """
    letters = BLANKS.sub("", text)
    shingles = {letters[start : start + SHINGLE] for start in range(max(len(letters) - SHINGLE + 1, bool(letters)))}
    return majority([hashlib.blake2b(each.encode("utf-8", "replace"), digest_size=8).digest() for each in shingles])


def majority(digests: Sequence[bytes]) -> int:
    """Return the number whose every bit is the one that most of the digests have; ties give 0."""
    result, half = 0, len(digests) / 2
    for place in range(HASH_BITS // 8):
        ones = sum(LANES[digest[place]] for digest in digests)
        for bit in range(8):
            if (ones >> bit * LANE & (1 << LANE) - 1) > half:
                result |= 1 << (place * 8 + bit)
    return result
