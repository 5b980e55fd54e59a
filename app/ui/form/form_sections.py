"""The form's sections: which editor fits a field, and where its row lies; made from the FIELDS table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.letter import CASE, COVER, FIELDS, ISSUE, REVIEWER, SUMMARY, FieldSpec, Kind
from app.services.vocabularies import specialties, states
from app.ui import theme
from app.ui.form.choice_editor import ChoiceEditor
from app.ui.form.editor import Editor
from app.ui.form.field_row import FieldRow
from app.ui.form.guideline_editor import GuidelineEditor
from app.ui.form.line_editors import DateEditor, ListEditor, line_editor, number_editor
from app.ui.form.text_editor import TextEditor

SECTIONS = {
    CASE: "Case",
    REVIEWER: "Reviewer",
    SUMMARY: "Patient and summary",
    ISSUE: "Disputed items",
    COVER: "Letter to the parties",
}
# Sections that few letters need start folded.
FOLDED = frozenset({COVER})
PROSE = frozenset({"clinical_summary", "issue.rationale"})
"""Running texts, whose spelling is checked."""
NARROW = frozenset({Kind.DATE, Kind.NUMBER, Kind.CHOICE})


def _is_narrow(spec: FieldSpec) -> bool:
    return spec.section == CASE or spec.kind in NARROW


def make_editor(spec: FieldSpec) -> Editor:
    """The editor that fits a field's kind."""
    if spec.kind is Kind.DATE:
        return DateEditor()
    if spec.kind is Kind.NUMBER:
        return number_editor()
    if spec.kind is Kind.CHOICE:
        return ChoiceEditor(spec.choices)
    if spec.kind is Kind.LIST:
        return ListEditor(states() if spec.vocabulary == "states" else specialties())
    if spec.kind is Kind.GUIDELINE:
        return GuidelineEditor()
    if spec.kind is Kind.TEXT:
        return TextEditor(lines_least=4 if spec.name in PROSE else 1)
    if spec.of_issue:
        # Titles run to several lines where UR approved a part.
        return TextEditor(lines_least=1)
    return line_editor()


class FormSection(QFrame):
    """A card: its title, what is said once for all of it, and its fields, which can be folded."""

    def __init__(self, section: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.rows = tuple(
            FieldRow(spec, make_editor(spec)) for spec in FIELDS if spec.section == section
        )
        self._words = QLabel()
        self._words.setProperty("tone", "missing")
        self._words.setWordWrap(True)
        self._words.hide()
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        title = QLabel(self.tr(SECTIONS[section]))
        title.setProperty("tone", "section")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        if section in FOLDED:
            head.addWidget(self._make_fold_button(section))
            self._body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._words)
        column.addWidget(self._body)

    def _make_fold_button(self, section: str) -> QToolButton:
        fold = QToolButton()
        fold.setIcon(theme.icon("chevron-down"))
        fold.setAccessibleName(self.tr("Show or hide %s") % SECTIONS[section])
        fold.setToolTip(self.tr("Show or hide"))
        fold.clicked.connect(self._on_fold_clicked)
        return fold

    def lay_out(self, *above: QWidget, before: dict[str, QWidget] | None = None) -> None:
        """Put the rows into the grid: two narrow ones to a line.

        `above` are widgets over them; `before` are widgets that go over the row of a field.
        """
        for widget in above:
            self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)
        line, half = self._grid.rowCount(), 0
        for row in self.rows:
            if before and row.spec.name in before:
                left = Qt.AlignmentFlag.AlignLeft
                self._grid.addWidget(before[row.spec.name], line + 1, 0, 1, 2, left)
                line += 2
            if _is_narrow(row.spec):
                self._grid.addWidget(row, line, half, Qt.AlignmentFlag.AlignTop)
                line, half = (line, 1) if half == 0 else (line + 1, 0)
            else:
                line, half = line + (half == 1), 0
                self._grid.addWidget(row, line, 0, 1, 2)
                line += 1

    def say(self, words: str) -> None:
        """What several of its fields would say alike; empty for nothing."""
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def fold(self, folded: bool) -> None:
        self._body.setVisible(not folded)

    def _on_fold_clicked(self) -> None:
        self.fold(self._body.isVisible())
