"""辽宁 /web/: every page in a folder of its own."""

from __future__ import annotations

from tests.portals.simulator import Portal, add_way, listing, plant, slices

FAMILY, STOPS = "liaoning_web", {"last_page"}
FOLDER = "/web/zwgkx/zfxxgk1/2025/bmzfxxgkgzndbg/"
COLUMN = f"{FOLDER}index.shtml"


def build() -> Portal:
    portal = Portal(planted=plant(22, lambda n, d: f"{FOLDER}{d:%Y%m%d}19481495{n:02d}/index.shtml"))
    add_way(portal, COLUMN, "政府信息公开工作年度报告")
    pages = slices(portal.planted, 8)
    for place, planted in enumerate(pages, 1):
        pager = f'<a href="index_{place + 1}.shtml">[下一页]</a>' if place < len(pages) else ""
        portal.add(f"{FOLDER}index{f'_{place}' if place > 1 else ''}.shtml", listing(planted, pager))
    portal.add_documents()
    return portal
