"""UCAP: rows from `/common/search/<channel>` as JSON; the server gives at most 10 rows whatever is asked."""

from __future__ import annotations

import json

from tests.portals.simulator import Answer, Hit, Portal, add_way, page, plant

FAMILY, STOPS = "ucap", {"total_reached", "last_page"}
COLUMN = "/qhs/c100122/xxgknb.shtml"
CHANNEL = "e5eb2abb5014415399847ba2bb99b31f"
CAP = 10


def build() -> Portal:
    portal = Portal(planted=plant(33, lambda n, d: f"/qhs/c100122/{d:%Y%m}/{n:032x}.shtml"))
    add_way(portal, COLUMN, "政府信息公开年报")
    script = f"<script>$.get('/common/search/{CHANNEL}?_isAgg=true&_isJson=true&_pageSize=20&page='+p, show)</script>"
    portal.add(COLUMN, page("政府信息公开年报", f'<ul id="list">读取内容中,请等待...</ul>{script}'))

    def search(hit: Hit) -> Answer:
        first = (int(hit.fields["page"]) - 1) * CAP
        results = [
            {
                "title": f"<em>{row.title}</em>",
                "url": row.path,
                "publishedTimeStr": f"{row.listed_on} 09:30:00",
                "content": "正文",
                "domainMetaList": [{"resultList": [{"name": "文号", "value": ""}]}],
            }
            for row in portal.planted[first : first + CAP]
        ]
        body = json.dumps({"data": {"page": 1, "total": len(portal.planted), "results": results}})
        return Answer(body=body, media_type="application/json")

    portal.pages[f"/common/search/{CHANNEL}"] = search
    portal.add_documents()
    return portal
