"""The tour of the sample letter: six steps, each done by the user's own key, offered until it was taken
or skipped once."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Qt

from app.services.store import Store
from app.ui.actions import Actions
from app.ui.document import LetterDocument
from app.ui.notice_bar import Kind, NoticeBar, Offer

TAKEN = "tour_taken"
"""The setting that it was taken or skipped: it is not offered again."""


class Step(NamedTuple):
    """What to press, with the command's key in place of `{key}`; the command ends the step.

    Without a command any answer to a question does.
    """

    words: str
    command: str = ""


STEPS = (
    Step("The header and the summary give two dates. {key} takes the other one.", "use_other"),
    Step("The next question is in hand. Enter keeps its value, typing puts another in its place."),
    Step("{key} goes to the next disputed item.", "next_issue"),
    Step("{key} finds a guideline for it by a few letters; Esc closes the list.", "cite"),
    Step("{key} shows what does not hold together in the letter.", "checks"),
    Step("{key} shows the new letter as it will be printed.", "tab_preview"),
)
DONE = "That was the tour. {key} opens your own letters; F1 tells more about what you have in hand."


class GuidedTour(QObject):
    """Tells one step after another and sees that it was done."""

    def __init__(
        self,
        store: Store,
        document: LetterDocument,
        notice: NoticeBar,
        commands: Actions,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._notice = notice
        self._commands = commands
        self._at: int | None = None
        document.edit_made.connect(self._on_answered)
        document.marked.connect(self._on_answered)
        document.loaded.connect(self._on_document_loaded)
        for name in {step.command for step in STEPS if step.command}:
            # When all of the command is done: what it answers is no step of its own.
            commands[name].triggered.connect(
                self._on_command_triggered, Qt.ConnectionType.QueuedConnection
            )

    @property
    def is_new(self) -> bool:
        """Whether it was neither taken nor skipped yet."""
        return self._at is None and not self._store.setting(TAKEN, False)

    @property
    def step(self) -> int | None:
        """The step under way, counted from 1; None while there is none."""
        return None if self._at is None else self._at + 1

    def start(self) -> None:
        """Tell the first step."""
        self._at = 0
        self._tell()

    def skip(self) -> None:
        """End it for good."""
        self._at = None
        self._notice.retract(Kind.TOUR)
        self._store.save_setting(TAKEN, True)

    def _tell(self) -> None:
        assert self._at is not None
        step = STEPS[self._at]
        key = self._commands.key_of(step.command) if step.command else ""
        words = step.words.format(key=key or "The menu")
        self._notice.tell(
            Kind.TOUR,
            f"{self._at + 1} of {len(STEPS)}: {words}",
            Offer("Skip the tour", self.skip),
            holds=self._is_on,
        )

    def _is_on(self) -> bool:
        return self._at is not None

    def _go_on(self) -> None:
        assert self._at is not None
        self._at += 1
        if self._at < len(STEPS):
            self._tell()
            return
        self.skip()
        self._notice.tell(Kind.TOUR_TAKEN, DONE.format(key=self._commands.key_of("open")))

    def _on_answered(self, *_: object) -> None:
        if self._at is not None and not STEPS[self._at].command:
            self._go_on()

    def _on_command_triggered(self) -> None:
        sender = self.sender()
        if self._at is not None and sender is self._commands[STEPS[self._at].command or "open"]:
            self._go_on()

    def _on_document_loaded(self) -> None:
        # Another letter is on the desk: the tour waits for the sample, and is offered there again.
        self._at = None
