"""The day of publication, by trust: a visible label, PubDate, the list, the sign-off, the address.

A site merge stamps its pages anew, so PubDate and the address may be years late; what the page prints wins over them.
A report for a year cannot have come out before that year ended, and nothing after it was fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from crawler.facts.bylines import pair_labels
from crawler.facts.dates import Printed, first_date, iter_dates, short_date
from crawler.facts.urldates import url_date, url_month
from crawler.facts.words import narrow
from crawler.items import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Article

LABEL: Final = re.compile(r"(?P<label>[一-龥](?:[ \t]{0,4}[一-龥]){1,5})[ \t]{0,4}[】\])]?[ \t]{0,4}[:：]?[ \t|]{0,6}$")
"""The word before a date, its characters often set apart: `发 布 日 期：`."""
PUBLISHED: Final = re.compile(
    r"(?:发布|公开|发表|公布|刊发|上网|上传|上载|添加|录入|信息|文章|公示|更新发布)(?:日期|时间)|发布于|发表于|发布$|^Date$"
)
WRITTEN: Final = re.compile(r"(?:成文|生成|印发|发文|制发|签发|编制|形成|产生)(?:日期|时间)")
CHANGED: Final = re.compile(r"(?:更新|修改|最后修改|编辑)(?:日期|时间)|更新于")
NOT_MEANT: Final = re.compile(
    r"填报|填表|归档|废止|失效|截止|截至|有效|实施|生效|打印|访问|今天|现在|当前|星期|开始|结束|会议|来信|回复"
)
BARE: Final = re.compile(r"(?:日期|时间)$")
LABELS: Final = ((PUBLISHED, 1), (WRITTEN, 6), (CHANGED, 5), (BARE, 2))
"""Labels of dates with their rank of trust; a bare 时间 ranks by where it stands."""

PUBLISHED_META: Final = (
    "pubdate",
    "firstpublishedtime",
    "publishdate",
    "article:published_time",
    "publish_time",
    "publish_date",
    "pub_date",
    "publishtime",
    "publishedtime",
    "pubtime",
    "releasedate",
    "og:release_date",
    "datepublished",
    "createdate",
    "articledate",
    "createtime",
    "issuedate",
    "og:article:published_time",
    "bytedance:published_time",
    "weibo: article:create_at",
    "apub:time",
    "og:time",
)
MADE_META: Final = ("maketime", "dc.date", "dc.date.issued", "date")
"""Tags that a CMS may write anew whenever it makes the page again."""
SCRIPTED: Final = re.compile(
    rb"(?i)\b(?P<name>pub_?(?:lish)?_?(?:date|time|data)|date_?published|docreltime|fbsj|fbrq|release_?(?:date|time))['\"]?\s{0,3}[:=]\s{0,3}"
    rb"(?P<mark>['\"])(?P<value>[^'\"\r\n]{8,40})(?P=mark)"
)
"""A script's variable that the page writes behind its label: `var pubdata='2019-10-17'`."""
WRITTEN_BY_SCRIPT: Final = re.compile(
    r"(?:日期|时间)\s{0,9}[:：]\s{0,9}(?:<(?!script)[^<>]{0,200}>\s{0,9}){0,4}<script[^<>]{0,100}>[^<]{0,200}?"
    r"['\"](?P<value>(?:19|20)\d\d[-/.年][^'\"<]{3,30})['\"]",
    re.I,
)
"""A label and the script that writes its value."""
TIME_TAG: Final = re.compile(rb"<time\b[^<>]{0,100}?\bdatetime\s?=\s?['\"]?(?P<value>[\d-]{10})", re.I)
FIRST_DAY: Final = date(1995, 1, 1)
"""No Chinese government site is older."""
EARLIEST: Final = (12, 1)
"""Month and day of the report year from which its report may come out: some organs close the books in December."""
LATE_AFTER: Final = timedelta(days=366)
"""Time after the end of the year in which a report is due; PubDate or an address later still are a migration's."""
APART: Final = timedelta(days=45)
"""PubDate or an address this much later than the printed day: the page was moved."""
LONGEST_LINE: Final = 500
SHORT: Final = 8
"""Characters of a date with two digits of a year, which only a label makes one."""
LABEL_REACH: Final = 30
"""Characters before a date in which its label stands."""
PRINTED: Final = 3
"""Lowest rank of the dates that the page prints as its own; a month among them is not made up for by a CMS's day."""
TOP_LINES: Final = 4
END_LINES: Final = 8
SIGNED: Final = 2
"""Lines at the end, organ and date, that sign a document however short it is."""
SIGN_OFF_LENGTH: Final = 60
SIGN_OFF: Final = re.compile(r"[^。；;]{0,40}")
HAS_DIGIT: Final = re.compile(r"\d|[〇○]")
TODAY: Final = re.compile(r"今天|现在|星期|礼拜|农历|当前时间|欢迎")


