"""Encryption in the window: on and off, locked and opened again, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.services.vault.folder import Vault
from app.services.vault.header import read_header
from app.ui.dialogs.encryption import EncryptionDialog, RecoveryKeyDialog, paint_recovery_key
from app.ui.dialogs.unlock import UnlockDialog
from app.ui.notice_bar import Kind
from app.ui.vault_flow import OFFERED
from tests.services.vault.made_folder import PASSPHRASE, files_with, made_header, plain_files
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file

WORD = "wombatfruit"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    desk.open(letter_file(tmp_path))
    desk.settle()
    yield desk
    if desk.window.vault.is_locked:
        open_with(desk, PASSPHRASE)
    desk.close()


@pytest.fixture
def encrypted(desk: Desk) -> Desk:
    """The window on an encrypted folder, with a letter on the desk."""
    flow = desk.window.vault
    flow.encrypt(made_header())
    desk.wait_until(lambda: not flow.is_converting and desk.window.letters.opened is not None)
    desk.settle()
    return desk


def open_with(desk: Desk, secret: str) -> None:
    dialog = desk.window.vault.dialog
    assert isinstance(dialog, UnlockDialog)
    desk.type(dialog.secret, secret)
    QTest.keyClick(dialog.secret, Qt.Key.Key_Return)
    desk.wait_until(lambda: not desk.window.vault.is_locked)
    desk.settle()


def button(dialog: QWidget, words: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text().startswith(words))


def dialog_of(kind: type, desk: Desk) -> object:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind)]
    return next(one for one in found if one.isVisible())


def _shown_papers(dialog: EncryptionDialog) -> list[RecoveryKeyDialog]:
    return [one for one in dialog.findChildren(RecoveryKeyDialog) if one.isVisible()]


def test_a_folder_is_encrypted_from_the_window(desk: Desk) -> None:
    desk.type(desk.editor("clinical_summary"), f"Seen for {WORD}.")
    desk.trigger("encryption")
    dialog = dialog_of(EncryptionDialog, desk)
    assert isinstance(dialog, EncryptionDialog)
    dialog.first.setText(PASSPHRASE)
    dialog.second.setText(PASSPHRASE + "x")
    button(dialog, "Go on").click()
    assert "differ" in dialog.words.text()
    dialog.second.setText(PASSPHRASE)
    button(dialog, "Go on").click()
    desk.wait_until(lambda: bool(dialog.findChildren(RecoveryKeyDialog)))
    paper = dialog.findChildren(RecoveryKeyDialog)[0]
    assert not paper.go_on.isEnabled()
    QTest.keyClick(paper, Qt.Key.Key_Escape)
    assert paper.isVisible()
    button(paper, "Cancel").click()
    assert not paper.isVisible()
    assert read_header(desk.data) is None
    button(dialog, "Go on").click()
    desk.wait_until(lambda: bool(_shown_papers(dialog)))
    (paper,) = _shown_papers(dialog)
    paper.written.setChecked(True)
    paper.go_on.click()
    desk.wait_until(lambda: read_header(desk.data) is not None)
    desk.wait_until(lambda: not desk.window.vault.is_converting)
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    desk.settle()
    assert WORD in desk.document.letter.clinical_summary
    assert files_with(desk.data, WORD.encode()) == []
    assert plain_files(desk.data) == []
    other = Vault(desk.data)
    other.unlock(paper.recovery_key)


def test_locking_takes_everything_off_the_screen_and_brings_it_back(encrypted: Desk) -> None:
    desk = encrypted
    typed = desk.editor("clinical_summary")
    desk.type(typed, f"Half a {WORD}")
    desk.trigger("settings")
    desk.trigger("lock")
    desk.wait_until(lambda: desk.window.vault.vault.is_locked)
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [
        desk.window.vault.dialog
    ]
    assert not desk.document.is_open
    desk.window.letters._left.add(1)
    desk.window.session.saved.emit()
    told = desk.window.notice.stands(Kind.LIST_FAILED)
    assert not told, "that it is locked is no problem of the list"
    dialog = desk.window.vault.dialog
    assert isinstance(dialog, UnlockDialog)
    desk.type(dialog.secret, "not this one at all")
    QTest.keyClick(dialog.secret, Qt.Key.Key_Return)
    desk.wait_until(lambda: "neither" in dialog.words.text())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    open_with(desk, PASSPHRASE)
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    assert desk.window.isVisible()
    assert WORD in desk.document.letter.clinical_summary
    assert desk.document.history.canUndo()


@pytest.mark.parametrize("modal", [False, True])
def test_it_is_locked_by_key_in_every_window(encrypted: Desk, modal: bool) -> None:
    """Also in one that nobody gave the command, and in one that asks for an answer first."""
    desk = encrypted
    dialog = QDialog(desk.window if modal else None)
    line = QLineEdit(dialog)
    dialog.setModal(modal)
    dialog.show()
    dialog.activateWindow()
    desk.wait_until(lambda: QApplication.activeWindow() is dialog)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_L, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert desk.window.vault.is_locked
    assert not dialog.isVisible()
    dialog.deleteLater()


def test_letters_handed_over_wait_until_it_is_open(encrypted: Desk) -> None:
    desk = encrypted
    desk.trigger("lock")
    desk.wait_until(lambda: desk.window.vault.vault.is_locked)
    desk.window.take_over([letter_file(desk.folder, 2)])
    assert not desk.window.isVisible()
    open_with(desk, PASSPHRASE)
    desk.wait_until(lambda: len(desk.store.cases()) == 2)
    desk.settle()


def test_it_locks_itself_when_nothing_is_done(encrypted: Desk) -> None:
    desk = encrypted
    watch = desk.window.vault._idle
    assert watch.timer.isActive()
    watch.timer.start(60_000)
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_F6)
    desk.settle()
    watch.timer.timeout.emit()
    desk.wait_until(lambda: desk.window.vault.is_locked)


def test_a_recovery_key_that_nobody_wrote_down_is_not_left_on_the_screen(encrypted: Desk) -> None:
    desk = encrypted
    before = read_header(desk.data)
    desk.trigger("encryption")
    dialog = dialog_of(EncryptionDialog, desk)
    assert isinstance(dialog, EncryptionDialog)
    dialog.current.setText(PASSPHRASE)
    button(dialog, "Draw").click()
    desk.wait_until(lambda: bool(dialog.findChildren(RecoveryKeyDialog)))
    desk.trigger("lock")
    desk.wait_until(lambda: desk.window.vault.vault.is_locked)
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [
        desk.window.vault.dialog
    ]
    assert read_header(desk.data) == before
    open_with(desk, PASSPHRASE)
    desk.trigger("encryption")
    dialog = dialog_of(EncryptionDialog, desk)
    assert isinstance(dialog, EncryptionDialog)
    dialog.current.setText(PASSPHRASE)
    button(dialog, "Draw").click()
    desk.wait_until(lambda: bool(dialog.findChildren(RecoveryKeyDialog)))
    paper = dialog.findChildren(RecoveryKeyDialog)[0]
    paper.written.setChecked(True)
    paper.go_on.click()
    Vault(desk.data).unlock(paper.recovery_key)
    dialog.close()


def test_the_folder_is_decrypted_again(encrypted: Desk) -> None:
    desk = encrypted
    desk.trigger("encryption")
    dialog = dialog_of(EncryptionDialog, desk)
    assert isinstance(dialog, EncryptionDialog)
    dialog.current.setText("wrong all the way")
    button(dialog, "Stop").click()
    desk.wait_until(lambda: "neither" in dialog.words.text())
    dialog.current.setText(PASSPHRASE)
    button(dialog, "Stop").click()
    desk.wait_until(lambda: read_header(desk.data) is None)
    desk.wait_until(lambda: not desk.window.vault.is_converting)
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    desk.settle()
    assert Vault(desk.data).cipher.is_plain


def test_it_is_offered_once_and_refused_with_one_click(desk: Desk) -> None:
    desk.window.vault.offer()
    assert any("encrypted with a passphrase" in words for words in desk.window.notice.all_words)
    refusal = [
        one for one in desk.window.notice.findChildren(QPushButton) if one.text() == "No, thanks"
    ]
    refusal[0].click()
    desk.session_settled()
    assert desk.store.setting(OFFERED)
    desk.window.vault.offer()
    assert not any("passphrase" in words for words in desk.window.notice.all_words)


def test_the_recovery_key_is_printed(qtbot: QtBot) -> None:
    image = QImage(800, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    paint_recovery_key(QPainter(image), 800, "AAAAA-BBBBB", Path("data"))
    dark = sum(image.pixelColor(x, y).lightness() < 128 for x in range(800) for y in range(150))
    assert dark > 100
