"""What is told over the sample letter, which stands on the desk at the first start."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QObject

from app.paths import SAMPLE
from app.services.letter_intake import OpenedCase
from app.services.store import Status
from app.ui.actions import Actions
from app.ui.document import LetterDocument
from app.ui.guided_tour import GuidedTour
from app.ui.notice_bar import Kind, NoticeBar, Offer


class FirstLetter(QObject):
    """Says that it is a sample and what to press, until something was done with it."""

    def __init__(
        self,
        document: LetterDocument,
        notice: NoticeBar,
        commands: Actions,
        tour: GuidedTour,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._notice = notice
        self._commands = commands
        self._tour = tour

    def letter_shown(self, opened: OpenedCase | None) -> None:
        """Another letter is on the desk."""
        if opened is None or not _is_sample(opened) or opened.case.summary.status is not Status.NEW:
            return
        if not self._is_untouched():
            return
        self._notice.tell(
            Kind.SAMPLE,
            (
                "This is a sample letter: nobody in it is real, and you can try anything. "
                "Enter keeps the value in hand and goes to the next question; "
                "typing puts another one in its place."
            ),
            *((Offer("Take the tour", self._take_tour),) if self._tour.is_new else ()),
            self._offer("help", "How it works"),
            self._offer("open", "Open your letters"),
            holds=self._is_untouched,
        )

    def _offer(self, command: str, words: str) -> Offer:
        key = self._commands.key_of(command)
        return Offer(f"{words} ({key})" if key else words, self._commands[command].trigger)

    def _take_tour(self) -> None:
        self._notice.retract(Kind.SAMPLE)
        self._tour.start()

    def _is_untouched(self) -> bool:
        return not self._document.history.canUndo()


def _is_sample(opened: OpenedCase) -> bool:
    summary = opened.case.summary
    # Somebody's own letter may have that name.
    return (
        summary.file_name == SAMPLE.name
        and summary.file_sha256 == hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    )
