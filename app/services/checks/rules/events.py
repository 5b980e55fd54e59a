"""Rules on the day of an event: a scan, an operation, an injection or a trial, told of two days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from app.services.checks.claims import same_part
from app.services.checks.facts import Facts
from app.services.checks.naming import is_patients
from app.services.checks.rules.patient import pair
from app.services.checks.values import Hit
from app.services.language.beginnings import Span, spans
from app.services.language.dates import date_text, find_dates, find_partial_dates, find_stretches
from app.services.language.facts import Fact
from app.services.language.qualities import days
from app.services.language.seeking import seek
from app.services.language.terms import (
    DRUG,
    SIGN,
    TREATMENT,
    are_related,
    concepts,
    drug_list,
    group_of,
    in_words,
)
from app.services.language.texts import Text

BEFORE_IT, BEHIND_IT = 40, 70
"""Characters around what was done in which its day stands."""
GROUPS = frozenset(("imaging", "surgery", "injection", "electrodiagnostic"))
INJECTED = frozenset(("botulinum", "viscosupplement", "corticosteroid"))
"""Classes of drugs that are told of as given on one day."""
BARE_YEAR = re.compile(r"[a-z)]\s+\(?((?:19|20)\d\d)(?![\d/.-])")
TRIAL = re.compile(r"\b(?:trial|tried|used|rented|wore)\b", re.I)


EXPECTED = re.compile(r"\b(?:expect\w*|usual\w*|typical\w*|normal(?:ly)?|ordinar\w+)\b", re.I)
OWNER = re.compile(
    r"\b(?:findings?|visits?|reports?|notes?|records?|exam\w*|seen|saw|requests?|RFA|letters?|evaluat\w+|appointment|follow-?up|PR-?2|complain\w*|describ\w+|rated|review\w*|denied|denial|present\w*|injur\w+|DOI)\s+(?:\w+\s+){0,2}?(?:of|on|dated|from|in|through|as of)?\s*$|\b(?:as of|through|until)\s+$",
    re.I,
)
"""Right before a day: it is of something else than an event."""


SHOWED = re.compile(
    r"\b(?:show(?:ed|s)|reveal(?:ed|s)|disclos(?:ed|es)|demonstrat(?:ed|es)|confirm(?:ed|s)|depict(?:ed|s)|was read|were read)\b",
    re.I,
)
STUDIES_TOLD_APART = frozenset(("mri", "ct", "xray", "bone scan", "ultrasound", "myelogram"))
STUDY = frozenset(("imaging", "electrodiagnostic"))


class _Event(NamedTuple):
    """What was done, and between which days."""

    fact: Fact
    first: date
    last: date

    def is_other_day(self, other: _Event) -> bool:
        return self.last < other.first or other.last < self.first


def event_date(facts: Facts) -> Iterator[Hit]:
    """The day, month or year of an event: another than any that the summary has of the same."""
    theirs = tuple(_dated(facts.summary))
    for issue in facts.issues if theirs else ():
        for ours in _dated(issue.rationale):
            same = [
                other
                for other in theirs
                if are_related(ours.fact.name, other.fact.name)
                and _may_be_one(ours.fact, other.fact)
            ]
            exact = [other for other in same if other.fact.name == ours.fact.name] or same
            if exact and all(ours.is_other_day(other) for other in exact):
                what = f"day of the {in_words(ours.fact.name)}"
                yield pair(facts, issue, ours.fact, exact[0].fact, what)
                break


def _dated(text: Text) -> Iterator[_Event]:
    """Events of this patient with the only day, month, year or stretch told beside them."""
    for fact in text.of_kind(TREATMENT, DRUG):
        start, end = text.place(fact.sentence)
        sentence = text.raw[start:end]
        trial = seek(TRIAL, sentence) and group_of(fact.name) == "equipment"
        if fact.kind == DRUG and not (INJECTED & _classes(fact) and fact.marks.done):
            continue
        if fact.kind != DRUG and group_of(fact.name) not in GROUPS and not trial:
            continue
        if not fact.marks.plain:
            continue
        if fact.negative or fact.marks.source:
            continue
        before, behind = (len(sentence),) * 2 if trial else (BEFORE_IT, BEHIND_IT)
        near = text.raw[max(start, fact.start - before) : min(end, fact.end + behind)]
        days = _days(_without_others(near, fact.start - max(start, fact.start - before)))
        if len(days) == 1:
            yield _Event(fact, *days[0])


def _classes(fact: Fact) -> frozenset[str]:
    drug = drug_list().drugs.get(fact.name)
    return frozenset(drug.classes) if drug else frozenset()


def _without_others(near: str, at: int) -> str:
    """What stands around an event without the days of something else: "the findings of 8/3"."""
    for day in reversed(find_dates(near)):
        before = near[: day.start]
        owner = OWNER.search(before)
        if (
            owner
            and not owner.start() <= at < owner.end()
            and (day.start < at or owner.start() > at)
        ):
            near = near[: day.start] + " " * (day.end - day.start) + near[day.end :]
    return near


def _days(near: str) -> list[tuple[date, date]]:
    stretches = find_stretches(near)
    if stretches:
        return [(a.value, b.value) for a, b in stretches if a.value and b.value][:1]
    exact = [(one.value, one.value) for one in find_dates(near) if one.value is not None]
    parts = [(part.first, part.last) for part in find_partial_dates(near)]
    return sorted(set(exact)) or parts or _bare_years(near)


def _bare_years(near: str) -> list[tuple[date, date]]:
    """A year right behind what was done: "fusion 2012"."""
    years = [int(match[1]) for match in BARE_YEAR.finditer(near)]
    return [(date(year, 1, 1), date(year, 12, 31)) for year in years[:1]]


def _may_be_one(one: Fact, other: Fact) -> bool:
    return same_part(one, other) and (
        not one.sides or not other.sides or bool(one.sides & other.sides)
    )


def event_ago(facts: Facts) -> Iterator[Hit]:
    """How long after, before or ago an event was, where the summary has its day."""
    theirs = tuple(one for one in _dated(facts.summary) if one.first == one.last)
    seen = tuple(sorted(d.value for d in facts.summary.dates if d.value is not None))
    header = facts.letter.header
    now = [day for day in (*seen[-2:], header.decision_date, header.ur_denial_date) if day]
    for issue in facts.issues if theirs and now else ():
        text = issue.rationale
        for number, sentence in enumerate(text.sentences):
            told = spans(sentence.text)
            if not told or number in text.quoted or not is_patients(text, number):
                continue
            if seek(EXPECTED, sentence.text):
                continue
            wrong = next(
                (w for one in told if (w := _wrong_span(text, number, one, theirs, now))), None
            )
            if wrong is not None:
                ours, other = wrong
                yield pair(facts, issue, ours, other, f"time of the {in_words(ours.name)}")
                break


def _wrong_span(
    text: Text, number: int, told: Span, theirs: tuple[_Event, ...], now: list[date]
) -> tuple[Fact, Fact] | None:
    """The event that a length of time is told from, with the summary's, where the days do not fit."""
    start, _ = text.place(number)
    ours = next((f for f in text.in_sentence(number) if _is_meant(f, told, start)), None)
    if ours is None:
        return None
    same = [
        one
        for one in theirs
        if are_related(ours.name, one.fact.name) and _may_be_one(ours, one.fact)
    ]
    if not same:
        return None
    days = [d.value for d in find_dates(text.sentences[number].text) if d.value is not None]
    days = [day for day in days if all(day != one.first for one in same)]
    for day in days or now:
        for one in same:
            gone = (day - one.first).days
            slack = max(14, gone // 5)
            if told.least - slack <= gone <= told.most + slack:
                return None
    return ours, same[0].fact


def _is_meant(fact: Fact, told: Span, offset: int) -> bool:
    """Right behind "two weeks after", or in front of "a month before the visit" and of "ago"."""
    if fact.kind != TREATMENT or concepts()[fact.name].group not in GROUPS:
        return False
    start, end = fact.start - offset, fact.end - offset
    if told.way == "after":
        return 0 <= start - told.end <= 24
    return 0 <= told.start - end <= 60


def trial_length(facts: Facts) -> Iterator[Hit]:
    """How long a device was tried: another time than between the days the summary tells."""
    for issue in facts.issues:
        text = issue.rationale
        for number, sentence in enumerate(text.sentences):
            if not seek(TRIAL, sentence.text) or number in text.quoted:
                continue
            told = days(sentence.text)
            if not told or not is_patients(text, number):
                continue
            ours = next((f for f in text.in_sentence(number) if _is_device(f)), None)
            titled = ours or next((f for f in issue.title.facts if _is_device(f)), None)
            their = _tried(facts.summary, titled) if titled else None
            if titled is None or their is None:
                continue
            fact, lasted = their
            if all(not 0.55 * lasted <= one <= 1.7 * lasted for one in told):
                start, end = text.place(number)
                mine = ours or titled._replace(sentence=number, start=start, end=end)
                yield pair(facts, issue, mine, fact, f"length of the {in_words(titled.name)} trial")
                break


def _is_device(fact: Fact) -> bool:
    return fact.kind == TREATMENT and concepts()[fact.name].group == "equipment"


def _tried(text: Text, device: Fact) -> tuple[Fact, int] | None:
    """Where a text tells from when to when a device was used, and for how many days."""
    for fact in text.of_kind(TREATMENT):
        start, end = text.place(fact.sentence)
        for first, last in find_stretches(text.raw[start:end]):
            if are_related(fact.name, device.name) and first.value and last.value:
                return fact, (last.value - first.value).days + 1
    return None


def study_named(facts: Facts) -> Iterator[Hit]:
    """A study of one day that is called otherwise than in the summary: the CT of the day of the MRI."""
    theirs = [one for one in _dated(facts.summary) if _is_study(one)]
    for issue in facts.issues if theirs else ():
        for ours in _dated(issue.rationale):
            same = [one for one in theirs if not ours.is_other_day(one)] if _is_study(ours) else []
            names = {one.fact.name for one in same}
            if same and not any(are_related(ours.fact.name, name) for name in names):
                what = f"study of {date_text(same[0].first)}"
                yield pair(facts, issue, ours.fact, same[0].fact, what)
                break


def study_untold(facts: Facts) -> Iterator[Hit]:
    """A study whose result the rationale tells, where the summary tells only of other ones: a CT for an MRI."""
    theirs = [f for f in facts.summary.of_kind(TREATMENT) if _is_done_study(f)]
    for issue in facts.issues if theirs else ():
        text = issue.rationale
        for ours in text.of_kind(TREATMENT):
            if not _is_done_study(ours) or ours.sentence in text.quoted:
                continue
            if not _has_result(text, ours) or not is_patients(text, ours.sentence):
                continue
            told = [f for f in facts.summary.of_kind(TREATMENT) if not f.negative]
            if any(are_related(ours.name, fact.name) for fact in told):
                continue
            same = [fact for fact in theirs if _same_sort(ours, fact) and _may_be_one(ours, fact)]
            if same:
                yield pair(facts, issue, ours, same[0], "study that was done")
                break


def _is_done_study(fact: Fact) -> bool:
    """An X-ray, an MRI or the like, told as done and by its own name."""
    return (
        fact.name in STUDIES_TOLD_APART
        and fact.marks.done
        and fact.marks.plain
        and not fact.negative
    )


def _same_sort(one: Fact, other: Fact) -> bool:
    return group_of(one.name) == group_of(other.name)


def _has_result(text: Text, fact: Fact) -> bool:
    """Whether its sentence tells what it showed."""
    return seek(SHOWED, text.sentences[fact.sentence].text) is not None or any(
        f.kind == SIGN and f.value and concepts()[f.name].group in ("finding", "result")
        for f in text.in_sentence(fact.sentence)
    )


def _is_study(event: _Event) -> bool:
    """One told with its day or its month."""
    return (event.last - event.first).days <= 31 and group_of(event.fact.name) in STUDY


RULES: dict[str, Callable[[Facts], Iterable[Hit]]] = {
    "event-date": lambda facts: (
        *event_date(facts),
        *event_ago(facts),
        *trial_length(facts),
        *study_named(facts),
        *study_untold(facts),
    )
}
