"""Which roles and states a screen reader is given where a widget is built as one thing and is another.

Qt tells the role of a widget by its class. What is told here instead is marked on the widget with
`speak_as`; nothing of it is seen, and nothing of it runs unless a screen reader asks.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QComboBox, QWidget
from typing_extensions import override

_AS = "spoken_as"
_UNFOLDED = "unfolded"
_installed: list[bool] = []


class As(StrEnum):
    """What a widget is for those who hear it."""

    GROUP = "group"
    """What belongs together under one name, such as the choices of a field."""
    TABS = "tabs"
    TAB = "tab"
    FOLD = "fold"
    """A button that shows or hides a part; `set_unfolded` says which it does."""


def install() -> None:
    """Have widgets told as what they are marked as; once for the whole program."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_interface_of)


def speak_as(widget: QWidget, what: As) -> None:
    """Tell a widget as this, from before it is shown on."""
    widget.setProperty(_AS, str(what))


def set_unfolded(button: QAbstractButton, unfolded: bool) -> None:
    """Whether the part that a fold button stands for is shown now."""
    button.setProperty(_UNFOLDED, unfolded)


class _Widget(QAccessibleWidget):
    """A widget under another role, with its own name and what lies in it."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role, "")

    @property
    def _shown(self) -> QObject:
        """The widget, asked for each time: what is told of it must not keep it alive."""
        return self.object()


class _Button(_Widget):
    """A button that keeps what can be done with it: to be pressed."""

    @override
    def text(self, t: QAccessible.Text) -> str:
        words = super().text(t)
        shown = self._shown
        if t is QAccessible.Text.Name and not words and isinstance(shown, QAbstractButton):
            return shown.text()
        return words

    @override
    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.pressAction(), *super().actionNames()]

    @override
    def doAction(self, actionName: str) -> None:
        if actionName != QAccessibleActionInterface.pressAction():
            super().doAction(actionName)
        else:
            shown = self._shown
            if isinstance(shown, QAbstractButton):
                shown.click()


class _Tab(_Button):
    @override
    def state(self) -> QAccessible.State:
        state = super().state()
        shown = self._shown
        chosen = isinstance(shown, QAbstractButton) and shown.isChecked()
        _set_states(state, selectable=True, selected=chosen)
        return state


class _Fold(_Button):
    @override
    def state(self) -> QAccessible.State:
        state = super().state()
        unfolded = bool(self._shown.property(_UNFOLDED))
        _set_states(state, expandable=True, expanded=unfolded, collapsed=not unfolded)
        return state


class _DropDown(_Widget):
    """A list of choices that folds out, named by what is chosen for and what is chosen: on Linux Qt
    tells the second alone."""

    @override
    def text(self, t: QAccessible.Text) -> str:
        shown = self._shown
        chosen = shown.currentText() if isinstance(shown, QComboBox) else ""
        if t is QAccessible.Text.Value:
            return chosen
        words = super().text(t)
        if t is QAccessible.Text.Name and words:
            return f"{words}: {chosen}"
        return words or (chosen if t is QAccessible.Text.Name else "")

    @override
    def state(self) -> QAccessible.State:
        state = super().state()
        shown = self._shown
        out = isinstance(shown, QComboBox) and shown.view().isVisible()
        _set_states(state, hasPopup=True, expandable=True, expanded=out, collapsed=not out)
        return state

    @override
    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.showMenuAction(), *super().actionNames()]

    @override
    def doAction(self, actionName: str) -> None:
        if actionName != QAccessibleActionInterface.showMenuAction():
            super().doAction(actionName)
        else:
            shown = self._shown
            if isinstance(shown, QComboBox):
                shown.showPopup()


def _set_states(state: QAccessible.State, **flags: bool) -> None:
    """Set some states by their names; they are bits of one number for Qt."""
    for name, on in flags.items():
        setattr(state, name, on)


def _interface_of(_kind: str, asked: QObject) -> QAccessibleInterface | None:
    """What is told of a widget in place of what Qt would tell; None leaves it to Qt."""
    if not isinstance(asked, QWidget):
        return None
    if isinstance(asked, QComboBox) and not asked.isEditable():
        return _DropDown(asked, QAccessible.Role.ComboBox)
    what: Any = asked.property(_AS)
    if what == As.GROUP:
        return _Widget(asked, QAccessible.Role.Grouping)
    if what == As.TABS:
        return _Widget(asked, QAccessible.Role.PageTabList)
    if what == As.TAB:
        return _Tab(asked, QAccessible.Role.PageTab)
    if what == As.FOLD:
        return _Fold(asked, QAccessible.Role.Button)
    return None
