"""Portals made up by chance from a seed: other names, nestings, pagers, rows, titles and noise every time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from tests.portals.simulator import Answer, Hit, Planted, Portal, document_lines


def names(words: str) -> tuple[str, ...]:
    """Return the words of a text."""
    return tuple(words.split())


def pairs(words: str) -> tuple[tuple[str, str], ...]:
    """Return names with the folders they are given."""
    return tuple((name, folder) for name, _, folder in (word.partition("=") for word in words.split()))


HUBS = pairs("""
政务公开=zwgk 信息公开=xxgk 政府信息公开=zfxxgk 政府信息公开专栏=zfxxgkzl 政务公开专区=zwgkzq
公开=gk 阳光政务=ygzw 政务信息公开=zwxxgk 信息公开平台=xxgkpt 政务=zw 透明政府=tmzf
""")
INNER = pairs("""
政府信息公开=zfxxgk2 法定主动公开内容=fdzdgknr 政府信息公开平台=gkpt 主动公开=zdgk 信息公开目录=gkml
政府信息公开目录=zfxxgkml 政府信息公开专题=xxgkzt 公开内容=gknr
""")
COLUMNS = pairs("""
政府信息公开年报=zfxxgknb 信息公开年度报告=xxgkndbg 年报=nb 历年年报=lnnb 公开年报=gknb
年度报告=ndbg 政府信息公开工作年度报告=gzndbg 政府信息公开年度报告=nianbao 信息公开年报=xxnb
政务公开年报=zwgknb 信息公开工作报告=xxgkgzbg 政府信息公开工作年报=gzdt1 信息公开年度工作报告=c0921
公开工作年度报告=gkgz 政府信息公开报告=zfxxgkbg 历年政府信息公开年度报告=lsnb 年度报告公示=ndgs
""")
DECOYS = names("""
法治政府建设年度报告 政府网站工作年度报表 预决算公开 统计年报 政府工作报告 重点领域信息公开
规范性文件 政策解读 公开指南 公开制度 依申请公开 人事信息 财政信息 规划计划 应急管理 政府采购
权责清单 行政处罚 机构职能 建议提案 公告公示 通知公告 国土资源年报 企业年报公示 事业单位年报
行政执法年报 督查公开 政府公报 年鉴
""")
NOISE = names("""
新闻中心 要闻动态 部门动态 乡镇动态 图片新闻 视频新闻 办事服务 个人办事 法人办事 互动交流 县长信箱
在线访谈 民意征集 网上调查 走进青禾 旅游 招商引资 投资环境 领导之窗 机构设置 数据开放 专题专栏
网站地图 联系我们 关于我们 无障碍 登录 搜索 English 微博 微信 手机版 部门网站 乡镇街道 友情链接
""")
ORGANS = names("""
人民政府办公室 教育局 财政局 民政局 水利局 公安局 交通运输局 司法局 卫生健康委员会 应急管理局 审计局
柳溪镇 松岗乡 东湖街道办事处 发展和改革委员会 统计局 医疗保障局 税务局
""")
GROUPS = names("""
市政府 市直部门 县区 乡镇街道 部门年报 垂直管理部门 市政府部门 各县（市、区） 开发区
""")
TITLES = names("""
{place}{organ}{year}年政府信息公开工作年度报告 {year}年{place}{organ}政府信息公开年度报告
{place}{organ}{year}年度政府信息公开年报 {place}{organ}关于{year}年政府信息公开工作情况的报告
{place}{organ}政府信息公开工作年度报告（{year}年度） {year}年度{organ}信息公开工作年报
{place}{organ}{hanzi}年政府信息公开工作年度报告 {organ}{year}年信息公开年度报告 {organ}{year}年年报
{year}年 {organ} {place}{organ}{year}年政务公开工作年度报告
""")
Pager = Callable[["Style", str, int, int], tuple[str, str]]
Link = Callable[[str, int, int], str]
HANZI = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass
class Invented:
    """A portal in the making."""

    chance: random.Random
    portal: Portal = field(default_factory=Portal)
    number: int = 0

    def pick(self, choices: tuple) -> object:
        return self.chance.choice(choices)


def invent(seed: int) -> Portal:
    """Return the portal of a seed; `portal.name` says how it is made."""
    made = Invented(random.Random(seed))
    chance, portal = made.chance, made.portal
    portal.url = "http://www.qinghe-invented.gov.cn/"
    title = chance.choice(TITLES)
    nesting = chance.choice(("flat", "flat", "group", "organ", "year", "group-year", "tabs"))
    if title == "{organ}":
        nesting = "year"
    if title == "{year}年":
        nesting = "organ"
    column, folder = chance.choice(COLUMNS)
    opaque = chance.random() < 0.4
    depth = chance.randint(0, 2)
    names = [chance.choice(HUBS), *(chance.sample(INNER, depth - 1) if depth > 1 else ())][:depth]
    pager = chance.choice(list(PAGERS))
    rows = chance.choice(list(ROWS))
    address = chance.choice(list(ADDRESSES))
    charset = chance.choice(("utf-8", "utf-8", "gbk"))
    portal.name = f"{'>'.join(name for name, _ in names)}>{column} {nesting} {pager} {rows} {address} {title} {charset}"
    style = Style(made, PAGERS[pager], ROWS[rows], ADDRESSES[address], title, charset)

    def place(name: str, parent: str) -> str:
        made.number += 1
        return f"{parent}{f'c{made.number + 100 + seed}' if opaque else name}/"

    way = "/"
    stations = []
    for name, path in [*names, (column, folder)]:
        way = place(path, way)
        stations.append((name, way))
    build_column(style, nesting, stations[-1][1], column, place)
    for (name, path), (following, target) in pairwise(stations):
        style.add(path, style.shell(name, style.menu([*style.decoys(8, path), (following, target)], "side"), name))
    style.add("/", style.home(stations[0]))
    for row in portal.planted:
        style.add(row.path, style.document(row))
    portal.otherwise = Answer(body="<h1>404 Not Found</h1>", status=404)
    return portal


def build_column(style: Style, nesting: str, path: str, name: str, place: Callable[[str, str], str]) -> None:
    """Plant reports and add the column's pages."""
    chance = style.made.chance
    organs = chance.sample(ORGANS, chance.randint(4, 10))
    years = list(range(2024, 2024 - chance.randint(3, 9), -1))
    if nesting == "flat":
        style.listing(path, name, style.plant(path, organs, years))
        return
    if nesting == "tabs":
        tabs = {year: style.plant(path, organs, [year]) for year in years}
        body = "".join(f'<div class="tab"><h3>{year}年</h3>{style.rows(rows)}</div>' for year, rows in tabs.items())
        style.add(path, style.shell(name, body, name))
        return
    kind = nesting.partition("-")[0]
    if kind == "organ":
        parts = [(organ, [organ], years) for organ in organs]
    elif kind == "year":
        parts = [(f"{year}年", organs, [year]) for year in years]
    else:
        half = len(organs) // 2
        parts = [
            (group, some, years)
            for group, some in zip(chance.sample(GROUPS, 2), (organs[:half], organs[half:]), strict=True)
        ]
    links = []
    for number, (words, some, when) in enumerate(parts):
        inner = place(f"p{number}", path)
        links.append((words, inner))
        if nesting == "group-year":
            below = [(f"{year}年", place(f"y{year}", inner), year) for year in when]
            style.add(inner, style.shell(words, style.menu([(label, at) for label, at, _ in below], "years"), words))
            for label, at, year in below:
                style.listing(at, label, style.plant(at, some, [year]))
        else:
            style.listing(inner, words, style.plant(inner, some, when))
    style.add(path, style.shell(name, style.menu(links, "sub"), name))


