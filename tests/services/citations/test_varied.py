"""Sentences as many hands write them, each with its right reading, and written back as it reads."""

from __future__ import annotations

import pytest

from app.letter import Citation, Source
from app.services.citations import Side, Style, read_guideline, same_citation, write_guideline

ON_MTUS = "Decision based on MTUS "
OUTSIDE = "Decision based on Non-MTUS Citation "
CHRONIC = "Opioids for Chronic Pain and Chronic Opioid Treatment"


def mtus(title: str, edition: str | None, *sections: str, pages: str | None = None) -> Citation:
    return Citation(
        source=Source.MTUS, title=title, edition=edition, sections=sections, pages=pages
    )


def odg(title: str, *sections: str, edition: str | None = None) -> Citation:
    return Citation(source=Source.ODG, title=title, edition=edition, sections=sections)


def acoem(
    title: str,
    *sections: str,
    edition: str | None = None,
    chapter: str | None = None,
    pages: str | None = None,
) -> Citation:
    return Citation(
        source=Source.ACOEM,
        title=title,
        chapter=chapter,
        edition=edition,
        sections=sections,
        pages=pages,
    )


def other(title: str) -> Citation:
    return Citation(source=Source.OTHER, title=title)


NUMBERED = [
    (f"Opioid Treatment 2016, Section(s): 3. {CHRONIC}.", [mtus("Opioid Treatment", "2016", f"3. {CHRONIC}")]),
    ("Opioid Treatment 2016, Section(s): 1. Opioids for Acute Pain, 2. Opioids for Subacute Pain.", [mtus("Opioid Treatment", "2016", "1. Opioids for Acute Pain", "2. Opioids for Subacute Pain")]),
    ("Opioid Treatment 2016, Section(s): 4.2. Tapering: Methods.", [mtus("Opioid Treatment", "2016", "4.2. Tapering: Methods")]),
    (f"Opioid Treatment 2016, Section(s): 3. {CHRONIC}, and Low Back Complaints 2004, Section(s): Summary.", [mtus("Opioid Treatment", "2016", f"3. {CHRONIC}"), mtus("Low Back Complaints", "2004", "Summary")]),
    (f"Low Back Complaints 2004, Section(s): Summary, and Opioid Treatment 2016, Section(s): 3. {CHRONIC}, 4.1 Tapering: Indications.", [mtus("Low Back Complaints", "2004", "Summary"), mtus("Opioid Treatment", "2016", f"3. {CHRONIC}", "4.1 Tapering: Indications")]),
    ("Opioid Treatment 2016, Section(s): 2 Opioids for Subacute Pain; 4.1 Tapering: Indications.", [mtus("Opioid Treatment", "2016", "2 Opioids for Subacute Pain", "4.1 Tapering: Indications")]),
    (f"Opioid Treatment 2016, Section(s): 3.3.3. {CHRONIC}: Initiation.", [mtus("Opioid Treatment", "2016", f"3.3.3. {CHRONIC}: Initiation")]),
    ("Opioid Treatment 2016, Section(s): 7. Unheard part of it, with a comma.", [mtus("Opioid Treatment", "2016", "7. Unheard part of it, with a comma")]),
    ("Knee Complaints 2004. Section(s): Initial Care.", [mtus("Knee Complaints", "2004", "Initial Care")]),
    ("Drug Formulary 2018, Section(s): 9792.27.1 Definitions.", [mtus("Drug Formulary", "2018", "9792.27.1 Definitions")]),
]  # fmt: skip

