"""Hanweb jpage, nextgroup dialect: each block names the next one's encrypted address; after the last comes nothing."""

from __future__ import annotations

from tests.portals.dialects.hanweb_jpage import PER_PAGE, PROXY
from tests.portals.simulator import Answer, Hit, Planted, Portal, add_way, page, plant, slices

FAMILY, STOPS = "hanweb_jpage", {"empty_page", "last_page"}
COLUMN = "/col/col1208/index.html"


def block(planted: list[Planted], following: int) -> str:
    inner = "".join(
        f"<record><![CDATA[<li><a href='{row.path}' title='{row.title}'>{row.title}</a>"
        f"<i>{row.listed_on}</i></li>]]></record>"
        for row in planted
    )
    address = f"{PROXY}?page={following}&columnid=Qx9{following}zk%2B&unitid=ak3{following}%3D%3D"
    return (
        f'<datastore><nextgroup><![CDATA[<a href="{address}"></a>]]></nextgroup>'
        f"<recordset>{inner}</recordset></datastore>"
    )


def build() -> Portal:
    portal = Portal(planted=plant(38, lambda n, d: f"/art/{d.year}/{d.month}/{d.day}/art_1208_{500 + n}.html"))
    add_way(portal, COLUMN, "政府信息公开年报")
    blocks = slices(portal.planted, PER_PAGE * 3)
    script = f"<script>var proxy='{PROXY}';</script>"
    shown = f'<div id="u77"><script type="text/xml">{block(blocks[0], 2)}</script></div>{script}'
    portal.add(COLUMN, page("政府信息公开年报", shown))

    def proxy(hit: Hit) -> Answer:
        number = int(hit.fields["page"])
        if hit.fields["columnid"] != f"Qx9{number}zk+":
            return Answer(status=404)
        body = (
            block(blocks[number - 1], number + 1)
            if number <= len(blocks)
            else "<datastore><recordset></recordset></datastore>"
        )
        return Answer(body=body, media_type="text/xml; charset=utf-8")

    portal.pages[PROXY] = proxy
    portal.add_documents()
    return portal
