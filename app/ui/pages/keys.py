"""Which key does what in the page view; keys with other modifiers are left to the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSlider

from app.ui.pages.selection import TextPointer
from app.ui.pages.strip import PageStrip

Step = QAbstractSlider.SliderAction
Actions = Sequence[tuple[QKeySequence.StandardKey, Callable[[], None]]]

_SCROLL_KEYS = {
    Qt.Key.Key_PageDown: Step.SliderPageStepAdd,
    Qt.Key.Key_PageUp: Step.SliderPageStepSub,
    Qt.Key.Key_Space: Step.SliderPageStepAdd,
    Qt.Key.Key_Backspace: Step.SliderPageStepSub,
    Qt.Key.Key_Home: Step.SliderToMinimum,
    Qt.Key.Key_End: Step.SliderToMaximum,
    Qt.Key.Key_Down: Step.SliderSingleStepAdd,
    Qt.Key.Key_Up: Step.SliderSingleStepSub,
}
_SIDE_KEYS = {
    Qt.Key.Key_Right: Step.SliderSingleStepAdd,
    Qt.Key.Key_Left: Step.SliderSingleStepSub,
}
# key: (words, lines) by which the selection grows
_SELECT_KEYS = {
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Up: (0, -1),
}
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_HARMLESS = Qt.KeyboardModifier.KeypadModifier


class PageKeys:
    """Turns keys into scrolling, selecting and the actions it is given."""

    def __init__(self, strip: PageStrip, pointer: TextPointer, actions: Actions) -> None:
        self._strip = strip
        self._pointer = pointer
        self._actions = actions

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key stands for; False where it stands for nothing here."""
        return self._select(event) or self._act(event) or self._scroll(event)

    def _select(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape and self._pointer.selected:
            self._pointer.select(range(0))
            return True
        if event.modifiers() & ~_HARMLESS != _SHIFT or key not in _SELECT_KEYS:
            return False
        words, lines = _SELECT_KEYS[Qt.Key(key)]
        self._pointer.extend_by(words=words, lines=lines)
        return True

    def _act(self, event: QKeyEvent) -> bool:
        for key, act in self._actions:
            if event.matches(key):
                act()
                return True
        return False

    def _scroll(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~_HARMLESS
        if modifiers == _SHIFT and key == Qt.Key.Key_Space:
            key = Qt.Key.Key_PageUp
        elif modifiers:
            return False
        if key in _SCROLL_KEYS:
            self._strip.verticalScrollBar().triggerAction(_SCROLL_KEYS[key])
        elif key in _SIDE_KEYS:
            self._strip.horizontalScrollBar().triggerAction(_SIDE_KEYS[key])
        else:
            return False
        return True
