"""The places of a page that name the organ whose report it is, in order of trust."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from crawler.facts.bylines import pair_labels
from crawler.facts.organs import ORGAN_END, YEARS, clean_organ, is_same_organ, organ_of_site
from crawler.facts.regions.matching import find_mentions
from crawler.facts.words import YEAR, host_of, narrow, plain
from crawler.items import Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Article

SUBJECT: Final = re.compile(
    r"(?:(?:(?<!人民)政府|政务)?信息[公共]开|(?:(?<!人民)政府)?信息与政务公开|政[务府]公开|(?<!人民)政府信息)(?!办|中心|领导小组|工作领导|工作办公室|科|处)"
)
"""Where the words for a disclosure report begin: 乡人民政府|信息公开年报, 市|政府信息公开, but no 政务公开办公室."""
OTHER_SUBJECT: Final = re.compile(r"年度?工作报告|年报|年度报告|工作年度报告|网站|法治政府|工作总结")
DOMAIN: Final = re.compile(rf"(?P<organ>.{{2,40}}?){YEAR}年?度?[一-龥]{{2}}$")
"""A year and the organ's field before the words for a report: 海关总署|2010年|海关|信息公开."""
ABOUT: Final = re.compile(r"关于(?:公布|发布|印发|公开|报送)?")
TAIL: Final = re.compile(r"(?:报告|年报)\)?[(_—–-]*(?P<tail>[^()_—–-]{3,30})\)?$")
"""What stands behind the words for a report."""
RENDITION: Final = re.compile(r"文字版|图片版|图解|解读|超链|PDF|pdf|[一二三]图|修订|盖章|扫描|试行|全文|[Ww]ord|附")
LIST_MARK: Final = re.compile(r"[>»›/→\\|＞]+|--+|::")

OPENING: Final = 1500
"""Characters in which a report says by whom it was made."""
_NAME: Final = r"[^，。；;:：、,《》()（）\s]"
COMPILED: Final = re.compile(
    rf"由(?<![经理缘]由)(?P<name>{_NAME}{{2,40}}?)(?:负责|组织|牵头|统一)?(?:(?:根据|按照|依据|依照|结合|综合)[^。；;\n]{{2,160}}?)?(?:编制|编写|撰写|制作|起草|汇总)"
)
ANNOUNCED: Final = re.compile(
    rf"(?:现(?<![体实出发呈表展]现)特?|特(?<!独特))(?:将|就)?(?:予以|编制)?(?:面?向社会)?(?:公布|公开|发布|公告|报告)?(?:了|本)?《?(?P<name>{_NAME}{{2,40}}?)"
    rf"(?:{YEAR}|政府信息|信息公开|政务公开)[^。；;\n]{{0,50}}?(?:报告|情况)(?!的?(?:通知|要求|格式|制度))"
)
CONTACTED: Final = re.compile(
    rf"请(?:与|和|同|联系|致电|咨询|向)\s*[:：]?\s*(?P<name>{_NAME}{{3,40}}?)(?:(?:政[府务])?(?:信息)?公开.{{0,8}}|办公室|.{{1,4}}[科股室])?"
    rf"(?:联系|咨询|反映|[，,；;(（]|地址|电话)"
)
OFFICE: Final = re.compile(
    r"(?:(?<=人民政府)政府|(?<!人民)政府(?=信息公开))?(?:政务|信息)公开(?:工作)?(?:领导小组)?(?:办公室|办)?$|(?<=[局厅])(?:指挥中心|机关)?办公室$"
)
"""The office inside an organ that writes its report: 青禾市人民政府|信息公开办, 青禾县公安局|办公室."""
WHOLE_NAME: Final = re.compile(
    r"^(?![局委厅办院]).{2,}(?:[局厅院委]|委员会|中心|政府|公司|街道|[镇乡]|办公室|办事处|法院)$"
)
"""A name that says whose it is; the 局办公室 of a preamble is any organ's."""
SOURCE: Final = re.compile(
    r"(?:信息来源|文章来源|来\s{0,4}源|稿源|供稿单位|供稿|信息提供(?:单位)?)\s*[:：]\s*(?P<name>[^\s|]{2,40})"
)
PUBLISHER: Final = re.compile(
    r"(?:发\s*布\s*机\s*构|发\s*布\s*机\s*关|发\s*布\s*单\s*位|发\s*布\s*部\s*门|公\s*开\s*主\s*体|公开单位|公开责任部门|责任部门|责任单位|制发机关|制发单位|发\s*文\s*机\s*关|发文单位|发文机构|信息产生部门|信息所有者|主办单位)"
    r"[】\])]?\s*[:：|]?\s*(?P<name>[^\s|]{2,40})"
)
LONGEST_LINE: Final = 500
"""Characters of a line round the document that are read."""
SIGN_OFF_LINES: Final = 6
SIGN_OFF_LENGTH: Final = 40


