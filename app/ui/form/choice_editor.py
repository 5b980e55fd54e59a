"""A few choices next to each other: how one is taken, and what a value outside them looks like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QPushButton,
    QWidget,
)
from typing_extensions import override

from app.ui.form.editor import Editor
from app.ui.roles import As, speak_as


class ChoiceEditor(Editor):
    """A few choices side by side; the first letter of a choice takes it, so do the arrow keys.

    A value outside the choices is shown as one more button, so that nothing printed is hidden.
    """

    def __init__(self, choices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, As.GROUP)
        self._choices = tuple(choices)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # none may be chosen; exclusivity is ours to keep
        self._buttons: dict[str, QPushButton] = {}
        for choice in choices:
            self._add_button(choice)
        self._row.addStretch(1)
        for button in self._buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._stop_at(next(iter(self._buttons.values())))

    def _add_button(self, choice: str) -> QPushButton:
        button = QPushButton(choice)
        button.setCheckable(True)
        # For screen readers a radio button; the group above decides which ones are chosen.
        button.setAutoExclusive(True)
        button.setProperty("choice", True)
        button.setProperty("value", choice)
        button.setAutoDefault(False)
        button.installEventFilter(self)
        self._row.insertWidget(len(self._buttons), button)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if self._buttons:
            # What is made later comes last for the Tab key unless it is told its place.
            QWidget.setTabOrder(list(self._buttons.values())[-1], button)
        self._buttons[choice] = button
        self._group.addButton(button)
        button.clicked.connect(self._on_button_clicked)
        return button

    def _stop_at(self, button: QPushButton) -> None:
        """The Tab key stops at one button, the arrow keys go to the others."""
        for other in self._buttons.values():
            other.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(button)

    def _step(self, step: int) -> None:
        buttons = list(self._buttons.values())
        here = next((place for place, one in enumerate(buttons) if one.hasFocus()), 0)
        buttons[min(max(here + step, 0), len(buttons) - 1)].setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    @override
    def describe(self, name: str, description: str) -> None:
        self.setAccessibleName(name)
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
        self._stop_at(self._buttons.get(value) or next(iter(self._buttons.values())))

    @override
    def show_words(self, words: str) -> None:
        """A choice is never half typed."""

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
            step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self._step(step)
                return True
            if not event.modifiers() and event.text():
                for choice in self._buttons:
                    if choice.lower().startswith(event.text().lower()):
                        self._choose(choice)
                        return True
        return super().eventFilter(watched, event)
