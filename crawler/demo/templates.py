"""The demo's templates: text files with `{{names}}` in them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SITES = Path(__file__).parent / "sites"
NAME = re.compile(r"\{\{([\w.:]+)\}\}")


@cache
def load_template(name: str) -> str:
    """Return the text of `sites/<name>`."""
    return (SITES / name).read_text("utf-8")


def fill(template: str, words: Mapping[str, object]) -> str:
    """Return the template with each `{{name}}` replaced; an unknown name raises KeyError."""
    return NAME.sub(lambda match: str(words[match[1]]), template)
