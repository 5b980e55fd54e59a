"""Made-up medical records as PDFs: offices that each write in a way of their own, and bundles of them.

No text of a real record. A page is a list of rows; a row is a text, or texts at places across.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import pymupdf

Row = str | tuple[tuple[float, str], ...]
"""A row, or parts of it with where each begins (points)."""


class Page(NamedTuple):
    """Rows from the top; `head` and `foot` stand in the margins; a `scan` has no text."""

    rows: Sequence[Row] = ()
    head: str = ""
    foot: str = ""
    scan: bool = False


class Truth(NamedTuple):
    """What a document of a bundle is, for comparing."""

    kind: str
    provider: str
    day: date | None
    pages: int
    word: str
    """A word that its name has."""


Report = tuple[Truth, tuple[Page, ...]]


def set_pages(pages: Iterable[Page]) -> bytes:
    """The pages as a PDF."""
    document = pymupdf.open()
    for page in pages:
        sheet = document.new_page(width=612, height=792)
        if page.scan:
            picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 60, 80), False)
            picture.clear_with(90)
            sheet.insert_image(pymupdf.Rect(20, 20, 590, 770), pixmap=picture)
        if page.head:
            sheet.insert_text((40, 24), page.head, fontname="cour", fontsize=8)
        if page.foot:
            sheet.insert_text((40, 776), page.foot, fontname="helv", fontsize=8)
        y = 76.0
        for row in page.rows:
            parts = ((60.0, row),) if isinstance(row, str) else row
            for x, text in parts:
                font = "hebo" if text.isupper() and len(text) > 8 else "helv"
                sheet.insert_text((x, y), text, fontname=font, fontsize=10)
            y += 14.5
    return document.tobytes(garbage=3, deflate=True)


def _us(day: date) -> str:
    return f"{day.month:02}/{day.day:02}/{day.year}"


def _long(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


FILLER = (
    "The patient tolerated the visit well and has no new complaints to report today.",
    "Pain is rated at 6 out of 10 with medication and 8 out of 10 without it.",
    "Palpation reveals tenderness over the paravertebral musculature with spasm on the left.",
    "Straight leg raise is positive on the left at 45 degrees and negative on the right.",
    "Motor strength is 4/5 in ankle dorsiflexion and sensation is reduced in the L5 dermatome.",
    "Home exercises are carried out three times a week as instructed at the last session.",
    "We discussed the risks of continued use of narcotics and he understands them.",
    "Work restrictions stay as before with no lifting of more than fifteen pounds.",
)


def narrative(day: date, extra: Sequence[str] = (), *, stamp: str = "") -> Report:
    """A pain office's letter in the first person, dated in words."""
    first = (
        "BAYVIEW SPINE & PAIN MEDICAL GROUP",
        "1180 Dockside Ave, Suite 4, Oakland, CA 94607",
        "",
        "PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT",
        "",
        ((60.0, "Patient: Rowan Tate"), (330.0, "Date of Injury: 05/14/2013")),
        ((60.0, "Claim No.: 30-998121"), (330.0, f"Date of Exam: {_long(day)}")),
        "",
        "SUBJECTIVE COMPLAINTS",
        *FILLER[:4],
        *extra,
    )
    second = (
        "OBJECTIVE FINDINGS",
        *FILLER[2:7],
        "",
        "Elena Marsh, M.D.",
        "Board certified in Pain Medicine",
    )
    head = f"{stamp}" if stamp else ""
    pages = (Page(first, head, "Page 1 of 2"), Page(second, head, "Page 2 of 2"))
    return Truth("records", "Elena Marsh", day, 2, "progress"), pages


def form_pr2(day: date) -> Report:
    """The state's form, with its boxes: one of them speaks of a request for authorization."""
    rows = (
        "State of California",
        "Division of Workers' Compensation",
        "PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)",
        "[ ] Periodic Report (required 45 days)   [X] Change in treatment plan",
        "[ ] Request for authorization   [ ] Response to request for information",
        ((60.0, "Last: Tate"), (200.0, "First: Rowan"), (360.0, "Sex: M  D.O.B. 02/17/1968")),
        ((60.0, "Occupation: roofer"), (360.0, "Date of Injury 05/14/2013")),
        "Subjective complaints: low back pain with numbness of the left leg",
        *FILLER[3:6],
        "Treatment Plan: continue home exercise; request aquatic therapy 2 x 4",
        ((60.0, f"Date of exam: {_us(day)}"), (330.0, "Cal. Lic. # A99120")),
        "Primary Treating Physician (original signature): Howard P. Quill, D.O.",
    )
    return Truth("records", "Howard P. Quill", day, 1, "progress"), (Page(rows),)


