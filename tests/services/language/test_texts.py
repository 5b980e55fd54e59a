"""What a whole text names, with its places, and what of it tells one treatment from another."""

from __future__ import annotations

import pytest

from app.services.language.terms import DRUG, PART, TREATMENT, are_related, meet
from app.services.language.texts import read_text

RAW = "Seen on May 2, 2016. Rt. shoulder hurts.\nNorco and a brace for the low back help."


def test_mentions_have_their_places_in_the_whole_text() -> None:
    text = read_text(RAW)
    told = {(m.name, RAW[m.start : m.end]) for m in text.mentions if m.kind in (PART, DRUG)}
    assert told == {("shoulder", "shoulder"), ("hydrocodone", "Norco"), ("low_back", "low back")}
    for mention in text.mentions:
        assert text.words[mention.first].start == mention.start
        assert text.words[mention.last - 1].end == mention.end


def test_a_side_belongs_to_the_part_behind_it() -> None:
    assert [(s.side, s.part) for s in read_text("left knee, and the right hand").sided_parts] == [
        ("left", "knee"),
        ("right", "hand"),
    ]


def test_what_stands_for_any_treatment_names_none() -> None:
    text = read_text("Therapy, medication and injections, among them acupuncture.")
    assert text.named(TREATMENT) == {"acupuncture"}
    assert text.named_within(TREATMENT, 0, 40) == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("tens", "electrical stimulation", True),
        ("fusion", "surgery", True),
        ("hydrocodone", "opioid", True),
        ("mri", "ct", False),
        ("tens", "h wave", False),
    ],
)
def test_a_case_and_its_kind_are_related(one: str, other: str, alike: bool) -> None:
    assert are_related(one, other) is are_related(other, one) is alike
    assert meet((one, "gym"), (other,)) is alike
