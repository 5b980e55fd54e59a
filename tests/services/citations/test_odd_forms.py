"""Sources named in brackets, by an address, by a year first, behind strokes and joints."""

from __future__ import annotations

import pytest

from app.services.citations import read_guideline

OUTSIDE = "Decision based on Non-MTUS Citation "
MTUS = "Decision based on MTUS "
Read = tuple[str, str, str | None, tuple[str, ...]]
"""Source, title, edition, sections."""

FORMS: dict[str, list[Read]] = {
    f"{OUTSIDE}(ACOEM) Pain.": [("ACOEM", "Pain", None, ())],
    f"{OUTSIDE}(ODG) Knee & Leg, Braces.": [("ODG", "Knee & Leg", None, ("Braces",))],
    f"{OUTSIDE}https://www.odg-twc.com/odgtwc/pain.htm#Zolpidem.": [
        ("ODG", "Pain", None, ("Zolpidem",))
    ],
    f"{OUTSIDE}www.odg-twc.com/odgtwc/shoulder.htm, Arthroscopy.": [
        ("ODG", "Shoulder", None, ("Arthroscopy",))
    ],
    f"{OUTSIDE}ODG, Elbow Procedure Summary: Splinting.": [("ODG", "Elbow", None, ("Splinting",))],
    f"{OUTSIDE}A made-up survey of sleep, 2011; and Annals of rest 2013, 2(1): 3-9.": [
        ("other", "A made-up survey of sleep, 2011", None, ()),
        ("other", "Annals of rest 2013, 2(1): 3-9", None, ()),
    ],
    f"{MTUS}(2009) Chronic Pain Medical Treatment, Section(s): Topical Analgesics.": [
        ("MTUS", "Chronic Pain Medical Treatment", "2009", ("Topical Analgesics",))
    ],
    f"{MTUS}Knee Complaints 2004 / Elbow Complaints 2007.": [
        ("MTUS", "Knee Complaints", "2004", ()),
        ("MTUS", "Elbow Complaints", "2007", ()),
    ],
    f"{MTUS}Chronic Pain Medical Treatment 2009, Section(s): Opioids, long list of rules.": [
        ("MTUS", "Chronic Pain Medical Treatment", "2009", ("Opioids, long list of rules",))
    ],
    f"{MTUS}Knee Complaints 2004, Section(s): Special Studies. and {OUTSIDE}ODG, Pain, Opioids.": [
        ("MTUS", "Knee Complaints", "2004", ("Special Studies",)),
        ("ODG", "Pain", None, ("Opioids",)),
    ],
    f"{MTUS}Coronavirus (COVID-19) Guideline (ACOEM June 3, 2021), Section(s): Fever.": [
        ("MTUS", "COVID-19", "2021", ("Fever",))
    ],
    f"{MTUS}Traumatic Brain Injury (TBI) 2017.": [("MTUS", "Traumatic Brain Injury", "2017", ())],
    f"{MTUS}Clinical Topics: Elbow Disorders 2018, Section(s): Bracing.": [
        ("MTUS", "Elbow Disorders", "2018", ("Bracing",))
    ],
    f"{MTUS}Occupational Asthma Medical Treatment Guideline (ACOEM June 5, 2020).": [
        ("MTUS", "Occupational/Work-Related Asthma", "2020", ())
    ],
    f"{OUTSIDE}ACOEM, Knee Disorders Guideline (October 28, 2015), Braces.": [
        ("ACOEM", "Knee Disorders", "2015", ("Braces",))
    ],
    f"{OUTSIDE}ACOEM V.3, Low Back Disorders, Supports.": [
        ("ACOEM", "Low Back Disorders", "V.3", ("Supports",))
    ],
    f"{OUTSIDE}ODG Evidence-Based Treatment in Workers Comp, Burns, Skin grafts.": [
        ("ODG", "Burns", None, ("Skin grafts",))
    ],
}


@pytest.mark.parametrize("text", FORMS)
def test_it_is_read_without_a_doubt(text: str) -> None:
    reading = read_guideline(text)
    read = [(c.source, c.title, c.edition, c.sections) for c in reading.guideline.citations]
    assert read == FORMS[text]
    assert not reading.problems


def test_a_page_of_the_odg_that_is_no_chapter_is_doubted() -> None:
    reading = read_guideline(f"{OUTSIDE}www.odg-twc.com/odgtwc/newsletter.htm.")
    (citation,) = reading.guideline.citations
    assert (citation.source, citation.title) == ("ODG", "")
    assert reading.problems


def test_a_work_among_the_sections_of_the_odg_is_doubted() -> None:
    reading = read_guideline(
        f"{OUTSIDE}ODG, Knee & Leg, Braces; Made-up Handbook of Knees, page 4."
    )
    assert any("source of its own" in problem for problem in reading.problems)


@pytest.mark.parametrize(
    "cited",
    [
        "MTUS Elbow Disorders 2018 (ACOEM), Section(s): Splints.",
        "MTUS Eye Disorders 2017 / ACOEM, Section(s): Follow-up.",
        "MTUS Knee Complaints 2004, Section(s): Physical Methods plus ODG Knee: Braces.",
        "MTUS Chronic Pain 2017, Section(s): Duloxetine, Non-MTUS FDA label for Cymbalta.",
        "MTUS Opioids 2017, Section(s): Tapering; and Official Disability Guidelines Pain, Weaning.",
        "Non-MTUS ODG Neck and Upper Back: Traction; and UpToDate: Cervical radiculopathy.",
    ],
)
def test_a_second_source_that_was_not_parted_from_a_section_is_told(cited: str) -> None:
    assert read_guideline(f"Decision based on {cited}").problems


@pytest.mark.parametrize(
    "cited",
    [
        "MTUS Chronic Pain Medical Treatment 2016, Section(s): Gabapentin (Neurontin), Opioids.",
        "MTUS Low Back Complaints 2004, Section(s): Initial Care, Table 12-5.",
        "Non-MTUS Official Disability Guidelines (ODG) Pain (Chronic), Compound drugs.",
    ],
)
def test_and_plain_sections_are_not(cited: str) -> None:
    assert read_guideline(f"Decision based on {cited}").problems == ()
