"""A note typed in place: why a field is left for later."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui.dialogs.frame import flat_button, words_label
from app.ui.screen_room import keep_on_screen

WIDTH = 400
LONGEST = 500
AIR = 16
"""Pixels at each side of the words in the line."""


class NotePopup(QDialog):
    """One line under the field: Enter postpones, Escape leaves all as it was.

    `note` is the note there already, empty where the field is not postponed yet. The popup
    stands at `anchor`, the widget it speaks of, or in the middle of its parent.
    """

    note_given = Signal(str)
    """The note; it may be empty."""
    resume_requested = Signal()
    """The field is to be looked at again; only asked for where it was postponed."""

    def __init__(
        self,
        field_label: str,
        note: str,
        parent: QWidget | None = None,
        *,
        is_postponed: bool = False,
        anchor: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = f"Postpone “{field_label}”"
        self.setWindowTitle(title)
        self._anchor = anchor
        self._line = QLineEdit(note)
        self._line.setMaxLength(LONGEST)
        asked = "What has to be found out? (a note may be left out)"
        self._line.setPlaceholderText(asked)
        self._line.setMinimumWidth(self._line.fontMetrics().horizontalAdvance(asked) + 2 * AIR)
        self._line.setAccessibleName("Note")
        self._line.setAccessibleDescription(title)
        self._save = QPushButton("Postpone")
        self._save.setProperty("primary", True)
        self._save.setAutoDefault(False)
        self._resume = flat_button("Take up again")
        self._resume.setVisible(is_postponed or bool(note))
        sheet = QFrame(self)
        sheet.setProperty("popup", True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._resume)
        foot.addStretch(1)
        foot.addWidget(self._save)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(words_label(title, "body"))
        column.addWidget(self._line)
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(sheet)
        self._line.returnPressed.connect(self._on_save_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self._resume.clicked.connect(self._on_resume_clicked)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(max(WIDTH, self.sizeHint().width()), self.sizeHint().height())
        self._place()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._line.selectAll()

    def _place(self) -> None:
        """Below the anchor, above it where there is no room, or over the end of a long one."""
        room = self.screen().availableGeometry()
        if self._anchor is not None:
            below = self._anchor.mapToGlobal(QPoint(0, self._anchor.height() + 4))
            above = self._anchor.mapToGlobal(QPoint(0, -self.height() - 4))
            corner = below if below.y() + self.height() <= room.bottom() else above
            if corner.y() < room.top():
                corner.setY(room.bottom() - self.height())
        else:
            parent = self.parentWidget()
            around = parent.window().geometry() if parent else room
            corner = around.center() - self.rect().center()
        self.move(corner)
        keep_on_screen(self)

    def _on_save_clicked(self) -> None:
        note = " ".join(self._line.text().split())
        self.close()
        self.note_given.emit(note)

    def _on_resume_clicked(self) -> None:
        self.close()
        self.resume_requested.emit()
