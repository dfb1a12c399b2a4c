"""The examples in docstrings say what the code does."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import crawler
import pipelines
import spiders

ROOMS = (crawler, pipelines, spiders)
MODULES = sorted(
    info.name
    for room in ROOMS
    for info in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")
    if ".migrations." not in info.name
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert failed == 0
