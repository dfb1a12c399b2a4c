from __future__ import annotations

import pytest

from crawler.parsing.links import attachment_type, canonical_url, is_endless_path, is_page_url, scope_of, url_key

BASE = "http://www.qinghe.test/xxgk/nb/index.html"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("2019/a.html", "http://www.qinghe.test/xxgk/nb/2019/a.html", id="relative"),
        pytest.param("../zn/#top", "http://www.qinghe.test/xxgk/zn/", id="parent and fragment"),
        pytest.param("/../../x.html", "http://www.qinghe.test/x.html", id="above the root"),
        pytest.param("//sj.qinghe.test:80/a", "http://sj.qinghe.test/a", id="default port"),
        pytest.param("HTTPS://WWW.Qinghe.TEST:443/A", "https://www.qinghe.test/A", id="case of the host alone"),
        pytest.param("a.jsp;jsessionid=0A1B2C?id=3", "http://www.qinghe.test/xxgk/nb/a.jsp?id=3", id="session in path"),
        pytest.param("l.jsp?id=3&utm_source=x&_=17", "http://www.qinghe.test/xxgk/nb/l.jsp?id=3", id="tracking"),
        pytest.param("l.jsp?t=1580000000123&id=3", "http://www.qinghe.test/xxgk/nb/l.jsp?id=3", id="a clock"),
        pytest.param("l.jsp?t=2019", "http://www.qinghe.test/xxgk/nb/l.jsp?t=2019", id="a year is no clock"),
        pytest.param("l?sid=755001", "http://www.qinghe.test/xxgk/nb/l?sid=755001", id="a site id is no session"),
        pytest.param("l?sid=0123456789abcdef01", "http://www.qinghe.test/xxgk/nb/l", id="a session id"),
        pytest.param("年报.html", "http://www.qinghe.test/xxgk/nb/%E5%B9%B4%E6%8A%A5.html", id="Chinese path"),
        pytest.param("a%c4%ea.htm", "http://www.qinghe.test/xxgk/nb/a%C4%EA.htm", id="escapes in upper case"),
        pytest.param("\n a b.html ", "http://www.qinghe.test/xxgk/nb/a%20b.html", id="blanks"),
        pytest.param("..\\zn\\a.html", "http://www.qinghe.test/xxgk/zn/a.html", id="backslashes"),
        pytest.param("javascript:void(0)", None, id="script"),
        pytest.param("mailto:a@b.test", None, id="mail"),
        pytest.param("file:///etc/passwd", None, id="file"),
        pytest.param("http://user@qinghe.test/", None, id="user in the authority"),
        pytest.param("http://[::1", None, id="broken address"),
        pytest.param("http://qinghe.test:99999/", None, id="impossible port"),
        pytest.param("http://", None, id="no host"),
    ],
)
def test_canonical_url(address: str, expected: str | None) -> None:
    assert canonical_url(address, BASE) == expected


def test_query_travels_in_the_page_encoding() -> None:
    assert canonical_url("l?n=年报", BASE, encoding="gb18030") == "http://www.qinghe.test/xxgk/nb/l?n=%C4%EA%B1%A8"
    assert canonical_url("l?n=年报", BASE) == "http://www.qinghe.test/xxgk/nb/l?n=%E5%B9%B4%E6%8A%A5"


@pytest.mark.parametrize(
    "twin",
    [
        "https://www.qinghe.test/xxgk/nb/index.html",
        "http://qinghe.test/xxgk/nb/",
        "http://qinghe.test/xxgk/nb",
        "http://qinghe.test/xxgk/nb/index.shtml",
        "http://qinghe.test/xxgk/%6Eb/default.aspx",
    ],
)
def test_twins_share_a_key(twin: str) -> None:
    assert url_key(twin) == url_key(BASE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("http://q.test/nb/index.html", "http://q.test/nb/index_1.html", id="pages of a list"),
        pytest.param("http://q.test/show?id=1", "http://q.test/show?id=2", id="queries"),
        pytest.param("http://q.test:8001/", "http://q.test:8002/", id="ports"),
        pytest.param("http://q.test/A.html", "http://q.test/a.html", id="case of the path"),
    ],
)
def test_other_pages_have_other_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


def test_key_forgets_the_order_of_parameters() -> None:
    assert url_key("http://q.test/l?b=2&a=%C4%EA") == url_key("http://q.test/l?a=%c4%ea&b=2")


@pytest.mark.parametrize(
    ("home", "inside", "outside"),
    [
        pytest.param(
            "http://www.qinghe.gov.cn/",
            ["https://qinghe.gov.cn/a", "http://jyj.qinghe.gov.cn/", "http://m.qinghe.gov.cn/x"],
            ["http://evilqinghe.gov.cn/", "http://qinghe.gov.cn.evil.com/", "http://www.gov.cn/"],
            id="domain",
        ),
        pytest.param(
            "https://www.gov.cn",
            ["https://www.gov.cn/a"],
            ["http://www.qinghe.gov.cn/", "http://gov.cn.evil/"],
            id="suffix",
        ),
        pytest.param(
            "http://127.0.0.2:8001/",
            ["http://127.0.0.2:8001/a"],
            ["http://127.0.0.2:8002/", "http://127.0.0.2/", "http://127.0.0.3:8001/"],
            id="loopback with its port",
        ),
    ],
)
def test_c17_scope(home: str, inside: list[str], outside: list[str]) -> None:
    scope = scope_of(home)
    assert [url for url in inside if not scope.covers(url)] == []
    assert [url for url in outside if scope.covers(url)] == []


def test_subdomains_are_in_scope_but_not_the_home_host() -> None:
    scope = scope_of("http://www.qinghe.gov.cn/")
    assert scope.is_home_host("https://qinghe.gov.cn/x")
    assert not scope.is_home_host("http://jyj.qinghe.gov.cn/x")


@pytest.mark.parametrize(
    ("url", "endless"),
    [
        ("http://q.test/a/b/a/b/a/b/c.html", True),
        ("http://q.test/nb/nb/nb/nb/index.html", True),
        ("http://q.test/" + "x/" * 21, True),
        ("http://q.test/" + "x" * 2100, True),
        ("http://q.test/zwgk/zfxxgk/xxgknb/2019/nb/202001/t20200101_1.html", False),
        ("http://q.test/columns/8aef/202308/21/720f.html", False),
    ],
)
def test_endless_paths(url: str, endless: bool) -> None:
    assert is_endless_path(url) is endless


def test_kinds_of_file() -> None:
    assert attachment_type("http://q.test/P020200101.PDF") == "application/pdf"
    assert attachment_type("http://q.test/module/download/downfile.jsp?filename=a.doc") == "application/msword"
    assert attachment_type("http://q.test/a.html") is None
    assert is_page_url("http://q.test/list.jsp?a=b.pdf")
    assert not is_page_url("http://q.test/a.jpg")
