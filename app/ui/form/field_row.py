"""One field of the form: label, editor, status mark; under them, where needed, a foot with words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.letter import FieldId, FieldSpec
from app.services.review import FieldStatus, State
from app.ui import theme
from app.ui.form.editor import Editor
from app.ui.form.row_foot import RowFoot
from app.ui.roles import As, speak_as
from app.ui.whole_words import WholeWords

# state: (icon, colour role, word). The word stands beside the mark: never colour alone.
MARKS: dict[State, tuple[str, str, str]] = {
    State.HALF_TYPED: ("octagon-alert", "error", "no value"),
    State.ERROR: ("octagon-alert", "error", "error"),
    State.MISSING: ("circle-minus", "missing", "missing"),
    State.DOUBTFUL: ("circle-help", "doubt", "check"),
    State.EDITED: ("pencil", "edited", "edited"),
    State.CONFIRMED: ("circle-check", "ok", "confirmed"),
    State.PARSED: ("check", "muted", "read"),
    State.EMPTY: ("", "muted", ""),
}
UNLISTED = ("circle-help", "doubt", "on no list")
MARK_SIZE = 14
POSTPONED = ("flag", "doubt", "postponed")
LONGEST = 60
"""Letters of the value read that are shown under the one that stands there."""


class FieldRow(QWidget):
    """A field bound to `field`; for issue fields the binding changes with the issue shown."""

    typed = Signal(object, object, str)
    """(FieldId, value, what stands in the editor where that is more than the value, or none)"""
    step_ended = Signal()
    committed = Signal(object, object)
    text_typed = Signal(object, str)
    confirm_requested = Signal(object)
    other_requested = Signal(object, int)
    """(FieldId, which of the other values, from 0)"""
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
        self._keys: Mapping[str, str] = {}
        self._told = MARKS[State.EMPTY]
        self._note = ""
        self._in_hand = False
        self._held = False
        self._problem = ""
        self._told_above = False
        self._finding_words = self._known_words = ""
        self._words = ""
        self._read = ""
        self._label = QLabel(spec.label)
        self._label.setProperty("tone", "label")
        self._label.setBuddy(editor)
        self._label.setToolTip(spec.help)
        self._enter = WholeWords()
        self._enter.setProperty("tone", "muted")
        self._enter.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # It takes the room that is there and asks for none: nothing moves as it comes and goes.
        self._enter.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._mark = QLabel()
        self._mark_word = WholeWords()
        # Few fields have anything to say: the others never get one.
        self._foot: RowFoot | None = None

        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._label)
        head.addWidget(self._enter, 1)
        head.addWidget(self._mark)
        head.addWidget(self._mark_word)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addWidget(editor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

        editor.typed.connect(self._on_editor_typed)
        editor.enter_changed.connect(self._on_editor_enter_changed)
        editor.step_ended.connect(self.step_ended)
        editor.committed.connect(self._on_editor_committed)
        editor.text_typed.connect(self._on_editor_text_typed)
        editor.confirm_requested.connect(self._on_editor_confirm_requested)
        editor.problem_changed.connect(self._on_editor_problem_changed)

    def least_width(self) -> int:
        """The least width in pixels it can be shown in, whatever is said of its value."""
        head = self._label.sizeHint().width() + 4 + MARK_SIZE
        return max(head, self.editor.minimumSizeHint().width())

    @property
    def words(self) -> str:
        """What is said of the value under the editor, without what the checks found."""
        return self._words

    @property
    def found(self) -> str:
        """What the checks found, as it is shown."""
        return self._finding_words

    @property
    def against(self) -> tuple[str, bool]:
        """What stands against the value, as it is shown, and whether it is no value at all."""
        judged = self._problem or (self._status.words if self._status.open else "")
        parts = (self._note, judged, self._finding_words)
        return " ".join(_ended(part) for part in parts if part), bool(self._problem)

    @property
    def is_held(self) -> bool:
        """Whether somebody writes, so that no more is said than the mark."""
        return self._held and not self._problem

    def bind(self, field: FieldId) -> None:
        """Speak for another field of the same kind."""
        self.editor.finish()
        self.give_room_back()
        self.field = field
        self._problem = ""
        self.show_picture(None)
        self.editor.forget()

    def use_keys(self, keys: Mapping[str, str]) -> None:
        """The keys of the commands, by their ids, for what is offered from now on."""
        self._keys = keys

    def show_value(self, value: Any, words: str = "") -> None:
        """The value, or the words that stand in the editor in place of it."""
        if words:
            self.editor.show_words(words)
        else:
            self.editor.show_value(value)

    def show_picture(self, picture: QPixmap | None) -> None:
        """The words in doubt as the page shows them; None where there are none."""
        if picture is not None or self._foot is not None:
            self._wanted_foot().show_picture(picture)
            self._fold_foot()

    def show_findings(self, words: str, *, severe: bool, known: str = "") -> None:
        """What the checks say of this field, and what is known of its value; empty for nothing."""
        if (words, known) == (self._finding_words, self._known_words):
            return
        self._finding_words, self._known_words = words, known
        self._keep_room()
        self._wanted_foot().say_found(words, "error" if severe else "doubt")
        self._wanted_foot().say_known(known)
        self._fold_foot()
        self.editor.describe(self.spec.label, self._spoken())

    def show_status(
        self,
        status: FieldStatus,
        parsed_text: str,
        *,
        has_place: bool,
        others: Sequence[str] = (),
        note: str | None = None,
        told_above: bool = False,
    ) -> None:
        """Mark, words and the ways out; `parsed_text` is what was read, in a few words, `others`
        are the values that may be meant instead, `note` is why it was left for later, None where
        it was not.

        With `told_above` the section says the words once for several fields.
        """
        self._status = status
        self._keep_room()
        self.editor.set_asks(status.open)
        self._note = note or ""
        self._told_above = told_above
        kept_strange = status.unlisted and not status.open
        mark = UNLISTED if kept_strange else MARKS[status.state]
        self._told = mark if note is None else POSTPONED
        self._show_mark(status.words)
        edited, doubtful = status.edited, status.asks
        if edited or doubtful or status.open or self._foot is not None:
            self._wanted_foot().offer(
                keep=doubtful or (status.unlisted and status.open),
                others=others if doubtful else (),
                read=parsed_text if edited and parsed_text else None,
                place=has_place and (doubtful or edited or status.open),
                keys=self._keys,
            )
        self._read = parsed_text if edited else ""
        self._show_words()
        self.editor.describe(self.spec.label, self._spoken())

    def _show_mark(self, tip: str) -> None:
        glyph, role, word = self._told
        if glyph:
            self._mark.setPixmap(theme.icon(glyph, role).pixmap(MARK_SIZE, MARK_SIZE))
        else:
            self._mark.clear()
        self._mark_word.setText(word)
        theme.set_property(self._mark_word, "tone", role)
        self._mark.setToolTip(tip)
        self._mark_word.setToolTip(tip)

    def _show_words(self) -> None:
        words, tone = "", "muted"
        if self._problem:
            words, tone = self._problem, "error"
        elif self._status.open and not self._told_above:
            words = self._status.words
            tone = MARKS[self._status.state][1]
        elif self._status.edited:
            fits = len(self._read) <= LONGEST
            shown = self._read if fits else self._read[: LONGEST - 3].rstrip() + "…"
            words = f"was: {shown}" if shown else "was empty"
        if self._note:
            words = f"{self._note}\n{words}".rstrip()
        self._words = words
        if words or self._foot is not None:
            self._wanted_foot().say(words, tone)
        self._fold_foot()

    def _wanted_foot(self) -> RowFoot:
        if self._foot is None:
            self._foot = RowFoot(self)
            self._foot.setAccessibleName(f"Ways out: {self.spec.label}")
            speak_as(self._foot, As.GROUP)
            self._foot.hide()
            self._column.addWidget(self._foot)
            self._foot.kept.connect(self._on_editor_confirm_requested)
            self._foot.other_chosen.connect(self._on_foot_other_chosen)
            self._foot.reverted.connect(self._on_foot_reverted)
            self._foot.place_wanted.connect(self._on_foot_place_wanted)
        return self._foot

    def _keep_room(self) -> None:
        if self._foot is not None:
            self._foot.keep_room()

    def _fold_foot(self) -> None:
        if self._foot is None or (self._held and self._foot.isHidden()):
            return
        told = self._words or self._finding_words or self._known_words
        says = bool(told or self._status.asks)
        self._foot.setVisible(says or self._foot.minimumHeight() > 0)

    def give_room_back(self) -> None:
        """Be as high as what is said, where the rows are laid out anew and move anyhow."""
        if self._foot is not None:
            self._foot.give_room_back()
            self._fold_foot()

    def hold(self) -> None:
        """Somebody writes: be no higher from now on, the mark alone says what is new."""
        if not self._held:
            self._held = True
            if self._foot is not None:
                self._foot.hold()

    def release(self) -> None:
        """Nobody writes any more: all that there is to say is said."""
        if self._held:
            self._held = False
            if self._foot is not None:
                self._foot.release()
            self._fold_foot()

    def _spoken(self) -> str:
        parts = [
            # What is wrong comes first: it is what the field is gone to for.
            self._problem,
            self.spec.help,
            self._told[2],
            self._note,
            "" if self._problem else self._status.words,
            self._finding_words,
            self._known_words,
            self.editor.enter_words,
        ]
        return ". ".join(part.rstrip(".") for part in parts if part)

    def _on_editor_typed(self, value: Any, words: str) -> None:
        self.typed.emit(self.field, value, words)

    def show_in_hand(self, in_hand: bool, *, ends: bool = False) -> None:
        """Say what Enter does while the cursor is here; `ends` is whether it ends the letter."""
        if self._in_hand and not in_hand:
            self.editor.withdraw()
        self._in_hand = in_hand
        self.editor.set_ends(in_hand and ends)
        self._show_enter()

    def _show_enter(self) -> None:
        self._enter.setText(self.editor.enter_words if self._in_hand else "")

    def _on_editor_enter_changed(self) -> None:
        self._show_enter()
        self.editor.describe(self.spec.label, self._spoken())

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
            self._show_words()
            self.editor.describe(self.spec.label, self._spoken())

    def _on_foot_other_chosen(self, index: int) -> None:
        self.other_requested.emit(self.field, index)

    def _on_foot_reverted(self) -> None:
        self.revert_requested.emit(self.field)

    def _on_foot_place_wanted(self) -> None:
        self.place_requested.emit(self.field)


def _ended(words: str) -> str:
    """Words as a sentence of their own, lines run together."""
    words = " ".join(words.split())
    return words if words.endswith((".", "?", "!")) else f"{words}."
