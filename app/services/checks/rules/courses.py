"""Rules on how long: since when a drug has been taken, rationale against summary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.services.checks.claims import SUMMARY
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.rules.naming import is_patients, short
from app.services.checks.rules.requests import title_items
from app.services.checks.values import Hit, Quote
from app.services.language.beginnings import Beginning, beginnings
from app.services.language.items import Item, items_of
from app.services.language.terms import DRUG, are_related, in_words
from app.services.language.texts import Text

SLACK = 62
"""Days: a course is told by its month, and seldom on the day of the decision."""
THE_DRUG = re.compile(
    r"\b(?:the|this)\s+(?:requested\s+)?(?:prescription|medication|drug|medicine)\b|\bopioids?\b|\bit has been\b",
    re.I,
)
NOT_ITS_COURSE = re.compile(
    r"\b(?:pain|symptoms?|injur\w+|relief|supply|refill\w*|taper\w*|wean\w*|discontinu\w*|stopp\w*|in the past|previously|increas\w+|decreas\w+|raised|should|(?-i:may)|would|next|another|additional|further|changed|switched|resum\w+|again)\b",
    re.I,
)


def course_told(facts: Facts) -> Iterator[Hit]:
    """Since when, or for how long, a drug of the letter has been taken."""
    today = facts.letter.header.decision_date
    for issue in facts.issues if today is not None else ():
        for item in title_items(issue):
            if today is None or item.kind != DRUG:
                continue
            theirs = _told(facts.summary, item, today, named=True)
            ours = _told(issue.rationale, item, today, named=False)
            hit = _differing(facts, issue, item, ours, theirs)
            if hit is not None:
                yield hit
                break


def _differing(
    facts: Facts,
    issue: IssueFacts,
    item: Item,
    ours: list[tuple[int, Beginning]],
    theirs: list[tuple[int, Beginning]],
) -> Hit | None:
    for number, mine in ours if theirs else ():
        if not all(mine.disagrees(other, SLACK) for _, other in theirs):
            continue
        start, end = issue.rationale.place(number)
        return Hit(
            field=issue.field("rationale"),
            related=(SUMMARY,),
            told={
                "issue": str(issue.number),
                "item": in_words(item.name),
                "ours": short(issue.rationale.raw[start:end]),
                "theirs": short(facts.summary.sentences[theirs[0][0]].text),
            },
            quotes=(
                Quote(
                    issue.rationale.raw[start:end],
                    issue.field("rationale"),
                    None,
                    start + mine.start,
                    start + mine.end,
                ),
                Quote(facts.summary.sentences[theirs[0][0]].text, SUMMARY),
            ),
        )
    return None


def _told(text: Text, item: Item, today: date, named: bool) -> list[tuple[int, Beginning]]:
    """The sentences on the course of one drug: of no other, and in a rationale also of "the drug"."""
    found: list[tuple[int, Beginning]] = []
    for number, sentence in enumerate(text.sentences):
        told = beginnings(sentence.text, today)
        if not told or number in text.quoted or not is_patients(text, number):
            continue
        drugs = {one.name for one in items_of(text) if one.sentence == number and one.kind == DRUG}
        own = any(are_related(name, item.name) for name in drugs)
        if not own and (named or drugs or not THE_DRUG.search(sentence.text)):
            continue
        if len(drugs) > 1 or NOT_ITS_COURSE.search(_without_falls(sentence.text)):
            continue
        found.append((number, told[0]))
    return found


def _without_falls(sentence: str) -> str:
    """ "Taken since May, with pain falling from 8 to 5": what came of it is another matter."""
    return re.split(r",?\s+with (?:pain|relief|benefit|good|less)", sentence, maxsplit=1)[0]


RULES = {"course-told": course_told}
