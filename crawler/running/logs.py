"""Log records without secrets: Scrapy prints settings and addresses as they are."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response
    from scrapy.logformatter import LogFormatterResult
    from twisted.python.failure import Failure

GUARDED = r"(?:PASS(?:WORD|WD)?|SECRET|TOKEN|KEY|DSN|CREDENTIAL)"
MASKS = (
    # 'AWS_SECRET_ACCESS_KEY': 'abc', as pprint writes settings
    (re.compile(rf"('\w*{GUARDED}\w*':\s*)(?:'[^'\n]*'|\"[^\"\n]*\")"), r"\1'***'"),
    # scheme://user:password@host
    (re.compile(r"(\w://)[^/\s:@'\"]*:[^/\s@'\"]+@"), r"\1***@"),
    # ?token=abc
    (
        re.compile(rf"([?&]\w{{0,40}}(?:{GUARDED}|PWD|SIG|SIGNATURE|SESSIONID)=)[^&#\s'\">]+", re.IGNORECASE),
        r"\1***",
    ),
)
# Control characters of a page's title would move a terminal's cursor or end the line; \n and \t are left.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LONGEST = 20_000


def mask(text: str) -> str:
    """Return the text without passwords, keys, tokens and control characters."""
    for pattern, replacement in MASKS:
        text = pattern.sub(replacement, text)
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


class MaskedRecord(logging.LogRecord):
    """A log record whose message and traceback are masked, whoever formats it."""

    _exc_text: str | None = None

    def getMessage(self) -> str:  # noqa: N802  # logging's name
        """Return the message, masked and of bounded length."""
        text = super().getMessage()
        return mask(text if len(text) <= LONGEST else f"{text[:LONGEST]} … ({len(text)} characters)")

    @property
    def exc_text(self) -> str | None:
        """The formatted traceback, masked."""
        return self._exc_text

    @exc_text.setter
    def exc_text(self, text: str | None) -> None:
        self._exc_text = mask(text) if text else text


class ShortLines(LogFormatter):
    """Scrapy's lines about items, with the item's address in the place of the whole page."""

    def item_error(
        self,
        item: Any,  # noqa: ANN401  # Scrapy's word
        exception: BaseException,  # noqa: ARG002
        response: Response | Failure | None,  # noqa: ARG002
        spider: Spider,  # noqa: ARG002
    ) -> LogFormatterResult:
        """Return the line about an item that a stage failed on."""
        page = getattr(item, "page", None)
        about = f"{type(item).__name__} of {page.url}" if page is not None else type(item).__name__
        return {"level": logging.ERROR, "msg": "a stage failed on %(about)s", "args": {"about": about}}


def mask_logs() -> None:
    """Make every log record from now on a masked one."""
    logging.setLogRecordFactory(MaskedRecord)
