"""Epoint WebBuilder: records by category, pages counted from 0, the question a JSON text in a form's field."""

from __future__ import annotations

import json

from tests.portals.simulator import Answer, Hit, Portal, add_way, page, plant

FAMILY, STOPS = "epoint", {"total_reached", "last_page"}
COLUMN = "/xxgk/subpage.html"
SERVICE = "/EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew"


def build() -> Portal:
    portal = Portal(planted=plant(28, lambda n, d: f"/xxgk/003001/{d:%Y%m%d}/{n:08x}-6510-4d9e-9cc8-9e0f056c2101.html"))
    add_way(portal, COLUMN, "政府信息公开年报")
    site = "siteGuid:'7eb5f7f1-9041-43ad-8e13-8fcb82ea831a',categoryNum:'003001',pageSize:12"
    script = f"var siteInfo={{{site}}};post('{SERVICE}')"
    portal.add(COLUMN, page("政府信息公开年报", f'<ul id="infolist"></ul><script>{script}</script>'))

    def service(hit: Hit) -> Answer:
        asked = json.loads(hit.fields["params"])
        if asked["categoryNum"] != "003001":
            return Answer(body=json.dumps({"custom": {"count": 0, "infodata": []}}))
        start = asked["pageIndex"] * asked["pageSize"]
        data = [
            {"title": row.title, "infourl": row.path, "infodate": str(row.listed_on)}
            for row in portal.planted[start : start + asked["pageSize"]]
        ]
        body = json.dumps({"custom": {"count": len(portal.planted), "infodata": data}, "status": {"code": "200"}})
        return Answer(body=body, media_type="application/json")

    portal.pages[SERVICE] = service
    portal.add_documents()
    return portal
