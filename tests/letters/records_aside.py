"""Made-up records in other hands than `records`: written before a look at what reads them, for judging it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.letters.records import FILLER, Page, Report, Row, Truth


def chart_note(day: date) -> Report:
    """Printed from an electronic chart, with its running head on each page."""
    head = "TATE, ROWAN  MRN 00451  DOB 02/17/1968"
    first = (
        "Valley Oak Orthopedics",
        "Office Visit",
        (
            (60.0, f"Encounter Date: {day.month}/{day.day}/{day.year}"),
            (330.0, "Provider: Nora Blum, PA-C"),
        ),
        "Chief Complaint: low back pain",
        *FILLER[:5],
    )
    second = (
        "Office Visit (continued)",
        *FILLER[5:],
        f"Electronically signed by Nora Blum, PA-C on {day.month}/{day.day + 2}/{day.year}",
    )
    return Truth("records", "Nora Blum", day, 2, "Progress"), (
        Page(first, head, "1"),
        Page(second, head, "2"),
    )


def operation(day: date) -> Report:
    rows = (
        "ST. BRENDAN SURGERY CENTER",
        "OPERATIVE REPORT",
        "PATIENT: Rowan Tate",
        f"DATE OF PROCEDURE: {day:%B} {day.day}, {day.year}",
        "SURGEON: Luis Ferrer, M.D.",
        "ANESTHESIOLOGIST: Kay Olsen, M.D.",
        "PROCEDURE: Left L4-L5 transforaminal epidural steroid injection under fluoroscopy",
        *FILLER[:3],
    )
    return Truth("records", "Luis Ferrer", day, 1, "Operative"), (Page(rows),)


def electrodiagnostic(day: date) -> Report:
    rows = (
        "NEUROMUSCULAR DIAGNOSTICS OF SACRAMENTO",
        "EMG & Nerve Conduction Study",
        ((60.0, "Patient: Rowan Tate"), (330.0, f"Test Date: {day:%m-%d-%Y}")),
        "Referring Physician: Elena Marsh, MD",
        "Motor nerves: left peroneal latency prolonged",
        "Impression: chronic left L5 radiculopathy.",
        "Amit Rao, M.D., Diplomate ABEM",
    )
    return Truth("records", "Amit Rao", day, 1, "Electrodiagnostic"), (Page(rows),)


def agreed_examiner(day: date, pages: int) -> Report:
    """A long report that numbers its pages and says its title once."""
    made: list[Page] = []
    for number in range(1, pages + 1):
        rows: Sequence[Row] = [
            *FILLER[:6],
            "Review of records",
            "MRI of the lumbar spine dated 01/19/2016",
        ]
        if number == 1:
            rows = [
                "Thomas W. Egan, M.D.",
                "Diplomate, American Board of Orthopaedic Surgery",
                f"{day:%B} {day.day}, {day.year}",
                "RE: Rowan Tate",
                "AGREED MEDICAL EVALUATION",
                f"Date of Examination: {day:%B} {day.day}, {day.year}",
                "Dear Counsel:",
                *FILLER[:3],
            ]
        elif number == pages:
            rows = [*FILLER[:2], "Sincerely,", "Thomas W. Egan, M.D.", "Agreed Medical Evaluator"]
        made.append(Page(rows, f"RE: Rowan Tate    Page {number}" if number > 1 else ""))
    return Truth("records", "Thomas W. Egan", day, pages, "AME"), tuple(made)


def acupuncture(day: date) -> Report:
    rows = (
        "Jade Spring Acupuncture Clinic",
        "Acupuncture Treatment Record",
        ((60.0, "Pt: Tate"), (330.0, f"Date of Tx: {day.month}/{day.day}/{day:%y}")),
        "Points: UB23, UB40, GB34; electro-stim 15 min",
        "Response: pain 7 to 5",
        "Mei Lin, L.Ac.",
    )
    return Truth("records", "Mei Lin", day, 1, "Acupuncture"), (Page(rows),)


def first_report(day: date) -> Report:
    rows = (
        "STATE OF CALIFORNIA",
        "DOCTOR'S FIRST REPORT OF OCCUPATIONAL INJURY OR ILLNESS",
        "1. INSURER NAME AND ADDRESS",
        "5. PATIENT NAME: Rowan Tate      Date of Birth 02/17/1968",
        "Date and hour of injury: 05/14/2013 10:30",
        f"Date and hour of first examination: {day:%m/%d/%Y} 14:00",
        "Doctor's name and degree: Gail Norris, M.D.",
        "FORM 5021 (Rev. 5)",
    )
    return Truth("records", "Gail Norris", day, 1, "First report"), (Page(rows),)


def chiropractic(day: date) -> Report:
    rows = (
        "MERIDIAN CHIROPRACTIC",
        "CHIROPRACTIC SOAP NOTE",
        f"DOS: {day.month}/{day.day}/{day.year}     Patient: Rowan Tate",
        "S: stiff low back   O: restricted L4-L5   A: improving   P: 2 x 4",
        "Drew Castle, DC",
    )
    return Truth("records", "Drew Castle", day, 1, "Chiropractic"), (Page(rows),)


def denial(day: date) -> Report:
    """Another company's letter, with its date on top and the proof of service behind."""
    rows = (
        "CASCADE MANAGED CARE, INC.",
        f"{day:%B} {day.day}, {day.year}",
        "NOTICE OF NON-CERTIFICATION",
        "Claimant: Rowan Tate    Date of Injury: 05/14/2013    Claim: 30-998121",
        "Request received: 03/08/2016",
        "Treatment requested: acupuncture 2 x 6      Determination: NON-CERTIFIED",
        "We reviewed: office visit 2/9/2016 by N. Blum PA-C; nerve conduction study of 11/30/2015;",
        "QME report 10/01/2014.",
    )
    return Truth("UR decision", "Cascade", day, 1, "UR"), (Page(rows),)


def proof(day: date) -> Report:
    rows = (
        "PROOF OF SERVICE",
        "I declare that I am over 18.",
        f"Executed on {day:%m/%d/%Y} at Fresno.",
    )
    return Truth("other", "", day, 1, "Proof"), (Page(rows),)


ASIDE: tuple[Report, ...] = (
    denial(date(2016, 3, 15)),
    proof(date(2016, 3, 16)),
    first_report(date(2013, 5, 14)),
    chart_note(date(2016, 2, 9)),
    chart_note(date(2016, 1, 12)),
    operation(date(2015, 9, 22)),
    electrodiagnostic(date(2015, 11, 30)),
    agreed_examiner(date(2014, 12, 2), 6),
    acupuncture(date(2015, 8, 3)),
    acupuncture(date(2015, 8, 10)),
    chiropractic(date(2014, 6, 5)),
)
