"""Ready sentences while drafting: `.name` and a space, or the list; then from blank to blank."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.errors import UserError
from app.letter import FieldId
from app.services.snippets import (
    PLACES,
    Snippet,
    Snippets,
    choices_at,
    fill,
    next_blank,
    typed_name,
)
from app.ui.announce import ANNOUNCER
from app.ui.document import LetterDocument
from app.ui.form.form_view import FormView
from app.ui.form.text_editor import TextEditor
from app.ui.screen_room import keep_on_screen

SNIPPET = Qt.ItemDataRole.UserRole
NONE_FOUND = "No snippet has these words"
NONE_HERE = "This field has no snippet yet. Words that are selected when this list opens can be kept as one."
NONE_BUT = "This field has no snippet yet. Name the selected words, and they are kept as the first."


class Drafting(QObject):
    """Puts snippets into the text in hand and goes through its blanks."""

    failed = Signal(object)
    """UserError: the user's own snippets cannot be read or kept."""
    no_blank_left = Signal()
    no_text_in_hand = Signal()
    """Snippets and blanks stand in running texts, and the field in hand is none."""

    def __init__(
        self, document: LetterDocument, form: FormView, snippets: Snippets, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._form = form
        self._snippets = snippets
        self._window = parent
        for box in form.text_boxes():
            box.installEventFilter(self)

    def show_list(self) -> None:
        """The list of snippets for the text in hand."""
        box = self._box()
        field = self._document.current_field
        if box is None or field is None:
            self.no_text_in_hand.emit()
            return
        try:
            offered = self._snippets.all(PLACES.get(field.name, "any"))
        except UserError as error:
            self.failed.emit(error)
            return
        cursor = box.textCursor()
        filled = {snippet.name: self._filled(snippet, box, cursor) for snippet in offered}
        popup = SnippetPopup(offered, filled, cursor.selectedText(), self._window)
        popup.snippet_chosen.connect(self._on_popup_snippet_chosen)
        popup.snippet_made.connect(self._on_popup_snippet_made)
        popup.show_at(box.mapToGlobal(box.cursorRect().bottomLeft()))

    def go_to_blank(self, *, backwards: bool = False) -> None:
        """Select the next blank of the text in hand, round its end."""
        box = self._box()
        if box is None:
            self.no_text_in_hand.emit()
            return
        text, cursor = box.toPlainText(), box.textCursor()
        if backwards:
            before = [span for span in _blanks(text) if span[1] <= cursor.selectionStart()]
            span = (before or _blanks(text) or [None])[-1]
        else:
            span = next_blank(text, cursor.selectionEnd())
        if span is None:
            self.no_blank_left.emit()
            return
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        box.setTextCursor(cursor)
        offered = choices_at(text, span[0])
        if offered:
            self._offer(box, offered)

    def put_in(self, text: str) -> None:
        """Put a text of several sentences into the text in hand, and go to its first blank."""
        box = self._box()
        if box is not None:
            self._put(box, box.textCursor(), text)

    def _offer(self, box: QPlainTextEdit, offered: tuple[str, ...]) -> None:
        """The list of a blank: arrows and Enter or the first letter take one, Escape lets type."""
        menu = QMenu(box)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Choices of this blank")
        for number, words in enumerate(offered, 1):
            action = menu.addAction(f"&{number}  {words}" if number < 10 else words)
            action.setData(words)
        menu.triggered.connect(partial(self._on_menu_triggered, box))
        menu.popup(box.viewport().mapToGlobal(box.cursorRect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _on_menu_triggered(self, box: QPlainTextEdit, action: QAction) -> None:
        box.textCursor().insertText(action.data())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(watched, QPlainTextEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
            and not event.modifiers()
        ):
            return self._expand(watched)
        return super().eventFilter(watched, event)

    def _expand(self, box: QPlainTextEdit) -> bool:
        """Put a snippet in place of its name; False where no name was typed."""
        cursor = box.textCursor()
        named = typed_name(box.toPlainText(), cursor.position())
        if named is None:
            return False
        start, name = named
        try:
            snippet = self._snippets.find(name)
        except UserError as error:
            self.failed.emit(error)
            return False
        if snippet is None:
            return False
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        self._insert(box, cursor, snippet)
        return True

    def _filled(self, snippet: Snippet, box: QPlainTextEdit, cursor: QTextCursor) -> str:
        """A snippet's text as it would stand there."""
        field = self._document.current_field
        before = box.toPlainText()[: cursor.selectionStart()]
        return fill(snippet.text, self._document.letter, field.issue if field else None, before)

    def _insert(self, box: QPlainTextEdit, cursor: QTextCursor, snippet: Snippet) -> None:
        self._put(box, cursor, self._filled(snippet, box, cursor))

    def _put(self, box: QPlainTextEdit, cursor: QTextCursor, text: str) -> None:
        start = cursor.selectionStart()
        before = box.toPlainText()[:start]
        if before and not before[-1].isspace():
            text = f" {text}"
        cursor.insertText(text)
        if next_blank(text) is not None:
            cursor.setPosition(start)
            box.setTextCursor(cursor)
            self.go_to_blank()
        else:
            box.setTextCursor(cursor)

    def _on_popup_snippet_chosen(self, snippet: Snippet) -> None:
        box = self._box()
        if box is not None:
            box.setFocus()
            self._insert(box, box.textCursor(), snippet)

    def _on_popup_snippet_made(self, name: str, text: str) -> None:
        try:
            self._snippets.save(Snippet(name=name, title=name, text=text))
        except UserError as error:
            self.failed.emit(error)

    def _box(self) -> QPlainTextEdit | None:
        """The box of the field in hand, where it holds running text."""
        field: FieldId | None = self._document.current_field
        row = self._form.row(field) if field is not None else None
        return row.editor.text if row is not None and isinstance(row.editor, TextEditor) else None


def _blanks(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    position = 0
    while (span := next_blank(text, position)) is not None and span[0] >= position:
        spans.append(span)
        position = span[1]
    return spans


WIDE, HIGH = 76, 20
"""Letters a line, and lines, that the list of snippets has room for."""


class SnippetPopup(QDialog):
    """Type to find, arrows and Enter to put in; selected text can be kept as a new snippet."""

    snippet_chosen = Signal(object)
    snippet_made = Signal(str, str)
    """(name, text)"""

    def __init__(
        self,
        snippets: tuple[Snippet, ...],
        filled: Mapping[str, str],
        selected: str,
        parent: QWidget | None = None,
    ) -> None:
        """`filled` are the texts as they would be put in, by the snippets' names."""
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Snippets")
        self._snippets = snippets
        self._filled = filled
        self._selected = selected.replace("\u2029", "\n")
        self._line = QLineEdit()
        self._line.setPlaceholderText("Find a snippet, or name a new one")
        self._line.setAccessibleName("Snippet")
        self._line.setProperty("large", True)
        self._list = QListWidget()
        self._list.setAccessibleName("Snippets")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setProperty("tone", "muted")
        self._text.setMinimumHeight(48)
        self.keep_button = QPushButton("Keep the selected text under this name")
        self.keep_button.setProperty("flat", True)
        self.keep_button.setAutoDefault(False)
        self.keep_button.setVisible(bool(self._selected.strip()))
        sheet = QFrame()
        sheet.setProperty("popup", True)
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(8, 8, 8, 8)
        for widget in (self._line, self._list, self._text, self.keep_button):
            inner.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(sheet)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room = self.fontMetrics().averageCharWidth()
        self.resize(max(520, WIDE * room), max(360, HIGH * self.fontMetrics().lineSpacing()))
        self.setFocusProxy(self._line)
        self._line.textChanged.connect(self._show)
        self._line.installEventFilter(self)
        self._list.currentItemChanged.connect(self._on_list_current_item_changed)
        self._list.itemClicked.connect(self._on_list_item_clicked)
        self.keep_button.clicked.connect(self._on_keep_clicked)
        self._show()

    def show_at(self, point: QPoint) -> None:
        """Open at a point of the screen, inside the screen."""
        self.move(point)
        self.show()
        # As high as its words have made it.
        keep_on_screen(self)
        self._line.setFocus()

    def _show(self) -> None:
        words = self._line.text().lower().split()
        self._list.clear()
        for snippet in self._snippets:
            said = f"{snippet.name} {snippet.title} {snippet.text}".lower()
            if all(word in said for word in words):
                item = QListWidgetItem(f".{snippet.name}    {snippet.title}")
                item.setData(SNIPPET, snippet)
                self._list.addItem(item)
        self._list.setCurrentRow(0)
        if not self._snippets:
            self._text.setText(NONE_BUT if self._selected.strip() else NONE_HERE)
        elif not self._list.count():
            self._text.setText(f"{NONE_FOUND}.")
        if words:
            ANNOUNCER.announce_row(self._line, self._list.currentIndex(), NONE_FOUND)
        self.keep_button.setEnabled(bool(self._line.text().strip()))

    def _choose(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            snippet = item.data(SNIPPET)
            self.close()
            self.snippet_chosen.emit(snippet)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step:
                row = min(max(self._list.currentRow() + step, 0), self._list.count() - 1)
                self._list.setCurrentRow(row)
                ANNOUNCER.announce_row(self._line, self._list.currentIndex())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return super().eventFilter(watched, event)

    def _on_list_current_item_changed(self, item: QListWidgetItem | None, _: object) -> None:
        self._text.setText(self._filled[item.data(SNIPPET).name] if item is not None else "")

    def _on_list_item_clicked(self, _item: QListWidgetItem) -> None:
        self._choose()

    def _on_keep_clicked(self) -> None:
        name = self._line.text().strip()
        self.close()
        self.snippet_made.emit(name, self._selected)
