"""R05, R08, H09, T01: the run report says what happened and runs nothing; the floors tell when a run gives less."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from scrapy.settings import Settings

from crawler.reporting import close_run
from crawler.reporting.floors import judge_floors
from crawler.reporting.notify import body_of, send
from crawler.running.verdict import Verdict
from crawler.storage import Alert, Run, Store, open_store
from tests.factories import NOON, later, make_outcome, make_report

OLD_LIBRARY = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""apprise imports a module of Python's that is going away."""
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def portal(**fields) -> dict:
    counts = {
        "name": "青禾市人民政府", "home": "http://www.qinghe.gov.cn/", "lists": 1, "list_pages": 2, "entries": 40,
        "requests": 60, "reports": 30, "known": 0, "bodies": 30, "stored": {"new": 30}, "others": {}, "refused": {},
        "findings": {}, "indicators": 900, "stop_reason": "exhausted", "failure": "",
    }  # fmt: skip
    return counts | fields


def run(number: int = 2, **fields) -> Run:
    begun = NOON + timedelta(days=number)
    return Run(
        id=number,
        started_at=begun,
        seen_at=begun,
        finished_at=begun + timedelta(hours=1),
        owner="a:1:2",
        program="gov_reports/0.1",
        finish_reason="finished",
        counts={"portals": {"qinghe": portal(**fields)}, "statuses": {"200": 60}, "requests": 60},
        exit_code=0,
        sentence=None,
    )


def told(now: Run, before: list[Run], years: frozenset[int] = frozenset(), today: date = date(2026, 3, 2), code=0):
    found = judge_floors(now, before, {"qinghe": years}, today, (code, "why"))
    return [(alert.code, alert.portal) for alert in found]


FLOORS = {
    "as before": (run(), [run(1)], []),
    "the first run": (run(reports=0), [], []),
    "gives none any more": (run(reports=0, bodies=0, stored={}), [run(1)], ["portal_silent"]),
    "all known already": (run(reports=0, known=30, bodies=0, stored={}), [run(1)], []),
    "half without a text": (run(bodies=15), [run(1), run(0)], ["bodies_fell"]),
    "a few without a text": (run(reports=5, bodies=1), [run(1)], []),
    "errors rise": (run(refused={"http_500": 20}), [run(1)], ["errors_rose"]),
    "errors as ever": (run(refused={"http_500": 20}), [run(1, refused={"http_500": 19})], []),
    "what robots forbids is no error": (run(refused={"robots": 50}), [run(1)], []),
    "the run before died": (run(), [replace(run(1), counts=None)], []),
}


@pytest.mark.parametrize("name", FLOORS)
def test_h09_q07_floors(name: str) -> None:
    now, before, codes = FLOORS[name]
    assert told(now, before) == [(code, "qinghe") for code in codes]


@pytest.mark.parametrize(
    ("today", "years", "expected"),
    [
        (date(2026, 4, 30), {2024}, []),
        (date(2026, 5, 1), {2024}, ["year_missing"]),
        (date(2026, 5, 1), {2024, 2025}, []),
        (date(2026, 5, 1), {2020}, []),
    ],
    ids=["not due yet", "due and missing", "there", "gave none last year either"],
)
def test_a_year_that_is_missing_is_told_when_it_was_due(today: date, years: set[int], expected: list[str]) -> None:
    assert [code for code, _ in told(run(), [], frozenset(years), today)] == expected


@pytest.mark.parametrize(("code", "expected"), [(0, []), (9, ["run_failed"]), (11, []), (10, []), (12, ["run_failed"])])
def test_r05_a_run_that_failed_is_told(code: int, expected: list[str]) -> None:
    assert [alert for alert, _ in told(run(), [], code=code)] == expected


