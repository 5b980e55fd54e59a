"""What the clinical summary says of the person: age and sex.

Reads only what is said in so many words; two statements that differ are a doubt.
"""

from __future__ import annotations

from app.services.language.people import (
    PRONOUNS,
    Age,
    Sex,
    Whose,
    find_ages,
    first_sexes,
    sex_beside,
)
from app.services.parsing.draft import field
from app.services.parsing.injury import read_injury
from app.services.parsing.prose import Prose

AGE = field("patient.age")
SEX = field("patient.sex")
_OPENING = 400
"""Characters in which summaries name the sex where they do not beside the age."""


def read_person(text: Prose) -> None:
    """Takes age, sex and day of injury from the summary."""
    _read_age_and_sex(text)
    read_injury(text)


def _read_age_and_sex(text: Prose) -> None:
    draft = text.draft
    now: dict[int, Age] = {}
    once: dict[int, Age] = {}
    sexes: dict[str, Sex] = {}
    for age in find_ages(text.text):
        if age.whose in (Whose.KIN, Whose.OTHER):
            continue
        (once if age.whose is Whose.EARLIER else now).setdefault(age.years, age)
        sex = sex_beside(text.text, age)
        if sex is not None:
            sexes.setdefault(sex.sex, sex)
    found = now or once
    if found:
        years, age = next(iter(found.items()))
        draft.put(AGE, years, text.words(age.start, age.end), "age in the summary")
        if not now:
            draft.doubt(AGE, "The summary tells the age of an earlier day only.")
        if len(now) > 1:
            values = tuple(str(each) for each in now)
            why = f"The summary gives different ages: {' and '.join(values)}."
            draft.doubt(AGE, why, *values[1:], rule="age", values=values)
    _read_sex(text, sexes or first_sexes(text.text, _OPENING))


def _read_sex(text: Prose, found: dict[str, Sex]) -> None:
    draft = text.draft
    if not found:
        _read_pronoun(text)
        return
    first = next(iter(found.values()))
    draft.put(SEX, first.sex, text.words(first.start, first.end), "sex in the summary")
    if len(found) > 1:
        others = (each for each in found if each != first.sex)
        why = "The summary says both male and female."
        draft.doubt(SEX, why, *others, rule="sex", values=("male", "female"))


def _read_pronoun(text: Prose) -> None:
    """Where no word names the sex: what all pronouns agree on, which may be a doctor's."""
    found = {
        sex: match for sex, pronoun in PRONOUNS.items() if (match := pronoun.search(text.text))
    }
    if len(found) == 1:
        sex, match = next(iter(found.items()))
        text.draft.put(SEX, sex, text.words(*match.span()), "pronoun")
        text.draft.doubt(SEX, f"The summary names no sex, it only says “{match.group()}”.")