@dataclass(slots=True, frozen=True)
class Candidate:
    """A date that may be the day of publication."""

    printed: Printed
    reading: str
    rank: int
    """1 the most trusted."""
    by_machine: bool = False
    """Set by a CMS, hence anew by a migration: PubDate, the address."""


@dataclass(slots=True)
class Publication:
    """The day of publication, as printed, and where; what speaks against the other dates."""

    on: date | None = None
    raw: str | None = None
    reading: str | None = None
    findings: list[Finding] = field(default_factory=list)


def find_published(article: Article, report_year: int | None) -> Publication:
    """Return the day of publication; `report_year` is a disclosure report's, None for every other document."""
    candidates = sorted(iter_candidates(article), key=lambda each: each.rank)
    fetched = article.page.fetched_at.date() if article.page.fetched_at else None
    found = Publication()
    fallback: Candidate | None = None
    for candidate in candidates:
        why = _implausible(candidate, report_year, fetched)
        if why:
            message = f"{candidate.reading} gives {candidate.printed.raw}, which is {why}"
            finding = Finding(code="date.implausible", severity="warning", message=message)
            found.findings += [finding] if finding not in found.findings else []
        elif candidate.printed.is_month and candidate.rank <= PRINTED:
            fallback = candidate
            break
        elif candidate.printed.value is None or _is_migrated(candidate, report_year, candidates):
            fallback = fallback or candidate
        else:
            found.on, found.raw, found.reading = candidate.printed.value, candidate.printed.raw, candidate.reading
            break
    if found.on is None and (kept := fallback or next(iter(candidates), None)):
        found.raw, found.reading = kept.printed.raw, kept.reading
        if kept.printed.value and kept is fallback and kept.reading != "url":
            found.on = kept.printed.value
    found.findings.extend(_migrations(found.on, candidates, report_year))
    return found


def iter_candidates(article: Article) -> Iterator[Candidate]:
    """Yield every date that stands where a date of publication may stand."""
    lines = [line[:LONGEST_LINE] for line in pair_labels(article.byline)]
    seen = [candidate for line in lines for candidate in _labelled(line, "byline", bare=2)]
    yield from seen
    for names, rank in ((PUBLISHED_META, 4), (MADE_META, 8)):
        for name in names:
            printed = first_date(article.meta.get(name, "")[:LONGEST_LINE])
            if printed:
                yield Candidate(printed, f"meta {'PubDate' if name == 'pubdate' else name}", rank, by_machine=True)
    if not seen:
        yield from _scripted(article)
    entry = article.page.entry
    if entry and entry.listed_on:
        yield Candidate(Printed(entry.listed_on.isoformat(), entry.listed_on, 0, 0), "list", 5)
    lines = [line for line in article.text.split("\n") if line.strip()]
    for line in lines[: min(TOP_LINES, len(lines) - SIGNED)] if len(lines) > SIGNED else ():
        if len(line) <= SIGN_OFF_LENGTH:
            yield from _labelled(line, "text", bare=3)
    yield from _sign_off(lines[-END_LINES:])
    url = article.page.url
    day, month = url_date(url), url_month(url)
    if day or month:
        yield Candidate(Printed(day.isoformat() if day else str(month), day, 0, 0), "url", 9, by_machine=True)


