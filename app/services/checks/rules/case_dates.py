"""Rules on the days of the case as the texts tell them: of the injury, of UR, of what came after the decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.letter import FieldId
from app.services.checks.facts import Facts
from app.services.checks.rules.structure import label
from app.services.checks.values import Hit, Quote
from app.services.language.asides import is_reported
from app.services.language.case_days import find_injury_years, find_ur_days, injury_days_told
from app.services.language.dates import (
    DateFound,
    PartialDate,
    date_text,
)
from app.services.language.seeking import seek
from app.services.language.texts import Text

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


SUMMARY = FieldId("clinical_summary")
THIS_INJURY = re.compile(
    r"\b(?:the|this|her|his) (?:date of injury|DOI|industrial injury|injury|accident|incident)\b|\bDOI\b|\b(?:was|got) (?:injured|hurt)\b|\bdates? from\b|\bdate of injury\b|\bsince the injury\b",
    re.I,
)


SEVERAL_INJURIES = re.compile(
    r"\b(?:injuries|accidents|claims|dates of injury|second|another|other|prior|previous\w*|earlier|re-?injur\w*|subsequent\w*|new|cumulative|continuous|through|first injury|also (?:injured|hurt)|aggravat\w*|exacerbat\w*)\b(?! (?:visit|therapy|treatment|MRI|session|surgery))",
    re.I,
)


def injury_date(facts: Facts) -> Iterator[Hit]:
    """The header's date of injury against each place that tells one."""
    ours = facts.letter.header.date_of_injury
    if ours is None:
        return
    told: set[date] = set()
    form = facts.letter.patient.date_of_injury
    summary_tells_ours = any(found.value == ours for found in _injury_dates(facts.summary))
    if form is not None and form != ours and not summary_tells_ours:
        told.add(form)
        yield _injury_hit(ours, form, FieldId("patient.date_of_injury"), ())
    for field, text in facts.narratives:
        dates = [found for found in _injury_dates(text) if found.value is not None]
        others = {found.value for found in facts.summary.dates}
        if field.issue is not None and ours in others:
            # What the summary has too, beside ours, is the day of something else.
            dates = [d for d in dates if d.value == ours or d.value not in others]
        # Another injury told beside ours is a second injury, unless it is told as this one.
        if any(found.value == ours for found in dates):
            dates = [d for d in dates if d.value != ours and _is_this_injury(text.raw, d)]
        if ours in others | {d.value for d in text.dates}:
            dates = [d for d in dates if not is_reported(text, d.start)]
        for found in dates:
            if found.value is not None and found.value not in told:
                told.add(found.value)
                yield _injury_hit(ours, found.value, field, (Quote(found.text, field),))

    yield from _injury_years(facts, ours)


def _injury_years(facts: Facts, ours: date) -> Iterator[Hit]:
    """A month or a year of the injury that the header's day is not in."""
    for issue in facts.issues:
        for part in find_injury_years(issue.issue.rationale):
            if not part.first <= ours <= part.last and not _is_another_injury(facts, part):
                field = issue.field("rationale")
                yield Hit(
                    field=field,
                    related=(FieldId("header.date_of_injury"),),
                    told={
                        "ours": date_text(ours),
                        "theirs": part.text,
                        "place": label(field.name).lower(),
                    },
                    values=(date_text(ours), part.text),
                    quotes=(Quote(part.text, field, None, part.start, part.end),),
                )
                break


def _is_another_injury(facts: Facts, part: PartialDate) -> bool:
    """Whether the summary tells of several injuries, and has a day of that month or year."""
    days = [day.value for day in facts.summary.dates if day.value is not None]
    days += [date(int(year), 7, 1) for year in YEAR.findall(facts.summary.raw)]
    return bool(seek(SEVERAL_INJURIES, facts.summary.raw)) and any(
        part.first <= day <= part.last for day in days
    )


def _is_this_injury(raw: str, found: DateFound) -> bool:
    """Whether a day is told as that of the injury of this claim, in a text that tells of no other."""
    start = max(raw.rfind(". ", 0, found.start) + 1, 0)
    end = raw.find(". ", found.end)
    sentence = raw[start : end if end > 0 else len(raw)]
    return bool(seek(THIS_INJURY, sentence)) and not seek(SEVERAL_INJURIES, raw)


def ur_date(facts: Facts) -> Iterator[Hit]:
    """The header's UR date against the one the summary tells, where it tells just one."""
    ours = facts.letter.header.ur_denial_date
    if ours is None:
        return
    told = {
        found.value: found for found in find_ur_days(facts.summary.raw) if found.value is not None
    }
    if len(told) == 1 and ours not in {day.value for day in facts.summary.dates}:
        ((day, found),) = told.items()
        yield Hit(
            field=FieldId("header.ur_denial_date"),
            related=(SUMMARY,),
            told={"ours": date_text(ours), "theirs": date_text(day)},
            values=(date_text(ours), date_text(day)),
            quotes=(Quote(found.text, SUMMARY),),
        )


def impossible_date(facts: Facts) -> Iterator[Hit]:
    for field, text in facts.narratives:
        for found in text.dates:
            if found.value is None or not 1900 <= found.value.year <= 2100:
                yield Hit(
                    field=field,
                    told={"day": found.text, "place": label(field.name).lower()},
                    quotes=(Quote(found.text, field),),
                )


def date_after_decision(facts: Facts) -> Iterator[Hit]:
    """A date of the record later than the decision."""
    decided = facts.letter.header.decision_date
    if decided is None:
        return
    for field, text in facts.narratives:
        for found in text.dates:
            if found.value is None or found.value <= decided:
                continue
            before = re.split(r"[.;]\s", text.raw[max(0, found.start - 40) : found.start])[-1]
            if re.search(
                r"\b(?:until|through|scheduled|appointment|expire\w*|till|next|by|booked|planned|set for|foreseen|due|upcoming|slated|calendar|begin|resume|start on)\b",
                before,
                re.I,
            ):
                continue
            yield Hit(
                field=field,
                related=(FieldId("header.decision_date"),),
                told={
                    "day": found.text,
                    "place": label(field.name).lower(),
                    "decided": date_text(decided),
                },
                quotes=(Quote(found.text, field),),
            )


def _injury_hit(ours: date, theirs: date, field: FieldId, quotes: tuple[Quote, ...]) -> Hit:
    return Hit(
        field=field,
        related=(FieldId("header.date_of_injury"),),
        told={
            "ours": date_text(ours),
            "theirs": date_text(theirs),
            "place": label(field.name).lower(),
        },
        values=(date_text(ours), date_text(theirs)),
        quotes=quotes,
    )


def _injury_dates(text: Text) -> list[DateFound]:
    """Dates told as the day of this injury: not of an earlier one, no stretch and no two of them."""
    days = injury_days_told(text.raw)
    return [day.first for day in days if not (day.earlier or day.several or day.last)]


RULES = {
    "injury-date": injury_date,
    "ur-date": ur_date,
    "impossible-date": impossible_date,
    "date-after-decision": date_after_decision,
}
