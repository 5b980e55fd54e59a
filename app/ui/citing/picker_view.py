"""How the picker looks: one line, a list, warnings, the sentence as printed, the keys.

It decides nothing; the picker moves it from finding a guideline to naming the place in it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui import theme
from app.ui.announce import ANNOUNCER
from app.ui.citing.rows import RowList
from app.ui.citing.sentence import SentencePreview
from app.ui.everywhere import offered_by

WIDTH = 640
LIST_LINES = 17
"""Height of the list in lines of text: about seven entries."""
LEAST_LIST_LINES = 8


class PickerLine(QLineEdit):
    """The one line. The keys that move and choose go out as signals, all others are typed.

    It takes every key for itself while it has the focus, so that no key of the window below
    acts behind the picker's back.
    """

    moved = Signal(int)
    taken = Signal()
    accepted = Signal()
    completed = Signal()
    """Tab; `can_complete` says whether it is wanted, otherwise Tab moves on as everywhere."""
    emptied_backwards = Signal()
    taken_back = Signal()
    cancelled = Signal()
    pasted = Signal()

    can_complete = False

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and not offered_by(self.window(), event):
            event.accept()
            return True
        # Tab is turned into a change of focus before keyPressEvent sees it.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self.can_complete
        ):
            self.completed.emit()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 6,
            Qt.Key.Key_PageUp: -6,
        }
        if key in steps:
            self.moved.emit(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.accepted if control else self.taken).emit()
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key == Qt.Key.Key_Backspace and not self.text():
            self.emptied_backwards.emit()
        elif key == Qt.Key.Key_Z and control and not self.isUndoAvailable():
            self.taken_back.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            super().keyPressEvent(event)
            self.pasted.emit()
        else:
            super().keyPressEvent(event)


class PickerView(QFrame):
    """The popup's content."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picker")
        self._icon = QLabel()
        self._icon.setFixedSize(QSize(24, 24))
        self._chip = QLabel()
        self._chip.setObjectName("pickerChip")
        self.line = PickerLine()
        self.line.setObjectName("pickerLine")
        self._rule = QFrame()
        self._rule.setProperty("rule", True)
        self.list = RowList(self.line)
        self.list.setObjectName("pickerList")
        self.list.setAccessibleName("What fits")
        self.empty = QLabel()
        self.empty.setProperty("tone", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.warnings = Warnings()
        self._foot_rule = QFrame()
        self._foot_rule.setProperty("rule", True)
        self._caption = QLabel()
        self._caption.setProperty("tone", "muted")
        self.preview = SentencePreview()
        self.keys = QLabel()
        self.keys.setProperty("tone", "muted")
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 12, 10)
        top.setSpacing(8)
        top.addWidget(self._icon)
        top.addWidget(self._chip)
        top.addWidget(self.line, 1)
        middle = QGridLayout()
        middle.setContentsMargins(0, 4, 0, 4)
        middle.addWidget(self.list, 0, 0)
        middle.addWidget(self.empty, 0, 0)
        self.empty.setContentsMargins(12, 12, 12, 12)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 10)
        foot.setSpacing(4)
        foot.addWidget(self._caption)
        foot.addWidget(self.preview)
        foot.addSpacing(4)
        foot.addWidget(self.keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._rule)
        column.addLayout(middle, 1)
        column.addWidget(self.warnings)
        column.addWidget(self._foot_rule)
        column.addLayout(foot)
        self.list.setMinimumHeight(LEAST_LIST_LINES * self.fontMetrics().height())

    @override
    def sizeHint(self) -> QSize:
        """Room for the whole list; warnings take theirs from it, so that the popup stays put."""
        lines = LIST_LINES - LEAST_LIST_LINES
        return QSize(WIDTH, super().sizeHint().height() + lines * self.fontMetrics().height())

    def show_step(self, icon: str, chip: str, placeholder: str, name: str, keys: str) -> None:
        """Dress the line for a step: `chip` is what was taken so far, or empty."""
        self._icon.setPixmap(theme.icon(icon, "muted").pixmap(QSize(20, 20)))
        metrics = self._chip.fontMetrics()
        self._chip.setText(metrics.elidedText(chip, Qt.TextElideMode.ElideRight, WIDTH // 2))
        self._chip.setToolTip(chip)
        self._chip.setVisible(bool(chip))
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(name)
        self.keys.setText(keys)

    def show_result(self, text: str, before: str, *, joined: bool) -> None:
        """The field as it will be printed, what it does not share with `before` lit."""
        self.preview.show_sentence(text, before)
        self._caption.setText(
            "As it will be printed, joined with what the field cites of this chapter"
            if joined
            else "As it will be printed"
        )

    @property
    def caption(self) -> str:
        """What is said of the sentence."""
        return self._caption.text()

    def show_empty(self, words: str) -> None:
        """Words in place of the list; the list itself where there are none."""
        self.empty.setText(words)
        self.empty.setVisible(bool(words))
        self.list.setVisible(not words)

    def announce(self, words: str) -> None:
        """Say something to a screen reader without moving the focus."""
        ANNOUNCER.announce(self.line, words)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.colour("outline")))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.end()


class Warnings(QFrame):
    """What looks wrong, and below it what is only to be known, a line each; takes no room where there
    is nothing. Its ground is amber only where something looks wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pickerWarnings")
        self._words: tuple[str, ...] = ()
        self._remarks: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 6, 12, 6)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._lines = [self._line(row) for row in range(2)]
        self._lines[1][1].setProperty("tone", "muted")
        self.hide()

    def _line(self, row: int) -> tuple[QLabel, QLabel]:
        mark, label = QLabel(), QLabel()
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(label, row, 1)
        return mark, label

    @property
    def words(self) -> tuple[str, ...]:
        """What looks wrong."""
        return self._words

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is only to be known."""
        return self._remarks

    def show_warnings(self, words: tuple[str, ...], remarks: tuple[str, ...] = ()) -> bool:
        """Show these sentences; True where they are others than before."""
        if (words, remarks) == (self._words, self._remarks):
            return False
        self._words, self._remarks = words, remarks
        theme.set_property(self, "calm", not words)
        marks = (("triangle-alert", "doubt", words), ("info", "muted", remarks))
        for (mark, label), (icon, tone, said) in zip(self._lines, marks, strict=True):
            mark.setPixmap(theme.icon(icon, tone).pixmap(QSize(16, 16)))
            label.setText("\n".join(said))
            label.setAccessibleName("Warnings" if tone == "doubt" else "Remarks")
            mark.setVisible(bool(said))
            label.setVisible(bool(said))
        self.setVisible(bool(words or remarks))
        self._grid.invalidate()
        self.updateGeometry()
        parent = self.parentWidget()
        if parent is not None and (layout := parent.layout()) is not None:
            layout.activate()  # at once, so that no frame shows half a sentence
        return True
