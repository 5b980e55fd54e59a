"""What a sentence tells only to set it aside, and how far that reaches."""

from __future__ import annotations

import pytest

from app.services.language.asides import is_reported, is_set_aside
from app.services.language.texts import read_text


@pytest.mark.parametrize(
    ("raw", "word", "group"),
    [
        ("The left ankle was sprained too, but is not the subject of this review.", "left", "irrelevant"),
        ("By contrast the left wrist moves well.", "left", "compared"),
        ("Ten visits would be the customary number.", "Ten", "usual"),
        ("Of these the adjuster had offered thirty.", "thirty", "ur"),
        ("An earlier course of ten was finished in May.", "ten", "earlier"),
        ("Should the knee give way, a brace would be next.", "brace", "supposed"),
        ("Her father took methadone for years.", "methadone", "relative"),
        ("Twenty visits are claimed, a number that is mistaken.", "Twenty", "reported"),
    ],
)  # fmt: skip
def test_what_is_set_aside(raw: str, word: str, group: str) -> None:
    text = read_text(f"The knee is painful. {raw}")
    place = text.raw.index(word)
    assert is_set_aside(text, place, {group})
    assert not is_set_aside(text, place, {"none"})
    assert not is_set_aside(text, 4, {group})


def test_a_condition_reaches_as_far_as_its_clause() -> None:
    text = read_text(
        "Should the brace fail, surgery is next; the right knee was operated on in 2011."
    )
    assert is_set_aside(text, text.raw.index("surgery"), {"supposed"})
    assert not is_set_aside(text, text.raw.index("right knee"), {"supposed"})


def test_what_would_be_reaches_as_far_as_the_comma() -> None:
    text = read_text("A tear of the ankle would be treated alike, the knee is stiff.")
    assert is_set_aside(text, text.raw.index("ankle"), {"conditional"})
    assert not is_set_aside(text, text.raw.index("knee"), {"conditional"})


def test_what_is_told_of_the_worker_behind_a_relative_is_not_set_aside() -> None:
    text = read_text("His wife drives, and the worker takes methadone.")
    assert not is_set_aside(text, text.raw.index("methadone"), {"relative"})


def test_a_place_behind_the_text_is_not_set_aside() -> None:
    assert not is_set_aside(read_text("Unlike the left."), 900, {"compared"})


@pytest.mark.parametrize(
    ("raw", "word", "reported"),
    [
        ("The denial letter describes a woman of 30.", "woman", True),
        ("Counsel alleges that no therapy was given.", "therapy", True),
        ("The adjuster found that the knee was normal.", "knee", True),
        ("The knee was normal, as the adjuster found.", "knee", False),
        ("The surgeon found that the knee was normal.", "knee", False),
    ],
)
def test_what_another_than_the_author_says(raw: str, word: str, *, reported: bool) -> None:
    text = read_text(f"The knee is painful. {raw}")
    assert is_reported(text, text.raw.index(word, 22)) is reported
