"""One editor a kind of value. Editors show a value, say what is typed, and hold nothing else.

Each editor has the same four members: `show_value`, the signals `typed` (a valid value, while
typing), `committed` (a value to keep) and `confirm_requested`, and `problem_changed` for words
that make no value, which stay in the editor and never reach the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QCalendarWidget,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
    QWidgetAction,
)
from typing_extensions import override

from app.ui import theme
from app.ui.form import values


class Editor(QWidget):
    """What all editors have in common; `text_typed` carries the raw words for the draft."""

    typed = Signal(object)
    committed = Signal(object)
    text_typed = Signal(str)
    confirm_requested = Signal()
    problem_changed = Signal(str)
    focused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def show_value(self, value: Any) -> None:
        raise NotImplementedError

    def show_draft(self, text: str) -> None:
        """Words that were half-typed when the program ended; they count as typed now."""
        raise NotImplementedError

    def forget(self) -> None:
        """Drop words that make no value: another value, or another field's, comes."""

    def says_wrong(self) -> bool:
        """Whether the words in the editor make no value; they are told at once then."""
        return False

    def describe(self, name: str, description: str) -> None:
        """What a screen reader says of the editor."""
        focus = self.focusProxy() or self
        focus.setAccessibleName(name)
        focus.setAccessibleDescription(description)

    def add_stretch(self) -> None:
        """Keep a narrow editor at the left of its place."""
        self._row.addStretch(1)

    def _take_focus_of(self, widget: QWidget) -> None:
        self.setFocusProxy(widget)
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        return super().eventFilter(watched, event)


class LineEditor(Editor):
    """One line: text, a number, a date or a list, told apart by how words become a value."""

    def __init__(
        self,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._show = show
        self._shown: Any = None
        self._before: Any = None
        self._told: Any = None
        self._typing = False
        self.line = QLineEdit()
        self._row.addWidget(self.line)
        self._take_focus_of(self.line)
        self.line.textEdited.connect(self._on_line_text_edited)
        self.line.editingFinished.connect(self._on_line_editing_finished)
        self.line.returnPressed.connect(self._on_line_return_pressed)

    @override
    def forget(self) -> None:
        self._typing = False
        self._shown = NotImplemented

    @override
    def says_wrong(self) -> bool:
        try:
            self._read(self.line.text())
        except ValueError as error:
            self._set_problem(str(error))
            return True
        return False

    @override
    def show_value(self, value: Any) -> None:
        if value == self._shown and self._value_of(self.line.text()) is NotImplemented:
            return  # words that make no value stay until their writer mends them
        if value != self._told:
            self._typing = False
        self._shown = value
        text = self._show(value)
        if self._value_of(self.line.text()) != value or not self.line.hasFocus():
            if text != self.line.text():
                self.line.setText(text)
                self.line.setCursorPosition(0)
            self._set_problem("")

    @override
    def show_draft(self, text: str) -> None:
        self.line.setText(text)
        self._on_line_text_edited(text)

    def _value_of(self, text: str) -> Any:
        try:
            return self._read(text)
        except ValueError:
            return NotImplemented

    def _on_line_text_edited(self, text: str) -> None:
        self.text_typed.emit(text)
        if not self._typing:
            self._typing = True
            self._before = self._shown
        try:
            value = self._read(text)
        except ValueError:
            # Said when the field is left: nobody wants to be told while still typing. Until then
            # no value of the words on the way stays in the letter: 09/18/20 was not meant.
            value = self._shown = self._before
        else:
            self._set_problem("")
        self._told = value
        self.typed.emit(value)

    def _on_line_editing_finished(self) -> None:
        try:
            value = self._read(self.line.text())
        except ValueError as error:
            self._set_problem(str(error))
            return
        self._set_problem("")
        self._typing = False
        self.committed.emit(value)
        text = self._show(value)
        if text != self.line.text():
            self.line.setText(text)

    def _on_line_return_pressed(self) -> None:
        if self._value_of(self.line.text()) is not NotImplemented:
            self.confirm_requested.emit()

    def _set_problem(self, words: str) -> None:
        if bool(self.line.property("wrong")) != bool(words):
            self.line.setProperty("wrong", bool(words))
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)
        self.problem_changed.emit(words)


def line_editor() -> LineEditor:
    return LineEditor(values.read_line, _text_of)


def number_editor() -> LineEditor:
    editor = LineEditor(values.read_age, _text_of)
    editor.line.setMaximumWidth(96)
    editor.add_stretch()
    return editor


def _text_of(value: Any) -> str:
    return "" if value is None else str(value)


