"""The windows beside the work: opened here, and what is decided in them carried out.

Each is loaded when it is first asked for, so that the start does not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app import __version__
from app.errors import UserError
from app.letter import Citation, FieldId
from app.paths import MANUAL
from app.services.checks import standard_table
from app.services.editing import apply_step
from app.services.settings import KEYS, OWN_WORDS, Settings, keys_as_kept, save_settings, with_words
from app.services.store import Backup, Backups, Store
from app.ui import theme
from app.ui.actions import Actions
from app.ui.document import LetterDocument
from app.ui.help_task import task_of
from app.ui.jobs import Jobs
from app.ui.notice_bar import NoticeBar, Of
from app.ui.session import Session
from app.ui.settings_exchange import SettingsExchange

if TYPE_CHECKING:
    from app.services.library import Library
    from app.ui.citing.manager import LibraryManager

RECENT = "recent_commands"
MASKED = "masked"
BACKUP_EVERY_MS = 10 * 60 * 1000
"""How often it is looked whether a backup is due."""


class SideWindows(QObject):
    """Palette, keys, settings, history, backups, library, help."""

    settings_changed = Signal(object)
    """The Settings in force from now on."""
    about_to_restore = Signal()
    restore_ended = Signal(object)
    """The Backup of what was there before: whatever is shown has to be read anew. None where no
    backup was put in place."""
    library_changed = Signal()
    items_wanted = Signal(str)
    """The application's items, one a line, of which the undecided ones are to be made."""
    field_postponed = Signal()
    """The field in hand was left for later."""

    def __init__(
        self,
        store: Store,
        library: Callable[[], Library],
        document: LetterDocument,
        session: Session,
        commands: Actions,
        notice: NoticeBar,
        jobs: Jobs,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._store = store
        self._library = library
        self._document = document
        self._session = session
        self._commands = commands
        self._notice = notice
        self._jobs = jobs
        self._settings = settings
        self._exchange = SettingsExchange(store, notice, parent)
        self._exchange.taken_over.connect(self._on_exchange_taken_over)
        self._backups = Backups(store.database, store.folder)
        self._mapped = keys_as_kept(store.setting(KEYS))
        self._manager: LibraryManager | None = None
        self._masked = False
        self._backup_timer = QTimer(self, interval=BACKUP_EVERY_MS)
        self._backup_timer.timeout.connect(self._on_backup_timer_timeout)
        self._backup_timer.start()
        commands.apply_keys(self._mapped)
        for name, slot in {
            "palette": self.show_palette,
            "keys": self.show_keys,
            "settings": self.show_settings,
            "history": self.show_history,
            "backup": self.back_up,
            "restore": self.show_restore,
            "library": self.show_library,
            "help": self.show_help,
            "about": self.show_about,
            "application_items": self.show_application_items,
            "match_layout": self.show_layout_match,
        }.items():
            commands[name].triggered.connect(slot)

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    # Patient data

    def set_masked(self, masked: bool) -> None:
        """Open no window that shows patient data while it is hidden."""
        self._masked = masked
        self._notice.retract(MASKED)

    def tell_masked(self, what_for: str = "open this window") -> None:
        """Say that patient data is hidden, and what it has to be shown for."""
        self._notice.tell(
            f"Patient data is hidden. Show it (Ctrl+Shift+H) to {what_for}.",
            of=Of.PROGRAM,
            topic=MASKED,
        )

    def _refuses_masked(self) -> bool:
        if self._masked:
            self.tell_masked()
        return self._masked

    # Commands and keys

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

    # Settings

    def show_settings(self) -> None:
        """What a person or a house sets; it counts at once."""
        from app.ui.dialogs.settings import SettingsDialog

        rules = standard_table().rules
        dialog = SettingsDialog(self._settings, self._window, rules)
        dialog.settings_changed.connect(self._on_settings_changed)
        dialog.export_requested.connect(self._exchange.export_settings)
        dialog.import_requested.connect(self._exchange.import_settings)
        dialog.encryption_requested.connect(self._commands["encryption"].trigger)
        dialog.open()

    def set_lock_after(self, minutes: int) -> None:
        """After how many minutes an encrypted data folder is locked."""
        self._on_settings_changed(replace(self._settings, lock_after=minutes))

    def show_layout_match(self) -> None:
        """A letter of the house's own beside a layout, and the words that make it alike."""
        from app.ui.dialogs.layout_match import LayoutMatchDialog

        if not self._refuses_masked():
            dialog = LayoutMatchDialog(self._settings, self._jobs, self._window)
            dialog.words_chosen.connect(self._on_words_chosen)
            dialog.open()

    def _on_words_chosen(self, words: dict[str, str]) -> None:
        self._on_settings_changed(with_words(self._settings, words))

    def _on_settings_changed(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        looks_alike = (before.scheme, before.text_points) == (settings.scheme, settings.text_points)
        try:
            save_settings(self._store, settings)
        except UserError as error:  # they count for now all the same
            self._notice.tell_problem(error)
        application = QApplication.instance()
        if isinstance(application, QApplication) and not looks_alike:
            theme.change(application, theme.Scheme(settings.scheme), settings.text_points)
        self.settings_changed.emit(settings)

    def _on_exchange_taken_over(self, settings: Settings) -> None:
        self._mapped = keys_as_kept(self._store.setting(KEYS))
        self._commands.apply_keys(self._mapped)
        self._on_settings_changed(settings)

    # What the application lists

    def show_application_items(self) -> None:
        """The disputed items that the application lists, for the checks to compare with."""
        from app.ui.dialogs.application_items import ApplicationItemsDialog

        if self._session.case_id is None or self._refuses_masked():
            return
        self._document.seal()
        dialog = ApplicationItemsDialog(self._document.letter, self._window)
        dialog.items_given.connect(self._on_application_items_given)
        dialog.items_wanted.connect(self.items_wanted)
        dialog.open()

    def _on_application_items_given(self, items: str) -> None:
        self._document.edit(FieldId("cover.disputed_items"), items)

    # The history of a letter

    def show_history(self) -> None:
        """What was done to the open letter, by whom, and putting a former value back."""
        from app.ui.dialogs.history import HistoryDialog

        case_id = self._session.case_id
        if case_id is None or self._refuses_masked():
            return
        self._session.keep_all()
        dialog = HistoryDialog(
            self._store.journal(case_id),
            self._store.verify(case_id),
            self._document.letter,
            self._window,
        )
        dialog.revert_requested.connect(self._on_history_revert_requested)
        dialog.open()

    def _on_history_revert_requested(self, key: str, value: Any) -> None:
        after = apply_step(self._document.letter, key, value)
        try:
            field = FieldId.from_key(key)
        except ValueError:
            field = None
        self._document.replace_letter(after, "Put a former value back", field)

    # Backups

    def back_up(self) -> None:
        """A backup of this moment."""
        self._session.keep_all()
        self._jobs.run(
            partial(self._backups.make, "by-hand"), self._on_backup_made, self._on_backup_failed
        )

    def back_up_if_due(self) -> None:
        """A backup, where the last one is as old as the settings say."""
        every = timedelta(hours=self._settings.backup_hours)
        tend = partial(self._backups.tend, self._store.files, every)
        self._jobs.run(tend, self._on_tended, self._on_backup_failed)

    def show_restore(self) -> None:
        """Backups, what would change, and going back to one."""
        from app.ui.dialogs.restore import RestoreDialog

        if self._refuses_masked():
            return
        dialog = RestoreDialog(
            self._backups.all(),
            self._backups.differences,
            self._jobs,
            self._window,
            measure=self._backups.room,
        )
        dialog.restore_requested.connect(self._on_restore_requested)
        dialog.open()

    def _on_restore_requested(self, backup: Backup) -> None:
        self.about_to_restore.emit()
        try:
            before = self._backups.restore(backup)
        except UserError as error:
            self.restore_ended.emit(None)
            self._notice.tell_problem(error)
            return
        self._notice.tell(
            f"The backup is in place. What was here before is kept as {before.path}.",
            topic="backup",
        )
        self.restore_ended.emit(before)

    def _on_tended(self, backup: Backup | None) -> None:
        if backup is not None and backup.clock_set_back:
            self._notice.tell(
                (
                    "The computer's clock was set back since the last backup. Backups go on in "
                    "the order in which they are made; look whether today's date is right."
                ),
                topic="clock",
            )

    def _on_backup_made(self, _backup: Backup) -> None:
        self._notice.tell("The backup is made.", topic="backup")

    def _on_backup_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._notice.tell_problem(error)

    def _on_backup_timer_timeout(self) -> None:
        if self._store.database.is_available:
            self.back_up_if_due()

    # Postponing

    def show_postpone(self, anchor: QWidget) -> None:
        """Leave the doubt in hand for later, with a note typed at `anchor`."""
        from app.ui.dialogs.note import NotePopup

        field = self._document.current_field
        case_id = self._session.case_id
        if field is None or case_id is None:
            return
        postponed = self._store.case(case_id).postponed
        popup = NotePopup(
            field.spec.label,
            postponed.get(field.key, ""),
            self._window,
            is_postponed=field.key in postponed,
            anchor=anchor,
        )
        popup.note_given.connect(partial(self._postpone, field))
        popup.resume_requested.connect(partial(self._resume, field))
        popup.show()

    def _postpone(self, field: FieldId, note: str) -> None:
        self._document.postpone(field, note)
        self.field_postponed.emit()

    def _resume(self, field: FieldId) -> None:
        self._document.resume(field)

    # The library

    def show_library(self) -> None:
        """The library of guidelines, with the citations of the open letter offered."""
        from app.ui.citing.manager import LibraryManager

        if self._manager is None:
            self._manager = LibraryManager(self._library(), self._jobs, self._window)
            self._manager.library_changed.connect(self.library_changed)
            self._manager.destroyed.connect(self._on_manager_destroyed)
        if self._document.is_open:
            self._manager.show_offers(self._document.letter)
        self._manager.show()
        self._manager.raise_()
        self._manager.activateWindow()

    def _on_manager_destroyed(self) -> None:
        self._manager = None

    def note_citation(self, field: FieldId, citation: Citation) -> None:
        """Remember for which kind of treatment an entry was cited."""
        if citation.library_id is None or field.issue is None:
            return
        letter = self._document.letter
        issue = letter.issue(field.issue)
        self._library().record_use(
            citation.library_id,
            letter.header.case_number or str(self._session.case_id),
            issue.title,
            issue.decision,
        )

    def note_word(self, word: str) -> None:
        """A word the user knows to be right."""
        words = self._store.setting(OWN_WORDS, [])
        self._store.save_setting(OWN_WORDS, [*words, word])

    # Help

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
