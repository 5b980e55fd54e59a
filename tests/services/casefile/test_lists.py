"""The list of documents reviewed in a house's wording, and the timeline."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from app.services.casefile.quoting import quoted_at
from app.services.casefile.reviewed import ListBy, ReviewedStyle, lacks_records, reviewed_lines
from app.services.casefile.timeline import events
from app.services.casefile.values import Document, DocumentKind, Quotation
from tests.letters import records
from tests.services.casefile.conftest import SENT, Shelf


def test_each_document_is_a_line_behind_the_fixed_ones(shelf: Shelf) -> None:
    _, found = shelf.take(records.bundle(SENT)[0])
    lines = reviewed_lines(found, ReviewedStyle())
    assert lines[:3] == [
        "Application for Independent Medical Review",
        "Utilization Review Determination dated 03/15/2016",
        "Medical Treatment Utilization Schedule (MTUS)",
    ]
    assert lines[3] == "Physical therapy note by Joss Weller, dated 01/05/2016"
    assert "Progress report by Elena Marsh, dated 03/04/2016" in lines
    assert len([line for line in lines if "03/04/2016" in line]) == 1  # the copy is no line
    assert not any("Fax" in line for line in lines)

    by_provider = reviewed_lines(found, ReviewedStyle(by=ListBy.PROVIDER, first=("Application",)))
    assert by_provider[0] == "Application"
    assert "Elena Marsh, dates of service 02/03/2016-03/07/2016" in by_provider
    assert "Priya Anand, date of service 01/19/2016" in by_provider


def test_what_is_not_listed_is_no_line() -> None:
    report = Document(
        kind=DocumentKind.RECORDS, name="Progress report", first_date=date(2016, 1, 5)
    )
    assert reviewed_lines([report], ReviewedStyle(first=())) == [
        "Progress report, dated 01/05/2016"
    ]
    assert reviewed_lines([replace(report, is_listed=False)], ReviewedStyle(first=())) == []
    letter = Document(kind=DocumentKind.UR_DECISION, name="UR determination")
    assert lacks_records([letter])
    assert not lacks_records([letter, report])


def test_events_of_records_and_summary_stand_in_one_list(shelf: Shelf) -> None:
    extra = (
        "On 11/20/2015 he received an epidural steroid injection at L4-L5 with brief relief.",
        "He attended PT in the past.",
    )
    report = records.narrative(date(2016, 3, 4), extra)
    _, found = shelf.take(records.bundle([report, records.imaging(date(2016, 1, 19))])[0])
    summary = "The worker was injured. An ESI was denied on 03/15/2016. He is a roofer."
    all_of_them = events(shelf.files, found, summary)
    days = [event.day for event in all_of_them]
    assert days == sorted(days)
    assert date(2013, 5, 14) not in days  # the injury
    assert {date(2015, 11, 20), date(2016, 1, 19), date(2016, 3, 4), date(2016, 3, 15)} <= set(days)

    injections = events(shelf.files, found, summary, "epidural steroid injection")
    assert [(event.day, event.page, event.file_id is None) for event in injections] == [
        (date(2015, 11, 20), 1, False),
        (date(2016, 3, 15), 1, True),
    ]
    # What tells no day of its own is of the day of its document.
    therapy = events(shelf.files, found, "", "physical therapy")
    assert [(event.day, event.words) for event in therapy] == [
        (date(2016, 3, 4), "He attended PT in the past.")
    ]


def test_a_sentence_knows_the_document_it_was_quoted_from() -> None:
    def taken(page: int, words: str) -> Quotation:
        return Quotation(file_id=1, page=page, boxes=(), field="issue.rationale", words=words)

    quotations = [taken(3, "Disc protrusion at L4-L5"), taken(7, "lumbar flexion is 45 degrees")]
    text = "The MRI says “Disc protrusion\nat L4-L5”. Lumbar flexion was 45 degrees. He works."
    assert quoted_at(text, text.index("MRI"), quotations) == quotations[0]
    assert quoted_at(text, text.index("45"), quotations) == quotations[1]  # a word was corrected
    assert quoted_at(text, text.index("works"), quotations) is None
    assert quoted_at("", 0, quotations) is None
