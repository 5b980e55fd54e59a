"""A bundle becomes its reports: kinds, authors, days and copies as a person would say them."""

from __future__ import annotations

from datetime import date

import pytest

from app.services.casefile.named import lacking
from app.services.casefile.values import NO_TEXT, Document
from tests.letters import records
from tests.letters.records import Page, Truth, bundle, set_pages
from tests.letters.records_aside import ASIDE
from tests.services.casefile.conftest import SENT, STAMP, Shelf


def _as_truth(document: Document, truth: Truth) -> Truth:
    """The document as a truth, with the truth's own words where it has them."""
    return Truth(
        document.kind.value,
        truth.provider if truth.provider in document.provider else document.provider,
        document.first_date,
        document.pages,
        truth.word if truth.word.casefold() in document.name.casefold() else document.name,
    )


def test_a_bundle_is_split_into_its_reports(shelf: Shelf) -> None:
    data, truths = bundle(SENT, stamp=STAMP)
    file, found = shelf.take(data)
    assert (file.pages, file.pages_read, file.is_read) == (16, 16, True)
    assert len(found) == len(truths)
    assert [_as_truth(*pair) for pair in zip(found, truths, strict=True)] == list(truths)
    # The report that came twice is marked; the one of another day with the same words is none.
    copies = {document.first_page: document.copy_of for document in found if document.copy_of}
    first = next(one for one in found if one.first_date == date(2016, 3, 4))
    assert copies == {15: first.id}
    assert not found[-1].is_listed

    named = lacking(shelf.files, found)
    assert [(one.name, one.day) for one in named] == [
        ("Electrodiagnostic study", date(2015, 12, 2))
    ]
    assert "is not in the file" in named[0].words


@pytest.mark.parametrize("stamp", ["", "04/02/2016 11:41 FAX 9165550199"])
def test_records_of_other_hands_are_split_too(shelf: Shelf, stamp: str) -> None:
    data, truths = bundle(ASIDE, stamp=stamp)
    _, found = shelf.take(data)
    assert [_as_truth(*pair) for pair in zip(found, truths, strict=True)] == list(truths)
    assert [(one.name, one.day) for one in lacking(shelf.files, found)] == [
        ("QME report", date(2014, 10, 1))
    ]


def test_copies_are_found_across_files_and_removal_forgets_them(shelf: Shelf) -> None:
    report = records.narrative(date(2016, 3, 4), stamp="one fax 03/05/2016 p. 1")
    again = records.narrative(date(2016, 3, 4), stamp="another office 4/1/2016 12/17")
    file, (first,) = shelf.take(bundle([report])[0])
    _, (second,) = shelf.take(bundle([again])[0], "again.pdf")
    assert second.copy_of == first.id
    shelf.files.remove(file.id)
    (left,) = shelf.files.documents(shelf.case_id)
    assert left.copy_of is None


def test_pages_that_are_pictures_are_counted_and_stand_apart(shelf: Shelf) -> None:
    pages = [*records.narrative(date(2016, 3, 4))[1], Page(scan=True), Page(scan=True)]
    pages += records.therapy(date(2016, 1, 5), 1)[1]
    file, found = shelf.take(set_pages(pages))
    assert file.without_text == 2
    assert [(one.name, one.pages) for one in found] == [
        ("Progress report", 2),
        (NO_TEXT, 2),
        ("Physical therapy note", 1),
    ]


def test_a_picture_amid_a_report_is_the_reports(shelf: Shelf) -> None:
    first, second = records.narrative(date(2016, 3, 4))[1]
    middle = Page(scan=True)
    third = second._replace(foot="Page 3 of 3")
    _, found = shelf.take(set_pages([first._replace(foot="Page 1 of 3"), middle, third]))
    assert [one.pages for one in found] in ([3], [1, 1, 1])  # its number is in the picture


def test_damaged_and_locked_files_are_told_and_stay(shelf: Shelf) -> None:
    file, (document,) = shelf.take(b"%PDF-1.7 nothing behind it", "broken.pdf")
    assert "damaged" in file.problem
    assert document.name == "broken"


@pytest.mark.parametrize("count", [130])
def test_reading_goes_on_where_it_was_stopped(shelf: Shelf, count: int) -> None:
    from app.services.casefile.reading import read_file

    file, _ = shelf.files.add(shelf.case_id, records.large(count), "large.pdf")
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 2

    assert not read_file(shelf.files, shelf.reader, file.id, is_cancelled=stop)
    assert shelf.files.file(file.id).pages_read == 64
    seen: list[tuple[int, int]] = []
    read_file(
        shelf.files, shelf.reader, file.id, progressed=lambda done, of: seen.append((done, of))
    )
    assert seen[0] == (96, count)
    assert shelf.files.file(file.id).is_read
    assert len(shelf.files.search(shelf.case_id, "romberg")) == 1
