"""The application's items and the letter's: the same thing in other words, and what is lost."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.letter import Cover, FieldId, Issue, Letter, Request
from app.services.checks import check
from app.services.checks.items import LEAST, Matching, likeness, match_items

SAME = [
    ("MRI left knee", "MRI of the left knee without contrast"),
    ("PT 2x6 left shoulder", "Physical therapy for the left shoulder, 12 sessions"),
    ("Norco 10/325mg #60", "Hydrocodone/APAP 10/325 mg, ninety count"),
    ("Cold compression unit rental, 7 days", "Associated surgical service: cold therapy unit, 7 day rental"),
    ("Functional restoration program", "Functional restoration programme, 160 hours"),
    ("Gym membership", "Gym memberships x 6 months"),
    ("Psych consult", "Psychological consultation"),
    ("CBC", "Labs to include: CBC, CMP"),
]  # fmt: skip
OTHER = [
    ("Biofreeze 4oz #1", "Lidopro 4oz #1"),
    ("Left knee brace", "Left knee arthroscopy"),
    ("MRI left knee", "MRI right knee"),
    ("MRI cervical spine", "MRI lumbar spine"),
    ("Ibuprofen 800mg #60", "Omeprazole 20mg #60"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_item_in_other_words(one: str, other: str) -> None:
    assert likeness(one, other) >= LEAST
    assert likeness(other, one) == likeness(one, other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_item_in_much_the_same_words(one: str, other: str) -> None:
    assert likeness(one, other) < LEAST
    assert likeness(other, one) == likeness(one, other)


def of(*titles: str) -> Letter:
    issues = tuple(Issue(id=at, title=title) for at, title in enumerate(titles))
    return Letter(issues=issues, issues_made=len(issues))


def test_each_item_is_used_once_and_the_most_alike_first() -> None:
    decided = match_items(of("Norco 10/325 #90", "Norco 10/325 #60"), ["Norco 10/325 #60", "Norco"])
    assert decided == Matching((("Norco 10/325 #60", 2), ("Norco", 1)))
    lost = match_items(of("Norco 10/325 #60", "Gym membership"), ["Norco", "Norco 10/325 #60"])
    assert lost == Matching((("Norco 10/325 #60", 1),), ("Norco",), (2,))


def test_what_was_asked_for_at_first_counts_too() -> None:
    request = Request(
        original="Acupuncture 12 visits", authorized="6 visits", in_dispute="6 visits"
    )
    letter = replace(
        of("The remaining visits"), issues=(Issue(id=0, title="Rest", request=request),)
    )
    assert match_items(letter, ["Acupuncture, 12 visits"]).lost == ()


def test_the_list_in_the_letter_is_compared() -> None:
    letter = of("MRI of the left knee", "Gym membership")
    rules = {"item-lost", "item-added"}
    assert not rules & {finding.rule for finding in check(letter)}
    listed = replace(letter, cover=Cover(disputed_items="1. MRI left knee\n2. Norco 5/325 #30"))
    found = {finding.rule: finding for finding in check(listed) if finding.rule in rules}
    assert found["item-lost"].field == FieldId("cover.disputed_items")
    assert "Norco 5/325 #30" in found["item-lost"].sentence
    assert found["item-added"].field == FieldId("issue.title", 1)
    assert "Item 2" in found["item-added"].sentence
