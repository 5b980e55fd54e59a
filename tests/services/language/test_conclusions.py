"""Conclusions in the many wordings reviewers have: for the request, against it, or none."""

from __future__ import annotations

import pytest

from app.letter import Decision
from app.services.language.conclusions import closing, speaks_of_necessity

FOR = [
    "Therefore, the request is medically necessary.",
    "I find the request to be of medical necessity.",
    "Medical necessity has been demonstrated.",
    "The scan should therefore be authorized.",
    "The injection is deemed to be medically necessary.",
    "The prior denial is reversed.",
    "The utilization review determination is not supported.",
    "The earlier denial cannot stand.",
    "I do not agree with the denial by utilization review.",
    "The non-certification should be overturned.",
    "The request is approved.",
    "Approval of the request is recommended.",
    "The surgery is reasonable and medically necessary.",
    "Given this, the MRI is clinically indicated.",
    "The carrier's decision was in error.",
    "I overturn the denial.",
    "The necessity of the device is established.",
    "Authorization is warranted.",
]
AGAINST = [
    "Therefore, the request is not medically necessary.",
    "The request lacks medical necessity.",
    "Medical necessity is lacking.",
    "The denial is upheld.",
    "The utilization review decision stands.",
    "I concur with the determination of utilization review.",
    "I agree with the denial.",
    "The request cannot be approved.",
    "The scan should not be authorized.",
    "The requested drug is denied.",
    "Medical necessity has not been demonstrated for the requested visits.",
    "There are no grounds on which the request is medically necessary.",
    "The non-certification was appropriate.",
    "The proposed surgery is medically unnecessary.",
    "Certification is not recommended.",
    "There is no medical necessity for this study.",
    "The record does not establish the medical necessity of the drug.",
    "The request falls short of medical necessity.",
    "The original determination is affirmed.",
]
WEAKLY_FOR = [
    "The requested visits are warranted.",
    "The criteria have been met.",
    "The request meets the MTUS criteria.",
]
WEAKLY_AGAINST = [
    "The request is premature.",
    "The criteria are not met.",
    "The requested scan is unwarranted.",
    "The request fails to meet the guideline.",
]
NEITHER = [
    "The patient is advised to see a specialist.",
    "An MRI is medically necessary if red flags are found.",
    "The patient has low back pain.",
    "Scans may be medically necessary when surgery is planned.",
]  # fmt: skip


@pytest.mark.parametrize("sentence", FOR)
def test_for_the_request(sentence: str) -> None:
    found = closing(("The record was read.", sentence))
    assert found is not None
    assert (found.decision, found.strong) == (Decision.OVERTURNED, True)


@pytest.mark.parametrize("sentence", AGAINST)
def test_against_the_request(sentence: str) -> None:
    found = closing(("The record was read.", sentence))
    assert found is not None
    assert (found.decision, found.strong) == (Decision.UPHELD, True)


@pytest.mark.parametrize("sentence", [*WEAKLY_FOR, *WEAKLY_AGAINST])
def test_weaker_words(sentence: str) -> None:
    found = closing(("The record was read.", sentence))
    assert found is not None
    assert not found.strong
    assert found.decision is (Decision.OVERTURNED if sentence in WEAKLY_FOR else Decision.UPHELD)


@pytest.mark.parametrize("sentence", NEITHER)
def test_no_conclusion(sentence: str) -> None:
    found = closing(("The record was read.", sentence))
    assert found is None or not found.strong


def test_whether_anything_is_concluded() -> None:
    assert speaks_of_necessity(("Read.", "On these facts the denial must fall."))
    assert not speaks_of_necessity(("Read.", "The patient has low back pain."))
