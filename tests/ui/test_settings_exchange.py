"""A desk is set up from another's file, and what it says counts at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from app.services.settings import KEYS
from app.ui.dialogs.settings import SettingsDialog
from app.ui.settings_exchange import SettingsExchange
from tests.ui.desk import Desk


def press(desk: Desk, words: str) -> None:
    """Open the settings and press a button of theirs."""
    desk.trigger("settings")
    (dialog,) = (one for one in desk.window.findChildren(SettingsDialog) if one.isVisible())
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == words)
    button.click()
    dialog.close()
    desk.settle()


def test_what_is_exported_here_counts_there(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    exchange = desk.window.findChild(SettingsExchange)
    assert exchange is not None
    exchange.ask_where = exchange.ask_which = lambda: file
    desk.store.save_setting(KEYS, {"backup": "Ctrl+Alt+B"})
    press(desk, "Export…")
    assert file.stat().st_mode & 0o077 == 0
    text = file.read_text("utf-8")
    file.write_text(text.replace('"settings": {}', '"settings": {"letterhead": "Northside"}'))
    press(desk, "Import…")
    assert desk.window.beside.settings.current().letterhead == "Northside"
    assert desk.window.commands["backup"].shortcut().toString() == "Ctrl+Alt+B"


def test_a_file_that_is_none_is_told(desk: Desk, tmp_path: Path) -> None:
    exchange = desk.window.findChild(SettingsExchange)
    assert exchange is not None
    for name, data in (("no.json", b"[]"), ("gone.json", None)):
        file = tmp_path / name
        if data is not None:
            file.write_bytes(data)
        exchange.ask_which = lambda file=file: file
        press(desk, "Import…")
        assert desk.window.notice.isVisible()