ADOPTED = [
    ("Low Back Disorders Guideline (ACOEM February 13, 2020).", [mtus("Low Back Disorders", "2020")]),
    ("Low Back Disorders Guideline (ACOEM, February 13, 2020), Section(s): Epidural Injections.", [mtus("Low Back Disorders", "2020", "Epidural Injections")]),
    ("Low Back Disorders Guideline (ACOEM February 13, 2020), Epidural Glucocorticosteroid Injections.", [mtus("Low Back Disorders", "2020", "Epidural Glucocorticosteroid Injections")]),
    ("Shoulder Disorders Guideline (ACOEM August 1, 2016), Section(s): Slings.", [mtus("Shoulder Disorders", "2016", "Slings")]),
    ("Cervical and Thoracic Spine Disorders Guideline (ACOEM October 17, 2018), and Chronic Pain Guideline (ACOEM May 15, 2017).", [mtus("Cervical and Thoracic Spine Disorders", "2018"), mtus("Chronic Pain", "2017")]),
    ("Hip and Groin Disorders Guideline (ACOEM May 21, 2019), Section(s): Arthroscopy, Imaging.", [mtus("Hip and Groin Disorders", "2019", "Arthroscopy, Imaging")]),
    ("Knee Disorders Guideline (ACOEM 2019).", [mtus("Knee Disorders", "2019")]),
    ("Hand, Wrist, and Forearm Disorders Guideline (ACOEM January 7, 2019), Section(s): Splints.", [mtus("Hand, Wrist, and Forearm Disorders", "2019", "Splints")]),
    ("Opioids Guideline (ACOEM April 20, 2017), Section(s): Acute Pain.", [mtus("Opioids", "2017", "Acute Pain")]),
    ("Low Back Disorders Guideline (ACOEM 02/13/2020).", [mtus("Low Back Disorders", "2020")]),
    ("Ankle and Foot Disorders (ACOEM July 16, 2018), and Elbow Disorders (ACOEM August 23, 2018).", [mtus("Ankle and Foot Disorders", "2018"), mtus("Elbow Disorders", "2018")]),
    ("Low Back Disorders 2020, Section(s): Exercise.", [mtus("Low Back Disorders", "2020", "Exercise")]),
    ("Eye Disorders Guideline (ACOEM April 1, 2017), Section(s): Patching, Page(s): 12.", [mtus("Eye Disorders", "2017", "Patching", pages="12")]),
    ("COVID-19 Guideline (ACOEM March 1, 2021).", [mtus("COVID-19", "2021")]),
    ("Workplace Mental Health: Depressive Disorders Guideline (ACOEM February 13, 2020).", [mtus("Workplace Mental Health: Depressive Disorders", "2020")]),
]  # fmt: skip

CHAPTERS = [
    ("ODG, Low Back Chapter, Knee Chapter, Massage.", [odg("Low Back"), odg("Knee & Leg", "Massage")]),
    ("Official Disability Guidelines (ODG) Pain Chapter and Shoulder Chapter.", [odg("Pain"), odg("Shoulder")]),
    ("Official Disability Guidelines (ODG), Pain Chapter, Low Back Chapter.", [odg("Pain"), odg("Low Back")]),
    ("ODG, Neck and Upper Back Chapter, Massage, Elbow Chapter, Splints.", [odg("Neck & Upper Back", "Massage"), odg("Elbow", "Splints")]),
    ("ODG Low Back Chapter, Hip and Pelvis Chapter, Knee Chapter.", [odg("Low Back"), odg("Hip & Pelvis"), odg("Knee & Leg")]),
    ("ODG Shoulder section, MR arthrogram; Elbow section, Splints.", [odg("Shoulder", "MR arthrogram"), odg("Elbow", "Splints")]),
    ("ODG Knee Chapter & Ankle Chapter, Braces.", [odg("Knee & Leg"), odg("Ankle & Foot", "Braces")]),
    ("Official Disability Guidelines, Head Chapter, EEG (neurofeedback), and Pain Chapter, Meloxicam.", [odg("Head", "EEG (neurofeedback)"), odg("Pain", "Meloxicam")]),
    ("ODG Forearm, Wrist, and Hand Chapter, Carpal Tunnel Syndrome Chapter, Splints.", [odg("Forearm, Wrist & Hand"), odg("Carpal Tunnel Syndrome", "Splints")]),
    ("ODG Pain Chapter: Low back pain.", [odg("Pain", "Low back pain")]),
    ("ODG Preface, Physical therapy.", [odg("Preface", "Physical therapy")]),
    ("ODG Neck/Massage, Shoulder/Slings.", [odg("Neck & Upper Back", "Massage"), odg("Shoulder", "Slings")]),
    ("ODG Pain Chapter (updated 2/3/16) and Knee Chapter.", [odg("Pain", edition="2016"), odg("Knee & Leg")]),
    ("ODG Knee Chapter, Surgery for the hip and the knee.", [odg("Knee & Leg", "Surgery for the hip and the knee")]),
    ("ODG Low Back Chapter (updated 2/3/16), Pain Chapter (updated 4/5/15), Ketamine.", [odg("Low Back", edition="2016"), odg("Pain", "Ketamine", edition="2015")]),
]  # fmt: skip

