"""Running text: how its box grows, and when what is typed counts as finished."""

from __future__ import annotations

from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from app.ui.form import values
from app.ui.form.editor import Editor

MARGIN = 2
"""Pixels around the text, as in a line to type in."""


class TextEditor(Editor):
    """Running text that grows with its content, so that the page scrolls and not the box."""

    LINES_LEAST = 2

    def __init__(self, parent: QWidget | None = None, *, lines_least: int = LINES_LEAST) -> None:
        super().__init__(parent)
        self._lines_least = lines_least
        self._typing = False
        self._showing = False
        self._seen = ""
        self.text = GrowingText(lines_least)
        self._row.addWidget(self.text)
        self._take_focus_of(self.text)
        self.text.textChanged.connect(self._on_text_changed)
        self.text.left.connect(self.finish)
        self.text.confirmed.connect(self._on_text_confirmed)

    def value(self) -> str:
        return values.read_paragraphs(self.text.toPlainText())

    @override
    def show_value(self, value: Any) -> None:
        value = str(value or "")
        if self.value() == value:
            return
        self._showing = True
        position = self.text.textCursor().position()
        self.text.setPlainText(value)
        if self.text.hasFocus():
            cursor = self.text.textCursor()
            cursor.setPosition(min(position, len(value)))
            self.text.setTextCursor(cursor)
        self._showing = False

    @override
    def caret(self) -> QRect:
        return self.text.cursorRect().translated(self.text.viewport().mapTo(self, QPoint(0, 0)))

    @override
    def show_draft(self, text: str) -> None:
        self.text.setPlainText(text)

    def _on_text_changed(self) -> None:
        text = self.text.toPlainText()
        # Marking misspelt words counts as a change for Qt, but not for anyone else.
        if text == self._seen:
            return
        self._seen = text
        if self._showing:
            return
        self._typing = True
        self.text_typed.emit(text)
        self.typed.emit(self.value())

    @override
    def finish(self) -> None:
        if self._typing:
            self._typing = False
            self.committed.emit(self.value())

    def _on_text_confirmed(self) -> None:
        self.finish()
        self.confirm_requested.emit()


class GrowingText(QPlainTextEdit):
    """A plain text box as high as its text."""

    left = Signal()
    confirmed = Signal()

    def __init__(self, lines_least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines_least = lines_least
        self._resizing = False
        self.document().setDocumentMargin(MARGIN)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        if self._resizing:
            return
        # A plain text layout counts its height in lines, which are not whole pixels high. Its
        # first block has the margin above the text in it.
        text, block = 0.0, self.document().firstBlock()
        while block.isValid():
            text += self.blockBoundingRect(block).height()
            block = block.next()
        least = self._lines_least * QFontMetricsF(self.font()).lineSpacing() + MARGIN
        frame = self.height() - self.contentsRect().height()
        height = ceil(max(text, least)) + MARGIN + frame
        if height != self.height():
            self.setFixedHeight(height)
            # Each box around remembers which height goes with a width, and not all are told.
            around = self.parentWidget()
            while around is not None and not around.isWindow():
                around.updateGeometry()
                around = around.parentWidget()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            QTimer.singleShot(0, self, self._fit)  # when the text has been laid out anew

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        # The layouts around are at work and would miss another height: it comes after them.
        self._resizing = True
        super().resizeEvent(event)
        self._resizing = False
        QTimer.singleShot(0, self, self._fit)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.confirmed.emit()
            return
        super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: Any) -> None:
        event.ignore()  # the form scrolls, never the box
