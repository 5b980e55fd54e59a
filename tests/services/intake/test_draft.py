"""What the sources say together: each value once, the rest offered; what differs is told first."""

from __future__ import annotations

from datetime import date

import pytest

from app.evidence import Evidence, Place
from app.letter import FieldId, Header, Letter
from app.services.intake.draft import draft_of, fill
from app.services.intake.identity import Agreement, agreement
from app.services.intake.values import (
    Application,
    Fact,
    Facts,
    ItemLine,
    ReviewedItem,
    SourceKind,
    Told,
    UrDecision,
    Verdict,
)

PLACE = Place(1, ((0.1, 0.1, 0.2, 0.2),))


def told(**values: str | date) -> Facts:
    return {
        Fact[name.upper()]: Told(value=value, evidence=Evidence(places=(PLACE,), text=str(value)))
        for name, value in values.items()
    }


APPLICATION = Application(
    facts=told(
        employee="Ada M Pike", claim_number="AP-778-19", date_of_injury=date(2019, 3, 4),
        ur_decided=date(2021, 6, 7), provider="Jo Tran MD", administrator="Bay Comp", priority="Expedited",
    ),
    items=(
        ItemLine(title="Lyrica 75 mg #60", places=(PLACE,)),
        ItemLine(title="Knee brace", places=(PLACE,)),
        ItemLine(title="Functional capacity evaluation", places=(PLACE,)),
    ),
    is_signed=True,
)  # fmt: skip
DECISION = UrDecision(
    facts=told(
        employee="PIKE, ADA", claim_number="AP77819", date_of_injury=date(2019, 3, 4),
        rfa_signed=date(2021, 6, 1), rfa_received=date(2021, 6, 2), ur_decided=date(2021, 6, 8),
        ur_served=date(2021, 6, 9), provider="Josephine Tran, M.D.",
    ),
    items=(
        ReviewedItem(title="Pregabalin 75 mg #60", verdict=Verdict.MODIFIED, approved="#30", places=(PLACE,),
                     guideline="MTUS Chronic Pain Medical Treatment Guidelines, Opioids, page 78"),
        ReviewedItem(title="Hinged knee brace", verdict=Verdict.APPROVED, places=(PLACE,)),
        ReviewedItem(title="MRI of the left knee", verdict=Verdict.DENIED, places=(PLACE,)),
        ReviewedItem(title="Acupuncture x 6", verdict=Verdict.CONDITIONAL, places=(PLACE,)),
        ReviewedItem(title="Massage", verdict=Verdict.NONE, places=(PLACE,)),
    ),
)  # fmt: skip


def test_each_fact_once_with_its_document_and_page() -> None:
    draft = draft_of(APPLICATION, DECISION)
    assert not draft.different
    rows = {row.fact: row for row in draft.rows}
    assert rows[Fact.EMPLOYEE].source == "application, page 1"
    assert rows[Fact.RFA_RECEIVED].value == "06/02/2021"
    assert rows[Fact.UR_DECIDED].source == "UR decision, page 1"
    assert "06/07/2021" in rows[Fact.UR_DECIDED].doubts[0]
    filled = fill(draft, (), files={SourceKind.APPLICATION: "abc"})
    assert filled.letter.header.ur_denial_date == date(2021, 6, 8)
    assert filled.letter.header.priority == "Expedited"
    assert filled.letter.cover.copies_to == "Bay Comp"
    seen = filled.evidence[FieldId("header.ur_denial_date")]
    assert seen.others == ("06/07/2021", "06/09/2021")
    assert seen.places == ()
    (place,) = filled.evidence[FieldId("cover.employee")].places
    assert (place.file, place.boxes) == ("abc", PLACE.boxes)


def test_what_stands_on_no_form_is_never_guessed() -> None:
    facts = APPLICATION.facts | told(faxed=date(2021, 6, 20))
    filled = fill(draft_of(Application(facts=facts), DECISION), ())
    header = filled.letter.header
    assert (header.case_number, header.date_assigned, header.application_received) == (
        "",
        None,
        None,
    )
    assert header.decision_date is None
    received = filled.evidence[FieldId("header.application_received")]
    assert received.others == ("06/20/2021",)
    assert "notice of assignment" in (received.doubt or "")


