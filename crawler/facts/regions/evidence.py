"""What a page shows of its place apart from the issuer's name: site, breadcrumb, footer, codes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from crawler.facts.issuers import LIST_MARK, LONGEST_LINE, names_in_body, site_meta_is_own, site_organs
from crawler.facts.regions.matching import find_mentions, match_places, narrow_down
from crawler.facts.regions.resolve import CONTACT, PROVINCE_ONLY, Hint
from crawler.facts.regions.table import division_by_area, division_by_code
from crawler.facts.words import host_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.facts.regions.table import Division
    from crawler.items import Article

SITE_CODE: Final = re.compile(r"(?:网站)?标识码\s*[:：]?\s*(?P<code>\d{6})\d{4}(?!\d)")
META_CODE: Final = re.compile(r"\s*(?P<code>\d{6})\d{4}\s*")
ICP: Final = re.compile(
    r"(?P<letter>[京津沪渝冀豫云滇辽黑湘皖鲁新苏浙赣鄂桂甘陇晋蒙陕吉闽贵黔粤青藏川蜀宁琼])(?:公网安备|ICP备|icp备)"
)
ORGAN_LABEL: Final = re.compile(r"(?:来源|机构|机关|单位|部门)[】\])]?\s*[:：|]\s*(?P<name>[^\s|]{2,40})")
OWNER: Final = re.compile(
    r"(?:主\s*办(?:单位)?|版权所有|承\s*办(?:单位)?|地\s*址|单位)\s*[:：]?\s*(?P<name>[^\s|:：]{2,40})|(?P<first>^[一-龥]{3,30}?)(?:主办|版权)"
)
LETTERS: Final = {
    letter: area
    for area, letters in (
        ("11", "京"), ("12", "津"), ("13", "冀"), ("14", "晋"), ("15", "蒙"), ("21", "辽"),
        ("22", "吉"), ("23", "黑"), ("31", "沪"), ("32", "苏"), ("33", "浙"), ("34", "皖"),
        ("35", "闽"), ("36", "赣"), ("37", "鲁"), ("41", "豫"), ("42", "鄂"), ("43", "湘"),
        ("44", "粤"), ("45", "桂"), ("46", "琼"), ("50", "渝"), ("51", "川蜀"), ("52", "贵黔"),
        ("53", "云滇"), ("54", "藏"), ("61", "陕"), ("62", "甘陇"), ("63", "青"), ("64", "宁"),
        ("65", "新"),
    )
    for letter in letters
}  # fmt: skip
"""A province's letter in filing numbers (ICP备, 公网安备), with the first two digits of its codes."""
HOST: Final = re.compile(r"(?:^|\.)(?P<label>[a-z]+)\.gov\.cn$")
HOSTS: Final = {
    "beijing": "11", "tj": "12", "hebei": "13", "shanxi": "14", "nmg": "15", "ln": "21", "jl": "22", "hlj": "23",
    "shanghai": "31", "sh": "31", "jiangsu": "32", "js": "32", "zj": "33", "ah": "34", "fujian": "35", "jiangxi": "36",
    "shandong": "37", "sd": "37", "henan": "41", "hubei": "42", "hunan": "43", "gd": "44", "gxzf": "45", "hainan": "46",
    "cq": "50", "sc": "51", "guizhou": "52", "yn": "53", "xizang": "54", "shaanxi": "61", "gansu": "62",
    "qinghai": "63", "nx": "64", "xinjiang": "65",
}  # fmt: skip
"""The domains of the provinces, under which many of their cities and organs stand. Those of cities mislead: trs, sz."""
CONTACT_ADDRESS: Final = re.compile(r"(?:联系|办公|通[讯信]|单位)?地\s?址\s?[:：]?\s?(?P<place>[^,，;；。)）\s]{4,40})")
CONTACT_REACH: Final = 3000
"""Characters of the text in which the preamble stands."""
GOVERNMENT: Final = re.compile(r"人民政府|政府公报|政府(?:门户)?网|公众信息网|门户网站|政务网|信息网|政府信息网")
"""What stands behind the name of a place that governs itself."""
NAME_REACH: Final = 14
"""Characters before it in which that name stands."""
OWN_LEVEL: Final = re.compile(r"[我全](?P<level>[省市县区州盟旗])(?![一-龥]?域)")


