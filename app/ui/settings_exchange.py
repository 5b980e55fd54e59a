"""What is set, as one file: written for other desks, and taken over from one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import UserError
from app.paths import SNIPPETS
from app.services.store import Store
from app.ui.notice_bar import Kind, NoticeBar

FILE = "imr-desk-settings.json"


class SettingsExchange(QObject):
    """Asks for the file; says in place what came of it."""

    taken_over = Signal(object)
    """The Settings in force from now on; keys, words and snippets may be others too."""

    def __init__(self, store: Store, notice: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._store = store
        self._notice = notice
        self._window = window
        # Tests and scripts put their own answers here.
        self.ask_where: Callable[[], Path | None] = self._ask_where
        self.ask_which: Callable[[], Path | None] = self._ask_which

    def export_settings(self) -> None:
        """Write what is set to a place the user names."""
        from app.services.rendering import write_file
        from app.services.settings_file import settings_file
        from app.services.snippets import Snippets

        path = self.ask_where()
        if path is None:
            return
        try:
            data = settings_file(
                self._store, Snippets(SNIPPETS, self._store.folder, self._store.cipher)
            )
            write_file(path, data, replace=True)  # the dialog has asked
        except UserError as error:
            self._notice.tell_problem(Kind.NOT_SET, error)
            return
        self._notice.tell(Kind.SETTINGS, f"Written: {path}")

    def import_settings(self) -> None:
        """Take over a file of the user's choice."""
        from app.services.regular_files import read_regular
        from app.services.settings_file import take_settings_file
        from app.services.snippets import Snippets

        path = self.ask_which()
        if path is None:
            return
        try:
            snippets = Snippets(SNIPPETS, self._store.folder, self._store.cipher)
            settings, left = take_settings_file(read_regular(path), self._store, snippets)
        except OSError as error:
            remedy = "Check that the file is there and that you may read it."
            self._notice.tell_problem(
                Kind.NOT_SET, UserError(f"{path.name} cannot be read: {error.strerror}.", remedy)
            )
            return
        except UserError as error:
            self._notice.tell_problem(Kind.NOT_SET, error)
            return
        self.taken_over.emit(settings)
        words = [
            f"Settings, keys, words and snippets of {path.name} are taken over.",
            *left,
        ]
        self._notice.tell(Kind.SETTINGS, "\n".join(words))

    def _ask_where(self) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Export settings", str(Path.home() / FILE), "JSON (*.json)"
        )
        return Path(chosen) if chosen else None

    def _ask_which(self) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, "Import settings", str(Path.home()), "JSON (*.json)"
        )
        return Path(chosen) if chosen else None
