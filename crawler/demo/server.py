"""The demo portals' servers: one thread each, on loopback addresses that the crawl may reach while they run."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from crawler.demo.sites import Answer, Site, load_site
from crawler.demo.templates import load_template
from crawler.fetching.network import guard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDERS = ("qinghe", "wutong", "yinxing", "caizheng")
OUTSIDE = ("127.0.0.6", 18406)
"""Where the host stands that is no part of any portal."""


@dataclass(slots=True, kw_only=True, frozen=True)
class DemoPortal:
    """One portal of the demo, being served."""

    id: str
    name: str
    home_url: str
    region_code: str | None = None
    """None: the prefecture is invented, no table of divisions has it."""
    level: str | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Hit:
    """One request that a demo server answered."""

    host: str
    target: str
    at: float
    """`time.monotonic()` when it came."""


@dataclass(slots=True, kw_only=True)
class Demo:
    """The demo while it runs."""

    portals: list[DemoPortal] = field(default_factory=list)
    outside: str = ""
    """The host that no crawl of the portals may ask."""
    hits: list[Hit] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    """Answers from a function of target and posted form, logging each request to a list instead of the terminal."""

    protocol_version = "HTTP/1.1"

    def __init__(
        self, *args: object, answer: Callable[[str, str], Answer], host: str, hits: list[Hit], **kwargs: object
    ) -> None:
        self._answer, self._host, self._hits = answer, host, hits
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what socketserver hands on

    def do_GET(self) -> None:
        """Answer a GET."""
        self._reply("")

    def do_POST(self) -> None:
        """Answer a POST with a form."""
        self._reply(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("ascii", "replace"))

    def _reply(self, form: str) -> None:
        self._hits.append(Hit(host=self._host, target=self.path, at=time.monotonic()))
        answer = self._answer(self.path, form)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.location:
            self.send_header("Location", answer.location)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class named it
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server whose threads end with the program."""

    daemon_threads = True
    block_on_close = False


def place_for(address: str, store: str) -> str:
    """Return the loopback address that stands for another in one store's demo: `127.0.0.2` → `127.81.164.2`.

    A store meets the same addresses in every run, whatever demo of another store runs at the same time.
    """
    first, second = sha256(store.encode()).digest()[:2]
    return f"127.{first}.{second}.{address.rpartition('.')[2]}"


def bind(address: str, port: int) -> Server:
    """Return a server on the address it likes, else on the same with any port, else on 127.0.0.1.

    macOS has no loopback address but 127.0.0.1.
    """
    for place in ((address, port), (address, 0), ("127.0.0.1", port)):
        try:
            return Server(place, BaseHTTPRequestHandler)
        except OSError:
            continue
    return Server(("127.0.0.1", 0), BaseHTTPRequestHandler)


@contextmanager
def serve(server: Server, answer: Callable[[str, str], Answer], hits: list[Hit]) -> Iterator[None]:
    """Serve in a thread; the address guard lets the crawl reach this very address and port meanwhile."""
    address, port = server.server_address[:2]
    place = (str(address), port)
    server.RequestHandlerClass = partial(Handler, answer=answer, host=host_of(server), hits=hits)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    guard.open(*place)
    try:
        yield
    finally:
        guard.close(*place)
        server.shutdown()
        server.server_close()
        thread.join()


def host_of(server: Server) -> str:
    """Return `address:port`."""
    address, port = server.server_address[:2]
    return f"{address!s}:{port}"


@contextmanager
def run_demo(store: str = "") -> Iterator[Demo]:
    """Serve one store's demo portals and the host outside them; yield what a test wants to know."""
    with ExitStack() as stack:
        outside = bind(place_for(OUTSIDE[0], store), OUTSIDE[1])
        demo = Demo(outside=host_of(outside))
        page = Answer(body=load_template("outside.html").encode())
        stack.enter_context(serve(outside, lambda *_: page, demo.hits))
        for folder in FOLDERS:
            file = load_site(folder)
            server = bind(place_for(file.address, store), file.port)
            site = Site(file, host_of(server), demo.outside)
            stack.enter_context(serve(server, site.answer, demo.hits))
            demo.portals.append(DemoPortal(id=file.id, name=file.name, home_url=f"http://{host_of(server)}/"))
        yield demo


@contextmanager
def serve_demo(store: str) -> Iterator[list[DemoPortal]]:
    """Serve the demo portals of the store at an address on loopback until the block ends; yield them."""
    with run_demo(store) as demo:
        yield demo.portals
