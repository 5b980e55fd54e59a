"""How what disagrees is told: two tellings of one item, two facts of a rationale and the summary."""

from __future__ import annotations

from app.letter import FieldId
from app.services.checks.claims import SUMMARY
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import short
from app.services.checks.values import Hit, Quote
from app.services.language.facts import Fact
from app.services.language.items import Item
from app.services.language.terms import in_words
from app.services.language.texts import Text


def item_hit(
    issue: IssueFacts,
    place: str,
    field: FieldId,
    text: Text,
    ours: Item,
    theirs: Item,
    one: str,
    other: str,
) -> Hit:
    """Two tellings of one item against each other, with the place of the second."""
    return Hit(
        field=issue.field("title"),
        related=(field,),
        told={
            "issue": str(issue.number),
            "item": in_words(ours.name),
            "place": place,
            "ours": one,
            "theirs": other,
        },
        quotes=(
            Quote(
                text.raw[theirs.start : theirs.end].strip(), field, None, theirs.start, theirs.end
            ),
        ),
    )


def pair_hit(
    facts: Facts, issue: IssueFacts, name: str, text: Text, fact: Fact, other: Fact
) -> Hit:
    ours = text.sentences[fact.sentence].text
    theirs = facts.summary.sentences[other.sentence].text
    return Hit(
        field=issue.field(name),
        related=(SUMMARY,),
        told={
            "issue": str(issue.number),
            "place": name,
            "one": short(ours),
            "other": short(theirs),
        },
        quotes=(
            Quote(ours, issue.field(name), None, fact.start, fact.end),
            Quote(theirs, SUMMARY, None, other.start, other.end),
        ),
    )
