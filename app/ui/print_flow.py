"""What Ctrl+P prints: the view that is shown, the letter as read or the new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.evidence import Evidence, texts_as_read
from app.letter import FieldId, Letter
from app.services.letter_intake import OpenedCase, Reader
from app.services.pdf import PagePictures
from app.services.rendering import Renderer
from app.ui.departure import Departure
from app.ui.document import LetterDocument
from app.ui.jobs import Jobs
from app.ui.letter_pane import LETTER_TAB, LetterPane
from app.ui.printing import Printing


class PrintFlow(QObject):
    """Brings pages to the printer; the new letter only when it may leave."""

    def __init__(
        self,
        document: LetterDocument,
        pane: LetterPane,
        departure: Departure,
        reader: Reader,
        renderer: Callable[[], Renderer],
        opened: Callable[[], OpenedCase | None],
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._pane = pane
        self._departure = departure
        self._reader = reader
        self._renderer = renderer
        self._opened = opened
        self._previewed = False
        self.printing = Printing(jobs, parent)
        departure.print_ready.connect(self._on_departure_print_ready)
        self.printing.printed.connect(departure.tell_printed)

    def print_shown(self, *, preview: bool = False) -> None:
        """The tab *Letter*: as it was read. The others: the new letter, as it stands now."""
        self._previewed = preview
        opened = self._opened()
        if opened is None:
            return
        if self._pane.currentIndex() == LETTER_TAB:
            self._print(f"{self._name(opened)}, as read", opened.pictures.again)
        else:
            self._document.seal()
            self._departure.print_new()

    def _on_departure_print_ready(self) -> None:
        opened = self._opened()
        if opened is None:
            return
        open_pages = partial(
            _new_pages,
            self._renderer(),
            self._reader,
            self._document.letter,
            self._document.evidence,
        )
        self._print(f"{self._name(opened)}, new letter", open_pages)

    def _print(self, name: str, open_pages: Callable[[], PagePictures]) -> None:
        if self._previewed:
            self.printing.preview(name, open_pages)
        else:
            self.printing.print(name, open_pages)

    def _name(self, opened: OpenedCase) -> str:
        return self._document.letter.header.case_number or opened.case.summary.file_name


def _new_pages(
    renderer: Renderer, reader: Reader, letter: Letter, evidence: Mapping[FieldId, Evidence]
) -> PagePictures:
    # As the export does it: what is exported and what is printed are the same.
    return reader.pictures(renderer.render(letter, as_read=texts_as_read(evidence)).pdf)
