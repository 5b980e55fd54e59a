"""Words that are a part of a body, a side or an operation in one sentence and none in another."""

from __future__ import annotations

import pytest

from app.services.language.texts import read_text


@pytest.mark.parametrize(
    ("raw", "name", "named"),
    [
        ("He has been back on the truck since May.", "back", False),
        ("Her old job was held back for her.", "back", False),
        ("There was back pain on lifting.", "back", True),
        ("The face sheet has another address.", "face", False),
        ("He bruised his face.", "face", True),
        ("She told it at first hand.", "hand", False),
        ("She cut her hand.", "hand", True),
        ("He exercised under the trainer's eye.", "eye", False),
        ("A splinter hit the eye.", "eye", True),
        ("The knee jerk was lively.", "knee", False),
        ("There is scope for gain.", "arthroscopy", False),
        ("The knee brace needs replacement.", "surgery", False),
        ("The knee needs replacement.", "surgery", True),
        ("On the operated side the grip is weak.", "surgery", False),
        ("He was operated on in June.", "surgery", True),
        ("Trigger points were palpated in the trapezius.", "trigger point", False),
        ("Trigger point injection was asked for.", "trigger point", True),
        ("A cheilectomy was done.", "other surgery", True),
        ("Phlebotomy was easy.", "other surgery", False),
    ],
)
def test_what_a_word_names(raw: str, name: str, *, named: bool) -> None:
    assert (name in {mention.name for mention in read_text(raw).mentions}) is named
