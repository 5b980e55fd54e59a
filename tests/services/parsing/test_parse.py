"""Rows of a letter in, fields and doubts out."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from app.letter import Decision, FieldId
from app.services.language.dates import read_date
from app.services.parsing import parse
from app.services.parsing.reviewer import read_list
from tests.services.parsing.factories import (
    LEAD,
    SUMMARY,
    TOP,
    doubt,
    issue_of,
    letter_of,
    page_of,
    text_of,
)

TITLE, DECISION = FieldId("issue.title", 0), FieldId("issue.decision", 0)


def test_a_clean_letter_has_no_doubts() -> None:
    result = parse(letter_of())
    assert {key.key: seen.doubt for key, seen in result.evidence.items() if seen.doubt} == {}
    assert result.layout == "maximus-2016"
    assert result.letter.header.application_received == date(2016, 10, 17)
    assert result.letter.issues_made == 1


@pytest.mark.parametrize(
    ("row", "title", "decision"),
    [
        ("*X-ray:* Upheld", "X-ray", Decision.UPHELD),
        ("*X-ray:* Overturned", "X-ray", Decision.OVERTURNED),
        ("X-RAY: UPHELD", "X-RAY", Decision.UPHELD),
        ("*Norco #60, DOS: 11/11/2016:* Upheld", "Norco #60, DOS: 11/11/2016", Decision.UPHELD),
        ("*Labs to include: EKG:* Overturned", "Labs to include: EKG", Decision.OVERTURNED),
        ("*Walker is:* Upheld", "Walker is", Decision.UPHELD),
        ("*Walker :* Upheld.", "Walker", Decision.UPHELD),
    ],
)
def test_title_and_decision(row: str, title: str, decision: Decision) -> None:
    issue = parse(letter_of(issue_of(row))).letter.issues[0]
    assert (issue.title, issue.decision) == (title, decision)


@pytest.mark.parametrize(
    ("row", "decision", "says"),
    [
        ("*X-ray of the knee:* Uphe1d", Decision.UPHELD, "printed as"),
        ("*X-ray of the knee:* Overtumed", Decision.OVERTURNED, "printed as"),
        ("*X-ray of the knee:*", None, "No decision"),
        ("*X-ray of the knee:* Modified", None, "No decision"),
    ],
)
def test_doubtful_decisions(row: str, decision: Decision | None, says: str) -> None:
    result = parse(letter_of(issue_of(row)))
    assert result.letter.issues[0].decision == decision
    assert result.letter.issues[0].title == "X-ray of the knee"
    assert says in doubt(result, "issue.decision", 0)


def test_decision_on_its_own_row_and_title_over_a_page() -> None:
    more = ["The records say more about this."] * 20
    first = [*TOP, *SUMMARY, *more, *LEAD, "*Electromyography and nerve conduction study of the*"]
    rest = list(issue_of("*bilateral lower extremities:*"))
    rest[1:1] = ["Upheld"]
    result = parse(text_of(first, rest))
    assert result.letter.issues[0].title == (
        "Electromyography and nerve conduction study of the bilateral lower extremities"
    )
    assert result.letter.issues[0].decision is Decision.UPHELD
    assert [place.page for place in result.evidence[TITLE].places] == [1, 2]
    assert result.evidence[TITLE].doubt is None


def test_request_of_a_partial_approval() -> None:
    title = (
        "*Therapy, 12 visits was the original request. Therapy, 4 visits was authorized by the Claims "
        "Administrator. The remaining IMR eligible portion of the original request, Therapy, 8 visits is:* Upheld"
    )
    request = parse(letter_of(issue_of(title))).letter.issues[0].request
    assert request is not None
    assert (request.original, request.authorized, request.in_dispute) == (
        "Therapy, 12 visits",
        "Therapy, 4 visits",
        "Therapy, 8 visits",
    )


def test_request_with_something_else_approved() -> None:
    title = (
        "*Knee brace was the original request. The Claims Administrator authorized a sleeve, leaving the "
        "original request IMR eligible. The original request, knee brace is:* Upheld"
    )
    request = parse(letter_of(issue_of(title))).letter.issues[0].request
    assert request is not None
    assert (request.original, request.authorized, request.in_dispute) == (
        "Knee brace",
        "a sleeve",
        "knee brace",
    )


@pytest.mark.parametrize(
    "lost", ["Claims Administrator guideline:", "MAXIMUS guideline:", "Decision rationale:"]
)
def test_a_lost_label_is_told(lost: str) -> None:
    rows = [row.replace(f"*{lost}* ", "") for row in issue_of()]
    result = parse(letter_of(rows))
    told = [seen.doubt for seen in result.evidence.values() if seen.doubt]
    assert any("label" in why for why in told)


def test_a_misspelt_label_still_parts_the_fields() -> None:
    rows = [
        row.replace("Claims Administrator guideline:", "Claims Adminstrator guidelne:")
        for row in issue_of()
    ]
    result = parse(letter_of(rows))
    assert result.letter.issues[0].claims_administrator_guideline.text.startswith("Decision based")
    assert "printed as" in doubt(result, "issue.claims_administrator_guideline", 0)


@pytest.mark.parametrize(
    ("rationale", "says"),
    [
        ("No red flag is documented. The request is not medically necessary.", ""),
        ("The request is not medically necessary. Walker, heavy duty", "title may be part"),
    ],
)
def test_merged_issues_are_told(rationale: str, says: str) -> None:
    second = list(issue_of(""))[1:]
    result = parse(letter_of(issue_of(rationale=rationale), second))
    assert len(result.letter.issues) == 2
    assert "No title" in doubt(result, "issue.title", 1)
    assert says in doubt(result, "issue.rationale", 0)
    assert bool(says) == bool(doubt(result, "issue.rationale", 0))


def test_injury_dates_that_differ_are_doubted_on_both_sides() -> None:
    summary = ("The injured worker is a 47-year-old female injured on 03/18/2016.",)
    result = parse(letter_of(summary=summary))
    for name in ("header.date_of_injury", "patient.date_of_injury"):
        assert "03/18/2016" in doubt(result, name)
        assert "03/08/2016" in doubt(result, name)


@pytest.mark.parametrize(
    ("printed", "instead", "field", "says"),
    [
        ("10/20/2016", "10/02/2016", "header.date_assigned", "after"),
        ("11/18/2016", "11/19/2016", "header.decision_date", "Saturday"),
        ("11/18/2016", "11/81/2016", "header.decision_date", "no such day"),
        ("CM16-0200009", "CM16-0020009", "header.case_number", "given out"),
        ("CM16-0200009", "CM61-0200009", "header.case_number", "does not fit"),
        ("CM16-0200009", "CM16-020000", "header.case_number", "case number"),
        ("Standard", "Standart", "header.priority", "printed as"),
        ("10/07/2016", "1O/07/2016", "header.ur_denial_date", "letters"),
        ("California", "Californa", "reviewer.licensure", "may be meant"),
        ("Family Practice", "Family Practicea", "reviewer.specialties", "may be meant"),
        ("Date Assigned:", "Date Asigned:", "header.date_assigned", "label"),
    ],
)
def test_injected_errors_are_doubted(printed: str, instead: str, field: str, says: str) -> None:
    rows = [row.replace(printed, instead) for row in (*TOP, *SUMMARY, *LEAD, *issue_of())]
    assert says in doubt(parse(text_of(rows)), field)


def test_the_file_name_is_held_against_the_case_number() -> None:
    assert "file is named" in doubt(parse(letter_of(name="CM16-0200090")), "header.case_number")
    assert doubt(parse(letter_of(name="CM16-0200009")), "header.case_number") == ""


@pytest.mark.parametrize(
    "heading", ["*CLINICAL CASE SUMMARY*", "*IMR ISSUES, DECISIONS AND RATIONALES*"]
)
def test_a_lost_heading_is_told_and_costs_nothing(heading: str) -> None:
    rows = [row for row in (*TOP, *SUMMARY, *LEAD, *issue_of()) if row != heading]
    result = parse(text_of(rows))
    assert result.letter.clinical_summary == SUMMARY[0]
    assert doubt(result, "clinical_summary") == ""
    assert "heading" in result.notes[0]


@pytest.mark.parametrize(
    ("sentence", "age", "sex"),
    [
        ("The injured worker is a 56 year old male.", 56, "male"),
        ("This case involves a now 36-year-old female with pain.", 36, "female"),
        ("The applicant is a fifty-three year old man.", 53, "male"),
        ("The patient is a 61 y/o right-handed woman.", 61, "female"),
        ("The claimant, aged 44, is a male painter.", 44, "male"),
        ("A 48-year-old applicant, male, fell.", 48, "male"),
        ("The injured worker is a male with pain.", None, "male"),
        ("She has a 5-year-old daughter.", None, "female"),
    ],
)
def test_age_and_sex(sentence: str, age: int | None, sex: str | None) -> None:
    patient = parse(letter_of(summary=(sentence,))).letter.patient
    assert (patient.age, patient.sex) == (age, sex)


def test_two_ages_are_doubted() -> None:
    summary = ("The patient is a 45-year-old male. The note calls him a 54 year old male.",)
    assert "different ages" in doubt(parse(letter_of(summary=summary)), "patient.age")


@pytest.mark.parametrize(
    ("printed", "value", "mended"),
    [
        ("9/26/2013", date(2013, 9, 26), False),
        ("09-26-13", date(2013, 9, 26), False),
        ("6/19/97", date(1997, 6, 19), False),
        ("September 26, 2013", date(2013, 9, 26), False),
        ("Sept. 26th, 2013", date(2013, 9, 26), False),
        ("O9/26/2Ol3", date(2013, 9, 26), True),
        ("02/30/2013", None, False),
    ],
)
def test_dates(printed: str, value: date | None, mended: bool) -> None:
    found = read_date(f"on {printed} he fell")
    assert found is not None
    assert (found.text, found.value, found.mended) == (printed, value, mended)


@pytest.mark.parametrize(
    ("sentence", "specialties", "subspecialties", "states"),
    [
        (
            "is Board Certified in Internal Medicine and is licensed to practice in California, Florida, and New York.",
            ("Internal Medicine",), (), ("California", "Florida", "New York"),
        ),
        (
            "is a Doctor of Chiropractic, has a subspecialty in Chiropractic Sports Medicine and is licensed to practice in Iowa.",
            ("Doctor of Chiropractic",), ("Chiropractic Sports Medicine",), ("Iowa",),
        ),
        (
            "is a licensed Psychologist, has a subspecialty in Pain Management and is licensed to practice in District of Columbia.",
            ("licensed Psychologist",), ("Pain Management",), ("District of Columbia",),
        ),
        (
            "is licensed in Acupuncture and is licensed to practice in California.",
            ("Acupuncture",), (), ("California",),
        ),
    ],
)  # fmt: skip
def test_credentials_in_a_sentence(
    sentence: str,
    specialties: tuple[str, ...],
    subspecialties: tuple[str, ...],
    states: tuple[str, ...],
) -> None:
    block = [
        row for row in TOP if not row.startswith(("The Expert Reviewer has", "State(s)", "Cert"))
    ]
    at = next(n for n, row in enumerate(block) if row.startswith("MAXIMUS Federal")) + 1
    words = f"The expert reviewer {sentence} He/she has been in active practice.".split()
    block[at:at] = [" ".join(words[n : n + 10]) for n in range(0, len(words), 10)]
    result = parse(text_of([*block, *SUMMARY, *LEAD, *issue_of()]))
    reviewer = result.letter.reviewer
    assert (reviewer.specialties, reviewer.subspecialties) == (specialties, subspecialties)
    assert reviewer.licensure == states
    assert [key.key for key, seen in result.evidence.items() if seen.doubt] == []


@pytest.mark.parametrize(
    ("vocabulary", "text", "values"),
    [
        ("states", "California,North Carolina", ("California", "North Carolina")),
        ("states", "Texas and New York", ("Texas", "New York")),
        ("states", "CA, NY", ("California", "New York")),
        ("states", "Washington, D.C., Texas", ("District of Columbia", "Texas")),
        ("states", "NEVADA / Guam & Ohio", ("NEVADA", "Guam", "Ohio")),
        (
            "specialties",
            "Physical Medicine and Rehabilitation, Pain Management",
            ("Physical Medicine and Rehabilitation", "Pain Management"),
        ),
        ("specialties", "Hospice & Palliative Medicine", ("Hospice & Palliative Medicine",)),
    ],
)
def test_lists(vocabulary: str, text: str, values: tuple[str, ...]) -> None:
    assert read_list(vocabulary, text) == (values, {})


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (("request for x-", "rays of C6-", "7."), "request for x-rays of C6-7."),
        (("see https://example.org/a-", "b for more."), "see https://example.org/a-b for more."),
        (("pre-", "and post-operative care."), "pre- and post-operative care."),
        (("soft\u00ad", "ware."), "software."),
        (("zero\u200bwidth \u202eand\u202c marks.",), "zerowidth and marks."),
    ],
)
def test_words_over_rows(rows: tuple[str, ...], text: str) -> None:
    assert parse(letter_of(summary=rows)).letter.clinical_summary == text


def test_paragraphs_are_parted_by_one_newline() -> None:
    summary = ("First paragraph here.", "", "Second one,", "going on.")
    assert parse(letter_of(summary=summary)).letter.clinical_summary == (
        "First paragraph here.\nSecond one, going on."
    )


def test_page_headers_and_footers_are_left_out() -> None:
    long = ["The records say more about this."] * 20
    first = page_of(["Review CM16-0200009 page 1 of 2"], top=0.03).words
    second = page_of(["Review CM16-0200009 page 2 of 2"], top=0.03).words
    text = text_of([*TOP, *long], [*long, *LEAD, *issue_of()])
    pages = tuple(
        page.with_words([*extra, *(replace(word, line=word.line + 1) for word in page.words)])
        for page, extra in zip(text.pages, (first, second), strict=True)
    )
    result = parse(type(text)(pages=pages, has_text=True))
    assert "page" not in result.letter.clinical_summary
    assert result.letter.issues[0].decision is Decision.UPHELD


def test_the_second_letter_of_a_file_is_noted() -> None:
    one = [*TOP, *SUMMARY, *LEAD, *issue_of()]
    other = [row.replace("CM16-0200009", "CM16-0200010") for row in one]
    result = parse(text_of(one, other))
    assert result.letter.header.case_number == "CM16-0200009"
    assert len(result.letter.issues) == 1
    assert "from page 2" in result.notes[0]


def test_a_letter_that_names_the_form_of_another_is_one_letter() -> None:
    told = "He had a Notice of Independent Medical Review before."
    one = [*TOP, *SUMMARY, *["The records say more about this."] * 26]
    two = [*LEAD, *issue_of(), told, told]
    result = parse(text_of(one, two))
    assert result.notes == ()
    assert result.letter.issues[0].rationale.endswith(told)


def test_misread_fixed_wording_doubts_the_free_text() -> None:
    rows = [
        row.replace("complete case file", "cornplete case fi1e")
        for row in (*TOP, *SUMMARY, *LEAD, *issue_of())
    ]
    result = parse(text_of(rows))
    assert "misread" in doubt(result, "issue.title", 0)
    assert "misread" in doubt(result, "header.decision_date")


def test_a_scan_says_so() -> None:
    result = parse(text_of([], []))
    assert result.layout == "unknown"
    assert "no text" in result.notes[0]
    assert result.pages == 2


def test_text_that_breaks_off_is_doubted() -> None:
    result = parse(letter_of(issue_of(rationale="The records do not show that the")))
    assert "breaks off" in doubt(result, "issue.rationale", 0)
