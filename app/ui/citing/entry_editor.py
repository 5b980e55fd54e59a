"""The form for one library entry. What is missing or wrong stands at its field while one types."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.letter import Source
from app.services.library import Entry, EntryKind, EntryProblem, Excerpt, Rule, check_entry
from app.ui import theme
from app.ui.citing.entry_fields import (
    ENTRY_FIELDS,
    EntryField,
    Shape,
    Unreadable,
    still_confirmed,
)
from app.ui.citing.words import short_name

RULE_WORDS = {
    Rule.LAW: "Regulation",
    Rule.HOUSE: "House custom",
    Rule.FORM: "",
}
RULE_TONES = {Rule.LAW: "doubt", Rule.HOUSE: "muted", Rule.FORM: "error"}
BLOCK_LINES = {"sections": 8, "notes": 5}


def problem_words(problem: EntryProblem) -> str:
    """A problem with who asks for it before it."""
    who = RULE_WORDS[problem.rule]
    return f"{who}: {problem.message}" if who else problem.message


class ExcerptsEdit(QWidget):
    """The user's excerpts: where each stands, and its words."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[QWidget, QLineEdit, QPlainTextEdit]] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._add = QPushButton(theme.icon("plus", "accent"), self.tr("Add an excerpt"))
        self._add.setProperty("flat", True)
        self._add.setAutoDefault(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._column)
        outer.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._add.clicked.connect(self._on_add_clicked)

    def show_value(self, excerpts: tuple[Excerpt, ...]) -> None:
        for box, _, _ in self._parts:
            box.hide()
            box.deleteLater()
        self._parts = []
        for excerpt in excerpts:
            self._add_part(excerpt)

    def value(self) -> tuple[Excerpt, ...]:
        """The excerpts that have words."""
        found = (
            Excerpt(text=text.toPlainText().strip(), place=" ".join(place.text().split()))
            for _, place, text in self._parts
        )
        return tuple(excerpt for excerpt in found if excerpt.text)

    def _add_part(self, excerpt: Excerpt) -> QPlainTextEdit:
        number = len(self._parts) + 1
        place = QLineEdit(excerpt.place)
        place.setPlaceholderText(self.tr("Where it stands: p. 303"))
        place.setAccessibleName(self.tr("Place of excerpt %d") % number)
        text = QPlainTextEdit(excerpt.text)
        text.setTabChangesFocus(True)
        text.setPlaceholderText(self.tr("The words of the source"))
        text.setAccessibleName(self.tr("Words of excerpt %d") % number)
        text.setFixedHeight(4 * self.fontMetrics().height() + 12)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(place)
        column.addWidget(text)
        self._column.addWidget(box)
        self._parts.append((box, place, text))
        place.textChanged.connect(self.changed)
        text.textChanged.connect(self.changed)
        return text

    def _on_add_clicked(self) -> None:
        self._add_part(Excerpt(text=""))
        self._parts[-1][1].setFocus()
        self.changed.emit()


