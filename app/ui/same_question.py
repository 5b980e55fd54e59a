"""When one side of a question was answered: does the day that was given up stand in the summary?"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.letter import FieldId, get_value
from app.services.language.dates import find_dates
from app.services.review import same_questions
from app.ui.document import LetterDocument
from app.ui.notice_bar import Kind, NoticeBar, Offer

SUMMARY = FieldId("clinical_summary")


class SameQuestion(QObject):
    """Offers the way to the sentence that still says what was decided against."""

    words_requested = Signal(object, int, int)
    """(FieldId of a text, start, end): the words in it to take in hand."""

    def __init__(
        self, document: LetterDocument, notice: NoticeBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._notice = notice

    def note_answer(self, field: FieldId) -> None:
        """A field was kept or given the other value."""
        given_up = self._given_up(field)
        if given_up is None or self._place_of(given_up) is None:
            return
        printed = self._printed(given_up)
        self._notice.tell(
            Kind.STILL_IN_SUMMARY,
            f"The clinical case summary still says {printed}.",
            Offer("Go there", partial(self._go_to, given_up)),
            holds=partial(self._still_says, field, given_up),
        )

    def _given_up(self, field: FieldId) -> date | None:
        """The day that was decided against where the field is one side of a question."""
        document = self._document
        other = same_questions(document.evidence).get(field)
        if other is None:
            return None
        decided = get_value(document.letter, field)
        sides = {get_value(document.parsed.letter, side) for side in (field, other)}
        given_up = [day for day in sides if day != decided]
        return given_up[0] if len(given_up) == 1 and isinstance(given_up[0], date) else None

    def _place_of(self, day: date) -> tuple[int, int] | None:
        found = find_dates(self._document.letter.clinical_summary)
        return next(((one.start, one.end) for one in found if one.value == day), None)

    def _printed(self, day: date) -> str:
        start, end = self._place_of(day) or (0, 0)
        return self._document.letter.clinical_summary[start:end]

    def _still_says(self, field: FieldId, day: date) -> bool:
        return self._given_up(field) == day and self._place_of(day) is not None

    def _go_to(self, day: date) -> None:
        place = self._place_of(day)
        if place is not None:
            self.words_requested.emit(SUMMARY, *place)
