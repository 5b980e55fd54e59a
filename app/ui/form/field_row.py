"""One field of the form: label, editor, status mark, and the words of a doubt with what to do."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.letter import FieldId, FieldSpec
from app.services.review import FieldStatus, State
from app.ui import theme
from app.ui.form.editor import Editor

# state: (icon, colour role, word). The word stands beside the mark: never colour alone.
MARKS: dict[State, tuple[str, str, str]] = {
    State.MISSING: ("circle-minus", "missing", "missing"),
    State.DOUBTFUL: ("circle-help", "doubt", "check"),
    State.EDITED: ("pencil", "edited", "edited"),
    State.CONFIRMED: ("circle-check", "ok", "confirmed"),
    State.PARSED: ("check", "muted", "read"),
    State.EMPTY: ("", "muted", ""),
}


class FieldRow(QWidget):
    """A field bound to `field`; for issue fields the binding changes with the issue shown."""

    typed = Signal(object, object)
    committed = Signal(object, object)
    text_typed = Signal(object, str)
    focused = Signal(object)
    confirm_requested = Signal(object)
    revert_requested = Signal(object)
    place_requested = Signal(object)
    problem_changed = Signal(object, str)
    """(FieldId, why the words in the editor make no value; empty where they do)"""

    def __init__(self, spec: FieldSpec, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.editor = editor
        self.field: FieldId = FieldId(spec.name)
        self._status = FieldStatus(State.EMPTY, "")
        self._problem = ""
        self._told_above = False

        self._label = QLabel(self.tr(spec.label))
        self._label.setProperty("tone", "label")
        self._label.setBuddy(editor)
        self._label.setToolTip(spec.help)
        self._mark = QLabel()
        self._mark_word = QLabel()
        self._findings = QLabel()
        self._findings.setWordWrap(True)
        self._findings.setTextFormat(Qt.TextFormat.PlainText)
        self._findings.hide()
        self._finding_words = ""
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._keep = self._flat_button(self.tr("Keep"), self.tr("It is right as it stands (Enter)"))
        self._revert = self._flat_button(
            self.tr("Use read value"), self.tr("Back to the value read from the letter")
        )
        self._place = self._flat_button(
            self.tr("Page"), self.tr("Show where it stands on the page (Ctrl+J)")
        )

        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._label, 1)
        head.addWidget(self._mark)
        head.addWidget(self._mark_word)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        ways_out = QHBoxLayout()
        ways_out.setContentsMargins(0, 0, 0, 0)
        ways_out.setSpacing(0)
        for button in (self._keep, self._revert, self._place):
            ways_out.addWidget(button)
        ways_out.addStretch(1)
        foot.addWidget(self._words)
        foot.addWidget(self._findings)
        foot.addLayout(ways_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(editor)
        column.addWidget(self._foot)
        self._foot.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

        editor.typed.connect(self._on_editor_typed)
        editor.committed.connect(self._on_editor_committed)
        editor.text_typed.connect(self._on_editor_text_typed)
        editor.confirm_requested.connect(self._on_editor_confirm_requested)
        editor.problem_changed.connect(self._on_editor_problem_changed)
        editor.focused.connect(self._on_editor_focused)
        self._keep.clicked.connect(self._on_editor_confirm_requested)
        self._revert.clicked.connect(self._on_revert_clicked)
        self._place.clicked.connect(self._on_place_clicked)

    def _flat_button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("flat", True)
        button.setProperty("inline", True)
        button.setAutoDefault(False)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def bind(self, field: FieldId) -> None:
        """Speak for another field of the same kind."""
        self.field = field
        self._problem = ""
        self.editor.forget()

    def show_value(self, value: Any) -> None:
        self.editor.show_value(value)

    def show_findings(self, words: str, *, severe: bool) -> None:
        """What the checks say of this field; empty for nothing."""
        if words == self._finding_words:
            return
        self._finding_words = words
        self._findings.setText(words)
        self._findings.setProperty("tone", "error" if severe else "doubt")
        self._findings.style().unpolish(self._findings)
        self._findings.style().polish(self._findings)
        self._findings.setVisible(bool(words))
        self._foot.setVisible(bool(words or self._words.text()))
        self.editor.describe(self.spec.label, self._spoken())

    def show_status(
        self,
        status: FieldStatus,
        parsed_text: str,
        *,
        has_place: bool,
        told_above: bool = False,
    ) -> None:
        """Mark, words and the ways out; `parsed_text` is what was read, in a few words.

        With `told_above` the section says the words once for several fields.
        """
        self._status = status
        self._told_above = told_above
        glyph, role, word = MARKS[status.state]
        if glyph:
            self._mark.setPixmap(theme.icon(glyph, role).pixmap(14, 14))
        else:
            self._mark.clear()
        self._mark_word.setText(self.tr(word))
        if self._mark_word.property("tone") != role:
            self._mark_word.setProperty("tone", role)
            self._mark_word.style().unpolish(self._mark_word)
            self._mark_word.style().polish(self._mark_word)
        self._mark.setToolTip(status.words)
        self._mark_word.setToolTip(status.words)
        edited = status.state is State.EDITED
        self._revert.setVisible(edited)
        self._revert.setToolTip(self.tr("Back to what was read: %s") % parsed_text[:200])
        self._keep.setVisible(status.state is State.DOUBTFUL)
        self._place.setVisible(has_place and status.state in (State.DOUBTFUL, State.EDITED))
        self._show_words(parsed_text if edited else "")
        self.editor.describe(self.spec.label, self._spoken())

    def _show_words(self, parsed_text: str) -> None:
        if self._problem:
            words, tone = self._problem, "error"
        elif self._status.open and self._told_above:
            words, tone = "", "muted"
        elif self._status.open:
            words = self._status.words
            tone = "missing" if self._status.state is State.MISSING else "doubt"
        elif self._status.state is State.EDITED:
            shown = parsed_text if len(parsed_text) <= 60 else parsed_text[:57].rstrip() + "…"
            words = self.tr("was: %s") % shown if shown else self.tr("was empty")
            tone = "muted"
        else:
            words, tone = "", "muted"
        self._words.setText(words)
        if self._words.property("tone") != tone:
            self._words.setProperty("tone", tone)
            self._words.style().unpolish(self._words)
            self._words.style().polish(self._words)
        self._words.setVisible(bool(words))
        self._foot.setVisible(bool(words or self._finding_words))

    def _spoken(self) -> str:
        word = MARKS[self._status.state][2]
        parts = [self.spec.help, word, self._problem or self._status.words, self._finding_words]
        return ". ".join(part.rstrip(".") for part in parts if part)

    def _on_editor_typed(self, value: Any) -> None:
        self.typed.emit(self.field, value)

    def _on_editor_committed(self, value: Any) -> None:
        self.committed.emit(self.field, value)

    def _on_editor_text_typed(self, text: str) -> None:
        self.text_typed.emit(self.field, text)

    def _on_editor_confirm_requested(self) -> None:
        self.confirm_requested.emit(self.field)

    def _on_editor_problem_changed(self, words: str) -> None:
        if words != self._problem:
            self._problem = words
            self.problem_changed.emit(self.field, words)
            self._show_words("")
            self.editor.describe(self.spec.label, self._spoken())

    def _on_editor_focused(self) -> None:
        self.focused.emit(self.field)

    def _on_revert_clicked(self) -> None:
        self.revert_requested.emit(self.field)

    def _on_place_clicked(self) -> None:
        self.place_requested.emit(self.field)