def imaging(day: date) -> Report:
    """A radiologist's report of one page."""
    rows = (
        "CLEARWATER IMAGING CENTER",
        ((60.0, "PATIENT NAME: TATE, ROWAN"), (330.0, f"DATE OF SERVICE: {_us(day)}")),
        "REFERRING PHYSICIAN: ELENA MARSH, MD",
        "MRI OF THE LUMBAR SPINE WITHOUT CONTRAST",
        "HISTORY: Low back pain with left radiculopathy.",
        "FINDINGS: At L4-L5 there is a 4 mm disc protrusion with narrowing on the left.",
        "IMPRESSION: Disc protrusion at L4-L5.",
        "Interpreting radiologist: Priya Anand, MD",
    )
    return Truth("records", "Priya Anand", day, 1, "MRI"), (Page(rows),)


def therapy(day: date, visit: int) -> Report:
    """A therapist's daily note."""
    rows = (
        "Harbor Physical Therapy, Inc.",
        "DAILY NOTE",
        ((60.0, "Name: Rowan Tate"), (330.0, f"Visit date: {day.month}/{day.day}/{day:%y}")),
        f"Visit # {visit} of 12",
        "S: less stiff this week, slept through two nights",
        "O: lumbar flexion 45 degrees, gait steady, core drills with cues",
        "A: progressing toward goals",
        "P: continue per plan of care",
        "Joss Weller, PT, DPT",
    )
    return Truth("records", "Joss Weller", day, 1, "therapy"), (Page(rows),)


def rfa(day: date) -> Report:
    """The form that asks for treatment."""
    rows = (
        "State of California, Division of Workers' Compensation",
        "REQUEST FOR AUTHORIZATION",
        "DWC Form RFA",
        "Attach the Doctor's First Report of Occupational Injury, Form DLSR 5021, a Treating",
        "Physician's Progress Report, DWC Form PR-2, or equivalent narrative report",
        "[X] New Request   [ ] Resubmission - Change in Material Facts",
        "Employee Information",
        "Name (Last, First, Middle): Tate, Rowan",
        "Date of Injury: 05/14/2013     Date of Birth: 02/17/1968",
        "Requesting Physician Information",
        "Name: Elena Marsh, M.D.",
        "Requested Treatment",
        ((60.0, "Lumbar radiculopathy"), (220.0, "M54.16"), (290.0, "Epidural injection L4-L5")),
        "See the progress report dated 03/04/2016 and the MRI of 01/19/2016.",
        ((60.0, "Requesting Physician Signature:"), (330.0, f"Date: {_us(day)}")),
        "DWC Form RFA (version 02/2014)",
    )
    return Truth("RFA", "Elena Marsh", day, 1, "authorization"), (Page(rows),)


def ur_letter(day: date) -> Report:
    """A claims administrator's letter that denies, with the records it names."""
    first = (
        "Northgate Utilization Services",
        _long(day),
        "RE: UTILIZATION REVIEW DETERMINATION",
        "Employee: Rowan Tate     Claim #: 30-998121     DOI: 05/14/2013",
        "RFA received: 03/08/2016",
        "Dear Dr. Marsh:",
        "The following is NON-CERTIFIED: lumbar epidural steroid injection at L4-L5.",
        "Records reviewed:",
        "Progress report of Elena Marsh, MD dated 03/04/2016",
        "Electrodiagnostic study dated 12/02/2015",
        "MRI lumbar spine dated 01/19/2016",
    )
    second = (
        "Rationale: there is no documentation of failed conservative care.",
        "Guidelines: MTUS 2009, Chronic Pain Medical Treatment Guidelines, ESIs, page 46.",
        "Simon Okafor, MD",
        "Physician reviewer",
    )
    return Truth("UR decision", "Northgate", day, 2, "UR"), (Page(first), Page(second))


