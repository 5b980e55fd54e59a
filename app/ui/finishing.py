"""When a letter is done: nothing is marked checked before it is told what is left to do in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.letter import FieldId
from app.services.review import OpenPoint, named_points
from app.ui.document import LetterDocument
from app.ui.letter_list import LetterList
from app.ui.notice_bar import Kind, NoticeBar, Offer
from app.ui.queue_view import QueueView
from app.ui.session import Session

THROUGH = "You have been through this letter. Left to do: %s."


class Finishing(QObject):
    """Stands between the letter on the desk and *checked*."""

    letter_wanted = Signal(int)
    """The letter (its id) that comes next: the next one that is not done."""
    more_found = Signal()
    """The letter is not at its end: the checks have found something nobody has seen."""

    def __init__(
        self,
        document: LetterDocument,
        session: Session,
        queue: QueueView,
        notice: NoticeBar,
        letter_list: LetterList,
        judge: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        """`judge` runs the checks: what is left to do is known when it returns."""
        super().__init__(parent)
        self._document = document
        self._session = session
        self._queue = queue
        self._notice = notice
        self._list = letter_list
        self._judge = judge
        self._told: tuple[int | None, Sequence[OpenPoint]] | None = None

    def checked(self) -> None:
        """The letter is checked: mark it and open the next one that is not done.

        With something left to do that is told first; asked for again, it is done all the same.
        """
        self._finish("Not marked checked yet. Left to do: %s.", at_once=True)

    def come_to_end(self, announced: bool) -> None:
        """The flow has been through the letter: say so. Asked for again, it is checked.

        With `announced` it was said before that the last answer ends the letter: it is checked
        at once, if nothing is left to do and nothing that has to do with it is offered.
        """
        at_once = announced and not self._notice.stands(Kind.STILL_IN_SUMMARY)
        self._finish(THROUGH, at_once=at_once, by_answer=True)

    def tell_end(self) -> None:
        """The last question was put off: say what is left. Nothing is marked by that."""
        if self._session.case_id is None:
            return
        self._document.seal()
        self._judge()
        points = self._document.open_points
        if any(point.waits for point in points):
            self.more_found.emit()
        else:
            self._tell_left(THROUGH, points)

    def _finish(self, words: str, *, at_once: bool, by_answer: bool = False) -> None:
        if self._session.case_id is None:
            return
        self._document.seal()
        # The checks run behind the typing: what the last change did has to be known here.
        self._judge()
        points = self._document.open_points
        told = self._told == (self._session.case_id, points) and self._notice.stands(
            Kind.LEFT_TO_DO
        )
        if by_answer and any(point.waits for point in points):
            self.more_found.emit()
        elif told or (at_once and not points):
            self._mark_checked(points, by_answer=at_once and by_answer)
        else:
            self._tell_left(words, points)

    def _tell_left(self, words: str, points: Sequence[OpenPoint]) -> None:
        self._told = (self._session.case_id, points)
        key = "Checked, open next"
        if points:
            words = words % named_points(self._document.letter, points)
            words += " Enter or Ctrl+Shift+S again marks it checked all the same."
            offers = [Offer("Go there (F8)", partial(self._go_to, points[0].field))]
            key = "Checked all the same"
        else:
            words = "Nothing is left to do in this letter. Enter or Ctrl+Shift+S marks it checked."
            offers = []
        self._notice.tell(
            Kind.LEFT_TO_DO,
            words,
            *offers,
            Offer(key, partial(self._mark_checked, points)),
            holds=partial(self._is_left, points),
        )

    def _is_left(self, points: Sequence[OpenPoint]) -> bool:
        return self._document.open_points == points

    def _go_to(self, field: FieldId) -> None:
        self._document.set_current_field(field)

    def _mark_checked(self, points: Sequence[OpenPoint], *, by_answer: bool = False) -> None:
        case_id = self._session.case_id
        if case_id is None:
            return
        # Looked for before: the filter may show only what is not checked.
        there = self._queue.next_to_do(case_id)
        note = f"Left to do: {named_points(self._document.letter, points)}." if points else ""
        marked = self._list.mark_checked(case_id, note)
        self._notice.retract(Kind.LEFT_TO_DO)
        if there is not None:
            if by_answer:
                words = "The last question of case %s is answered."
                if marked:
                    words = "Case %s is checked: its last question is answered. Ctrl+Z goes back."
                self._notice.tell(Kind.CHECKED, words % self._queue.name_of(case_id))
            self.letter_wanted.emit(there)
        else:
            self._notice.tell(Kind.ALL_DONE, self._end_words())

    def _end_words(self) -> str:
        others = self._queue.to_do_elsewhere()
        if not others:
            return "Checked. Every letter of the list is done."
        if others == 1:
            return "Checked. Every letter shown is done; 1 more is not shown."
        return f"Checked. Every letter shown is done; {others} more are not shown."
