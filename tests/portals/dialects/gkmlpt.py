"""广东 gkmlpt: the tree in `_CONFIG`, articles from `/gkmlpt/api/all/<column>`; this server's first page is 0."""

from __future__ import annotations

import json

from tests.portals.simulator import Answer, Hit, Portal, add_way, page, plant

FAMILY, STOPS = "gkmlpt", {"total_reached", "last_page", "empty_page"}
COLUMN = "/gkmlpt/index"
NODE = 4871
SIZE = 20
FIRST = 0


def build() -> Portal:
    portal = Portal(planted=plant(45, lambda n, _d: f"/gkmlpt/content/4/4{n:03d}/post_4{n:03d}001.html"))
    add_way(portal, COLUMN, "政府信息公开平台")
    tree = [
        {"id": 4860, "name": "法定主动公开内容", "children": [{"id": 4861, "name": "规范性文件", "children": []}]},
        {"id": NODE, "name": "政府信息公开年报", "children": []},
    ]
    script = f"window._CONFIG={{SID:'755001',TREE:{json.dumps(tree, ensure_ascii=False)},LANG:'zh'}};"
    portal.add(COLUMN, page("政府信息公开平台", f'<div id="app"></div><script>{script}</script>'))

    def articles(hit: Hit) -> Answer:
        if hit.fields.get("sid") != "755001":
            return Answer(status=404)
        start = (int(hit.fields.get("page", "0")) - FIRST) * SIZE
        found = [
            {
                "id": place,
                "title": row.title,
                "url": row.path,
                "publisher": "青禾市",
                "display_publish_time": f"{row.listed_on}",
            }
            for place, row in enumerate(portal.planted[max(start, 0) : max(start, 0) + SIZE])
        ]
        body = json.dumps({"total": len(portal.planted), "classify": {"post_count": 0}, "articles": found})
        return Answer(body=body, media_type="application/json")

    portal.pages[f"/gkmlpt/api/all/{NODE}"] = articles
    empty = json.dumps({"total": 0, "articles": []})
    for other in (4860, 4861):
        portal.pages[f"/gkmlpt/api/all/{other}"] = Answer(body=empty, media_type="application/json")
    portal.add_documents()
    return portal
