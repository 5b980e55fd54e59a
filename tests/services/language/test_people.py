"""Ages and sexes, and whose they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.language.people import (
    PRONOUNS,
    Whose,
    find_ages,
    find_sexes,
    first_sexes,
    sex_beside,
    without_ages,
)


@pytest.mark.parametrize(
    "told",
    [
        "47-year-old", "47 year old", "47 years old", "47 years of age", "47 yr old", "47-yr.-old", "47 y/o", "47yo", "47 y.o.", "47 yoF",
        "forty-seven-year-old", "forty seven (47) year old", "Forty-Seven years old", "aged 47", "aged forty-seven", "age: 47", "age of 47", "47\u2010year\u2010old",
    ],
)  # fmt: skip
def test_an_age(told: str) -> None:
    text = f"The patient is {told} and works."
    (age,) = find_ages(text)
    assert (age.years, age.whose) == (47, Whose.WORKER)
    assert text[age.start : age.end] == age.text


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("She is a 45-year-old female with a 20 year old male child.", [Whose.WORKER, Whose.KIN]),
        ("Her 17-year-old son drove; his daughter is 20 years old.", [Whose.KIN, Whose.KIN]),
        ("He was 35 years old when he fell.", [Whose.EARLIER]),
        ("The knee was hurt when the patient was 35 years old.", [Whose.EARLIER]),
        ("Diabetic since the age of 30.", [Whose.EARLIER]),
        (
            "Not for patients over 65 years old or under 18 years of age.",
            [Whose.OTHER, Whose.OTHER],
        ),
        ("Adults 50 years of age or older need it.", [Whose.OTHER]),
        ("A 20-year-old injury and a 15 year old lumbar fusion.", [Whose.OTHER, Whose.OTHER]),
        ("A 56 year male was seen.", [Whose.WORKER]),
        ("A 12-year-old boy and a 3-year-old child.", [Whose.KIN, Whose.KIN]),
    ],
)
def test_whose_age_it_is(text: str, whose: list[Whose]) -> None:
    assert [age.whose for age in find_ages(text)] == whose


@pytest.mark.parametrize(
    "text",
    [
        "you saw 47 yoga mats",
        "110-year-old house",
        "13-year-old",
        "a year old",
        "12/47 years old",
        "5-47 year old",
        "aged 50%",
        "page 47",
        "",
    ],
)
def test_what_is_no_age_of_a_worker(text: str) -> None:
    assert find_ages(text) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A 47-year-old right-hand dominant patient", True), ("The claimant, aged 47, fell", True), ("47 y/o F", True), ("He is 47 years old", True),
        ("It took place 47 years old", False), ("a 47-year-old with pain and a female guest", False),
    ],
)  # fmt: skip
def test_whether_the_person_is_named_beside_the_age(text: str, named: bool) -> None:
    (age,) = find_ages(text)
    assert age.named is named


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("47 y/o F, driver", "female"),
        ("47yoM", "male"),
        ("47 year old right handed lady", "female"),
        ("47-year-old gentleman", "male"),
        ("47 years old M.D.", None),
        ("47 years old. A male", None),
    ],
)
def test_the_sex_beside_an_age(text: str, sex: str | None) -> None:
    (age,) = find_ages(text)
    found = sex_beside(text, age)
    assert (found.sex if found else None) == sex
    assert found is None or text[found.start : found.end] == found.text


def test_the_sex_of_the_worker_alone() -> None:
    text = "A 45-year-old female with a 20 year old male child. The patient is a left handed woman. A man came."
    assert [sex.text for sex in find_sexes(text)] == ["female", "woman"]
    assert {name: sex.text for name, sex in first_sexes(text, 400).items()} == {
        "female": "female",
        "male": "male",
    }
    assert first_sexes(text, 5) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He rests.", ["male"]),
        ("her arm", ["female"]),
        ("he or she, his/her, she or he, him or her, herself or himself", []),
        ("the theme", []),
    ],
)
def test_pronouns(text: str, found: list[str]) -> None:
    assert [sex for sex, pattern in PRONOUNS.items() if pattern.search(text)] == found


def test_a_text_without_its_ages() -> None:
    text = "A 45-year-old female patient saw a nurse of 30 years of age."
    assert without_ages(text) == "A  patient saw a nurse of ."


@given(st.text(st.sampled_from("0123456789 -year oldmyo/.ageMF,") | st.characters()))
def test_any_text_is_read(text: str) -> None:
    for age in find_ages(text):
        assert text[age.start : age.end] == age.text
    for sex in find_sexes(text):
        assert text[sex.start : sex.end] == sex.text
    without_ages(text)
