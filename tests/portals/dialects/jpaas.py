"""jpaas: the column holds the parameters of its unit, `page/build/unit` answers JSON with markup inside."""

from __future__ import annotations

import json

from tests.portals.simulator import Answer, Hit, Portal, add_way, page, plant, rows

FAMILY, STOPS = "jpaas", {"total_reached", "last_page"}
COLUMN = "/col/col1229710852/index.html"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
SIZE = 10
QUERY = (
    "{'webId':'3095','pageId':'1229710852','parseType':'bulidstatic',"
    "'pageType':'column','tagId':'TAG','tplSetId':'aB1'}"
)


def build() -> Portal:
    portal = Portal(planted=plant(34, lambda n, d: f"/art/{d.year}/art_{n:032x}.html"))
    add_way(portal, COLUMN, "政府信息公开年报")
    menu, unit = (QUERY.replace("TAG", tag) for tag in ("左侧导航", "当前栏目列表"))
    shell = f'<div queryData="{menu}"></div><div url="{UNIT}" queryData="{unit}" rows="{SIZE}"></div>'
    portal.add(COLUMN, page("政府信息公开年报", shell))

    def build_unit(hit: Hit) -> Answer:
        if hit.fields.get("tagId") != "当前栏目列表" or hit.fields.get("webId") != "3095":
            return Answer(body=json.dumps({"success": True, "data": {"html": "<ul><li>导航</li></ul>"}}))
        number = int(hit.fields["pageNo"])
        shown = rows(portal.planted[(number - 1) * SIZE : number * SIZE])
        html = f'<ul>{shown}</ul><div class="page" count="{len(portal.planted)}"></div>'
        return Answer(body=json.dumps({"success": True, "data": {"html": html}}), media_type="application/json")

    portal.pages[UNIT] = build_unit
    portal.add_documents()
    return portal
