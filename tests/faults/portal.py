"""A portal of any size on one loopback host, whose every page is made from its number; hits are its log."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

YEARS = range(2016, 2025)
ON_A_PAGE = 20
CHROME = (
    "<html><head><meta charset='utf-8'><title>{title}</title></head><body><div class='nav'><a href='/'>首页</a> "
    "<a href='/zwgk/'>政务公开</a> <a href='/zwgk/nb/'>政府信息公开年报</a></div>{body}"
    "<div class='footer'>版权所有：青禾市人民政府 访问量：{counter}</div></body></html>"
)
REST = "全年受理的申请均在规定期限内办结。公开工作仍有不足，将从平台建设、人员培训和目录更新三个方面加以改进。"


@dataclass
class BigPortal:
    """What it serves and what it was asked."""

    reports: int
    validators: bool = True
    """Whether it knows its documents by ETag, and answers 304."""
    pause: float = 0.0
    """Seconds before each answer."""
    retry_after: int = 0
    """Seconds for which it asks to be left alone, with 503; 0: it answers."""
    host: str = "127.0.2.1"
    port: int = 0
    edits: dict[int, int] = field(default_factory=dict)
    """Reports whose figure was changed, with the new one."""
    gone: set[int] = field(default_factory=set)
    hits: list[tuple[float, str, int]] = field(default_factory=list)
    """When, what, and the status."""
    bytes_sent: int = 0
    _lock: Lock = field(default_factory=Lock)

    @property
    def home(self) -> str:
        return f"http://{self.host}:{self.port}/"

    def title(self, number: int) -> str:
        organ, year = divmod(number, len(YEARS))
        return f"青禾市第{organ + 1}局{YEARS[year]}年政府信息公开工作年度报告"

    def documents(self, status: int | None = None) -> Counter[str]:
        """How often each report was asked."""
        return Counter(path for _, path, code in self.hits if path.startswith("/zwgk/nb/c_") and status in (None, code))

    def page(self, path: str) -> tuple[str, str] | None:
        """The title and the body of a page."""
        if path == "/":
            return "青禾市人民政府", "<ul><li><a href='/zwgk/nb/'>政府信息公开年报</a></li></ul>"
        if path == "/zwgk/":
            return "政务公开", "<p><a href='/zwgk/nb/'>政府信息公开年报</a></p>"
        if path.startswith("/zwgk/nb/c_"):
            number = int(path.removeprefix("/zwgk/nb/c_").removesuffix(".html"))
            return None if number in self.gone or number >= self.reports else (self.title(number), self.report(number))
        if path.startswith("/zwgk/nb/"):
            place = path.removeprefix("/zwgk/nb/").removeprefix("index").removesuffix(".html").removeprefix("_")
            return "政府信息公开年报", self.listing(int(place or 0))
        return None

    def report(self, number: int) -> str:
        figure = self.edits.get(number, number + 100)
        return (
            f"<div class='content'><h1>{self.title(number)}</h1><p>发布时间：2025-01-20 来源：青禾市人民政府</p>"
            f"<p>一、主动公开情况</p><p>本年度主动公开政府信息{figure}条。</p><p>二、依申请公开情况</p>"
            f"<p>本年度收到政府信息公开申请{number % 7}件。{REST}</p>"
            f"<p>三、存在的主要问题及改进情况</p><p>{REST * 3}</p></div>"
        )

    def listing(self, page: int) -> str:
        shown = range(page * ON_A_PAGE, min((page + 1) * ON_A_PAGE, self.reports))
        rows = "".join(
            f"<li><a href='/zwgk/nb/c_{n}.html'>{self.title(n)}</a><span>2025-01-20</span></li>" for n in shown
        )
        more = f"<a href='/zwgk/nb/index_{page + 1}.html'>下一页</a>" if shown.stop < self.reports else ""
        return f"<div class='list'><ul>{rows}</ul></div><div class='page'>{more}</div>"

    @contextmanager
    def run(self):
        """Serve in threads."""

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(handler) -> None:  # noqa: N805
                self.answer(handler)

            def log_message(handler, *args: object) -> None:  # noqa: N805
                pass

        server = ThreadingHTTPServer((self.host, self.port), Handler)
        server.daemon_threads, server.block_on_close = True, False
        self.port = server.server_address[1]
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        at = time.monotonic()
        if self.pause:
            time.sleep(self.pause)
        found = self.page(handler.path)
        status, tag, body = 404, "", b"<html><body>404</body></html>"
        if self.retry_after:
            status = 503
        elif found is not None:
            status, (title, text) = 200, found
            tag = '"' + hashlib.md5((title + text).encode()).hexdigest() + '"' if self.validators else ""
            body = CHROME.format(title=title, body=text, counter=len(self.hits)).encode()
            if tag and handler.headers.get("If-None-Match") == tag:
                status, body = 304, b""
        with self._lock:
            self.hits.append((at, handler.path, status))
            self.bytes_sent += len(body)
        try:
            handler.send_response(status)
            if status != 304:
                handler.send_header("Content-Type", "text/html; charset=utf-8")
                handler.send_header("Content-Length", str(len(body)))
            if tag:
                handler.send_header("ETag", tag)
            if self.retry_after:
                handler.send_header("Retry-After", str(self.retry_after))
            handler.end_headers()
            handler.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):  # the crawl was killed
            handler.close_connection = True
