"""Hanweb jpage: the column inlines the first block of records, `dataproxy.jsp` takes posted forms alone."""

from __future__ import annotations

from tests.portals.simulator import Answer, Hit, Planted, Portal, add_way, page, plant

FAMILY, STOPS = "hanweb_jpage", {"total_reached", "last_page"}
COLUMN = "/col/col80181/index.html"
PROXY = "/module/web/jpage/dataproxy.jsp"
PER_PAGE, BLOCK = 5, 15


def records(planted: list[Planted], total: int) -> str:
    inner = "".join(
        f'<record><![CDATA[<li><a target="_blank" href="{row.path}" title="{row.title}">{row.title[:18]}...</a>'
        f"<b>{row.listed_on}</b></li>]]></record>"
        for row in planted
    )
    return (
        f"<datastore><totalrecord>{total}</totalrecord><totalpage>{-(-total // PER_PAGE)}</totalpage>"
        f"<recordset>{inner}</recordset></datastore>"
    )


def build() -> Portal:
    portal = Portal(planted=plant(47, lambda n, d: f"/art/{d.year}/{d.month}/{d.day}/art_80181_{7000 + n}.html"))
    add_way(portal, COLUMN, "信息公开年报")
    total = len(portal.planted)
    script = (
        "$('#403740').jpage({proxyUrl:'" + PROXY + f"',perPage:{PER_PAGE},groupSize:3,totalRecord:{total},"
        "proxyParam:{col:1,appid:'1',webid:'23',path:'/',columnid:80181,sourceContentType:'1',unitid:'403740',"
        "webname:'青禾市人民政府',permissiontype:0}});"
    )
    store = f'<div id="403740"><script type="text/xml">{records(portal.planted[:BLOCK], total)}</script></div>'
    portal.add(COLUMN, page("信息公开年报", f"{store}<script>{script}</script>"))

    def proxy(hit: Hit) -> Answer:
        known = hit.fields.get("unitid") == "403740" and hit.fields.get("columnid") == "80181"
        if hit.method != "POST" or not known:
            return Answer(body="", status=405)
        first, last = int(hit.fields["startrecord"]), int(hit.fields["endrecord"])
        return Answer(body=records(portal.planted[first - 1 : last], total), media_type="text/xml; charset=utf-8")

    portal.pages[PROXY] = proxy
    portal.add_documents()
    return portal