@dataclass
class Style:
    """How one portal writes its pages."""

    made: Invented
    pager: Pager
    row: Callable[[Planted], str]
    address: Callable[[str, int, date], str]
    title: str
    charset: str

    def add(self, path: str, html: str) -> None:
        body = html.replace("CHARSET", self.charset).encode(self.charset, "replace")
        self.made.portal.pages[path] = Answer(body=body, media_type="text/html")

    def plant(self, path: str, organs: list[str], years: list[int]) -> list[Planted]:
        rows = []
        for year in years:
            for organ in organs:
                self.made.number += 1
                day = date(year + 1, 1, 10) + timedelta(days=self.made.chance.randrange(80))
                words = self.title.format(place="青禾市", organ=organ, year=year, hanzi=str(year).translate(HANZI))
                rows.append(Planted(title=words, path=self.address(path, self.made.number, day), listed_on=day))
        self.made.portal.planted += rows
        return rows

    def rows(self, planted: list[Planted]) -> str:
        return f'<div class="list-box">{wrap(self.row, "".join(map(self.row, planted)))}</div>'

    def listing(self, path: str, name: str, planted: list[Planted]) -> None:
        size = self.made.chance.choice((5, 8, 10, 15, 20))
        pages = [planted[start : start + size] for start in range(0, len(planted), size)] or [[]]
        for number, shown in enumerate(pages, 1):
            address, pager = self.pager(self, path, number, len(pages))
            self.add(address, self.shell(name, f'{self.rows(shown)}<div class="pages">{pager}</div>', name))

    def menu(self, links: list[tuple[str, str]], label: str) -> str:
        items = "".join(f'<li><a href="{path}">{words}</a></li>' for words, path in links)
        return f'<ul class="{label}">{items}</ul>'

    def decoys(self, number: int, path: str) -> list[tuple[str, str]]:
        found = []
        for name in self.made.chance.sample(DECOYS, number):
            self.made.number += 1
            at = f"{path}d{self.made.number}/"
            found.append((name, at))
            self.add(at, self.shell(name, self.noise_rows(name, at), name))
        return found

    def noise_rows(self, name: str, path: str) -> str:
        lines = []
        for n in range(self.made.chance.randint(0, 9)):
            self.made.number += 1
            at = f"{path}{self.made.number}.html"
            lines.append(
                f'<li><a href="{at}">青禾市{name}有关事项的公告（第{n}号）</a><span>2023-0{n % 9 + 1}-11</span></li>'
            )
            self.add(
                at, self.shell("公告", f"<p>{name}第{self.made.number}号公告。特此公告，请有关单位遵照执行。</p>", name)
            )
        return f'<ul class="news">{"".join(lines)}</ul><p>{name} {path}</p>'

    def home(self, first: tuple[str, str]) -> str:
        noise = []
        for name in self.made.chance.sample(NOISE, 25):
            self.made.number += 1
            at = f"/n{self.made.number}/"
            noise.append((name, at))
            self.add(at, self.shell(name, self.noise_rows(name, at), name))
        place = self.made.chance.randrange(len(noise))
        menu = self.menu([*noise[:place], first, *noise[place:]], "nav")
        news = "".join(
            f'<li><a href="/news/{n}.html">青禾市召开第{n}次重点工作推进会</a><i>2024-03-{n % 28 + 1:02d}</i></li>'
            for n in range(200)
        )
        friends = self.menu(
            [(f"{name}子站", f"http://www.{n}.invented.gov.cn/") for n, name in enumerate(ORGANS)], "friends"
        )
        return self.page("青禾市人民政府门户网站", f'{menu}<ul class="news">{news}</ul>{friends}')

    def shell(self, name: str, body: str, crumb: str) -> str:
        return self.page(
            f"{name}_青禾市人民政府", f'<div class="crumb">当前位置：<a href="/">首页</a> &gt; {crumb}</div>{body}'
        )

    def page(self, title: str, body: str) -> str:
        return (
            f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=CHARSET">'
            f'<title>{title}</title></head><body><div class="top"><a href="/">网站首页</a></div>{body}'
            f'<div class="foot">主办：青禾市人民政府 '
            f'网站标识码：9901000001 <a href="/about/">关于我们</a></div></body></html>'
        )

    def document(self, row: Planted) -> str:
        text = "".join(f"<p>{line}</p>" for line in document_lines(row))
        return self.shell(
            row.title, f'<h1>{row.title}</h1><p>发布时间：{row.listed_on}</p><div id="zoom">{text}</div>', "正文"
        )


