"""The fault server: hosts are 127.0.0.x addresses, each with its paths; a path is what it does to the connection."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Thread


@dataclass
class Exchange:
    """One request as a fault sees it."""

    handler: BaseHTTPRequestHandler
    visit: int
    """How often this path was asked, this time included."""

    def send(
        self, status: int = 200, body: bytes = b"<html>ok</html>", *, length: int | None = None, **headers: str
    ) -> None:
        """Answer; `length` is what is announced when it is not what is sent."""
        self.handler.send_response(status)
        fields = {"Content_Type": "text/html", "Content_Length": str(len(body) if length is None else length)} | headers
        for name, value in fields.items():
            if value:
                self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        self.handler.wfile.write(body)


Fault = Callable[[Exchange], None]


@dataclass(frozen=True)
class Hit:
    host: str
    path: str
    at: float
    headers: dict[str, str]


@dataclass
class FaultServer:
    """Hosts with their paths; unknown paths are 404."""

    hosts: dict[str, dict[str, Fault]] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    ports: dict[str, int] = field(default_factory=dict)
    _visits: Counter[tuple[str, str]] = field(default_factory=Counter)

    def url(self, host: str, path: str) -> str:
        return f"http://{host}:{self.ports[host]}{path}"

    def paths(self, host: str) -> list[str]:
        """The paths asked of a host, in order."""
        return [hit.path for hit in self.hits if hit.host == host]

    def gaps(self, host: str) -> list[float]:
        """The seconds between a host's hits."""
        times = [hit.at for hit in self.hits if hit.host == host]
        return [later - earlier for earlier, later in pairwise(times)]

    def answer(self, host: str, handler: BaseHTTPRequestHandler) -> None:
        self.hits.append(Hit(host, handler.path, time.monotonic(), dict(handler.headers)))
        self._visits[host, handler.path] += 1
        fault = self.hosts[host].get(handler.path, lambda exchange: exchange.send(404))
        fault(Exchange(handler, self._visits[host, handler.path]))

    @contextmanager
    def run(self):
        """Serve every host in its own thread."""
        servers = []
        for host in self.hosts:
            server = ThreadingHTTPServer((host, 0), make_handler(self, host))
            server.daemon_threads, server.block_on_close = True, False
            self.ports[host] = server.server_address[1]
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
            servers.append(server)
        try:
            yield self
        finally:
            for server in servers:
                server.shutdown()
                server.server_close()


def make_handler(server: FaultServer, host: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.answer(host, self)

        def log_message(self, *args: object) -> None:
            pass

    return Handler
