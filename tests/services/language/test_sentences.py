"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.language.sentences import SENTENCE_END, TEXT_END, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Seen by Dr. Roe. Well.", ["Seen by Dr. Roe.", "Well."]),
        ("Dose 1.5 mg. See p. 12 there.", ["Dose 1.5 mg.", "See p. 12 there."]),
        ("She is 45. The pain is 8. He", ["She is 45.", "The pain is 8.", "He"]),
        ("1. Rest. 2. Ice.", ["1. Rest.", "2. Ice."]),
        ("He said “no.” Then he left.", ["He said “no.”", "Then he left."]),
        ("A\nB", ["A", "B"]),
        ("e.g. this; That", ["e.g. this; That"]),
        ("Why? (Because.) So!", ["Why?", "(Because.)", "So!"]),
        ("it is. not a start", ["it is. not a start"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == parts


@given(st.text(st.sampled_from('aB1.!?;\n "”)') | st.characters()))
def test_sentences_hold_all_words_in_order(text: str) -> None:
    parts = tuple(sentences(text))
    assert "".join("".join(part.text.split()) for part in parts) == "".join(text.split())
    for part in parts:
        assert text[part.start : part.end].strip() == part.text


@pytest.mark.parametrize(
    ("text", "sentence", "ended"),
    [
        ("It is.", True, True),
        ("It is.”)", True, True),
        ("These:", False, True),
        ("It is", False, False),
        ("It is. so", False, False),
    ],
)
def test_endings(text: str, sentence: bool, ended: bool) -> None:
    assert (bool(SENTENCE_END.search(text)), bool(TEXT_END.search(text))) == (sentence, ended)


def test_what_has_no_end_is_parted_all_the_same() -> None:
    """Pages of a table, say: a rule that looks through a sentence would take minutes for it."""
    text = "pain in the low back with spasm " * 400 + "Then it ends."
    found = sentences(text)
    assert max(len(each.text) for each in found) <= 2000
    assert " ".join(each.text for each in found) == text
    assert [each.end for each in found[:-1]] == [each.start for each in found[1:]]
    assert len(sentences("x" * 9000)) == 5
