"""The list of disputed items: pick one, add, duplicate, move, remove."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.letter import Decision, Letter
from app.ui import theme
from app.ui.wrapped_rows import WrappedRows

ROWS_SHOWN = 6
MOST_LINES = 2
"""Of a title in the list; its field below shows all of it."""

# action: (icon, words)
ACTIONS = {
    "add": ("plus", "Add a disputed item after this one"),
    "duplicate": ("copy", "Duplicate this disputed item"),
    "up": ("arrow-up", "Move up"),
    "down": ("arrow-down", "Move down"),
    "remove": ("trash-2", "Remove this disputed item (can be undone)"),
}


# action: the command of the menu that does the same. Tab goes from field to field.
COMMANDS = {
    "add": "add_issue",
    "duplicate": "duplicate_issue",
    "up": "issue_up",
    "down": "issue_down",
    "remove": "remove_issue",
}


class IssueList(QWidget):
    """Shows the issues of a letter; says which one is picked and what is asked of it."""

    picked = Signal(int)
    action_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[int, str, Decision | None, int], ...] = ()
        self._tree = QTreeWidget()
        self._tree.setColumnCount(3)
        self._tree.setHeaderHidden(True)
        self._tree.setRootIsDecorated(False)
        self._tree.setItemDelegateForColumn(0, WrappedRows(self._tree, MOST_LINES))
        self._tree.setAccessibleName("Disputed items")
        self._tree.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tree.setProperty("command", "next_issue")
        header = self._tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit_height)
        header.sectionResized.connect(self._fitting.start)
        self._empty = QLabel("No disputed item yet. Add the first one.")
        self._empty.setProperty("tone", "muted")
        self._empty.setWordWrap(True)  # no words make the form wider than its room
        self.buttons: dict[str, QToolButton] = {}
        bar = QHBoxLayout()
        bar.setSpacing(0)
        bar.addWidget(self._empty, 1)
        bar.addStretch(0)
        for name, (glyph, words) in ACTIONS.items():
            button = QToolButton()
            button.setIcon(theme.icon(glyph))
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setProperty("action", name)
            button.setProperty("command", COMMANDS[name])
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._on_button_clicked)
            self.buttons[name] = button
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._tree)
        column.addLayout(bar)
        theme.LookWatch(self).scheme_changed.connect(self._on_scheme_changed)
        self._tree.currentItemChanged.connect(self._on_tree_current_item_changed)

    def show_issues(self, letter: Letter, doubts: Mapping[int, int], current: int | None) -> None:
        """`doubts` counts the fields of an issue, by id, that wait for a person."""
        rows = tuple(
            (issue.id, issue.title, issue.decision, doubts.get(issue.id, 0))
            for issue in letter.issues
        )
        blocked = self._tree.blockSignals(True)
        if rows != self._rows:
            self._rows = rows
            self._fill()
        for index, row in enumerate(rows):
            if row[0] == current:
                self._tree.setCurrentIndex(self._tree.model().index(index, 0))
        self._tree.blockSignals(blocked)
        place = next((index for index, row in enumerate(rows) if row[0] == current), None)
        self.buttons["up"].setEnabled(place is not None and place > 0)
        self.buttons["down"].setEnabled(place is not None and place < len(rows) - 1)
        self.buttons["duplicate"].setEnabled(place is not None)
        self.buttons["remove"].setEnabled(place is not None)

    def _on_scheme_changed(self) -> None:
        for row, (_, _, decision, doubts) in enumerate(self._rows):
            item = self._tree.topLevelItem(row)
            if item is not None:
                _colour(item, decision, doubts)

    def _fill(self) -> None:
        self._tree.clear()
        for number, (issue_id, title, decision, doubts) in enumerate(self._rows, start=1):
            waiting = f"{doubts} to check" if doubts else ""
            item = QTreeWidgetItem([f"{number}.  {title}", waiting, str(decision or "undecided")])
            item.setData(0, Qt.ItemDataRole.UserRole, issue_id)
            item.setToolTip(0, title)
            spoken = waiting or "nothing to check"
            item.setData(1, Qt.ItemDataRole.AccessibleTextRole, spoken)
            _colour(item, decision, doubts)
            self._tree.addTopLevelItem(item)
        self._fit_height()
        self._tree.setVisible(bool(self._rows))
        self._empty.setText("" if self._rows else "No disputed item yet. Add the first one.")

    def _fit_height(self) -> None:
        """As high as the first items need in the width there is."""
        shown = range(min(len(self._rows), ROWS_SHOWN))
        height = sum(self._tree.sizeHintForRow(row) for row in shown)
        self._tree.setFixedHeight(max(height, 24) + 2 * self._tree.frameWidth() + 2)

    def _on_tree_current_item_changed(
        self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None
    ) -> None:
        if item is not None:
            self.picked.emit(int(item.data(0, Qt.ItemDataRole.UserRole)))

    def _on_button_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, QToolButton)
        self.action_requested.emit(str(button.property("action")))


def _colour(item: QTreeWidgetItem, decision: Decision | None, doubts: int) -> None:
    if doubts:
        item.setForeground(1, theme.colour("doubt"))
    role = {Decision.UPHELD: "text", Decision.OVERTURNED: "accent", None: "missing"}[decision]
    item.setForeground(2, theme.colour(role))
