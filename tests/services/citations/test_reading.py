from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.letter import Basis, Citation, Source
from app.services.citations import read_guideline, read_reference


def mtus(title: str, edition: str | None = None, *sections: str, **more: str) -> Citation:
    return Citation(source=Source.MTUS, title=title, edition=edition, sections=sections, **more)


def odg(title: str, *sections: str, edition: str | None = None) -> Citation:
    return Citation(source=Source.ODG, title=title, sections=sections, edition=edition)


def said(citations: tuple[Citation, ...]) -> list[Citation]:
    """The citations without the words they were printed in."""
    return [
        Citation(
            source=c.source,
            title=c.title,
            chapter=c.chapter,
            edition=c.edition,
            sections=c.sections,
            pages=c.pages,
        )
        for c in citations
    ]


ON_MTUS = "Decision based on MTUS "
OUTSIDE = "Decision based on Non-MTUS Citation "
CHRONIC = "Chronic Pain Medical Treatment"
HAND = "Forearm, Wrist, and Hand Complaints"
OPIOIDS = "Opioids for Chronic Pain and Chronic Opioid Treatment: "

BY_SECTION = [
    ("Shoulder Complaints 2004.", [mtus("Shoulder Complaints", "2004")]),
    (
        f"{HAND} 2004, Section(s): Special Studies, Summary.",
        [mtus(HAND, "2004", "Special Studies", "Summary")],
    ),
    (
        f"Elbow Complaints 2007, Section(s): Diagnostic Criteria, and {HAND} 2004.",
        [mtus("Elbow Complaints", "2007", "Diagnostic Criteria"), mtus(HAND, "2004")],
    ),
    (
        f"{CHRONIC} 2016, Section(s): NSAIDs, GI symptoms & cardiovascular risk, Office visits.",
        [mtus(CHRONIC, "2016", "NSAIDs, GI symptoms & cardiovascular risk", "Office visits")],
    ),
    (
        "Postsurgical Treatment 2009, Section(s): Knee, Forearm, Wrist, & Hand.",
        [mtus("Postsurgical Treatment", "2009", "Knee", "Forearm, Wrist, & Hand")],
    ),
    (
        f"Opioid Treatment 2016, Section(s): 3.3.6 {OPIOIDS}Use of Urine Drug Testing (UDT), "
        f"3.3.99 {OPIOIDS}Something, unknown here, 4.2 Tapering: Methods.",
        [
            mtus(
                "Opioid Treatment",
                "2016",
                f"3.3.6 {OPIOIDS}Use of Urine Drug Testing (UDT)",
                f"3.3.99 {OPIOIDS}Something, unknown here",
                "4.2 Tapering: Methods",
            )
        ],
    ),
    (
        f"{CHRONIC} 2016, Section(s): Magnets, woven, Office visits.",
        [mtus(CHRONIC, "2016", "Magnets, woven", "Office visits")],
    ),
    (
        f"{CHRONIC} 2016, Section(s): Electro- diagnostic testing (EMG/NCS).",
        [mtus(CHRONIC, "2016", "Electrodiagnostic testing (EMG/NCS)")],
    ),
    ("Acupuncture Treatment 2007 Guidelines.", [mtus("Acupuncture Treatment", "2007")]),
    ("Low Back 2020.", [mtus("Low Back Disorders", "2020")]),
    ("Low Back 2004.", [mtus("Low Back Complaints", "2004")]),
    (
        "Knee Complaints 2004 , Section ( s ) : Initial Care; Summary .",
        [mtus("Knee Complaints", "2004", "Initial Care", "Summary")],
    ),
    (
        "Low Back Disorders 2019, Section(s): Magnets.",
        [mtus("Low Back Disorders", "2019", "Magnets")],
    ),
]

