"""Nothing is lost: what is committed, half-typed, locked out or has no room on the disk."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.evidence import Place
from app.letter import FieldId, Letter
from app.paths import DATABASE
from app.services.database import open_database
from app.services.store import Status, Store
from app.ui.session import DRAFT_DELAY_MS
from tests.disks import no_file_may_grow
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file, letter_files

INJURY = FieldId("header.date_of_injury")
CASE_NUMBER = FieldId("header.case_number")


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    """The window with a letter open and everything at rest."""
    desk.open(letter_file(desk.folder))
    desk.settle()
    return desk


def on_disk(desk: Desk) -> Letter:
    """The open letter as another program finds it at this moment."""
    assert desk.window.session.case_id is not None
    with closing(open_database(desk.data / DATABASE)) as database:
        return Store(database, desk.data).case(desk.window.session.case_id).letter


def kept_text(desk: Desk, field: FieldId) -> str | None:
    assert desk.window.session.case_id is not None
    return desk.store.drafts(desk.window.session.case_id).get(field.key)


def has_kept(desk: Desk, field: FieldId, text: str) -> bool:
    return kept_text(desk, field) == text


@contextlib.contextmanager
def killed(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """The program started anew on what is on the disk now, as after a power cut."""
    folder = tmp_path / "after"
    folder.mkdir()
    shutil.copytree(desk.data, folder / "data")
    again = Desk(folder)
    try:
        again.window.letters.open_last()
        again.wait_until(lambda: again.window.letters.opened is not None)
        yield again
    finally:
        again.close()


def test_a_committed_edit_is_on_the_disk_without_the_event_loop(open_desk: Desk) -> None:
    open_desk.document.edit(CASE_NUMBER, "CM16-0299999")
    open_desk.document.edit(FieldId("issue.title", open_desk.document.letter.issues[0].id), "X-ray")
    assert open_desk.window.session.log.settle(30.0)
    assert on_disk(open_desk) == open_desk.document.letter
    open_desk.document.undo()
    assert open_desk.window.session.log.settle(30.0)
    assert on_disk(open_desk) == open_desk.document.letter


def test_an_edit_that_was_confirmed_is_there_after_a_power_cut(
    open_desk: Desk, tmp_path: Path
) -> None:
    editor = open_desk.editor("header.date_of_injury")
    open_desk.type(editor, "9/18/2016")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    # That nothing stands somewhere can be confirmed as well.
    missing = FieldId("header.ur_denial_date")
    open_desk.document.edit(missing, None)
    open_desk.document.confirm(missing)
    confirmed = {INJURY: date(2016, 9, 18), missing: None}
    assert dict(open_desk.document.confirmed) == confirmed
    assert open_desk.window.session.log.settle(30.0)
    with killed(open_desk, tmp_path) as again:
        assert again.document.letter == open_desk.document.letter
        assert dict(again.document.confirmed) == confirmed
        assert again.document.history.count() == 2
        assert missing not in {point.field for point in again.document.open_points if point.waits}


HALF_TYPED = {
    "header.date_of_injury": "13/45/20",
    "header.decision_date": "09/1",
    "header.case_number": "CM16-02",
    "patient.age": "forty",
    "clinical_summary": "The injured worker is a half-typed",
}


def test_half_typed_text_is_kept_within_a_second_and_comes_back(
    open_desk: Desk, tmp_path: Path
) -> None:
    assert DRAFT_DELAY_MS < 1000
    before = open_desk.document.letter
    for name, text in HALF_TYPED.items():
        open_desk.type(open_desk.editor(name), text)
        open_desk.wait_until(partial(has_kept, open_desk, FieldId(name), text))
    with killed(open_desk, tmp_path) as again:
        for name, text in HALF_TYPED.items():
            editor = again.editor(name)
            is_text = isinstance(editor, QPlainTextEdit)
            assert (editor.toPlainText() if is_text else editor.property("text")) == text
        # Words that are no value stay in the editor: there the letter is what it was.
        assert again.document.letter.header.date_of_injury == before.header.date_of_injury
        assert again.document.letter.header.decision_date == before.header.decision_date
        assert again.document.letter.patient == before.patient
        assert again.document.letter.header.case_number == "CM16-02"
        assert again.document.letter.clinical_summary == HALF_TYPED["clinical_summary"]
        assert again.document.parsed.letter == before


def test_half_typed_text_that_became_a_value_is_no_draft_any_more(open_desk: Desk) -> None:
    editor = open_desk.editor("header.case_number")
    open_desk.type(editor, "CM16-0299999")
    open_desk.wait_until(lambda: kept_text(open_desk, CASE_NUMBER) is not None)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    open_desk.wait_until(lambda: kept_text(open_desk, CASE_NUMBER) is None)
    open_desk.window.session.leave()
    assert open_desk.store.drafts(1) == {}


def test_typing_confirmed_from_the_keyboard_and_undone_does_not_come_back(
    open_desk: Desk, tmp_path: Path
) -> None:
    """The key that confirms comes before the draft's timer; undo must win over the draft."""
    for field in open_desk.document.doubts[1:]:
        open_desk.document.confirm(field)
    before = open_desk.document.letter.clinical_summary
    editor = open_desk.editor("clinical_summary")
    open_desk.type(editor, "Other words.")
    open_desk.trigger("confirm")
    open_desk.trigger("undo")
    assert open_desk.document.letter.clinical_summary == before
    open_desk.window.session._on_draft_timer_timeout()
    assert open_desk.window.session.log.settle(30.0)
    with killed(open_desk, tmp_path) as again:
        assert again.document.letter.clinical_summary == before


