"""NFCMS: static pages counted from 1, linked by 下一页 alone; documents at `/content/post_N.html`."""

from __future__ import annotations

from tests.portals.simulator import Portal, add_way, listing, plant, slices

FAMILY, STOPS = "nfcms", {"last_page"}
COLUMN = "/zwgk/xxgknb/"


def build() -> Portal:
    portal = Portal(planted=plant(29, lambda n, _d: f"{COLUMN}content/post_{8780000 + n}.html"))
    add_way(portal, COLUMN, "政府信息公开年报")
    pages = slices(portal.planted, 8)
    for place, planted in enumerate(pages, 1):
        pager = (
            f'<a href="index_{place + 1}.html" class="next">下一页</a>' if place < len(pages) else "<span>下一页</span>"
        )
        portal.add(f"{COLUMN}{f'index_{place}.html' if place > 1 else ''}", listing(planted, pager))
    portal.add_documents()
    return portal