def wrap(row: Callable[[Planted], str], inner: str) -> str:
    before, after = WRAPPERS.get(row, ("<ul>", "</ul>"))
    return f"{before}{inner}{after}"


def row_li(row: Planted) -> str:
    return (
        f'<li><a href="{row.path}" title="{row.title}" target="_blank">{row.title}</a><span>{row.listed_on}</span></li>'
    )


def row_cut(row: Planted) -> str:
    link = f'<a href="{row.path}" title="{row.title}">{row.title[:12]}...</a>'
    return f'<li><span class="date">[{row.listed_on:%Y/%m/%d}]</span>{link}</li>'


def row_table(row: Planted) -> str:
    cells = (f"QH{row.listed_on:%Y%m%d}", f'<a href="{row.path}">{row.title}</a>', "青禾市", row.listed_on)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def row_dl(row: Planted) -> str:
    return f'<dt><a href="{row.path}">{row.title}</a></dt><dd>{row.listed_on:%Y年%m月%d日}</dd>'


def row_onclick(row: Planted) -> str:
    inner = f"<span>{row.title}</span><em>{row.listed_on}</em>"
    return f"<div class='item' onclick=\"window.location.href='{row.path}'\">{inner}</div>"


def row_open(row: Planted) -> str:
    link = f'<a href="javascript:void(0)" onclick="window.open(\'{row.path}\')">{row.title}</a>'
    return f"<li>{link} {row.listed_on:%Y.%m.%d}</li>"


