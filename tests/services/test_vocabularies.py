"""The pick lists: what they hold and how a misspelt entry is recognised."""

from __future__ import annotations

import pytest

from app.letter import FIELDS
from app.services import vocabularies


@pytest.mark.parametrize("name", sorted({spec.vocabulary for spec in FIELDS if spec.vocabulary}))
def test_every_vocabulary_of_the_fields_is_there(name: str) -> None:
    entries = vocabularies.entries(name)
    assert len(entries) > 20
    assert len(set(entries)) == len(entries)


def test_counts() -> None:
    assert len(vocabularies.states()) == 56
    assert len(vocabularies.specialties()) >= 56


@pytest.mark.parametrize(
    ("name", "text", "entry", "exact"),
    [
        ("states", "california", "California", True),
        ("states", "NC", "North Carolina", True),
        ("states", "Californa", "California", False),
        ("specialties", "Physical Medicine and Rehabilitation", "Physical Medicine & Rehabilitation", True),
        ("specialties", "Sports Medicinea", "Sports Medicine", False),
        ("specialties", "Geriatric Psychiatry", "Geriatric Psychiatry", True),
        ("specialties", "Diabetes and Metabolism", "Diabetes & Metabolism", True),
        ("specialties", "DPM", "Podiatrist", True),
        ("specialties", "L.Ac.", "Acupuncturist", True),
        ("states", "Guam", "Guam", True),
        ("states", "D.C.", "District of Columbia", True),
    ],
)  # fmt: skip
def test_recognise(name: str, text: str, entry: str, exact: bool) -> None:
    known = vocabularies.recognise(name, text)
    assert known is not None
    assert (known.entry, known.exact) == (entry, exact)


def test_what_is_in_no_list() -> None:
    assert vocabularies.recognise("states", "Atlantis") is None


@pytest.mark.parametrize(
    ("name", "typed", "first"),
    [
        ("states", "cal", "California"),
        ("states", "NEW", "New York"),
        ("states", "virg", "Virginia"),
        ("specialties", "Orth", "Orthopedic Surgery"),
        ("specialties", "orthopaedic sur", "Orthopedic Surgery"),
        ("specialties", "pm&r", "Physical Medicine & Rehabilitation"),
        ("specialties", "medicine & r", "Physical Medicine & Rehabilitation"),
        ("specialties", "occ", "Occupational Medicine"),
        ("specialties", "phys med", "Physical Medicine & Rehabilitation"),
        ("specialties", "neur surg", "Neurological Surgery"),
        ("specialties", "Fam Pr", "Family Practice"),
        ("states", "n car", "North Carolina"),
        ("states", "dist col", "District of Columbia"),
    ],
)
def test_the_likeliest_entry_is_proposed_first(name: str, typed: str, first: str) -> None:
    assert vocabularies.proposals(name, typed)[0] == first


def test_nothing_is_proposed_for_nothing_and_for_what_no_entry_holds() -> None:
    assert vocabularies.proposals("states", " ") == ()
    assert vocabularies.proposals("states", "zzz") == ()


@pytest.mark.parametrize("name", ["states", "specialties"])
def test_the_usual_entries_are_entries(name: str) -> None:
    assert set(vocabularies._load(name).common) <= set(vocabularies.entries(name))


def test_what_is_on_no_list_is_told() -> None:
    assert vocabularies.unlisted("states", ("CALIFORNIA", "cal", "CA")) == ("cal",)
