"""Values typed on one line: words, numbers, dates, lists; when words make no value, and what then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QEvent, QMimeData, QObject, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCalendarWidget,
    QCompleter,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
    QWidgetAction,
)
from typing_extensions import override

from app.services.language.dates import date_text
from app.services.language.line_joining import join_all_lines
from app.ui import theme
from app.ui.form import values
from app.ui.form.editor import Editor, plain_text


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
        self._forgotten = False
        self.line = QLineEdit()
        self._row.addWidget(self.line)
        self._take_focus_of(self.line)
        self.line.textEdited.connect(self._on_line_text_edited)
        self.line.editingFinished.connect(self._on_line_editing_finished)
        self.line.returnPressed.connect(self._on_line_return_pressed)

    @override
    def forget(self) -> None:
        self._typing = False
        self._forgotten = True

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
        half_typed = self._value_of(self.line.text()) is values.NO_VALUE
        if half_typed and value == self._shown and not self._forgotten:
            return  # words that make no value stay until their writer mends them
        self._forgotten = False
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
    def take_over(self, words: tuple[int, int] | None) -> None:
        self.line.selectAll()

    @override
    def show_words(self, words: str) -> None:
        if words != self.line.text():
            self.line.setText(words)
        if not self.line.hasFocus():
            self.says_wrong()

    @override
    def show_draft(self, text: str) -> None:
        self.line.setText(text)
        self._on_line_text_edited(text)
        self.says_wrong()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.matches(QKeySequence.StandardKey.Paste)
        ):
            return self._paste_formatted()
        return super().eventFilter(watched, event)

    def _paste_formatted(self) -> bool:
        """Paste what has no plain form beside the formatted one; False leaves it to the line."""
        source: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if source is None or not source.hasHtml() or source.text():
            return False
        self.line.insert(join_all_lines(plain_text(source)))
        self._on_line_text_edited(self.line.text())
        return True

    def _value_of(self, text: str) -> Any:
        try:
            return self._read(text)
        except ValueError:
            return values.NO_VALUE

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
            self._told = value
            self.typed.emit(value, text)
            return
        self._set_problem("")
        self._told = value
        self.typed.emit(value, "")

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
        if self._value_of(self.line.text()) is not values.NO_VALUE:
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
    """Several entries on one line; for the last one a pick list proposes what may be meant.

    The likeliest proposal stands lit: Enter takes it, Escape leaves what was typed.
    """

    def __init__(
        self, proposals: Callable[[str], Sequence[str]], parent: QWidget | None = None
    ) -> None:
        """`proposals` gives the entries that may be meant by what was typed, the likeliest first."""
        super().__init__(values.read_list, ", ".join, parent)
        self._proposals = proposals
        self._offered = QStringListModel(self)
        self._completer = QCompleter(self._offered, self)
        # What fits, and in which order, is decided by the list.
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWrapAround(False)
        self._completer.setWidget(self.line)
        self._completer.activated.connect(self._on_completer_activated)

    @override
    def _on_line_text_edited(self, text: str) -> None:
        super()._on_line_text_edited(text)
        last = text.replace(";", ",").rsplit(",", 1)[-1].strip()
        offered = list(self._proposals(last))
        popup = self._popup
        if not offered or offered[0].casefold() == last.casefold():
            popup.hide()
            return
        self._offered.setStringList(offered)
        self._completer.complete()
        popup.setCurrentIndex(popup.model().index(0, 0))

    @override
    def withdraw(self) -> None:
        self._popup.hide()

    @property
    def _popup(self) -> QAbstractItemView:
        popup = self._completer.popup()
        assert popup is not None  # it has one in this mode
        return popup

    def _is_choosing(self) -> bool:
        """Whether a choice stands lit in the open list: Enter takes it then, and no more."""
        popup = self._popup
        return popup.isVisible() and popup.currentIndex().isValid()

    @override
    def _on_line_return_pressed(self) -> None:
        if not self._is_choosing():
            super()._on_line_return_pressed()
            return
        popup = self._popup
        choice = str(popup.currentIndex().data())
        popup.hide()
        self._on_completer_activated(choice)

    @override
    def _on_line_editing_finished(self) -> None:
        if not self._is_choosing():
            super()._on_line_editing_finished()

    def _on_completer_activated(self, choice: str) -> None:
        kept = self.line.text().replace(";", ",").rsplit(",", 1)[:-1]
        text = ", ".join([*(part.strip() for part in kept), choice])
        self.line.setText(text)
        super()._on_line_text_edited(text)


class DateEditor(LineEditor):
    """A date typed in any usual order of signs; a calendar, and arrow keys for a day more or less."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(values.read_date, date_text, parent)
        self.line.setPlaceholderText("MM/DD/YYYY")
        self.line.setMinimumWidth(120)
        self._menu: CalendarMenu | None = None
        # A key of its own in place of a stop for Tab: dates are typed far more often.
        choose = QAction(theme.icon("calendar", "muted"), "Calendar", self)
        choose.setToolTip("Choose from a calendar (Alt+Down)")
        choose.setShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Down))
        choose.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(choose)
        self._button = QToolButton()
        self._button.setDefaultAction(choose)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # As high as the line: dates stand level with what is beside them.
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self._row.addWidget(self._button)
        choose.triggered.connect(self._on_choose_triggered)

    @override
    def describe(self, name: str, description: str) -> None:
        super().describe(name, description)
        self._button.setAccessibleName(f"Calendar: {name}")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            value = self._value_of(self.line.text())
            if step and isinstance(value, date) and not event.modifiers():
                if date.min < value < date.max:
                    self.show_draft(date_text(value + timedelta(days=step)))
                return True
        return super().eventFilter(watched, event)

    def _on_choose_triggered(self) -> None:
        # Seldom asked for, and as heavy as the rest of the form's editors taken together.
        if self._menu is None:
            self._menu = CalendarMenu(self)
            self._menu.day_chosen.connect(self._on_menu_day_chosen)
        value = self._value_of(self.line.text())
        self._menu.show_day(value if isinstance(value, date) else None)
        self._menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def _on_menu_day_chosen(self, value: date) -> None:
        self.line.setText(date_text(value))
        self.committed.emit(value)
        self.line.setFocus()


class CalendarMenu(QMenu):
    """A month at a time; closes with the day that is chosen."""

    day_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.calendar = QCalendarWidget()
        self.calendar.setGridVisible(False)
        action = QWidgetAction(self)
        action.setDefaultWidget(self.calendar)
        self.addAction(action)
        self.calendar.clicked.connect(self._on_calendar_clicked)

    def show_day(self, day: date | None) -> None:
        if day is not None:
            self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))

    def _on_calendar_clicked(self, day: QDate) -> None:
        self.close()
        self.day_chosen.emit(date(day.year(), day.month(), day.day()))
