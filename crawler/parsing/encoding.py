"""Bytes to characters: what the bytes are counts for more than what the page calls them."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from crawler.errors import PageError
from crawler.items import Finding
from crawler.parsing.characters import clean_characters, clean_references
from crawler.parsing.charsets import GB, REFUSED, UTF16, WEAK, charset_of_header, charset_of_markup, codec_of
from crawler.parsing.mojibake import find_mojibake

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e]){2,}~\}")
CONTROLS = bytes(number for number in range(32) if number not in (9, 10, 13)) + b"\x7f"
C1 = re.compile(rb"\xc2[\x80-\x9f]")
BYTEWISE = frozenset(("utf-8", "gb18030", "big5hkscs"))
"""Codecs in which the bytes of ASCII characters up to `&` and of controls stand for nothing else."""
LAST_CHARACTER = 4
MUCH_REPLACED = 1000
"""More than one replaced character in so many is a finding."""
SAMPLE = 1024
CUT = ("unexpected end of data", "incomplete multibyte sequence")
"""What Python says of a character that ends too soon."""
# https://encoding.spec.whatwg.org/#index-gb18030 where Python's codec has a private character instead.
GB_2022 = str.maketrans(
    "\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864"
    "\ue816\ue817\ue818\ue831\ue83b\ue855",
    "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb"
    "\U00020087\U00020089\U000200cc\U000215d7\U0002298f\U000241fe",
)
PRIVATE = re.compile("[\ue78d-\ue864]")
HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(slots=True, kw_only=True)
class Decoded:
    """The characters of a page, safe for every sink, and what was decided."""

    text: str
    charset: str
    """Python's name of the codec."""
    reading: str
    """What decided it: `bom`, `utf-8`, `header`, `meta`, `gb18030`, `nul pattern`, `best whole`."""
    findings: list[Finding] = field(default_factory=list)
    utf8: bytes | None = None
    """The text in UTF-8, when the page came so and nothing was taken from it."""


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Return the characters of a page.

    Tried in order: byte order mark, valid UTF-8, NUL pattern of UTF-16, the charset that header or meta name when the
    bytes agree, GB18030, the codec that leaves the fewest characters replaced. Raises PageError("charset") for
    HZ-GB-2312, UTF-7 and ISO-2022, which hide markup from every check.
    """
    decoded = decode_bytes(body, content_type)
    decoded.findings += find_mojibake(decoded.text)
    return decoded


def decode_bytes(body: bytes, content_type: str | None = None) -> Decoded:
    """Return the characters of a page; broken text that the page already holds is not looked for."""
    header, meta = charset_of_header(content_type), charset_of_markup(body)
    text, charset, reading = read_characters(body, header, meta)
    decoded = text
    findings = ([] if body.isascii() else find_conflict(header, meta, charset)) + find_replaced(text)
    if needs_cleaning(body, text, charset):
        text = clean_characters(text)
    if b"&#" in body or charset not in BYTEWISE:
        text = clean_references(text)
    is_whole = reading == "utf-8" and text is decoded and "\ufffd" not in text
    return Decoded(text=text, charset=charset, reading=reading, findings=findings, utf8=body if is_whole else None)


def read_characters(body: bytes, header: str | None, meta: str | None) -> tuple[str, str, str]:
    """Return the text, its codec and what decided it."""
    for mark, codec in BOMS:
        if body.startswith(mark):
            return read_marked(body[len(mark) :], codec)
    declared = [name for name in (header, meta) if name]
    if (wide := utf16_of(body, declared)) is not None:
        return body.decode(wide[0], "replace"), *wide
    if (text := utf8_of(body)) is not None:
        refuse_hidden(body, declared)
        if any(GB.fullmatch(name) for name in declared) and is_chance(text) and (other := strict(body, "gb18030")):
            return other, "gb18030", "gb18030"
        return text, "utf-8", "utf-8"
    return read_declared(body, header, meta) or read_guessed(body, declared)


def read_marked(body: bytes, codec: str) -> tuple[str, str, str]:
    """Return the text after a byte order mark; a mark of UTF-8 before text that is not (an include) is not believed."""
    text = body.decode(codec, "replace")
    if codec == "utf-8" and text.count("\ufffd") * 10 > sum(map(len, HAN.findall(text))) + 20:
        return read_guessed(body, [])
    return text, codec, "bom"


def utf8_of(body: bytes) -> str | None:
    """Return the text when the bytes are UTF-8, the last character possibly cut; else None."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(body) - LAST_CHARACTER and error.reason == "unexpected end of data":
            return body.decode("utf-8", "replace")
        return None


