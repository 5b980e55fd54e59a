"""A determination is begun from the documents of its case: chosen, dropped, shown, filled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from msgspec import structs
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.letter import FieldId, Letter
from app.paths import SAMPLE
from app.services.intake.values import SourceKind
from app.services.interchange import encode_letter
from app.services.store.case_files import CaseFiles
from app.ui.dialogs.new_determination import NewDeterminationDialog
from tests.intake_files import letters
from tests.intake_files.forms import drawn
from tests.intake_files.made_applications import FORMS
from tests.ui.desk import Desk

APPLICATION, DECISION = SourceKind.APPLICATION, SourceKind.UR_DECISION


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sources")
    values = FORMS[2].values | {
        "employee": "Halvard J Pickering", "claim": "NV00412286", "injury": "12/05/2018", "ur": "06/18/2021",
    }  # fmt: skip
    form = replace(FORMS[2], values=values, items=("Lyrica 75 mg #60",), instructions=False)
    (made / "application.pdf").write_bytes(drawn(form))
    (made / "decision.pdf").write_bytes(letters.drawn("b1"))
    (made / "other.pdf").write_bytes(letters.drawn("a1"))
    return made


def opened(desk: Desk) -> NewDeterminationDialog:
    desk.trigger("new_letter")
    (dialog,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, NewDeterminationDialog))
    return dialog


def choose(desk: Desk, dialog: NewDeterminationDialog, kind: SourceKind, path: Path) -> None:
    dialog.ask_files = lambda _many: [path]
    button = dialog.slots[kind].choose
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    desk.wait_until(
        lambda: dialog.slots[kind].told.text() == path.name or bool(dialog.problem.text())
    )


def test_chosen_documents_are_shown_and_then_fill_the_letter(desk: Desk, folder: Path) -> None:
    dialog = opened(desk)
    choose(desk, dialog, APPLICATION, folder / "application.pdf")
    choose(desk, dialog, DECISION, folder / "decision.pdf")
    assert dialog.view is not None
    assert [box.isChecked() for box in dialog.view.boxes] == [True, True, False]
    assert dialog.begin.text() == "Begin with 2 items"
    assert not desk.document.is_open
    QTest.keyClick(dialog.view.boxes[0], Qt.Key.Key_Space)
    assert dialog.begin.text() == "Begin with 1 item"
    words = dialog.view.boxes[0].accessibleName()
    label = next(one for one in dialog.view.findChildren(QLabel) if one.text() == words)
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert dialog.begin.text() == "Begin with 2 items"
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait_until(lambda: desk.document.is_open)
    desk.settle()
    letter = desk.document.letter
    assert letter.cover.claim_number == "NV00412286"
    assert [issue.title for issue in letter.issues] == ["Pregabalin 75 mg #60"]
    assert letter.header.case_number == ""
    assert desk.document.current_field == FieldId("header.case_number")
    assert desk.window.letters.opened is not None
    kept = CaseFiles(desk.store).files(desk.window.letters.opened.case.summary.id)
    assert [file.name for file in kept] == ["application.pdf", "decision.pdf"]


def test_dropped_files_go_where_their_words_say(desk: Desk, folder: Path, tmp_path: Path) -> None:
    dialog = opened(desk)
    plain = tmp_path / "notes.pdf"
    page = pymupdf.open()
    page.new_page().insert_text((72, 72), "Knee notes of a visit and nothing else")
    plain.write_bytes(page.tobytes())
    data = QMimeData()
    data.setUrls(
        [
            QUrl.fromLocalFile(str(path))
            for path in (folder / "decision.pdf", folder / "application.pdf", plain)
        ]
    )
    drop = QDropEvent(
        QPoint(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.dropEvent(drop)
    desk.wait_until(lambda: dialog.begin.isEnabled())
    assert dialog.slots[APPLICATION].told.text() == "application.pdf"
    assert dialog.slots[DECISION].told.text() == "decision.pdf"
    assert dialog.records.told.text() == "notes.pdf"
    assert "added to the records" in dialog.problem.text()
    dialog.close()


def test_of_two_cases_it_is_told_before_anything_is_filled(desk: Desk, folder: Path) -> None:
    dialog = opened(desk)
    choose(desk, dialog, APPLICATION, folder / "application.pdf")
    choose(desk, dialog, DECISION, folder / "other.pdf")
    assert "Marisol Quintanar" in dialog.problem.text()
    assert not dialog.begin.isEnabled()
    dialog.same_case.click()
    assert dialog.begin.isEnabled()
    QTest.mouseClick(dialog.slots[DECISION].clear, Qt.MouseButton.LeftButton)
    assert dialog.begin.isEnabled()
    assert dialog.same_case.isHidden()
    assert dialog.problem.text() == ""
    dialog.close()
    assert desk.store.cases() == ()


def test_a_file_that_cannot_be_used_is_told_and_the_rest_stays(desk: Desk, folder: Path) -> None:
    dialog = opened(desk)
    choose(desk, dialog, DECISION, folder / "decision.pdf")
    dialog.ask_files = lambda _many: [folder / "decision.pdf"]
    dialog.slots[APPLICATION].choose.click()
    desk.wait_until(lambda: "no application" in dialog.problem.text())
    assert dialog.slots[APPLICATION].told.text() == "none yet"
    assert dialog.slots[DECISION].told.text() == "decision.pdf"
    assert dialog.begin.isEnabled()
    dialog.close()


def begun_by(desk: Desk, dialog: NewDeterminationDialog, path: Path) -> None:
    """A letter is chosen with the keyboard, and begun with."""
    dialog.ask_letter = lambda: path
    dialog.begun.choose.setFocus()
    QTest.keyClick(dialog.begun.choose, Qt.Key.Key_Return)
    desk.wait_until(lambda: dialog.begun.told.text() == path.name)
    assert not dialog.pattern.isEnabled()
    assert dialog.begin.text() == "Begin with this letter"
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait_until(lambda: desk.document.is_open)
    desk.settle()


def without_ids(letter: Letter) -> Letter:
    """The letter for comparing: a file does not say by which ids its items went."""
    return structs.replace(
        letter, issues=tuple(structs.replace(issue, id=0) for issue in letter.issues)
    )


def test_it_begins_from_a_letter_s_json_or_pdf(desk: Desk, tmp_path: Path) -> None:
    dialog = opened(desk)
    begun_by(desk, dialog, SAMPLE)
    letter = desk.document.letter
    assert letter.header.case_number
    assert letter.issues
    path = tmp_path / "elsewhere.json"
    path.write_bytes(encode_letter(letter))
    desk.window.letters.close()
    dialog = opened(desk)
    begun_by(desk, dialog, path)
    assert without_ids(desk.document.letter) == without_ids(letter)
    assert len(desk.store.cases()) == 2


def test_a_file_without_a_letter_is_told_and_nothing_is_begun(desk: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"header": ')
    dialog = opened(desk)
    dialog.take([broken])
    desk.wait_until(lambda: "broken.json" in dialog.problem.text())
    assert dialog.begun.told.text() == "none yet"
    assert dialog.begin.text() == "Begin empty"
    dialog.close()


def test_a_letter_of_the_list_gives_its_form_and_reviewer_alone(open_desk: Desk) -> None:
    before = open_desk.document.letter
    dialog = opened(open_desk)
    open_desk.wait_until(dialog.pattern.isEnabled)
    dialog.pattern.setFocus()
    QTest.keyClick(dialog.pattern, Qt.Key.Key_Down)
    assert dialog.pattern.currentText() == before.header.case_number
    assert dialog.begin.text() == "Begin like that letter"
    QTest.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)
    open_desk.wait_until(lambda: open_desk.document.letter.header.case_number == "")
    begun = open_desk.document.letter
    assert (begun.layout, begun.reviewer) == (before.layout, before.reviewer)
    assert begun.clinical_summary == ""
    assert begun.issues == ()
    assert begun.patient == type(begun.patient)()
