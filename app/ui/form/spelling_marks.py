"""Misspelt words underlined while typing, with better ones offered on a right click."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from app.services.spelling import Spelling
from app.ui import theme


class SpellingMarks(QSyntaxHighlighter):
    """Marks one document; a wave under the word, so that it is not told by colour alone."""

    def __init__(self, document: QTextDocument, spelling: Spelling) -> None:
        super().__init__(document)
        self._spelling = spelling
        self._shown = True

    def set_shown(self, shown: bool) -> None:
        """Whether words are marked at all."""
        self._shown = shown
        self.rehighlight()

    @override
    def highlightBlock(self, text: str) -> None:
        if not self._shown:
            return
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(theme.colour("error"))
        for start, end in self._spelling.misspelt(text):
            self.setFormat(start, end - start, wave)


class SpellingMenu(QObject):
    """The box's own menu with suggestions for the word under the pointer on top."""

    word_learned = Signal(str)

    def __init__(self, box: QPlainTextEdit, marks: SpellingMarks, spelling: Spelling) -> None:
        super().__init__(box)
        self._box = box
        self._marks = marks
        self._spelling = spelling
        box.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        box.customContextMenuRequested.connect(self._on_box_menu_requested)

    def _on_box_menu_requested(self, point: QPoint) -> None:
        menu = self._box.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        cursor = self._marked_word(self._box.cursorForPosition(point))
        if cursor is not None:
            word = cursor.selectedText()
            first = menu.actions()[0]  # the box's own menu is never empty
            for better in self._spelling.suggestions(word):
                action = menu.addAction(better, partial(self._replace, cursor, better))
                menu.insertAction(first, action)
            learn = menu.addAction(f"“{word}” is right", partial(self._learn, word))
            menu.insertAction(first, learn)
            menu.insertSeparator(first)
        menu.popup(self._box.mapToGlobal(point))

    def _marked_word(self, cursor: QTextCursor) -> QTextCursor | None:
        """The whole word that is marked at a place, which may hold an apostrophe."""
        block, here = cursor.block(), cursor.positionInBlock()
        for start, end in self._spelling.misspelt(block.text()):
            if start <= here <= end:
                cursor.setPosition(block.position() + start)
                cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
                return cursor
        return None

    def _replace(self, cursor: QTextCursor, better: str) -> None:
        cursor.insertText(better)

    def _learn(self, word: str) -> None:
        self._spelling.learn(word)
        self.word_learned.emit(word)
        self._marks.rehighlight()


class FormSpelling(QObject):
    """The marks in all running texts of the form."""

    word_learned = Signal(str)

    def __init__(self, spelling: Spelling, parent: QObject) -> None:
        super().__init__(parent)
        self._spelling = spelling
        self._marks: list[SpellingMarks] = []

    def watch(self, box: QPlainTextEdit) -> None:
        """Mark what is misspelt in this text too."""
        marks = SpellingMarks(box.document(), self._spelling)
        SpellingMenu(box, marks, self._spelling).word_learned.connect(self.word_learned)
        self._marks.append(marks)

    def set_shown(self, shown: bool) -> None:
        """Mark misspelt words, or stop it; also when the lists are loaded."""
        for marks in self._marks:
            marks.set_shown(shown)

    def dress(self) -> None:
        """The colours are others."""
        for marks in self._marks:
            marks.rehighlight()
