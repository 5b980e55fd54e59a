"""Rules on how long: since when a drug has been taken, rationale against summary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.services.checks.claims import SUMMARY
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import is_patients, short
from app.services.checks.rules.requests import title_items
from app.services.checks.values import Hit, Quote
from app.services.language.beginnings import Beginning, beginnings
from app.services.language.items import Item, items_of
from app.services.language.seeking import seek
from app.services.language.terms import DRUG, TREATMENT, are_related, in_words, wider
from app.services.language.texts import Text

SLACK = 62
"""Days: a course is told by its month, and seldom on the day of the decision."""
THE_DRUG = re.compile(
    r"\b(?:the|this)\s+(?:requested\s+)?(?:prescription|medication|drug|medicine)\b|\bopioids?\b|\bit has been\b|\b(?:placed|put|started|been|kept|remained|maintained) on (?:it|this|them)\b|\bits use\b|\b(?:has|had|have) (?:used|taken|been (?:taking|using|on)) it\b",
    re.I,
)
NOT_ITS_COURSE = re.compile(
    r"\b(?:symptoms?|injur\w+|relief|supply|refill\w*|taper\w*|wean\w*|discontinu\w*|stopp\w*|in the past|previously|increas\w+|decreas\w+|raised|should|(?-i:may)|would|next|another|additional|further|changed|switched|resum\w+|again)\b",
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
        start, _ = text.place(number)
        drugs = [one for one in items_of(text) if one.sentence == number and one.kind == DRUG]
        several = len({one.name for one in drugs}) > 1
        kinds = {m.name for m in text.read[number].mentions if m.kind == TREATMENT}
        called = seek(THE_DRUG, sentence.text) or kinds & (wider(item.name) - {"conservative"})
        if not drugs and (named or not called):
            continue
        for one in told:
            own = _nearest(drugs, start + one.start)
            if own is not None and not are_related(own.name, item.name):
                continue
            said = sentence.text
            if several and own is not None:
                said = text.raw[own.start : max(own.end, start + one.end)]
            if not NOT_ITS_COURSE.search(_without_falls(said)):
                found.append((number, one))
                break
    return found


def _nearest(drugs: list[Item], at: int) -> Item | None:
    """The drug that a time is told of: the last one named before it, or else the first behind it."""
    before = [one for one in drugs if one.start <= at]
    return before[-1] if before else drugs[0] if drugs else None


def _without_falls(sentence: str) -> str:
    """ "Taken since May, with pain falling from 8 to 5": what came of it is another matter."""
    return re.split(r",?\s+with (?:pain|relief|benefit|good|less)", sentence, maxsplit=1)[0]


RULES = {"course-told": course_told}
