"""The list of keys: every action with its key, changed in place; a clash is refused in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui import theme
from app.ui.actions import FIXED, Actions, ActionSpec
from app.ui.dialogs.frame import (
    DialogFrame,
    card,
    flat_button,
    say,
    words_label,
)

SPEC_ROLE = Qt.ItemDataRole.UserRole


_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_KEPT_FROM_TYPING = re.compile(r"Ctrl\+|Alt\+|Meta\+|^(Shift\+)?F\d+$")


class KeyBox(QKeySequenceEdit):
    """Takes one key; Escape leaves it, Backspace takes the key away.

    A press over an old key empties the box for a moment: what counts is told by `pressed`.
    """

    pressed = Signal(QKeySequence)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumSequenceLength(1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.modifiers() & _MODIFIERS:
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return
            if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
                self.clear()
                self.pressed.emit(self.keySequence())
                return
        super().keyPressEvent(event)
        if not self.keySequence().isEmpty():
            self.pressed.emit(self.keySequence())


class KeysDialog(DialogFrame):
    """Keys by menu. `mapped` holds what the user changed already: a key by action id."""

    tells_of_letters = False

    keys_changed = Signal(object)
    """dict of all keys the user changed, by action id; an empty key is no key."""

    def __init__(
        self, actions: Actions, mapped: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, QSize(720, 640))
        self.set_title("Keys", "Choose a command, then press its new key in the box below.")
        self._specs = {spec.id: spec for spec, _ in actions}
        self._mapped = {key: value for key, value in mapped.items() if key in self._specs}
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: list[QTreeWidgetItem] = []
        self._filter = QLineEdit()
        self._filter.setPlaceholderText("Find a command or a key")
        self._filter.setAccessibleName("Find a command or a key")
        self._filter.setClearButtonEnabled(True)
        self._tree = self._make_tree()
        self.body.addWidget(self._filter)
        self.body.addWidget(self._tree, 1)
        self.body.addWidget(self._make_editor())
        self._reset_all = flat_button("Reset all keys")
        self.foot.addWidget(self._reset_all)
        self.foot.addStretch(1)
        self.add_close_button()
        self.setTabOrder(self._filter, self._tree)
        self._fill()
        self._filter.textChanged.connect(self._on_filter_text_changed)
        self._tree.currentItemChanged.connect(self._on_tree_current_item_changed)
        self._tree.itemActivated.connect(self._on_tree_item_activated)
        self._box.pressed.connect(self._on_box_pressed)
        self._box.left.connect(self._on_box_left)
        self._reset.clicked.connect(self._on_reset_clicked)
        self._reset_all.clicked.connect(self._on_reset_all_clicked)
        self._tree.setCurrentItem(next(iter(self._items.values())))
        self._filter.setFocus()

    @property
    def mapped(self) -> dict[str, str]:
        """The keys the user changed, by action id."""
        return dict(self._mapped)

    def select(self, action_id: str) -> None:
        """Take an action in hand."""
        self._tree.setCurrentItem(self._items[action_id])

    @override
    def dress(self) -> None:
        for action_id in self._items:
            self._show_key(action_id)

    # Building

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(2)
        tree.setHeaderLabels(["Command", "Key"])
        tree.setAccessibleName("Commands and their keys")
        tree.setRootIsDecorated(False)
        tree.setIndentation(16)
        tree.setUniformRowHeights(True)
        tree.setExpandsOnDoubleClick(False)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return tree

    def _make_editor(self) -> QWidget:
        frame = card()
        self._name = words_label("", "body")
        self._box = KeyBox()
        self._box.setAccessibleName("New key")
        self._box.setMinimumWidth(200)
        self._reset = flat_button("Reset")
        self._words = words_label("", "muted")
        self._words.setMinimumHeight(2 * self._words.fontMetrics().lineSpacing())
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._name, 1)
        row.addWidget(self._box)
        row.addWidget(self._reset)
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._words)
        return frame

    def _fill(self) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        for spec in self._specs.values():
            if spec.menu not in groups:
                groups[spec.menu] = self._add_group(spec.menu)
            item = QTreeWidgetItem(groups[spec.menu], [spec.text.rstrip("…"), ""])
            item.setData(0, SPEC_ROLE, spec)
            self._items[spec.id] = item
            self._show_key(spec.id)
        fixed = self._add_group("The same everywhere, not to be changed")
        for key in FIXED:
            QTreeWidgetItem(fixed, [key.does, key.key])
        self._tree.expandAll()

    def _add_group(self, words: str) -> QTreeWidgetItem:
        group = QTreeWidgetItem(self._tree, [words])
        self._groups.append(group)
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self._tree.font()
        font.setBold(True)
        group.setFont(0, font)
        group.setFirstColumnSpanned(True)
        return group

    # What is in force

    def _keys(self, spec: ActionSpec) -> tuple[str, ...]:
        if spec.id in self._mapped:
            return (self._mapped[spec.id],) if self._mapped[spec.id] else ()
        return spec.keys

    def _refusal(self, spec: ActionSpec, key: QKeySequence) -> str:
        """Why an action cannot have a key, in a sentence; empty where it can."""
        shown = _shown(key)
        if not _KEPT_FROM_TYPING.search(key.toString(QKeySequence.SequenceFormat.PortableText)):
            return f"{shown} alone is for typing. Add Ctrl or Alt, or use F1 to F12."
        for fixed in FIXED:
            if fixed.is_sequence and QKeySequence(fixed.key) == key:
                return f"{shown} is “{fixed.does}” in every box and stays so."
        other = self._owner(key, spec.id)
        if other is not None:
            return "{} is the key of “{}”. Give that command another key first.".format(
                shown, other.text.rstrip("…")
            )
        return ""

    def _owner(self, key: QKeySequence, but: str) -> ActionSpec | None:
        for spec in self._specs.values():
            if spec.id != but and any(QKeySequence(one) == key for one in self._keys(spec)):
                return spec
        return None

    def _set_key(self, spec: ActionSpec, key: QKeySequence) -> None:
        text = key.toString(QKeySequence.SequenceFormat.PortableText)
        usual = spec.keys[0] if spec.keys else ""
        if text == QKeySequence(usual).toString(QKeySequence.SequenceFormat.PortableText):
            self._mapped.pop(spec.id, None)
        else:
            self._mapped[spec.id] = text
        self._show_key(spec.id)
        self.keys_changed.emit(self.mapped)

    # Showing

    def _show_key(self, action_id: str) -> None:
        spec, item = self._specs[action_id], self._items[action_id]
        keys = [_shown(QKeySequence(key)) for key in self._keys(spec)]
        item.setText(1, " or ".join(keys))
        changed = action_id in self._mapped
        item.setForeground(1, QBrush(theme.colour("edited" if changed else "text")))
        item.setIcon(1, theme.icon("pencil", "edited") if changed else QIcon())
        words = "changed by you" if changed else ""
        item.setData(1, Qt.ItemDataRole.AccessibleTextRole, item.text(1) or "no key")
        told = (item.text(0), item.text(1) or "no key", words)
        item.setData(
            0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in told if part)
        )

    def _current(self) -> ActionSpec | None:
        item = self._tree.currentItem()
        return item.data(0, SPEC_ROLE) if item is not None else None

    def _show_current(self) -> None:
        spec = self._current()
        self._name.setText(spec.text.rstrip("…") if spec else "This key cannot be changed")
        keys = self._keys(spec) if spec else ()
        self._box.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())
        self._box.setEnabled(spec is not None)
        self._box.setAccessibleName(f"New key for {self._name.text()}")
        self._reset.setEnabled(spec is not None and spec.id in self._mapped)
        self._reset_all.setEnabled(bool(self._mapped))
        self._tell("Backspace takes the key away, Esc leaves the box.", "muted")

    def _tell(self, words: str, tone: str) -> None:
        say(self._words, words, tone)
        theme.set_property(self._box, "wrong", tone == "error")
        self._box.setAccessibleDescription(words)

    # Slots

    def _on_tree_current_item_changed(self) -> None:
        self._show_current()

    def _on_tree_item_activated(self) -> None:
        if self._current() is not None:
            self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_box_left(self) -> None:
        self._show_current()
        self._tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_box_pressed(self, key: QKeySequence) -> None:
        spec = self._current()
        if spec is None:
            return
        refusal = self._refusal(spec, key) if not key.isEmpty() else ""
        if refusal:
            self._tell(refusal, "error")
            return
        self._set_key(spec, key)
        self._reset.setEnabled(spec.id in self._mapped)
        self._reset_all.setEnabled(bool(self._mapped))
        self._tell("Saved: {}".format(_shown(key) if not key.isEmpty() else "no key"), "ok")

    def _on_reset_clicked(self) -> None:
        spec = self._current()
        if spec is None:
            return
        for key in spec.keys:
            other = self._owner(QKeySequence(key), spec.id)
            if other is not None:
                words = "%s is the key of “%s” now. Give that command another key first."
                self._tell(words % (_shown(QKeySequence(key)), other.text.rstrip("…")), "error")
                return
        self._mapped.pop(spec.id, None)
        self._show_key(spec.id)
        self._show_current()
        self.keys_changed.emit(self.mapped)
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_reset_all_clicked(self) -> None:
        self._mapped.clear()
        for action_id in self._items:
            self._show_key(action_id)
        self._show_current()
        self.keys_changed.emit(self.mapped)
        self._filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_filter_text_changed(self, text: str) -> None:
        words = text.lower().split()
        first: QTreeWidgetItem | None = None
        for group in self._groups:
            shown = 0
            for item in map(group.child, range(group.childCount())):
                assert item is not None
                told = f"{group.text(0)} {item.text(0)} {item.text(1)}".lower()
                fits = all(word in told for word in words)
                item.setHidden(not fits)
                shown += fits
                if fits and first is None:
                    first = item
            group.setHidden(not shown)
        if first is not None:
            self._tree.setCurrentItem(first)


def _shown(key: QKeySequence) -> str:
    return key.toString(QKeySequence.SequenceFormat.NativeText)