def utf16_of(body: bytes, declared: list[str]) -> tuple[str, str] | None:
    """Return (codec, reading) when every other byte of the markup is NUL, as in UTF-16 without a mark; else None."""
    head = body[:SAMPLE]
    if b"\0" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    named = any(UTF16.fullmatch(name) for name in declared)
    share = 1 if named else max(len(head) // 8, 1)
    if max(even, odd) < share or min(even, odd) * 4 > max(even, odd):
        return None
    return ("utf-16-le" if odd > even else "utf-16-be"), ("header" if named else "nul pattern")


def refuse_hidden(body: bytes, declared: list[str]) -> None:
    """Raise PageError when ASCII bytes hide their characters in escape sequences."""
    if not body.isascii():
        return
    named = next((name for name in declared if REFUSED.fullmatch(name)), None)
    if named or (b"~{" in body and len(HZ.findall(body)) >= 3):
        raise PageError("charset", f"the page is written in {named or 'HZ-GB-2312'}, which is not read")


def is_chance(text: str) -> bool:
    """Return whether text is valid UTF-8 by chance: it has characters beyond ASCII, none of them Chinese."""
    return not text.isascii() and max(text) < "\u2000"


def strict(body: bytes, codec: str) -> str | None:
    """Return the text when all bytes (but a last character cut) are valid in the codec; else None."""
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        if error.start < len(body) - LAST_CHARACTER or error.reason not in CUT:
            return None
        text = body[: error.start].decode(codec) + "\ufffd"
    return modern_gb(text) if codec == "gb18030" else text


def loose(body: bytes, codec: str) -> str:
    """Return the text with U+FFFD for bytes that are not valid in the codec; 80 alone is € in Microsoft's GBK."""
    if codec != "gb18030":
        return body.decode(codec, "replace")
    text = body.decode(codec, "surrogateescape").replace("\udc80", "€")
    return modern_gb(re.sub("[\udc80-\udcff]", "\ufffd", text))


def modern_gb(text: str) -> str:
    """Return text decoded by Python's GB18030 (of 2000) as by that of 2022, which gave up its private characters."""
    return text.translate(GB_2022) if PRIVATE.search(text) else text


def read_declared(body: bytes, header: str | None, meta: str | None) -> tuple[str, str, str] | None:
    """Return the text by the charset the header or the page names, where the bytes are valid in it; else None."""
    for name, reading in ((header, "header"), (meta, "meta")):
        codec = codec_of(name) if name else None
        if codec in (None, "utf-8") or (name or "").lower() in WEAK:
            continue
        if (text := strict(body, str(codec))) is not None:
            return text, str(codec), reading
    if (text := strict(body, "gb18030")) is not None and looks_chinese(text):
        return text, "gb18030", "gb18030"
    return None


def read_guessed(body: bytes, declared: list[str]) -> tuple[str, str, str]:
    """Return the text by the codec that leaves the fewest characters replaced or out of use."""
    tried = ["utf-8", "gb18030", *(codec for name in declared if (codec := codec_of(name))), "big5hkscs"]
    readings = [(loose(body, codec), codec) for codec in dict.fromkeys(tried)]
    text, codec = min(readings, key=lambda reading: strangeness(*reading))
    return text, codec, "best whole"


def strangeness(text: str, codec: str) -> int:
    """Return how little a text looks like a Chinese page: characters replaced count threefold, rare ones once."""
    written = "big5" if codec.startswith("big5") else "gb2312"
    counts = Counter(text)
    rare = sum(count for character, count in counts.items() if character > "\x7f" and not is_common(character, written))
    return 3 * counts["\ufffd"] + rare


@lru_cache(maxsize=16384)
def is_common(character: str, written: str = "gb2312") -> bool:
    """Return whether a character is in daily use: a mark or a Chinese one of the standard's first level."""
    try:
        row = character.encode(written)[0] - 0xA0
    except UnicodeEncodeError:
        return False
    return row in (1, 3) or (16 <= row <= 55 if written == "gb2312" else 4 <= row <= 38)


def looks_chinese(text: str) -> bool:
    """Return whether most characters beyond ASCII are Chinese ones in daily use (of the first thousand)."""
    beyond = list(islice((character for character in text if character > "\x7f"), 1000))
    return sum(map(is_common, beyond)) * 2 >= len(beyond)


def needs_cleaning(body: bytes, text: str, charset: str) -> bool:
    """Return whether the text may hold unsafe characters; the bytes tell it ten times sooner than the text would.

    UTF-8 writes C1 as C2 80–9F.
    """
    if charset not in BYTEWISE:
        return True
    if len(body.translate(None, CONTROLS)) != len(body):
        return True
    return "\ufffe" in text or "\uffff" in text or (charset == "utf-8" and C1.search(body) is not None)


def find_conflict(header: str | None, meta: str | None, charset: str) -> list[Finding]:
    """Return a finding when header or page name another charset than the bytes have."""
    named = {source: name for source, name in (("header", header), ("page", meta)) if name}
    wrong = {source: name for source, name in named.items() if codec_of(name) not in (charset, None)}
    if not wrong:
        return []
    said = " and ".join(f"the {source} says {name}" for source, name in wrong.items())
    return [Finding(code="charset.conflict", severity="info", message=f"The bytes are {charset}; {said}.")]


def find_replaced(text: str) -> list[Finding]:
    """Return a finding when more than one character in a thousand could not be read."""
    lost = text.count("\ufffd")
    if lost * MUCH_REPLACED <= len(text):
        return []
    message = f"{lost} of {len(text)} characters could not be read and are replaced."
    return [Finding(code="charset.replaced", severity="warning", message=message)]
