"""博达 VSB (Webber): page 1 of a column is `nb.htm`, then come `nb/7.htm`, `nb/6.htm` … down to the oldest."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from crawler.families.generic import read_as
from crawler.families.model import Family, ListPage, ListRequest, ReadDocument

NAME = "vsb"
FINGERPRINT = re.compile(
    r"_vsb_|vsb_content|vsbcontent|v_news_content|/system/(?:resource|_content)/|_jsq_\(|createurl\.jsp"
)
COUNTED = re.compile(r"/(\d{1,4})\.htm\Z")


def recognises(document: ReadDocument) -> bool:
    """Return whether the page carries marks of VSB."""
    return FINGERPRINT.search(document.html) is not None


def read(document: ReadDocument, request: ListRequest | None) -> ListPage:
    """Return the page by its plain links; the numbers between the next page's and 1 are the pages after it."""
    page = read_as(NAME, document, request)
    ahead = next((following for following in page.next if following.page == page.page_number + 1), None)
    match = COUNTED.search(urlsplit(ahead.url).path) if ahead else None
    if ahead is not None and match and (page.pages is None or page.page_number + int(match[1]) == page.pages):
        first = int(match[1])
        page.pages = page.page_number + first
        page.next = [
            ListRequest(url=urljoin(ahead.url, f"{number}.htm"), family=NAME, page=page.pages - number + 1)
            for number in range(first, 0, -1)
        ]
    return page


FAMILY = Family(
    name=NAME,
    specificity=30,
    recognises=recognises,
    read=read,
    marks=("vsb", "v_news_content", "/system/", "_jsq_(", "createurl.jsp"),
)
