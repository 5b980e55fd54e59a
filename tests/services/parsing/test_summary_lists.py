from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from app.services.parsing.summary_lists import (
    ListRead,
    read_diagnoses,
    read_requested,
    read_treatment,
)


def words_of(text: str, read: ListRead) -> list[str]:
    return [text[part.start : part.end] for part in read.parts]


@pytest.mark.parametrize(
    ("text", "diagnoses"),
    [
        ("She is undergoing treatment for a torn meniscus and gout.", "a torn meniscus and gout"),
        ("The worker is currently being treated for tennis elbow.", "tennis elbow"),
        ("He was receiving care for lumbago, sciatica.", "lumbago, sciatica"),
        ("Records show treatment. He is under medical care for plantar fasciitis.", "plantar fasciitis"),
        ("He was undergoing treatments for trigger finger; gout.", "trigger finger; gout"),
        ("He has been treated for the diagnoses of gout and bursitis.", "gout and bursitis"),
        ("Diagnoses included: gout, bursitis.", "gout, bursitis"),
        ("Diagnosis: gout.", "gout"),
        ("He has the following diagnoses: 1. Gout; 2. Bursitis. He limps.", "1. Gout; 2. Bursitis"),
        ("She is treating for bursitis.", "bursitis"),
        ("He is under the care of his physician for gout and bursitis.", "gout and bursitis"),
        ("She was diagnosed with gout, for which she had colchicine.", "gout"),
        ("The current diagnoses are documented is gout.", "gout"),
        ("Chart review shows diagnosis which include gout and bursitis.", "gout and bursitis"),
        ("The applicant was given a diagnosis of “gouty arthritis.”", "gouty arthritis"),
        ("He was diagnosed as having bursitis of the left hip.", "bursitis of the left hip"),
        ("She was diagnosed with bursitis due to a fall.", "bursitis"),
        ("The clinical assessment was bursitis.", "bursitis"),
        ("Assessment: bursitis, gout.", "bursitis, gout"),
        ("She is being treated for gout.On that day she limped.", "gout"),
        ("The knee is swollen.", ""),
    ],
)  # fmt: skip
def test_reads_what_the_patient_has(text: str, diagnoses: str) -> None:
    read = read_diagnoses(text)
    assert "; ".join(words_of(text, read)) == diagnoses
    assert read.doubt is None


@pytest.mark.parametrize(
    ("text", "treatment"),
    [
        ("Treatment to date has included ice, rest and a brace.", "ice, rest and a brace"),
        ("Treatment and imaging to date has included: ice, rest.", "ice, rest"),
        ("Past treatments were noted to include modified duty and ice.", "modified duty and ice"),
        ("He has had treatment to include ice.", "ice"),
        ("Prior relevant treatment consisted of a cast.", "a cast"),
        ("Relevant treatments have included: a cast (four weeks), ice.", "a cast (four weeks), ice"),
        ("She was treated conservatively with ice and rest.", "ice and rest"),
        ("The treatments were fusion and medication.", "fusion and medication"),
        ("He previously received the following treatments: ice.", "ice"),
        ("Conservative care has included acupuncture.", "acupuncture"),
        ("Treatments tried include orthotics and rest.", "orthotics and rest"),
        ("He has not had any treatment to date.", ""),
        ("The treatment plan included ice.", ""),
        ("The following treatments were requested: ice.", ""),
        ("The plan of care includes ice.", ""),
        ("The requested treatment includes ice.", ""),
    ],
)  # fmt: skip
def test_reads_what_was_done(text: str, treatment: str) -> None:
    read = read_treatment(text)
    assert "; ".join(words_of(text, read)) == treatment
    assert read.doubt is None


