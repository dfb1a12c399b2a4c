"""The home page is a meta refresh, the hub a script's redirect, the column moved for good."""

from __future__ import annotations

from tests.portals.simulator import Answer, Portal, add_way, listing, plant

FAMILY, STOPS = "generic", {"last_page"}
COLUMN = "/zwgk/nb/"


def build() -> Portal:
    portal = Portal(planted=plant(14, lambda n, d: f"{COLUMN}{d:%Y-%m-%d}/{n + 10}.html"))
    add_way(portal, "/xxgknb/old.html")
    portal.pages["/main.html"] = portal.pages["/"]
    portal.add("/", '<html><head><meta http-equiv="refresh" content="0; url=main.html"></head><body></body></html>')
    portal.pages["/zwgk/index_new.html"] = portal.pages["/zwgk/"]
    portal.add("/zwgk/", "<html><head><script>window.location.href='/zwgk/index_new.html';</script></head></html>")
    portal.pages["/xxgknb/old.html"] = Answer(status=301, headers=(("Location", COLUMN),))
    portal.add(COLUMN, listing(portal.planted))
    portal.add_documents()
    return portal
