"""福建 fjdzapp: TRS columns whose rows come from `POST /fjdzapp/search` as JSON, by channel and site."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from crawler.families.answers import PLACE, ask, hosted_list, read_answer
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument
from crawler.families.rows import read_rows

NAME = "fujian"
PATH = re.compile(r"""['"]([^'"\s]{0,120}/fjdzapp/search)""")
SIZE = 75
CHANNEL = re.compile(r"""\bchannelid['"]?\s*[:=]\s*['"]?(\d+)""", re.I)
NODE = re.compile(r"""\bchnlid['"]?\s*[:=]\s*['"]?\s*(\d+)""", re.I)
FIELDS = re.compile(r"""\b(sortfield|fl|highlight)['"]?\s*:\s*['"]([^'"]{1,80})['"]""")


def recognises(document: ReadDocument) -> bool:
    """Return whether the page asks fjdzapp for its rows."""
    return PATH.search(document.html) is not None and CHANNEL.search(document.html) is not None


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return an answer's records, or from a column's page the request for them."""
    if request is not None:
        return read_answer(document, request)
    html = document.html
    path, channel, node = PATH.search(html), CHANNEL.search(html), NODE.search(html)
    fields = {
        "channelid": channel[1] if channel else "",
        "sortfield": "-docorderpri,-docreltime",
        **dict(FIELDS.findall(html)),
        "prepage": str(SIZE),
    }
    if node:
        fields["classsql"] = f"chnlid={node[1]}"
    body = f"{urlencode(fields)}&page={PLACE}"
    first = ask(NAME, document.url, path[1] if path else "/fjdzapp/search", size=SIZE, body=body)
    return hosted_list(NAME, read_rows(document), first)


FAMILY = Family(name=NAME, specificity=75, recognises=recognises, read=read, marks=("/fjdzapp/search",))