class _FieldBox(QWidget):
    """A label, its editor, and below it what the checks say."""

    edited = Signal()

    def __init__(self, field: EntryField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._label = QLabel(self.tr(field.label))
        self._label.setProperty("tone", "label")
        self.editor = self._make_editor(field)
        self.editor.setObjectName(field.name)
        self.editor.setAccessibleName(self.tr(field.label))
        if field.hint:
            self.editor.setAccessibleDescription(self.tr(field.hint))
        self._says = QLabel()
        self._says.setWordWrap(True)
        self._says.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if field.shape is not Shape.TICK:
            self._label.setBuddy(self.editor)
            column.addWidget(self._label)
        column.addWidget(self.editor)
        column.addWidget(self._says)

    def _make_editor(self, field: EntryField) -> QWidget:
        if field.shape is Shape.LINE:
            line = QLineEdit()
            line.setPlaceholderText(self.tr(field.hint))
            line.textEdited.connect(self._on_editor_edited)
            return line
        if field.shape is Shape.BLOCK:
            block = QPlainTextEdit()
            block.setTabChangesFocus(True)
            block.setPlaceholderText(self.tr(field.hint))
            lines = BLOCK_LINES.get(field.name, 3)
            block.setFixedHeight(lines * block.fontMetrics().lineSpacing() + 18)
            block.textChanged.connect(self._on_editor_edited)
            return block
        if field.shape is Shape.TICK:
            tick = QCheckBox(self.tr(field.label))
            tick.clicked.connect(self._on_editor_edited)
            return tick
        if field.shape is Shape.CHOICE:
            choice = QComboBox()
            # by place, not by data: Qt would turn a StrEnum into a mere str
            choice.addItems([self.tr(words) for words, _ in field.choices])
            choice.activated.connect(self._on_editor_edited)
            return choice
        excerpts = ExcerptsEdit()
        excerpts.changed.connect(self._on_editor_edited)
        return excerpts

    def _on_editor_edited(self) -> None:
        self.edited.emit()

    def show_value(self, value: Any) -> None:
        editor = self.editor
        editor.blockSignals(True)
        if isinstance(editor, QLineEdit):
            editor.setText(self.field.write(value))
            editor.setCursorPosition(0)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(self.field.write(value))
        elif isinstance(editor, QCheckBox):
            editor.setChecked(bool(value))
        elif isinstance(editor, QComboBox):
            values = [one for _, one in self.field.choices]
            editor.setCurrentIndex(values.index(value))
        elif isinstance(editor, ExcerptsEdit):
            editor.show_value(value)
        editor.blockSignals(False)

    def value(self) -> Any:
        """What the editor holds. Raises Unreadable where it is no value of the field."""
        editor = self.editor
        if isinstance(editor, QLineEdit):
            return self.field.read(editor.text())
        if isinstance(editor, QPlainTextEdit):
            return self.field.read(editor.toPlainText())
        if isinstance(editor, QCheckBox):
            return editor.isChecked()
        if isinstance(editor, QComboBox):
            return self.field.choices[editor.currentIndex()][1]
        if isinstance(editor, ExcerptsEdit):
            return editor.value()
        raise TypeError(editor)

    def show_says(self, words: str, tone: str) -> None:
        """What the checks say of this field; nothing hides the line."""
        self._says.setText(words)
        self._says.setVisible(bool(words))
        self.editor.setProperty("wrong", tone == "error")
        if self._says.property("tone") != tone:
            self._says.setProperty("tone", tone)
            self._says.style().polish(self._says)
        self.editor.style().polish(self.editor)


class EntryEditor(QWidget):
    """Edits a copy; `save_requested` carries the entry as it should be saved."""

    save_requested = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = Entry()
        self._heading = QLabel()
        self._heading.setProperty("tone", "section")
        self._heading.setWordWrap(True)
        self._boxes = {field.name: _FieldBox(field) for field in ENTRY_FIELDS}
        self._save = QPushButton(self.tr("Save  Ctrl+Enter"))
        self._save.setProperty("primary", True)
        self._cancel = QPushButton(self.tr("Cancel"))
        for button in (self._save, self._cancel):
            button.setAutoDefault(False)
        self._lay_out()
        for box in self._boxes.values():
            box.edited.connect(self._on_box_edited)
        self._save.clicked.connect(self.save)
        self._cancel.clicked.connect(self.cancelled)

    def _lay_out(self) -> None:
        column_widget = QWidget()
        column_widget.setObjectName("column")
        column = QVBoxLayout(column_widget)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(12)
        pairs = {"first_page": "last_page", "effective_from": "effective_to", "kind": "source",
                 "chapter": "edition", "journal": "volume"}  # fmt: skip
        seconds = set(pairs.values())
        for name, box in self._boxes.items():
            if name in seconds:
                continue
            if name in pairs:
                row = QHBoxLayout()
                row.setSpacing(12)
                row.addWidget(box, 1, Qt.AlignmentFlag.AlignTop)
                row.addWidget(self._boxes[pairs[name]], 1, Qt.AlignmentFlag.AlignTop)
                column.addLayout(row)
            else:
                column.addWidget(box)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(column_widget)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._save)
        self._heading.setContentsMargins(16, 12, 16, 4)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._heading)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(foot)

    def edit(self, entry: Entry) -> None:
        """Show an entry to be changed; one without id is a new one."""
        self._entry = entry
        new = entry.id is None
        self._heading.setText(
            self.tr("New entry") if new else self.tr("Edit %s") % short_name(entry)
        )
        for name, box in self._boxes.items():
            box.show_value(getattr(entry, name))
        self._show_kind(entry.kind)
        self._check()
        self._scroll.verticalScrollBar().setValue(0)
        title = self._boxes["title"].editor
        title.setFocus()
        if isinstance(title, QLineEdit) and new:
            title.selectAll()

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        entry, unreadable = self._read()
        return bool(unreadable) or entry != self._entry

    def save(self) -> None:
        """Ask for the entry to be saved; the first field that keeps it from that gets the focus."""
        entry, unreadable = self._read()
        blocking = [p.field for p in check_entry(entry) if p.blocks]
        for name, box in self._boxes.items():
            if name in unreadable or name in blocking:
                box.editor.setFocus()
                self._scroll.ensureWidgetVisible(box)
                return
        self.save_requested.emit(entry)

    def _read(self) -> tuple[Entry, dict[str, str]]:
        """The entry as typed, and by field what could not be read."""
        values: dict[str, Any] = {}
        unreadable: dict[str, str] = {}
        for name, box in self._boxes.items():
            try:
                values[name] = box.value()
            except Unreadable as error:
                unreadable[name] = str(error)
        values["sections"] = still_confirmed(values["sections"], self._entry.sections)
        return replace(self._entry, **values), unreadable

    def _check(self) -> None:
        entry, unreadable = self._read()
        said: dict[str, list[EntryProblem]] = {}
        for problem in check_entry(entry):
            said.setdefault(problem.field, []).append(problem)
        for name, box in self._boxes.items():
            if name in unreadable:
                box.show_says(unreadable[name], "error")
            else:
                problems = said.get(name, [])
                words = "\n".join(problem_words(problem) for problem in problems)
                box.show_says(words, RULE_TONES[problems[0].rule] if problems else "muted")

    def _show_kind(self, kind: EntryKind) -> None:
        for box in self._boxes.values():
            box.setVisible(box.field.asked_for(kind))

    def _on_box_edited(self) -> None:
        kind, source = self._boxes["kind"], self._boxes["source"]
        if kind.value() is EntryKind.MTUS and self.sender() is kind:
            source.show_value(Source.MTUS)
        elif self.sender() is source:
            is_mtus = source.value() is Source.MTUS
            if is_mtus != (kind.value() is EntryKind.MTUS):
                kind.show_value(EntryKind.MTUS if is_mtus else EntryKind.GUIDELINE)
        self._show_kind(kind.value())
        self._check()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
