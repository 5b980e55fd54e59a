"""A text begins with what letter and record say of it, by one key; nothing of it is invented."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from app.errors import UserError
from app.letter import FieldId, Letter
from app.services.store import Store
from app.services.store.case_files import CaseFiles
from app.ui.actions import Actions
from app.ui.document import LetterDocument
from app.ui.drafting import Drafting
from app.ui.jobs import URGENT, Jobs
from app.ui.letter_flow import LetterFlow
from app.ui.notice_bar import Kind, NoticeBar

SUMMARY, RATIONALE = "clinical_summary", "issue.rationale"


class BeginningTexts(QObject):
    """The record is asked in a worker; the text comes if its field is still the one in hand."""

    def __init__(
        self,
        store: Store,
        document: LetterDocument,
        drafting: Drafting,
        letters: LetterFlow,
        commands: Actions,
        notice: NoticeBar,
        jobs: Jobs,
    ) -> None:
        super().__init__(letters)
        self._store = store
        self._document = document
        self._drafting = drafting
        self._letters = letters
        self._notice = notice
        self._jobs = jobs
        commands["begin_text"].triggered.connect(self.begin)

    def begin(self) -> None:
        """Begin the text in hand: the clinical summary, or the reasons for an item."""
        field, opened = self._document.current_field, self._letters.opened
        if opened is None or field is None or field.name not in (SUMMARY, RATIONALE):
            words = "A skeleton is there for the clinical summary and for rationales."
            self._notice.tell(Kind.NO_SKELETON, words)
            return
        self._document.seal()
        case_id = opened.case.id
        self._jobs.run(
            partial(_skeleton, self._store, case_id, self._document.letter, field),
            partial(self._on_made, case_id, field),
            self._on_failed,
            key="skeleton",
            priority=URGENT,
        )

    def _on_made(self, case_id: int, field: FieldId, text: str) -> None:
        opened = self._letters.opened
        is_there = opened is not None and opened.case.id == case_id
        if is_there and self._document.current_field == field:
            self._drafting.put_in(text)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._notice.tell_problem(Kind.NOT_DRAFTED, error)


def _skeleton(store: Store, case_id: int, letter: Letter, field: FieldId) -> str:
    """Runs in a worker."""
    from app.services.casefile.timeline import events
    from app.services.skeletons import rationale, summary

    files = CaseFiles(store)
    documents = files.documents(case_id)
    if field.issue is None:
        return summary(letter, events(files, documents, ""))
    title = letter.issue(field.issue).title
    told = events(files, documents, letter.clinical_summary, title) if title else ()
    return rationale(letter, field.issue, told)
