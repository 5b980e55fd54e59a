"""What the clinical summary says of the person: age and sex.

Reads only what is said in so many words; two statements that differ are a doubt.
"""

from __future__ import annotations

import re

from app.services.parsing.draft import field
from app.services.parsing.injury import read_injury
from app.services.parsing.prose import Prose

AGE = field("patient.age")
SEX = field("patient.sex")

_SEXES = {
    "male": "male", "man": "male", "gentleman": "male", "boy": "male", "m": "male",
    "female": "female", "woman": "female", "lady": "female", "girl": "female", "f": "female",
}  # fmt: skip
_SEX = re.compile(r"\b(?:(?:fe)?male|(?:gentle|wo)?man|lady|girl|boy)\b", re.IGNORECASE)
_INITIAL = re.compile(r"\s*([MF])\b(?!\.D)")
_PRONOUNS = {
    "male": re.compile(r"\b[Hh](?:e|is|im)\b"),
    "female": re.compile(r"\b(?:[Ss]he|[Hh]er)\b"),
}
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = {"sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}
_WRITTEN = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)})"
_AGE = re.compile(
    rf"\b(?P<age>\d{{1,3}}|{_WRITTEN})(?:\s?\(\d{{1,3}}\))?\s?[-\u2010-\u2013 ]\s?(?:years?|yrs?)\.?\s?[-\u2010-\u2013 ]?\s?(?:old|of age)\b"
    rf"|\b(?P<short>\d{{1,3}})\s?-?\s?(?:y/?o|y\.o\.)(?=[MF]?(?!\w))"
    rf"|\b(?P<bare>\d{{2}})-?\s?year\s(?=(?:male|female|man|woman)\b)"
    rf"|\bage(?:d| of)?[\s:]{{1,2}}(?P<aged>\d{{2}})\b(?!\s?(?:%|percent))",
    re.IGNORECASE,
)
_AGE_IN_DIGITS = re.compile(r"([0-9]{1,3})[ -]{1,2}(?:[Yy]ears?|yrs?)\.?[ -]{1,2}(?:old|of age)\b")
"""Begins with a set of characters, which makes it many times as fast as `_AGE`."""
_KIN = re.compile(
    r"^[\s,-]*(?:old\s+)?(?:(?:fe)?male\s+)?(?:son|daughter|child|boy|girl|mother|father|history)\b",
    re.IGNORECASE,
)
_THEN = re.compile(r"^,?\s+(?:when|at the time|at time)\b")
"""Behind an age: it is that of an earlier day."""


def read_person(text: Prose) -> None:
    """Takes age, sex and day of injury from the summary."""
    _read_age_and_sex(text)
    read_injury(text)


def _read_age_and_sex(text: Prose) -> None:
    draft = text.draft
    ages: dict[int, re.Match[str]] = {}
    once: dict[int, re.Match[str]] = {}
    sexes: dict[str, tuple[int, int]] = {}
    for match in _age_matches(text.text):
        behind = text.text[match.end() : match.end() + 60]
        if _KIN.match(behind):
            continue
        number = _number(next(group for group in match.groups() if group))
        if number is not None and 14 <= number <= 105:
            (once if _THEN.match(behind) else ages).setdefault(number, match)
            sex = _INITIAL.match(behind) or _SEX.search(behind.split(".")[0][:45])
            if sex:
                start, end = sex.span(sex.lastindex or 0)
                sexes.setdefault(
                    _SEXES[text.text[match.end() + start : match.end() + end].lower()],
                    (match.end() + start, match.end() + end),
                )
    found = ages or once
    if found:
        age, match = next(iter(found.items()))
        draft.put(AGE, age, text.words(match.start(), match.end()), "age in the summary")
        if not ages:
            draft.doubt(AGE, "The summary tells the age of an earlier day only.")
        if len(ages) > 1:
            printed = " and ".join(str(each) for each in ages)
            others = [str(each) for each in ages if each != age]
            values = tuple(str(each) for each in ages)
            why = f"The summary gives different ages: {printed}."
            draft.doubt(AGE, why, *others, rule="age", values=values)
    _read_sex(text, sexes)


def _age_matches(text: str) -> list[re.Match[str]]:
    """Ages in digits, as nearly all are; only where there are none, every other way to say one."""
    found = [
        match
        for match in _AGE_IN_DIGITS.finditer(text)
        if not text[match.start() - 1 : match.start()].isalnum()
    ]
    return found or list(_AGE.finditer(text))


def _read_sex(text: Prose, beside_age: dict[str, tuple[int, int]]) -> None:
    draft = text.draft
    found = beside_age
    if not found:
        for match in _SEX.finditer(text.text, 0, 400):
            found.setdefault(_SEXES[match.group().lower()], match.span())
    if not found:
        _read_pronoun(text)
        return
    sex, span = next(iter(found.items()))
    draft.put(SEX, sex, text.words(*span), "sex in the summary")
    if len(found) > 1:
        others = (each for each in found if each != sex)
        why = "The summary says both male and female."
        draft.doubt(SEX, why, *others, rule="sex", values=("male", "female"))


def _read_pronoun(text: Prose) -> None:
    """Where no word names the sex: what all pronouns agree on, which may be a doctor's."""
    found = {
        sex: match for sex, pronoun in _PRONOUNS.items() if (match := pronoun.search(text.text))
    }
    if len(found) == 1:
        sex, match = next(iter(found.items()))
        text.draft.put(SEX, sex, text.words(*match.span()), "pronoun")
        text.draft.doubt(SEX, f"The summary names no sex, it only says “{match.group()}”.")


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    words = re.split(r"[- ]", text.lower())
    if words[0] in _TEENS:
        return _TEENS[words[0]]
    return _TENS.get(words[0], 0) + (_ONES.get(words[1], 0) if len(words) > 1 else 0) or None
