"""How the archive is asked beside the window: the page first, then how many have which value.

What was imported or edited since is put in before; where that is much, it is done behind, and the
question is asked again when it is done.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from app.errors import UserError
from app.services.archive.archive import Archive
from app.services.archive.term_lists import read_terms
from app.services.archive.values import Facets, Found, Question, TermCount
from app.ui.jobs import URGENT, Jobs

AT_ONCE = 300
"""So many letters are put in while somebody waits: some tenths of a second."""


class Answer(msgspec.Struct, frozen=True):
    """The first page of what was found. `missing` letters are not in the archive yet."""

    question: Question
    found: tuple[Found, ...]
    count: int
    meant: str
    missing: int


class Asker(QObject):
    """One question at a time; the answer to one that was given up for another never comes."""

    answered = Signal(object)
    """An Answer."""
    counted = Signal(object)
    """The Facets of the question that was answered last."""
    more_found = Signal(object)
    """A tuple of Found that follow those on show."""
    terms_counted = Signal(object)
    """A tuple of TermCount."""
    failed = Signal(object)
    """A UserError."""
    filling = Signal(int, int)
    """(letters put into the archive, letters in all)"""
    filled = Signal()

    def __init__(self, archive: Archive, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._archive = archive
        self._jobs = jobs
        self._question = Question()
        self._is_filling = False
        self._is_stopped = False

    def ask(self, question: Question) -> None:
        """Have a question answered."""
        self._question = question
        work = partial(_answer, self._archive, question)
        self._jobs.run(
            work, self._on_answered, self._on_failed, key=self._key("ask"), priority=URGENT
        )

    def ask_more(self, start: int) -> None:
        """Have the items found that follow so many."""
        work = partial(self._archive.page, self._question, start)
        self._jobs.run(work, self._on_more_found, self._on_failed, key=self._key("more"))

    def ask_terms(self, path: Path, question: Question) -> None:
        """Have each line of a file counted, within a question's structure."""
        work = partial(_terms, self._archive, path, question)
        self._jobs.run(work, self._on_terms_counted, self._on_failed, key=self._key("terms"))

    def fill(self) -> None:
        """Put in what is due, however much that is."""
        if self._is_filling:
            return
        self._is_filling = True
        work = partial(self._archive.fill, self.filling.emit, self._stopped)
        self._jobs.run(work, self._on_filled, self._on_fill_failed, priority=-1)

    def stop(self) -> None:
        """Put in no more: the program ends."""
        self._is_stopped = True

    def _stopped(self) -> bool:
        return self._is_stopped

    def _key(self, what: str) -> tuple[str, str]:
        return ("archive", what)

    def _on_answered(self, answer: Answer) -> None:
        self.answered.emit(answer)
        if answer.missing:
            self.fill()
        work = partial(self._archive.facets, answer.question)
        self._jobs.run(work, self._on_counted, self._on_failed, key=self._key("facets"))

    def _on_counted(self, facets: Facets) -> None:
        self.counted.emit(facets)

    def _on_more_found(self, found: tuple[Found, ...]) -> None:
        self.more_found.emit(found)

    def _on_terms_counted(self, counted: tuple[TermCount, ...]) -> None:
        self.terms_counted.emit(counted)

    def _on_filled(self, done: int) -> None:
        self._is_filling = False
        if done:
            self.filled.emit()

    def _on_fill_failed(self, error: Exception) -> None:
        self._is_filling = False
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.failed.emit(error)


def _answer(archive: Archive, question: Question) -> Answer:
    missing = _put_in(archive)
    found = archive.page(question)
    return Answer(question, found, archive.count(question), _meant(archive, question), missing)


def _meant(archive: Archive, question: Question) -> str:
    """Not of words that are still being typed."""
    return "" if question.begun else archive.did_you_mean(question)


def _terms(archive: Archive, path: Path, question: Question) -> tuple[TermCount, ...]:
    terms = read_terms(path)
    _put_in(archive)
    return archive.terms(terms, question)


def _put_in(archive: Archive) -> int:
    """Put in what is due where that is little; how many letters are still missing."""
    due = archive.due()
    if due > AT_ONCE:
        return due
    archive.fill()
    return 0
