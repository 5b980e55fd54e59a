"""Names, numbers and places are found however they are written, and ordinary words stay."""

from __future__ import annotations

import pytest

from app.services.privacy.reading import terms_of, terms_of_phrases
from tests.services.privacy.kept_aside import KEPT_ASIDE
from tests.services.privacy.spellings import SPELLINGS, WITHOUT_A_TERM, Spelling


def left_of(spelling: Spelling) -> str:
    text = spelling.text
    for start, end in reversed(terms_of(spelling.cover).read(text).private):
        text = f"{text[:start]}[removed]{text[end:]}"
    return text


@pytest.mark.parametrize(
    "spelling", [*SPELLINGS, *WITHOUT_A_TERM, *KEPT_ASIDE], ids=lambda one: one.name
)
def test_what_is_private_goes_and_ordinary_words_stay(spelling: Spelling) -> None:
    left = left_of(spelling)
    assert not [word for word in spelling.gone if word in left], left
    assert not [word for word in spelling.stays if word not in left], left


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Anaïs Núñez-O’Farrell", "seen was anaïs núñez-o'farrell."),
        ("Visalia, CA 93277", "in visalia, ca 93277 today"),
        ("O’Farrell", "Mr. O’Farrell"),
        ("de la Cruz", "by De La Cruz"),
        ("KL-445-90218", "claim kl 445 90218"),
        ("Lee, Ann", "ann lee came"),
    ],
)
def test_a_chosen_phrase_is_found_as_it_stands(phrase: str, text: str) -> None:
    assert len(terms_of_phrases([phrase]).places(text)) == 1
    assert not terms_of_phrases([phrase]).places("the other la of Ann")
