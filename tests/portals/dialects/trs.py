"""TRS WCM: a script prints the pager, `createPageHTML(4, 0, "index", "html")`; `index_1.html` is page 2."""

from __future__ import annotations

from tests.portals.simulator import Portal, add_way, listing, plant, slices

FAMILY, STOPS = "trs", {"last_page", "total_reached"}
COLUMN = "/zwgk/zfxxgk/nb/"


def build() -> Portal:
    portal = Portal(planted=plant(31, lambda n, day: f"{COLUMN}{day:%Y%m}/t{day:%Y%m%d}_{4100 + n}.html"))
    add_way(portal, COLUMN, "年度报告")
    pages = slices(portal.planted, 8)
    for place, planted in enumerate(pages):
        call = f'<script>createPageHTML({len(pages)}, {place}, "index", "html");</script>'
        portal.add(f"{COLUMN}{f'index_{place}.html' if place else ''}", listing(planted, call, "年度报告"))
    portal.add_documents()
    return portal
