"""Files of references from anywhere: whatever is wrong in them is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.letter import Source
from app.services.library.exchange import WRITTEN, Format, export_entries, read_entries
from app.services.library.values import Entry
from tests.budget import examples

ENTRIES = (
    Entry(title="Low Back Complaints", source=Source.MTUS, aliases=("Low back", "Rückgrat")),
    Entry(title="Neck {and} Upper-Back", source=Source.ACOEM, notes="Two\nlines, and a “quote”."),
)
FORMATS = pytest.mark.parametrize("file_format", WRITTEN, ids=lambda one: one.value)


@FORMATS
@settings(max_examples=examples(150), deadline=None)
@given(data=st.data())
def test_bytes_changed_anywhere_raise_user_errors_only(
    file_format: Format, data: st.DataObject
) -> None:
    whole = export_entries(ENTRIES, file_format)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(whole)))
        piece = data.draw(st.binary(max_size=6) | st.sampled_from(PIECES))
        whole = whole[:at] + piece + whole[at + data.draw(st.integers(0, 9)) :]
    try:
        found = read_entries(whole, file_format)
    except UserError as error:
        assert "\n" not in error.what  # noqa: PT017 - the one way out beside entries
    else:
        export_entries([one.entry for one in found.entries], file_format)


PIECES = [
    *(b'"', b"{", b"}", b"[", b"]", b"\\", b"\\textbf{", b"$", b"@article{", b"\r", b"\t", b"\x00"),
    *(b"\\ud800", b"\xff\xfe", b"\xef\xbb\xbf", b"TY  - ", b"ER  - ", b"\n\n", b",", b"'", b"%"),
    *(b"null", b"1e999", b"-1", b"true", b"{}", b"[[[["),
]


@FORMATS
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe" + "title".encode("utf-16-le"),
        b"[" * 60_000,
        b'[{"title": ' * 20_000,
        b"@article{a, title = {" + b"\\textbf{" * 4000 + b"x" + b"}" * 4001 + b"}",
        b"@string{a = " + b"{" * 60_000,
        b"@article{a, title = {" + b"\\frac \\href \\sqrt \\begin{x}" * 9 + b"}}",
        b'title,sections\r\nA,"' + b"[" * 60_000 + b'"',
        b'title,sections\r\nA,"[{""name"": ""\\ud800""}]"',
        b'[{"title": "half \\ud800 a character"}]',
        b'[{"title": "A", "custom": {"imr-desk": {"title": "\\ud800"}}}]',
        b"TY  - GEN\r\nTI  - " + b"x" * 300_000 + b"\r\nER  - ",
    ],
    ids=range(12),
)
def test_what_is_no_file_of_references_is_one_sentence(file_format: Format, data: bytes) -> None:
    try:
        found = read_entries(data, file_format)
    except UserError as error:
        assert "\n" not in error.what  # noqa: PT017 - the one way out beside entries
    else:
        assert all(one.entry.title.encode() for one in found.entries)


EXPORT = (Path(__file__).parent / "exports" / "endnote.xml").read_bytes()


@settings(max_examples=examples(100), deadline=None)
@given(data=st.data())
def test_changed_xml_raises_user_errors_only(data: st.DataObject) -> None:
    whole = EXPORT
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(whole)))
        piece = data.draw(st.binary(max_size=6) | st.sampled_from(XML_PIECES))
        whole = whole[:at] + piece + whole[at + data.draw(st.integers(0, 30)) :]
    try:
        found = read_entries(whole, Format.ENDNOTE_XML)
    except UserError as error:
        assert "\n" not in error.what  # noqa: PT017 - the one way out beside entries
    else:
        export_entries([one.entry for one in found.entries], Format.BIBTEX)


XML_PIECES = [
    *(b"<record>", b"</record>", b"<![CDATA[", b"]]>", b"<!--", b"&#0;", b"&#x1F;", b"&", b"<", b"\x0b"),
    *(b"</style>", b"<sup>", b"<?x ?>", b"&amp;lt;b&amp;gt;", b"<titles>", b"\xc3"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            '<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
            "<xml><records><record><title>&b;</title></record></records></xml>",
            "no title",
        ),
        (f"<xml><records><record>{'<titles>' * 90_000}", "too deeply"),
        ("<xml><records><record><titles><title>Pain", "damaged"),
        ("<xml><records><record><!DOCTYPE a></record></records></xml>", "damaged"),
    ],
)
def test_what_xml_can_hide_is_not_looked_at(text: str, reason: str) -> None:
    found = read_entries(text.encode(), Format.ENDNOTE_XML)
    assert not found.entries
    assert [one.reason for one in found.unread if reason in one.reason]


def test_an_external_entity_stays_the_words_it_is_written_as() -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        "<xml><records><record><titles><title>Pain &f; at work</title></titles></record></records></xml>"
    )
    (one,) = read_entries(text.encode(), Format.of_name("library.xml")).entries
    assert one.entry.title == "Pain &f; at work"


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="x"><bib:Article/></rdf:RDF>',
        "<modsCollection><mods><titleInfo><title>Pain</title></titleInfo></mods></modsCollection>",
        "<xml><records></records></xml>",
        "no XML at all",
    ],
)
def test_other_xml_is_refused_with_what_to_export(text: str) -> None:
    with pytest.raises(UserError, match="EndNote") as refused:
        read_entries(text.encode(), Format.ENDNOTE_XML)
    assert "RIS" in refused.value.remedy


def test_xml_is_known_under_another_name_and_says_its_encoding() -> None:
    text = EXPORT.decode().replace("UTF-8", "iso-8859-1", 1)
    text = "".join(mark if ord(mark) < 256 else f"&#{ord(mark)};" for mark in text)
    found = read_entries(text.replace("Harbor", "Münster").encode("latin-1"), Format.CSV)
    assert found.sure
    assert found.encoding == "cp1252"
    assert found.entries[-1].entry.title == "Účinek opioidů in chronic pain"
