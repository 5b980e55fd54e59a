"""Errors in dates, age and sex."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

from msgspec.structs import replace

from app.letter import (
    FieldId,
    Letter,
    with_value,
)
from tests.score.mutation import (
    DAY,
    KINDS,
    Change,
    Mutant,
    Mutation,
    kind,
    with_issue,
)


@kind("date of injury changed in the header", "injury-date", "dates-order")
def doi_in_header(letter: Letter, rng: random.Random) -> Mutant | None:
    day = letter.header.date_of_injury
    if day is None or letter.patient.date_of_injury != day:
        return None
    changed = day - timedelta(days=rng.choice((1, 8, 30, 365)))
    return Mutant(with_value(letter, FieldId("header.date_of_injury"), changed))


@kind("date of injury changed in the summary", "injury-date")
def doi_in_summary(letter: Letter, rng: random.Random) -> Mutant | None:
    day = letter.header.date_of_injury
    if day is None or letter.patient.date_of_injury != day:
        return None
    printed = next(
        (m for m in DAY.findall(letter.clinical_summary[:400]) if same_day(m, day)), None
    )
    if printed is None:
        return None
    changed = day - timedelta(days=rng.choice((2, 9, 31)))
    text = letter.clinical_summary.replace(printed, f"{changed:%m-%d-%Y}", 1)
    return Mutant(
        replace(
            letter, clinical_summary=text, patient=replace(letter.patient, date_of_injury=changed)
        )
    )


def same_day(printed: str, day: date) -> bool:
    month, number, year = (int(part) for part in re.split(r"[-/]", printed))
    return (month, number, year % 100) == (day.month, day.day, day.year % 100)


@kind("UR date changed in the header", "ur-date", "dates-order")
def ur_in_header(letter: Letter, rng: random.Random) -> Mutant | None:
    day = letter.header.ur_denial_date
    if day is None:
        return None
    sentences = re.split(r"(?<=[.!?])\s+", letter.clinical_summary)
    told = [
        s
        for s in sentences
        if re.search(
            r"utilization review|\bUR\b|prior (?:determination|review)|previously (?:denied|reviewed|non)",
            s,
            re.I,
        )
    ]
    if not any(same_day(m, day) for s in told for m in DAY.findall(s)):
        return None
    return Mutant(
        with_value(
            letter, FieldId("header.ur_denial_date"), day - timedelta(days=rng.choice((1, 3, 7)))
        )
    )


def year_wrong(name: str) -> Change:
    def change(letter: Letter, rng: random.Random) -> Mutant | None:
        day = getattr(letter.header, name)
        if day is None or (day.month, day.day) == (2, 29):
            return None
        return Mutant(
            with_value(
                letter, FieldId(f"header.{name}"), day.replace(year=day.year + rng.choice((-1, 1)))
            )
        )

    return change


def month_and_day_swapped(name: str) -> Change:
    def change(letter: Letter, rng: random.Random) -> Mutant | None:
        day = getattr(letter.header, name)
        if day is None or day.day > 12 or abs(day.month - day.day) < 3:
            return None
        return Mutant(
            with_value(letter, FieldId(f"header.{name}"), day.replace(month=day.day, day=day.month))
        )

    return change


ORDER = (
    "dates-order",
    "dates-far-apart",
    "ur-date",
    "injury-date",
    "date-after-decision",
    "date-in-future",
)
for field in ("date_assigned", "decision_date", "ur_denial_date", "application_received"):
    KINDS.append(Mutation(f"year wrong: {field}", year_wrong(field), frozenset(ORDER)))
    KINDS.append(
        Mutation(f"month and day swapped: {field}", month_and_day_swapped(field), frozenset(ORDER))
    )


@kind("age changed in a rationale", "age")
def age_in_rationale(letter: Letter, rng: random.Random) -> Mutant | None:
    if letter.patient.age is None or not letter.issues:
        return None
    issue = rng.choice(letter.issues)
    text = f"This is a {letter.patient.age + rng.choice((-9, 6, 10))} year old {letter.patient.sex or 'patient'}. {issue.rationale}"
    return Mutant(with_issue(letter, replace(issue, rationale=text)))


@kind("age changed in the form", "age")
def age_in_form(letter: Letter, rng: random.Random) -> Mutant | None:
    if letter.patient.age is None or not re.search(r"year[\s-]old", letter.clinical_summary, re.I):
        return None
    return Mutant(
        with_value(letter, FieldId("patient.age"), letter.patient.age + rng.choice((-10, 1, 10)))
    )


@kind("sex changed in the summary", "sex", "pronouns")
def sex_in_summary(letter: Letter, rng: random.Random) -> Mutant | None:
    """The first word for the sex, read again by a parser: only pronouns can tell."""
    match = re.search(r"\b(male|female)\b", letter.clinical_summary)
    told = letter.clinical_summary + " ".join(issue.rationale for issue in letter.issues)
    own = r"\b(?:he|his|him)\b" if match and match[0] == "male" else r"\b(?:she|her)\b"
    clear = [
        s
        for s in re.split(r"(?<=[.!?])\s+", told)
        if re.search(own, s, re.I)
        and not re.search(r"physician|doctor|provider|wife|husband|treat|therap", s, re.I)
    ]
    if match is None or not clear:
        return None
    other = "female" if match[0] == "male" else "male"
    text = letter.clinical_summary[: match.start()] + other + letter.clinical_summary[match.end() :]
    return Mutant(
        replace(letter, clinical_summary=text, patient=replace(letter.patient, sex=other))
    )


@kind("pronoun changed", "pronouns")
def pronoun(letter: Letter, rng: random.Random) -> Mutant | None:
    pattern = {"male": (r"\bhe\b", "she"), "female": (r"\bshe\b", "he")}.get(
        letter.patient.sex or ""
    )
    if pattern is None:
        return None
    sentences = re.split(r"(?<=[.!?])(\s+)", letter.clinical_summary)
    places = [
        at
        for at, s in enumerate(sentences)
        if re.search(pattern[0], s, re.I)
        and not re.search(
            r"physician|doctor|provider|wife|husband|\bson\b|surgeon|therapist|\bDr|specialist",
            "".join(sentences[max(0, at - 2) : at + 1]),
            re.I,
        )
    ]
    if not places:
        return None
    at = rng.choice(places)
    sentences[at] = re.sub(
        pattern[0],
        lambda m: pattern[1].capitalize() if m[0][0].isupper() else pattern[1],
        sentences[at],
        flags=re.I,
    )
    return Mutant(replace(letter, clinical_summary="".join(sentences)))


@kind("impossible date", "impossible-date")
def impossible(letter: Letter, rng: random.Random) -> Mutant | None:
    found = DAY.findall(letter.clinical_summary)
    if not found:
        return None
    return Mutant(
        replace(
            letter,
            clinical_summary=letter.clinical_summary.replace(rng.choice(found), "13-41-2016", 1),
        )
    )


@kind("date of the record after the decision", "date-after-decision")
def late(letter: Letter, rng: random.Random) -> Mutant | None:
    if letter.header.decision_date is None:
        return None
    day = letter.header.decision_date + timedelta(days=rng.randint(5, 400))
    text = letter.clinical_summary + f" On {day:%m-%d-%Y} the injured worker reported neck pain."
    return Mutant(replace(letter, clinical_summary=text))
