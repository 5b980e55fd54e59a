"""How far a denial reaches: to the end of its own clause, and over the whole of a list."""

from __future__ import annotations

import pytest

from app.services.language.facts import read_sentence


@pytest.mark.parametrize(
    ("raw", "denied", "told"),
    [
        ("There was no swelling, the ankle was tender.", "swelling", "tenderness"),
        ("He has no weakness, a positive Tinel and cold skin.", "weakness", "tinel"),
        ("There is no effusion, and MRI shows a tear.", "swelling", "tear"),
    ],
)
def test_a_clause_of_its_own_is_not_denied(raw: str, denied: str, told: str) -> None:
    marks = {fact.name: fact.marks for fact in read_sentence(raw).facts}
    assert marks[denied].denied
    assert not marks[told].denied


def test_a_list_is_denied_to_its_end() -> None:
    facts = read_sentence("It is not told whether splints, pills or injections were tried.").facts
    marks = {fact.name: fact.marks for fact in facts}
    assert marks["injection"].negative


@pytest.mark.parametrize(
    ("raw", "name", "value"),
    [
        ("Spurling negative; Phalen positive.", "phalen", "abnormal"),
        ("Motor testing normal and flexion full.", "rom", "normal"),
        ("His strength is hardly normal.", "strength", "abnormal"),
    ],
)
def test_a_value_belongs_to_the_sign_of_its_clause(raw: str, name: str, value: str) -> None:
    assert (name, value) in {(fact.name, fact.value) for fact in read_sentence(raw).facts}
