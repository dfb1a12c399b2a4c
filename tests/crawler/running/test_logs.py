"""U01–U04: no secret and no control character in a log line."""

from __future__ import annotations

import logging
from io import StringIO

import pytest

from crawler.running.logs import LONGEST, ShortLines, mask_logs
from tests.factories import make_report

CANARY = "c4n4ry"


@pytest.fixture
def log():
    """A logger with masked records, and what it wrote."""
    before = logging.getLogRecordFactory()
    mask_logs()
    out = StringIO()
    handler = logging.StreamHandler(out)
    logger = logging.getLogger("test.masked")
    logger.propagate = False
    logger.addHandler(handler)
    yield logger, out
    logger.removeHandler(handler)
    logging.setLogRecordFactory(before)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{{'AWS_SECRET_ACCESS_KEY': '{CANARY}'}}", id="setting"),
        pytest.param(f"{{'HTTPAUTH_PASS': '{CANARY}',\n 'X': 1}}", id="password setting"),
        pytest.param(
            f"{{'GOV_REPORTS_STORE': 'postgresql+psycopg://user:{CANARY}@host/db'}}", id="store with password"
        ),
        pytest.param(f"Crawled (200) <GET http://www.example/a?x=1&token={CANARY}&y=2>", id="token in an address"),
        pytest.param(f"<GET https://user:{CANARY}@www.example/>", id="credentials in an address"),
        pytest.param(f"http://www.example/?access_token={CANARY}", id="access token"),
        pytest.param(f"http://www.example/?jsessionid={CANARY}", id="session"),
    ],
)
def test_u01_u03_secrets_are_masked(log, text: str) -> None:
    logger, out = log
    logger.warning("%s", text)
    assert CANARY not in out.getvalue()
    assert "***" in out.getvalue()


def test_u01_tracebacks_are_masked(log) -> None:
    logger, out = log
    try:
        int(f"postgresql://user:{CANARY}@host/db")
    except ValueError:
        logger.exception("failed")
    assert CANARY not in out.getvalue()
    assert "ValueError" in out.getvalue()


@pytest.mark.parametrize(
    "text", ["plain 政府信息公开 text", "http://www.example/col/1/index.html?page=2&columnid=7", "a: b@c"]
)
def test_other_text_is_left_alone(log, text: str) -> None:
    logger, out = log
    logger.warning(text)
    assert out.getvalue() == text + "\n"


def test_u04_a_title_cannot_move_the_cursor_or_fill_the_disk(log) -> None:
    logger, out = log
    logger.warning("title %s", "\x1b[2J\r\x07年报\u202e" + "x" * 1_000_000)
    assert not {"\x1b", "\r", "\x07", "\u202e"} & set(out.getvalue())
    assert len(out.getvalue()) < LONGEST + 100


def test_u04_a_failed_item_is_named_by_its_address_alone() -> None:
    line = ShortLines().item_error(make_report().article, ZeroDivisionError(), None, None)
    assert (
        line["msg"] % line["args"] == "a stage failed on Article of http://www.qinghe.gov.cn/xxgk/2024/content_1.html"
    )
    assert ShortLines().item_error({"a": "x" * 9}, ZeroDivisionError(), None, None)["args"] == {"about": "dict"}
