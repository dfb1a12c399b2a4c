"""Clean text → the prose's indicators and figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.forms import load_forms
from crawler.items import Figure, Indicator, Span
from crawler.prose.alls import meaning_of_all
from crawler.prose.matching import is_elsewhere, is_restricted, is_settled, match
from crawler.prose.meanings import load_meanings
from crawler.prose.mentions import NAMED_AND, Topics, clean_words, iter_lines, read_mentions
from crawler.prose.zeros import read_zeros

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.forms.model import FormCell
    from crawler.items import FormId, Section
    from crawler.prose.meanings import Family, Meaning, Meanings
    from crawler.prose.mentions import Line, Mention

_HEADS = 5
"""Totals that are remembered for the parts that follow."""
_PASSAGE = 300
_OTHER_TOTAL = re.compile(r"收到|受理|接到|接听|接待|检索|来电|来信|来访")
_LIST_LINE = 70
"""Characters of a line that may be an item of a list begun above."""
_ITS_PARTS = re.compile(r"\s*[，,。；;]?\s*其中[：:，,]?([^。\n]{2,40})")
_ITS_YEAR = re.compile(
    r"\s*[，,（(]\s*其中[：:，,]?(?:(?:20\d\d)\s*年度?|今年|本年度?|当年)(?:度)?(?:新增|新公开|新发布)"
)
_GOES_ON = re.compile(r"\s*(?:其中|从|按|在)")
_ALL = re.compile(
    r"全(?:[市县区省州盟旗镇乡局委院厅年]|系统|街道)|[我本](?:[市县区省州盟旗镇乡局委院厅办部]|街道|单位|机关)|共|总|本年|各级"
)
_CLAUSE = re.compile(r"[，,：:]")
_NO_LABEL = re.compile(
    r"(?:有|共有|共计?|计|对|将|把|由|组织|安排|确定|指定|分别|围绕|共安排|其中对?|另|和|及|与|、|在|为|是|约|达)+"
)
_OPENING = re.compile(
    r"^(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]+|、|(?:19|20)\d\d\s*年(?:度)?|全年|本年度?|今年|截[至止][^，,]*|目前|"
    rf"以及|其中|另外?|另有|还有|包括|并(?!案)|和{NAMED_AND}|及(?!时)|与|共计?(?![中产同青和])|[一二三四五六七八九]是|\s)+"
)
_COMPARES = re.compile(
    r"(?:占比?(?:为|达)?|约占|分别占|(?:同比|环比|(?:同|相)?[比较][^，]{0,10})?(?:净?增长|增加|增幅|增|减少|下降|上升|提高|回落|多|少)(?:了|为|达|约)?)"
)
_CLOSING = re.compile(r"(?:[和及与、]|以及)\s*$")
_EDGES = " 　、：:“”\t"
_CLASSIFIERS = frozenset(("个", "家", "项", "名", "位", "种", "类"))


def read_prose(
    text: str,
    *,
    skip: Sequence[tuple[int, int]],
    sections: Sequence[Section],
    form: FormId | None,
    report_year: int | None,
) -> tuple[list[Indicator], list[Figure]]:
    """Return the indicators and the figures of a report's prose, both in the order of the text.

    A number is an indicator only where its words mean what the code means, of the whole reporting unit and of the
    report's year; the first and most general saying of a code is taken. Every counted quantity is a figure.

    Args:
        text: the clean text; all evidence is offsets into it.
        skip: spans of table lines, which are read elsewhere.
        sections: the top-level parts; numbers of the part on problems and plans are never indicators.
        form: the report's form; `local` and None take the codes of the form prescribed for the year.
        report_year: None: a year in a sentence is not compared.
    """
    meanings = load_meanings()
    topics = Topics(text, sections)
    mentions: list[Mention] = []
    heads: list[Mention] = []
    for line in iter_lines(text, skip, sections):
        found = read_mentions(line, topics)
        found += read_zeros(line, topics, meanings.entries)
        found.sort(key=lambda mention: (mention.start, mention.end))
        _give_meanings(line, found, meanings, heads, report_year)
        mentions += found
    family = _family(form, report_year)
    chosen = _choose(mentions, family) if family else {}
    cells = _cells(family)
    indicators = [_indicator(text, cells[code], mention) for code, mention in chosen.items() if code in cells]
    indicators.sort(key=lambda indicator: (_place(indicator), indicator.code))
    return indicators, _figures(mentions, family, chosen)


def _give_meanings(
    line: Line, mentions: list[Mention], meanings: Meanings, heads: list[Mention], report_year: int | None
) -> None:
    """Find what each mention of a line means; `heads` goes on from line to line."""
    if heads and heads[-1].section is not line.section:
        heads.clear()
    elif heads and _breaks(line):
        heads[:] = [head for head in heads if _is_of_requests(head) and "申请" in line.text]
    last: Mention | None = None
    for mention in mentions:
        if mention.denied is not None:
            if not is_elsewhere(mention, report_year) and _is_meant(mention, mention.denied, meanings):
                mention.meanings = [mention.denied]
            continue
        mention.meanings = _meanings_of(line, mention, meanings, heads, last, report_year)
        if any(meaning.head for meaning in mention.meanings):
            heads.append(mention)
            del heads[:-_HEADS]
        elif not mention.meanings and mention.quantity.unit != "%" and _OTHER_TOTAL.search(mention.core):
            heads.clear()
        if mention.quantity.unit != "%":
            last = mention


def _meanings_of(
    line: Line,
    mention: Mention,
    meanings: Meanings,
    heads: list[Mention],
    last: Mention | None,
    report_year: int | None,
) -> list[Meaning]:
    """What a number means: mostly one thing, if any; several where its words or those behind it say so."""
    meaning = match(mention, meanings, heads, last, report_year) if mention.quantity.value is not None else None
    if meaning is None:
        return []
    meaning = _stock_of(line, mention, _whole_of(line, mention, meaning, meanings), meanings)
    if meaning.joint:
        return [meanings.named(name) for name in meaning.joint]
    said = meaning_of_all(line, mention, meaning, meanings, heads, report_year)
    return [meaning] if said is None else [meaning, said]


def _breaks(line: Line) -> bool:
    """Whether a line begins something new: a full paragraph that does not say it goes on."""
    return len(line.text) > _LIST_LINE and not _GOES_ON.match(line.text)


def _is_of_requests(head: Mention) -> bool:
    """Whether a total counts requests, of which a report goes on to speak in its next paragraph."""
    return any(meaning.is_part_of("requests") for meaning in head.meanings)


def _is_meant(mention: Mention, meaning: Meaning, meanings: Meanings) -> bool:
    """Whether denied words deny the whole thing: 未收到网络申请 denies one way of asking only."""
    if meaning.needs and not meaning.needs.search(mention.paragraph):
        return False
    if "channel" in meaning.whole and len(meanings.standing("channel", mention.core) - {"other"}) == 1:
        return False
    return not (meaning.whole and is_restricted(mention.sentence[-20:]))


def _whole_of(line: Line, mention: Mention, meaning: Meaning, meanings: Meanings) -> Meaning:
    """The whole instead of one of its ways, when the ways follow: 在网站上公开135条，其中公报45条，网站50条."""
    if meaning.total is None or mention.is_part:
        return meaning
    follows = _ITS_PARTS.match(line.text, mention.end - line.start)
    kind = meaning.only[0][0]
    return meanings.named(meaning.total) if follows and meanings.standing(kind, follows[1]) else meaning


def _stock_of(line: Line, mention: Mention, meaning: Meaning, meanings: Meanings) -> Meaning:
    """The sum over the years instead of the year's own, when that follows: 公开12035条，其中2010年新增2103条."""
    is_stock = meaning.name == "disclosed" and _ITS_YEAR.match(line.text, mention.end - line.start)
    return meanings.named("stock") if is_stock else meaning


