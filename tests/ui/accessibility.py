"""What a screen reader and a keyboard meet in a window: one function that lists what is wrong.

`walk` looks at what is visible now. Call it again for what a tab or a fold shows later.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QListView,
    QMenuBar,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QToolBar,
    QToolButton,
    QTreeView,
    QWidget,
)

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
# Qt builds these out of smaller widgets that nobody meets by themselves.
COMPOSED = (
    QAbstractItemView,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QMenuBar,
    QTabBar,
)
MOST_LINKS = 50
MOST_ROWS = 40
"""Rows of a list that are looked at: the others are made by the same code."""
NOT_MET = (QScrollBar, QHeaderView)


def walk(root: QWidget) -> list[str]:
    """A sentence for each interactive widget that has no name, or that Tab does not reach, and
    for each step of the Tab key that jumps back. Empty where all is well.

    A widget without focus of its own is well if its action has a key or stands in a menu, or if
    the command it names as doing the same does.
    """
    met = list(interactive(root))
    # Looked at before: the walk itself may turn a page, and with it a button on.
    enabled = [one for one in met if one.isEnabled()]
    problems = [f"{_told(one)}: has no name for a screen reader" for one in met if not _name(one)]
    reached: set[int] = set()
    jumps: list[str] = []
    for here, there in _steps(root.window()):
        if not root.isAncestorOf(there):
            continue
        reached.add(id(there))
        within = here is not None and root.isAncestorOf(here)
        if here is not None and within and jumps_back(_box(here, root), _box(there, root)):
            jumps.append(f"{_told(here)} -> {_told(there)}: Tab jumps back")
    problems += [
        f"{_told(one)}: Tab does not reach it"
        for one in enabled
        if id(one) not in reached and not _has_another_way(one, reached)
    ]
    return problems + jumps


def nameless_cells(root: QWidget) -> list[str]:
    """The cells of visible lists that have nothing to say to a screen reader, by list and row."""
    return [
        f"{_told(view)}: row {index.row() + 1}, column {index.column() + 1} says nothing"
        for view in root.findChildren(QAbstractItemView)
        if view.isVisibleTo(root) and not isinstance(view, QHeaderView)
        for index in _cells(view)
        if not str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "").strip()
    ]


def _cells(view: QAbstractItemView) -> Iterator[QModelIndex]:
    model = view.model()
    if model is None:
        return
    waiting = [view.rootIndex()]
    while waiting:
        above = waiting.pop()
        for row in range(min(model.rowCount(above), MOST_ROWS)):
            # A list shows its first column alone.
            columns = 1 if isinstance(view, QListView) else model.columnCount(above)
            for column in range(columns):
                index = model.index(row, column, above)
                hidden = isinstance(view, QTreeView) and view.isFirstColumnSpanned(row, above)
                if not (hidden and column):
                    yield index
            waiting.append(model.index(row, 0, above))


def interactive(root: QWidget) -> Iterator[QWidget]:
    """Every visible widget inside `root` that a person acts on, in the order they were made."""
    for widget in root.findChildren(QWidget):
        if (
            isinstance(widget, INTERACTIVE)
            and not isinstance(widget, NOT_MET)
            and widget.isVisibleTo(root)
            and widget.window() is root.window()
            and not _is_part(widget, root)
        ):
            yield widget


def tab_chain(root: QWidget) -> list[QWidget]:
    """The widgets inside `root` that the Tab key goes through, from the window's start on."""
    return [there for _, there in _steps(root.window()) if root.isAncestorOf(there)]


def _steps(window: QWidget) -> Iterator[tuple[QWidget | None, QWidget]]:
    """Each step of the Tab key: where it leads from and to, told while the cursor is there.

    Pressed, not asked for: QWidget.nextInFocusChain would make each widget the owner of the next
    one for Python, and destroy it with that.
    """
    before = window.focusWidget()
    window.setFocus(Qt.FocusReason.OtherFocusReason)
    here = window.focusWidget() or window
    met = [here]
    if here is not window:
        yield None, here  # the window hands the cursor on
    while True:
        QTest.keyClick(here, Qt.Key.Key_Tab)
        there = window.focusWidget()
        for _ in range(MOST_LINKS if isinstance(here, QTextBrowser) else 0):
            if there is not here:
                break
            QTest.keyClick(here, Qt.Key.Key_Tab)  # from link to link of a text
            there = window.focusWidget()
        # Round the end, or kept by a widget that takes the key for itself.
        if there is None or there in met:
            break
        yield (None if here is window else here), there
        here = there
        met.append(here)
    if before is not None:
        before.setFocus(Qt.FocusReason.OtherFocusReason)


def jumps_back(here: QRect, there: QRect) -> bool:
    """Whether a step from one box to another goes against reading: up, or left in the same row.

    Up and to the right is the beginning of the next column.
    """
    if there.intersects(here):
        return False
    if there.bottom() < here.top():
        return there.left() < here.right()
    shared = min(here.bottom(), there.bottom()) - max(here.top(), there.top())
    in_row = shared > min(here.height(), there.height()) // 2
    return in_row and there.right() < here.left() and there.top() <= here.top()


def _is_part(widget: QWidget, root: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, COMPOSED):
            return True
        if isinstance(parent, QAbstractScrollArea) and widget is parent.viewport():
            return True
        if parent is root:
            return False
        parent = parent.parentWidget()
    return False


def _has_another_way(widget: QWidget, reached: set[int]) -> bool:
    if isinstance(widget, QAbstractButton):
        group = widget.group()
        if group is not None:
            # Tab goes to the one that is checked, the arrow keys to the others.
            return any(id(button) in reached for button in group.buttons())
    commands = getattr(widget.window(), "commands", None)
    if commands is not None and (command := widget.property("command")):
        return commands[command].isEnabled()  # each of them stands in a menu
    if isinstance(widget, QToolButton):
        action = widget.defaultAction()
        if action is not None and (
            not action.shortcut().isEmpty() or isinstance(widget.parentWidget(), QToolBar)
        ):
            return True
    return False


def _name(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        # On Linux Qt tells the choice in place of the name.
        return widget.accessibleName()
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name).strip() if spoken is not None else ""


def _box(widget: QWidget, root: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def _told(widget: QWidget) -> str:
    name = _name(widget) or widget.objectName() or widget.toolTip()
    return f"{type(widget).__name__} “{name}”"
