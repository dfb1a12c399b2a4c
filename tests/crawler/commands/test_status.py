"""O06, R04: `scrapy status` says what waits and why, how the last runs ended, and whether the books balance."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.commands.status import print_status
from crawler.errors import AlreadyRunningError, UsageError
from crawler.outcomes import Sighting
from crawler.storage import Store, open_store
from tests.factories import HOST, NOON, later, make_outcome, make_report


@pytest.fixture
def store(tmp_path: Path):
    with open_store(f"sqlite:///{tmp_path}/store.sqlite3", create=True) as opened:
        opened.begin_run(NOON, owner="elsewhere:1:2")
        report = make_report()
        opened.save_report(report, make_outcome(report), NOON)
        opened.record_outcome(make_outcome(f"{HOST}/b.html", "unreachable", reason="timeout"), NOON)
        opened.discover("qinghe", [Sighting(url=f"{HOST}/c.html", role="entry")], NOON)
        opened.finish_run(later(hours=1), "finished")
        opened.judge_run(1, 12, "a portal asked http://u:c4n4ry@host/ for time", [], NOON)
        yield opened


def shown(store: Store, capsys, *portals: str) -> tuple[int, str]:
    code = print_status(store, frozenset(portals))
    return code, capsys.readouterr().out


def test_what_waits_is_said_with_its_reason(store: Store, capsys) -> None:
    code, text = shown(store, capsys)
    assert code == 0
    assert "qinghe: 3 addresses = pending 1 + stored 1 + retry 1" in text
    assert "  retry: timeout 1" in text
    assert "  pending: not asked yet 1" in text
    assert "reports: 1" in text


def test_o06_the_last_runs_are_shown_a_skipped_one_among_them(store: Store, capsys) -> None:
    store.begin_run(later(days=1), owner="elsewhere:1:2")
    with pytest.raises(AlreadyRunningError):
        store.begin_run(later(days=1, seconds=5), owner="elsewhere:3:4")
    _, text = shown(store, capsys)
    assert "run 1: 2026-03-02 04:00 UTC, finished, exit code 12: a portal asked http://***@host/ for time" in text
    assert "run 2: 2026-03-03 04:00 UTC, at work (elsewhere:1:2), last sign of life 04:00:00" in text
    assert "run 3: 2026-03-03 04:00 UTC, already_running" in text


def test_a_portal_nobody_knows_is_refused(store: Store, capsys) -> None:
    with pytest.raises(UsageError, match="no portal called nowhere"):
        shown(store, capsys, "nowhere")
