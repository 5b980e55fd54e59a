"""What a person or a house sets: the settings in force, and how they are changed and exchanged.

Each window is loaded when it is first asked for, so that the start does not wait for it.
"""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import UserError
from app.services.checks import standard_table
from app.services.settings import Settings, save_settings, with_words
from app.services.store import Store
from app.ui import theme
from app.ui.actions import Actions
from app.ui.beside.hidden import HiddenData
from app.ui.jobs import Jobs
from app.ui.notice_bar import Kind, NoticeBar
from app.ui.settings_exchange import SettingsExchange


class SettingsWindows(QObject):
    """The settings, and a letter of the house's own beside a layout."""

    changed = Signal(object)
    """The Settings in force from now on."""
    keys_taken_over = Signal()
    """The data folder has other keys for commands than before."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        commands: Actions,
        hidden: HiddenData,
        notice: NoticeBar,
        jobs: Jobs,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self._settings = settings
        self._commands = commands
        self._hidden = hidden
        self._notice = notice
        self._jobs = jobs
        self._exchange = SettingsExchange(store, notice, window)
        self._exchange.taken_over.connect(self._on_exchange_taken_over)
        commands["settings"].triggered.connect(self.show_settings)
        commands["match_layout"].triggered.connect(self.show_layout_match)

    def current(self) -> Settings:
        """The settings in force."""
        return self._settings

    def show_settings(self) -> None:
        """What a person or a house sets; it counts at once."""
        from app.ui.dialogs.settings import SettingsDialog

        rules = standard_table().rules
        dialog = SettingsDialog(self._settings, self._window, rules)
        dialog.settings_changed.connect(self.take)
        dialog.export_requested.connect(self._exchange.export_settings)
        dialog.import_requested.connect(self._exchange.import_settings)
        dialog.encryption_requested.connect(self._commands["encryption"].trigger)
        dialog.open()

    def set_lock_after(self, minutes: int) -> None:
        """After how many minutes an encrypted data folder is locked."""
        self.take(replace(self._settings, lock_after=minutes))

    def show_layout_match(self) -> None:
        """A letter of the house's own beside a layout, and the words that make it alike."""
        from app.ui.dialogs.layout_match import LayoutMatchDialog

        if not self._hidden.refuses():
            dialog = LayoutMatchDialog(self._settings, self._jobs, self._window)
            dialog.words_chosen.connect(self._on_words_chosen)
            dialog.open()

    def _on_words_chosen(self, words: dict[str, str]) -> None:
        self.take(with_words(self._settings, words))

    def take(self, settings: Settings) -> None:
        """These count from now on, and are kept."""
        before, self._settings = self._settings, settings
        looks_alike = (before.scheme, before.text_points) == (settings.scheme, settings.text_points)
        try:
            save_settings(self._store, settings)
        except UserError as error:  # they count for now all the same
            self._notice.tell_problem(Kind.NOT_SET, error)
        application = QApplication.instance()
        if isinstance(application, QApplication) and not looks_alike:
            theme.change(application, theme.Scheme(settings.scheme), settings.text_points)
        self.changed.emit(settings)

    def _on_exchange_taken_over(self, settings: Settings) -> None:
        self.keys_taken_over.emit()
        self.take(settings)
