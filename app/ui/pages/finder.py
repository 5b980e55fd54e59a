"""Finding a phrase on the pages: which hits there are and which one the reader stands on."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from app.evidence import Place
from app.ui.jobs import URGENT, Jobs
from app.ui.pages.text import Hit, PageText


class _Found(NamedTuple):
    hits: tuple[Hit, ...]
    landing: bool


class Finder(QObject):
    """The hits of one phrase in one document. It keeps the phrase when the document changes."""

    hits_changed = Signal(int, int)
    """Which hit is the current one (from 1, 0 for none) and how many there are."""

    landed = Signal(object)
    """The reader goes to a hit: its places."""

    missed = Signal()
    """A phrase was looked for that stands nowhere."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._text = PageText()
        self._term = ""
        self._whole_words = False
        self._hits: tuple[Hit, ...] = ()
        self._current = -1
        self._lit = False
        self._from_page = 1

    @property
    def term(self) -> str:
        return self._term

    @property
    def whole_words(self) -> bool:
        return self._whole_words

    @property
    def hits(self) -> tuple[Hit, ...]:
        return self._hits if self._lit else ()

    @property
    def current(self) -> Hit | None:
        return self._hits[self._current] if self._lit and self._current >= 0 else None

    def set_text(self, text: PageText) -> None:
        """Look in another document from now on."""
        self._text = text
        self._set_hits(())
        if self._lit:
            self._look(landing=False)

    def find(self, term: str, *, whole_words: bool = False, from_page: int = 1) -> None:
        """Light every place of `term` and go to the first one from a page on."""
        self._term, self._whole_words, self._from_page = term, whole_words, from_page
        self._lit = True
        self._look(landing=True)

    def next(self) -> None:
        """Go to the hit after the current one, from the last to the first."""
        self._step(1)

    def previous(self) -> None:
        """Go to the hit before the current one, from the first to the last."""
        self._step(-1)

    def stop(self) -> None:
        """Put the lights out and keep the phrase."""
        self._lit = False
        self._set_hits(())

    def _step(self, by: int) -> None:
        if not self._lit:
            self._lit = True
            self._look(landing=True)
        elif self._hits:
            self._current = (self._current + by) % len(self._hits)
            self._land()

    def _look(self, *, landing: bool) -> None:
        work = partial(_find, self._text, self._term, self._whole_words, landing)
        self._jobs.run(work, self._on_found, key=(id(self), "find"), priority=URGENT)

    @Slot(object)
    def _on_found(self, found: _Found) -> None:
        if not self._lit:
            return
        self._set_hits(found.hits)
        if found.landing and found.hits:
            later = (i for i, hit in enumerate(found.hits) if hit.places[0].page >= self._from_page)
            self._current = next(later, 0)
            self._land()
        elif found.landing and self._term.strip():
            self.missed.emit()

    def _set_hits(self, hits: tuple[Hit, ...]) -> None:
        self._hits, self._current = hits, -1
        self.hits_changed.emit(0, len(hits))

    def _land(self) -> None:
        places: tuple[Place, ...] = self._hits[self._current].places
        self.hits_changed.emit(self._current + 1, len(self._hits))
        self.landed.emit(places)


def _find(text: PageText, term: str, whole_words: bool, landing: bool) -> _Found:
    return _Found(text.find(term, whole_words=whole_words), landing)
