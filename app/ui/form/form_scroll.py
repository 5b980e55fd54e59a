"""How one finds one's way in the form: the bar of sections, scrolling, and what stands there instead
where no letter is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.letter import CASE, COVER, ISSUE, REVIEWER, SUMMARY
from app.ui.empty_state import EmptyState
from app.ui.enter_button import EnterToolButton
from app.ui.form.anchor import Anchor
from app.ui.form.field_row import FieldRow
from app.ui.form.form_sections import SECTIONS, FormSection
from app.ui.roles import As, speak_as
from app.ui.theme import LookWatch

SHORT = {CASE: "Case", REVIEWER: "Reviewer", SUMMARY: "Summary", ISSUE: "Items", COVER: "Parties"}
ABOVE = 48
"""Pixels of what comes before that stay in sight over a field that was scrolled to."""
BELOW = 24
"""Pixels around the line that is written where its field is higher than the form."""


class FormScroll(QWidget):
    """The sections one under another, with a button for each."""

    section_chosen = Signal(str)

    def __init__(self, sections: Mapping[str, FormSection], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections = sections
        self._buttons: dict[str, QToolButton] = {}
        self._column = QWidget()
        self._column.setObjectName("column")
        column = QVBoxLayout(self._column)
        column.setContentsMargins(16, 8, 16, 24)
        column.setSpacing(16)
        for section in sections.values():
            column.addWidget(section)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._column)
        self._stack = QStackedWidget()
        blank = QWidget()
        self._empty = EmptyState(
            blank, "The fields of a letter stand here, filled in from its pages."
        )
        self._stack.addWidget(blank)
        self._stack.addWidget(self._scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._bar = self._make_bar()
        outer.addWidget(self._bar)
        outer.addWidget(self._stack, 1)
        self._row: FieldRow | None = None
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._bring_into_sight)
        LookWatch(self).text_changed.connect(self._fit)
        self._anchor = Anchor(self._scroll, self._column, self._rows(), self._row_in_hand)
        self._scroll.viewport().installEventFilter(self)
        self._scroll.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._scroll.verticalScrollBar().actionTriggered.connect(self._let_go)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self._column.layout()
        margins = layout.contentsMargins() if layout is not None else self.contentsMargins()
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        room = self._scroll.width() - bar - margins.left() - margins.right()
        for section in self._sections.values():
            section.fit(room)
            section.give_room_back()
            for row in section.rows:
                row.give_room_back()

    def _rows(self) -> tuple[FieldRow, ...]:
        return tuple(row for section in self._sections.values() for row in section.rows)

    def _row_in_hand(self) -> FieldRow | None:
        return self._row

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setAccessibleName("Sections of the form")
        speak_as(bar, As.TABS)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(0)
        group = QButtonGroup(self)
        group.setExclusive(True)
        for section, words in SECTIONS.items():
            button = EnterToolButton()
            button.setText(SHORT[section])
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setCheckable(True)
            speak_as(button, As.TAB)
            button.setProperty("section", section)
            button.clicked.connect(self._on_button_clicked)
            group.addButton(button)
            row.addWidget(button)
            self._buttons[section] = button
        row.addStretch(1)
        return bar

    def show_form(self, is_open: bool) -> None:
        """The form from its top, or how a letter is opened where none is."""
        self._stack.setCurrentIndex(1 if is_open else 0)
        self._empty.set_shown(not is_open)
        self._bar.setVisible(is_open)
        self._fit()

    def go_to_top(self) -> None:
        self._let_go()
        self._scroll.verticalScrollBar().setValue(0)

    def show_section(self, section: str) -> None:
        """Scroll a section to the top, unfolding it."""
        self._let_go()
        self._sections[section].fold(False)
        QTimer.singleShot(0, self, self._scroll_to_checked)

    def scroll_to(self, row: FieldRow, section: str) -> None:
        """Bring a row of a section into sight, with its label, moving no more than it takes.

        It stays in sight while heights above and in it still change, until the reader scrolls.
        """
        self._buttons[section].setChecked(True)
        self._let_go()
        self._row = row
        for around in self._around(row):
            around.installEventFilter(self)
        self._bring_into_sight()

    def follow_caret(self) -> None:
        """Bring the caret of the row in sight back into sight: it was moved."""
        if self._row is not None:
            self._bring_into_sight()

    def _let_go(self) -> None:
        if self._row is not None:
            for around in self._around(self._row):
                around.removeEventFilter(self)
        self._row = None
        self._settling.stop()

    def _around(self, row: FieldRow) -> Iterator[QWidget]:
        """A row and what it lies in, up to the column: a card that grows above moves the row's card,
        and the row itself is told nothing of that."""
        around: QWidget | None = row
        while around is not None and around is not self._column:
            yield around
            around = around.parentWidget()

    def _bring_into_sight(self) -> None:
        row, layout = self._row, self._column.layout()
        if row is None or not row.isVisible() or layout is None:
            return
        layout.activate()
        bar, room = self._scroll.verticalScrollBar(), self._scroll.viewport().height()
        top = row.mapTo(self._column, QPoint(0, 0)).y()
        bottom = top + row.height()
        if row.height() > room:
            # Not all of it can be seen: then what is written, else its label.
            caret = row.editor.caret()
            line = caret.translated(row.editor.mapTo(self._column, QPoint(0, 0)))
            if line.bottom() > top + room - BELOW:
                top, bottom = line.top() - BELOW, line.bottom() + BELOW
            else:
                bottom = top + room
        if top < bar.value() or bottom > bar.value() + room:
            bar.setValue(max(0, bottom - room, min(top, max(top - ABOVE, bottom - room))))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._scroll.viewport():
            if event.type() == QEvent.Type.Wheel:
                self._let_go()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._settling.start()  # when all heights are what they will be
        return super().eventFilter(watched, event)

    def _scroll_to_checked(self) -> None:
        for section, button in self._buttons.items():
            if button.isChecked():
                self._scroll.verticalScrollBar().setValue(max(0, self._sections[section].y() - 8))
        self._bring_into_sight()

    def _is_row_in_sight(self, value: int) -> bool:
        """Whether the row that was brought into sight is still there: its section stays the chosen one."""
        if self._row is None or not self._row.isVisible():
            return False
        top = self._row.mapTo(self._column, QPoint(0, 0)).y()
        return value <= top < value + self._scroll.viewport().height()

    def _on_button_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, QToolButton)
        self.show_section(str(button.property("section")))
        self.section_chosen.emit(str(button.property("section")))

    def _on_scrolled(self, value: int) -> None:
        if self._is_row_in_sight(value):
            return  # the last sections cannot come to the top
        reached = [name for name, card in self._sections.items() if card.y() <= value + ABOVE]
        if reached:
            self._buttons[reached[-1]].setChecked(True)
