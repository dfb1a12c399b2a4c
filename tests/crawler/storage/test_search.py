"""Search finds exactly the reports that hold the words, in a file and on a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.commands.search import Command, highlight
from crawler.errors import UsageError
from crawler.storage import Filters, Store, open_store
from crawler.storage.search import parse_terms, search
from crawler.storage.words import find, fold, words_of, words_of_query
from tests.commands import run_command
from tests.factories import HOST, NOON, later, make_outcome, make_report

LONG = "长" * 100 + "申请" + "短" * 200
TEXTS = {
    "a": "依申请公开情况\n全年收到申请12件，广州来信3件。",
    "b": "依法公开，申请表在网上\n公开依据：政府信息公开条例",
    "c": "依 申请\u3000公开ＡＢＣ foi-2020 门户ＷＷＷ",
    "d": "州广 开公 请申",
    "e": "省略\U00020000\U0002b820字 a\"b' OR 1=1 -- NEAR(x) * ^ :",
}


def fill(store: Store) -> None:
    for name, text in TEXTS.items():
        report = make_report(f"{HOST}/{name}.html", issuer=f"青禾市{name}局", text=text)
        report.title = "年度报告"
        store.save_report(report, make_outcome(report), NOON)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, empty_store: Callable[[Path], str]
) -> Iterator[Store]:
    """A store for questions alone."""
    if request.param == "sqlite":
        address = empty_store(tmp_path_factory.mktemp("search"))
    else:
        address = request.getfixturevalue("server")(stored=True)
    with open_store(address) as opened:
        opened.begin_run(NOON)
        fill(opened)
        yield opened


def found(store: Store, *words: str, **filters) -> set[str]:
    with store.snapshot() as connection:
        hits = list(search(connection, parse_terms(words), Filters(**filters)))
    return {str(hit.issuer_name)[3:-1] for hit in hits}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        pytest.param(["广州"], {"a"}, id="two characters"),
        pytest.param(["州广"], {"d"}, id="the same, turned round"),
        pytest.param(["申请"], {"a", "b", "c"}, id="two frequent characters"),
        pytest.param(["依申请公开"], {"a", "c"}, id="five: all pairs elsewhere are not the word"),
        pytest.param(["公开依据"], {"b"}, id="four"),
        pytest.param(["省"], {"e"}, id="one"),
        pytest.param(["申请", "条例"], {"b"}, id="two words"),
        pytest.param(["12"], {"a"}, id="a number"),
        pytest.param(["1"], {"e"}, id="a number is whole"),
        pytest.param(["abc"], {"c"}, id="full width and capitals"),
        pytest.param(["ＦＯＩ"], {"c"}, id="full width in the query"),
        pytest.param(["foi-2020"], {"c"}, id="a hyphen"),
        pytest.param(["依 申请"], {"a", "c"}, id="a blank in the query"),
        pytest.param(["收到申请12件"], {"a"}, id="characters and digits"),
        pytest.param(["年度报告"], set(TEXTS), id="in the title alone"),
        pytest.param(['a"b'], {"e"}, id="a quote"),
        pytest.param(["' OR 1=1 --"], {"e"}, id="an injection"),
        pytest.param(["NEAR(x)"], {"e"}, id="syntax of the index"),
        pytest.param(["申请 OR 条例"], set(), id="an operator is a word"),
        pytest.param(["没有这个词"], set(), id="nowhere"),
        pytest.param(["\U00020000"], {"e"}, id="beyond the basic plane"),
    ],
)
def test_a_search_finds_what_holds_the_words(filled: Store, words: list[str], names: set[str]) -> None:
    assert found(filled, *words) == names


def test_the_index_is_that_of_the_current_version(store: Store) -> None:
    fill(store)
    report = make_report(f"{HOST}/a.html", issuer="青禾市a局", text="全部改写", at=later(days=1))
    store.save_report(report, make_outcome(report), later(days=1))
    assert found(store, "广州") == set()
    assert found(store, "改写") == {"a"}


def test_filters_and_lines(filled: Store) -> None:
    assert found(filled, "申请", issuer="b局") == {"b"}
    assert found(filled, "申请", years=frozenset({1999})) == set()
    with filled.snapshot() as connection:
        hits = list(search(connection, parse_terms(["申请"]), Filters(), 2))
        (hit,) = search(connection, parse_terms(["申请"]), Filters(issuer="a局"))
    assert len(hits) == 2
    assert [(number, spans) for number, _, spans in hit.lines] == [(1, ((1, 3),)), (2, ((4, 6),))]


@pytest.mark.parametrize("words", [[], [""], ["。，"], ["*"]])
def test_nothing_to_search_for_is_refused(words: list[str]) -> None:
    with pytest.raises(UsageError, match="at least one word"):
        parse_terms(words)


@given(st.text(alphabet="依法申请公开a1 \u3000。Ａ\U00020000", max_size=12), st.data())
def test_every_part_of_a_chinese_text_is_found_by_its_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))]
    chinese = "".join(letter for letter in part if (letter > "\u3000" and letter < "\uff00") or letter > "\uffff")
    if chinese and chinese in text:
        assert words_of_query(chinese) <= words_of(text)
        assert find(text, (fold(chinese),))


@pytest.mark.parametrize(
    ("line", "spans", "shown"),
    [
        pytest.param("收到申请12件", [(2, 4)], "收到[申请]12件", id="short"),
        pytest.param(
            "长" * 100 + "申请" + "短" * 200, [(100, 102)], "…" + "长" * 40 + "[申请]" + "短" * 80 + "…", id="long"
        ),
        pytest.param("申请\x1b[2J", [(0, 2)], "[申请]\ufffd[2J", id="nothing moves the terminal"),
        pytest.param("标题", [], "标题", id="none"),
    ],
)
def test_highlight(line: str, spans: list[tuple[int, int]], shown: str) -> None:
    assert highlight(line, spans, ("[", "]")) == shown


def test_the_command(tmp_path: Path, empty_store: Callable[[Path], str]) -> None:
    with open_store(empty_store(tmp_path)) as store:
        store.begin_run(NOON)
        fill(store)
        ended = run_command(Command, store, "依申请公开", "--year", "2023")
        assert (ended.code, ended.err) == (0, "")
        assert "1: 【依申请公开】情况" in ended.out
        assert "1: 【依 申请\u3000公开】ＡＢＣ" in ended.out
        assert run_command(Command, store, "没有这个词").code == 1
        assert run_command(Command, store).code == 2
