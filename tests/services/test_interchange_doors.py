"""A letter's JSON from anywhere: whatever is wrong with it is one sentence."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.services.application_items import read_items
from app.services.interchange import decode, encode_letter, printed_texts
from tests.budget import examples
from tests.ui.made_letters import letter

WHOLE = encode_letter(letter())
PIECES = (b"{", b"[", b'"', b"\\ud800", b"\xe9", b"null", b"1e999", b"-1", b"\x00", b"[[[[")


@settings(max_examples=examples(250), deadline=None)
@given(at=st.integers(0, len(WHOLE)), piece=st.binary(max_size=6) | st.sampled_from(PIECES))
def test_bytes_changed_anywhere_raise_user_errors_only(at: int, piece: bytes) -> None:
    changed = WHOLE[:at] + piece + WHOLE[at + 1 :]
    with contextlib.suppress(UserError):
        decode(changed)
    printed_texts(changed)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"schema": 1, "header": ' + b'{"x": ' * 200_000,
        b'{"schema": 1, "clinical_summary": "caf\xe9"}',
        b'{"schema": 1, "clinical_summary": "\\udc00"}',
        '{"schema": 1}'.encode("utf-16-be"),
        '{"schema": 1}'.encode("utf-32"),
        b"",
        b"null",
        b'{"schema": "one"}',
        b'{"schema": 1, "patient": {"age": 1' + b"0" * 5000 + b"}}",
    ],
    ids=range(10),
)
def test_what_is_no_letter_is_one_sentence(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        decode(data)
    assert "\n" not in caught.value.what
    assert printed_texts(data) == {}


def test_a_mark_of_byte_order_before_the_json_is_passed_over() -> None:
    assert decode(b"\xef\xbb\xbf" + WHOLE) == decode(WHOLE)


@settings(max_examples=examples(100), deadline=None)
@given(data=st.binary(max_size=80) | st.text(max_size=60).map(str.encode))
@pytest.mark.parametrize("ending", [".csv", ".txt"])
def test_a_list_of_items_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, ending: str, data: bytes
) -> None:
    path: Path = tmp_path_factory.getbasetemp() / f"items{ending}"
    path.write_bytes(data)
    with contextlib.suppress(UserError):
        read_items(path)


def test_a_cell_that_is_too_large_is_told(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_bytes(b"item\n" + b"x" * 200_000)
    with contextlib.suppress(UserError):
        read_items(path)


@pytest.mark.parametrize("half", [b"\\ud800 x", b"\\udc00", b"\\ud83d\\u0041"])
def test_half_of_a_character_is_told_as_such(half: bytes) -> None:
    with pytest.raises(UserError, match="half of a character"):
        decode(b'{"schema": 1, "clinical_summary": "' + half + b'"}')
    assert (
        decode(b'{"schema": 1, "clinical_summary": "\\ud83d\\ude00"}').clinical_summary
        == "\U0001f600"
    )
