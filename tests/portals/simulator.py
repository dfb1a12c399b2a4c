"""A portal on loopback that a test builds page by page: every hit is logged, any page can fail on demand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.parse import parse_qsl, urlsplit

ADDRESSES = count(21)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the server sends."""

    body: bytes | str = ""
    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One request that came."""

    method: str
    target: str
    fields: dict[str, str]
    """Of the query and of a posted form."""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path


Handler = Callable[[Hit], Answer]


@dataclass(frozen=True, kw_only=True)
class Planted:
    """One row of a list and the page behind it."""

    title: str
    path: str
    listed_on: date
    report: bool = True
    """False: a look-alike, which must not be taken for a report but is opened."""


@dataclass
class Portal:
    """The pages of one simulated portal."""

    name: str = "青禾市人民政府"
    planted: list[Planted] = field(default_factory=list)
    pages: dict[str, Answer | Handler] = field(default_factory=dict)
    """By path, or by path and query where a query tells pages apart."""
    otherwise: Answer | Handler = Answer(body="<h1>404 Not Found</h1>", status=404)
    hits: list[Hit] = field(default_factory=list)
    url: str = ""

    @property
    def reports(self) -> list[Planted]:
        return [row for row in self.planted if row.report]

    def answer(self, hit: Hit) -> Answer:
        self.hits.append(hit)
        found = self.pages.get(hit.target) or self.pages.get(hit.path) or self.otherwise
        return found if isinstance(found, Answer) else found(hit)

    def add(self, path: str, body: str, **options: object) -> None:
        self.pages[path] = Answer(body=body, **options)  # type: ignore[arg-type]

    def add_documents(self, render: Callable[[Planted], str] | None = None) -> None:
        for row in self.planted:
            self.add(row.path, (render or render_document)(row))


def plant(number: int, path: Callable[[int, date], str], *, organ: str = "青禾市", every: int = 7) -> list[Planted]:
    """Return rows: reports of several organs and years, and one look-alike in `every` rows."""
    organs = ("人民政府", "教育局", "财政局", "民政局", "水利局", "公安局", "交通运输局")
    others = ("政府工作报告", "法治政府建设情况报告", "政府网站工作年度报表")
    rows = []
    for place in range(number):
        year = 2024 - place // len(organs)
        listed_on = date(year + 1, 1 + place % 3, 1 + place % 28)
        alike = place % every == every - 1
        words = others[place % 3] if alike else "政府信息公开工作年度报告"
        title = f"{organ}{organs[place % len(organs)]}{year}年{words}"
        rows.append(Planted(title=title, path=path(place, listed_on), listed_on=listed_on, report=not alike))
    return rows


def render_document(row: Planted) -> str:
    body = "".join(f"<p>{line}</p>" for line in document_lines(row))
    return page(f"{row.title}_青禾市人民政府", f'<h1>{row.title}</h1><div id="zoom">{body}</div>')


def document_lines(row: Planted) -> list[str]:
    if not row.report:
        return [
            f"{row.title}。现将有关工作情况汇报如下。",
            "一年来,各项工作稳步推进,完成项目十二个。",
            f"编号{row.path}",
        ]
    return [
        "根据《中华人民共和国政府信息公开条例》编制本年度报告。",
        "一、总体情况。全年主动公开政府信息一百二十条。",
        "二、主动公开政府信息情况。公开规范性文件三件。",
        "三、收到和处理政府信息公开申请情况。收到申请五件,均按时答复。",
        "四、政府信息公开行政复议、行政诉讼情况。无。",
        "五、存在的主要问题及改进情况。公开内容还不够细。",
        f"六、其他需要报告的事项。编号{row.path}",
    ]


def page(title: str, body: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>'
        f'<li><a href="/xwzx/">新闻中心</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>'
        f'{body}<div class="footer">主办：青禾市人民政府办公室 网站标识码：9901000001</div></body></html>'
    )


def rows(planted: list[Planted]) -> str:
    return "".join(
        f'<li><a href="{row.path}" title="{row.title}">{row.title}</a><span>{row.listed_on}</span></li>'
        for row in planted
    )


def listing(planted: list[Planted], pager: str = "", column: str = "政府信息公开年报") -> str:
    trail = f'<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; {column}</div>'
    return page(
        f"{column}_青禾市人民政府", f'{trail}<ul class="list">{rows(planted)}</ul><div class="pages">{pager}</div>'
    )


def add_way(portal: Portal, column: str, words: str = "政府信息公开年报") -> None:
    """Add a home page and the hub that leads to a column, among columns that do not."""
    news = "".join(
        f'<li><a href="/xwzx/{n}.html">青禾市召开第{n}次防汛工作会议</a><span>2024-05-0{n}</span></li>'
        for n in range(1, 7)
    )
    portal.add("/", page("青禾市人民政府", f'<ul class="news">{news}</ul><a href="/col/ldzc/">领导之窗</a>'))
    menu = (("zn", "政府信息公开指南"), ("zd", "政府信息公开制度"), ("fdzd", "法定主动公开内容"), ("ysq", "依申请公开"))
    links = "".join(f'<li><a href="/zwgk/{path}/">{name}</a></li>' for path, name in menu)
    portal.add("/zwgk/", page("政务公开", f'<ul class="menu">{links}<li><a href="{column}">{words}</a></li></ul>'))
    for path, name in menu:
        portal.add(f"/zwgk/{path}/", page(name, f"<p>{name}。{path}。办公时间：上午九时至十二时。</p>"))
    for path in ("/xwzx/", "/hdjl/", "/col/ldzc/"):
        portal.add(path, page("栏目", f"<p>{path}栏目正在建设。</p>"))


def slices(planted: list[Planted], size: int) -> list[list[Planted]]:
    return [planted[start : start + size] for start in range(0, len(planted), size)]


@contextmanager
def serve(portal: Portal) -> Iterator[Portal]:
    """Serve a portal on a loopback address of its own until the block ends."""

    class RequestHandler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.reply("")

        def do_POST(self) -> None:
            self.reply(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

        def reply(self, form: str) -> None:
            fields = dict(parse_qsl(f"{urlsplit(self.path).query}&{form}", keep_blank_values=True))
            answer = portal.answer(Hit(method=self.command, target=self.path, fields=fields))
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in answer.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing: the hits are logged."""

    address = f"127.0.0.{21 + next(ADDRESSES) % 200}"
    server = ThreadingHTTPServer((address, 0), RequestHandler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    portal.url = f"http://{address}:{server.server_address[1]}/"
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
