"""What one page says: its title, its day, its author; what it mentions."""

from __future__ import annotations

from datetime import date

import pytest

from app.services.casefile.authors import provider_of
from app.services.casefile.days import days_of
from app.services.casefile.named import mentions
from app.services.casefile.titles import title_of


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("SECONDARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)", "Progress report"),
        ("Primary Treating Physician’s Progress Report", "Progress report"),
        ("MRI CERVICAL SPINE W/O CONTRAST", "MRI report"),
        ("EMG/NCV of the upper extremities", "Electrodiagnostic study"),
        ("Report of Operation", "Operative report"),
        ("Panel Qualified Medical Evaluation", "QME report"),
        ("NOTICE OF UTILIZATION REVIEW DECISION", "UR determination"),
        ("DOCTOR'S FIRST REPORT OF OCCUPATIONAL INJURY OR ILLNESS", "First report of injury"),
        ("Initial Orthopedic Consultation", "Consultation"),
    ],
)
def test_a_title_says_what_a_document_is(row: str, name: str) -> None:
    found = title_of(["Some Office", row, "Patient: A. Person"])
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "row",
    [
        "[ ] Request for authorization   [X] Change in treatment plan",
        "☐ Need for referral or consultation",
        "The MRI of the lumbar spine was reviewed with the patient today.",
        "Attach the Doctor's First Report of Occupational Injury, Form DLSR 5021",
        "He attended physical therapy for six weeks after the initial consultation,",
        "Tel (510) 555-0101  Fax (510) 555-0102",
    ],
)
def test_boxes_and_sentences_are_no_titles(row: str) -> None:
    assert title_of([row]) is None


@pytest.mark.parametrize(
    ("rows", "day"),
    [
        (["D.O.B.: 02/17/1968\tDOS: 3/4/16", "Printed 04/01/2016"], date(2016, 3, 4)),
        (["Date of Injury: 05/14/2013", "March 4, 2016", "RE: Rowan Tate"], date(2016, 3, 4)),
        (["Exam Date", "03/04/2016"], date(2016, 3, 4)),
        (["Dictated: 03/09/2016", "Encounter Date: 03/04/2016"], date(2016, 3, 4)),
        (["DATE OF BIRTH 02/17/1968", "Date of loss 05/14/2013"], None),
        (["Next appointment: 04/18/2016", "Date: 03/04/2016"], date(2016, 3, 4)),
        (["Specimen collected 03/04/2016", "Reported 03/07/2016"], date(2016, 3, 4)),
        (["He last worked on 01/02/2014 and had surgery on 02/03/2015."], None),
    ],
)
def test_the_day_is_the_visits(rows: list[str], day: date | None) -> None:
    assert days_of([rows])[0] == day


def test_a_log_of_visits_has_a_first_and_a_last_day() -> None:
    pages = [["Date of service: 01/05/2016"], ["Date of service: 02/09/2016"]]
    assert days_of(pages) == (date(2016, 1, 5), date(2016, 2, 9))


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (["Anywhere Clinic"], ["Sincerely,", "Maria del Rio, D.C."], "Maria del Rio"),
        (["Provider: Kim, Hana, M.D."], ["nothing"], "Hana Kim"),
        (["Referring physician: Ann Poe, MD"], ["Electronically signed by Bo Lind, MD"], "Bo Lind"),
        (
            ["cc: Ann Poe, MD", "EAST BAY ORTHOPAEDIC ASSOCIATES"],
            [],
            "East Bay Orthopaedic Associates",
        ),
        (["Radiologist:\tPriya O'Neil MD"], [], "Priya O'Neil"),
        (["Patient: Rowan Tate"], ["no name"], ""),
    ],
)
def test_the_author_is_who_signs(first: list[str], last: list[str], name: str) -> None:
    assert provider_of(first, last) == name


def test_a_mention_names_the_document_beside_the_day() -> None:
    text = (
        "Reviewed: PR-2 by Dr. Poe dated 03/04/2016; MRI of the knee, 1/19/2016\n"
        "02/20/16 urine drug screen; injury of 05/14/2013"
    )
    assert list(mentions(text)) == [
        ("Progress report", date(2016, 3, 4)),
        ("MRI report", date(2016, 1, 19)),
        ("Urine drug test", date(2016, 2, 20)),
    ]
