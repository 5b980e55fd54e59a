"""How a long job is told without standing in the way: one line, a thin bar, cancel, details."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui import theme
from app.ui.announce import ANNOUNCER
from app.ui.dialogs.frame import flat_button, say, words_label
from app.ui.enter_button import EnterButton, EnterToolButton
from app.ui.screen_room import keep_on_screen

WIDTH, MOST_ROWS = 480, 6
"""Of the list of what failed, in pixels and in rows."""
_FINE = 1000
"""Steps of the bar for each piece: of a long one it is shown how far it is."""


class ProgressStrip(QFrame):
    """ "12 of 60 read · 1 could not be read". Hidden until a job starts.

    `verb` is what was done to each (`read`, `exported`), `failed_words` what befell the rest.
    """

    cancel_requested = Signal()
    closed = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        verb: str = "read",
        failed_words: str = "could not be read",
    ) -> None:
        super().__init__(parent)
        self._verb = verb
        self._failed_words = failed_words
        self._total = self._done = 0
        self._counted = ""
        self._details: list[tuple[str, str]] = []
        self._popup: _DetailsPopup | None = None
        self._masked = False
        self._mark = QLabel()
        self._mark.hide()
        self._words = words_label("", "body", wraps=False)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar()
        self._bar.setProperty("slim", True)
        self._bar.setTextVisible(False)
        self._show = flat_button("Details")
        self._show.hide()
        self._cancel = EnterButton("Cancel")
        self._close = EnterToolButton()
        self._close.setToolTip("Close")
        self._close.setAccessibleName("Close this line")
        self._close.hide()
        row = QHBoxLayout()
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._show)
        row.addWidget(self._cancel)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addLayout(row)
        self._show.clicked.connect(self._on_show_clicked)
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self._close.clicked.connect(self._on_close_clicked)
        theme.LookWatch(self).scheme_changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def words(self) -> str:
        """What is told at the moment."""
        return self._words.text()

    @property
    def is_running(self) -> bool:
        """Whether a job goes on that can be cancelled, and was not yet."""
        return self._cancel.isVisibleTo(self) and self._cancel.isEnabled()

    def cancel(self) -> None:
        """As the button does."""
        if self.is_running:
            self._on_cancel_clicked()

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """(name, what was wrong) of each that failed."""
        return tuple(self._details)

    def start(self, total: int) -> None:
        """A new job of `total` pieces."""
        self._total = total
        self._details = []
        self._bar.setRange(0, _FINE * max(1, total))
        self._cancel.setEnabled(True)
        self._cancel.setVisible(True)
        self._close.hide()
        self._mark.hide()
        self._show.hide()
        self._bar.show()
        self.step(0, 0)
        self.show()

    def step(self, done: int, failed: int, pace: str = "") -> None:
        """So many are done so far, of these so many failed; `pace` says how quickly it goes on."""
        self._done = done
        self._bar.setValue(_FINE * done)
        self._counted = f"{done - failed} of {self._total} {self._verb}"
        if failed:
            self._counted += f" · {failed} {self._failed_words}"
        if pace:
            self._counted += f" · {pace}"
        self._tell(self._counted, "body")

    def within(self, page: int, pages: int) -> None:
        """So many pages of the piece at hand are done."""
        share = _FINE * page // max(1, pages)
        self._bar.setValue(_FINE * self._done + min(share, _FINE))
        words = f"page {page:,} of {pages:,}"
        if self.is_running:
            many = self._total > 1
            self._tell(f"{self._counted} · {words}" if many else f"Reading {words}", "body")

    def set_total(self, total: int) -> None:
        """More pieces have come, or some were taken back."""
        self._total = total
        self._bar.setRange(0, _FINE * max(1, total))

    def add_detail(self, name: str, problem: str) -> None:
        """What was wrong with one of them."""
        self._details.append((name, problem))
        self._show.setVisible(not self._masked)
        if self._popup is not None:
            self._popup.add(name, problem)

    def drop_detail(self, name: str) -> bool:
        """One of them went well after all; whether it was told of."""
        left = [detail for detail in self._details if detail[0] != name]
        was_told = len(left) < len(self._details)
        self._details = left
        self._show.setVisible(bool(left) and not self._masked)
        return was_told

    def set_masked(self, masked: bool) -> None:
        """Whether the names of files, which may tell a patient, are kept from sight."""
        self._masked = masked
        self._show.setVisible(bool(self._details) and not masked)
        if masked and self._popup is not None:
            self._popup.close()

    def clear_done(self) -> None:
        """Go, where the job is over and nothing failed."""
        if self._bar.isHidden() and not self._details:
            self.hide()

    def finish(self, summary: str) -> None:
        """The job is over; the summary stays until it is closed or another job starts."""
        self._bar.hide()
        self._cancel.hide()
        self._close.show()
        self._mark.show()
        self._dress()
        self._tell(summary, "body")
        ANNOUNCER.announce(self, summary)

    def _tell(self, words: str, tone: str) -> None:
        say(self._words, words, tone)
        self._words.setToolTip(words)
        self.setAccessibleName(words)
        self._bar.setAccessibleName(words)

    def _dress(self) -> None:
        self._close.setIcon(theme.icon("x"))
        mark = theme.icon("circle-alert", "doubt") if self._details else theme.icon("check", "ok")
        self._mark.setPixmap(mark.pixmap(16, 16))

    def _on_show_clicked(self) -> None:
        self._popup = _DetailsPopup(self._details, self)
        self._popup.destroyed.connect(self._on_popup_destroyed)
        self._popup.show_above(self._show)

    def _on_popup_destroyed(self) -> None:
        self._popup = None

    def _on_cancel_clicked(self) -> None:
        self._tell(f"{self._words.text()} · stopping…", "body")
        self._cancel.setEnabled(False)
        self.cancel_requested.emit()

    def _on_close_clicked(self) -> None:
        self.hide()
        self.closed.emit()


class _DetailsPopup(QFrame):
    """Each that failed and why; Escape or a click elsewhere closes it."""

    def __init__(self, details: list[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("popup", True)
        self.setWindowTitle("Details")
        self._list = QListWidget()
        self._list.setAccessibleName("What went wrong")
        self._list.setProperty("plain", True)
        self._list.setWordWrap(True)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._list)
        for name, problem in details:
            self.add(name, problem)
        self._list.setCurrentRow(0)

    def add(self, name: str, problem: str) -> None:
        QListWidgetItem(f"{name}\n{problem}", self._list)

    def show_above(self, button: QWidget) -> None:
        # Laid out at its width first: how high its rows are depends on it.
        self._list.setFixedWidth(WIDTH - 16)
        self.adjustSize()
        self._list.doItemsLayout()
        rows = range(min(self._list.count(), MOST_ROWS))
        self.resize(WIDTH, sum(self._list.sizeHintForRow(row) + 8 for row in rows) + 32)
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), -self.height() - 4))
        room = self.screen().availableGeometry()
        if corner.y() < room.top():
            corner.setY(button.mapToGlobal(QPoint(0, button.height() + 4)).y())
        self.move(corner)
        keep_on_screen(self)
        self.show()
        self._list.setFocus(Qt.FocusReason.PopupFocusReason)