def test_words_that_are_no_value_stay_while_another_field_is_typed_in(open_desk: Desk) -> None:
    editor = open_desk.editor("header.date_of_injury")
    open_desk.type(editor, "13/45/20")
    other = open_desk.editor("header.case_number")
    open_desk.type(other, "CM16-0299999")
    assert editor.property("text") == "13/45/20"
    QTest.keyClick(other, Qt.Key.Key_Return)
    assert editor.property("text") == "13/45/20"
    open_desk.window.fields.go_to(INJURY)
    open_desk.trigger("revert_field")
    assert editor.property("text") == "09/13/2016"


def test_words_that_are_no_value_do_not_stay_for_another_letter(open_desk: Desk) -> None:
    editor = open_desk.editor("header.date_of_injury")
    open_desk.type(editor, "13/45/20")
    first = open_desk.window.session.case_id
    open_desk.open(letter_file(open_desk.folder, 2))
    assert editor.property("text") == "09/13/2016"
    assert first is not None
    open_desk.window.letters.open(first)
    open_desk.wait_until(lambda: open_desk.window.session.case_id == first)
    assert editor.property("text") == "13/45/20"


@contextlib.contextmanager
def held_by_another_program(desk: Desk) -> Iterator[None]:
    with closing(sqlite3.connect(desk.data / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_locked_database_is_told_in_place_and_nothing_is_lost(qtbot: QtBot, desk: Desk) -> None:
    first, second = letter_files(desk.folder, 2)
    desk.open(first)
    desk.open(second)
    desk.settle()
    case_id = desk.window.session.case_id
    with held_by_another_program(desk):
        desk.document.edit(CASE_NUMBER, "CM16-0299999")
        desk.wait_until(lambda: "held by another program" in desk.window.notice.words)
        assert desk.window.session.unwritten
        # Another letter or the end would be the moment to lose it: both are refused …
        desk.trigger("previous_letter")
        desk.settle()
        assert "as soon as this one is saved" in desk.window.notice.words
        assert not desk.window.close()
        assert desk.window.isVisible()
        # … and the work goes on.
        assert desk.window.session.case_id == case_id
        desk.document.edit(INJURY, date(2016, 9, 18))
    desk.wait_until(lambda: "Everything is saved now." in desk.window.notice.words)
    assert not desk.window.session.unwritten
    assert on_disk(desk) == desk.document.letter
    assert desk.document.letter.header.case_number == "CM16-0299999"
    assert desk.document.letter.header.date_of_injury == date(2016, 9, 18)
    assert desk.store.verify(case_id) is None


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a POSIX system")
def test_a_full_disk_is_told_in_place_and_nothing_is_lost(open_desk: Desk) -> None:
    with no_file_may_grow(400_000):
        open_desk.document.edit(FieldId("clinical_summary"), "word " * 90_000)
        open_desk.wait_until(lambda: "no room left" in open_desk.window.notice.words)
        open_desk.document.edit(CASE_NUMBER, "CM16-0299999")
    open_desk.wait_until(lambda: not open_desk.window.session.unwritten)
    assert on_disk(open_desk) == open_desk.document.letter
    assert open_desk.document.letter.header.case_number == "CM16-0299999"


def test_the_first_edit_puts_the_letter_in_work(open_desk: Desk) -> None:
    case_id = open_desk.window.session.case_id
    assert case_id is not None
    assert open_desk.store.summary(case_id).status is Status.NEW
    open_desk.document.edit(CASE_NUMBER, "CM16-0299999")
    assert open_desk.window.session.log.settle(30.0)
    assert open_desk.store.summary(case_id).status is Status.IN_WORK


def test_a_letter_edited_right_after_opening_is_not_shown_as_it_was_fetched_before(
    desk: Desk,
) -> None:
    """What was fetched ahead is dropped once its letter is opened."""
    for path in letter_files(desk.folder, 2):
        desk.open(path)
    desk.settle()
    first, second = (case.id for case in desk.store.cases())
    desk.window.letters.open(first)
    desk.wait_until(lambda: desk.window.session.case_id == first)
    # The second one is being fetched ahead at this moment.
    desk.window.letters.open(second)
    desk.wait_until(lambda: desk.window.session.case_id == second)
    desk.settle()
    desk.document.edit(CASE_NUMBER, "CM16-0299999")
    for case_id in (first, second):
        desk.window.letters.open(case_id)
        desk.wait_until(lambda case_id=case_id: desk.window.session.case_id == case_id)
        desk.settle()
    assert desk.document.letter.header.case_number == "CM16-0299999"


def test_after_a_kill_the_cursor_is_in_the_field_that_was_in_hand(
    open_desk: Desk, tmp_path: Path
) -> None:
    summary = FieldId("clinical_summary")
    open_desk.window.letters._place_timer.setInterval(0)
    open_desk.window.fields.go_to(INJURY)
    boxes = ((0.3, 0.5, 0.4, 0.52),)
    open_desk.window.fields.fill("09/18/2016", 2, boxes)
    open_desk.window.fields.go_to(summary)
    open_desk.wait_until(lambda: not open_desk.window.letters._place_timer.isActive())
    assert open_desk.window.session.log.settle(30.0)
    with killed(open_desk, tmp_path) as again:
        assert again.document.current_field == summary
        assert again.document.places_of(INJURY) == (Place(2, boxes),)
        row = again.window.form.row(summary)
        holder = again.window.focusWidget()
        assert row is not None
        assert holder is not None
        assert row.isAncestorOf(holder)