def iter_hints(article: Article, title: str | None, years: Sequence[int]) -> Iterator[Hint]:
    """Yield the places that the page shows, the strongest evidence first; each narrows the ones after it."""
    seen: list[Division] = []
    for text, reading in _iter_strings(article, title):
        match = match_places(find_mentions(plain(text)), years)
        if match:
            left = narrow_down(match.divisions, seen)
            if len(left) == 1:
                seen.append(left[0])
                yield Hint(left[0], reading)
    yield from _iter_codes(article, years)
    if not seen and (contact := place_of_contact(article.text, years)) is not None:
        yield Hint(contact, CONTACT)
    named = None if seen else place_in_text(article.text, years)
    match = match_places(find_mentions(named), years) if named else None
    if match and len(match.divisions) == 1:
        yield Hint(match.divisions[0], "text")


def _iter_strings(article: Article, title: str | None) -> Iterator[tuple[str, str]]:
    if title:
        yield title, "title"
    yield from ((named.name, named.reading) for named in names_in_body(article.text))
    entry = article.page.entry
    if entry:
        yield entry.title, "list"
        if entry.organ:
            yield entry.organ, "list organ"
    for named in site_organs(article):
        yield named.name, named.reading
    if article.site_name:
        yield re.sub(r"^中国[·•\-]?", "", article.site_name), "site name"
    yield from ((step.strip(), "breadcrumb") for step in LIST_MARK.split((article.breadcrumb or "")[-LONGEST_LINE:]))
    yield article.meta.get("contentsource", "")[:LONGEST_LINE], "meta ContentSource"
    for line in article.byline:
        yield from ((match["name"], "byline") for match in ORGAN_LABEL.finditer(line[:LONGEST_LINE]))
    for line in article.footer:
        yield from ((match["name"] or match["first"], "footer") for match in OWNER.finditer(line[:LONGEST_LINE]))


def _iter_codes(article: Article, years: Sequence[int]) -> Iterator[Hint]:
    """The owner's code in 网站标识码, then the province in the filing numbers."""
    year = years[0] if years else None
    codes = (
        [(META_CODE.match(article.meta.get("siteidcode", "")), "meta SiteIDCode")] if site_meta_is_own(article) else []
    )
    codes += [(SITE_CODE.search(line), "footer 网站标识码") for line in article.footer]
    for match, reading in codes:
        division = division_by_code(match["code"], year) if match else None
        if division:
            yield Hint(division, reading)
    host = HOST.search(host_of(article.page.url))
    province = division_by_area(HOSTS[host["label"]], year) if host and host["label"] in HOSTS else None
    if province:
        yield Hint(province, PROVINCE_ONLY)
    for line in article.footer:
        letter = ICP.search(line)
        division = division_by_area(LETTERS[letter["letter"]], year) if letter else None
        if division:
            yield Hint(division, PROVINCE_ONLY)


def place_of_contact(text: str, years: Sequence[int]) -> Division | None:
    """Return the division of the address at which a report says its makers are reached, None without one."""
    found = CONTACT_ADDRESS.search(text[:CONTACT_REACH])
    match = match_places(find_mentions(plain(found["place"])), years) if found else None
    return match.divisions[0] if match and len(match.divisions) == 1 else None


def place_in_text(text: str, years: Sequence[int]) -> str | None:
    """Return the place whose government and sites a text names most, at the level it calls its own (我区), or None.

    The last resort for a document without title, site and sign-off.
    """
    levels = Counter(match["level"] for match in OWN_LEVEL.finditer(text))
    own = levels.most_common(1)[0][0] if levels else None
    counts: Counter[str] = Counter()
    for match in GOVERNMENT.finditer(text):
        name = text[max(0, match.start() - NAME_REACH) : match.start()]
        mentions = [mention for mention in find_mentions(name) if mention.is_full]
        placed = match_places(mentions, years)
        if placed and placed.end == len(name) and (own is None or mentions[-1].name.endswith(own)):
            counts[mentions[-1].name] += 1
    return counts.most_common(1)[0][0] if counts else None
