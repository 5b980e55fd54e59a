"""A case that comes from another desk: its passphrase, what is taken, and what both changed."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.errors import UserError
from app.services.changes import Run, runs
from app.services.handover import Conflict, Look, Side, conflict_words, value_words
from app.ui.dialogs.frame import DialogFrame, card, flat_button, say, scrolling, words_label
from app.ui.dialogs.unlock import secret_line

SIDES = {Side.OURS: "Here", Side.THEIRS: "In the file"}
MOST = 12
"""Lines of what is taken that are told one by one."""


class PassphraseDialog(DialogFrame):
    """Asks for the passphrase of a file, whose name it shows, until it opens or is given up."""

    given = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, QSize(520, 240))
        self.set_title(f"{name} is locked", "Whoever handed it over has its passphrase.")
        self.secret = secret_line("Passphrase")
        label = words_label(self.secret.accessibleName(), "label")
        label.setBuddy(self.secret)
        self.words = words_label("", "muted")
        for widget in (label, self.secret, self.words):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._open = QPushButton("Open")
        self._open.setProperty("primary", True)
        self._open.setDefault(True)
        self._open.clicked.connect(self._on_open_clicked)
        self.foot.addStretch(1)
        self.foot.addWidget(self._open)
        self.add_close_button()
        self.secret.setFocus()

    def show_problem(self, error: UserError) -> None:
        """It was not the right one: the next try."""
        self._open.setEnabled(True)
        say(self.words, f"{error.what} {error.remedy}", "error")
        self.secret.selectAll()
        self.secret.setFocus()

    def end(self) -> None:
        """It is open."""
        self.close()

    def _on_open_clicked(self) -> None:
        if self.secret.text():
            self._open.setEnabled(False)
            say(self.words, "Opening…", "muted")
            self.given.emit(self.secret.text())


class SideButton(QRadioButton):
    """One of the two: Enter chooses it and goes on."""

    entered = Signal()

    @override
    def hitButton(self, pos: QPoint) -> bool:
        """All of its width is for the mouse, not the sign and its word alone."""
        return self.rect().contains(pos)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setChecked(True)
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class TakingInDialog(DialogFrame):
    """What comes from the file, and both values of what both changed, side by side.

    Nothing is chosen beforehand; it can be taken in when each has its choice.
    """

    wanted = Signal(object)
    """The choices, a dict of Side by the keys of the conflicts."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent, QSize(820, 320 + 200 * min(len(look.conflicts), 2)))
        self._look = look
        self._groups: dict[str, QButtonGroup] = {}
        self._is_taking = False
        both = len(look.conflicts)
        self.set_title(
            f"Take in {look.name}",
            "What only one desk changed since it was handed over is taken. Each field is a step "
            "that can be undone."
            if not both
            else "Both desks changed the same, each to something else: choose which of the two holds.",
        )
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(12)
        for conflict in look.conflicts:
            column.addWidget(self._card(conflict))
        column.addWidget(words_label(self._taken_words(), "body"))
        for note in look.notes:
            column.addWidget(words_label(note, "muted"))
        column.addStretch(1)
        self.body.addWidget(scrolling(content), 1)
        self.words = words_label("", "muted")
        self.body.addWidget(self.words)
        self._make_foot(both)
        self._show_left()

    def show_problem(self, error: UserError) -> None:
        """Say why nothing was taken in."""
        self._is_taking = False
        self.take.setEnabled(True)
        say(self.words, f"{error.what} {error.remedy}", "error")

    def end(self) -> None:
        """It is taken in."""
        self._is_taking = False
        self.close()

    @override
    def reject(self) -> None:
        """While it is being taken in the letter behind must not be written to."""
        if not self._is_taking:
            super().reject()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_taking:
            event.ignore()
        else:
            super().closeEvent(event)

    def _taken_words(self) -> str:
        taken = self._look.taken
        if not taken:
            return "Nothing else was changed there."
        lines = [f"•  {words}" for words in taken[:MOST]]
        if len(taken) > MOST:
            lines.append(f"•  and {len(taken) - MOST} more")
        return "\n".join(("Taken from the file:", *lines))

    def _card(self, conflict: Conflict) -> QWidget:
        name = conflict_words(self._look.letter, conflict)
        frame = card()
        grid = QGridLayout(frame)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(24)
        grid.addWidget(words_label(name, "body"), 0, 0, 1, 2)
        group = self._groups[conflict.key] = QButtonGroup(self)
        texts = [value_words(conflict, value) for value in (conflict.ours, conflict.theirs)]
        for place, (side, text, marked) in enumerate(zip(Side, texts, runs(*texts), strict=True)):
            button = SideButton(SIDES[side])
            button.entered.connect(self._go_on)
            words = words_label("", "body")
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setText("".join(_marked(run) for run in marked))
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            button.setAccessibleName(f"{name}: {SIDES[side]}")
            button.setAccessibleDescription(text)
            group.addButton(button, place)
            grid.addWidget(button, 1, place)
            grid.addWidget(words, 2, place)
            grid.setColumnStretch(place, 1)
            button.toggled.connect(self._show_left)
        return frame

    def _make_foot(self, both: int) -> None:
        self.take = QPushButton("Take in")
        self.take.setProperty("primary", True)
        self.take.setDefault(True)
        self.take.clicked.connect(self._on_take_clicked)
        for side in Side if both > 1 else ():
            button = flat_button(f"All as {SIDES[side].lower()}")
            button.clicked.connect(self._on_all_clicked)
            button.setProperty("side", side.value)
            self.foot.addWidget(button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.take)
        self.add_close_button()

    def _choices(self) -> dict[str, Side]:
        sides = tuple(Side)
        return {
            key: sides[group.checkedId()]
            for key, group in self._groups.items()
            if group.checkedId() >= 0
        }

    def _show_left(self) -> None:
        left = len(self._groups) - len(self._choices())
        self.take.setEnabled(not left)
        noun = "choice" if left == 1 else "choices"
        say(self.words, f"{left} {noun} left" if left else "", "muted")

    def _go_on(self) -> None:
        """To the next that is not chosen yet, then to the button that takes all in."""
        left = (group for group in self._groups.values() if group.checkedId() < 0)
        group = next(left, None)
        (self.take if group is None else group.button(0)).setFocus(Qt.FocusReason.TabFocusReason)

    def _on_all_clicked(self) -> None:
        place = list(Side).index(Side(self.sender().property("side")))
        for group in self._groups.values():
            group.button(place).setChecked(True)
        self.take.setFocus()

    def _on_take_clicked(self) -> None:
        self._is_taking = True
        self.take.setEnabled(False)
        say(self.words, "Taking in…", "muted")
        self.wanted.emit(self._choices())


def _marked(run: Run) -> str:
    is_same, text = run
    words = escape(text).replace("\n", "<br>")
    return words if is_same else f"<b><u>{words}</u></b>"
