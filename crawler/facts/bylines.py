"""The lines round a document: labels and their values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

METADATA: Final = re.compile(
    r"索引号|组配分类|发布机[构关]|公开主体|发文机[构关]|(?:发文|成文|生成|发布|公开|公布|印发)(?:日期|时间)|文号|信息名称|标题|名称"
    r"|主题(?:分类|词)|有效性|时效性?|公开(?:范围|方式)|关键词|内容概述|来源|责任部门"
)
"""Words for a document's metadata, as the tables of 政府信息公开目录 have them."""
LABEL_ALONE: Final = re.compile(r"\s*[【\[]?[一-龥](?:[ \t\u3000]{0,4}[一-龥]){1,7}[】\]]?\s*[:：]\s*")
HAS_LABEL: Final = re.compile(r"[一-龥]\s?[:：]")
LONGEST: Final = 40
"""Characters of a label, blanks and all."""
NO_WORD: Final = re.compile(r"[\s\u3000:：【】\[\]]+")


def pair_labels(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines, a label that stands alone together with its value: metadata come as lists, too.

    A value that has a label itself, or is one, is none of the label before it.

    >>> list(pair_labels(["索引号", "0001/2022-1", "发布日期：", "2022-02-19", "文号", "发布机构", "大坪乡政府"]))
    ['索引号 | 0001/2022-1', '发布日期： | 2022-02-19', '文号', '发布机构 | 大坪乡政府']
    """
    label: str | None = None
    for line in lines:
        begins = _is_label(line)
        if label is not None and not begins and not HAS_LABEL.search(line):
            yield f"{label.strip()} | {line}"
            label = None
            continue
        if label is not None:
            yield label
        label = line if begins else None
        if not begins:
            yield line
    if label is not None:
        yield label


def _is_label(line: str) -> bool:
    """Tell whether a line is a label and nothing else, its characters apart or not."""
    return len(line) <= LONGEST and bool(METADATA.fullmatch(NO_WORD.sub("", line)) or LABEL_ALONE.fullmatch(line))