BOOKS = [
    ("American College of Occupational and Environmental Medicine (ACOEM) Pain Chapter, Massage.", [acoem("Pain", "Massage")]),
    ("American College of Occupational and Environmental Medicine (ACOEM), Low Back Disorders, Traction.", [acoem("Low Back Disorders", "Traction")]),
    ("American College of Occupational and Environmental Medicine Chronic Pain, Magnets.", [acoem("Chronic Pain", "Magnets")]),
    ("American College of Occupational & Environmental Medicine (ACOEM) Practice Guidelines, 3rd ed., Elbow Disorders, pg. 9.", [acoem("Elbow Disorders", edition="3rd ed.", pages="9")]),
    ("ACOEM (Chronic Pain), Magnets.", [acoem("Chronic Pain", "Magnets")]),
    ("ACOEM's Practice Guidelines, Knee Disorders.", [acoem("Knee Disorders")]),
    ("ACOEM Guidelines 2011, Chronic Pain, Magnets.", [acoem("Chronic Pain", "Magnets", edition="2011")]),
    ("the ACOEM Guidelines.", [acoem("")]),
    ("American College of Occupational and Environmental Medicine (ACOEM).", [acoem("")]),
    ("ODG Pain Chapter, Ketamine and ACOEM Practice Guidelines, Shoulder Disorders, Slings.", [odg("Pain", "Ketamine"), acoem("Shoulder Disorders", "Slings")]),
]  # fmt: skip

STUDIES = [
    ("Doe AB. Rest or work; Effects on the back. Spine. 2010;35:1-9.", [other("Doe AB. Rest or work; Effects on the back. Spine. 2010;35:1-9")]),
    ("Roe C, Doe A. Slings. J Bone Joint Surg. 2011; 93(2):112-8.", [other("Roe C, Doe A. Slings. J Bone Joint Surg. 2011; 93(2):112-8")]),
    ("Smith's Operative Handbook, 4th ed; Chapter 5.", [other("Smith's Operative Handbook, 4th ed; Chapter 5")]),
    ("Doe AB; Roe C; Poe D. Casts. Bone. 2012;3:4.", [other("Doe AB; Roe C; Poe D. Casts. Bone. 2012;3:4")]),
    ("Doe AB. Casts. Bone. 2012;3:4; Roe C. Slings. Bone. 2013;5:6.", [other("Doe AB. Casts. Bone. 2012;3:4"), other("Roe C. Slings. Bone. 2013;5:6")]),
    ("http://www.example.org/a; http://www.example.org/b.", [other("http://www.example.org/a"), other("http://www.example.org/b")]),
    ("Other Medical Treatment Guideline or Medical Evidence: Textbook of Casts; Table 3.", [other("Textbook of Casts; Table 3")]),
    ("Poe D, et al. Braces: a review; Part II. Knee. 2014; 2: 7-9.", [other("Poe D, et al. Braces: a review; Part II. Knee. 2014; 2: 7-9")]),
    ("UpToDate; Drugs.com.", [other("UpToDate"), other("Drugs.com")]),
    ("ODG Pain Chapter and Other Medical Treatment Guidelines Handbook of Casts; page 12.", [odg("Pain"), other("Handbook of Casts; page 12")]),
]  # fmt: skip

