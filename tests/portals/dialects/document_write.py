"""Pagers that document.write prints, pages told apart by a query."""

from __future__ import annotations

from tests.portals.simulator import Answer, Hit, Portal, add_way, listing, plant, slices

FAMILY, STOPS = "generic", {"last_page", "total_reached"}
COLUMN = "/list.jsp?classid=212"


def build() -> Portal:
    portal = Portal(planted=plant(26, lambda n, _d: f"/show.jsp?id={385000 + n}"))
    add_way(portal, COLUMN, "政府信息公开年报")
    pages = slices(portal.planted, 7)

    def answer(hit: Hit) -> Answer:
        number = int(hit.fields.get("page", "1"))
        if not 1 <= number <= len(pages):
            return Answer(status=404)
        links = "".join(
            f"document.write('<a href=\"list.jsp?classid=212&page={n}\">{n}<\\/a> ');" for n in range(1, len(pages) + 1)
        )
        return Answer(body=listing(pages[number - 1], f"<script>{links}</script>"))

    portal.pages["/list.jsp"] = answer
    portal.add_documents()
    return portal
