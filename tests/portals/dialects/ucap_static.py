"""UCAP static lists: the pager's call names its container first and counts from 1."""

from __future__ import annotations

from tests.portals.simulator import Portal, add_way, listing, plant, slices

FAMILY, STOPS = "trs", {"total_reached", "last_page"}
COLUMN = "/qhs/c107277/zwgklist.shtml"


def build() -> Portal:
    portal = Portal(planted=plant(33, lambda n, d: f"/qhs/c107277/{d:%Y%m}/{174240000 + n}.shtml"))
    add_way(portal, COLUMN, "信息公开年报")
    pages = slices(portal.planted, 9)
    for place, planted in enumerate(pages, 1):
        counts = f"{len(pages)}, {place},'zwgklist','shtml',{len(portal.planted)}"
        call = f"<script>createPageHTML('page_div',{counts});</script>"
        name = f"zwgklist_{place}.shtml" if place > 1 else "zwgklist.shtml"
        portal.add(f"/qhs/c107277/{name}", listing(planted, call))
    portal.add_documents()
    return portal