BY_PAGE = [
    (
        "ACOEM Chapter 9 Shoulder Complaints Page(s): 207-209.",
        [mtus("Shoulder Complaints", chapter="9", pages="207-209")],
    ),
    ("ACOEM Chapter 9 Shoulder Complaints.", [mtus("Shoulder Complaints", chapter="9")]),
    ("ACOEM Chapter 9.", [mtus("Shoulder Complaints", chapter="9")]),
    (
        "ACOEM Chapter 11 Forearm, Wrist, and Hand Complaints Page(s): 268-9.",
        [mtus(HAND, chapter="11", pages="268-9")],
    ),
    (
        "Chronic Pain Treatment Guidelines physical medicine p.98-99 Page(s): 98-99.",
        [mtus("Chronic Pain Treatment Guidelines", None, "physical medicine", pages="98-99")],
    ),
    (
        "Chronic Pain Medical Treatment Guidelines Page(s): 46 (pdf format).",
        [mtus("Chronic Pain Medical Treatment Guidelines", pages="46")],
    ),
    (
        "ACOEM Chapter 13 Knee Complaints Page(s): 343, and Postsurgical Treatment Guidelines.",
        [
            mtus("Knee Complaints", chapter="13", pages="343"),
            mtus("Postsurgical Treatment Guidelines"),
        ],
    ),
    (
        "Chronic Pain Treatment Guidelines Massage therapy Page(s): 60; 62 of 127.",
        [mtus("Chronic Pain Treatment Guidelines", None, "Massage therapy", pages="60; 62")],
    ),
    (
        "ACOEM Practice Guidelines, Chapter 13 (Knee Complaints), page 343, Table 13-5.",
        [mtus("Knee Complaints", None, "Table 13-5", chapter="13", pages="343")],
    ),
    (
        "Chronic Pain Treatment Guidelines Opioids Page(s): 76-80, Chronic Pain Treatment "
        "Guidelines Massage therapy Page(s): 60.",
        [
            mtus("Chronic Pain Treatment Guidelines", None, "Opioids", pages="76-80"),
            mtus("Chronic Pain Treatment Guidelines", None, "Massage therapy", pages="60"),
        ],
    ),
]


