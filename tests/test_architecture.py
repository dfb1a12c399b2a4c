"""The rules of the house: arrows run down, no cycles, no module that outgrew its shape."""

from __future__ import annotations

import ast
import configparser
from functools import cache
from pathlib import Path

import pytest

from crawler import settings

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("crawler", "spiders", "pipelines")
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
}
# What the pure rooms may not touch: the framework, files, sockets, the clock, other processes.
IMPURE = {
    "scrapy",
    "twisted",
    "os",
    "socket",
    "subprocess",
    "time",
    "requests",
    "urllib.request",
    "sqlalchemy",
    "pebble",
}
# Two readers of our own packaged data are the exceptions.
DATA_READERS = {"crawler.parsing.regions.table"}


@cache
def imports(module: str) -> frozenset[str]:
    """The modules that one imports at run time; imports for type checkers alone make no arrow."""
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: import from the top (`from crawler.x import y`), not relatively"
            found.update(
                name if (name := f"{node.module}.{alias.name}") in MODULES else str(node.module) for alias in node.names
            )
    return frozenset(found)


@pytest.mark.parametrize("module", MODULES)
def test_arrows_run_down(module: str) -> None:
    room = module.split(".")[0]
    allowed = {"crawler": {"crawler"}, "spiders": {"spiders", "crawler"}, "pipelines": {"crawler"}}[room]
    wrong = {name for name in imports(module) if name.split(".")[0] in set(ROOMS) - allowed}
    if room == "pipelines":
        wrong = {name for name in imports(module) if name.split(".")[0] in ("spiders", "pipelines")}
    assert not wrong, f"{module} imports {sorted(wrong)}"


@pytest.mark.parametrize(
    "module", [name for name in MODULES if name.startswith(("crawler.parsing", "crawler.families"))]
)
def test_parsing_is_pure(module: str) -> None:
    touched = {name for name in imports(module) if name in IMPURE or name.split(".")[0] in IMPURE}
    if module not in DATA_READERS:
        touched |= {name for name in imports(module) if name in {"pathlib", "io", "importlib.resources"}}
    assert not touched, f"{module} imports {sorted(touched)}"


def test_items_and_errors_stand_on_the_ground() -> None:
    assert not {name for module in ("crawler.items", "crawler.errors") for name in imports(module) if name in MODULES}


def test_no_cycles() -> None:
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join((*path[path.index(module) :], module))
        if module in done:
            return
        for name in sorted(imports(module)):
            if name in MODULES and name != module:
                visit(name, (*path, module))
        done.add(module)

    for module in MODULES:
        visit(module, ())


@pytest.mark.parametrize("module", MODULES)
def test_sizes(module: str) -> None:
    source = MODULES[module].read_text("utf-8")
    assert source.count("\n") <= 400, f"{module} has outgrown its shape"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 50, f"{module}.{node.name} is {length} lines long"


RUNS_WHAT_IT_IS_GIVEN = {"eval", "exec", "pickle.load", "pickle.loads", "marshal.loads", "yaml.load", "os.system"}


@pytest.mark.parametrize("module", MODULES)
def test_u11_nothing_runs_what_it_is_given_and_no_certificate_goes_unchecked(module: str) -> None:
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in RUNS_WHAT_IT_IS_GIVEN, f"{module}:{node.lineno}"
            given = {word.arg: ast.unparse(word.value) for word in node.keywords}
            assert given.get("shell") != "True", f"{module}:{node.lineno}"
            assert given.get("verify") != "False", f"{module}:{node.lineno}"


def test_c12_u10_no_proxy_and_no_door_into_the_program() -> None:
    """A proxy would dial where the address guard cannot see; Scrapy opens two ways in unless told not to."""
    off = ("HTTPPROXY_ENABLED", "TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED")
    assert {name: getattr(settings, name) for name in off} == dict.fromkeys(off, False)
    assert settings.DOWNLOAD_VERIFY_CERTIFICATES is True


def test_o05_a_machine_that_was_off_catches_up_with_one_run() -> None:
    timer = configparser.ConfigParser(strict=False)
    timer.read(ROOT / "deploy" / "gov_reports.timer", "utf-8")
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Timer"]["OnCalendar"]


def test_every_room_stands_in_the_plan() -> None:
    plan = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = {path.parent.name for path in (ROOT / "crawler").glob("*/__init__.py")}
    assert {room for room in rooms if f"`{room}/`" not in plan} == set()
