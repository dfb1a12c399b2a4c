"""The types of a record's keys, for loaders that would otherwise guess them from the first records they meet.

Early reports have no tables, so that a loader which reads a few megabytes first takes the evidence in a table's cell
for a mistake when it comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Type: TypeAlias = "str | list[Type] | Mapping[str, Type]"

TEXT: Final = "string"
WHOLE: Final = "int64"
NUMBER: Final = "float64"
EVIDENCE: Final = dict.fromkeys(("start", "end", "table", "row", "column"), WHOLE)
SPAN: Final = dict.fromkeys(("start", "end"), WHOLE)


def record_types(derivation: Iterable[str]) -> dict[str, Type]:
    """Return the type of every key of a record, as docs/record.md tells them; `derivation`: keys of `derived_from`."""
    return {
        "source": dict.fromkeys(("path", "url", "sha256", "charset", "charset_reading"), TEXT),
        "page_kind": TEXT,
        "report_kind": TEXT,
        "title": TEXT,
        "issuer": dict.fromkeys(("name", "kind", "reading", "raw"), TEXT),
        "region": {"code": TEXT, "name": TEXT, "level": TEXT, "matched_year": WHOLE, "reading": TEXT},
        "report_year": WHOLE,
        "period": dict.fromkeys(("start", "end"), "date32"),
        "published_on": "date32",
        "published_on_raw": TEXT,
        "published_on_reading": TEXT,
        "form": TEXT,
        "text": TEXT,
        "sections": [{"number": WHOLE, "heading": TEXT, "kind": TEXT, "start": WHOLE, "end": WHOLE}],
        "tables": [{"caption": TEXT, "rows": [[TEXT]], "kind": TEXT}],
        "indicators": [
            {
                **dict.fromkeys(("code", "label"), TEXT),
                "value": NUMBER,
                **dict.fromkeys(("unit", "raw", "where"), TEXT),
                "evidence": EVIDENCE,
            }
        ],
        "figures": [{"label": TEXT, "value": NUMBER, "unit": TEXT, "qualifier": TEXT, "evidence": SPAN, "code": TEXT}],
        "attachments": [dict.fromkeys(("url", "name", "media_type"), TEXT)],
        "findings": [{**dict.fromkeys(("code", "severity", "message"), TEXT), "evidence": [EVIDENCE]}],
        "derived_from": dict.fromkeys(sorted(derivation), TEXT),
    }


def yaml_features(types: Mapping[str, Type], indent: str) -> Iterator[str]:
    """Yield named types as the lines of a Hugging Face header."""
    for name, kind in types.items():
        yield f"{indent}- name: {name}"
        yield from _describe(kind, indent + "  ")


def _describe(kind: Type, indent: str) -> Iterator[str]:
    if isinstance(kind, str):
        yield f"{indent}dtype: {kind}"
    elif isinstance(kind, list):
        yield from _describe_list(kind[0], indent)
    else:
        yield f"{indent}struct:"
        yield from yaml_features(kind, indent)


def _describe_list(inner: Type, indent: str) -> Iterator[str]:
    if isinstance(inner, str):
        yield f"{indent}list: {inner}"
        return
    yield f"{indent}list:"
    yield from _describe_list(inner[0], indent + "  ") if isinstance(inner, list) else yaml_features(inner, indent)
