"""Bytes to characters: every way in which pages of the field say, do not say, or lie about how they are written."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import time

import lxml.etree
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import PageError
from crawler.parsing.characters import UNSAFE, clean_characters, clean_references
from crawler.parsing.encoding import decode
from crawler.parsing.mojibake import find_mojibake

TEXT = "安岭市政府信息公开工作年度报告：2021年，镕〇喆€𠮷䶮。"
PLAIN = "安岭市人民政府信息公开工作年度报告：全市各级行政机关主动公开政府信息。"
TRADITIONAL = "政府資訊公開年度報告：機關與人民國際經濟發展"
GB = TEXT.encode("gb18030")
UTF8 = TEXT.encode()
GB_LABELS = ["gb2312", "GBK", "x-gbk", "cp936", "gb_2312-80", "gb_2312", "chinese", "iso-ir-58", "GB231", "gb18030"]
GB_LABELS += ["csgb2312", "ms936", "windows-936", "euc-cn", "csiso58gb231280", "gbk2312"]
LYING_LABELS = ["utf8", "utf-8", "big5", "latin1", "iso-8859-1", "windows-1252", "nonsense", "hz", "cp037", "gb"]


def codes(decoded: object) -> list[str]:
    return [finding.code for finding in decoded.findings]


@pytest.mark.parametrize("label", GB_LABELS)
@pytest.mark.parametrize("place", ["header", "meta"])
def test_every_name_of_the_chinese_codecs_is_read_as_the_widest(label: str, place: str) -> None:
    if place == "header":
        decoded = decode(b"<p>" + GB, f'text/html; charset="{label}"')
    else:
        decoded = decode(f"<meta charset={label}><p>".encode() + GB)
    assert decoded.text.endswith("<p>" + TEXT)
    assert (decoded.charset, decoded.reading, codes(decoded)) == ("gb18030", place, [])


@pytest.mark.parametrize("label", LYING_LABELS)
@pytest.mark.parametrize("written", ["gb18030", "utf-8"])
def test_bytes_are_believed_before_labels(label: str, written: str) -> None:
    for decoded in (
        decode(b"<p>" + TEXT.encode(written), f"text/html;charset={label}"),
        decode(f"<meta charset={label}><p>".encode() + TEXT.encode(written)),
    ):
        assert decoded.text.endswith("<p>" + TEXT)
        assert decoded.charset == written


@pytest.mark.parametrize(
    ("body", "header", "charset", "reading"),
    [
        pytest.param(b"<p>" + UTF8, None, "utf-8", "utf-8", id="no label, UTF-8"),
        pytest.param(b"<p>" + GB, None, "gb18030", "gb18030", id="no label, GBK"),
        pytest.param(b"\xef\xbb\xbf" + UTF8, "a; charset=gbk", "utf-8", "bom", id="a mark wins over the header"),
        pytest.param(TEXT.encode("utf-16"), None, "utf-16-le", "bom", id="UTF-16 with a mark"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), None, "utf-16-be", "bom", id="UTF-16 big endian"),
        pytest.param(("<html><p>" + TEXT).encode("utf-16-le"), None, "utf-16-le", "nul pattern", id="UTF-16, no mark"),
        pytest.param(("<html><p>" + TEXT).encode("utf-16-be"), None, "utf-16-be", "nul pattern", id="… big endian"),
        pytest.param(("<p>" + TEXT).encode("utf-16-le"), "a; charset=utf-16", "utf-16-le", "header", id="… declared"),
        pytest.param(
            b"<META content='text/html; charset=GB2312' http-equiv=Content-Type>" + GB,
            None,
            "gb18030",
            "meta",
            id="the old meta",
        ),
        pytest.param(b'<?xml version="1.0" encoding="GBK"?><a>' + GB, None, "gb18030", "meta", id="an XML declaration"),
        pytest.param(
            b"<p>" + b" " * 5000 + b"<meta charset=gbk>" + GB, None, "gb18030", "meta", id="meta after 5,000 bytes"
        ),
        pytest.param(
            b"<meta charset=utf-8>" + GB, "text/html;charset=gbk", "gb18030", "header", id="header right, meta wrong"
        ),
        pytest.param(
            b"<meta charset=gbk>" + GB, "text/html;charset=utf-8", "gb18030", "meta", id="header wrong, meta right"
        ),
        pytest.param(
            b"\xef\xbb\xbf<p>" + PLAIN.encode("gbk") * 5, None, "gb18030", "best whole", id="a mark before GBK"
        ),
        pytest.param(
            "<meta charset=gb2312><title>庆典</title>".encode("gbk"), None, "gb18030", "meta", id="two characters"
        ),
    ],
)
def test_how_a_page_is_read(body: bytes, header: str | None, charset: str, reading: str) -> None:
    decoded = decode(body, header)
    assert (decoded.charset, decoded.reading) == (charset, reading)
    assert any(words in decoded.text for words in (TEXT, PLAIN, "庆典"))
    assert "\ufffd" not in decoded.text
    assert "\ufeff" not in decoded.text


@pytest.mark.parametrize("label", ["big5", "Big5-HKSCS", None], ids=str)
def test_traditional_pages_are_read(label: str | None) -> None:
    head = f"<meta charset={label}>" if label else "<p>"
    assert decode((head + TRADITIONAL).encode("big5hkscs")).text == head + TRADITIONAL


@pytest.mark.parametrize(
    "lie",
    [
        "<script>var page='<meta charset=utf-8>';</script>",
        "<!-- <meta charset=utf-8> -->",
        "<SCRIPT>x = '<META CHARSET=\"utf-8\">'</SCRIPT><script></script>",
    ],
    ids=["in a script", "in a comment", "in capitals"],
)
def test_a_meta_that_is_none_is_not_believed(lie: str) -> None:
    decoded = decode((lie + "<meta charset=big5>" + TRADITIONAL).encode("big5hkscs"))
    assert decoded.text.endswith(TRADITIONAL)
    assert codes(decoded) == []


def test_a_chance_reading_as_utf8_gives_way_to_the_declared_codec() -> None:
    body = b"<meta charset=gb2312><title>\xc4\xa3\xc4\xa3</title>"  # 模模; as UTF-8 ģģ
    assert body.decode("utf-8")
    assert "模模" in decode(body).text


@pytest.mark.parametrize(
    ("header", "meta", "body", "expected"),
    [
        ("utf-8", "gbk", GB, ["charset.conflict"]),
        ("gbk", "utf-8", UTF8, ["charset.conflict"]),
        ("gbk", "gb2312", GB, []),
        ("utf-8", "UTF8", UTF8, []),
        ("gbk", "utf-8", b"only ASCII", []),
    ],
)
def test_conflicts_are_told(header: str, meta: str, body: bytes, expected: list[str]) -> None:
    decoded = decode(f"<meta charset={meta}>".encode() + body, f"text/html; charset={header}")
    assert codes(decoded) == expected
    assert all(finding.severity == "info" for finding in decoded.findings)


@pytest.mark.parametrize(
    ("body", "replaced"),
    [
        pytest.param(PLAIN.encode()[:-1], 1, id="last character cut, UTF-8"),
        pytest.param(PLAIN.encode("gbk")[:-1], 1, id="last character cut, GBK"),
        pytest.param(PLAIN.encode("gbk") * 3 + b"\x81<b>", 1, id="a lone 81"),
        pytest.param(PLAIN.encode("gbk") * 3 + b"\xff</p>", 1, id="a lone FF in GBK"),
        pytest.param(PLAIN.encode() * 3 + b"\xff</p>", 1, id="a lone FF in UTF-8"),
        pytest.param(PLAIN.encode() * 300 + b"\xff</p>", 1, id="one in ten thousand is no finding"),
    ],
)
def test_a_broken_character_costs_one_character(body: bytes, replaced: int) -> None:
    decoded = decode(body)
    assert decoded.text.count("\ufffd") == replaced
    assert decoded.text.startswith(PLAIN[:-1])
    assert codes(decoded) == (["charset.replaced"] if replaced * 1000 > len(decoded.text) else [])


def test_a_mixed_page_is_read_by_the_codec_of_its_larger_part() -> None:
    mostly_utf8 = decode(PLAIN.encode() * 10 + PLAIN.encode("gbk"))
    assert (mostly_utf8.charset, mostly_utf8.text.count(PLAIN)) == ("utf-8", 10)
    assert codes(mostly_utf8) == ["charset.replaced"]
    mostly_gbk = decode(PLAIN.encode("gbk") * 10 + PLAIN.encode())
    assert (mostly_gbk.charset, mostly_gbk.text.count(PLAIN)) == ("gb18030", 10)
    assert "mojibake.utf8_as_gbk" in codes(mostly_gbk)


@pytest.mark.parametrize(
    ("body", "header"),
    [
        pytest.param(b"<meta charset=hz-gb-2312>~{<:Ky2;~}", None, id="HZ declared"),
        pytest.param(b"~{<:Ky2;VV~}~{<:Ky2;VV~}~{<:Ky2;VV~}", None, id="HZ not declared"),
        pytest.param(b"<meta charset=utf-7>+ADw-script+AD4-", None, id="UTF-7 in the page"),
        pytest.param(b"+ADw-script+AD4-", "text/html; charset=UTF-7", id="UTF-7 in the header"),
        pytest.param(b"\x1b$)A\x0e<\x0f", "text/html; charset=iso-2022-cn", id="ISO-2022"),
    ],
)
def test_codecs_that_hide_markup_are_refused(body: bytes, header: str | None) -> None:
    with pytest.raises(PageError) as refused:
        decode(body, header)
    assert refused.value.reason == "charset"


@pytest.mark.parametrize("label", ["unicode_escape", "raw_unicode_escape", "punycode", "cp037", "hex", "undefined"])
def test_codecs_of_python_that_no_browser_has_are_not_used(label: str) -> None:
    body = rb"<p>\u003cscript\u003e \xb0\xb0" + GB
    assert r"\u003cscript" in decode(body, f"text/html; charset={label}").text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PLAIN.encode().decode("gb18030", "ignore"), "mojibake.utf8_as_gbk"),
        (PLAIN.encode().decode("latin-1"), "mojibake.utf8_as_latin"),
        (PLAIN.encode().decode("cp1252", "ignore"), "mojibake.utf8_as_latin"),
        (PLAIN.encode("gbk").decode("latin-1"), "mojibake.gbk_as_latin"),
        ("锟斤拷锟斤拷报告", "mojibake.lost"),
        ("烫烫烫烫", "mojibake.lost"),
        ("报告â€œ全文", "mojibake.utf8_as_latin"),
        ("ä¸­å›½æ”¿åºœ", "mojibake.utf8_as_latin"),
    ],
    ids=range(8),
)
def test_broken_text_is_found_and_never_mended(text: str, code: str) -> None:
    decoded = decode(("<p>" + text).encode())
    assert code in codes(decoded)
    assert decoded.text == "<p>" + clean_characters(text)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        TRADITIONAL,
        "“引号”——省略号……",
        "Ã la carte, café, naïve, señor",
        "水很烫，烫手",
        "屯昌县屯城镇",
        "金额 1,000 €",
    ],
)
def test_sound_text_is_not_called_broken(text: str) -> None:
    assert find_mojibake(text) == []


UNSAFE_PAGE = (
    "<p>a\0b\x0bc\x0cd\x1fe\ufffef\uffffg\x7fh\x9ci&#0;j&#55296;k&#xDFFF;l&#11;m&#xFFFE;n&#1114112;o&#65;p&#x4e2d;</p>"
)


@pytest.mark.parametrize("written", ["utf-8", "utf-16", "utf-16-le"])
def test_one_text_for_every_sink(written: str) -> None:
    text = decode(UNSAFE_PAGE.encode(written)).text
    assert text == "<p>ab\nc\ndefghijkl\nmno&#65;p&#x4e2d;</p>"
    with sqlite3.connect(":memory:") as store:
        assert store.execute("select ?", (text,)).fetchone() == (text,)
    store.close()
    assert json.loads(json.dumps(text, ensure_ascii=False)) == text
    written_file = io.StringIO(newline="")
    csv.writer(written_file).writerow([text])
    assert next(csv.reader(io.StringIO(written_file.getvalue(), newline="")))[0] == text
    element = lxml.etree.Element("a")
    element.text = text
    assert lxml.etree.fromstring(lxml.etree.tostring(element)).text == text
    assert "\0" not in text  # PostgreSQL refuses this one alone


def test_references_of_printable_characters_stay() -> None:
    assert clean_references("&#150;&#8226;&#x5b89;&#10;&#9;") == "&#150;&#8226;&#x5b89;&#10;&#9;"


@pytest.mark.parametrize(
    ("written", "read"),
    [(b"\x80", "€"), (b"\xa8\xbc", "ḿ"), (b"\xa6\xd9", "︐"), (b"\xa2\xe3", "€")],
    ids=["80 alone", "A8BC", "A6D9", "A2E3"],
)
def test_where_pythons_codec_and_the_standard_of_the_web_differ(written: bytes, read: str) -> None:
    assert decode(b"<meta charset=gbk>" + PLAIN.encode("gbk") + written + b"<p>").text.endswith(read + "<p>")


@pytest.mark.nightly
def test_every_pair_of_bytes_is_read_as_python_reads_gb18030_but_for_the_listed() -> None:
    differing = []
    for high in range(0x81, 0xFF):
        for low in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            pair = bytes((high, low))
            decoded = decode(b"<meta charset=gb2312>" + pair * 2 + b"<")
            assert decoded.charset == "gb18030"
            if decoded.text[21:-1] != pair.decode("gb18030") * 2:
                differing.append(pair.hex())
    assert len(differing) == 25


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "gbk", "big5", "utf-16", "shift_jis", "x"]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_safe_text(body: bytes, label: str | None) -> None:
    try:
        text = decode(body, f"text/html; charset={label}" if label else None).text
    except PageError:
        return
    assert UNSAFE.search(text) is None
    text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=200))
@settings(max_examples=200, deadline=None)
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(("<meta charset=utf-8>中文" + text).encode()).text == clean_references(
        "<meta charset=utf-8>中文" + text
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("བོད་རང་སྐྱོང་ལྗོངས།", id="Tibetan"),
        pytest.param("ئۇيغۇر ئاپتونوم رايونى", id="Uyghur"),
        pytest.param("ᠦᠪᠦᠷ ᠮᠣᠩᠭᠣᠯ", id="Mongolian"),
        pytest.param(TRADITIONAL, id="traditional"),
        pytest.param("Ａ１２３％　全角 ﬁ﨎豈", id="compatibility characters"),
        pytest.param("a\u200bb\u00adc", id="invisible characters"),
    ],
)
def test_other_scripts_and_forms_are_kept_as_they_are(text: str) -> None:
    decoded = decode(f"<meta charset=utf-8><p>{text}</p>".encode())
    assert decoded.text.endswith(f"<p>{text}</p>")
    assert decoded.findings == []


@pytest.mark.parametrize("written", ["utf-8", "gbk"])
def test_two_megabytes_without_a_label_are_told_in_a_moment(written: str) -> None:
    body = (PLAIN * 20_000).encode(written)
    begun = time.process_time()
    assert decode(body).charset == ("utf-8" if written == "utf-8" else "gb18030")
    assert time.process_time() - begun < 0.5
