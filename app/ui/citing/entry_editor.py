"""The form for one library entry. What is missing or wrong stands at its field while one types."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.letter import Source
from app.services.library import Entry, EntryKind, EntryProblem, Library, Rule, check_entry
from app.ui.citing.entry_fields import (
    ENTRY_FIELDS,
    Unreadable,
    still_confirmed,
)
from app.ui.citing.field_box import FieldBox
from app.ui.citing.words import short_name
from app.ui.enter_button import EnterButton

RULE_WORDS = {
    Rule.LAW: "Regulation",
    Rule.HOUSE: "House custom",
    Rule.FORM: "",
}
RULE_TONES = {Rule.LAW: "doubt", Rule.HOUSE: "muted", Rule.FORM: "error"}


def problem_words(problem: EntryProblem) -> str:
    """A problem with who asks for it before it."""
    who = RULE_WORDS[problem.rule]
    return f"{who}: {problem.message}" if who else problem.message


class EntryEditor(QWidget):
    """Edits a copy; `save_requested` carries the entry as it should be saved."""

    save_requested = Signal(object)
    cancelled = Signal()

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = Entry()
        self._is_calm = False
        """A blank form is not told what it lacks before anything is typed."""
        self._heading = QLabel()
        self._heading.setProperty("tone", "section")
        self._heading.setWordWrap(True)
        self._boxes = {field.name: FieldBox(field, library) for field in ENTRY_FIELDS}
        self._save = EnterButton("Save  Ctrl+Enter")
        self._save.setProperty("primary", True)
        self._cancel = EnterButton("Cancel")
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
                 "chapter": "edition", "volume": "issue",
                 "doi": "pmid"}  # fmt: skip
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
        self._heading.setText("New entry" if new else f"Edit {short_name(entry)}")
        self._boxes["superseded_by"].offer_for(entry)
        for name, box in self._boxes.items():
            box.show_value(getattr(entry, name))
        self._show_kind(entry.kind)
        self._is_calm = entry == Entry()
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
        self._is_calm = False
        self._check()
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
        for problem in () if self._is_calm else check_entry(entry):
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
        self._is_calm = False
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
