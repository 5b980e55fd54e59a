"""The last answer ends the letter: said before, done at once, taken back step by step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.letter import FieldId, Letter, with_value
from app.services.store import Status
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file, pdf_bytes
from tests.ui.made_letters import ON_A_SATURDAY, letter

DECIDED = FieldId("header.decision_date")
INJURY = FieldId("header.date_of_injury")


def two_questions() -> Letter:
    """Decided on a Saturday, and one title holds a level with a letter for a digit."""
    made = letter(1, decided=ON_A_SATURDAY, summary_doi="09/13/2016")
    first = replace(made.issues[0], title="Lumbar epidural steroid injection at L5-Sl")
    return replace(made, issues=(first, *made.issues[1:]))


@pytest.fixture(scope="module")
def two_kept(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which both letters were read: each test begins with a copy of it."""
    desk = Desk(tmp_path_factory.mktemp("two"))
    path = desk.folder / "two.pdf"
    path.write_bytes(pdf_bytes(two_questions()))
    desk.window.take_in([path, letter_file(desk.folder, 2)])
    desk.wait_until(lambda: len(desk.store.cases()) == 2)
    desk.settle()
    desk.close()
    return desk.folder


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, two_kept: Path) -> Iterator[Desk]:
    """A letter with two questions, and one behind it that is not done."""
    desk = Desk.begun_with(two_kept, tmp_path)
    assert number(desk) == "CM16-0200001"
    assert len(desk.document.doubts) == 2
    yield desk
    desk.close()


def number(desk: Desk) -> str:
    return desk.document.letter.header.case_number


