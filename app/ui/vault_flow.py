"""Locking and unlocking the window, and encrypting or decrypting what it stands on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from app.errors import UserError
from app.services.vault.folder import Vault
from app.services.vault.header import Made
from app.ui.curtain import close_others
from app.ui.dialogs.frame import DialogFrame, say, words_label
from app.ui.notice_bar import Kind, Offer

if TYPE_CHECKING:
    from app.services.store.encrypting import Converted
    from app.ui.main_window import MainWindow

OFFERED = "encryption_offered"
WAIT_MS = 10_000
"""How long work under way may take to end before a conversion begins."""
Work = Callable[[Callable[[int, int], None]], "Converted"]


class VaultFlow(QObject):
    """Takes what is shown off the screen and lets go of the key; brings it back as it was."""

    locked = Signal()
    unlocked = Signal()
    converted = Signal()
    """The folder is encrypted, or decrypted again, and everything is shown anew."""
    _progressed = Signal(int, int)

    def __init__(self, vault: Vault, window: MainWindow) -> None:
        super().__init__(window)
        self.vault = vault
        self._window = window
        self._case: int | None = None
        self._waiting: list[Path] = []
        self.is_locked = False
        self.is_converting = False
        self.dialog: QWidget | None = None
        self._idle = IdleWatch(self)
        self._idle.grew_idle.connect(self._on_idle_grew_idle)
        window.jobs.idle.connect(self._on_jobs_idle)

    def take_minutes(self, minutes: int) -> None:
        """After how long without a key or a click the window locks itself; 0 for never."""
        self._idle.use(0 if self.vault.cipher.is_plain else minutes)

    # Locking

    def lock(self) -> None:
        """Save what is in hand, hide everything, forget the key."""
        window = self._window
        if self.vault.cipher.is_plain:
            self.show()
            return
        if self.is_locked or self.is_converting:
            return
        self._put_away()
        self.is_locked = True
        from app.ui.dialogs.unlock import UnlockDialog

        dialog = UnlockDialog(self.vault)
        dialog.unlocked.connect(self._on_unlocked)
        dialog.refused.connect(self._on_jobs_idle)
        dialog.given_up.connect(self._on_given_up)
        self.dialog = dialog
        dialog.show()
        dialog.activateWindow()
        window.hide()
        close_others((window, dialog))
        self._forget_key()
        self.locked.emit()

    def wait_for(self, paths: list[Path]) -> None:
        """Letters that were handed over while it is locked: they come in when it is opened."""
        from app.ui.dialogs.unlock import UnlockDialog

        self._waiting += paths
        if isinstance(self.dialog, UnlockDialog):
            self.dialog.show_letters_waiting(self._waiting)
            self.dialog.raise_()
            self.dialog.activateWindow()

    def _put_away(self) -> None:
        window = self._window
        window.session.keep_all()
        window.opener.take_no_more()
        window.batch.cancel()
        window.opener.forget_ahead()
        opened = window.letters.opened
        if opened is not None:
            self._case = opened.case.id
        if window.session.settle():
            window.letters.close()
            window.session.settle()

    def _forget_key(self) -> None:
        """Once nothing works with it any more and all is saved."""
        window = self._window
        if not window.jobs.busy and not window.session.unwritten:
            window.store.database.renew()
            self.vault.lock()

    def _on_jobs_idle(self) -> None:
        # A key that was just given back is not taken for the one that was to be forgotten.
        opening = getattr(self.dialog, "is_opening", False)
        if self.is_locked and not self.vault.is_locked and not opening:
            self._put_away()
            self._forget_key()

    def _on_given_up(self) -> None:
        """The program ends while it is locked: all was saved before."""
        self._window.session.close()
        self._window.closed.emit()
        QApplication.quit()

    def _on_unlocked(self) -> None:
        self.is_locked = False
        self.dialog = None
        self._window.show()
        self._window.activateWindow()
        self._bring_back()
        self.unlocked.emit()

    def _bring_back(self) -> None:
        window, case = self._window, self._case
        self._case = None
        window.letters.show_queue()
        paths, self._waiting = self._waiting, []
        if paths:
            window.take_in(paths)
        elif case is not None and window.letters.opened is None:
            window.letters.open(case)

    def _on_idle_grew_idle(self) -> None:
        if not self._window.jobs.busy:  # a batch that runs is no idleness
            self.lock()

    # Encrypting and decrypting

    def show(self) -> None:
        """What can be done about the encryption."""
        from app.ui.dialogs.encryption import EncryptionDialog

        settings = self._window.beside.settings.current()
        dialog = EncryptionDialog(self.vault, settings.lock_after, self._window)
        dialog.encrypt_requested.connect(self.encrypt)
        dialog.decrypt_requested.connect(self.decrypt)
        dialog.lock_requested.connect(self.lock)
        dialog.minutes_changed.connect(self._window.beside.settings.set_lock_after)
        dialog.open()

    def encrypt(self, made: Made) -> None:
        """Encrypt the folder; its recovery key was written down."""
        from app.services.store.encrypting import encrypt_folder

        self._convert(partial(encrypt_folder, self.vault, made), encrypts=True)

    def decrypt(self) -> None:
        """Decrypt the folder again."""
        from app.services.store.encrypting import decrypt_folder

        self._convert(partial(decrypt_folder, self.vault), encrypts=False)

    def _convert(self, work: Work, *, encrypts: bool) -> None:
        window = self._window
        self._put_away()
        if window.session.unwritten or not window.jobs.wait_for_done(WAIT_MS):
            obstacle = window.session.obstacle or UserError(
                "Other work is still under way.", "Try again in a moment."
            )
            window.notice.tell_problem(Kind.NOT_CONVERTED, obstacle)
            self._bring_back()
            return
        window.store.database.shut()
        self.is_converting = True
        window.setEnabled(False)
        dialog = ConversionDialog(window)
        self._progressed.connect(dialog.show_step)
        self.dialog = dialog
        dialog.show()
        window.jobs.run(
            partial(work, self._progressed.emit),
            partial(self._on_converted, encrypts),
            self._on_conversion_failed,
        )

    def _on_converted(self, encrypts: bool, converted: Converted) -> None:
        self._end_conversion()
        self._window.notice.tell(Kind.CONVERTED, converted.words(encrypted=encrypts))
        self.converted.emit()

    def _on_conversion_failed(self, error: Exception) -> None:
        self._end_conversion()
        if isinstance(error, UserError):
            self._window.notice.tell_problem(Kind.NOT_CONVERTED, error)

    def _end_conversion(self) -> None:
        window = self._window
        self.is_converting = False
        if isinstance(self.dialog, ConversionDialog):
            self.dialog.is_over = True
            self.dialog.close()
        self.dialog = None
        window.store.database.renew()
        window.setEnabled(True)
        self.take_minutes(window.beside.settings.current().lock_after)
        self._bring_back()

    # The first start

    def offer(self) -> None:
        """Offer encryption once, where there are no letters of the user's yet."""
        window = self._window
        if not self.vault.cipher.is_plain or window.store.setting(OFFERED):
            return
        window.notice.tell(
            Kind.ENCRYPTION_OFFERED,
            (
                "The letters you take in can be encrypted with a passphrase, so that nobody reads "
                "them from the disk. You can do so at any time, in the settings."
            ),
            Offer("Encrypt…", self._on_offer_taken),
            Offer("No, thanks", self._on_offer_refused),
            holds=self._is_offered,
        )

    def _is_offered(self) -> bool:
        return self.vault.cipher.is_plain

    def _on_offer_taken(self) -> None:
        self._on_offer_refused()
        self.show()

    def _on_offer_refused(self) -> None:
        self._window.notice.retract(Kind.ENCRYPTION_OFFERED)
        self._window.session.save_setting(OFFERED, True)


