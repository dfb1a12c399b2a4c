"""No list at the top: a drop-down of years, tabs by kind of organ, and lists only below them; one list in a frame."""

from __future__ import annotations

from tests.portals.simulator import Portal, add_way, listing, page, plant

FAMILY, STOPS = "generic", {"last_page"}
COLUMN = "/zwgk/ndbg/"


def build() -> Portal:
    portal = Portal(planted=plant(28, lambda n, d: f"{COLUMN}{d.year}/{d:%Y-%m-%d}/{n + 10}.html"))
    add_way(portal, COLUMN, "政府信息公开工作年度报告")
    by_year: dict[int, list] = {}
    for row in portal.planted:
        by_year.setdefault(int(row.title.partition("年")[0][-4:]), []).append(row)
    options = "".join(f'<option value="{COLUMN}{year}/">{year}年</option>' for year in by_year)
    portal.add(COLUMN, page("政府信息公开工作年度报告", f"<select onchange='go(this.value)'>{options}</select>"))
    for year, planted in by_year.items():
        inner = f"{COLUMN}{year}/list.html"
        portal.add(
            f"{COLUMN}{year}/", page(f"{year}年", f'<h3>{year}年</h3><iframe src="list.html" height="900"></iframe>')
        )
        portal.add(inner, listing(planted))
    portal.add_documents()
    return portal