def press(desk: Desk, key: Qt.Key = Qt.Key.Key_Return, *, control: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(desk.window.focusWidget() or desk.window, key, modifiers)


def told(desk: Desk) -> tuple[str, str]:
    """(beside the field in hand, on the bar): what Enter will do."""
    field = desk.document.current_field
    row = desk.window.form.row(field) if field is not None else None
    assert row is not None
    return row._enter.text(), desk.window.top_bar._left.text()


def status(desk: Desk) -> Status:
    desk.session_settled()
    return desk.store.cases()[0].status


def test_two_doubts_kept_are_two_presses_and_the_next_letter_is_there(desk: Desk) -> None:
    assert "checked" not in told(desk)[1]
    press(desk)
    assert number(desk) == "CM16-0200001"
    # Said before it is done: at the field, on the bar, and to a screen reader.
    assert told(desk)[0] == "Enter: right, letter checked"
    assert told(desk)[1] == "? 1 doubt · then checked"
    focus = desk.window.focusWidget()
    assert focus is not None
    assert "letter checked" in focus.accessibleDescription()
    press(desk)
    desk.wait_until(lambda: number(desk) == "CM16-0200002")
    assert status(desk) is Status.CHECKED
    assert "its last question is answered" in desk.window.notice.words


def test_it_is_taken_back_step_by_step(desk: Desk) -> None:
    last = desk.document.doubts[1]
    press(desk)
    press(desk)
    desk.wait_until(lambda: number(desk) == "CM16-0200002")
    assert desk.window.commands["undo"].text() == "Undo: Mark checked"
    press(desk, Qt.Key.Key_Z, control=True)
    desk.wait_until(lambda: number(desk) == "CM16-0200001")
    desk.settle()
    assert status(desk) is not Status.CHECKED
    assert desk.document.open_points == ()
    press(desk, Qt.Key.Key_Z, control=True)
    assert desk.document.doubts == (last,)
    assert desk.document.current_field == last


def test_the_last_answer_that_is_typed_ends_it_too(desk: Desk) -> None:
    desk.window.fields.go_to(desk.document.doubts[1])
    press(desk)
    assert desk.document.current_field == DECIDED
    QTest.keyClicks(desk.window.focusWidget(), "11142016")
    assert told(desk)[1] == "✓ nothing left to do · then checked"
    press(desk)
    desk.wait_until(lambda: number(desk) == "CM16-0200002")
    assert status(desk) is Status.CHECKED
    journal = desk.store.journal(desk.store.cases()[0].id)
    assert date(2016, 11, 14) in [entry.after for entry in journal]


def test_with_something_put_off_the_last_answer_ends_nothing(desk: Desk) -> None:
    first, last = desk.document.doubts
    desk.document.postpone(first, "Ask the office")
    desk.window.fields.go_to(last)
    assert "checked" not in told(desk)[1]
    press(desk)
    assert number(desk) == "CM16-0200001"
    assert "Left to do: 1 postponed" in desk.window.notice.words
    assert status(desk) is not Status.CHECKED


def test_putting_off_the_last_question_again_marks_nothing(desk: Desk) -> None:
    """It is no answer: only Enter and the command do, after what is left was told."""
    for field in desk.document.doubts:
        desk.document.postpone(field, "")
    for _ in range(2):
        desk.window.beside.letter.field_postponed.emit()
        assert "Left to do: 2 postponed" in desk.window.notice.words
        assert status(desk) is not Status.CHECKED
    desk.trigger("checked")
    desk.settle()
    assert desk.store.cases()[0].status is Status.CHECKED


def test_what_the_checks_find_in_the_answer_is_told_first(desk: Desk) -> None:
    press(desk)
    last = desk.document.current_field
    assert last is not None
    desk.document.edit(FieldId("header.ur_denial_date"), date(2017, 5, 1))  # after the decision
    desk.window.fields.go_to(last)
    press(desk)  # the checks run behind the typing: what they find now counts
    assert number(desk) == "CM16-0200001"
    assert status(desk) is not Status.CHECKED
    assert desk.document.open_points


def test_where_two_days_stand_only_giving_one_up_ends_the_letter(desk: Desk) -> None:
    """What is said before is so: whoever keeps both has an error left, and is told."""
    desk.trigger("next_letter")
    desk.wait_until(lambda: number(desk) == "CM16-0200002")
    desk.settle()
    assert told(desk)[1] == "? 1 doubt · other value: checked"
    assert "letter checked" not in told(desk)[0]
    press(desk)
    assert number(desk) == "CM16-0200002"
    assert "Left to do: 1 error" in desk.window.notice.words
    press(desk, Qt.Key.Key_Z, control=True)
    press(desk, Qt.Key.Key_F4)
    desk.wait_until(lambda: number(desk) == "CM16-0200001")


@pytest.mark.usefixtures("qtbot")
def test_that_a_letter_was_checked_is_taken_back_after_a_new_start_too(tmp_path: Path) -> None:
    def opened() -> Desk:
        made = Desk(tmp_path)
        made.window.letters.open_last()
        return made

    first = Desk(tmp_path)
    first.open(letter_file(tmp_path, 1))
    first.settle()
    first.trigger("use_other")  # its one question: the letter is checked
    assert status(first) is Status.CHECKED
    first.close()
    again = opened()
    again.wait_until(lambda: again.window.letters.opened is not None)
    again.settle()
    assert again.window.commands["undo"].text() == "Undo: Mark checked"
    again.trigger("undo")
    again.settle()
    assert status(again) is Status.IN_WORK
    again.trigger("undo")  # and then what was done before it
    assert again.document.doubts == (INJURY,)
    assert not again.window.commands["undo"].isEnabled()
    again.close()


def test_an_empty_field_that_the_letter_needs_does_not_end_it_until_it_is_filled(
    desk: Desk,
) -> None:
    """Kept empty it is an error of the checks: nothing is promised that does not come."""
    priority = FieldId("header.priority")
    read = desk.document.parsed
    desk.document.load(replace(read, letter=with_value(read.letter, priority, "")))
    for field in desk.document.doubts:
        if field != priority:
            desk.document.confirm(field)
    desk.window.fields.go_to(priority)
    assert "checked" not in " ".join(told(desk))
    press(desk)
    desk.settle()
    assert status(desk) is not Status.CHECKED
    press(desk, Qt.Key.Key_E)
    assert "then checked" in told(desk)[1]
    press(desk)
    desk.wait_until(lambda: number(desk) == "CM16-0200002")
