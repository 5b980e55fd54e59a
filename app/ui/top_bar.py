"""The bar on top: which letter, what is left to do in it, whether all is saved, checks and export."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from app.services.review import OpenPoint, State, points_words
from app.ui import theme
from app.ui.actions import Actions
from app.ui.elided import ElidedLabel
from app.ui.enter_button import EnterButton, EnterToolButton
from app.ui.giving_way import give_way
from app.ui.last_question import Ending
from app.ui.whole_words import WholeWords

BUTTONS = ("open", "previous_letter", "next_letter", "undo", "redo", "checks")
EXPORTS = ("export_pdf", "export_redacted", "export_word", "export_json", "searchable_pdf")


class TopBar(QFrame):
    """Shows counters; its buttons are actions."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        # The menus' own icons are drawn when the window is up.
        actions.dress(BUTTONS)
        self._number = ElidedLabel()
        self._number.setProperty("tone", "title")
        self._place = QLabel()
        self._place.setProperty("tone", "muted")
        self._left = WholeWords()
        self._saved = QLabel()
        self._saved.setProperty("tone", "muted")
        self._checks = self._button("checks", "Checks")
        self._export = EnterButton("Export PDF")
        self._export.setProperty("primary", True)
        self._export.clicked.connect(actions["export_pdf"].trigger)
        more = EnterToolButton()
        more.setIcon(theme.icon("chevron-down"))
        more.setToolTip("Other forms of export")
        more.setAccessibleName("Other forms of export")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        for name in EXPORTS:
            menu.addAction(actions[name])
        more.setMenu(menu)
        self._more = more

        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self._button("open", "Open"))
        row.addWidget(_line())
        row.addWidget(self._button("previous_letter"))
        row.addWidget(self._number)
        row.addWidget(self._place)
        row.addWidget(self._button("next_letter"))
        row.addStretch(1)
        row.addWidget(self._left)
        row.addWidget(self._saved)
        row.addStretch(1)
        undo, redo, line = self._button("undo"), self._button("redo"), _line()
        for widget in (undo, redo, line):
            row.addWidget(widget)
        row.addWidget(self._checks)
        row.addWidget(self._export)
        row.addWidget(more)
        self._row = row
        self._spare = ((undo, redo, line), (self._saved,), (self._place,))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_letter("", 0, 0)

    def _button(self, action_id: str, text: str = "") -> QToolButton:
        button = EnterToolButton()
        button.setDefaultAction(self._actions[action_id])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if text:
            theme.show_words_beside_icon(button)
            # The action's own words are a menu's: shorter ones stand on the bar.
            self._actions[action_id].setIconText(text)
        button.setAccessibleName(self._actions[action_id].text().rstrip("…"))
        return button

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self._left.fontMetrics()
        self._number.setMinimumWidth(self._number.sizeHint().width())
        self._left.setMinimumWidth(metrics.horizontalAdvance(self._left.text()))
        give_way(self._row, self.width(), self._spare)
        if self._row.minimumSize().width() > self.width():
            # Then it says it in fewer words.
            least = self._left.shorter[-1] if self._left.shorter else ""
            self._left.setMinimumWidth(metrics.horizontalAdvance(least))
        over = self._row.minimumSize().width() - self.width()
        if over > 0:
            # The name of a file may be long: its middle is left out, and the tip has the whole.
            self._number.setMinimumWidth(max(self._number.minimumWidth() - over, 0))

    def show_letter(self, number: str, place: int, count: int) -> None:
        """The open letter's number and its place in the list as it is shown."""
        self._number.setText(number)
        self._place.setText(f"{place} of {count}" if place else "")
        self._export.setEnabled(bool(number))
        self._more.setEnabled(bool(number))
        self._fit()

    def show_left(self, points: Sequence[OpenPoint] | None, ending: Ending = Ending.NONE) -> None:
        """What is left to do in the letter; None without a letter. `ending` is which answer given
        in the field in hand ends it."""
        states = {point.state for point in points or ()}
        if points is None:
            words, tone = "", "muted"
        elif not points:
            words, tone = "✓ nothing left to do", "ok"
        elif states & {State.HALF_TYPED, State.ERROR}:
            words, tone = f"✕ {points_words(points)}", "error"
        else:
            words, tone = f"? {points_words(points)}", "doubt"
        sign = words[:1]
        fewer = f"{sign} {len(points)} left" if points else sign
        ends = ""
        if ending is Ending.OTHER_VALUE:
            ends = " · other value: checked"
        elif ending is Ending.ANY:
            # By which key, its field says: Enter alone may be a new line there.
            ends = " · then checked"
        self._left.setText(words + ends)
        self._left.shorter = (words, fewer + ends, fewer, fewer.removesuffix(" left"))
        tip = "Left to do in this letter; F8 goes through it"
        if ending is not Ending.NONE:
            tip = "The last question: its answer checks the letter, and the next one opens"
        self._left.setToolTip(tip)
        theme.set_property(self._left, "tone", tone)
        self._fit()

    def show_saved(self, words: str, *, urgent: bool = False) -> None:
        """Whether everything is on disk; `urgent` where it cannot be."""
        self._saved.setText(words if urgent or self._number.text() else "")
        theme.set_property(self._saved, "tone", "error" if urgent else "muted")
        self._fit()

    def show_findings(self, errors: int, warnings: int) -> None:
        """What the checks have found, on their button."""
        count = errors + warnings
        words = f"Checks {count}" if count else "Checks"
        self._actions["checks"].setIconText(words)
        self._actions["checks"].setIcon(
            theme.icon("shield-alert" if errors else "shield-check", "error" if errors else "text")
        )
        told = (_counted(errors, "error"), _counted(warnings, "warning"))
        self._checks.setAccessibleName(f"Checks: {', '.join(told)}")
        self._fit()


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine)
    line.setFixedHeight(20)
    line.setProperty("tone", "line")
    return line
