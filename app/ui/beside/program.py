"""What is asked of the program: every command, all keys, the manual, what it is.

Each window is loaded when it is first asked for, so that the start does not wait for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app import __version__
from app.paths import MANUAL
from app.services.settings import KEYS, keys_as_kept
from app.services.store import Store
from app.ui.actions import Actions
from app.ui.help_task import task_of
from app.ui.session import Session

RECENT = "recent_commands"


class ProgramWindows(QObject):
    """Palette, keys, help."""

    def __init__(self, store: Store, session: Session, commands: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self._session = session
        self._commands = commands
        self._mapped: dict[str, str] = {}
        self.take_kept_keys()
        for name, slot in {
            "palette": self.show_palette,
            "keys": self.show_keys,
            "help": self.show_help,
            "about": self.show_about,
        }.items():
            commands[name].triggered.connect(slot)

    def take_kept_keys(self) -> None:
        """The keys that the data folder has for commands count from now on."""
        self._mapped = keys_as_kept(self._store.setting(KEYS))
        self._commands.apply_keys(self._mapped)

    def show_palette(self) -> None:
        """Every command, found by typing."""
        from app.ui.dialogs.palette import CommandPalette

        recent = self._store.setting(RECENT, ())
        palette = CommandPalette(
            self._commands, self._window, tuple(recent) if isinstance(recent, list) else ()
        )
        palette.recent_changed.connect(self._on_palette_recent_changed)
        palette.show()

    def _on_palette_recent_changed(self, recent: tuple[str, ...]) -> None:
        self._session.save_setting(RECENT, list(recent))

    def show_keys(self) -> None:
        """All keys, and giving a command another one."""
        from app.ui.dialogs.keys import KeysDialog

        dialog = KeysDialog(self._commands, self._mapped, self._window)
        dialog.keys_changed.connect(self._on_keys_changed)
        dialog.open()

    def _on_keys_changed(self, mapped: Mapping[str, str]) -> None:
        self._mapped = dict(mapped)
        self._commands.apply_keys(self._mapped)
        self._session.save_setting(KEYS, self._mapped)

    def show_help(self) -> None:
        """The manual, beside the work, at the task in hand."""
        from app.ui.dialogs.help import HelpWindow

        # A dialog keeps the window behind it from being used, but not what it opens itself.
        window = HelpWindow(MANUAL, QApplication.activeWindow() or self._window)
        window.show_task(task_of(QApplication.focusWidget()))
        window.show()

    def show_about(self) -> None:
        """Version, licences, and what the program does not do."""
        from app.ui.dialogs.about import AboutDialog

        dialog: QDialog = AboutDialog(__version__, self._window)
        dialog.open()
