"""Misspelt words in medical prose are found, and nothing else is."""

from __future__ import annotations

import pytest

from app.paths import WORDS
from app.services.spelling import Spelling


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    made = Spelling(WORDS, ["Terocin patch"])
    made.load()
    return made


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The lumbar laminectomy was not medically necessary.", []),
        ("Paresthesias, radiculopathy and the patient's NSAIDs.", []),
        ("L5-S1, C6-7, EMG/NCV, MRI, 320.5mg and www.example.org", []),
        ("Terocin is a topical.", []),
        ("The lumbr spine was treted.", ["lumbr", "treted"]),
        ("A laminectmy is requested", ["laminectmy"]),
        ("", []),
    ],
)
def test_what_is_found(spelling: Spelling, text: str, wrong: list[str]) -> None:
    assert [text[start:end] for start, end in spelling.misspelt(text)] == wrong


def test_better_words_are_offered(spelling: Spelling) -> None:
    assert "Laminectomy" in spelling.suggestions("Laminectmy")
    assert "necessary" in spelling.suggestions("neccessary")


def test_a_word_can_be_taught() -> None:
    made = Spelling(WORDS)
    made.load()
    assert made.misspelt("Zorblax")
    made.learn("Zorblax")
    assert not made.misspelt("Zorblax and zorblax")


def test_nothing_is_marked_before_the_lists_are_loaded() -> None:
    assert Spelling(WORDS).misspelt("lumbr") == []
    assert Spelling(WORDS).suggestions("lumbr") == ()
