"""A tree as tags and texts: the same as its elements, whatever the markup was."""

from __future__ import annotations

import pytest

from crawler.parsing.dom import parse_tree
from crawler.parsing.tokens import attributes_of, name_of, read_tokens

XHTML = "-//W3C//DTD XHTML 1.0 Transitional//EN"
PAGES = {
    "plain": "<p>一</p><p class='a b'>二<br>三</p>",
    "nothing": "",
    "a head": "<html><head><title>题</title><script>if (a < b) c = '</p>'</script></head><body>文</body></html>",
    "comments": "<p>一<!-- <b> -- > -->二</p><!----><div><!-- <!-- --></div>",
    "a script of marks": "<div><script>for (i = 0; i < 3 && j > 1;) x('<p>')</script></div>",
    "escaped marks": "<p title='a > \"b\" & <c>'>&lt;p&gt; &amp;lt; &quot;</p>",
    "line ends of Windows": "<p>一\r\n二</p>\r\n<p>三</p>",
    "an attribute named like a tag": "<p <b>一</p><p>二</p>",
    "an attribute named like a comment": "<p <!-- x=1>一</p><!-- a --><p>二</p>",
    "elements that hold nothing": "<table><tr><td></td><td/></tr></table><div></div>",
    "a document type of XHTML": f"<!DOCTYPE html PUBLIC '{XHTML}' 'x.dtd'><p name=a>一</p><br>",
    "a section of characters": "<svg><![CDATA[a<b]]></svg><p>一</p>",
    "an instruction": "<?php echo '<p>' ?><p>一</p>",
    "names of Word": "<o:p>&nbsp;</o:p><v:shape a:b='1'>一</v:shape>",
}


@pytest.mark.parametrize("markup", PAGES.values(), ids=PAGES)
def test_tokens_are_the_elements(markup: str) -> None:
    """Each start tag stands for its element; the texts are those of the elements, without comments."""
    root = parse_tree(markup)
    tokens = read_tokens(root)
    starts = [place for place, tag in enumerate(tokens.tags) if tag[0] not in "/?!"]
    shown = [root, *(element for part in root if part.tag != "head" for element in part.iter("*"))]
    assert [tokens.element(place) for place in starts] == shown
    assert [name_of(tokens.tags[place]) for place in starts] == [element.tag for element in shown]
    for place, element in zip(starts[1:], shown[1:], strict=True):
        assert "".join(tokens.text_of(place).split()) == "".join("".join(element.xpath(".//text()")).split())


def test_attributes_are_read() -> None:
    root = parse_tree("<a href='/a?b=1&amp;c=2' title='\"甲\" &lt;乙&gt;' download>丙</a>")
    tokens = read_tokens(root)
    place = next(place for place, tag in enumerate(tokens.tags) if name_of(tag) == "a")
    assert attributes_of(tokens.tags[place]) == {"href": "/a?b=1&c=2", "title": '"甲" <乙>', "download": ""}


def test_siblings_share_their_parent() -> None:
    root = parse_tree("<table><tr><td>1</td><script>x</script><td>2</td></tr><tr><td>3</td></tr></table>")
    tokens = read_tokens(root)
    first, second, third = (place for place, tag in enumerate(tokens.tags) if tag == "td")
    assert tokens.are_siblings(tokens.end_of(first), second)
    assert not tokens.are_siblings(tokens.end_of(second), third)


def test_no_element_starts_at_an_end() -> None:
    tokens = read_tokens(parse_tree("<p>一</p>"))
    with pytest.raises(IndexError, match="no element starts"):
        tokens.element(len(tokens.tags) - 1)
