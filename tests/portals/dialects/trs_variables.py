"""TRS dialect: the call's numbers are variables, the list is called `list`, and one page of it is missing."""

from __future__ import annotations

from tests.portals.simulator import Portal, add_way, listing, plant, slices

FAMILY, STOPS = "trs", {"last_page"}
COLUMN = "/xxgk/gzndbg/list.shtml"
MISSING = 2


def build() -> Portal:
    portal = Portal(planted=plant(30, lambda n, day: f"/xxgk/gzndbg/{day:%Y%m}/t{day:%Y%m%d}_{900 + n}.shtml"))
    add_way(portal, COLUMN, "政府信息公开工作年度报告")
    pages = slices(portal.planted, 6)
    lost = {row.path for row in pages[MISSING]}
    for place, planted in enumerate(pages):
        call = (
            f"<script>var countPage = {len(pages)}; var currentPage = {place};//从0开始\n"
            'createPageHTML(countPage, currentPage, "list", "shtml");</script>'
        )
        if place != MISSING:
            portal.add(f"/xxgk/gzndbg/list{f'_{place}' if place else ''}.shtml", listing(planted, call))
    portal.add_documents()
    portal.planted = [row for row in portal.planted if row.path not in lost]
    return portal
