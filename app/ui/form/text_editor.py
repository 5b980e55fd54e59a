"""Running text: how its box grows, and when what is typed counts as finished."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from app.services.language.line_joining import join_all_lines, join_broken_lines
from app.ui.form import values
from app.ui.form.editor import ENTER_ENDS, Editor, plain_text
from app.ui.form.typing_steps import TypingSteps, changed

PAUSE_MS = 1_000
"""Milliseconds without a key after which what is typed next is a step of its own."""
MARGIN = 2
"""Pixels around the text, as in a line to type in."""


class TextEditor(Editor):
    """Running text that grows with its content, so that the page scrolls and not the box."""

    LINES_LEAST = 2

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        lines_least: int = LINES_LEAST,
        one_line: bool = False,
    ) -> None:
        """`one_line` where the text is a line by its nature, however long: Enter never breaks it
        then, and all that is typed into it is one step of the history."""
        super().__init__(parent)
        self._one_line = one_line
        self._asks = False
        self._typing = False
        self._showing = False
        self._seen = ""
        self._steps = TypingSteps()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.text = GrowingText(lines_least, one_line=one_line)
        self._row.addWidget(self.text)
        self._take_focus_of(self.text)
        self.text.textChanged.connect(self._on_text_changed)
        self.text.left.connect(self.finish)
        self.text.confirmed.connect(self._on_text_confirmed)
        self.text.entered.connect(self._on_text_entered)
        self._pause.timeout.connect(self._on_pause_timeout)

    @property
    def is_one_line(self) -> bool:
        """Whether the text is a line by its nature."""
        return self._one_line

    def value(self) -> str:
        return values.read_paragraphs(self.text.toPlainText())

    @override
    def show_value(self, value: Any) -> None:
        self._show(str(value or ""))

    @property
    def is_at_start(self) -> bool:
        """Whether the caret stands before all words, and none is selected."""
        return not self.text.textCursor().position() and not self.text.textCursor().hasSelection()

    @override
    def take_over(self, words: tuple[int, int] | None) -> None:
        cursor = self.text.textCursor()
        if words is not None:
            cursor.setPosition(words[0])
            cursor.setPosition(words[1], QTextCursor.MoveMode.KeepAnchor)
        elif self._one_line:
            cursor.select(QTextCursor.SelectionType.Document)
        else:
            cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.text.setTextCursor(cursor)

    @override
    def show_words(self, words: str) -> None:
        self._show(words)

    def _show(self, text: str) -> None:
        """Put in only what differs, so that cursor and marks stay where they are."""
        before = self.text.toPlainText()
        if text == before:
            return
        self._showing = True
        start, removed, added = changed(before, text)
        cursor = self.text.textCursor()
        had = cursor.position()
        cursor.beginEditBlock()
        cursor.setPosition(start)
        cursor.setPosition(start + removed, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start : start + added])
        cursor.endEditBlock()
        inside = start <= had <= start + removed
        place = start + added if inside else min(had, len(text))
        cursor.setPosition(place if self.text.hasFocus() else 0)
        self.text.setTextCursor(cursor)
        self._steps.end()
        self._set_typing(False)
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
        before, self._seen = self._seen, text
        if self._showing:
            return
        self._set_typing(True)
        if self._steps.begins(before, text) and not self._one_line:
            self.step_ended.emit()
        if not self._one_line:
            self._pause.start()
        value = self.value()
        self.text_typed.emit(text)
        self.typed.emit(value, text if text != value else "")

    def _on_pause_timeout(self) -> None:
        self._steps.end()
        self.step_ended.emit()

    @override
    def finish(self) -> None:
        self._pause.stop()
        self._steps.end()
        if self._typing:
            self._set_typing(False)
            self.committed.emit(self.value())

    def _on_text_confirmed(self) -> None:
        self.finish()
        self.confirm_requested.emit()

    def join_lines(self) -> None:
        """Join the lines of the selection; without one, the caret's line and the next."""
        cursor = self.text.textCursor()
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            kept = QTextCursor.MoveMode.KeepAnchor
            cursor.movePosition(QTextCursor.MoveOperation.NextBlock, kept)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, kept)
        lines = cursor.selectedText()
        joined = join_all_lines(lines, self.text.is_word)
        if joined and joined != lines:
            cursor.insertText(joined)

    def _on_text_entered(self) -> None:
        if self._enter_confirms():
            self._on_text_confirmed()
        else:
            self.text.insertPlainText("\n")

    def _enter_confirms(self) -> bool:
        """Enter keeps a value that is asked for; while a text is being written it breaks a line."""
        return self._one_line or (self._asks and not self._typing)

    @property
    @override
    def enter_words(self) -> str:
        kept = ENTER_ENDS if self._ends else "Enter: right, next"
        return kept if self._enter_confirms() else f"Enter: new line · Ctrl+{kept}"

    @override
    def set_asks(self, asks: bool) -> None:
        if asks != self._asks:
            self._asks = asks
            self.enter_changed.emit()

    def _set_typing(self, typing: bool) -> None:
        if typing != self._typing:
            self._typing = typing
            self.enter_changed.emit()


class GrowingText(QPlainTextEdit):
    """A plain text box as high as its text."""

    left = Signal()
    confirmed = Signal()
    entered = Signal()
    """Enter alone: what it does is the editor's decision."""
    clicked = Signal(int)
    """The place in the text that was clicked."""

    def __init__(
        self, lines_least: int, parent: QWidget | None = None, *, one_line: bool = False
    ) -> None:
        super().__init__(parent)
        self.is_word: Callable[[str], bool] | None = None
        """Knows words: they are put together where a page broke them."""
        self._one_line = one_line
        self._lines_least = lines_least
        self._resizing = False
        self.document().setDocumentMargin(MARGIN)
        self.setUndoRedoEnabled(False)  # there is one history, the document's
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
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.textCursor().hasSelection():
            self.clicked.emit(self.textCursor().position())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif modifiers == Qt.KeyboardModifier.ControlModifier:
            self.confirmed.emit()
        elif modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
        elif not modifiers:
            self.entered.emit()
        else:
            event.ignore()

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return super().canInsertFromMimeData(source) or source.hasHtml()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """What comes from a page or a mail was broken into lines there: they are joined."""
        join = join_all_lines if self._one_line else join_broken_lines
        self.insertPlainText(join(plain_text(source), self.is_word))
        self.ensureCursorVisible()

    @override
    def wheelEvent(self, event: Any) -> None:
        event.ignore()  # the form scrolls, never the box
