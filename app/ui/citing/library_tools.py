"""The commands of the library's window: their words, icons and keys, as a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from app.ui import theme
from app.ui.enter_button import EnterToolButton
from app.ui.giving_way import give_way

# id, words, icon, keys parted by two spaces; a gap before the next group
ACTIONS = (
    ("new", "New", "plus", "Ctrl+N"),
    ("edit", "Edit", "pencil", "F2"),
    ("duplicate", "Duplicate", "copy", "Ctrl+D"),
    ("delete", "Delete", "trash-2", "Del"),
    ("history", "History", "history", "Ctrl+H"),
    (),
    ("undo", "Undo", "undo-2", "Ctrl+Z"),
    ("redo", "Redo", "redo-2", "Ctrl+Shift+Z  Ctrl+Y"),
    (),
    ("duplicates", "Find duplicates", "git-compare", ""),
    ("import", "Import…", "download", ""),
    ("export", "Export…", "upload", ""),
    ("law", "Law in force", "scale", ""),
)
OF_ENTRY = ("edit", "duplicate", "delete", "history")
OF_TABLE = ("edit", "duplicate", "delete")
"""These keys edit text in a line that is being typed, so they count in the table only."""
SPARE = (("undo", "redo"), ("duplicate",), ("history",), ("edit",))
"""Whose buttons give way first where there is no room: they stand in the menu behind “More” then."""


class LibraryTools(QWidget):
    """`named` are the actions by their ids."""

    def __init__(self, window: QWidget, table: QWidget) -> None:
        super().__init__(window)
        self.named = {row[0]: self._make(*row) for row in ACTIONS if row}
        for name in OF_TABLE:
            self.named[name].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            table.addAction(self.named[name])
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        buttons: dict[str, QToolButton] = {}
        for row in ACTIONS:
            if not row:
                line.addSpacing(16)
                continue
            button = EnterToolButton()
            button.setDefaultAction(self.named[row[0]])
            theme.show_words_beside_icon(button)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            line.addWidget(button)
            buttons[row[0]] = button
        self.more = self._make_more()
        line.addWidget(self.more)
        line.addStretch(1)
        self._line = line
        self._spare = [[buttons[name] for name in group] for group in SPARE]
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.LookWatch(self).text_changed.connect(self._fit)
        window.addActions(list(self.named.values()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Each command has its button, or its line in the menu: nobody needs to know a key."""
        self.more.hide()
        give_way(self._line, self.width(), self._spare)
        if any(button.isHidden() for group in self._spare for button in group):
            self.more.show()
            give_way(self._line, self.width(), self._spare)
        hidden = {b.defaultAction() for group in self._spare for b in group if b.isHidden()}
        menu = self.more.menu()
        menu.clear()
        menu.addActions([action for action in self.named.values() if action in hidden])

    def _make_more(self) -> QToolButton:
        button = EnterToolButton()
        button.setIcon(theme.icon("ellipsis"))
        button.setToolTip("More")
        button.setAccessibleName("More commands")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMenu(QMenu(button))
        return button

    def _make(self, name: str, words: str, icon: str, key: str) -> QAction:
        action = QAction(theme.icon(icon), words, self)
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(one) for one in key.split("  ") if one])
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{words.rstrip('…')} ({shown})" if shown else words.rstrip("…"))
        return action

    def enable_for_entry(self, is_there: bool) -> None:
        """Whether there is an entry in hand that commands can be about."""
        for name in OF_ENTRY:
            self.named[name].setEnabled(is_there)

    def show_steps(self, undo: str | None, redo: str | None) -> None:
        """What would be taken back or done again, in words; None where there is nothing."""
        for name, label in (("undo", undo), ("redo", redo)):
            action = self.named[name]
            action.setEnabled(label is not None)
            words = action.text()
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{words}: {label} ({key})" if label else words)
