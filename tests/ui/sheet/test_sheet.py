"""One field over many letters: order, keys, undo across letters, and one truth with the desk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from app.letter import FieldId
from app.paths import DATABASE
from app.services.database import open_database
from app.services.one_field import HEADER
from app.services.review import State
from app.services.store import Act, Marks, Status, Store
from app.ui import theme
from app.ui.sheet.documents import OPEN_DOCUMENTS
from tests.ui.accessibility import walk
from tests.ui.sheet.many import (
    DECIDED,
    INJURY,
    OTHER,
    add_letter,
    doubt,
    every,
    missing,
    several,
)
from tests.ui.sheet.sheet_desk import CONTROL, NONE, SHIFT, SheetDesk

Show = Callable[..., SheetDesk]
READ = date(2016, 9, 13)
ENTER = Qt.Key.Key_Return


def test_letters_in_which_a_person_is_asked_come_first_in_the_order_of_the_list(show: Show):
    desk = show(INJURY.name, 6, {5: doubt(), 2: missing(INJURY), 4: doubt(DECIDED)})
    assert desk.numbers() == [2, 5, 1, 3, 4, 6]
    assert desk.view.walk.at == (2, INJURY)
    assert "in 2 something is left to do" in desk.view.window.count.text()


def test_what_was_put_off_comes_behind_what_is_asked(sheet_desk: SheetDesk):
    sheet_desk.fill(4, every((2, 3), doubt()))
    sheet_desk.store.put_marks(
        2, INJURY.key, Marks(note="Ask the adjuster"), by="test", step=Act.EDIT
    )
    sheet_desk.show_sheet(INJURY.name)
    assert sheet_desk.numbers() == [3, 2, 1, 4]


def test_enter_keeps_and_goes_to_the_next_question(show: Show):
    desk = show(INJURY.name, 5, every((2, 4), doubt()))
    desk.press(ENTER)
    assert desk.view.walk.at == (4, INJURY)
    assert desk.is_confirmed(2, INJURY)
    assert not desk.is_confirmed(4, INJURY)
    desk.press(ENTER)
    # No question is left: on to what nobody has looked at.
    assert desk.is_confirmed(4, INJURY)
    assert desk.view.walk.at == (1, INJURY)


def test_the_other_value_by_its_key(show: Show):
    desk = show(INJURY.name, 4, every((1, 3), doubt()))
    desk.press(Qt.Key.Key_F4)
    assert desk.kept(1, INJURY) == OTHER
    assert desk.view.walk.at == (3, INJURY)


def test_a_typed_date_is_read_as_in_the_form_and_replaces_the_value(show: Show):
    desk = show(INJURY.name, 3, {2: doubt()})
    desk.write("3/8/16")
    desk.press(ENTER)
    assert desk.kept(2, INJURY) == date(2016, 3, 8)
    assert desk.is_confirmed(2, INJURY)


def test_words_that_make_no_value_stay_and_are_told_and_hold_enter(show: Show):
    desk = show(INJURY.name, 3, {2: doubt()})
    desk.write("13/45")
    desk.press(ENTER)
    assert desk.view.walk.at == (2, INJURY)
    assert desk.kept(2, INJURY) == READ
    assert desk.view.model.asked_at(0, 2).status.state is State.HALF_TYPED
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Up)
    assert isinstance(desk.cursor, QLineEdit)
    assert desk.cursor.text() == "13/45"


def test_what_is_half_typed_is_kept_within_a_second(show: Show):
    desk = show(INJURY.name, 3, {2: doubt()})
    desk.write("09/2")
    desk.wait_until(lambda: desk.store.case(2).drafts.get(INJURY.key) == "09/2")


def test_an_edit_is_in_history_and_list_before_the_sheet_is_closed(show: Show):
    desk = show(FieldId("header.priority").name, 3)
    desk.press(Qt.Key.Key_E)
    desk.press(ENTER)
    desk.wait_until(lambda: desk.store.summary(1).priority == "Expedited")
    acts = [entry.act for entry in desk.store.journal(1) if entry.field == "header.priority"]
    assert acts[:2] == [Act.EDIT, Act.CONFIRM]
    assert desk.store.verify(1) is None
    listed = {case.id: case for case in desk.window.queue.listed()}
    desk.wait_until(
        lambda: {c.id: c for c in desk.window.queue.listed()}[1].status is Status.IN_WORK
    )
    assert listed[1].id == 1


def test_the_letter_on_the_desk_shows_the_edit_at_once_and_the_other_way_round(show: Show):
    desk = show(INJURY.name, 3, {2: doubt()})
    desk.window.letters.open(2)
    desk.wait_until(lambda: desk.document.is_open)
    desk.view.walk.start()
    desk.write("03/08/2016")
    assert desk.document.letter.header.date_of_injury == date(2016, 3, 8)
    row = desk.window.form.row(INJURY)
    assert row is not None
    assert row.editor.focusProxy().text() == "03/08/2016"
    assert desk.window.sheet.documents.count == 0
    desk.document.seal()
    desk.document.edit(INJURY, OTHER)
    assert desk.view.model.data(desk.view.model.index(0, 2)) == "09/18/2016"
    assert desk.cursor.text() == "09/18/2016"


def test_a_letter_comes_onto_the_desk_with_what_was_just_typed_here(show: Show):
    desk = show(INJURY.name, 3, {2: doubt()})
    desk.window.letters.open(1)
    desk.wait_until(lambda: desk.document.is_open)
    desk.settle()  # the next one is fetched ahead
    desk.view.walk.start()
    desk.write("03/08/2016")
    desk.press(Qt.Key.Key_J, CONTROL)
    desk.wait_until(lambda: desk.window.session.case_id == 2)
    assert desk.document.letter.header.date_of_injury == date(2016, 3, 8)
    assert desk.document.current_field == INJURY
    assert desk.view.walk.at == (2, INJURY)


def test_back_from_the_desk_the_sheet_is_where_it_was(show: Show):
    desk = show(INJURY.name, 4)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_J, CONTROL)
    desk.wait_until(lambda: desk.window.session.case_id == 2)
    desk.trigger("sheet")
    assert desk.view.walk.at == (2, INJURY)
    desk.window.queue._filter.setText("0200003")
    desk.trigger("sheet")
    desk.wait_until(lambda: desk.numbers() == [3])


def test_undo_takes_back_across_letters_in_the_order_of_doing(show: Show):
    desk = show(INJURY.name, 6, every((1, 3, 5), doubt()))
    desk.press(ENTER)
    desk.press(Qt.Key.Key_F4)
    desk.write("03/08/2016")
    desk.press(ENTER)
    for number, value in ((5, READ), (3, READ), (1, READ)):
        desk.press(Qt.Key.Key_Z, CONTROL)
        assert desk.view.walk.at == (number, INJURY)
        assert desk.kept(number, INJURY) == value
        assert not desk.is_confirmed(number, INJURY)
    for number, value in ((1, READ), (3, OTHER), (5, date(2016, 3, 8))):
        desk.press(Qt.Key.Key_Y, CONTROL)
        assert desk.kept(number, INJURY) == value
    assert desk.is_confirmed(1, INJURY)
    assert desk.is_confirmed(5, INJURY)
    # What is taken back is kept as such.
    acts = [entry.act for entry in desk.store.journal(3)]
    assert acts.count(Act.UNDO) == acts.count(Act.REDO) == 1


def test_undo_on_the_desk_takes_back_what_was_done_in_the_sheet(show: Show):
    desk = show(INJURY.name, 4, every((1, 3), doubt()))
    desk.window.letters.open(1)
    desk.wait_until(lambda: desk.document.is_open)
    desk.settle()
    desk.view.walk.start()
    desk.press(ENTER)  # the letter on the desk
    desk.press(ENTER)
    desk.window.sheet.close()
    assert desk.is_confirmed(3, INJURY)
    desk.trigger("undo")
    assert not desk.is_confirmed(3, INJURY)
    assert desk.is_confirmed(1, INJURY)
    desk.trigger("undo")
    assert not desk.is_confirmed(1, INJURY)


def test_what_was_done_to_the_letter_on_the_desk_is_taken_back_when_another_is_there(show: Show):
    desk = show(INJURY.name, 4, every((1, 3), doubt()))
    desk.window.letters.open(1)
    desk.wait_until(lambda: desk.document.is_open)
    desk.settle()
    desk.view.walk.start()
    desk.press(Qt.Key.Key_F4)  # the letter on the desk
    desk.press(ENTER)
    desk.window.letters.open(3)
    desk.wait_until(lambda: desk.window.session.case_id == 3)
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert not desk.is_confirmed(3, INJURY)
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.kept(1, INJURY) == READ


def test_what_was_changed_since_is_not_taken_back(show: Show):
    desk = show(INJURY.name, 3, {2: doubt()})
    desk.press(Qt.Key.Key_F4)
    desk.window.letters.open(2)
    desk.wait_until(lambda: desk.document.is_open)
    desk.document.edit(INJURY, date(2016, 3, 8))
    desk.window.letters.open(1)
    desk.wait_until(lambda: desk.window.session.case_id == 1)
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.kept(2, INJURY) == date(2016, 3, 8)
    assert "changed since" in desk.view.window.said.text()


def test_keeping_what_is_shown_leaves_questions_and_is_one_step(show: Show):
    desk = show(INJURY.name, 6, {4: doubt()})
    desk.press(ENTER, SHIFT)
    kept = [number for number in range(1, 7) if desk.is_confirmed(number, INJURY)]
    assert kept == [1, 2, 3, 5, 6]
    assert Act.CONFIRM in [entry.act for entry in desk.store.journal(1)]
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert not any(desk.is_confirmed(number, INJURY) for number in range(1, 7))


def test_only_what_stands_beside_its_picture_is_kept(sheet_desk: SheetDesk):
    desk = sheet_desk
    desk.fill(4)
    desk.store.files.path(desk.store.summary(3).file_sha256).unlink()
    desk.show_sheet(INJURY.name)
    desk.press(ENTER, SHIFT)
    assert [n for n in range(1, 5) if desk.is_confirmed(n, INJURY)] == [1, 2, 4]
    strip = desk.view.window.table.strip_of(2)
    assert strip is not None
    assert strip.problem is not None


def test_a_letter_that_cannot_be_read_is_told_in_its_row(sheet_desk: SheetDesk):
    desk = sheet_desk
    desk.fill(3)
    with desk.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE letters SET letter = '{' WHERE case_id = 2")
    desk.show_sheet(INJURY.name)
    assert desk.numbers() == [2, 1, 3]
    assert desk.view.model.problem_of(0)
    desk.view.walk.choose((0, 2))
    assert desk.view.walk.at is None
    assert desk.view.window.said.text() == desk.view.model.problem_of(0)


def test_the_sheet_shows_what_the_filter_of_the_list_shows(sheet_desk: SheetDesk):
    desk = sheet_desk
    desk.fill(12)
    desk.window.queue._filter.setText("020001")
    desk.show_sheet(INJURY.name)
    assert desk.numbers() == [10, 11, 12]
    # A letter that comes in while it is open comes last, where the filter shows it.
    more = add_letter(desk.store, 19)
    desk.window.letters.show_queue()
    desk.window.sheet.letter_taken_in(
        desk.store.import_pdf(desk.store.pdf(more.id), desk.store.case(more.id).parsed, by="test")
    )
    desk.wait_until(lambda: len(desk.view.model.rows) == 4)
    assert desk.numbers() == [10, 11, 12, 19]
    desk.window.letter_list.remove((desk.store.summary(11),))
    assert desk.numbers() == [10, 12, 19]


def test_what_is_still_being_read_is_told(show: Show):
    desk = show(INJURY.name, 2)
    desk.window.opener.progressed.emit(3, 10, 0)
    assert "7 more are still being read" in desk.view.window.count.text()


def test_few_documents_and_pictures_are_kept_at_a_time(show: Show):
    desk = show(INJURY.name, 6)
    assert desk.window.sheet.documents.most == OPEN_DOCUMENTS
    desk.window.sheet.documents.most = 3
    for _ in range(6):
        desk.press(ENTER)
    assert all(desk.is_confirmed(number, INJURY) for number in range(1, 7))
    assert desk.window.sheet.documents.count == 3
    desk.window.sheet.close()
    assert desk.window.sheet.documents.count == 0


def test_an_item_has_a_row_of_its_own_and_the_row_follows_the_letter(show: Show):
    desk = show("issue.decision", 2)
    assert [row.fields[0].issue for row in desk.view.model.rows] == [0, 1, 0, 1]
    assert desk.view.model.name_of(1) == "CM16-0200001 · item 2"
    desk.press(Qt.Key.Key_O)
    desk.press(ENTER)
    assert desk.store.summary(1).outcome is not None
    desk.window.session.settle()
    assert str(desk.store.case(1).letter.outcome) == "Overturn"


@pytest.mark.parametrize(
    "name", ["header.date_of_injury", "issue.title", "issue.rationale", HEADER]
)
@pytest.mark.parametrize("points", [None, 14.0])
def test_all_columns_of_a_field_are_in_sight_on_a_small_screen(
    show: Show, qapp: QApplication, name: str, points: float | None
):
    theme.apply(qapp, theme.Scheme.LIGHT, points)
    desk = show(name, 2)
    table = desk.view.window.table
    window = table.window()
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1000, 700)
    desk.settle()
    shown, room = table.horizontalHeader().length(), table.viewport().width()
    theme.apply(qapp, theme.Scheme.LIGHT)
    assert not table.horizontalScrollBar().isVisible()
    assert shown <= room


def test_the_header_as_a_grid_goes_from_question_to_question(show: Show):
    changes = {3: several(doubt(), doubt(DECIDED, "11/15/2016")), 2: missing(DECIDED)}
    desk = show(HEADER, 4, changes)
    assert desk.numbers() == [2, 3, 1, 4]
    seen = [desk.view.walk.at]
    for _ in range(2):
        desk.press(Qt.Key.Key_F8)
        seen.append(desk.view.walk.at)
    assert seen == [(2, DECIDED), (3, INJURY), (3, DECIDED)]
    desk.press(Qt.Key.Key_F8, SHIFT)
    assert desk.view.walk.at == (3, INJURY)
    desk.press(Qt.Key.Key_Tab)
    assert desk.view.walk.at == (3, DECIDED)
    desk.press(Qt.Key.Key_Backtab)
    assert desk.view.walk.at == (3, INJURY)


def test_a_whole_header_is_kept_with_the_question_in_hand_but_no_other(show: Show):
    desk = show(HEADER, 3, {2: several(doubt(), doubt(DECIDED, "11/15/2016"))})
    desk.press(ENTER, SHIFT)
    desk.window.session.settle()
    confirmed = set(desk.store.case(2).confirmed)
    assert INJURY.key in confirmed
    assert DECIDED.key not in confirmed
    assert len(confirmed) == 6
    assert desk.view.walk.at == (2, DECIDED)


def test_a_question_is_put_off_with_a_note_and_taken_up(show: Show):
    desk = show(INJURY.name, 4, every((1, 3), doubt()))
    desk.press(Qt.Key.Key_D, CONTROL | SHIFT)
    popup = next(
        w for w in desk.view.window.findChildren(QLineEdit) if w.accessibleName() == "Note"
    )
    QTest.keyClicks(popup, "Ask")
    QTest.keyClick(popup, ENTER)
    desk.window.session.settle()
    assert desk.store.case(1).postponed[INJURY.key] == "Ask"
    assert desk.view.walk.at == (3, INJURY)
    desk.press(Qt.Key.Key_Z, CONTROL)
    desk.window.session.settle()
    assert INJURY.key not in desk.store.case(1).postponed


def test_by_mouse_alone(show: Show):
    desk = show(INJURY.name, 4, every((1, 3), doubt()))
    table, model = desk.view.window.table, desk.view.model
    place = table.visualRect(model.index(1, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert desk.view.walk.at == (3, INJURY)
    hand = desk.view.window.hand
    buttons = [b for b in hand.findChildren(QPushButton) if b.isVisibleTo(hand)]
    other = next(b for b in buttons if b.text().startswith("Use 09/18"))
    QTest.mouseClick(other, Qt.MouseButton.LeftButton, NONE, QPoint(4, 4))
    assert desk.kept(3, INJURY) == OTHER
    assert desk.view.walk.at == (1, INJURY)
    keep = next(b for b in hand.findChildren(QPushButton) if b.text() == "Keep")
    QTest.mouseClick(keep, Qt.MouseButton.LeftButton)
    assert desk.is_confirmed(1, INJURY)


def test_every_part_has_a_name_and_is_reached(show: Show):
    desk = show(INJURY.name, 3, {2: doubt()})
    assert desk.cursor.accessibleName() == "Date of injury, CM16-0200002"
    assert "stamp" in desk.cursor.accessibleDescription()
    spoken = desk.view.model.data(desk.view.model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "CM16-0200002, Date of injury: 09/13/2016, check"
    assert walk(desk.view.window) == []


def test_every_part_of_the_header_s_grid_has_a_name_too(show: Show):
    desk = show(HEADER, 3, {2: doubt()})
    assert walk(desk.view.window) == []


def test_an_edit_survives_a_kill_at_once(show: Show, tmp_path: Path):
    desk = show(INJURY.name, 3, {2: doubt()})
    desk.press(Qt.Key.Key_F4)
    desk.wait_until(lambda: desk.window.session.unwritten == 0)
    left = tmp_path / "left"  # what lies on the disk while the program runs is what a kill leaves
    shutil.copytree(desk.data, left)
    database = open_database(left / DATABASE)
    try:
        case = Store(database, left).case(2)
    finally:
        database.close()
    assert case.letter.header.date_of_injury == OTHER
    assert case.history.position == 1


def test_it_goes_when_patient_data_is_hidden(show: Show):
    desk = show(INJURY.name, 2)
    desk.window.commands["mask"].setChecked(True)
    assert desk.window.sheet.view is None
    desk.trigger("sheet")
    assert desk.window.sheet.view is None
    assert "hidden" in desk.window.notice.words
