"""The documents of the letter on the desk, as they are known at this moment."""

from __future__ import annotations

from bisect import bisect_right

from app.services.casefile.values import CaseFile, Document
from app.services.casefile.wording import document_words, pages_words

LETTER = "Letter"


class Shelf:
    """Files and documents in order, by what the page view calls them.

    Stop 0 is the letter itself, stop n the n-th document.
    """

    def __init__(
        self,
        case_id: int | None = None,
        files: tuple[CaseFile, ...] = (),
        documents: tuple[Document, ...] = (),
    ) -> None:
        self.case_id = case_id
        self.files = files
        self.documents = documents
        self._by_id = {file.id: file for file in files}
        self._by_hash = {file.sha256: file for file in files}
        self._starts = [(one.file_id, one.first_page) for one in documents]

    def named(self, sha256: str) -> CaseFile | None:
        """The file that places call so."""
        return self._by_hash.get(sha256)

    def file_of(self, document: Document) -> CaseFile:
        return self._by_id[document.file_id]

    def sheet(self, stop: int) -> tuple[str, int]:
        """Where a stop begins: the file as places name it, and the page."""
        if stop <= 0 or stop > len(self.documents):
            return "", 1
        document = self.documents[stop - 1]
        return self._by_id[document.file_id].sha256, document.first_page

    def stop_at(self, sha256: str, page: int) -> int:
        """The stop that a page is in."""
        file = self.named(sha256)
        if file is None:
            return 0
        return bisect_right(self._starts, (file.id, page))

    def sheet_of(self, file_id: int, page: int) -> tuple[str, int]:
        """A page of a file as the page view names it."""
        return self._by_id[file_id].sha256, page

    def names(self) -> list[str]:
        """What the stops are called, in order."""
        return [LETTER, *(f"{document_words(one)} ({pages_words(one)})" for one in self.documents)]