def row_plain(row: Planted) -> str:
    return f'<p>·<a href="{row.path}">{row.title}</a></p>'


def row_deep(row: Planted) -> str:
    return (
        f'<div class="row"><div class="l"><h4><a href="{row.path}">{row.title}</a></h4><p>根据条例编制。</p></div>'
        f'<div class="r"><b>{row.listed_on:%d}</b><i>{row.listed_on:%Y-%m}</i></div></div>'
    )


ROWS = {
    "li": row_li,
    "cut": row_cut,
    "table": row_table,
    "dl": row_dl,
    "onclick": row_onclick,
    "open": row_open,
    "plain": row_plain,
    "deep": row_deep,
}
WRAPPERS = {
    row_table: ("<table class='tb'><tr><th>索引号</th><th>名称</th><th>机构</th><th>日期</th></tr>", "</table>"),
    row_dl: ("<dl>", "</dl>"),
    row_onclick: ("<div>", "</div>"),
    row_plain: ("<div>", "</div>"),
    row_deep: ("<div>", "</div>"),
}
ADDRESSES: dict[str, Callable[[str, int, date], str]] = {
    "trs": lambda path, n, day: f"{path}{day:%Y%m}/t{day:%Y%m%d}_{n + 4000}.html",
    "art": lambda _p, n, day: f"/art/{day.year}/{day.month}/{day.day}/art_77_{n}.html",
    "number": lambda path, n, _d: f"{path}{n}.html",
    "dated": lambda path, n, day: f"{path}{day:%Y-%m-%d}/{n}.shtml",
    "uuid": lambda path, n, day: f"{path}{day:%Y%m}/{n:032x}.shtml",
    "query": lambda _p, n, _d: f"/show.php?id={n}",
    "aspx": lambda _p, n, _d: f"/Detail.aspx?infoId={n}",
    "jhtml": lambda path, n, _d: f"{path}{n}.jhtml",
    "info": lambda _p, n, _d: f"/info/1021/{n}.htm",
    "folder": lambda path, n, day: f"{path}{day:%Y%m%d}{n:08d}/index.html",
    "post": lambda path, n, _d: f"{path}content/post_{n}.html",
    "content": lambda _p, n, day: f"/content/{day:%Y}/{n}.html",
}


