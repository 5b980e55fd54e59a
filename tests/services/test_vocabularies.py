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