def application(day: date) -> Report:
    """The worker's application."""
    rows = (
        "State of California, Division of Workers' Compensation",
        "APPLICATION FOR INDEPENDENT MEDICAL REVIEW",
        "DWC Form IMR",
        "Employee Name (First, MI, Last): Rowan Tate",
        "Date of Injury (MM/DD/YYYY): 05/14/2013     Claim Number: 30-998121",
        "Date of Utilization Review Determination Letter: 03/15/2016",
        "1. Lumbar epidural steroid injection at L4-L5",
        "Employee Signature: on file",
        f"Date: {_us(day)}",
        "DWC Form IMR (version 02/2014) page 1",
    )
    return Truth("application", "", day, 1, "application"), (Page(rows),)


def lab(day: date) -> Report:
    """A toxicology report."""
    rows = (
        "PACIFIC RIM LABORATORIES",
        "URINE DRUG TEST RESULTS",
        ((60.0, "Patient: TATE, ROWAN"), (330.0, f"Collected: {_us(day)}")),
        "Reported: " + _us(day + timedelta(days=3)),
        "Ordering provider: Elena Marsh, MD",
        "Hydrocodone   POSITIVE   consistent with prescription",
        "Benzodiazepines   NEGATIVE",
    )
    return Truth("records", "Pacific Rim", day, 1, "urine"), (Page(rows),)


def fax_cover(day: date) -> Report:
    rows = (
        "FACSIMILE TRANSMITTAL SHEET",
        "To: Claims Administrator     From: Bayview Spine & Pain",
        f"Date: {_us(day)}     Pages including cover: 14",
        "This transmission is confidential.",
    )
    return Truth("other", "", day, 1, "fax"), (Page(rows),)


FIRST = date(2016, 3, 4)


def bundle(reports: Iterable[Report], *, stamp: str = "") -> tuple[bytes, tuple[Truth, ...]]:
    """Reports one after the other in one PDF, each page stamped as a fax machine does."""
    pages: list[Page] = []
    truths: list[Truth] = []
    for truth, sheets in reports:
        truths.append(truth)
        for sheet in sheets:
            head = f"{stamp} P.{len(pages) + 1:03}/999" if stamp else sheet.head
            pages.append(sheet._replace(head=head))
    return set_pages(pages), tuple(truths)


def large(pages: int) -> bytes:
    """A bundle of so many pages: monthly reports and therapy notes, with one rare finding."""
    reports: list[Report] = []
    count, number = 0, 0
    while count < pages:
        day = date(2008, 1, 3) + timedelta(days=9 * number)
        rare = ("Romberg sign was noted to be positive.",) if number == 5 else ()
        report = narrative(day, rare) if number % 3 else therapy(day, number % 12 + 1)
        reports.append(report)
        count += len(report[1])
        number += 1
    made: list[Page] = [page for _, sheets in reports for page in sheets]
    return _written(made[:pages])


def _written(pages: Sequence[Page]) -> bytes:
    """The pages as a PDF of plain text, written here: the engine takes minutes for thousands."""
    parts = [b"%PDF-1.4\n"]
    places: list[int] = []

    def put(text: str) -> None:
        places.append(sum(map(len, parts)) if not places else places[-1] + len(parts[-1]))
        parts.append(f"{len(places)} 0 obj\n{text}\nendobj\n".encode("latin-1"))

    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    put("<</Type/Catalog/Pages 2 0 R>>")
    put(f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>")
    put("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for at, page in enumerate(pages):
        put(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {5 + 2 * at} 0 R>>"
        )
        drawn = "".join(_lines(page))
        put(f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream")
    start = places[-1] + len(parts[-1])
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    parts.append(
        f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    )
    return b"".join(parts)


def _lines(page: Page) -> Iterator[str]:
    yield "BT /F 10 Tf "
    rows: list[tuple[float, float, str]] = [(40, 768, page.head), (40, 16, page.foot)]
    for at, row in enumerate(page.rows):
        parts = ((60.0, row),) if isinstance(row, str) else row
        rows += [(x, 716 - 14.5 * at, text) for x, text in parts]
    for x, y, text in rows:
        if text:
            safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            yield f"1 0 0 1 {x} {y} Tm ({safe}) Tj "
    yield "ET"
