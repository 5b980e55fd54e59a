"""Which checks run and how much they weigh: the rule table with the house's own choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.services.checks.law import cite_of_all_days
from app.services.checks.values import RuleInfo
from app.ui import theme
from app.ui.dialogs.frame import card, flat_button, words_label
from app.ui.drop_down import DropDown

RULE_ROLE = Qt.ItemDataRole.UserRole
AS_GIVEN = ""
CHOICES = {
    "error": "Error",
    "warning": "Warning",
    "info": "Information",
    "off": "Off",
}
KINDS = {"law": "Law", "house": "House", "experience": "Experience"}


class RuleChooser(QWidget):
    """A list of the rules, and below it what the chosen one is about and how it counts."""

    choices_changed = Signal(object)
    """dict of what the house changed: rule id to off or a severity."""

    def __init__(
        self,
        rules: Sequence[RuleInfo],
        choices: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rules = {rule.id: rule for rule in rules}
        # What is said of rules that are not in this table is kept: they may come back.
        self._choices = dict(choices)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._filter = QLineEdit()
        self._filter.setPlaceholderText("Find a check")
        self._filter.setAccessibleName("Find a check")
        self._filter.setClearButtonEnabled(True)
        self._list = self._make_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._filter)
        column.addWidget(self._list, 1)
        column.addWidget(self._make_detail())
        for rule in rules:
            item = QTreeWidgetItem(self._list, [rule.title, "", KINDS[rule.source.kind]])
            item.setData(0, RULE_ROLE, rule.id)
            self._items[rule.id] = item
            self._show_choice(rule.id)
        self._filter.textChanged.connect(self._on_filter_text_changed)
        self._list.currentItemChanged.connect(self._on_list_current_item_changed)
        self._choice.activated.connect(self._on_choice_activated)
        self._reset_all.clicked.connect(self._on_reset_all_clicked)
        if self._items:
            self._list.setCurrentItem(next(iter(self._items.values())))
        self._show_current()

    @property
    def choices(self) -> dict[str, str]:
        """What the house changed, by rule id."""
        return dict(self._choices)

    def select(self, rule_id: str) -> None:
        """Take a rule in hand."""
        self._list.setCurrentItem(self._items[rule_id])

    def dress(self) -> None:
        """Colour the list for the scheme in force."""
        for rule_id in self._items:
            self._show_choice(rule_id)

    def _make_list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(3)
        tree.setHeaderLabels(["Check", "Counts as", "From"])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAccessibleName("Checks")
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return tree

    def _make_detail(self) -> QWidget:
        frame = card()
        self._name = words_label("", "body")
        self._about = words_label("", "muted")
        self._about.setMinimumHeight(2 * self._about.fontMetrics().lineSpacing())
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._choice = DropDown()
        self._choice.setMinimumWidth(160)
        self._reset_all = flat_button("Reset all checks")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._choice)
        foot = QHBoxLayout()
        foot.addWidget(self._about, 1)
        foot.addWidget(self._reset_all, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(foot)
        return frame

    def _usual(self, rule: RuleInfo) -> str:
        return "off" if rule.off else rule.severity.value

    def _show_choice(self, rule_id: str) -> None:
        rule, item = self._rules[rule_id], self._items[rule_id]
        own = self._choices.get(rule_id)
        words = CHOICES[own or self._usual(rule)]
        item.setText(1, words)
        item.setForeground(1, QBrush(theme.colour("edited" if own else "text")))
        changed = "changed by you" if own else ""
        item.setData(1, Qt.ItemDataRole.AccessibleTextRole, f"{words} {changed}".strip())
        font = item.font(1)
        font.setBold(bool(own))
        item.setFont(1, font)

    def _current(self) -> RuleInfo | None:
        item = self._list.currentItem()
        return self._rules[item.data(0, RULE_ROLE)] if item is not None else None

    def _show_current(self) -> None:
        rule = self._current()
        self._choice.clear()
        self._choice.setEnabled(rule is not None)
        self._reset_all.setEnabled(bool(self._choices))
        if rule is None:
            self._name.setText("No check is chosen.")
            self._about.clear()
            return
        self._name.setText(rule.title)
        sure = "" if rule.source.confirmed else " (not confirmed)"
        self._about.setText(f"{KINDS[rule.source.kind]}: {cite_of_all_days(rule.source)}{sure}")
        usual = CHOICES[self._usual(rule)]
        self._choice.addItem(f"Usual ({usual.lower()})", AS_GIVEN)
        for value, words in CHOICES.items():
            self._choice.addItem(words, value)
        own = self._choices.get(rule.id, AS_GIVEN)
        self._choice.setCurrentIndex(self._choice.findData(own))
        self._choice.setAccessibleName(f"How “{rule.title}” counts")

    def _on_list_current_item_changed(self) -> None:
        self._show_current()

    def _on_choice_activated(self) -> None:
        rule = self._current()
        if rule is None:
            return
        choice = str(self._choice.currentData())
        if choice in (AS_GIVEN, self._usual(rule)):
            self._choices.pop(rule.id, None)
        else:
            self._choices[rule.id] = choice
        self._show_choice(rule.id)
        self._reset_all.setEnabled(bool(self._choices))
        self.choices_changed.emit(self.choices)

    def _on_reset_all_clicked(self) -> None:
        self._choices.clear()
        for rule_id in self._items:
            self._show_choice(rule_id)
        self._show_current()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.choices_changed.emit(self.choices)

    def _on_filter_text_changed(self, text: str) -> None:
        words = text.lower().split()
        first: QTreeWidgetItem | None = None
        for rule_id, item in self._items.items():
            rule = self._rules[rule_id]
            told = f"{rule.title} {item.text(1)} {item.text(2)} {rule.source.cite}".lower()
            fits = all(word in told for word in words)
            item.setHidden(not fits)
            if fits and first is None:
                first = item
        if first is not None:
            self._list.setCurrentItem(first)