class ConversionDialog(DialogFrame):
    """How far it is; it cannot be stopped, only killed, and goes on at the next start then."""

    tells_of_letters = False

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, QSize(480, 180))
        self.set_title(
            "One moment",
            "Every file is written anew. What is stopped goes on at the next start.",
        )
        self.is_over = False
        self._words = words_label("", "body")
        self.body.addWidget(self._words)

    def show_step(self, done: int, total: int) -> None:
        """So many files of so many."""
        say(self._words, f"{done} of {total} files", "body")

    @override
    def reject(self) -> None:
        """Escape and the window's own button stop nothing."""
        if self.is_over:
            super().reject()


class IdleWatch(QObject):
    """Tells when no key was pressed and no mouse moved for a while.

    Looks at the windows of the system, not at all that happens in them: that would cost each key.
    """

    grew_idle = Signal()
    _INPUT = frozenset(
        {
            QEvent.Type.KeyPress,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseMove,
            QEvent.Type.Wheel,
            QEvent.Type.TouchBegin,
            QEvent.Type.TabletPress,
        }
    )

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self._on_timer_timeout)
        self._watched: set[int] = set()
        self._uses = False

    def use(self, minutes: float) -> None:
        """From now on so many minutes; 0 looks at nothing."""
        if minutes <= 0:
            self.timer.stop()
            return
        if not self._uses:
            self._uses = True
            application = QGuiApplication.instance()
            assert isinstance(application, QGuiApplication)
            application.focusWindowChanged.connect(self._on_focus_window_changed)
            self._on_focus_window_changed(QGuiApplication.focusWindow())
        self.timer.start(int(minutes * 60_000))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in self._INPUT and self.timer.isActive():
            self.timer.start()
        return False

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
            if self.timer.isActive():
                self.timer.start()

    def _on_timer_timeout(self) -> None:
        self.grew_idle.emit()
        self.timer.start()
