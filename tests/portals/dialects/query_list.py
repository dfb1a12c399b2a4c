"""江西: `loadPageData` posts to `/queryList` by site and channel; records are wrapped in `source`."""

from __future__ import annotations

import json

from tests.portals.simulator import Answer, Hit, Portal, add_way, page, plant

FAMILY, STOPS = "query_list", {"total_reached", "last_page"}
COLUMN = "/qhs/col/col42150/index.shtml"


def build() -> Portal:
    portal = Portal(planted=plant(31, lambda n, d: f"/qhs/zfxxgknb/{d:%Y%m}/{n:032x}.shtml"))
    add_way(portal, COLUMN, "政府信息公开年报")
    script = (
        "var params = {current: 1, unitid: '380055', webSiteCode: ['qhs'], channelCode: ['col42150'], perPage: '15',"
        " showMode: 'normal'}; loadPageData(params, '380055');"
    )
    portal.add(COLUMN, page("政府信息公开年报", f'<div id="div380055"></div><script>{script}</script>'))

    def query(hit: Hit) -> Answer:
        if hit.method != "POST" or hit.fields.get("channelCode[]") != "col42150":
            return Answer(status=404)
        size, number = int(hit.fields["pageSize"]), int(hit.fields["current"])
        results = [
            {"source": {"title": row.title, "urls": json.dumps({"common": row.path}), "pubDate": f"{row.listed_on}"}}
            for row in portal.planted[(number - 1) * size : number * size]
        ]
        body = json.dumps({"data": {"total": len(portal.planted), "results": results}})
        return Answer(body=body, media_type="application/json")

    portal.pages["/queryList"] = query
    portal.add_documents()
    return portal
