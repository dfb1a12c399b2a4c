"""`scrapy search`: the stored reports that hold some words, with the lines that do."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final, get_args

from scrapy.commands import ScrapyCommand

from crawler.commands.export import parse_filters
from crawler.errors import GovReportsError, UsageError
from crawler.items import FormId, Level
from crawler.running.logs import mask
from crawler.running.verdict import judge_error
from crawler.storage import open_store
from crawler.storage.reading import Quality
from crawler.storage.search import parse_terms, search

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from crawler.storage.search import Hit

NOTHING: Final = 1
LINES: Final = 5
"""Lines of a report that are shown."""
AROUND: Final = 40
"""Characters of a long line that are shown before and after a word."""
BOLD: Final = ("\x1b[1;31m", "\x1b[0m")
PLAIN: Final = ("【", "】")


class Command(ScrapyCommand):
    """Prints the reports that hold every word."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it so

    def syntax(self) -> str:
        return "WORD… [--years 2016-2024] [--region R] [--issuer I] [--limit N] [--json]"

    def short_desc(self) -> str:
        return "Find the stored reports that hold some words"

    def long_desc(self) -> str:
        return (
            "Print the reports whose text or title holds every WORD, with the lines that do. Chinese words are found "
            "wherever they stand, whatever their length; Latin words and numbers are whole words. Full-width and plain "
            "letters, capitals and blanks between Chinese characters make no difference. Nothing in a WORD is syntax. "
            "Exit code: 0 found, 1 nothing found, 2 wrong usage, 8 the store cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        wanted = parser.add_argument_group(title="Search")
        wanted.add_argument("--limit", type=int, default=20, metavar="N", help="reports to show (default 20; 0: all)")
        wanted.add_argument("--json", action="store_true", help="print a JSON object a report")
        chosen = parser.add_argument_group(title="Which reports")
        chosen.add_argument(
            "--years", "--year", metavar="YEARS", help="report years: 2019, 2016-2024 or 2016,2018-2020"
        )
        chosen.add_argument("--region", metavar="R", help="beginning of a region code (44, 4415) or part of its name")
        chosen.add_argument("--issuer", metavar="I", help="part of the issuer's name")
        chosen.add_argument("--level", choices=get_args(Level), help="level of the issuer's division")
        chosen.add_argument("--form", choices=get_args(FormId), help="form of the report")
        chosen.add_argument("--quality", choices=get_args(Quality), help="doubtful: a finding is a warning or graver")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = 0
        try:
            if opts.limit < 0:
                raise UsageError(f"--limit {opts.limit}: must not be negative")
            self.exitcode = self.show(parse_terms(args), opts)
        except GovReportsError as error:
            self.exitcode = judge_error(error).code
            print(f"scrapy search: {mask(str(error))}", file=sys.stderr)
        except BrokenPipeError:  # `| head` has seen enough
            sys.stderr.close()

    def show(self, terms: Sequence[str], opts: argparse.Namespace) -> int:
        """Print the hits and return the exit code."""
        marks = BOLD if sys.stdout.isatty() else PLAIN
        assert self.settings is not None  # noqa: S101  # set by Scrapy before this call
        found = 0
        with open_store(self.settings["GOV_REPORTS_STORE"]) as store, store.snapshot() as connection:
            for hit in search(connection, terms, parse_filters(opts), opts.limit or None):
                found += 1
                print(dump_hit(hit) if opts.json else "\n".join(describe(hit, marks)))
        if not opts.json and found and found == opts.limit:
            print(f"(the first {found}; --limit 0 shows all)")
        return 0 if found else NOTHING


def dump_hit(hit: Hit) -> str:
    """Return a hit as JSON."""
    told = {
        "report_id": hit.report_id,
        "rendition": hit.rendition,
        "report_year": hit.report_year,
        "issuer": hit.issuer_name,
        "title": hit.title,
        "url": hit.url,
        "lines": [{"number": number, "text": text, "found": found} for number, text, found in hit.lines],
    }
    return json.dumps(told, ensure_ascii=False)


def describe(hit: Hit, marks: tuple[str, str]) -> Iterator[str]:
    """Yield what is printed of a hit."""
    yield mask(f"{hit.report_year or '????'} {hit.issuer_name or '?'}  {hit.title or ''}")
    yield mask(f"  {hit.url or ''}  ({hit.report_id})")
    for number, text, found in hit.lines[:LINES]:
        yield f"  {number:>4}: {highlight(text, found, marks)}"
    if len(hit.lines) > LINES:
        yield f"        … {len(hit.lines) - LINES} more lines"


def highlight(line: str, found: Sequence[tuple[int, int]], marks: tuple[str, str]) -> str:
    """Return a line with what was found in it marked; of a long line the part round the first.

    >>> highlight("收到政府信息公开申请12件", [(8, 10)], ("[", "]"))
    '收到政府信息公开[申请]12件'
    """
    if not found:
        return mask(line[: 2 * AROUND])
    first = max(found[0][0] - AROUND, 0) if len(line) > 3 * AROUND else 0
    last = min(found[0][1] + 2 * AROUND, len(line)) if len(line) > 3 * AROUND else len(line)
    parts, place = ["…" if first else ""], first
    for start, end in found:
        if end <= last:
            parts += [mask(line[place:start]), marks[0], mask(line[start:end]), marks[1]]
            place = end
    return "".join([*parts, mask(line[place:last]), "…" if last < len(line) else ""])
