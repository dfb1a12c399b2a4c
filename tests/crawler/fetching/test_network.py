"""C04–C09: no address but a public one is ever dialled, however it is spelled: a resolver stub and a connect spy."""
# ruff: noqa: N802  # Twisted named the methods

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.interfaces import IReactorPluggableNameResolver
from twisted.internet.protocol import Factory
from twisted.internet.testing import MemoryReactorClock
from zope.interface import implementer

from crawler.fetching.network import AddressGuard, GuardedResolver

PUBLIC = "1.2.4.8"
PUBLIC_6 = "2400:3200::1"

# Literal hosts, as they stand in an address; the numeric forms are read by the system's own getaddrinfo.
LITERALS = (
    *("127.0.0.1", "127.0.0.2", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.0.0.1"),
    *("0177.0.0.1", "017700000001", "0177.0.0.01", "127.0.0.0x1", "0x7F.1", "127.000.000.001"),
    *("10.0.0.1", "10.255.255.255", "167772161", "0xa000001", "012.0.0.1", "10.1"),
    *("172.16.0.1", "172.31.255.255", "2886729729", "0xac100001", "192.168.0.1", "192.168.1", "3232235521"),
    *("169.254.169.254", "169.254.0.23", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518"),
    *("100.100.100.200", "100.64.0.1", "100.127.255.255", "1684301000", "168.63.129.16", "192.0.0.192"),
    *("0.0.0.0", "0", "0.0.0.1", "0x0", "255.255.255.255", "240.0.0.1", "4026531841", "224.0.0.1", "239.1.1.1"),
    *("198.18.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "192.88.99.1"),
    *("::1", "::", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:169.254.169.254"),
    *("::ffff:0:127.0.0.1", "::127.0.0.1", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1"),
    *("2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::", "2001:db8::1", "2001:10::1", "2001:20::1", "3fff::1"),
    *(
        "fe80::1",
        "fe80::1%1",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "100::1",
        "5f00::1",
        "4000::1",
    ),
)
# Names, and what the stub's name server says of them.
NAMES = {
    "loopback.example": ["127.0.0.1"],
    "private.example": ["10.1.2.3"],
    "office.example": ["192.168.3.4"],
    "metadata.example": ["169.254.169.254"],
    "aliyun.example": ["100.100.100.200"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "sixtofour.example": ["2002:7f00:1::"],
    "unique-local.example": ["fd12::1"],
    "mixed.example": [PUBLIC, "10.0.0.1"],
    "mixed-first.example": ["10.0.0.1", PUBLIC],
    "mixed-families.example": [PUBLIC, "::1"],
    "trailing-dot.example.": ["127.0.0.1"],
    "localhost": ["127.0.0.1"],
}
GOOD = {"www.example": [PUBLIC], "both.example": [PUBLIC, PUBLIC_6], "six-only.example": [PUBLIC_6]}


class StubResolver:
    """Answers names from tables, an answer list a look-up; reads numeric hosts as the system does. No network."""

    def __init__(self, answers):
        self.answers = answers
        self.asked: list[str] = []

    def resolveHostName(self, receiver, host, port=0, types=None, semantics="TCP"):
        self.asked.append(host)
        receiver.resolutionBegan(self)
        for address in self.look_up(host):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return self

    def look_up(self, host):
        if host in self.answers:
            answer = self.answers[host]
            return answer.pop(0) if isinstance(answer[0], list) else answer
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        except OSError:
            return []
        return [entry[4][0] for entry in found]


@implementer(IReactorPluggableNameResolver)
class SpyReactor(MemoryReactorClock):
    """Notes every connection instead of making it."""

    def __init__(self, answers):
        super().__init__()
        self.nameResolver = self.stub = StubResolver(answers)

    def installNameResolver(self, resolver):
        self.nameResolver = resolver


def dial(host: str, port: int = 80, *, guard: AddressGuard | None = None, answers=None) -> SpyReactor:
    """Let Twisted connect to a host through the guarded resolver."""
    reactor = SpyReactor(NAMES | GOOD if answers is None else answers)
    GuardedResolver(reactor, guard or AddressGuard()).install_on_reactor()
    failure: list[object] = []
    HostnameEndpoint(reactor, host.encode(), port).connect(Factory()).addErrback(failure.append)
    reactor.advance(1)
    return reactor


def test_c06_enough_spellings(record_property: Callable[[str, object], None]) -> None:
    spellings = {*LITERALS, *NAMES}
    assert len(spellings) >= 80
    record_property("figure", f"{len(spellings)} forms of private addresses: 0 connections")


@pytest.mark.parametrize("host", [*LITERALS, *NAMES])
def test_c05_c06_c07_c08_refuses_every_spelling_of_a_private_address(host: str) -> None:
    reactor = dial(host)
    assert reactor.stub.asked == [host.lower()], "the guard was not asked"
    assert reactor.tcpClients == []


@pytest.mark.parametrize("host", [host for host in LITERALS if "%" not in host])
def test_refuses_the_address_before_any_look_up(host: str) -> None:
    refusal = AddressGuard().refuse_url(f"http://[{host}]/" if ":" in host else f"http://{host}/")
    assert refusal is not None
    assert refusal[0] == "address"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("file:///etc/passwd", "scheme", id="file"),
        pytest.param("ftp://www.example/", "scheme", id="ftp"),
        pytest.param("data:text/html,x", "scheme", id="data"),
        pytest.param("gopher://www.example/", "scheme", id="gopher"),
        pytest.param("javascript:alert(1)", "scheme", id="javascript"),
        pytest.param("http://www.example:22/", "port", id="ssh"),
        pytest.param("http://www.example:6379/", "port", id="redis"),
        pytest.param("http://www.example:8080/", "port", id="proxy"),
        pytest.param("http://1.2.4.8:22/", "port", id="ssh on a public literal"),
        pytest.param("http://user:word@www.example/", "address", id="credentials"),
        pytest.param("http://www.gov.cn@www.example/", "address", id="a host as user name"),
        pytest.param("http:///path", "address", id="no host"),
        pytest.param("http://[::1/", "address", id="broken bracket"),
        pytest.param("http://www.example:99999/", "address", id="no such port"),
    ],
)
def test_refuses_addresses_by_their_parts(url: str, reason: str) -> None:
    refusal = AddressGuard().refuse_url(url)
    assert refusal is not None
    assert refusal[0] == reason


@pytest.mark.parametrize(
    "url", ["http://www.example/", "https://www.example:443/", "http://1.2.4.8/", f"http://[{PUBLIC_6}]/"]
)
def test_lets_public_addresses_pass(url: str) -> None:
    assert AddressGuard().refuse_url(url) is None


@pytest.mark.parametrize("host", GOOD)
def test_dials_public_names(host: str) -> None:
    reactor = dial(host)
    assert reactor.tcpClients
    assert {client[0] for client in reactor.tcpClients} <= set(GOOD[host])


def test_c09_checks_the_very_address_it_dials() -> None:
    """C09: a name that is public when first asked and private after is dialled at the public one, or not at all."""
    answers = {"rebind.example": [[PUBLIC], ["127.0.0.1"]]}
    reactor = dial("rebind.example", answers=answers)
    assert reactor.stub.asked == ["rebind.example"], "one look-up a connection"
    assert [client[0] for client in reactor.tcpClients] == [PUBLIC]
    assert dial("rebind.example", answers=answers).tcpClients == []


def test_says_why_a_name_was_refused() -> None:
    guard = AddressGuard()
    dial("mixed.example", guard=guard)
    assert "10.0.0.1" in guard.refused["mixed.example"]
    dial("mixed.example", guard=guard, answers={"mixed.example": [PUBLIC]})
    assert guard.refused == {}, "a mended name is no longer refused"


def test_c04_refuses_other_ports_at_the_connection_too() -> None:
    assert dial("www.example", 6379).tcpClients == []
    assert dial("www.example", 8080, guard=AddressGuard(ports=[80, 443, 8080])).tcpClients


class TestOpening:
    def test_loopback_setting_opens_loopback_alone(self) -> None:
        guard = AddressGuard(allow_loopback=True)
        assert dial("127.0.0.9", 8123, guard=guard).tcpClients
        assert dial("localhost", 8123, guard=guard).tcpClients
        assert dial("::1", 8123, guard=guard).tcpClients
        for host in ("10.0.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0", "::ffff:127.0.0.1", "64:ff9b::7f00:1"):
            assert dial(host, guard=guard).tcpClients == []
        assert guard.refuse_url("http://127.0.0.1:8123/") is None
        assert guard.refuse_url("http://localhost:8123/") is None
        assert guard.refuse_url("http://www.example:8123/") is not None

    def test_own_servers_are_open_while_they_run_and_nothing_else_is(self) -> None:
        guard = AddressGuard()
        guard.open("127.0.0.2", 18402)
        assert dial("127.0.0.2", 18402, guard=guard).tcpClients
        assert dial("127.0.0.2", 18403, guard=guard).tcpClients == []
        assert dial("127.0.0.3", 18402, guard=guard).tcpClients == []
        guard.close("127.0.0.2", 18402)
        assert dial("127.0.0.2", 18402, guard=guard).tcpClients == []

    @pytest.mark.parametrize("address", ["10.0.0.1", "192.168.0.1", "0.0.0.0", "www.example", "::ffff:127.0.0.1"])
    def test_nothing_but_loopback_can_be_opened(self, address: str) -> None:
        with pytest.raises(ValueError, match="only loopback"):
            AddressGuard().open(address, 80)
