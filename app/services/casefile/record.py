"""The record as the checks ask it: which page says this, and what the UR letter decided.

A question is put to the index and only the pages it names are looked at; the answers are kept, as
the same question comes with each edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.services.casefile.pages import body_of
from app.services.casefile.values import Document, DocumentKind
from app.services.casefile.wording import document_words
from app.services.checks.record import RecordPage
from app.services.intake.values import ReviewedItem
from app.services.pdf import FormText, PdfText

if TYPE_CHECKING:
    from app.services.letter_intake import Reader
    from app.services.store import Store
    from app.services.store.case_files import CaseFiles

MOST_PAGES = 400
"""Pages that one question looks at."""
_MOST_OF_UR = 40


class CaseRecord:
    """The documents of one letter, for one run of the checks or many; see `checks.record.Record`."""

    def __init__(
        self, files: CaseFiles, case_id: int, reviewed: tuple[ReviewedItem, ...] = ()
    ) -> None:
        self._files = files
        self._case_id = case_id
        self._documents = files.documents(case_id)
        self._hashes = {file.id: file.sha256 for file in files.files(case_id)}
        self._answers: dict[tuple[object, ...], tuple[RecordPage, ...]] = {}
        self.reviewed = reviewed

    @property
    def unread_pages(self) -> int:
        """Pages in which nothing can be found."""
        return sum(file.without_text for file in self._files.files(self._case_id))

    def pages(self, phrases: Sequence[str], kinds: Iterable[str] = ()) -> tuple[RecordPage, ...]:
        """The pages that have one of the phrases, of documents of these kinds, copies left out."""
        wanted = frozenset(kinds)
        key = (tuple(phrases), wanted)
        if key not in self._answers:
            self._answers[key] = tuple(self._ask(phrases, wanted))
        return self._answers[key]

    def _ask(self, phrases: Sequence[str], kinds: frozenset[str]) -> Iterable[RecordPage]:
        for file_id, page in self._files.pages_with(self._case_id, phrases, MOST_PAGES):
            document = self._document_at(file_id, page.page)
            if document is None or document.copy_of is not None:
                continue
            if not kinds or document.kind.value in kinds:
                yield RecordPage(
                    name=document_words(document),
                    kind=document.kind.value,
                    title=document.name,
                    day=document.first_date,
                    file=self._hashes.get(file_id, ""),
                    page=page.page,
                    text=body_of(page.text),
                )

    def of_kind(self, kind: str) -> tuple[RecordPage, ...]:
        """The first page of each document of a kind."""
        found: list[RecordPage] = []
        for document in self._documents:
            if document.kind.value != kind or document.copy_of is not None:
                continue
            for page in self._files.texts(
                document.file_id, document.first_page, document.first_page
            ):
                found.append(
                    RecordPage(
                        name=document_words(document),
                        kind=kind,
                        title=document.name,
                        day=document.first_date,
                        file=self._hashes.get(document.file_id, ""),
                        page=page.page,
                        text=body_of(page.text),
                    )
                )
        return tuple(found)

    def _document_at(self, file_id: int, page: int) -> Document | None:
        return next(
            (
                one
                for one in self._documents
                if one.file_id == file_id and one.first_page <= page <= one.last_page
            ),
            None,
        )


def record_of(store: Store, reader: Reader, case_id: int) -> CaseRecord | None:
    """The record of a letter; None where it has no documents. Raises UserError."""
    from app.services.store.case_files import CaseFiles

    files = CaseFiles(store)
    documents = files.documents(case_id)
    if not documents:
        return None
    return CaseRecord(files, case_id, _reviewed(files, reader, documents))


def _reviewed(
    files: CaseFiles, reader: Reader, documents: Sequence[Document]
) -> tuple[ReviewedItem, ...]:
    """What the UR letter decided: of several letters the last one's."""
    letters = [
        one
        for one in documents
        if one.kind is DocumentKind.UR_DECISION and one.copy_of is None and one.first_date
    ]
    if not letters:
        return ()
    from app.services.intake.application import NotReadable
    from app.services.intake.ur_letter import read_ur_letter

    letter = max(letters, key=lambda one: (one.first_date, one.id))
    last = min(letter.last_page, letter.first_page + _MOST_OF_UR - 1)
    with reader.pictures(files.data(letter.file_id)) as pictures:
        pages = pictures.words(range(letter.first_page, last + 1))
    try:
        return read_ur_letter(FormText(text=PdfText(pages=pages, has_text=True))).items
    except NotReadable:
        return ()