@dataclass(slots=True, frozen=True)
class Named:
    """An organ's name with the place where it stood."""

    name: str
    """In plain characters."""
    reading: str
    raw: str
    span: Span | None = None


def iter_issuers(article: Article, title: str | None, title_reading: str | None) -> Iterator[Named]:
    """Yield the names that may be the issuer's, the most trusted first."""
    if title and (name := organ_in_title(title)):
        yield Named(name, "list" if title_reading == "list" else "title", name if name in title else title)
    entry = article.page.entry
    if entry and title_reading != "list" and (name := organ_in_title(entry.title)):
        yield Named(name, "list", name if name in entry.title else entry.title)
    yield from names_in_body(article.text)
    if entry and entry.organ and (name := clean_organ(entry.organ)):
        yield Named(name, "list organ", entry.organ)
    source = article.meta.get("contentsource", "")[:LONGEST_LINE]
    if name := clean_organ(source):
        yield Named(name, "meta ContentSource", source)
    yield from _labelled(article.byline, SOURCE, "byline 来源")
    yield from _labelled(article.byline, PUBLISHER, "byline 发布机构")
    yield from _signed(article.text)
    yield from _in_breadcrumb(article.breadcrumb)
    yield from site_organs(article)
    yield from _contacted(article.text)


def organ_in_title(title: str) -> str | None:
    """Return the organ that a report's title names, in plain characters; joint issuers stay apart by a blank.

    >>> organ_in_title("2022年青禾市政府信息公开工作年度报告"), organ_in_title("青禾县 人社局2017政府信息公开 报告")
    ('青禾市', '青禾县人社局')
    >>> organ_in_title("政府信息公开工作2010年度报告"), organ_in_title("2020年报_青禾市审计局")
    (None, '青禾市审计局')
    """
    title = title[:LONGEST_LINE]
    words = plain(title)
    subject = SUBJECT.search(words) or OTHER_SUBJECT.search(words)
    head = words[: subject.start()] if subject else words
    if (domain := DOMAIN.match(head)) and clean_organ(domain["organ"]):
        head = domain["organ"]
    names = (clean_organ(part) for part in reversed(ABOUT.split(head)))
    name = next(filter(None, names), None)
    if name:
        return _joint(title, name)
    tail = TAIL.search(words) if subject else None
    return clean_organ(tail["tail"]) if tail and not RENDITION.search(tail["tail"]) else None


def _joint(title: str, name: str) -> str:
    """Two organs that sign together are printed with a blank between: `甲区人民政府 乙开发区管委会`."""
    parts = [plain(part) for part in re.split(r"\s+", narrow(title)) if part]
    first = YEARS.sub("", parts[0]) if len(parts) > 1 else ""
    second = name.removeprefix(first)
    both = first and second != name and len(second) >= 4 and ORGAN_END.search(first) and find_mentions(first)
    if both and find_mentions(second)[:1] and find_mentions(second)[0].start == 0:
        return f"{first} {second}"
    return name


