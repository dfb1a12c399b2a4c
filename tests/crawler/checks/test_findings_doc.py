"""Every code that a finding can have has its paragraph and severity in docs/findings.md, and no paragraph is idle."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from crawler.checks.codes import SEVERITY
from crawler.forms import load_forms
from crawler.parsing.mojibake import SIGNATURES

ROOT = Path(__file__).resolve().parents[3]
HEADING = re.compile(r"^### `([a-z0-9_.]+)` \((info|warning|reject)\)$", re.M)


def documented() -> dict[str, str]:
    return dict(HEADING.findall((ROOT / "docs/findings.md").read_text("utf-8")))


def raised() -> dict[str, str]:
    """Codes of the checks, of the forms' identities, and those written out where a Finding is made."""
    codes: dict[str, str] = dict(SEVERITY)
    for form in load_forms().values():
        codes |= {f"sums.{each.id}": "warning" if each.strength == "must" else "info" for each in form.identities}
    codes |= dict.fromkeys(SIGNATURES, "warning")
    for room in ("crawler", "pipelines"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                    named = {
                        each.arg: each.value.value for each in node.keywords if isinstance(each.value, ast.Constant)
                    }
                    if "code" in named:
                        codes[named["code"]] = named.get("severity", "warning")
    return codes


def test_every_code_has_its_paragraph_and_its_severity() -> None:
    assert documented() == raised()


def test_every_paragraph_says_something() -> None:
    text = (ROOT / "docs/findings.md").read_text("utf-8")
    parts = re.split(r"^### .*$", text, flags=re.M)[1:]
    assert len(parts) == len(documented())
    assert all(len(part.split("\n## ")[0].strip()) > 30 for part in parts)
