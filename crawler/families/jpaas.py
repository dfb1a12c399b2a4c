"""Hanweb jpaas (publish-server): a list is a unit that `page/build/unit` builds, JSON with markup inside.

The column's page holds the unit's parameters in `queryData`: webId, pageId, tplSetId, tagId … From abroad some servers
give page 1 whatever is asked: the walk sees a repeated page and stops.
"""

from __future__ import annotations

import html as entities
import re
from functools import reduce
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.families.answers import PLACE, ask, hosted_list, read_answer
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument
from crawler.families.pagers import announced
from crawler.families.rows import read_rows

NAME = "jpaas"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
DEFAULT_ROWS = 15
ADDRESS = re.compile(r"""['"]([^'"\s]{0,200}page/build/unit[^'"\s]{0,800})['"]""")
QUERY_DATA = re.compile(r"""queryData\s*=\s*(?:"(\{[^"]{0,1500}\})"|'(\{[^']{0,1500}\})')""", re.I)
FIELD = re.compile(r"""['"]?\b(\w{2,20})['"]?\s*:\s*['"]?([^'",{}]*)['"]?""")
WANTED = ("parseType", "webId", "tplSetId", "pageType", "tagId", "editType", "pageId", "unitId")
DEFAULTS = {"parseType": "bulidstatic", "pageType": "column", "editType": "null"}  # "bulid": so it is spelt
LIST_TAG = re.compile(r"列表|list|信息|内容", re.I)
ROWS = (re.compile(r"""\b(?:rows|pagesize|perpage)['"]?\s*[:=]\s*['"]?(\d{1,3})"""),)


def recognises(document: ReadDocument) -> bool:
    """Return whether the page shows a unit of the publish-server."""
    return bool(find_units(document))


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return an answer's rows, or from a column's page the request for its list."""
    if request is not None:
        return read_answer(document, request)
    rows = announced(ROWS, entities.unescape(document.html)) or DEFAULT_ROWS
    first = reduce(
        lambda later, unit: ask(NAME, document.url, unit, size=rows, fallback=later),
        [unit_address(parameters, rows) for parameters in reversed(find_units(document))],
        None,
    )
    assert first is not None  # noqa: S101  # recognised: there is a unit
    return hosted_list(NAME, read_rows(document), first)


def find_units(document: ReadDocument) -> list[dict[str, str]]:
    """Return the parameters of the page's units, lists before menus."""
    text = entities.unescape(document.html)
    found = [
        dict(FIELD.findall(entities.unescape(match[1] or match[2]))) for match in QUERY_DATA.finditer(document.html)
    ]
    found += [dict(parse_qsl(urlsplit(match[1]).query)) for match in ADDRESS.finditer(text)]
    units = [parameters for parameters in found if parameters.get("webId") and parameters.get("pageId")]
    return sorted(units, key=lambda parameters: LIST_TAG.search(parameters.get("tagId", "")) is None)


def unit_address(parameters: dict[str, str], rows: int) -> str:
    """Return the address that builds a unit's page."""
    known = {**DEFAULTS, **{name: value for name, value in parameters.items() if name in WANTED}}
    return f"{UNIT}?{urlencode({**known, 'rows': str(rows)})}&pageNo={PLACE}"


FAMILY = Family(name=NAME, specificity=70, recognises=recognises, read=read, marks=("build/unit", "querydata"))
