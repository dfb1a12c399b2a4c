"""福建: the rows of a TRS column come from `POST /fjdzapp/search`."""

from __future__ import annotations

import json

from tests.portals.simulator import Answer, Hit, Portal, add_way, page, plant

FAMILY, STOPS = "fujian", {"total_reached", "last_page"}
COLUMN = "/zwgk/zfxxgk/xxgkndbb/"
SEARCH = "/fjdzapp/search"


def build() -> Portal:
    portal = Portal(planted=plant(90, lambda n, d: f"{COLUMN}{d:%Y%m}/t{d:%Y%m%d}_{522500 + n}.htm"))
    add_way(portal, COLUMN, "政府信息公开年度报表")
    script = (
        "$.ajax({url:'/fjdzapp/search',type:'POST',data:{channelid:'229105',sortfield:'-docorderpri,-docreltime',"
        "classsql:'chnlid=18432',page:p,prepage:75}})"
    )
    portal.add(COLUMN, page("政府信息公开年度报告", f'<div id="list"></div><script>{script}</script>'))

    def search(hit: Hit) -> Answer:
        if (
            hit.method != "POST"
            or hit.fields.get("channelid") != "229105"
            or hit.fields.get("classsql") != "chnlid=18432"
        ):
            return Answer(status=404)
        size, number = int(hit.fields["prepage"]), int(hit.fields["page"])
        data = [
            {
                "doctitle": row.title,
                "docreltime": f"{row.listed_on} 00:00:00",
                "docpuburl": row.path,
                "chnldocurl": row.path,
            }
            for row in portal.planted[(number - 1) * size : number * size]
        ]
        return Answer(body=json.dumps({"data": data, "count": len(portal.planted)}), media_type="application/json")

    portal.pages[SEARCH] = search
    portal.add_documents()
    return portal