@lru_cache(maxsize=16)  # one page asks for them up to three times
def names_in_body(text: str) -> tuple[Named, ...]:
    """Return the organs that the opening says made the report, 由…编制 before 现公布…."""
    return tuple(_iter_body_names(text))


def _iter_body_names(text: str) -> Iterator[Named]:
    opening = narrow(text[:OPENING])
    for pattern, reading in ((COMPILED, "body 编制"), (ANNOUNCED, "body 公布")):
        for match in pattern.finditer(opening):
            raw = text[match.start("name") : match.end("name")]
            name = clean_organ(OFFICE.sub("", raw))
            if name:
                yield Named(name, reading, raw, Span(start=match.start("name"), end=match.end("name")))
                break


def site_organs(article: Article) -> Iterator[Named]:
    """Yield the organ whose site it is; meta SiteName only where SiteDomain is that of the page."""
    names = [(article.meta.get("sitename", ""), "meta SiteName")] if site_meta_is_own(article) else []
    for site_name, reading in (*names, (article.site_name or "", "site name")):
        if name := organ_of_site(site_name):
            yield Named(name, reading, site_name)


def site_meta_is_own(article: Article) -> bool:
    """Tell whether the page's Site* metadata are its own: templates are copied from site to site."""
    own, given = (
        host_of(address).removeprefix("www.").removeprefix("m.")
        for address in (article.page.url, article.meta.get("sitedomain", "").strip())
    )
    if not own or not given:
        return True
    return own == given or own.endswith(f".{given}") or given.endswith(f".{own}")


def _labelled(lines: list[str], pattern: re.Pattern[str], reading: str) -> Iterator[Named]:
    for line in pair_labels(lines):
        match = pattern.search(line[:LONGEST_LINE])
        name = clean_organ(match["name"]) if match else None
        if match and name:
            yield Named(name, reading, match["name"])


def _contacted(text: str) -> Iterator[Named]:
    """The organ that the opening names for questions; the last resort, for at times another one answers them."""
    match = CONTACTED.search(narrow(text[:OPENING]))
    name = clean_organ(OFFICE.sub("", match["name"])) if match else None
    if match and name and WHOLE_NAME.search(name):
        yield Named(name, "body 联系", match["name"], Span(start=match.start("name"), end=match.end("name")))


def _in_breadcrumb(breadcrumb: str | None) -> Iterator[Named]:
    """The column nearest to the document that is an organ's name."""
    for step in reversed(LIST_MARK.split((breadcrumb or "")[-LONGEST_LINE:])):
        if name := clean_organ(step):
            yield Named(name, "breadcrumb", step.strip())


def _signed(text: str) -> Iterator[Named]:
    """The organ that signs under the document, alone in its line or before the date."""
    for line in reversed([line for line in text.rstrip().rsplit("\n", SIGN_OFF_LINES)[1:] if line.strip()]):
        if (
            len(line) > SIGN_OFF_LENGTH
            or " | " in line
            or re.search(r"[。；;:：，,]|^\s*[(（一二三四五六七八九十\d]", narrow(line))
        ):
            continue
        raw = re.split(rf"{YEAR}\s*[年.-]", line)[0]
        name = clean_organ(raw)
        if name and len(name) >= 4:
            yield Named(name, "sign-off", raw.strip())


def issuer_conflict(chosen: Named, article: Article) -> Finding | None:
    """Return a finding when the body names another organ as the maker than the title: a copied preamble."""
    if chosen.reading not in ("title", "list"):
        return None
    for other in names_in_body(article.text):
        if WHOLE_NAME.search(other.name) and not is_same_organ(chosen.name, other.name):
            message = f"the {chosen.reading} names {chosen.name}, the body {other.name}"
            evidence = [other.span] if other.span else []
            return Finding(code="issuer.conflict", severity="warning", message=message, evidence=list(evidence))
    return None
