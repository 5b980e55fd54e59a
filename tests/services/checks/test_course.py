"""The patient and the course: what may stand in a rationale beside the summary, and what may not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.letter import Letter
from app.services.checks import Severity, check

from .sound import IMAGING, SOUND, SUMMARY, THERAPY

COURSE = (
    " On 11-03-2016 grip strength of the left hand was reduced, with numbness of the thumb, abduction was 90 degrees and the pain was 6/10. He "
    "works with restrictions. Six sessions of physical therapy were completed. He is right-hand dominant."
)
HARMLESS = (
    "The right shoulder is asymptomatic.",
    "He uses the right arm to compensate.",
    "The right shoulder lifts to 180 degrees.",
    "He broke his right arm as a teenager.",
    "The orthopedist examined the patient and she found tenderness.",
    "Her and colleagues are quoted by the guideline.",
    "Sensation of the little finger was normal.",
    "Shoulder strength was normal.",
    "The goal is pain of no more than 2/10.",
    "At the onset his pain had been 9/10.",
    "He was off work for two weeks after the injury.",
    "After the first 4 sessions of physical therapy sleep was better.",
    "No physical therapy has been given since November 2016.",
    "Abduction was 95 degrees.",
    "Normal abduction is 180 degrees.",
    "The right shoulder is strong.",
    "Her report of 11-02-2016 supports the study.",
    "He had worked full duty until the accident.",
    "His wife had a hysterectomy in 2010.",
    "The guideline speaks of women who are pregnant.",
    "He is over 40.",
    "The MTUS recommends heat for acute shoulder pain.",
    "Naproxen has been on the market for many years.",
    "Hardly any of the left carpenters would need more than 40 visits, the usual number.",
    "The surgeon wrote of twenty sessions of therapy, but six are on the log.",
    "Had the right shoulder hurt as well, another study would be wanted.",
    "The request names the right shoulder once, evidently in error.",
    "The usual course is twelve sessions of physical therapy.",
    "Were the right shoulder to fail, another study would be asked for.",
    "In contrast to the right the arm is weak.",
    "His mother, a 70-year-old woman, lives with him.",
)


def spoken(sentence: str) -> set[str]:
    """The rules that speak of a sentence put in front of the first conclusion."""
    start, end = IMAGING.rationale.split("Therefore")
    request = SUMMARY.index(" On 12-05-2016")
    told = SUMMARY[:request] + COURSE + SUMMARY[request:]
    second = replace(
        THERAPY, rationale=THERAPY.rationale.replace(" and had not been treated before", "")
    )

    def letter(rationale: str) -> Letter:
        issues = (replace(IMAGING, rationale=rationale), second)
        return replace(SOUND, clinical_summary=told, issues=issues)

    before = {finding.key for finding in check(letter(IMAGING.rationale))}
    after = check(letter(f"{start}{sentence} Therefore{end}"))
    return {f.rule for f in after if f.severity is not Severity.INFO and f.key not in before}


@pytest.mark.parametrize("sentence", HARMLESS)
def test_what_may_be_so_is_no_finding(sentence: str) -> None:
    assert spoken(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Fourteen physical therapy visits have already been rendered.", "visits-done"),
        ("Physical therapy has yet to be tried.", "claim-contradicted"),
        ("No PT of any kind has preceded this request.", "claim-contradicted"),
        ("He is new to physical therapy.", "claim-contradicted"),
        ("He rates his pain as two out of ten.", "pain-score"),
        ("Physical therapy came to eleven sittings in all.", "visits-done"),
        ("The man is much bothered by the ankle.", "complaint"),
        ("Even at 67, a worker of this trade gets well.", "age"),
        ("Pain at the last visit was 9 on a 0-10 scale.", "pain-score"),
        ("Grip was strong.", "exam-contradicted"),
        ("He has gone back to his regular job.", "patient-told-otherwise"),
        ("The patient is LHD.", "patient-told-otherwise"),
        ("The symptoms have gone on for more than three years.", "injury-age"),
        ("This is long-standing shoulder pain dating back several years.", "injury-age"),
        ("The claimant is in his sixties.", "age"),
        ("In this 74-year-old, wear is to be expected.", "age"),
        ("This lady has pain of the left shoulder.", "sex"),
        ("The patient had a hysterectomy in 2010.", "pronouns"),
        ("Numbness of the ring and small fingers was described.", "complaint"),
        ("The dominant left hand is not affected.", "patient-told-otherwise"),
        ("Active abduction reached 175 degrees.", "exam-contradicted"),
        ("The working diagnosis is cervical radiculopathy.", "diagnosis"),
    ],
)
def test_what_the_summary_tells_otherwise_is_found(sentence: str, rule: str) -> None:
    assert rule in spoken(sentence)
