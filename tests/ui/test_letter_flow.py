"""One letter after another: in the order of the list, to its end, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.services.store import Status
from app.ui.opening_mark import OPENING
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file, letter_files

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    target = desk.window.focusWidget() or desk.window
    QTest.keyClick(target, key, modifiers)


def number(desk: Desk) -> str:
    return desk.document.letter.header.case_number


def go(desk: Desk, key: Qt.Key, expected: str, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    press(desk, key, modifiers)
    desk.wait_until(lambda: number(desk) == expected)
    desk.settle()


@pytest.fixture(scope="module")
def four_kept(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which four letters were read: each test begins with a copy of it."""
    desk = Desk(tmp_path_factory.mktemp("four"))
    for path in letter_files(desk.folder, 4):
        desk.open(path)  # one by one: together they are listed as each is read
    desk.settle()
    desk.close()
    return desk.folder


@pytest.fixture
def four(qtbot: QtBot, tmp_path: Path, four_kept: Path) -> Iterator[Desk]:
    """Four letters in the list, the first one on the desk."""
    desk = Desk.begun_with(four_kept, tmp_path)
    assert number(desk) == "CM16-0200001"
    yield desk
    desk.close()


def test_the_clicked_letter_opens_first_and_the_rest_come_behind_it(qtbot: QtBot, desk: Desk):
    paths = letter_files(desk.folder, 4)
    desk.window.take_in([paths[2], paths[0], paths[1], paths[3]])
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    assert number(desk) == "CM16-0200003"
    desk.wait_until(lambda: len(desk.store.cases()) == 4)
    desk.settle()
    assert number(desk) == "CM16-0200003"
    assert "4 letters read" in desk.window.strips.reading.words


def test_a_folder_brings_its_letters_by_name(desk: Desk) -> None:
    inner = desk.folder / "in" / "deeper"
    inner.mkdir(parents=True)
    letter_file(inner, 2)
    letter_file(desk.folder / "in", 1)
    (inner / "notes.txt").write_text("no letter")
    desk.window.take_in([desk.folder / "in"])
    desk.wait_until(lambda: len(desk.store.cases()) == 2)
    desk.settle()
    assert {case.number for case in desk.store.cases()} == {"CM16-0200001", "CM16-0200002"}


def test_an_import_can_be_cancelled(desk: Desk) -> None:
    desk.window.take_in(letter_files(desk.folder, 6))
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    desk.window.strips.reading.cancel_requested.emit()
    desk.settle()
    assert 1 <= len(desk.store.cases()) < 6
    assert not desk.window.opener.is_importing


def test_next_and_previous_follow_the_list_and_end_cleanly(four: Desk) -> None:
    for last in ("2", "3", "4"):
        go(four, Qt.Key.Key_PageDown, f"CM16-020000{last}")
        assert f"{last} of 4" in four.window.top_bar._place.text()
    press(four, Qt.Key.Key_PageDown, CONTROL)
    assert four.window.notice.words == "That was the last letter of the list."
    for last in ("3", "2", "1"):
        go(four, Qt.Key.Key_PageUp, f"CM16-020000{last}")
    press(four, Qt.Key.Key_PageUp, CONTROL)
    assert four.window.notice.words == "That was the first letter of the list."
    assert number(four) == "CM16-0200001"


def test_next_follows_what_the_filter_leaves_in_its_order(four: Desk) -> None:
    queue = four.window.queue
    queue._filter.setText("CM16-020000")
    for case in four.store.cases():
        if case.number in ("CM16-0200002", "CM16-0200003"):
            four.store.set_status(case.id, Status.CHECKED, by="tester")
    four.window.letters.show_queue()
    queue._status.setCurrentText("New")
    assert four.window.queue.place_of(four.window.session.case_id) == (1, 2)
    go(four, Qt.Key.Key_PageDown, "CM16-0200004")
    press(four, Qt.Key.Key_PageDown, CONTROL)
    assert four.window.notice.words == "That was the last letter of the list."


def check(desk: Desk) -> None:
    """The one question of the letter is answered, which ends it."""
    desk.trigger("use_other")
    desk.settle()