def test_denied_and_modified_items_are_on_the_others_stay_visible() -> None:
    items = draft_of(APPLICATION, DECISION).items
    assert [(item.title, item.is_on) for item in items] == [
        ("Pregabalin 75 mg #60", True),
        ("Hinged knee brace", False),
        ("MRI of the left knee", True),
        ("Acupuncture x 6", False),
        ("Massage", False),
        ("Functional capacity evaluation", True),
    ]
    assert "want of information" in items[3].warning
    assert items[0].spellings == ("Lyrica 75 mg #60",)
    assert any("did not deny" in words for words in items[1].doubts)
    assert any("does not list" in words for words in items[2].doubts)
    assert any("no such item" in words for words in items[5].doubts)


def test_chosen_items_become_the_letter_s_with_the_guideline() -> None:
    draft = draft_of(APPLICATION, DECISION)
    letter = fill(draft, (0, 2)).letter
    first, second = letter.issues
    assert first.request is not None
    assert (first.request.original, first.request.authorized) == ("Pregabalin 75 mg #60", "#30")
    assert first.claims_administrator_guideline.text.startswith(
        "Decision based on MTUS Chronic Pain"
    )
    assert second.request is None
    evidence = fill(draft, (0, 2)).evidence
    missing = evidence[FieldId("issue.claims_administrator_guideline", second.id)]
    assert "did not cite any medical evidence" in missing.others[0]
    assert letter.cover.disputed_items.splitlines()[0] == "Lyrica 75 mg #60"


def test_what_the_letter_has_already_stays() -> None:
    begun = Letter(header=Header(priority="Standard"))
    filled = fill(draft_of(APPLICATION, None), (), begun)
    assert filled.letter.header.priority == "Standard"
    assert FieldId("header.priority") not in filled.evidence


def test_an_item_that_the_letter_has_already_is_off_with_the_reason() -> None:
    draft = draft_of(APPLICATION, DECISION)
    on = [number for number, item in enumerate(draft.items) if item.is_on]
    begun = fill(draft, on[:1]).letter
    again = draft_of(APPLICATION, DECISION, at_hand=begun).items
    assert [number for number, item in enumerate(again) if item.is_on] == on[1:]
    assert "The letter has it already, as its item 1." in again[on[0]].doubts


def test_another_patient_is_told_against_either_source_and_the_letter_at_hand() -> None:
    other = UrDecision(
        facts=told(employee="Ben Oak", claim_number="ZZ-1", date_of_injury=date(2019, 3, 4))
    )
    draft = draft_of(APPLICATION, other)
    assert [one.fact for one in draft.different] == [Fact.EMPLOYEE, Fact.CLAIM_NUMBER]
    at_hand = Letter(header=Header(date_of_injury=date(2001, 1, 1)))
    (one,) = draft_of(APPLICATION, None, at_hand).different
    assert "the letter says 01/01/2001" in one.words


SAME, NEARLY, ANOTHER = Agreement.SAME, Agreement.NEARLY, Agreement.ANOTHER


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ada M. Pike", "Pike, Ada", SAME),
        ("ADA PIKE", "Ada Pike", SAME),
        ("Mr. José Núñez", "Jose Nunez", SAME),
        ("Maria del Carmen Ortiz", "Maria Ortiz", SAME),
        ("Catherine Pike", "Katherine Pike", NEARLY),
        ("Ann-Marie Voss", "Annmarie Voss", NEARLY),
        ("A. Pike", "Ada Pike", SAME),
        ("Ada Pike", "Ben Pike", ANOTHER),
        ("Ada Pike", "Ada Stone", ANOTHER),
        ("B. Pike", "Ada Pike", NEARLY),
    ],
)
def test_names_that_are_told_otherwise(one: str, other: str, expected: Agreement) -> None:
    assert agreement(Fact.EMPLOYEE, one, other) is expected
    assert agreement(Fact.EMPLOYEE, other, one) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("WC-2291-00417", "WC229100417", SAME),
        ("0098123", "98123", SAME),
        ("30177452201-0001", "30177452201", NEARLY),
        ("AB-12", "AB-12-99", ANOTHER),
        ("7731945", "7731954", ANOTHER),
    ],
)
def test_claims_that_are_told_otherwise(one: str, other: str, expected: Agreement) -> None:
    assert agreement(Fact.CLAIM_NUMBER, one, other) is expected