class ListEditor(LineEditor):
    """Several entries on one line, with completion of the last one from a pick list."""

    def __init__(self, choices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(values.read_list, ", ".join, parent)
        self._completer = QCompleter(QStringListModel(list(choices), self), self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setWidget(self.line)
        self._completer.activated.connect(self._on_completer_activated)

    @override
    def _on_line_text_edited(self, text: str) -> None:
        super()._on_line_text_edited(text)
        last = text.rsplit(",", 1)[-1].strip()
        if last:
            self._completer.setCompletionPrefix(last)
            if self._completer.completionCount() and self._completer.currentCompletion() != last:
                self._completer.complete()
                return
        if (popup := self._completer.popup()) is not None:
            popup.hide()

    def _is_choosing(self) -> bool:
        """Whether a choice stands lit in the open list: Enter takes it then, and no more."""
        popup = self._completer.popup()
        return popup is not None and popup.isVisible() and popup.currentIndex().isValid()

    @override
    def _on_line_return_pressed(self) -> None:
        if not self._is_choosing():
            super()._on_line_return_pressed()

    @override
    def _on_line_editing_finished(self) -> None:
        if not self._is_choosing():
            super()._on_line_editing_finished()

    def _on_completer_activated(self, choice: str) -> None:
        kept = self.line.text().rsplit(",", 1)[:-1]
        text = ", ".join([*(part.strip() for part in kept), choice])
        self.line.setText(text)
        super()._on_line_text_edited(text)


class DateEditor(LineEditor):
    """A date typed in any usual order of signs; a calendar, and arrow keys for a day more or less."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(values.read_date, values.date_text, parent)
        self.line.setPlaceholderText("MM/DD/YYYY")
        self.line.setMinimumWidth(120)
        self._calendar = QCalendarWidget()
        self._calendar.setGridVisible(False)
        self._menu = QMenu(self)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(self._calendar)
        self._menu.addAction(action)
        # A key of its own in place of a stop for Tab: dates are typed far more often.
        choose = QAction(theme.icon("calendar", "muted"), self.tr("Calendar"), self)
        choose.setToolTip(self.tr("Choose from a calendar (Alt+Down)"))
        choose.setShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Down))
        choose.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(choose)
        self._button = QToolButton()
        self._button.setDefaultAction(choose)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row.addWidget(self._button)
        choose.triggered.connect(self._on_button_clicked)
        self._calendar.clicked.connect(self._on_calendar_clicked)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            value = self._value_of(self.line.text())
            if step and isinstance(value, date) and not event.modifiers():
                if date.min < value < date.max:
                    self.show_draft(values.date_text(value + timedelta(days=step)))
                return True
        return super().eventFilter(watched, event)

    def _on_button_clicked(self) -> None:
        value = self._value_of(self.line.text())
        if isinstance(value, date):
            self._calendar.setSelectedDate(QDate(value.year, value.month, value.day))
        self._menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def _on_calendar_clicked(self, day: QDate) -> None:
        self._menu.close()
        value = date(day.year(), day.month(), day.day())
        self.line.setText(values.date_text(value))
        self.committed.emit(value)
        self.line.setFocus()


class ChoiceEditor(Editor):
    """A few choices side by side; the first letter of a choice takes it, so do the arrow keys.

    A value outside the choices is shown as one more button, so that nothing printed is hidden.
    """

    def __init__(self, choices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # none may be chosen; exclusivity is ours to keep
        self._buttons: dict[str, QPushButton] = {}
        for choice in choices:
            self._add_button(choice)
        self._row.addStretch(1)
        self._take_focus_of(next(iter(self._buttons.values())))

    def _add_button(self, choice: str) -> QPushButton:
        button = QPushButton(choice)
        # Room for the bold words of the chosen button, so that nothing moves when it is chosen.
        bold = button.font()
        bold.setBold(True)
        button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(choice) + 40)
        button.setCheckable(True)
        button.setProperty("choice", True)
        button.setProperty("value", choice)
        button.setAutoDefault(False)
        button.installEventFilter(self)
        self._row.insertWidget(len(self._buttons), button)
        self._buttons[choice] = button
        self._group.addButton(button)
        button.clicked.connect(self._on_button_clicked)
        return button

    @override
    def describe(self, name: str, description: str) -> None:
        for choice, button in self._buttons.items():
            button.setAccessibleName(f"{name}: {choice}")
            button.setAccessibleDescription(description)

    @override
    def show_value(self, value: Any) -> None:
        value = str(value) if value else ""
        for choice in [choice for choice in self._buttons if choice not in self._choices]:
            if choice != value:
                button = self._buttons.pop(choice)
                self._group.removeButton(button)
                button.deleteLater()
        if value and value not in self._buttons:
            self._add_button(value)
        for choice, button in self._buttons.items():
            button.setChecked(choice == value)

    @override
    def show_draft(self, text: str) -> None:
        """Choices are committed at once: there is never half of one."""

    def _on_button_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        self._choose(str(button.property("value")))

    def _choose(self, choice: str) -> None:
        self.show_value(choice)
        self._buttons[choice].setFocus()
        self.committed.emit(choice)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.confirm_requested.emit()
                return True
            if not event.modifiers() and event.text():
                for choice in self._buttons:
                    if choice.lower().startswith(event.text().lower()):
                        self._choose(choice)
                        return True
        return super().eventFilter(watched, event)


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
        self.text.left.connect(self._on_text_left)
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

    def _on_text_left(self) -> None:
        if self._typing:
            self._typing = False
            self.committed.emit(self.value())

    def _on_text_confirmed(self) -> None:
        self._on_text_left()
        self.confirm_requested.emit()


class GrowingText(QPlainTextEdit):
    """A plain text box as high as its text."""

    left = Signal()
    confirmed = Signal()

    def __init__(self, lines_least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines_least = lines_least
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        # A plain text layout counts its height in lines, not pixels.
        lines = max(self._lines_least, int(self.document().size().height()))
        spare = 2 * (int(self.document().documentMargin()) + self.frameWidth())
        height = lines * self.fontMetrics().lineSpacing() + spare
        if height != self.height():
            self.setFixedHeight(height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

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
