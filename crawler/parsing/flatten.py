"""Pages nested deeper than lxml holds: an element left open in each row of a long list makes one."""

from __future__ import annotations

DEEPEST = 1000
"""Elements in each other that are kept; lxml holds 2,048, and closes some that this parser leaves open."""
MOST_TAGS = 30_000
"""`<` of a page that is flattened: more take this parser seconds."""


def flatten(markup: str) -> str:
    """Return markup in which an element DEEPEST deep holds the text of all within it, a line for each piece."""
    from bs4 import BeautifulSoup  # takes long to load, is seldom needed

    soup = BeautifulSoup(markup, "html.parser")
    depths = {id(soup): 0}
    for tag in soup.find_all(name=True):
        above = depths.get(id(tag.parent))
        if above is None:
            continue  # within one that became text
        if above < DEEPEST:
            depths[id(tag)] = above + 1
        else:
            tag.string = tag.get_text("\n")
    return str(soup)


def is_soon_flattened(markup: str) -> bool:
    """Return whether flattening the markup takes well under a second."""
    return markup.count("<") <= MOST_TAGS
