"""Hanweb xxgk: one address for each organ and year, offered by two drop-downs."""

from __future__ import annotations

from datetime import date

from tests.portals.simulator import Answer, Hit, Planted, Portal, add_way, page, render_document

FAMILY, STOPS = "hanweb_xxgk", {"last_page"}
COLUMN = "/module/xxgk/xxgkAnnualReport.jsp"
ORGANS = {"001008003014021": "统计局", "001008003014022": "民政局", "001008003014023": "柳溪镇"}


def build() -> Portal:
    portal = Portal()
    portal.planted = [
        Planted(title=f"{organ} {year}年", path=f"{area}/{year}", listed_on=date(year + 1, 2, 1))
        for area, organ in ORGANS.items()
        for year in range(2013, 2019)
    ]
    by_key = {row.path: row for row in portal.planted}
    add_way(portal, COLUMN, "政府信息公开年报")
    years = "".join(f'<option value="{year}">{year}年</option>' for year in range(2018, 2012, -1))
    areas = "".join(f'<option value="{area}">{organ}</option>' for area, organ in ORGANS.items())
    form = (
        f'<select name="area"><option value="">请选择单位</option>{areas}</select>'
        f'<select name="fbtime">{years}</select>'
        f"<script>function go(){{location.href='{COLUMN}?fbtime='+y+'&area='+a;}}</script>"
    )

    def answer(hit: Hit) -> Answer:
        row = by_key.get(f"{hit.fields.get('area')}/{hit.fields.get('fbtime')}")
        if row is None:
            return Answer(body=page("政府信息公开年报", form))
        return Answer(body=render_document(row).replace("</h1>", f"</h1>{form}"))

    portal.pages[COLUMN] = answer
    return portal
