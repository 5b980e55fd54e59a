"""What is told of the field in hand, and that it goes when another one is taken or the letter changes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from app.evidence import SetAside
from app.ui.document import LetterDocument
from app.ui.drafting import Drafting
from app.ui.field_flow import FieldFlow
from app.ui.notice_bar import Kind, NoticeBar, Offer


class FieldNotices(QObject):
    """Tells them in the window's notices."""

    def __init__(
        self,
        document: LetterDocument,
        fields: FieldFlow,
        drafting: Drafting,
        notice: NoticeBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._fields = fields
        self._notice = notice
        document.letter_changed.connect(self._on_document_left)
        document.current_field_changed.connect(self._on_document_left)
        fields.words_refused.connect(self._on_fields_words_refused)
        fields.not_read.picked.connect(self._on_not_read_picked)
        drafting.failed.connect(partial(notice.tell_problem, Kind.NOT_DRAFTED))
        drafting.no_blank_left.connect(self._on_drafting_no_blank_left)
        drafting.no_text_in_hand.connect(self._on_drafting_no_text_in_hand)

    def _on_document_left(self, _what: object) -> None:
        self._notice.leave_field()

    def _on_fields_words_refused(self, words: str) -> None:
        self._notice.tell(Kind.WORDS_REFUSED, words)

    def _on_not_read_picked(self, found: SetAside) -> None:
        field = self._document.current_field
        words = "“{0}” was not read as part of the letter: {1}."
        take = partial(self._fields.take_in, found)
        offers = [Offer(f"Take it into “{field.spec.label}”", take)] if field else []
        self._notice.tell(Kind.PRINT_NOT_READ, words.format(found.text, found.why), *offers)
        self._notice.focus_offer()

    def _on_drafting_no_text_in_hand(self) -> None:
        self._notice.tell(
            Kind.NO_TEXT_IN_HAND,
            "Snippets and their blanks stand in running texts; this field has a value of its own.",
        )

    def _on_drafting_no_blank_left(self) -> None:
        self._notice.tell(Kind.NO_BLANK_LEFT, "There is no blank left in this text.")
