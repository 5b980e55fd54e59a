"""The second reading finds what the first could have missed, and tells what only looks like it."""

from __future__ import annotations

import pytest

from app.services.privacy.wanted import wanted_of, wanted_phrases
from tests.services.privacy.spellings import NUNEZ, SPELLINGS

WANTED = wanted_of(NUNEZ, "Case Number: California Expert Reviewer")


@pytest.mark.parametrize(
    "text",
    [
        "Anaïs was seen",
        "NUNEZ was seen",
        "Farr / ell was seen",
        "Nun (ez) o * farrell",
        "seen for KL, 445 [90218]",
        "4 4 5 9 0 2 1 8",
        "44S-9O2I8",
    ],
)
def test_what_is_left_is_found_whatever_stands_between(text: str) -> None:
    assert WANTED.second.look(text).found


@pytest.mark.parametrize(
    "text", ["Farrall came", "write to x @ y.org", "916 / 555 / 0100", "born in the year 1961", "MRN was 9912345", "Nan N. came", "told AF so", "told Mr. F. so"]
)  # fmt: skip
def test_what_only_resembles_is_told_apart(text: str) -> None:
    sight = WANTED.second.look(text)
    assert (sight.found, sight.resembling > 0) == (0, True)


def test_ordinary_letters_resemble_nothing() -> None:
    text = (
        "The 56 year old worker was seen on 12/09/2016 for L4-5 radiculopathy. Norco 10/325 mg, "
        "MRI of the lumbar spine, NSAIDs, 12 visits of physical therapy; VAS 7/10, CPT 97110."
    )
    assert WANTED.second.look(text) == type(WANTED.second.look(""))()


def test_chosen_phrases_are_found_as_a_whole() -> None:
    wanted = wanted_phrases(["Ann Lee", "chronic pain"])
    assert wanted.second.look("seen Ann-Lee").found
    assert wanted.second.look("CHRONIC  PAIN").found
    assert not wanted.second.look("pain of Annleese, chronic").found
    assert wanted.words == "2 terms"


def test_the_second_reading_would_have_stopped_a_removal_that_does_nothing() -> None:
    """Not by the removal's own patterns: each text is given to it as it was."""
    seen = 0
    for spelling in SPELLINGS:
        sight = wanted_of(spelling.cover).second.look(spelling.text)
        seen += bool(spelling.gone) and bool(sight.found or sight.resembling)
    assert seen >= 30