@pytest.mark.parametrize(("printed", "expected"), BY_SECTION + BY_PAGE)
def test_reads_the_mtus(printed: str, expected: list[Citation]) -> None:
    reading = read_guideline(ON_MTUS + printed)
    assert said(reading.guideline.citations) == expected
    assert reading.problems == ()
    assert reading.guideline.basis is Basis.MTUS


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Official Disability Guidelines (ODG).", [odg("")]),
        ("x Official Disability Guidelines (ODG), Neck Chapter, Massage.", [odg("Neck & Upper Back", "Massage")]),
        (": ODG Lumbar and Thoracic Spine.", [odg("Low Back")]),
        ("Official Disability Guidelines (ODG) Low Back (Traction).", [odg("Low Back", "Traction")]),
        ("Official Disability Guidelines: Low Back - Traction.", [odg("Low Back", "Traction")]),
        ("Official Disability Guidelines (ODG) Knee/ Braces.", [odg("Knee & Leg", "Braces")]),
        ("ODG Pain Section/Ketamine Topic.", [odg("Pain", "Ketamine")]),
        ("Official Disability Guidelines (ODG) traction, elbow chapter.", [odg("Elbow", "traction")]),
        ("ODG Massage/Preface.", [odg("Preface", "Massage")]),
        ("ODG-TWC Chapter: Elbow, Splints.", [odg("Elbow", "Splints")]),
        (
            "Official Disability Guidelines Treatment in Workers' Compensation, Online Edition, 2014, "
            "Pain chapter-Ketamine.",
            [odg("Pain", "Ketamine", edition="2014")],
        ),
        (
            "Other Medical Treatment Guideline or Medical Evidence: http://www.example.org/x.",
            [Citation(source=Source.OTHER, title="http://www.example.org/x")],
        ),
        (
            "Official Disability Guidelines (ODG), Head Chapter (updated 2/3/16): Botox; Massage.",
            [odg("Head", "Botox", "Massage", edition="2016")],
        ),
        (
            "ODG Guidelines, 12th Edition, 2014, Shoulder (Acute & Chronic) Chapter, Massage.",
            [odg("Shoulder", "Massage", edition="2014")],
        ),
        (
            "Official Disability Guidelines (ODG) Shoulder, Massage; Elbow, Splints and ODG "
            "Chiropractic Guidelines.",
            [odg("Shoulder", "Massage"), odg("Elbow", "Splints"), odg("Chiropractic Guidelines")],
        ),
        (
            "ODG Knee/DME, Hip/Braces and Other Medical Treatment Guidelines www.example.org/a- b.html.",
            [
                odg("Knee & Leg", "DME"),
                odg("Hip & Pelvis", "Braces"),
                Citation(source=Source.OTHER, title="www.example.org/a-b.html"),
            ],
        ),
        (
            "ACOEM Practice Guidelines, 3rd ed., Shoulder Disorders, Slings, pg. 12-13.",
            [
                Citation(
                    source=Source.ACOEM,
                    title="Shoulder Disorders",
                    edition="3rd ed.",
                    sections=("Slings",),
                    pages="12-13",
                )
            ],
        ),
        (
            "Doe AB. Rest or work. Spine. 2010;35:1-9; Roe C. Slings. JAMA. 2012;1:2-3.",
            [
                Citation(source=Source.OTHER, title="Doe AB. Rest or work. Spine. 2010;35:1-9"),
                Citation(source=Source.OTHER, title="Roe C. Slings. JAMA. 2012;1:2-3"),
            ],
        ),
    ],
)  # fmt: skip
def test_reads_sources_outside_the_mtus(printed: str, expected: list[Citation]) -> None:
    opening = "The Expert Reviewer did not base their decision on the MTUS. "
    reading = read_guideline(opening + OUTSIDE + printed)
    assert said(reading.guideline.citations) == expected
    assert reading.problems == ()
    assert reading.guideline.basis is Basis.OUTSIDE


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        (
            "The Claims Administrator did not cite any medical evidence for its decision.",
            Basis.NONE,
        ),
        ("The Expert Reviewer did not base their decision on the MTUS.", Basis.OUTSIDE),
        (
            "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS "
            "Guidelines.",
            Basis.OUTSIDE,
        ),
        ("", Basis.NONE),
    ],
)
def test_reads_the_fixed_sentences(text: str, basis: Basis) -> None:
    reading = read_guideline(text)
    assert (reading.guideline.basis, reading.guideline.citations) == (basis, ())
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        (ON_MTUS + "Low Bock Complaints 2004.", "Low Back Complaints", "is read as"),
        (ON_MTUS + "ACOEM Chapter 12 Low Bock Complaints.", "Low Back Complaints", "is read as"),
        (ON_MTUS + "Knee Complaints 2OO4.", "Knee Complaints", "is read as 2004"),
        (ON_MTUS + "Knee Complaints 2004, Sectlon(s): lnitial Care.", "Knee Complaints", "section “Initial Care”"),
        (ON_MTUS + "ACOEM Chapter 9 Knee Complaints.", "Knee Complaints", "Chapter 9 is Shoulder"),
        (ON_MTUS + "ACOEM Chapter 44 Tail Complaints.", "Tail Complaints", "Chapter 44 is not"),
        (ON_MTUS + "Tail Complaints 2031, Section(s): Summary.", "Tail Complaints", "kept as printed"),
        (ON_MTUS + "Elbow Complaints 2007, and Tail Complaints 2031.", "Elbow Complaints", "Tail"),
        (OUTSIDE + "ODG Tail Chapter, Massage.", "Tail", "not an ODG chapter known"),
        (OUTSIDE + "ODG Sholder Chapter, Massage.", "Shoulder", "is read as the ODG chapter"),
        (OUTSIDE + "Low Back (Traction).", "Low Back", "No publisher"),
        (ON_MTUS + "ACOEM Chapter 12 Low Back Complaints Page(s): 304-303.", "Low Back Complaints", "backwards"),
        (ON_MTUS + "Chronic Pain Treatment Guidelines Page(s): 304.", "Chronic Pain Treatment Guidelines", "(not confirmed)"),
        (ON_MTUS + "Low Back Disorders 2020, Page(s): 304.", "Low Back Disorders", "which has pages 1-268"),
        ("see the shoulder chapter", "see the shoulder chapter", "usual sentences"),
    ],
)  # fmt: skip
def test_tells_what_is_doubtful(text: str, title: str, words: str) -> None:
    reading = read_guideline(text)
    assert reading.guideline.citations[0].title == title
    assert any(words in problem for problem in reading.problems)


@pytest.mark.parametrize("text", [ON_MTUS + ".", OUTSIDE, ON_MTUS.strip()])
def test_a_sentence_without_its_source_is_told(text: str) -> None:
    assert read_guideline(text).guideline.citations == ()
    assert len(read_guideline(text).problems) == 1


