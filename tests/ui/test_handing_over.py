"""A case leaves the window for another desk and comes back into it, by keys as by hand."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.letter import FieldId, get_value
from app.services.database import open_database
from app.services.handover import pack_case, take_in
from app.services.letter_intake import take_in as keep
from app.services.store import Store
from app.ui.dialogs.hand_over import HandOverDialog
from app.ui.dialogs.taking_in import PassphraseDialog, SideButton, TakingInDialog
from tests.readers import the_reader
from tests.services.store.letters import edit
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file

PASSPHRASE = "five made-up words stand here"
AGE, SEX = FieldId("patient.age"), FieldId("patient.sex")
Elsewhere = Callable[[Callable[[Store, int], None]], Path]


@pytest.fixture
def case_id(open_desk: Desk) -> int:
    opened = open_desk.window.letters.opened
    assert opened is not None
    return opened.case.id


@pytest.fixture
def elsewhere(desk: Desk, case_id: int, tmp_path: Path) -> Elsewhere:
    """What is done on another desk with the case; gives the file that comes back."""

    def done(act: Callable[[Store, int], None]) -> Path:
        out, back = tmp_path / "out.imrcase", tmp_path / "back.imrcase"
        desk.window.session.flush()
        pack_case(desk.store, case_id, out)
        folder = tmp_path / "elsewhere"
        with closing(open_database(folder / "imr-desk.db")) as database:
            store = Store(database, folder)
            their_id = take_in(store, out, by="reviewer").case_id
            act(store, their_id)
            pack_case(store, their_id, back)
        return back

    return done


def value(desk: Desk, field: FieldId) -> Any:
    return get_value(desk.document.letter, field)


def change(**values: object) -> Callable[[Store, int], None]:
    def act(store: Store, case_id: int) -> None:
        for name, value in values.items():
            edit(store, case_id, store.case(case_id).letter, f"patient.{name}", value)

    return act


Kind = TypeVar("Kind")


def dialog_of(desk: Desk, kind: type[Kind]) -> Kind:
    desk.wait_until(lambda: isinstance(desk.window.handing_over.dialog, kind))
    found = desk.window.handing_over.dialog
    assert isinstance(found, kind)
    return found


def test_a_case_is_written_with_and_without_a_passphrase(
    desk: Desk, case_id: int, tmp_path: Path
) -> None:
    path = tmp_path / "handed.imrcase"
    asked: list[str] = []

    def ask(name: str, _filter: str) -> Path:
        asked.append(name)
        return path.with_suffix("")

    desk.window.exporter.ask_path = ask
    desk.trigger("hand_over")
    dialog = dialog_of(desk, HandOverDialog)
    QTest.keyClicks(dialog.first, "short")
    QTest.keyClick(dialog.first, Qt.Key.Key_Return)
    assert "differ" in dialog.words.text()
    QTest.keyClicks(dialog.second, "short")
    QTest.keyClick(dialog.second, Qt.Key.Key_Return)
    desk.wait_until(lambda: "fewer than" in dialog.words.text())
    assert not path.exists()
    for line in (dialog.first, dialog.second):
        desk.type(line, PASSPHRASE)
    QTest.keyClick(dialog.second, Qt.Key.Key_Return)
    desk.wait_until(lambda: desk.window.handing_over.dialog is None)
    assert asked[-1].endswith(".imrcase")
    assert "written to handed.imrcase" in " ".join(desk.window.notice.all_words)
    assert b"aquatic" not in path.read_bytes()
    desk.window.take_in([path])
    secret = dialog_of(desk, PassphraseDialog)
    QTest.keyClicks(secret.secret, "not the right words")
    QTest.keyClick(secret.secret, Qt.Key.Key_Return)
    desk.wait_until(lambda: "neither" in secret.words.text())
    QTest.keyClicks(secret.secret, PASSPHRASE)
    QTest.keyClick(secret.secret, Qt.Key.Key_Return)
    desk.wait_until(lambda: "here already" in " ".join(desk.window.notice.all_words))


def test_what_was_done_elsewhere_comes_onto_the_desk_and_can_be_undone(
    desk: Desk, case_id: int, elsewhere: Elsewhere
) -> None:
    before = value(desk, AGE)
    back = elsewhere(change(age=77))
    desk.window.take_in([back])
    dialog = dialog_of(desk, TakingInDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    desk.wait_until(lambda: desk.window.letters.opened is not None and value(desk, AGE) == 77)
    assert desk.window.letters.opened is not None
    assert desk.window.letters.opened.case.id == case_id
    assert "1 change taken in" in " ".join(desk.window.notice.all_words)
    desk.trigger("undo")
    assert value(desk, AGE) == before


def test_both_values_stand_side_by_side_and_nothing_is_chosen_beforehand(
    desk: Desk, elsewhere: Elsewhere
) -> None:
    back = elsewhere(change(age=77, sex="male"))  # the letter is of a woman
    desk.document.edit(AGE, 33)
    desk.document.edit(SEX, None)
    desk.window.take_in([back])
    dialog = dialog_of(desk, TakingInDialog)
    buttons = dialog.findChildren(SideButton)
    asked = [button.accessibleDescription() for button in buttons]
    assert asked[:2] == ["33", "77"]
    assert not dialog.take.isEnabled()
    buttons[1].setFocus()
    QTest.keyClick(buttons[1], Qt.Key.Key_Return)
    assert buttons[2].hasFocus()
    QTest.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert dialog.take.isEnabled()
    dialog.take.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)  # not while it is taken in
    desk.wait_until(lambda: desk.window.handing_over.dialog is None)
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    assert (value(desk, AGE), value(desk, SEX)) == (77, None)


def test_escape_takes_nothing_in(desk: Desk, case_id: int, elsewhere: Elsewhere) -> None:
    back = elsewhere(change(age=77))
    desk.window.take_in([back])
    dialog = dialog_of(desk, TakingInDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.window.handing_over.dialog is None
    assert desk.store.case(case_id).letter.patient.age != 77


def test_a_case_that_is_new_here_opens(desk: Desk, tmp_path: Path) -> None:
    folder, path = tmp_path / "elsewhere", tmp_path / "new.imrcase"
    with closing(open_database(folder / "imr-desk.db")) as database:
        store = Store(database, folder)
        their_id = keep(store, the_reader(), letter_file(tmp_path), by="reviewer").summary.id
        change(age=77)(store, their_id)
        pack_case(store, their_id, path)
    desk.window.take_in([path])
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    assert value(desk, AGE) == 77
    assert "is taken in" in " ".join(desk.window.notice.all_words)


def test_a_file_that_is_none_is_told_and_the_next_one_comes(
    desk: Desk, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    back = elsewhere(change(age=77))
    spoilt = tmp_path / "spoilt.imrcase"
    spoilt.write_bytes(back.read_bytes()[:-100])
    desk.window.take_in([spoilt, back])
    dialog_of(desk, TakingInDialog)
    assert "not a whole handed-over case" in " ".join(desk.window.notice.all_words)


def test_hidden_patient_data_keeps_it_out(desk: Desk, elsewhere: Elsewhere) -> None:
    back = elsewhere(change(age=77))
    desk.window.commands["mask"].setChecked(True)
    desk.window.take_in([back])
    desk.trigger("hand_over")
    assert desk.window.handing_over.dialog is None
    assert "Patient data is hidden" in " ".join(desk.window.notice.all_words)
