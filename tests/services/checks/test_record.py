"""The letter against the record it was written from: told where it differs, silent where it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace

from app.letter import Decision, Guideline, Header, Issue, Letter, Patient
from app.services.casefile.record import CaseRecord
from app.services.casefile.values import Document, DocumentKind, PageText
from app.services.checks import CheckContext, Finding, check
from app.services.intake.values import ReviewedItem, Verdict
from app.services.store import Store
from app.services.store.case_files import CaseFiles
from tests.services.store.conftest import database, store
from tests.services.store.letters import put

__all__ = ["database", "store"]

NOTE = """PROGRESS REPORT
Patient: Rowan Tate\tD.O.B.: 02/17/1968\tDate of Injury: 05/14/2013
He completed eight visits of physical therapy last fall with little relief of pain.
On examination the right knee has a positive McMurray sign and an effusion.
Straight leg raise is positive on the right; there is decreased sensation in the right L5 dermatome.
The lumbar MRI shows a disc protrusion at L4-L5.
He reports spasticity of the calf at night.
Urine drug screen was performed and was consistent with what is prescribed."""
THERAPY = "PHYSICAL THERAPY DAILY NOTE\nVisit # 9 of 12\nS: less stiff this week."
UR = "UTILIZATION REVIEW DETERMINATION\nDecision date: 03/15/2016\nThe request is denied."


def _record(store: Store, reviewed: Sequence[ReviewedItem] = (), *, scans: int = 0) -> CaseRecord:
    case_id = put(store)
    files = CaseFiles(store)
    file, _ = files.add(case_id, b"%PDF- all of it", "all.pdf", pages=3 + scans)
    texts = [NOTE, THERAPY, UR, *[""] * scans]
    files.put_pages(
        file.id,
        [PageText(page=at, text=text, has_text=bool(text)) for at, text in enumerate(texts, 1)],
    )
    kinds = [
        (DocumentKind.RECORDS, "Progress report", date(2016, 2, 3)),
        (DocumentKind.RECORDS, "Physical therapy note", date(2015, 11, 2)),
        (DocumentKind.UR_DECISION, "UR determination", date(2016, 3, 15)),
    ]
    files.end_reading(
        file.id,
        [
            Document(
                first_page=at, last_page=at, kind=kind, name=name, first_date=day, last_date=day
            )
            for at, (kind, name, day) in enumerate(kinds, 1)
        ],
    )
    return CaseRecord(files, case_id, tuple(reviewed))


def _letter(rationale: str = "", title: str = "MRI of the right knee", **patient: int) -> Letter:
    return Letter(
        header=Header(
            date_of_injury=date(2013, 5, 14),
            ur_denial_date=date(2016, 3, 15),
            decision_date=date(2016, 5, 2),
        ),
        patient=Patient(age=48, **patient),
        clinical_summary="The injured worker has pain in the right knee and the low back.",
        issues=(Issue(id=1, title=title, decision=Decision.UPHELD, rationale=rationale),),
        issues_made=1,
    )


def _found(letter: Letter, record: CaseRecord) -> dict[str, Finding]:
    findings = check(letter, CheckContext(record=record))
    return {one.rule: one for one in findings if one.rule.startswith("record-")}


@pytest.mark.parametrize(
    "rationale",
    [
        "There is no documentation of a positive McMurray test. The request is not necessary.",
        "The records do not document any physical therapy. The request is not necessary.",
        "There is no evidence of a urine drug screen in the records. It is not necessary.",
        "The submitted documentation does not show decreased sensation. It is not necessary.",
        "An effusion is not documented. The request is not necessary.",
        "There was no mention of spasticity or lifting. No record of spasticity. It is not necessary.",
    ],
)
def test_what_is_said_to_be_nowhere_is_found_and_shown(store: Store, rationale: str) -> None:
    found = _found(_letter(rationale), _record(store))
    assert found
    assert found.keys() <= {"record-claim", "record-named"}
    finding = next(iter(found.values()))
    quote = finding.quotes[1]
    assert (quote.page, quote.where) == (1, "Progress report, 02/03/2016, page 1")
    assert quote.file
    assert "Progress report, 02/03/2016, page 1" in finding.sentence


def test_what_is_nowhere_is_told_as_looked_for(store: Store) -> None:
    letter = _letter("There is no documentation of acupuncture. The request is not necessary.")
    (finding,) = _found(letter, _record(store, scans=2)).values()
    assert finding.rule == "record-searched"
    assert "2 pages have no text" in finding.sentence


def test_a_letter_that_agrees_with_its_record_is_left_alone(store: Store) -> None:
    letter = _letter("The effusion and the positive McMurray sign support it. It is necessary.")
    assert _found(letter, _record(store)) == {}


def test_days_and_age_are_compared(store: Store) -> None:
    letter = _letter()
    header = replace(
        letter.header, date_of_injury=date(2012, 5, 14), ur_denial_date=date(2016, 3, 18)
    )
    letter = replace(letter, header=header, patient=Patient(age=58))
    found = _found(letter, _record(store))
    assert {rule: found[rule].values for rule in found} == {
        "record-injury": ("05/14/2012", "05/14/2013"),
        "record-ur-day": ("03/18/2016", "03/15/2016"),
        "record-age": ("58", "48 by the birth date"),
    }
    assert "Progress report" in found["record-injury"].sentence


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("MRI of the left knee", "record-side"),
        ("Epidural steroid injection at L2-L3", "record-level"),
        ("MRI of the right knee", None),
        ("Epidural steroid injection at L4-L5", None),
        ("Epidural steroid injection, C5-C6", None),
        ("Bilateral knee braces", None),
    ],
)
def test_side_and_level_are_compared(store: Store, title: str, rule: str | None) -> None:
    assert list(_found(_letter(title=title), _record(store))) == ([rule] if rule else [])


def test_visits_done_are_compared(store: Store) -> None:
    letter = _letter()
    said = "He has completed 4 sessions of physical therapy."
    found = _found(replace(letter, clinical_summary=said), _record(store))
    assert found["record-visits"].values == ("4", "9")
    said = "He has completed 9 sessions of physical therapy."
    assert _found(replace(letter, clinical_summary=said), _record(store)) == {}


def test_each_denied_request_is_decided_and_the_guideline_is_urs(store: Store) -> None:
    reviewed = (
        ReviewedItem(title="MRI right knee", verdict=Verdict.DENIED, guideline="ODG, Knee chapter"),
        ReviewedItem(title="Aquatic therapy 2 x 4", verdict=Verdict.MODIFIED),
        ReviewedItem(title="Naproxen 500 mg #60", verdict=Verdict.APPROVED),
    )
    letter = _letter()
    cited = Guideline(text="MTUS 2009, Chronic Pain Medical Treatment Guidelines.")
    letter = replace(
        letter, issues=(replace(letter.issues[0], claims_administrator_guideline=cited),)
    )
    found = _found(letter, _record(store, reviewed))
    assert "Aquatic therapy" in found["record-ur-items"].sentence
    assert found["record-ur-items"].fix is not None
    assert found["record-ur-guideline"].values == ("MTUS", "ODG")
    agreed = replace(cited, text="Official Disability Guidelines, Knee & Leg.")
    letter = replace(
        letter, issues=(replace(letter.issues[0], claims_administrator_guideline=agreed),)
    )
    assert "record-ur-guideline" not in _found(letter, _record(store, reviewed))
