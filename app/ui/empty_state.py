"""What stands in a pane that has nothing to show: what belongs there, and how it gets there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui import theme
from app.ui.enter_button import EnterButton

DELAY_MS = 500
"""So long nothing is said: a letter that is on its way shall not make it flash."""
ICON = 32
MARGIN = 16


class EmptyState(QObject):
    """Lies over `ground` while it is shown; made when it is needed for the first time."""

    def __init__(self, ground: QWidget, words: str, *, title: str = "", glyph: str = "") -> None:
        super().__init__(ground)
        self._ground = ground
        self._title, self._words, self._glyph = title, words, glyph
        self._actions: tuple[QAction, ...] = ()
        self._sheet: _Sheet | None = None
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        ground.installEventFilter(self)

    @property
    def words(self) -> str:
        """What is said at the moment; empty where nothing is."""
        return self._words if self._sheet is not None and not self._sheet.isHidden() else ""

    def offer(self, *actions: QAction) -> None:
        """The commands that fill the pane, as buttons with their keys."""
        self._actions = actions

    def say(self, words: str) -> None:
        """Say something else from now on."""
        self._words = words
        if self._sheet is not None:
            self._sheet.say(words)

    def set_shown(self, shown: bool) -> None:
        """Whether the pane has nothing to show."""
        if not shown:
            self._timer.stop()
            if self._sheet is not None:
                self._sheet.hide()
        elif self._sheet is None or self._sheet.isHidden():
            self._timer.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._sheet is not None:
            self._sheet.setGeometry(self._ground.rect())
        return super().eventFilter(watched, event)

    def _on_timer_timeout(self) -> None:
        if self._sheet is None:
            self._sheet = _Sheet(self._ground, self._title, self._glyph, self._actions)
            self._sheet.say(self._words)
        self._sheet.setGeometry(QRect(self._ground.rect()))
        self._sheet.show()
        self._sheet.raise_()


class _Sheet(QWidget):
    """Icon, title, words and buttons in the middle of the ground."""

    def __init__(
        self, ground: QWidget, title: str, glyph: str, actions: tuple[QAction, ...]
    ) -> None:
        super().__init__(ground)
        self._glyph = glyph
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._icon.setVisible(bool(glyph))
        head = QLabel(title, self)
        head.setProperty("tone", "section")
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head.setWordWrap(True)
        head.setVisible(bool(title))
        self._words = QLabel(self)
        self._words.setProperty("tone", "label" if title else "muted")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._icon, head, self._words):
            column.addWidget(label)
        column.addSpacing(8)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for action in actions:
            buttons.addWidget(_CommandButton(action, self))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(buttons)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(3)
        theme.LookWatch(self).scheme_changed.connect(self._dress)
        self._dress()

    def say(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)

    def _dress(self) -> None:
        if self._glyph:
            self._icon.setPixmap(theme.icon(self._glyph, "muted").pixmap(ICON, ICON))


class _CommandButton(EnterButton):
    """A command in its own words, with the key that it has at the moment."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._action = action
        self._show()
        action.changed.connect(self._show)
        self.clicked.connect(action.trigger)

    def _show(self) -> None:
        words = self._action.text().rstrip("…")
        key = self._action.shortcut().toString()
        self.setText(f"{words}   {key}" if key else words)
        self.setAccessibleName(words)
        self.setEnabled(self._action.isEnabled())