def test_checked_marks_the_letter_and_opens_the_next_that_is_not_done(four: Desk) -> None:
    first, second, *_ = (case.id for case in four.store.cases())
    four.store.set_status(second, Status.EXPORTED, by="tester")
    four.window.letters.show_queue()
    check(four)
    assert number(four) == "CM16-0200003"
    assert four.store.summary(first).status is Status.CHECKED
    # The list of open work alone: what is checked leaves it, and the next one is still the next.
    four.window.queue._status.setCurrentText("To do")
    check(four)
    assert number(four) == "CM16-0200004"
    four.window.letters.open(first)
    four.wait_until(lambda: number(four) == "CM16-0200001")
    four.settle()
    # Round the end: the last one that is left.
    press(four, Qt.Key.Key_S, CONTROL | SHIFT)
    four.wait_until(lambda: number(four) == "CM16-0200004")
    four.settle()
    check(four)
    assert four.window.notice.words == "Checked. Every letter of the list is done."
    assert all(case.is_done for case in four.store.cases())
    assert "done today" in four.window.queue._count.text()


def test_the_end_says_how_many_the_filter_hides(four: Desk) -> None:
    four.window.queue._filter.setText("0200001")
    check(four)
    assert four.window.notice.words == "Checked. Every letter shown is done; 3 more are not shown."


def test_what_is_left_is_told_before_a_letter_is_marked(four: Desk) -> None:
    first = four.window.session.case_id
    assert first is not None
    four.document.edit(FieldId("header.priority"), "")
    press(four, Qt.Key.Key_S, CONTROL | SHIFT)
    words = four.window.notice.words
    assert "Left to do: 1 missing, 1 doubt (Date of injury; Priority)." in words
    four.wait_until(lambda: four.store.summary(first).status is Status.IN_WORK)
    # Something else is left now: it is told anew.
    four.trigger("use_other")
    assert not four.window.notice.words.startswith("Not marked")
    press(four, Qt.Key.Key_S, CONTROL | SHIFT)
    assert "Left to do: 1 missing (Priority)." in four.window.notice.words
    go(four, Qt.Key.Key_S, "CM16-0200002", CONTROL | SHIFT)
    assert four.store.summary(first).status is Status.CHECKED
    (told,) = [e.label for e in four.store.journal(first) if e.label.startswith("Marked checked")]
    assert told == "Marked checked. Left to do: 1 missing (Priority)."