def _family(form: FormId | None, report_year: int | None) -> Family | None:
    known: dict[str | None, Family] = {
        "prose-2008": "s14",
        "stat-2014": "s14",
        "form-2019": "f19",
        "form-2021": "f21",
    }
    if form in known:
        return known[form]
    if report_year is None:
        return None
    return "s14" if report_year < 2019 else "f19" if report_year < 2021 else "f21"


def _cells(family: Family | None) -> dict[str, FormCell]:
    names: dict[Family, FormId] = {"s14": "stat-2014", "f19": "form-2019", "f21": "form-2021"}
    return dict(load_forms()[names[family]].cells) if family else {}


def _choose(mentions: list[Mention], family: Family) -> dict[str, Mention]:
    """The mention that tells each code: the most general, then the first; none where a line tells it in two ways."""
    told: dict[str, list[tuple[int, Mention]]] = {}
    for mention in mentions:
        for meaning in mention.meanings:
            if code := meaning.codes.get(family):
                told.setdefault(code, []).append((_generality(mention), mention))
    chosen: dict[str, Mention] = {}
    for code, ways in told.items():
        best = max(weight for weight, _ in ways)
        first = next(mention for weight, mention in ways if weight == best)
        rivals = (mention for weight, mention in ways if weight == best or (mention.is_part and first.is_part))
        if not any(_contradicts(rival, first) for rival in rivals):
            chosen[code] = first
    return chosen