def static(name: Callable[[int], str], link: Link) -> Pager:
    """Return a pager of static files: how page k is called, and how the pager is written."""

    def pager(_style: Style, path: str, number: int, pages: int) -> tuple[str, str]:
        own = path if number == 1 else f"{path}{name(number)}"
        return own, link_all(lambda n: f"{path}{name(n)}", path, link, number, pages)

    return pager


def link_all(name: Callable[[int], str], first: str, link: Link, number: int, pages: int) -> str:
    if link is only_next:
        return f'<a href="{name(number + 1)}">下一页</a>' if number < pages else ""
    if link is options:
        inner = "".join(f'<option value="{name(n) if n > 1 else first}">{n}</option>' for n in range(1, pages + 1))
        return f"<select onchange='go(this)'>{inner}</select>共{pages}页"
    numbers = "".join(f'<a href="{name(n) if n > 1 else first}">{n}</a>' for n in range(1, min(pages, 4) + 1))
    ahead = f'<a href="{name(number + 1)}">下一页&gt;</a><a href="{name(pages)}">尾页</a>' if number < pages else ""
    return f"第{number}页/共{pages}页 {numbers}{ahead}"


def only_next(_a: str, _n: int, _p: int) -> str:
    return ""


def options(_a: str, _n: int, _p: int) -> str:
    return ""


def numbered(_a: str, _n: int, _p: int) -> str:
    return ""


def trs_call(style: Style, path: str, number: int, pages: int) -> tuple[str, str]:
    own = path if number == 1 else f"{path}index_{number - 1}.html"
    return own, f'<script>createPageHTML({pages}, {number - 1}, "index", "html");</script>'


def queried(parameter: str) -> Pager:
    """Return a pager whose pages are told apart by a query."""

    def pager(_style: Style, path: str, number: int, pages: int) -> tuple[str, str]:
        own = path if number == 1 else f"{path}index.jsp?{parameter}={number}"
        links = "".join(f'<a href="{path}index.jsp?{parameter}={n}">{n}</a>' for n in range(2, pages + 1))
        ahead = f'<a href="{path}index.jsp?{parameter}={number + 1}">下页</a>' if number < pages else ""
        return own, f"共{pages}页 {links}{ahead}"

    return pager


def called(_style: Style, path: str, number: int, pages: int) -> tuple[str, str]:
    """Numbers that call a function of the page, which makes the address."""
    own = path if number == 1 else f"{path}list.do?cid=77&pageNo={number}"
    links = "".join(f'<a href="javascript:goPage({n})">{n}</a>' for n in range(1, pages + 1))
    return (
        own,
        f"<script>function goPage(n){{location.href='{path}list.do?cid=77&pageNo='+n;}}</script>{links}共{pages}页",
    )


def written(_style: Style, path: str, number: int, pages: int) -> tuple[str, str]:
    """A script that writes the pager in a loop: only the number of pages is there to read."""
    own = path if number == 1 else f"{path}index_{number}.html"
    return own, (
        f"<script>var countPage = {pages};var cur={number};for(var i=1;i<=countPage;i++)"
        "{document.write('<a href=\"index_'+i+'.html\">'+i+'</a>');}</script>"
    )


PAGERS = {
    "from-1": static(lambda n: f"index_{n}.html", numbered),
    "from-0": static(lambda n: f"index_{n - 1}.html", numbered),
    "next-only": static(lambda n: f"list_{n}.shtml", only_next),
    "options": static(lambda n: f"index_{n}.html", options),
    "plain-numbers": static(lambda n: f"{n}.html", numbered),
    "dashes": static(lambda n: f"list-{n}.html", numbered),
    "folders": static(lambda n: f"page/{n}/", numbered),
    "trs": trs_call,
    "page": queried("page"),
    "pageNo": queried("pageNo"),
    "PageIndex": queried("PageIndex"),
    "function": called,
    "written": written,
}


def hit_ratio(portal: Portal) -> float:
    """Return pages asked per report beyond the reports themselves."""
    return (len(portal.hits) - len(portal.planted)) / max(len(portal.planted), 1)


def asked(hits: list[Hit]) -> list[str]:
    return [hit.target for hit in hits]
