"""Numbers in figures and in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.language.numbers import NUMBER, as_number, find_numbers

TENS = {
    20: "twenty",
    30: "thirty",
    40: "forty",
    50: "fifty",
    60: "sixty",
    70: "seventy",
    80: "eighty",
    90: "ninety",
}
ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip


def words_for(number: int, dash: str) -> str:
    """A number from 1 to 999 in words."""
    if number >= 100:
        rest = number % 100
        head = f"{ONES[number // 100 - 1]} hundred"
        return f"{head} and {words_for(rest, dash)}" if rest else head
    if number < 20:
        return ONES[number - 1]
    ones = number % 10
    return TENS[number - ones] + (f"{dash}{ONES[ones - 1]}" if ones else "")


@given(st.integers(1, 999), st.sampled_from(["-", " ", "\u2010"]))
def test_every_number_in_words(number: int, dash: str) -> None:
    words = words_for(number, dash)
    assert as_number(words) == as_number(words.upper()) == number
    assert re.fullmatch(NUMBER, words, re.IGNORECASE)
    (found,) = find_numbers(f"After {words}, she")
    assert (found.value, found.text) == (number, words)


@given(st.integers(0, 9999))
def test_every_number_in_figures(number: int) -> None:
    assert as_number(str(number)) == number
    assert [found.value for found in find_numbers(f"({number}).")] == [number]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("once", 1),
        ("twice", 2),
        ("thrice", 3),
        ("zero", 0),
        ("a dozen", 12),
        ("two dozen", 24),
        ("a hundred", 100),
        ("fourty-two", 42),
        ("", None),
        ("and", None),
        ("many", None),
        ("5.5", None),
        ("²", None),
    ],
)
def test_other_words(words: str, number: int | None) -> None:
    assert as_number(words) == number


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Twenty four (24) visits of 1,200 mg and 2.5 hours", [24, 1200, 2.5]),
        ("on 3/2/2014 and 3-4-2014, CM16-0200001, 1/2 tablet, L4", []),
        ("someone, twofold, often", []),
        ("2-3 times", [2, 3]),
        ("Since 3-4-2016 he had 12 visits, 8 of them before 5-6-2016.", [12, 8]),
    ],
)
def test_numbers_of_a_text(text: str, values: list[float]) -> None:
    found = find_numbers(text)
    assert [each.value for each in found] == values
    assert all(text[each.start : each.end] == each.text for each in found)


def test_words_and_figures_that_disagree() -> None:
    (found,) = find_numbers("twelve (10) sessions")
    assert (found.value, found.again) == (12, 10)
    (found,) = find_numbers("twelve (12) sessions")
    assert found.again is None