def _scripted(article: Article) -> Iterator[Candidate]:
    """The date that a script would have written where the byline has a label alone, or that of the one `<time>`."""
    body = article.page.body
    codec = article.source.charset or "utf-8"
    for match in SCRIPTED.finditer(body):
        printed = first_date(match["value"].decode(codec, "replace"))
        if printed and printed.value:
            yield Candidate(printed, f"script {match['name'].decode('ascii')}", 3)
            return
    written = WRITTEN_BY_SCRIPT.search(body.decode(codec, "replace")) if b"<script" in body else None
    if written and (printed := first_date(written["value"])):
        yield Candidate(printed, "script", 3)
    times = {match["value"] for match in TIME_TAG.finditer(body)}
    if len(times) == 1 and (printed := first_date(times.pop().decode("ascii"))):
        yield Candidate(printed, "time", 4)


def _labelled(line: str, place: str, *, bare: int) -> Iterator[Candidate]:
    """The dates of a line with what the words before them make of them."""
    if not HAS_DIGIT.search(line) or (TODAY.search(line) and not PUBLISHED.search(line)):
        return
    seen = False
    for printed in iter_dates(line):
        seen = True
        candidate = _by_label(line, printed, place, bare)
        if candidate:
            yield candidate
    alone = None if seen else first_date(line) or short_date(line)
    candidate = _by_label(line, alone, place, bare) if alone else None
    if candidate and alone and (len(alone.raw) > SHORT or candidate.reading != place):
        yield candidate


def _by_label(line: str, printed: Printed, place: str, bare: int) -> Candidate | None:
    match = LABEL.search(narrow(line[max(0, printed.start - LABEL_REACH) : printed.start]))
    label = re.sub(r"\s", "", match["label"]) if match else ""
    if NOT_MEANT.search(label):
        return None
    for pattern, rank in LABELS:
        if found := pattern.search(label):
            return Candidate(printed, f"{place} {found[0]}", bare if pattern is BARE else rank)
    alone = re.fullmatch(r"[\s(（\[【]*", line[: printed.start])
    return Candidate(printed, place, bare) if alone or place == "byline" else None


def _sign_off(lines: list[str]) -> Iterator[Candidate]:
    """The date under a document: alone in its line, or behind the name of the organ that signs."""
    for line in reversed(lines):
        if len(line) > SIGN_OFF_LENGTH or " | " in line or not HAS_DIGIT.search(line):
            continue
        for printed in iter_dates(line):
            before, after = line[: printed.start].strip(), line[printed.end :].strip(" \t　)）】]。")
            if (
                not after
                and SIGN_OFF.fullmatch(before)
                and not NOT_MEANT.search(before)
                and not re.search(r"[:：,，、至到]$", before)
            ):
                yield Candidate(printed, "text sign-off", 7)
                return


def _implausible(candidate: Candidate, report_year: int | None, fetched: date | None) -> str | None:
    """Say why a date cannot be a day of publication, or None."""
    day = candidate.printed.value
    if day is None:
        return "no day of the calendar" if re.match(r"0000|1970|1900", candidate.printed.raw) else None
    if day < FIRST_DAY:
        return "older than the web"
    if fetched and day > fetched + timedelta(days=1):
        return f"after the page was fetched, {fetched}"
    if report_year and day < date(report_year, *EARLIEST):
        return f"before the year reported on, {report_year}, was over"
    return None


def _is_migrated(candidate: Candidate, report_year: int | None, candidates: list[Candidate]) -> bool:
    """Tell whether a machine's date is too late to be the first publication."""
    day = candidate.printed.value
    if not candidate.by_machine or day is None:
        return False
    if report_year:
        return day > date(report_year, 12, 31) + LATE_AFTER
    signed = [each.printed.value for each in candidates if each.rank in (5, 6, 7) and each.printed.value]
    return bool(signed) and day > max(signed) + LATE_AFTER


def _migrations(on: date | None, candidates: list[Candidate], report_year: int | None) -> Iterator[Finding]:
    """A finding for each date of a machine that is much later than the printed day, or than the report was due."""
    for candidate in candidates:
        day = candidate.printed.value
        if not candidate.by_machine or day is None:
            continue
        if on and day > on + APART:
            message = f"{candidate.reading} says {day}, the page {on}: it was moved or stamped anew"
            yield Finding(code="date.migrated", severity="info", message=message)
        elif report_year and on in (None, day) and day > date(report_year, 12, 31) + LATE_AFTER:
            message = (
                f"{candidate.reading} says {day}, long after a report for {report_year} was due: a migration's date"
            )
            yield Finding(code="date.migrated", severity="info", message=message)
