"""What the crawl may touch: the refusals every part of it shares, and the guard over outgoing addresses.

The guard stands in the resolver, because every connection passes there whatever led to it (a link, a redirect, an
attachment, robots.txt), names and literal addresses alike, and because what the resolver answers is what is dialled: a
name that gives a public address when asked and a private one when dialled has nothing to swap.
"""
# ruff: noqa: N802, N803, N815  # Twisted named the methods and arguments of its interfaces

from __future__ import annotations

import logging
import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol, Self

    from scrapy.crawler import Crawler
    from twisted.internet.interfaces import IAddress

    class Receiver(Protocol):
        """Twisted's IResolutionReceiver, for the type checker."""

        def resolutionBegan(self, resolution: object) -> None: ...  # noqa: D102
        def addressResolved(self, address: HostAddress) -> None: ...  # noqa: D102
        def resolutionComplete(self) -> None: ...  # noqa: D102

    class Resolver(Protocol):
        """Twisted's IHostnameResolver, likewise."""

        def resolveHostName(  # noqa: D102
            self,
            resolutionReceiver: Receiver,
            hostName: str,
            portNumber: int = 0,
            addressTypes: Sequence[type[IAddress]] | None = None,
            transportSemantics: str = "TCP",
        ) -> object: ...

    class HostAddress(Protocol):
        """Twisted's IPv4Address and IPv6Address, likewise."""

        host: str

    class Reactor(Protocol):
        """What of the reactor the resolver needs."""

        nameResolver: Resolver

        def installNameResolver(self, resolver: Resolver) -> object: ...  # noqa: D102


logger = logging.getLogger(__name__)

Address: TypeAlias = IPv4Address | IPv6Address

SCHEMES = {"http": 80, "https": 443}
# The registries of special addresses (RFC 6890 and its successors), with what clouds put on public ones.
REFUSED_V4 = tuple(
    (ip_network(block), name)
    for block, name in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared, cloud metadata"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "cloud metadata"),
        ("169.254.0.0/16", "link-local, cloud metadata"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved, broadcast"),
    )
)
GLOBAL_V6 = ip_network("2000::/3")
"""The only IPv6 block with public hosts. Outside: ::1, mapped, NAT64 (64:ff9b::/96), fc00::/7, fe80::/10, multicast."""
REFUSED_V6 = tuple(
    (ip_network(block), name)
    for block, name in (
        ("2001::/23", "protocol assignments, Teredo"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
    )
)
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
# A last label of digits or 0x… makes the whole host an IPv4 address to most resolvers: 127.1, 0177.0.0.1, 2130706433.
NUMERIC_LABEL = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)\Z", re.IGNORECASE | re.ASCII)


