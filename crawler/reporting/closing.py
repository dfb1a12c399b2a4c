"""After a run: its verdict into the store, its report into files, its alerts to whoever wants them."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler.errors import StoreError
from crawler.failpoints import failpoint
from crawler.reporting.floors import judge_floors
from crawler.reporting.model import RunReport, to_json
from crawler.reporting.notify import send
from crawler.reporting.page import to_page
from crawler.reporting.plain import to_text
from crawler.running.extensions import RUN_STAT
from crawler.running.logs import mask
from crawler.running.watch import SHANGHAI
from crawler.storage import open_store
from crawler.storage.runs import SKIPPED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.settings import BaseSettings

    from crawler.running.verdict import Verdict
    from crawler.storage import Alert, Store

logger = logging.getLogger(__name__)

ROOT: Final = Path(__file__).resolve().parents[2]
LOOK_BACK: Final = 60
SHOWN: Final = 30
"""Runs in the picture of those so far."""
QUIET: Final = timedelta(days=30)
"""The same thing is told once in so long."""


def close_run(settings: BaseSettings, stats: Mapping[str, object], verdict: Verdict) -> None:
    """Write how a run ended and tell of it; what fails here is logged and changes nothing about the run."""
    run = stats.get(RUN_STAT)
    if not isinstance(run, int):
        return  # it never began
    now = datetime.now(UTC)
    try:
        with open_store(settings["GOV_REPORTS_STORE"]) as store:
            report = judge(store, run, verdict, now)
            write_report(report, settings["GOV_REPORTS_RUNS"])
            send_alerts(store, settings.getlist("GOV_REPORTS_ALERT_URLS"), now)
    except StoreError as error:
        logger.error("the end of the run could not be written: %s", error)  # noqa: TRY400
    except OSError as error:
        logger.error("the run's report could not be written: %s", error)  # noqa: TRY400


def judge(store: Store, run: int, verdict: Verdict, now: datetime) -> RunReport:
    """Write a run's verdict and alerts into the store; return its report."""
    runs = [each for each in store.latest_runs(LOOK_BACK, until=run) if each.finish_reason != SKIPPED]
    this, earlier = runs[0], runs[1:]
    told = store.told_since(now - QUIET)
    code, sentence = verdict.code, mask(verdict.sentence)
    today = now.astimezone(SHANGHAI).date()
    found = judge_floors(this, earlier, store.years_by_portal(), today, (code, sentence))
    fresh = [alert for alert in found if alert.code == "run_failed" or (alert.code, alert.portal) not in told]
    store.judge_run(run, code, sentence, fresh, now)
    after = [each for each in store.latest_runs(LOOK_BACK, until=run) if each.finish_reason != SKIPPED]
    return RunReport(
        run=after[0],
        balances=store.balance(),
        reports=store.count_reports(),
        changed=store.changed_in(run),
        alerts=found,
        history=after[:SHOWN][::-1],
    )


def write_report(report: RunReport, setting: str) -> None:
    """Write a report as text, JSON and a page, each whole or not at all; an empty setting writes none."""
    if not setting:
        return
    folder = ROOT / setting
    folder.mkdir(parents=True, exist_ok=True)
    number = f"{report.run.id:06}"
    write_file(folder / f"{number}.txt", to_text(report))
    write_file(folder / f"{number}.json", json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n")
    write_file(folder / f"{number}.html", to_page(report))


def write_file(path: Path, text: str) -> None:
    """Write a file, whole or not at all."""
    draft = path.with_name(f".{path.name}.new")
    with draft.open("w", encoding="utf-8", errors="replace") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    failpoint("run_report.written")
    draft.replace(path)


def send_alerts(store: Store, addresses: list[str], now: datetime) -> None:
    """Send what nobody was told yet, from this run and from earlier ones."""
    waiting: list[Alert] = store.unsent_alerts() if addresses else []
    if waiting and send(waiting, addresses):
        store.note_sent([alert.id for alert in waiting if alert.id is not None], now)