FURTHER = [
    ("Opioid Treatment 2016, Section(s): 1. Opioids for Acute Pain. 2. Opioids for Subacute Pain.", [mtus("Opioid Treatment", "2016", "1. Opioids for Acute Pain", "2. Opioids for Subacute Pain")]),
    ("Unheard Of Disorders Guideline (ACOEM November 15, 2017), Section(s): Imaging.", [mtus("Unheard Of Disorders", "2017", "Imaging")]),
    ("Low Back Disorders Guideline (February 13, 2020), Section(s): Exercise.", [mtus("Low Back Disorders", "2020", "Exercise")]),
    ("Low Back Disorders Guideline, ACOEM, February 13, 2020.", [mtus("Low Back Disorders", "2020")]),
    ("Low Back Disorders (2020), Section(s): Exercise.", [mtus("Low Back Disorders", "2020", "Exercise")]),
]  # fmt: skip

FURTHER_OUTSIDE = [
    ("ODG, Low Back and Pain chapters.", [odg("Low Back"), odg("Pain")]),
    ("ODG Knee, Hip and Ankle Chapters, Braces.", [odg("Knee & Leg"), odg("Hip & Pelvis"), odg("Ankle & Foot", "Braces")]),
    ("ACOEM Practice Guidelines, 2nd Edition (2004), Chapter 12, pages 303-305; Chapter 9, page 207.", [acoem("", edition="2004", chapter="12", pages="303-305"), acoem("", edition="2004", chapter="9", pages="207")]),
    ("ACOEM Practice Guidelines, Chronic Pain (May 2011), Magnets.", [acoem("Chronic Pain", "Magnets", edition="2011")]),
]  # fmt: skip

ALL = [(ON_MTUS + text, right) for text, right in NUMBERED + ADOPTED + FURTHER] + [
    ("The Expert Reviewer did not base their decision on the MTUS. " + OUTSIDE + text, right)
    for text, right in CHAPTERS + BOOKS + STUDIES + FURTHER_OUTSIDE
]


@pytest.mark.parametrize(("text", "right"), ALL)
def test_reads_what_is_cited(text: str, right: list[Citation]) -> None:
    reading = read_guideline(text)
    bare = [
        Citation(source=c.source, title=c.title, chapter=c.chapter, edition=c.edition, sections=c.sections, pages=c.pages)
        for c in reading.guideline.citations
    ]  # fmt: skip
    assert bare == right
    assert not [p for p in reading.problems if "is no part" in p]


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("text", [text for text, _ in ALL])
def test_is_written_back_as_it_reads(text: str, style: Style) -> None:
    first = read_guideline(text).guideline
    written = write_guideline(first.citations, Side.MAXIMUS, style, basis=first.basis)
    second = read_guideline(written).guideline
    assert len(first.citations) == len(second.citations)
    assert all(map(same_citation, first.citations, second.citations))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ODG Pain Chapter, Shoulder.", "may be another chapter"),
        ("ODG, Low Back, Massage, Neck and Upper Back, Traction.", "may be another chapter"),
        ("Handbook of Casts; Atlas of Braces.", "they may be one"),
        ("ODG Hand Book of Casts Chapter, Splints.", "not an ODG chapter known"),
    ],
)
def test_what_may_be_read_in_two_ways_is_told(text: str, words: str) -> None:
    assert any(words in problem for problem in read_guideline(OUTSIDE + text).problems)


@pytest.mark.parametrize("text", ["UpToDate; Drugs.com.", "ODG Pain Chapter, Ketamine, Massage."])
def test_what_is_plain_is_not_doubted(text: str) -> None:
    assert read_guideline(OUTSIDE + text).problems == ()
