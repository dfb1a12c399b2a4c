"""Telling somebody: alerts go out through apprise, and wait in the store until they have."""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from crawler.running.logs import mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.storage import Alert

logger = logging.getLogger(__name__)

MOST: Final = 30
"""Alerts in one message; the rest is counted."""


def send(alerts: Sequence[Alert], addresses: Sequence[str]) -> bool:
    """Tell every address of the alerts; return whether all were told. A notifier that fails is never an error."""
    if find_spec("apprise") is None:
        logger.error("alerts cannot be sent: apprise is not installed (make extras)")
        return False
    notifier = import_module("apprise").Apprise()
    for place, address in enumerate(addresses, start=1):
        if not notifier.add(address):
            logger.error("address %d of GOV_REPORTS_ALERT_URLS is none that apprise knows", place)
    told = bool(len(notifier)) and bool(notifier.notify(title=title_of(alerts), body=body_of(alerts)))
    if not told:
        logger.error("%d alerts could not be sent; they are kept for the next run", len(alerts))
    return told and len(notifier) == len(addresses)


def title_of(alerts: Sequence[Alert]) -> str:
    """Return the message's title."""
    return f"gov_reports: {len(alerts)} alert{'s' if len(alerts) != 1 else ''}"


def body_of(alerts: Sequence[Alert]) -> str:
    """Return the message: one line an alert."""
    lines = [mask(f"{f'{each.portal}: ' if each.portal else ''}{each.message} [{each.code}]") for each in alerts]
    return "\n".join([*lines[:MOST], *([f"… and {len(lines) - MOST} more"] if len(lines) > MOST else [])])
