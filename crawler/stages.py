"""The line of stages outside a crawl: what the settings name, made and run on one article after another."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.settings import BaseSettings

    from crawler.items import Article, Report


class Stage(Protocol):
    """One stage of the line, as Scrapy calls it."""

    def process_item(self, item: object) -> object:
        """Return what the stage makes of an item."""


def stage_paths(settings: BaseSettings) -> tuple[str, ...]:
    """Return the import paths of the stages, in their order."""
    return tuple(build_component_list(settings.getdict("GOV_REPORTS_STAGES")))


@cache
def load_stages(paths: tuple[str, ...]) -> list[Stage]:
    """Return the stages at the import paths, made, in their order."""
    return [load_object(path)() for path in paths]


def run_stages(article: Article, stages: Sequence[Stage]) -> Report:
    """Return the record of an article."""
    item: Any = article
    for stage in stages:
        item = stage.process_item(item)
    made: Report = item
    return made
