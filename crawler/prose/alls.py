"""What is said of all that a number counts: 行政复议2件，均被维持 tells two codes by one number."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from crawler.prose.matching import match
from crawler.prose.mentions import clean_words

if TYPE_CHECKING:
    from crawler.prose.meanings import Meaning, Meanings
    from crawler.prose.mentions import Line, Mention

_ALL_OF_THEM = re.compile(
    r"\s*[（(，,；;]\s*(?:结果|处理结果|[我本][局委办厅县市区镇乡]|所有申请)?(?:均|都|全部)(?P<words>[^，,。；;：:、\n）)（(]{2,24})"
)
_LEAD = re.compile(r"^(?:已经|已|被|为|是|获得|获|得到|由|经|系|通过)+")
_KINDS: Final = MappingProxyType(
    {
        "requests": ("result", "channel", "applicant"),
        "review": ("review",),
        "litigation": ("litigation",),
        "direct": ("direct",),
        "after": ("after",),
    }
)


def meaning_of_all(
    line: Line, mention: Mention, meaning: Meaning, meanings: Meanings, heads: list[Mention], year: int | None
) -> Meaning | None:
    """Return what the words behind a total say of each thing that it counts, None when they say nothing known."""
    kind = meaning.name.partition(".")[0]
    if kind not in _KINDS or mention.quantity.value is None:
        return None
    # what is counted may stand between: 收到8份申请，均为…
    ends = {mention.end - line.start, mention.end - line.start + len(mention.behind)}
    found = next((behind for end in sorted(ends) if (behind := _ALL_OF_THEM.match(line.text, end))), None)
    if found is None:
        return None
    words = _LEAD.sub("", clean_words(found["words"]))
    part = replace(mention, core=words, joined=words, behind="", closes=True, is_part=True, meanings=[])
    whole = replace(mention, meanings=[meaning])
    said = match(part, meanings, [*heads, whole], whole, year) if words else None
    known = said is not None and said is not meaning and said.name.partition(".")[0] in _KINDS[kind]
    return said if known else None