def _contradicts(one: Mention, other: Mention) -> bool:
    """Whether one passage tells two numbers for a code: 市政府网站1298条，我局网站4249条."""
    near = one.line == other.line and abs(one.start - other.start) < _PASSAGE
    return near and one.quantity.value != other.quantity.value


def _generality(mention: Mention) -> int:
    return 2 * bool(_ALL.search(_CLAUSE.split(mention.sentence)[-1])) - 2 * mention.is_part + (mention.denied is None)


def _indicator(text: str, cell: FormCell, mention: Mention) -> Indicator:
    quantity = mention.quantity
    return Indicator(
        code=cell.code,
        label=cell.label,
        value=quantity.printed,
        unit=quantity.money_unit or quantity.unit or cell.unit,
        raw=text[mention.raw_start : mention.raw_end],
        where="prose",
        evidence=Span(start=mention.raw_start, end=mention.raw_end),
    )


def _place(indicator: Indicator) -> int:
    return indicator.evidence.start if isinstance(indicator.evidence, Span) else -1


def _figures(mentions: list[Mention], family: Family | None, chosen: dict[str, Mention]) -> list[Figure]:
    figures: list[Figure] = []
    named, line = "", -1
    for mention in mentions:
        quantity = mention.quantity
        label = _label(mention)
        if _COMPARES.fullmatch(clean_words(label)):
            label = f"{named if mention.line == line else ''}{label}"
        elif quantity.unit != "%":
            named, line = label, mention.line
        figures.append(
            Figure(
                label=label,
                value=quantity.value,
                unit=quantity.unit,
                qualifier=quantity.qualifier,
                evidence=Span(start=mention.start, end=mention.end),
                code=next(_codes(mention, family, chosen), None),
            )
        )
    return figures


def _codes(mention: Mention, family: Family | None, chosen: dict[str, Mention]) -> Iterator[str]:
    """The codes that a mention tells: those it was chosen for, or says the same of."""
    for meaning in mention.meanings:
        code = meaning.codes.get(family) if family else None
        if code and code in chosen and chosen[code].quantity.value == mention.quantity.value:
            yield code


def _label(mention: Mention) -> str:
    """The counted thing as printed: the words before the number, or behind it where those are what is counted.

    A share or a growth (占12%, 同比增长3%) bears the name of the number that it is about.
    """
    before = _OPENING.sub("", mention.before.strip()).strip(_EDGES)
    if mention.denied is not None:
        return before
    behind = "" if mention.behind.startswith(("（", "(")) else _CLOSING.sub("", mention.behind).strip(_EDGES)
    settled = mention.closes and mention.quantity.unit not in _CLASSIFIERS
    if behind and not settled and not is_settled(behind) and not mention.is_shared:
        return behind
    bare = clean_words(before)
    if bare and not _NO_LABEL.fullmatch(bare):
        return before
    return behind or mention.core or bare or _clause_before(mention)


def _clause_before(mention: Mention) -> str:
    """Return the last clause with words before a number that a comma parts from what it counts."""
    clauses = (clause.strip(_EDGES) for clause in reversed(re.split(r"[，,；;：:]", mention.sentence)))
    return next((_OPENING.sub("", clause) for clause in clauses if clause), "")
