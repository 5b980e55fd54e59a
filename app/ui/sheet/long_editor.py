"""The editor of a long text where it stands in the table: no higher than there is room, with the line
that is written in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from app.ui.form.text_editor import TextEditor

BELOW = 24
"""Pixels of what stands around the line that is written which are seen with it."""


class LongEditor(QScrollArea):
    """Holds one editor at a time."""

    text_resized = Signal()
    """The text in hand has another height."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self._editor: TextEditor | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._follow)
        self.hide()

    def hold(self, editor: TextEditor) -> None:
        """Show this editor."""
        self.let_go()
        self._editor = editor
        editor.setAutoFillBackground(True)
        self.setWidget(editor)
        editor.text.cursorPositionChanged.connect(self._soon.start)
        editor.text.installEventFilter(self)
        editor.show()

    def let_go(self) -> None:
        """Hold none any more: it is its row's again, out of sight."""
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.text.cursorPositionChanged.disconnect(self._soon.start)
            editor.text.removeEventFilter(self)
            self.takeWidget()
            editor.setParent(self.parentWidget())
            editor.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._editor is not None and watched is self._editor.text:
            if event.type() == QEvent.Type.Resize:
                self.text_resized.emit()
            return False
        return super().eventFilter(watched, event)

    def height_for(self, width: int) -> int:
        """What the whole text takes in that width, in pixels."""
        if self._editor is None:
            return 0
        self.resize(width, self.height())
        return self._editor.minimumSizeHint().height()

    def _follow(self) -> None:
        if self._editor is None:
            return
        line = self._editor.caret()
        self.ensureVisible(0, line.top(), 0, BELOW)
        self.ensureVisible(0, line.bottom(), 0, BELOW)
