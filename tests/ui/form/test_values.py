"""What may be typed for a value, and what is said of everything else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.language.dates import date_text
from app.ui.form import values

NINTH = date(2017, 1, 9)


@pytest.mark.parametrize(
    "text",
    [
        "01/09/2017",
        "1/9/2017",
        "1/9/17",
        "01-09-2017",
        "1.9.2017",
        "1 9 2017",
        " 01 / 09 / 2017 ",
        "01092017",
        "2017-01-09",
        "2017/1/9",
    ],
)
def test_a_date_in_any_usual_form(text: str) -> None:
    assert values.read_date(text) == NINTH


@pytest.mark.parametrize(("text", "year"), [("1/9/39", 2039), ("1/9/40", 1940), ("1/9/99", 1999)])
def test_years_of_two_digits(text: str, year: int) -> None:
    found = values.read_date(text)
    assert found is not None
    assert found.year == year


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("13/45/20", "There is no such day: month 13, day 45, 2020."),
        ("02/29/2017", "There is no such day: month 2, day 29, 2017."),
        ("1/9/217", "Not a date."),
        ("0/9/2017", "There is no such day"),
        ("yesterday", "Not a date. Type month, day, year: 01/09/2017."),
        ("01/09", "Not a date."),
        ("1/9/2017 or so", "Not a date."),
        ("0000-01-09", "There is no such day"),
    ],
)
def test_what_is_no_date_is_told_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words.replace(".", r"\.")):
        values.read_date(text)


@given(st.none() | st.dates(date(1000, 1, 1)))
def test_a_date_reads_as_it_is_shown(value: date | None) -> None:
    assert values.read_date(date_text(value)) == value


@given(st.text())
def test_any_words_are_a_date_or_a_sentence(text: str) -> None:
    value: date | None = None
    words = "."
    try:
        value = values.read_date(text)
    except ValueError as error:
        words = str(error)
    assert words.endswith(".")
    assert value is None or isinstance(value, date)


@pytest.mark.parametrize(("text", "age"), [("", None), (" 56 ", 56), ("1", 1), ("129", 129)])
def test_an_age(text: str, age: int | None) -> None:
    assert values.read_age(text) == age


@pytest.mark.parametrize("text", ["0", "130", "-5", "56 years", "5.6", "²"])
def test_no_age(text: str) -> None:
    with pytest.raises(ValueError, match="Not an age in years"):
        values.read_age(text)


def test_a_list_is_parted_by_commas_and_semicolons() -> None:
    assert values.read_list(" California,  New  York;Texas , ") == (
        "California",
        "New York",
        "Texas",
    )


@given(st.text())
def test_text_is_normal_after_one_reading(text: str) -> None:
    for read in (values.read_line, values.read_paragraphs):
        once = read(text)
        assert read(once) == once
    assert "\n" not in values.read_line(text)
    assert "\n\n" not in values.read_paragraphs(text)