class Reader(HTMLParser):
    """What a browser would make of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data) -> None:
        self.text += data


@pytest.fixture
def closed(tmp_path: Path) -> tuple[Store, Path]:
    """A store after three runs, whose portal gave a report, a changed one, and then names that attack."""
    address = f"sqlite:///{tmp_path}/store.sqlite3"
    settings = Settings({"GOV_REPORTS_STORE": address, "GOV_REPORTS_RUNS": str(tmp_path / "runs")})
    with open_store(address, create=True) as store:
        for number, count in enumerate((347, 348, 349)):
            at = later(days=number)
            begun = store.begin_run(at, owner="a:1:2")
            report = make_report(at=at, count=count, title=EVIL if count == 349 else "年报", portal="qinghe")
            store.save_report(report, make_outcome(report), at)
            evil = {"name": EVIL, "home": "javascript:alert(1)", "refused": {EVIL: 1}}
            counts = {"portals": {"qinghe": portal(**(evil if number == 2 else {}))}, "statuses": {"200": 3}}
            store.finish_run(at, "finished", counts)
            verdict = Verdict(12, f"{EVIL} http://u:c4n4ry@host/?token=c4n4ry") if number == 2 else Verdict(0)
            close_run(settings, {"gov_reports/run": begun}, verdict)
        yield store, tmp_path / "runs"


def test_t01_the_page_runs_nothing_loads_nothing_and_shows_everything_as_text(closed) -> None:
    _, folder = closed
    page = (folder / "000003.html").read_text("utf-8")
    reader = Reader()
    reader.feed(page)
    tags = {tag for tag, _ in reader.tags}
    assert tags.isdisjoint({"script", "img", "iframe", "object", "embed", "form", "base"})
    assert "<script>alert(1)</script>" in reader.text, "it is shown, as text"
    for _, attributes in reader.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "src"]
        assert attributes.get("href", "http").startswith("http")
    policy = next(a["content"] for t, a in reader.tags if t == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "style=" not in page


def test_u01_no_secret_stands_in_a_report(closed) -> None:
    _, folder = closed
    for path in folder.iterdir():
        assert "c4n4ry" not in path.read_text("utf-8"), path


def test_the_three_forms_say_the_same(closed) -> None:
    _, folder = closed
    assert sorted(path.name for path in folder.iterdir()) == [
        f"00000{number}.{form}" for number in (1, 2, 3) for form in ("html", "json", "txt")
    ]
    told = json.loads((folder / "000002.json").read_text("utf-8"))
    assert told["ledger"]["qinghe"]["holds"] is True
    assert [(each["number"], each["cause"]) for each in told["changed"]] == [(2, "site")]
    assert [each["id"] for each in told["history"]] == [1, 2]
    text = (folder / "000002.txt").read_text("utf-8")
    assert "changed: 年报 (version 2, site," in text
    assert "in the store: 1" in text
    assert "the run before began 1.0 days earlier" in text
    page = (folder / "000002.html").read_text("utf-8")
    assert page.count("<svg") == 7
    assert "青禾市人民政府" in page


def test_the_verdict_is_in_the_run_table_and_the_alert_waits(closed) -> None:
    store, _ = closed
    assert [each.exit_code for each in store.latest_runs(3)] == [12, 0, 0]
    assert [alert.code for alert in store.unsent_alerts()] == ["run_failed"]


def test_a_report_that_cannot_be_written_changes_nothing(closed, tmp_path: Path, caplog) -> None:
    (tmp_path / "file").touch()
    settings = Settings(
        {"GOV_REPORTS_STORE": f"sqlite:///{tmp_path}/store.sqlite3", "GOV_REPORTS_RUNS": str(tmp_path / "file")}
    )
    close_run(settings, {"gov_reports/run": 3}, Verdict(0))
    assert "the run's report could not be written" in caplog.text


@pytest.fixture
def hook():
    """A webhook that answers with the statuses of a list and keeps what it was told."""
    answers, heard = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(answers.pop(0) if answers else 200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"json://127.0.0.1:{server.server_address[1]}/c4n4ry", answers, heard
        server.shutdown()


@OLD_LIBRARY
def test_r08_an_alert_waits_until_somebody_was_told(closed, tmp_path: Path, hook, caplog) -> None:
    store, _ = closed
    address, answers, heard = hook
    answers.append(500)
    settings = Settings(
        {
            "GOV_REPORTS_STORE": f"sqlite:///{tmp_path}/store.sqlite3",
            "GOV_REPORTS_RUNS": "",
            "GOV_REPORTS_ALERT_URLS": [address],
        }
    )
    close_run(settings, {"gov_reports/run": 3}, Verdict(0))
    assert len(store.unsent_alerts()) == 1
    close_run(settings, {"gov_reports/run": 3}, Verdict(0))
    assert store.unsent_alerts() == []
    assert "[run_failed]" in heard[-1]["message"]
    assert "c4n4ry" not in heard[-1]["message"]
    assert "c4n4ry" not in caplog.text


@OLD_LIBRARY
def test_r08_a_notifier_that_is_none_fails_in_words(caplog) -> None:
    assert send([Alert(code="run_failed", message="x")], ["nonsense://"]) is False
    assert "address 1 of GOV_REPORTS_ALERT_URLS" in caplog.text


def test_a_message_is_bounded() -> None:
    lines = body_of([Alert(code="run_failed", message=str(number)) for number in range(40)]).splitlines()
    assert len(lines) == 31
    assert re.fullmatch(r"… and 10 more", lines[-1])
