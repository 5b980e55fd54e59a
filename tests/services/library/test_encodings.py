"""Bytes of older programs: the right text, or the question which one is right; never another text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.services.library.exchange.encodings import decode, samples
from tests.budget import examples

RECORDS = {
    "german": "AU  - Weiß, Jürgen\nTI  - Rückenschmerz bei Erwerbstätigen: Häufigkeit",
    "french": "AU  - Lefèvre, Zoë\nTI  - L’évaluation différée d’un œdème – première étude",
    "spanish": "AU  - Ibáñez, Íñigo\nTI  - Lesión crónica: ¿cuándo operar? «Guía»",
    "danish": "AU  - Sørensen, Åge\nTI  - Rygsmerter på arbejdet – en undersøgelse",
    "polish": "AU  - Błaszczyk, Żaneta\nTI  - Ból pleców a praca: następstwa",
    "czech": "AU  - Řehoř, Štěpán\nTI  - Bolest zad u řidičů: příčiny a léčba",
    "one name": "AU  - Núñez, A.\nTI  - Plain words",
    "typographic": "AU  - Doe, J.\nTI  - “Half-life” – a review of the worker’s pain",
    "signs": "AU  - Doe, J.\nTI  - Flexion of 90° ±5 at 10 µg",
    "russian": "AU  - Петров, И.\nTI  - Боль в спине у рабочих",
}
CODECS = ("cp1252", "mac_roman", "cp850", "cp1250", "iso8859_2", "cp1251")


def in_every_codec() -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, text in RECORDS.items():
        for codec in CODECS:
            try:
                text.encode(codec)
            except UnicodeEncodeError:
                continue
            pairs.append((name, codec))
    return pairs


@pytest.mark.parametrize(("name", "codec"), in_every_codec())
def test_an_older_encoding_is_recognised_or_asked_for(name: str, codec: str) -> None:
    data = RECORDS[name].encode(codec)
    decoded = decode(data)
    read = [data.decode(way) for way in (decoded.encoding, *decoded.others)]
    assert RECORDS[name] in read
    assert decoded.sure or len(set(read)) > 1


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32"]
)
@pytest.mark.parametrize("name", ["german", "czech", "typographic"])
def test_unicode_is_sure_with_its_mark_and_without(name: str, codec: str) -> None:
    decoded = decode(RECORDS[name].encode(codec))
    assert decoded.sure
    assert decoded.text == RECORDS[name]


def test_what_reads_the_same_in_each_way_is_not_asked_about() -> None:
    assert decode(RECORDS["german"].encode("cp1252")).sure
    assert decode(RECORDS["german"].encode("mac_roman")).sure
    assert decode(RECORDS["typographic"].encode("mac_roman")).sure
    assert decode("Épaule d’ouvrier".encode("mac_roman")).text == "Épaule d’ouvrier"
    assert decode((RECORDS["polish"] * 4).encode("iso8859_2")).sure


def test_the_question_shows_what_each_encoding_makes_of_a_line() -> None:
    data = "TY  - JOUR\nAU  - Dvořák, J.\n".encode("cp1250")
    decoded = decode(data)
    shown = dict(samples(data, (decoded.encoding, *decoded.others)))
    assert any("Dvořák" in line for line in shown.values())
    assert len(set(shown.values())) == len(shown) > 1


def test_a_named_encoding_is_used_or_refused_in_words() -> None:
    data = RECORDS["german"].encode("mac_roman")
    assert decode(data, "mac_roman").text == RECORDS["german"]
    with pytest.raises(UserError, match="not written as Unicode"):
        decode(data, "utf-8")
    with pytest.raises(UserError, match="No encoding is called"):
        decode(data, "klingon")


@settings(deadline=None, max_examples=examples(200))
@given(data=st.binary(max_size=80))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decode(data)
    except UserError:
        return
