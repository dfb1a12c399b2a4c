"""Invented portals on loopback for measuring whole crawls: rendered before, served by a process of their own."""

from __future__ import annotations

import asyncio
import json
import sys
from functools import partial
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Final

from benchmarks.accuracy_invented import html_of
from benchmarks.synthetic import iter_reports
from crawler.items import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    Pages = dict[bytes, bytes]

ON_A_PAGE: Final = 20
MENU: Final = "".join(f"<li><a href='/lm/{number}/' class='menu-item'>栏目{number}</a></li>" for number in range(120))
"""The chrome of a page: some 8 kB, as portals have it."""
SHELL: Final = (
    "<!doctype html><html><head><meta charset='utf-8'><meta name='SiteName' content='青禾市人民政府'>"
    "<title>{title}</title></head><body><div class='header'><ul class='nav'>{menu}</ul></div>"
    "<div class='position'>当前位置：<a href='/'>首页</a> &gt; <a href='/nb/'>政府信息公开年报</a></div>{body}"
    "<div class='footer'>主办：青禾市人民政府 网站标识码：9901000001</div></body></html>"
)


def shell(title: str, body: str) -> bytes:
    """Return a page."""
    return SHELL.format(title=escape(title), menu=MENU, body=body).encode()


def render(report: Report) -> str:
    """Return a report as the body of its page: its paragraphs, and its tables as tables."""
    parts, at = [f"<h1>{escape(report.title or '')}</h1><div class='content'>"], 0
    for table in report.tables:
        parts += paragraphs(report.text[at : table.start])
        parts.append(html_of(table))
        at = table.end
    return "".join([*parts, *paragraphs(report.text[at:]), "</div>"])


def paragraphs(text: str) -> Iterator[str]:
    """Yield a text's lines as paragraphs."""
    for line in text.splitlines():
        if line:
            yield f"<p>{escape(line)}</p>"


def make_pages(host: int, count: int) -> Pages:
    """Return the pages of one portal by their paths: home, lists, reports."""
    made = (each for each in iter_reports(count * 2, seed=host) if isinstance(each, Report))
    reports = list(islice(made, count))
    titles = [report.title or "" for report in reports]
    pages = {b"/": shell("青禾市人民政府", "<ul><li><a href='/nb/'>政府信息公开年报</a></li></ul>")}
    last = (count - 1) // ON_A_PAGE
    for number in range(last + 1):
        rows = range(number * ON_A_PAGE, min(count, (number + 1) * ON_A_PAGE))
        listed = "".join(
            f"<li><a href='/nb/c{n}.html'>{escape(titles[n])}</a><span>2024-01-30</span></li>" for n in rows
        )
        more = f"<a href='/nb/index_{number + 1}.html'>下一页</a>" if number < last else ""
        path = b"/nb/" if not number else f"/nb/index_{number}.html".encode()
        pages[path] = shell("政府信息公开年报", f"<ul class='list'>{listed}</ul><div class='page'>{more}</div>")
    for number, report in enumerate(reports):
        pages[f"/nb/c{number}.html".encode()] = shell(report.title or "", render(report))
    return pages


async def answer(pages: Pages, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection."""
    try:
        while request := await reader.readuntil(b"\r\n\r\n"):
            body = pages.get(request.split(b" ", 2)[1])
            status = b"200 OK" if body is not None else b"404 Not Found"
            body = body or b"<html><body>404</body></html>"
            head = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
            writer.write(head % (status, len(body)) + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def serve(hosts: int, count: int) -> None:
    """Serve the portals until standard input ends; print their addresses with the paths of each as JSON."""
    told = []
    for host in range(1, hosts + 1):
        pages = make_pages(host, count)
        server = await asyncio.start_server(partial(answer, pages), f"127.0.4.{host}", 0)
        port = server.sockets[0].getsockname()[1]
        told.append({"home": f"http://127.0.4.{host}:{port}", "paths": [path.decode() for path in pages]})
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
