"""The files of scripts that are a page's own: what it fetches or draws may stand there, and not in a library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.parsing.links import canonical_url
from crawler.parsing.page_kind import CHALLENGE

if TYPE_CHECKING:
    from crawler.parsing.doors import ParsedDocument

# Of a file's name alone: what is the site's own stands in folders such as /static/ or /common/ too.
LIBRARIES = re.compile(
    r"jquery|bootstrap|vue(?:x|-router)?(?:[.\d-]|$)|react|angular|lodash|moment|axios|layui|layer|swiper|slick|slide|echarts|"
    r"polyfill|html5|respond|share|weixin|wechat|jweixin|qrcode|tongji|analytics|hm\.js|count|stat|baidu|video|player|"
    r"crypto|md5|base64|font|date|time|wza|barrier|access|voice|print|search|login|cookie|vendor|runtime|min\.js\Z",
    re.I,
)
CHALLENGE_LENGTH = 20_000
"""Characters of a page in which it would say that it is a challenge; such pages are short."""
MAX_FILES = 3
"""Files of scripts that are looked into for one page."""


def own_script_files(document: ParsedDocument) -> list[str]:
    """Return the addresses of a page's own files of scripts, the last first: libraries stand before them.

    Those of a challenge are left alone.
    """
    if CHALLENGE.search(document.html, 0, CHALLENGE_LENGTH):
        return []
    host = urlsplit(document.url).netloc
    named = (source for each in document.tree.iter("script") if (source := each.get("src")))
    own = [source for source in named if not LIBRARIES.search(source.partition("?")[0].rpartition("/")[2])]
    urls = (canonical_url(source, document.base_url) for source in reversed(own))
    return list(dict.fromkeys(url for url in urls if url and urlsplit(url).netloc == host))[:MAX_FILES]