CHAPTER_12 = "ACOEM Chapter 12 Low Back Complaints Page(s): 303"


@pytest.mark.parametrize(
    ("text", "cited", "prose"),
    [
        (
            f"{ON_MTUS}{CHAPTER_12}. Typing now fast in the rationale.",
            [mtus("Low Back Complaints", chapter="12", pages="303")],
            ["Typing now fast in the rationale"],
        ),
        (
            f"{ON_MTUS}{CHAPTER_12}. The guideline, page 12, says so. and more, or less.",
            [mtus("Low Back Complaints", chapter="12", pages="303")],
            ["The guideline, page 12, says so", "and more, or less"],
        ),
        (
            f"{ON_MTUS}Low Back Complaints 2004. The Chronic Pain Treatment Guidelines do not apply.",
            [mtus("Low Back Complaints", "2004")],
            ["The Chronic Pain Treatment Guidelines do not apply"],
        ),
        (
            f"{ON_MTUS}Knee Complaints 2004, Section(s): Initial Care. Words. Summary. {OUTSIDE}"
            "ODG Neck Chapter, Massage. Typing now.",
            [mtus("Knee Complaints", "2004", "Initial Care", "Summary"), odg("Neck & Upper Back", "Massage")],
            ["Words", "Typing now"],
        ),
        (
            f"{ON_MTUS}Low Back Complaints 2004. Page(s): 303. And Knee Complaints 2004. Summary.",
            [mtus("Low Back Complaints", "2004", pages="303"), mtus("Knee Complaints", "2004", "Summary")],
            [],
        ),
        (
            f"{OUTSIDE}ODG Neck Chapter. Weaving. Elbow Chapter, Splints.",
            [odg("Neck & Upper Back", "Weaving"), odg("Elbow", "Splints")],
            [],
        ),
    ],
)  # fmt: skip
def test_a_sentence_behind_the_full_stop_is_no_section(
    text: str, cited: list[Citation], prose: list[str]
) -> None:
    reading = read_guideline(text)
    assert said(reading.guideline.citations) == cited
    assert reading.problems == tuple(f"“{words}” is no part of a citation." for words in prose)
    assert reading.guideline.text == text


def test_a_misread_fixed_sentence_is_told() -> None:
    reading = read_guideline(
        "The Expert Reviewer dld not clte any medlcal evidence for its decislon."
    )
    assert reading.guideline.basis is Basis.NONE
    assert len(reading.problems) == 1


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("MTUS ACOEM Chapter 9 page 209", mtus("Shoulder Complaints", chapter="9", pages="209")),
        ("acoem ch. 9 p. 209", mtus("Shoulder Complaints", chapter="9", pages="209")),
        ("MTUS: Knee Complaints 2004", mtus("Knee Complaints", "2004")),
        ("ODG knee chapter, braces", odg("Knee & Leg", "braces")),
    ],
)
def test_reads_a_pasted_reference(pasted: str, expected: Citation) -> None:
    citations, problems = read_reference(pasted)
    assert said(citations) == [expected]
    assert problems == ()


SCRAPS = [
    "Decision based on MTUS", "Decision based on Non-MTUS Citation", "ACOEM Chapter", "12", "2004",
    "Low Back Complaints", "Section(s):", "Page(s):", "303-4", ", and", "ODG", "(", ")", ";", ".",
    "Chronic Pain Treatment Guidelines", "www.x-", "Other Medical Treatment Guidelines", "chapter",
]  # fmt: skip


@given(st.text(max_size=200) | st.lists(st.sampled_from(SCRAPS), max_size=12).map(" ".join))
def test_never_raises_and_keeps_the_text(text: str) -> None:
    reading = read_guideline(text)
    assert "".join(reading.guideline.text.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "scrap", [", 2004 and ", "ODG ", "; ", "Guidelines ", "www.a-b ", "(", "Chapter 12 ", "Aa, "]
)
def test_a_runaway_field_is_read_in_bounded_time(scrap: str) -> None:
    text = ON_MTUS + scrap * (400_000 // len(scrap))
    started = time.process_time()
    read_guideline(text)
    assert time.process_time() - started < 3.0