@pytest.mark.parametrize(
    ("text", "requested"),
    [
        ("On 5-2-16 the request for a knee brace was non-certified by utilization review.", "a knee brace"),
        ("The provider requested authorization for a cane.", "a cane"),
        ("Authorization was requested for a cane and a brace.", "a cane and a brace"),
        ("The RFA dated 5-2-16 included requests for a cane.", "a cane"),
        ("A request for authorization was submitted on 5/2/2016 for a cane.", "a cane"),
        ("The original review (5-2-16) denied a request for a cane because none was needed.", "a cane"),
        ("UR modified the request for gym visits 12 weeks to gym visits 6 weeks.", "gym visits 12 weeks"),
        ("The request for a cane was denied due to no falls. The request for ice was approved.", "a cane; ice"),
        ("The claims administrator failed to approve a request for a cane, citing ODG.", "a cane"),
        ("On 5-2-16, utilization review determined a cane was not medically necessary.", "a cane"),
        ("Utilization Review on 5-2-16 non-certified Norco 5/325mg #60.", "Norco 5/325mg #60"),
        ("The following was requested: a cane.", "a cane"),
        ("Under consideration is a request for a cane.", "a cane"),
        ("The request is for a cane. The request for a cane was denied.", "a cane"),
        ("Treatment requested for review included a cane as the original request.", "a cane as the original request"),
        ("The Utilization Review on 5-2-16 Soma 350mg #90 was the original request.", "Soma 350mg #90"),
        ("UR denied certification on 5-2-16; for a cane.", "a cane"),
        ("The request for physical therapy was modified to 6 sessions.", "physical therapy"),
        ("There is an RFA dated 5-2-16 requesting a cane.", "a cane"),
        ("At issue is a request for a cane and two braces.", "a cane and two braces"),
        ("The surgeon is seeking authorization for a fusion.", "a fusion"),
        ("The utilization review dated 5-2-16 did not approve a cane.", "a cane"),
        ("The claimant requests a cane.", "a cane"),
        ("There is pain.", ""),
    ],
)  # fmt: skip
def test_reads_what_was_requested(text: str, requested: str) -> None:
    read = read_requested(text)
    assert "; ".join(words_of(text, read)) == requested
    assert read.doubt is None


def test_what_is_requested_in_the_authorization_counts_before_the_verdict_and_the_plan() -> None:
    text = (
        "The plan included ice. UR denied a request for a cane. "
        "The request for authorization was submitted for two canes."
    )
    assert words_of(text, read_requested(text)) == ["two canes"]


@pytest.mark.parametrize(
    ("text", "words", "doubt"),
    [
        ("The requested surgery was denied. The plan was a fusion.", ["surgery"], "only as “surgery”"),
        ("A request was not legible.", [], "“request”"),
        ("The request for authorization was not submitted for review.", [], "“request”"),
    ],
)  # fmt: skip
def test_what_is_not_told_as_a_request_is_doubted(text: str, words: list[str], doubt: str) -> None:
    read = read_requested(text)
    assert words_of(text, read) == words
    assert read.doubt is not None
    assert doubt in read.doubt


def test_a_plan_is_told_as_one() -> None:
    text = "The treatment plan was for the patient to receive a cane."
    read = read_requested(text)
    assert words_of(text, read) == ["a cane"]
    assert read.planned


def test_an_empty_list_has_its_reason_where_the_summary_speaks_of_one() -> None:
    assert "“diagnos”" in (read_diagnoses("The diagnosis was not established.").doubt or "")
    assert "“treated with”" in (read_treatment("It can be treated with that.").doubt or "")


def test_a_list_that_runs_on_is_doubted() -> None:
    text = "Treatment to date has included opium has greatly eased his pain and ice."
    assert "goes on" in (read_treatment(text).doubt or "")


def test_two_sentences_with_other_diagnoses_are_told() -> None:
    text = "He was diagnosed with gout. She is being treated for bursitis."
    read = read_diagnoses(text)
    assert words_of(text, read) == ["gout"]
    assert read.other == "bursitis"


@pytest.mark.parametrize(
    "scrap", ["request for ", "was denied ", "treatment ", "UR ", "a ", "; for "]
)
def test_a_runaway_summary_is_read_in_bounded_time(scrap: str) -> None:
    text = f"UR denied a request for {scrap * (20_000 // len(scrap))}"
    started = time.process_time()
    for read in (read_diagnoses, read_treatment, read_requested):
        read(text)
    assert time.process_time() - started < 5.0


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_diagnoses, "Her present problems: a sore heel and poor sleep."),
        (read_diagnoses, "The clinician's assessment noted a torn biceps tendon."),
        (read_treatment, "The worker underwent a hernia repair in May."),
        (read_treatment, "Interventions tried: a brace, two blocks."),
        (read_requested, "The surgeon asks for a bone stimulator."),
        (read_requested, "A lift chair has been recommended."),
    ],
)
def test_a_list_that_is_told_otherwise_is_read_or_empty_with_the_reason(
    read: Callable[[str], ListRead], text: str
) -> None:
    found = read(text)
    assert found.parts or found.doubt
