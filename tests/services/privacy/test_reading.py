"""Names, numbers and places are found however they are written, and ordinary words stay."""

from __future__ import annotations

import pytest

from app.letter import Cover
from app.services.privacy.reading import terms_of, terms_of_phrases
from app.services.privacy.short_names import forms_of
from tests.services.privacy.forms import FORMS
from tests.services.privacy.kept_aside import KEPT_ASIDE
from tests.services.privacy.shortened import LABELLED, SHORTENED
from tests.services.privacy.spellings import SPELLINGS, WITHOUT_A_TERM, Spelling
from tests.services.privacy.surnames import SURNAMES


def left_of(spelling: Spelling) -> str:
    text = spelling.text
    for start, end in reversed(terms_of(spelling.cover).read(text).private):
        text = f"{text[:start]}[removed]{text[end:]}"
    return text


@pytest.mark.parametrize(
    "spelling",
    [*SPELLINGS, *WITHOUT_A_TERM, *KEPT_ASIDE, *FORMS, *SURNAMES, *SHORTENED, *LABELLED],
    ids=lambda one: one.name,
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


def test_forms_of_a_name_are_each_others() -> None:
    assert forms_of(["katherine"])["kate"] is False
    assert forms_of(["lupe"])["guadalupe"] is False
    assert forms_of(["william"])["will"] is True
    assert "ashworth" not in forms_of(["william"])
    assert forms_of(["quillfeather"]) == {}


@pytest.mark.parametrize(
    "text", ["a.b" * 30_000, "www." + "a." * 30_000, "a-" * 30_000, "a at " * 9_000]
)
def test_shapes_are_looked_for_in_time_that_goes_with_the_length(text: str) -> None:
    """What goes with the square of it would take minutes here."""
    assert len(terms_of(Cover()).places(text)) <= 1
