"""博达 VSB: page 1 is `nb.htm`, then `nb/4.htm`, `nb/3.htm` … down to the oldest."""

from __future__ import annotations

from tests.portals.simulator import Portal, add_way, listing, plant, slices

FAMILY, STOPS = "vsb", {"last_page", "total_reached"}
COLUMN = "/zwgk/nb.htm"
MARK = '<script src="/system/resource/js/counter.js"></script>'


def build() -> Portal:
    portal = Portal(planted=plant(40, lambda n, _d: f"/info/1677/{56000 + n}.htm"))
    add_way(portal, COLUMN, "政府信息公开年报")
    pages = slices(portal.planted, 8)
    count = len(pages)
    for place, planted in enumerate(pages):
        ahead = count - place - 1
        folder = "" if place else "nb/"
        following = (
            f'<a href="{folder}{ahead}.htm" class="Next">下页</a><a href="{folder}1.htm">尾页</a>' if ahead else ""
        )
        path = f"/zwgk/nb/{count - place}.htm" if place else COLUMN
        portal.add(path, listing(planted, f"共{len(portal.planted)}条 {place + 1}/{count} {following}{MARK}"))
    portal.add_documents()
    return portal