def test_enter_again_marks_the_letter_too(four: Desk) -> None:
    """A letter with one question: Enter keeps, Enter checks, and the next letter is there."""
    first = four.window.session.case_id
    assert first is not None
    press(four, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert "Left to do: 1 error" in four.window.notice.words
    press(four, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    four.wait_until(lambda: number(four) == "CM16-0200002")
    assert four.window.session.log.settle(30.0)
    assert four.store.summary(first).status is Status.CHECKED


def test_checked_is_taken_back_and_done_again(four: Desk) -> None:
    first = four.window.session.case_id
    assert first is not None
    check(four)
    assert number(four) == "CM16-0200002"
    assert four.window.commands["undo"].text() == "Undo: Mark checked"
    press(four, Qt.Key.Key_Z, CONTROL)
    four.wait_until(lambda: number(four) == "CM16-0200001")
    four.settle()
    assert four.store.summary(first).status is Status.IN_WORK
    four.trigger("redo")
    four.settle()
    assert four.store.summary(first).status is Status.CHECKED


def test_undo_takes_back_what_was_done_last(four: Desk) -> None:
    first = four.window.session.case_id
    assert first is not None
    check(four)
    four.document.edit(FieldId("header.priority"), "Expedited")
    four.trigger("undo")
    assert four.document.letter.header.priority == "Standard"
    assert number(four) == "CM16-0200002"
    assert four.store.summary(first).status is Status.CHECKED
    four.trigger("undo")
    four.wait_until(lambda: number(four) == "CM16-0200001")
    assert four.window.session.log.settle(30.0)
    assert four.store.summary(first).status is Status.IN_WORK


def test_several_letters_are_marked_at_once_but_not_what_is_unfinished(four: Desk) -> None:
    clean = [case.id for case in four.store.cases()][1:3]
    for case_id in clean:
        four.store.set_left(case_id, 0, 0)
    four.window.letters.show_queue()
    four.window.queue.act_requested.emit("check", four.store.cases())
    four.settle()
    done = {case.id for case in four.store.cases() if case.is_done}
    assert done == set(clean)
    assert four.window.notice.words.startswith(
        "2 letters are marked checked. In 2 letters something"
    )
    four.window.notice._cards[-1].buttons[-1].click()
    four.settle()
    assert all(case.is_done for case in four.store.cases())
    four.trigger("undo")
    four.trigger("undo")
    four.settle()
    assert not any(case.is_done for case in four.store.cases())


def test_the_end_of_the_letter_offers_the_next_one_that_is_ready(four: Desk) -> None:
    with_no_question = FieldId("header.case_number")
    four.document.edit(FieldId("header.date_of_injury"), date(2016, 9, 18))
    four.window.fields.go_to(with_no_question)
    four.window.fields.confirm()
    assert four.document.open_points == ()
    offer = four.window.notice.findChildren(QPushButton)[-1]
    assert "open next" in offer.text()
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    four.wait_until(lambda: number(four) == "CM16-0200002")
    assert four.store.cases()[0].status is Status.CHECKED


def test_edits_are_listed_and_each_letter_keeps_its_own(four: Desk) -> None:
    four.document.edit(FieldId("header.date_of_injury"), date(2016, 9, 18))
    first = four.document.letter
    go(four, Qt.Key.Key_PageDown, "CM16-0200002")
    assert not four.document.history.canUndo()
    assert four.window.queue._visible.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "CM16-0200001, in work"
    )
    go(four, Qt.Key.Key_PageUp, "CM16-0200001")
    assert four.document.letter == first
    assert four.document.history.canUndo()


def test_each_letter_remembers_its_place_and_zoom(four: Desk) -> None:
    view = four.window.letter_pane.view
    view.set_zoom(1.7)
    view.go_to_page(2)
    four.settle()
    go(four, Qt.Key.Key_PageDown, "CM16-0200002")
    go(four, Qt.Key.Key_PageUp, "CM16-0200001")
    assert view.zoom == pytest.approx(1.7)


def test_the_next_letter_waits_for_the_disk_and_the_window_does_not(four: Desk) -> None:
    log = four.window.session.log
    log.hold()  # as a slow disk does
    four.document.edit(FieldId("header.priority"), "Expedited")
    press(four, Qt.Key.Key_PageDown, CONTROL)
    assert number(four) == "CM16-0200001"
    assert four.window.notice.words == ""
    four.document.edit(FieldId("patient.age"), 61)  # it is still worked on meanwhile
    log.go_on()
    four.wait_until(lambda: number(four) == "CM16-0200002")
    kept = four.store.case(four.store.cases()[0].id).letter
    assert kept.header.priority == "Expedited"
    assert kept.patient.age == 61


def test_the_place_on_top_follows_the_list_as_it_is_shown(four: Desk) -> None:
    place = four.window.top_bar._place
    assert place.text() == "1 of 4"
    four.window.queue._filter.setText("0200001")
    assert place.text() == "1 of 1"
    four.window.queue._filter.setText("")
    # As the command `import` takes letters in while the window is open.
    data = letter_file(four.folder, 8).read_bytes()
    four.store.import_pdf(data, four.document.parsed, by="other", file_name="other.pdf")
    four.window.letters.show_queue()
    assert place.text() == "1 of 5"


def test_the_very_same_file_is_told_and_opens_as_it_was_left(four: Desk) -> None:
    four.document.edit(FieldId("header.priority"), "Expedited")
    edited = four.document.letter
    go(four, Qt.Key.Key_PageDown, "CM16-0200002")
    copy = four.folder / "copy.pdf"
    copy.write_bytes((four.folder / "letter-1.pdf").read_bytes())
    four.open(copy)
    assert "here already" in four.window.notice.words
    assert four.document.letter == edited
    assert len(four.store.cases()) == 4


def test_the_same_case_from_another_file_is_told_with_what_differs(four: Desk) -> None:
    path = letter_file(four.folder, 1, issues=3, name="again.pdf")
    four.open(path)
    assert len(four.store.cases()) == 5
    words = four.window.notice.words
    assert words.startswith("Another file of case CM16-0200001 is here already. They differ in: ")
    assert "Disputed item" in words
    offer = four.window.notice.findChildren(QPushButton)[-1]
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    four.wait_until(lambda: len(four.document.letter.issues) == 2)


def test_a_removed_letter_is_brought_back_by_undo_and_from_the_removed(four: Desk) -> None:
    gone = four.window.session.case_id
    assert gone is not None
    four.document.edit(FieldId("header.priority"), "Expedited")
    four.trigger("remove_letter")
    four.wait_until(lambda: number(four) == "CM16-0200002")
    four.settle()
    assert gone not in {case.id for case in four.store.cases()}
    # The news of it stands over the next letter.
    assert "removed from the list" in four.window.notice.words
    press(four, Qt.Key.Key_Z, CONTROL)
    four.wait_until(lambda: number(four) == "CM16-0200001")
    four.settle()
    assert four.document.letter.header.priority == "Expedited"
    assert four.document.history.canUndo()
    four.trigger("redo")
    four.settle()
    assert gone not in {case.id for case in four.store.cases()}
    queue = four.window.queue
    queue._status.setCurrentText("Removed")
    (removed,) = queue.listed()
    queue.act_requested.emit("put_back", (removed,))
    four.wait_until(lambda: number(four) == "CM16-0200001")
    assert gone in {case.id for case in four.store.cases()}


def test_what_was_removed_comes_back_by_undo_after_a_restart_in_its_order(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """Undo takes back what was last done, also to letters as wholes and before the restart."""
    desk = Desk(tmp_path)
    for path in letter_files(tmp_path, 5):
        desk.open(path)
    desk.settle()
    ids = [case.id for case in desk.store.cases()]
    desk.window.letters.open(ids[0])
    desk.wait_until(lambda: number(desk) == "CM16-0200001")
    desk.document.edit(FieldId("header.priority"), "Expedited")
    desk.window.letter_list.remove(tuple(desk.store.summary(one) for one in ids[1:3]))
    desk.document.edit(FieldId("patient.age"), 61)
    desk.session_settled()
    desk.window.letter_list.remove((desk.store.summary(ids[3]),))
    desk.settle()
    desk.close()
    again = Desk(tmp_path)
    again.window.letters.open_last()
    again.wait_until(lambda: again.window.letters.opened is not None)

    def listed() -> set[int]:
        return {case.id for case in again.store.cases()}

    assert listed() == {ids[0], ids[4]}
    assert again.window.history.undo_words == "Remove letter"
    again.trigger("undo")
    again.wait_until(lambda: number(again) == "CM16-0200004")
    again.settle()
    assert listed() == {ids[0], ids[3], ids[4]}
    again.window.letters.open(ids[0])
    again.wait_until(lambda: number(again) == "CM16-0200001")
    again.trigger("undo")  # the age that was typed between the two
    assert again.document.letter.patient.age != 61
    again.trigger("undo")
    again.wait_until(lambda: number(again) in ("CM16-0200002", "CM16-0200003"))
    again.settle()
    assert listed() == set(ids)
    again.trigger("redo")
    again.settle()
    assert listed() == {ids[0], ids[3], ids[4]}
    again.close()


def test_the_only_letter_comes_back_by_undo_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.open(letter_files(tmp_path, 1)[0])
    desk.trigger("remove_letter")
    desk.settle()
    desk.close()
    again = Desk(tmp_path)
    again.window.letters.open_last()
    again.settle()
    assert again.window.letters.opened is None
    again.trigger("undo")
    again.wait_until(lambda: number(again) == "CM16-0200001")
    again.close()


def test_what_was_removed_before_other_letters_were_worked_on_is_not_undone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """It was not what was done last: the list of the removed has it."""
    desk = Desk(tmp_path)
    for path in letter_files(tmp_path, 3):
        desk.open(path)
    desk.settle()
    first, second, third = (case.id for case in desk.store.cases())
    desk.window.letter_list.remove((desk.store.summary(second),))
    desk.document.edit(FieldId("patient.age"), 61)
    desk.window.letters.open(first)
    desk.wait_until(lambda: number(desk) == "CM16-0200001")
    desk.settle()
    desk.close()
    again = Desk(tmp_path)
    again.window.letters.open_last()
    again.wait_until(lambda: again.window.letters.opened is not None)
    assert not again.window.commands["undo"].isEnabled()
    assert {case.id for case in again.store.cases()} == {first, third}
    again.close()


def test_a_removed_letter_is_deleted_for_good_after_a_question(four: Desk) -> None:
    other = four.store.cases()[2]
    four.window.beside.backups.back_up()
    four.settle()
    four.window.queue.act_requested.emit("remove", (other,))
    four.settle()
    four.window.queue.act_requested.emit("delete", (other,))
    assert four.window.notice.words.startswith("Delete this letter")
    assert "nothing brings it back" in four.window.notice.words
    assert other.id in {case.id for case in four.store.cases(removed=True)}
    four.window.notice._cards[-1].buttons[-1].click()
    four.wait_until(lambda: "Erased from the database" in four.window.notice.words)
    assert four.store.cases(removed=True) == ()
    told = [button.text() for card in four.window.notice._cards for button in card.buttons]
    assert "Bring back" not in told
    assert not four.store.files.path(other.file_sha256).exists()
    assert other.id not in {case.id for case in four.window.queue.listed()}
    made = next(b for b in four.window.beside.backups._backups.all() if b.reason == "by-hand")
    four.window.beside.backups.restore(made)
    four.settle()
    assert other.id not in {case.id for case in four.store.cases(removed=True)}
    assert len(four.store.cases()) == 3


def test_the_next_start_opens_where_the_user_was(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for path in letter_files(tmp_path, 2):
        desk.open(path)
    desk.settle()
    press(desk, Qt.Key.Key_PageUp, CONTROL)
    desk.wait_until(lambda: number(desk) == "CM16-0200001")
    desk.close()
    again = Desk(tmp_path)
    again.window.letters.open_last()
    again.wait_until(lambda: again.window.letters.opened is not None)
    assert number(again) == "CM16-0200001"
    again.close()


def test_a_letter_whose_opening_never_ended_is_not_opened_by_itself(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for path in letter_files(tmp_path, 2):
        desk.open(path)
    desk.settle()
    heavy = desk.window.session.case_id
    assert desk.store.setting(OPENING) is None, "the mark goes when the page is there"
    desk.close()
    # As a program leaves it that was ended while the letter was being opened.
    again = Desk(tmp_path)
    again.store.save_setting(OPENING, heavy)
    again.window.letters.open_last()
    again.settle()
    assert again.window.letters.opened is None
    assert "CM16-0200002" in again.window.notice.words
    assert heavy is not None
    again.window.letters.remove_listed(heavy)
    again.window.letters.open_last()
    assert heavy not in {case.id for case in again.store.cases()}
    again.close()


def test_of_several_that_leave_the_list_none_stays_on_the_desk(four: Desk) -> None:
    first, second, third, last = four.window.queue.listed()
    letters, queue = four.window.letters, four.window.queue

    def on_desk() -> int | None:
        four.settle()
        return four.window.session.case_id if four.document.is_open else None

    for here, gone, next_one in (
        (first, (first, second), third.id),
        (last, (third, last), second.id),
        (second, (second, first, last, third), None),
    ):
        letters.open(here.id)
        assert on_desk() == here.id
        queue.act_requested.emit("remove", gone)
        assert on_desk() == next_one
        four.trigger("undo") if next_one else four.window.letter_list.put_back(gone)
        four.settle()
        assert [case.id for case in queue.listed()] == [first.id, second.id, third.id, last.id]


def test_the_list_removes_a_letter_without_opening_it(four: Desk) -> None:
    other = four.store.cases()[2]
    queue = four.window.queue
    index = queue._visible.mapFromSource(queue._model.index_of(other.id))
    only = QItemSelectionModel.SelectionFlag.ClearAndSelect
    queue._list.selectionModel().select(index, only)
    next(one for one in queue.menu().actions() if one.data() == "remove").trigger()
    four.settle()
    assert other.id not in {case.id for case in four.store.cases()}
    assert number(four) == "CM16-0200001"


def test_the_only_letter_is_brought_back_by_undo_too(desk: Desk) -> None:
    desk.open(letter_file(desk.folder, 1))
    desk.settle()
    desk.trigger("remove_letter")
    desk.settle()
    assert desk.window.letters.opened is None
    assert desk.window.commands["undo"].isEnabled()
    desk.trigger("undo")
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    assert [case.number for case in desk.store.cases()] == ["CM16-0200001"]