class RefusedRequest(IgnoreRequest):
    """Raised by our downloader middlewares when a request must not be sent or its answer must not be used.

    `reason` is a stable word for the ledger: `robots`, `robots_unavailable`, `scheme`, `port`, `offsite`, `address`,
    `host_paused`, `crawl_delay`, `partial`, `truncated_gzip`, `bad_encoding`, `empty`; the message says it in words.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def parse_address(host: str) -> Address | None:
    """Return the address that a literal host stands for, in its one canonical spelling; None for a name."""
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def describe_private(address: Address) -> str | None:
    """Return what kind of non-public address this is; None for one that a public server can have."""
    if isinstance(address, IPv6Address):
        if address not in GLOBAL_V6:
            return "not a public IPv6 block"
        return next((name for block, name in REFUSED_V6 if address in block), None)
    return next((name for block, name in REFUSED_V4 if address in block), None)


def is_loopback(address: Address) -> bool:
    """Return whether the address is in 127.0.0.0/8 or is ::1 (an IPv4-mapped form is neither)."""
    return any(address in block for block in LOOPBACK if block.version == address.version)


class AddressGuard:
    """Decides which addresses and ports the crawl may dial. It cannot be turned off, only opened to loopback."""

    def __init__(self, *, allow_loopback: bool = False, ports: Iterable[int] = SCHEMES.values()) -> None:
        self.allow_loopback = allow_loopback
        """Whether all of 127.0.0.0/8 and ::1 is open, on any port."""
        self.ports = frozenset(ports)
        """The ports of public servers."""
        self.refused: dict[str, str] = {}
        """Hosts whose address was refused, and why: a failed look-up does not say it."""
        self._opened: set[tuple[str, int]] = set()

    def open(self, address: str, port: int) -> None:
        """Let the crawl reach one loopback address and port; used by the servers that a run itself starts."""
        literal = parse_address(address)
        if literal is None or not is_loopback(literal):
            raise ValueError(f"only loopback can be opened, not {address}")
        self._opened.add((str(literal), port))

    def close(self, address: str, port: int) -> None:
        """Take `open` back."""
        self._opened.discard((address, port))

    def is_own(self, host: str, port: int) -> bool:
        """Return whether this is a server that the run itself started."""
        return (host, port) in self._opened

    def refuse_address(self, address: str, port: int) -> str | None:
        """Return why a connection to a resolved address must not be made; None when it may."""
        literal = parse_address(address)
        if literal is None:
            return f"{address} is no address"
        if self.is_own(str(literal), port) or (self.allow_loopback and is_loopback(literal)):
            return None
        if kind := describe_private(literal):
            return f"{literal} is not a public address ({kind})"
        if port not in self.ports:
            return f"port {port} is not one of {sorted(self.ports)}"
        return None

    def refuse_url(self, url: str) -> tuple[str, str] | None:
        """Return the reason (a stable word, a sentence) why an address must not be asked; None when it may.

        What the name resolves to is for `refuse_address` to judge, at the connection.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            return "address", f"cannot be read: {error}"
        if parts.scheme not in SCHEMES:
            return "scheme", f"the scheme {parts.scheme}: is not http or https"
        if not host or parts.username is not None or parts.password is not None:
            return "address", "has no host, or credentials before it"
        literal = parse_address(host)
        if literal is None and NUMERIC_LABEL.match(host.rstrip(".").rpartition(".")[2]):
            return "address", f"{host} is an address in disguise"
        port = port or SCHEMES[parts.scheme]
        if literal is not None:
            sentence = self.refuse_address(host, port)
            return (("port" if sentence.startswith("port") else "address"), sentence) if sentence else None
        if port not in self.ports and not (self.allow_loopback and host == "localhost"):
            return "port", f"port {port} is not one of {sorted(self.ports)}"
        return None


guard = AddressGuard()
"""The guard of this process: one, as the resolver it stands in is one."""


@implementer(IResolutionReceiver)
class GuardedReceiver:
    """Hands on the addresses of one name all together, or none of them when one is not public."""

    def __init__(self, receiver: Receiver, host: str, port: int, guard: AddressGuard) -> None:
        self._receiver, self._host, self._port, self._guard = receiver, host, port, guard
        self._addresses: list[HostAddress] = []

    def resolutionBegan(self, resolution: object) -> None:
        """Pass on the beginning."""
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: HostAddress) -> None:
        """Hold an address back until all are known."""
        self._addresses.append(address)

    def resolutionComplete(self) -> None:
        """Judge the whole answer."""
        refusals = (self._guard.refuse_address(address.host, self._port) for address in self._addresses)
        refusal = next(filter(None, refusals), None)
        if refusal is None:
            self._guard.refused.pop(self._host, None)
            for address in self._addresses:
                self._receiver.addressResolved(address)
        else:
            self._guard.refused[self._host] = refusal
            logger.warning("no connection to %s: %s", self._host, refusal)
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """The process's resolver (`TWISTED_DNS_RESOLVER`): the system's answers, IPv4 and IPv6, past the address guard.

    Nothing is cached: each connection is resolved once, and what was judged is what is dialled.
    """

    def __init__(self, reactor: Reactor, guard: AddressGuard) -> None:
        self._reactor, self._resolver, self._guard = reactor, reactor.nameResolver, guard

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Reactor) -> Self:
        """Set the process's guard by the settings and stand before the reactor's resolver."""
        guard.allow_loopback = crawler.settings.getbool("GOV_REPORTS_ALLOW_LOOPBACK")
        guard.ports = frozenset(map(int, crawler.settings.getlist("GOV_REPORTS_PORTS")))
        return cls(reactor, guard)

    def install_on_reactor(self) -> None:
        """Become the reactor's resolver; called by Scrapy."""
        self._reactor.installNameResolver(self)

    def resolveHostName(
        self,
        resolutionReceiver: Receiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> object:
        """Resolve as the reactor does, with the guard between."""
        receiver = GuardedReceiver(resolutionReceiver, hostName, portNumber, self._guard)
        return self._resolver.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)
