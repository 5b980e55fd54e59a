"""The house's own checks: what must, or must not, stand in a field, in plain words or a pattern."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.letter import FIELDS
from app.services.checks import BadPattern, HouseRule, Severity, compiled
from app.ui import theme
from app.ui.dialogs.frame import words_label
from app.ui.drop_down import DropDown

SEVERITIES = {
    Severity.ERROR: "Error: keeps the letter here",
    Severity.WARNING: "Warning",
    Severity.INFO: "Information",
}
WAYS = {False: "must not contain", True: "must contain"}


class HouseRules(QWidget):
    """A list of rules and, below it, the one in hand; every change counts at once."""

    rules_changed = Signal(object)
    """The tuple of HouseRules as it stands."""

    def __init__(self, rules: Sequence[HouseRule], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules = list(rules)
        self._showing = False
        self._list = QListWidget()
        self._list.setAccessibleName("The house's own rules")
        self._add = QPushButton(theme.icon("plus"), "Add a rule")
        self._remove = QPushButton(theme.icon("trash-2"), "Remove")
        for button in (self._add, self._remove):
            button.setAutoDefault(False)
        self._field = DropDown()
        self._field.addItems([f"{spec.section}: {spec.label}" for spec in FIELDS])
        self._way = DropDown()
        self._way.addItems(list(WAYS.values()))
        self._pattern = QLineEdit()
        self._pattern.setPlaceholderText("Words, or a regular expression")
        self._is_regex = QCheckBox("It is a regular expression")
        self._severity = DropDown()
        self._severity.addItems(list(SEVERITIES.values()))
        self._sentence = QLineEdit()
        self._sentence.setPlaceholderText("What is said where it is broken (may be empty)")
        self._problem = words_label("", "error")
        self._lay_out()
        for label, widget in self._named():
            widget.setAccessibleName(label)
        self._list.currentRowChanged.connect(self._show_rule)
        self._add.clicked.connect(self._on_add_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)
        for combo in (self._field, self._way, self._severity):
            combo.activated.connect(self._take)
        for line in (self._pattern, self._sentence):
            line.textEdited.connect(self._take)
        self._is_regex.toggled.connect(self._take)
        self._fill(0)

    def _named(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            ("Field", self._field),
            ("Way", self._way),
            ("Words", self._pattern),
            ("Weight", self._severity),
            ("Sentence", self._sentence),
        )

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._add)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for label, widget in self._named():
            form.addRow(label, widget)
        form.addRow("", self._is_regex)
        form.addRow("", self._problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)
        column.addLayout(form)

    @property
    def rules(self) -> tuple[HouseRule, ...]:
        """The rules as they stand; one without words finds nothing and is kept all the same."""
        return tuple(self._rules)

    def _fill(self, row: int) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        self._list.addItems([_words(rule) for rule in self._rules])
        self._list.setCurrentRow(min(row, len(self._rules) - 1))
        self._list.blockSignals(False)
        self._show_rule(self._list.currentRow())

    def _show_rule(self, row: int) -> None:
        there = 0 <= row < len(self._rules)
        self._remove.setEnabled(there)
        for _, widget in self._named():
            widget.setEnabled(there)
        self._is_regex.setEnabled(there)
        rule = self._rules[row] if there else HouseRule(id="", field=FIELDS[0].name, pattern="")
        self._showing = True
        self._field.setCurrentIndex([spec.name for spec in FIELDS].index(rule.field))
        self._way.setCurrentIndex(list(WAYS).index(rule.must))
        self._pattern.setText(rule.pattern)
        self._is_regex.setChecked(rule.is_regex)
        self._severity.setCurrentIndex(list(SEVERITIES).index(rule.severity))
        self._sentence.setText(rule.sentence)
        self._showing = False
        self._show_problem(rule)

    def _show_problem(self, rule: HouseRule) -> None:
        problem = ""
        try:
            compiled(rule.pattern, rule.is_regex)
        except BadPattern as error:
            problem = f"This is no regular expression: {error}."
        self._problem.setText(problem)

    def _take(self) -> None:
        row = self._list.currentRow()
        if self._showing or not 0 <= row < len(self._rules):
            return
        rule = replace(
            self._rules[row],
            field=FIELDS[self._field.currentIndex()].name,
            must=list(WAYS)[self._way.currentIndex()],
            pattern=self._pattern.text(),
            is_regex=self._is_regex.isChecked(),
            severity=list(SEVERITIES)[self._severity.currentIndex()],
            sentence=self._sentence.text(),
        )
        self._rules[row] = rule
        item = self._list.item(row)
        if item is not None:
            item.setText(_words(rule))
        self._show_problem(rule)
        self.rules_changed.emit(self.rules)

    def _on_add_clicked(self) -> None:
        taken = {rule.id for rule in self._rules}
        number = next(n for n in range(1, len(taken) + 2) if f"house-{n}" not in taken)
        self._rules.append(HouseRule(id=f"house-{number}", field="issue.rationale", pattern=""))
        self._fill(len(self._rules) - 1)
        self._pattern.setFocus()
        self.rules_changed.emit(self.rules)

    def _on_remove_clicked(self) -> None:
        row = self._list.currentRow()
        del self._rules[row]
        self._fill(max(0, row - 1))
        self.rules_changed.emit(self.rules)


def _words(rule: HouseRule) -> str:
    """The rule in one line."""
    label = next(spec.label for spec in FIELDS if spec.name == rule.field)
    return f"{label} {WAYS[rule.must]} “{rule.pattern or '…'}”"
