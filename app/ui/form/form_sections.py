"""The form's sections: which editor fits a field, and where its row lies; made from the FIELDS table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.letter import CASE, COVER, FIELDS, ISSUE, REVIEWER, SUMMARY, FieldSpec, Kind
from app.services.vocabularies import proposals
from app.ui import theme
from app.ui.form.choice_editor import ChoiceEditor
from app.ui.form.editor import Editor
from app.ui.form.field_row import FieldRow
from app.ui.form.guideline_editor import GuidelineEditor
from app.ui.form.line_editors import DateEditor, ListEditor, line_editor, number_editor
from app.ui.form.text_editor import TextEditor
from app.ui.roles import As, set_unfolded, speak_as

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
        return ListEditor(partial(proposals, spec.vocabulary))
    if spec.kind is Kind.GUIDELINE:
        return GuidelineEditor()
    if spec.kind is Kind.TEXT:
        return TextEditor(lines_least=4 if spec.name in PROSE else 1)
    if spec.of_issue:
        # Titles run to several lines where UR approved a part.
        return TextEditor(lines_least=1, one_line=True)
    return line_editor()


BETWEEN = 16
"""Pixels between two rows of a line."""


class FormSection(QFrame):
    """A card: its title, what is said once for all of it, and its fields, which can be folded."""

    def __init__(self, section: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.rows = tuple(
            FieldRow(spec, make_editor(spec)) for spec in FIELDS if spec.section == section
        )
        self._columns = 2
        self._pairs: list[QHBoxLayout] = []
        self._above: tuple[QWidget, ...] = ()
        self._before: dict[str, QWidget] = {}
        self._words = QLabel()
        self._words.setProperty("tone", "missing")
        self._words.setWordWrap(True)
        self._words.hide()
        self._body = QWidget()
        self._fold: QToolButton | None = None
        # Lines of one or two rows: a grid would give wrapped words too little height.
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(12)
        title = QLabel(SECTIONS[section])
        title.setProperty("tone", "section")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        if section in FOLDED:
            self._fold = self._make_fold_button(section)
            head.addWidget(self._fold)
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
        fold.setAccessibleName(f"Show or hide {SECTIONS[section]}")
        fold.setToolTip("Show or hide")
        speak_as(fold, As.FOLD)
        # Tab goes from field to field; folding has a key of its own.
        fold.setProperty("command", "fold_cover")
        fold.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        fold.clicked.connect(self.turn)
        return fold

    def lay_out(self, *above: QWidget, before: dict[str, QWidget] | None = None) -> None:
        """Put the rows under one another: two narrow ones to a line where there is room.

        `above` are widgets over them; `before` are widgets that go over the row of a field.
        """
        self._above, self._before = above, before or {}
        self._fill()

    def fit(self, room: int) -> None:
        """Two columns where `room`, in pixels, is enough for them, else one.

        What is said of the values makes no difference: rows do not change places for it.
        """
        margins = self.contentsMargins()
        layout = self.layout()
        if layout is not None:
            margins = layout.contentsMargins()
        inner = room - margins.left() - margins.right()
        widest = max((row.least_width() for row in self.rows if _is_narrow(row.spec)), default=0)
        columns = 2 if 2 * widest + BETWEEN <= inner else 1
        if columns != self._columns:
            self._columns = columns
            self._fill()

    def _fill(self) -> None:
        self._empty()
        for widget in self._above:
            self._lines.addWidget(widget)
        pair: QHBoxLayout | None = None
        for row in self.rows:
            if row.spec.name in self._before:
                left = Qt.AlignmentFlag.AlignLeft
                self._lines.addWidget(self._before[row.spec.name], 0, left)
            if not _is_narrow(row.spec) or self._columns == 1:
                pair = self._end(pair)
                self._lines.addWidget(row)
            elif pair is None:
                pair = QHBoxLayout()
                self._pairs.append(pair)
                pair.setSpacing(BETWEEN)
                pair.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
                self._lines.addLayout(pair)
            else:
                pair.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
                pair = None
        self._end(pair)

    def _empty(self) -> None:
        """Take the rows out of their places.

        Widget by widget: an item taken by takeAt stays alive unseen, and it, not the new one,
        would be told when the row needs another height.
        """
        for layout in (self._lines, *self._pairs):
            for widget in (*self._above, *self._before.values(), *self.rows):
                layout.removeWidget(widget)
        for pair in self._pairs:
            self._lines.removeItem(pair)
            pair.deleteLater()
        self._pairs = []

    def _end(self, pair: QHBoxLayout | None) -> None:
        """A row that has no neighbour keeps to its half."""
        if pair is not None:
            pair.addSpacing(BETWEEN)  # a stretch alone has none before it
            pair.addStretch(1)

    def say(self, words: str) -> None:
        """What several of its fields would say alike; empty for nothing. What goes leaves its room,
        so that no row below moves, until `give_room_back`."""
        if self._words.isVisible():
            self._words.setMinimumHeight(self._words.height())
        self._words.setText(words)
        self._words.setVisible(bool(words) or self._words.minimumHeight() > 0)

    def give_room_back(self) -> None:
        """Be as high as what is said, where the rows are laid out anew and move anyhow."""
        self._words.setMinimumHeight(0)
        self._words.setVisible(bool(self._words.text()))

    def fold(self, folded: bool) -> None:
        self._body.setVisible(not folded)
        if self._fold is not None:
            set_unfolded(self._fold, not folded)

    def turn(self) -> None:
        """Fold it, or unfold it."""
        self.fold(not self._body.isHidden())
