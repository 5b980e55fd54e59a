"""The rules by id: each a function from the letter's facts to what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.services.checks.facts import Facts
from app.services.checks.rules import (
    attributes,
    case_dates,
    courses,
    decision,
    doses,
    drugs,
    events,
    exam,
    granted,
    guidelines,
    history,
    how_many,
    locations,
    lost,
    narrative,
    never_had,
    other_item,
    pages,
    parties,
    patient,
    people,
    places,
    privacy,
    quantities,
    reasons,
    record,
    record_claims,
    requests,
    since,
    structure,
    times,
    together,
)
from app.services.checks.values import Hit

Rule = Callable[[Facts], Iterable[Hit]]

RULES: dict[str, Rule] = {
    **structure.RULES,
    **decision.RULES,
    **places.RULES,
    **quantities.RULES,
    **granted.RULES,
    **requests.RULES,
    **doses.RULES,
    **other_item.RULES,
    **courses.RULES,
    **together.RULES,
    **reasons.RULES,
    **drugs.RULES,
    **lost.RULES,
    **people.RULES,
    **case_dates.RULES,
    **since.RULES,
    **times.RULES,
    **guidelines.RULES,
    **pages.RULES,
    **parties.RULES,
    **privacy.RULES,
    **narrative.RULES,
    **history.RULES,
    **never_had.RULES,
    **how_many.RULES,
    **exam.RULES,
    **patient.RULES,
    **attributes.RULES,
    **events.RULES,
    **locations.RULES,
    **record_claims.RULES,
    **record.RULES,
}
