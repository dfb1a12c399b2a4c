"""Static lists counted from 1: `index_2.html` is page 2; numbers, 下一页 and 尾页 are plain links."""

from __future__ import annotations

from tests.portals.simulator import Portal, add_way, listing, plant, slices

FAMILY, STOPS = "generic", {"last_page", "total_reached"}
COLUMN = "/zwgk/xxgknb/"


def build() -> Portal:
    portal = Portal(planted=plant(32, lambda n, day: f"{COLUMN}{day:%Y-%m-%d}/{700 + n}.html"))
    add_way(portal, COLUMN)
    pages = slices(portal.planted, 8)
    for place, planted in enumerate(pages):
        name = f"index_{place + 1}.html" if place else ""
        numbers = "".join(
            f"<b>{n}</b>" if n == place + 1 else f'<a href="{f"index_{n}.html" if n > 1 else "index.html"}">{n}</a>'
            for n in range(1, len(pages) + 1)
        )
        following = f'<a href="index_{place + 2}.html">下一页</a><a href="index_{len(pages)}.html">尾页</a>'
        portal.add(f"{COLUMN}{name}", listing(planted, numbers + (following if place + 1 < len(pages) else "")))
    portal.add_documents()
    return portal
