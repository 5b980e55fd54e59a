"""The JSON contract: what goes out comes back whole."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.evidence import Doubt, Evidence, ParseResult, Place
from app.letter import Basis, Cover, FieldId, Letter, Patient, Request, Reviewer, SummaryFacts
from app.services.interchange import decode, encode, encode_letter, printed_texts
from tests.budget import examples
from tests.ui.made_letters import letter

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def _renumbered(made: Letter) -> Letter:
    from msgspec.structs import replace

    issues = tuple(replace(issue, id=n) for n, issue in enumerate(made.issues, 1))
    return replace(made, issues=issues, issues_made=len(issues))


@settings(max_examples=examples(60), deadline=None)
@given(TEXT, TEXT, TEXT, st.lists(TEXT, max_size=3), st.integers(0, 4))
def test_a_letter_comes_back(one: str, two: str, three: str, names: list[str], count: int) -> None:
    from msgspec.structs import replace

    made = letter(issues=count)
    if made.issues:
        first = replace(made.issues[0], request=Request(original=one or "x"), rationale=two)
        made = replace(made, issues=(first, *made.issues[1:]))
    distinct = tuple(dict.fromkeys(names))
    made = replace(
        made,
        clinical_summary=three,
        patient=Patient(age=50, sex="male"),
        summary_facts=SummaryFacts(diagnoses=one),
        cover=Cover(employee=two, documents_reviewed=three),
        reviewer=Reviewer(
            licensure=distinct, specialties=distinct[:1], subspecialties=distinct[1:]
        ),
    )
    assert decode(encode_letter(made)) == _renumbered(made)


def test_evidence_is_told_by_place_in_the_list_not_by_id() -> None:
    from msgspec.structs import replace

    made = letter()
    made = replace(made, issues=tuple(reversed(made.issues)))
    seen = Evidence(
        places=(Place(2, ((0.1, 0.2, 0.3, 0.4),)),),
        text="x",
        rule="r",
        doubts=(Doubt(words="why"),),
    )
    result = ParseResult(
        letter=made,
        evidence={FieldId("issue.title", 1): seen, FieldId("issue.title", 99): seen},
        layout="maximus-2016",
        pages=2,
    )
    said = json.loads(encode(result, "a.pdf"))
    assert list(said["evidence"]) == ["issues.0.title"]
    assert said["evidence"]["issues.0.title"]["page"] == 2
    assert said["evidence"]["issues.0.title"]["boxes"] == [[0.1, 0.2, 0.3, 0.4]]
    assert said["evidence"]["issues.0.title"]["doubt"] == "why"


def test_specialties_hold_the_subspecialties_for_those_who_do_not_know_them() -> None:
    from msgspec.structs import replace

    made = replace(
        letter(), reviewer=Reviewer(specialties=("Neurology",), subspecialties=("Pain Management",))
    )
    said = json.loads(encode_letter(made))
    assert said["reviewer"]["specialties"] == ["Neurology", "Pain Management"]


@pytest.mark.parametrize("data", [b"", b"[]", b"nonsense", b'{"layout": "x"}', b'{"schema": 2}'])
def test_what_is_no_letter_is_told(data: bytes) -> None:
    with pytest.raises(UserError):
        decode(data)


def test_texts_as_printed_come_back_by_the_ids_of_the_letter_that_does() -> None:
    made = letter()
    texts = {FieldId("clinical_summary"): "One.  Two.\f", FieldId("issue.title", 1): "A  title"}
    result = ParseResult(
        letter=made,
        evidence={field: Evidence(text=text) for field, text in texts.items()},
        layout="maximus-2016",
    )
    data = encode(result, "a.pdf")
    back = decode(data)
    place = [issue.id for issue in made.issues].index(1)
    assert printed_texts(data) == {
        FieldId("clinical_summary"): "One.  Two.\f",
        FieldId("issue.title", back.issues[place].id): "A  title",
    }


@pytest.mark.parametrize("data", [
    b"{}", b"[]", b"no", b'{"evidence": 1}', b'{"evidence": {"issues.x.title": {"text": "a"}}}',
    b'{"evidence": {"issues": {"text": "a"}, "header.case_number": {"page": 1}}}',
])  # fmt: skip
def test_no_texts_where_there_is_no_evidence(data: bytes) -> None:
    assert printed_texts(data) == {}


def test_a_guideline_given_as_its_sentences_is_read_as_in_a_pdf() -> None:
    sentence = "Decision based on MTUS  Low Back Complaints 2004, page(s) 303-304."
    said = {
        "schema": 1,
        "issues": [
            {
                "maximus_guideline": {"text": sentence},
                "claims_administrator_guideline": {
                    "text": "The Claims Administrator did not cite any medical evidence for its decision."
                },
            }
        ],
    }
    (issue,) = decode(json.dumps(said).encode()).issues
    assert issue.maximus_guideline.text == sentence
    assert issue.maximus_guideline.basis is Basis.MTUS
    assert [citation.edition for citation in issue.maximus_guideline.citations] == ["2004"]
    assert issue.claims_administrator_guideline.basis is Basis.NONE
    assert issue.claims_administrator_guideline.citations == ()


def test_citations_that_are_given_are_kept() -> None:
    given = {"source": "ODG", "title": "Low Back", "text": "as printed"}
    said = {
        "schema": 1,
        "issues": [
            {
                "maximus_guideline": {
                    "text": "Decision based on MTUS Knee Complaints.",
                    "basis": "outside",
                    "citations": [given],
                }
            }
        ],
    }
    (issue,) = decode(json.dumps(said).encode()).issues
    assert [citation.title for citation in issue.maximus_guideline.citations] == ["Low Back"]
