"""The page pane shows any document of the case file, by key and by mouse, and leads back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.evidence import Place
from app.letter import FieldId
from app.services.store.case_words import forget_all
from tests.letters import records
from tests.ui.desk import Desk

WAIT = 20_000
REPORTS = (
    records.narrative(date(2016, 3, 4)),
    records.imaging(date(2016, 1, 19)),
    records.therapy(date(2016, 1, 5), 1),
)


@pytest.fixture
def filed(open_desk: Desk, qtbot: QtBot, tmp_path: Path) -> Desk:
    """A letter on the desk with a bundle of three reports that was read."""
    path = tmp_path / "bundle.pdf"
    path.write_bytes(records.bundle(REPORTS)[0])
    flow = open_desk.window.case_file
    flow.add([path])
    qtbot.waitUntil(lambda: len(flow.shelf.documents) == 3, timeout=WAIT)
    return open_desk


def test_documents_are_switched_by_key_and_the_way_leads_back(filed: Desk, qtbot: QtBot) -> None:
    window, view = filed.window, filed.window.letter_pane.view
    file = window.case_file.shelf.files[0]
    assert (file.pages_read, file.without_text) == (4, 0)
    pages_of_letter = view.page_count
    window.commands["next_document"].trigger()
    qtbot.waitUntil(lambda: view.file == file.sha256, timeout=WAIT)
    window.commands["next_document"].trigger()
    qtbot.waitUntil(lambda: view.current_page == 3, timeout=WAIT)
    window.commands["page_back"].trigger()
    window.commands["page_back"].trigger()
    qtbot.waitUntil(lambda: view.file == "" and view.page_count == pages_of_letter, timeout=WAIT)
    assert view.text.text(view.text.on_page(1))
    window.commands["page_forward"].trigger()
    qtbot.waitUntil(lambda: view.file == file.sha256, timeout=WAIT)


def test_a_value_is_taken_from_a_document_and_its_place_is_there(filed: Desk, qtbot: QtBot) -> None:
    window, view = filed.window, filed.window.letter_pane.view
    sha256 = window.case_file.shelf.files[0].sha256
    field = FieldId("patient.sex")
    window.fields.go_to(FieldId("header.date_of_injury"))
    window.case_file.go_to_stop(1)
    qtbot.waitUntil(lambda: view.file == sha256 and len(view.text) > 20, timeout=WAIT)
    word = next(n for n in range(len(view.text)) if view.text.text([n]) == "05/14/2013")
    view.pointer.select(range(word, word + 1))
    window.commands["fill_from_page"].trigger()
    document = window.document
    assert document.letter.header.date_of_injury == date(2013, 5, 14)
    (place,) = document.places_of(FieldId("header.date_of_injury"))
    assert (place.file, place.page) == (sha256, 1)

    # Away to the letter; the field in hand leads to the document again.
    window.case_file.go_to_stop(0)
    qtbot.waitUntil(lambda: view.file == "", timeout=WAIT)
    window.fields.go_to(field)
    window.fields.show_place_of(FieldId("header.date_of_injury"))
    qtbot.waitUntil(lambda: view.file == sha256, timeout=WAIT)
    assert view.shows([place])


def test_what_is_lit_is_lit_in_its_own_file(filed: Desk, qtbot: QtBot) -> None:
    view = filed.window.letter_pane.view
    sha256 = filed.window.case_file.shelf.files[0].sha256
    place = Place(1, ((0.1, 0.1, 0.3, 0.12),), sha256)
    assert not view.shows([place])
    view.go_to([place])
    qtbot.waitUntil(lambda: view.shows([place]), timeout=WAIT)


def test_a_removed_file_leaves_the_letter_on_the_page(filed: Desk, qtbot: QtBot) -> None:
    flow, view = filed.window.case_file, filed.window.letter_pane.view
    flow.go_to_stop(2)
    qtbot.waitUntil(lambda: bool(view.file), timeout=WAIT)
    flow.remove(flow.shelf.files[0])
    qtbot.waitUntil(lambda: not view.file and not flow.shelf.documents, timeout=WAIT)


def test_a_word_that_is_no_pdf_is_told(open_desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "notes.pdf"
    path.write_text("no pdf")
    open_desk.window.case_file.add([path])
    qtbot.waitUntil(lambda: "notes.pdf" in open_desk.window.notice.words, timeout=WAIT)


def test_a_finding_leads_to_its_passage_in_the_record(filed: Desk, qtbot: QtBot) -> None:
    window, view = filed.window, filed.window.letter_pane.view
    document = window.document
    issue = document.letter.issues[0]
    says = "There is no documentation of a disc protrusion. The request is not medically necessary."
    document.edit(FieldId("issue.rationale", issue.id), says)
    window.commands["checks"].setChecked(True)
    rules = ("record-claim", "record-named")
    qtbot.waitUntil(lambda: any(one.rule in rules for one in window.checks.findings), timeout=WAIT)
    finding = next(one for one in window.checks.findings if one.rule in rules)
    window.checks._select(finding.key)
    button = window.checks.in_record
    assert button.isVisible()
    button.click()
    sha256 = window.case_file.shelf.files[0].sha256
    qtbot.waitUntil(lambda: bool(view.highlights.places("passage")), timeout=WAIT)
    (place, *_) = view.highlights.places("passage")
    assert (place.file, place.page, view.file) == (sha256, 3, sha256)


def test_an_index_that_was_emptied_is_filled_again(filed: Desk, qtbot: QtBot) -> None:
    flow, database = filed.window.case_file, filed.store.database
    case_id = filed.window.letters.opened.case.id
    assert flow.files.search(case_id, "protrusion")
    with database.writing() as session:
        forget_all(session.connection().connection.driver_connection)
    assert flow.files.search(case_id, "protrusion") == ()
    flow.read_shelf()
    qtbot.waitUntil(lambda: len(flow.files.search(case_id, "protrusion")) == 1, timeout=WAIT)
