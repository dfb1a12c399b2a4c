"""安徽 xxgk: reports behind their own controller, listed by organ, paged by a label that answers with markup."""

from __future__ import annotations

from tests.portals.simulator import Answer, Hit, Portal, add_way, page, plant, rows

FAMILY, STOPS = "anhui", {"empty_page", "last_page", "repeated_page", "total_reached"}
COLUMN = "/XxgkAnnualReport/list/13741.html"
LABEL = "/site/label/8888"
SIZE = 12


def build() -> Portal:
    portal = Portal(planted=plant(30, lambda n, _d: f"/XxgkAnnualReport/show/{2277000 + n}.html"))
    add_way(portal, COLUMN, "政府信息公开年报")
    address = f"{LABEL}?labelName=publicAnnualReportList&siteId=6799271&pageSize={SIZE}&pageIndex=2&organId=13741"
    script = f"<script>$('.pages').load('{address}');</script>"
    shown = f'<ul class="list">{rows(portal.planted[:SIZE])}</ul>{script}'
    portal.add(COLUMN, page("政府信息公开年报", shown))

    def label(hit: Hit) -> Answer:
        number = int(hit.fields["pageIndex"])
        return Answer(body=f"<ul>{rows(portal.planted[(number - 1) * SIZE : number * SIZE])}</ul>")

    portal.pages[LABEL] = label
    portal.add_documents()
    return portal
