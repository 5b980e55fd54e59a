"""Which file the page pane shows, and how another comes there.

The page view says what is wanted (a click, a key, the way back, a field whose place is elsewhere);
here the file is fetched and shown. Which one is shown is the view's own state and kept nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import UserError
from app.evidence import Place
from app.services.casefile.record import record_of
from app.services.casefile.values import CaseFile, Document
from app.services.letter_intake import OpenedCase, Reader
from app.services.pdf import PagePictures, Word
from app.services.store import Store
from app.services.store.case_files import CaseFiles
from app.ui.actions import Actions
from app.ui.casefile.background import Background
from app.ui.casefile.passages import passage_places
from app.ui.casefile.shelf import Shelf
from app.ui.file_places import first_shown
from app.ui.jobs import URGENT, Jobs
from app.ui.letter_flow import LetterFlow
from app.ui.letter_pane import LetterPane
from app.ui.notice_bar import Kind, NoticeBar
from app.ui.pages import Light
from app.ui.pages.text import PageText

TOPIC = "case file"
PASSAGE = "passage"
"""The layer in which a passage is lit that was asked for."""
_FILTER = "Documents (*.pdf)"


class CaseFileFlow(QObject):
    """The documents of the letter on the desk."""

    shelf_changed = Signal(object)
    """The Shelf of the letter on the desk."""
    record_changed = Signal(object)
    """What the checks may ask of its documents: a Record, or None."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        jobs: Jobs,
        letters: LetterFlow,
        pane: LetterPane,
        commands: Actions,
        notice: NoticeBar,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._store = store
        self.files = CaseFiles(store)
        self._reader = reader
        self._jobs = jobs
        self._letters = letters
        self._pane = pane
        self._view = pane.view
        self._notice = notice
        self.shelf = Shelf()
        self._asked_of: object = None
        self._passage: tuple[str, int, str] | None = None
        self._pictures: PagePictures | None = None
        self.background = Background(self.files, reader, jobs, self)

        letters.letter_shown.connect(self._on_letters_letter_shown)
        self._view.file_wanted.connect(self._on_view_file_wanted)
        self._view.words_wanted.connect(self._on_view_words_wanted)
        self._view.page_changed.connect(self._show_stop)
        self._view.document_changed.connect(self._show_stop)
        pane.page_bar.document_chosen.connect(self.go_to_stop)
        self.background.progressed.connect(self.read_shelf)
        self.background.read.connect(self._on_background_read)
        for name, slot in {
            "add_documents": self.ask_files,
            "add_document_folder": self.ask_folder,
            "choose_document": pane.choose_document,
            "next_document": partial(self._step, 1),
            "previous_document": partial(self._step, -1),
        }.items():
            commands[name].triggered.connect(slot)

    # What there is

    def read_shelf(self, *_: object) -> None:
        """Look anew at what is kept for the letter on the desk."""
        opened = self._letters.opened
        if opened is None:
            self._take_shelf(Shelf())
            return
        work = partial(_shelf_of, self.files, opened.case.id)
        self._jobs.run(work, self._take_shelf, self._on_failed, key=(id(self), "shelf"))

    def _on_letters_letter_shown(self, opened: OpenedCase | None) -> None:
        self._pictures = None
        self.background.stop()
        self._take_shelf(Shelf(opened.case.id if opened else None))
        self.read_shelf()

    def _take_shelf(self, shelf: Shelf) -> None:
        opened = self._letters.opened
        if shelf.case_id != (opened.case.id if opened else None):
            return  # of a letter that was left
        self.shelf = shelf
        self._pane.page_bar.show_documents(shelf.names() if shelf.documents else [])
        self._show_stop()
        self.shelf_changed.emit(shelf)
        self._look_at_record(shelf)
        if shelf.case_id is not None and not self.background.is_at_work:
            self.background.read_what_is_left(shelf.case_id, shelf.files)

    def _look_at_record(self, shelf: Shelf) -> None:
        """The checks ask the documents as they are now; only where they are others than before."""
        state = (shelf.case_id, shelf.documents, tuple(file.is_read for file in shelf.files))
        if state == self._asked_of:
            return
        self._asked_of = state
        if shelf.case_id is None or not shelf.documents:
            self.record_changed.emit(None)
            return
        work = partial(record_of, self._store, self._reader, shelf.case_id)
        self._jobs.run(work, self.record_changed.emit, self._on_failed, key=(id(self), "record"))

    def _show_stop(self, *_: object) -> None:
        stop = self.shelf.stop_at(self._view.file, self._view.current_page)
        self._pane.page_bar.show_document(stop)

    # Going there

    def go_to_stop(self, stop: int) -> None:
        """To the letter, or to the beginning of a document."""
        self._pane.show_letter_tab()
        self._view.go_to_sheet(*self.shelf.sheet(stop))

    def go_to_page(self, file_id: int, page: int) -> None:
        """To a page of a file."""
        self._pane.show_letter_tab()
        self._view.go_to_sheet(*self.shelf.sheet_of(file_id, page))

    def selected_words(self) -> str:
        """What is selected on the page, where it is short enough to be looked for."""
        words = self._view.selected_text
        return words if len(words) <= 80 and "\n" not in words else ""

    @property
    def shown_document(self) -> int:
        """The id of the document that the page in view is of; 0 where it is the letter."""
        stop = self.shelf.stop_at(self._view.file, self._view.current_page)
        return self.shelf.documents[stop - 1].id if stop else 0

    def page_in(self, document_id: int) -> int | None:
        """The page that is shown, where it is one of a document; else None."""
        return self._view.current_page if self.shown_document == document_id else None

    def places_in_letter(self, phrase: str) -> int:
        """In how many places the letter's own PDF has a phrase. May be asked from a worker."""
        opened = self._letters.opened
        if opened is None:
            return 0
        return len(PageText([page.words for page in opened.text.pages]).find(phrase))

    def show_passage(self, sha256: str, page: int, words: str) -> None:
        """To a page of a file, with the words lit on it that are looked for."""
        self._pane.show_letter_tab()
        self._passage = (sha256, page, words)
        self._view.go_to_sheet(sha256, page)
        self._light_passage()

    def _light_passage(self) -> None:
        """Light what was asked for once its page is shown and its words are known."""
        if self._passage is None:
            return
        sha256, page, words = self._passage
        if self._view.file != sha256 or not self._view.text.on_page(page):
            return  # it is lit when it is there
        self._passage = None
        places = passage_places(self._view.text, words, page)
        if places:
            self._view.set_highlight(PASSAGE, places, Light.FIND_CURRENT)
            self._view.bring_into_view(self._view.rect_of(places))

    def _step(self, step: int, _checked: bool = False) -> None:
        here = self.shelf.stop_at(self._view.file, self._view.current_page)
        there = here + step
        if 0 <= there <= len(self.shelf.documents):
            self.go_to_stop(there)

    def _on_view_file_wanted(self, sha256: str, where: object) -> None:
        opened = self._letters.opened
        if opened is None:
            return
        if not sha256:
            words = {page.number: page.words for page in opened.text.pages}
            self._show("", where, (opened.pictures.again(), words))
            return
        work = partial(_open, self.files, self._reader, opened.case.id, sha256)
        shown = partial(self._show, sha256, where)
        self._jobs.run(work, shown, self._on_failed, key=(id(self), "file"), priority=URGENT)

    def _show(
        self,
        sha256: str,
        where: object,
        opened: tuple[PagePictures, Mapping[int, Sequence[Word]]] | None,
    ) -> None:
        if opened is None:
            return  # it was taken out meanwhile
        pictures, words = opened
        self._pictures = pictures
        self._view.show_file(sha256, pictures, words)
        if isinstance(where, tuple):
            places: tuple[Place, ...] = where  # pyright: ignore[reportUnknownVariableType]
            self._view.bring_into_view(self._view.rect_of(places))
        elif isinstance(where, Mapping):
            self._view.restore_view_state(_state_for(where, sha256))

    def _on_view_words_wanted(self, sha256: str, pages: tuple[int, ...]) -> None:
        if self._pictures is not None:
            work = partial(_words, self._pictures, pages)
            known = partial(self._take_words, sha256)
            self._jobs.run(work, known, self._on_failed, priority=URGENT)

    def _take_words(self, sha256: str, words: Mapping[int, Sequence[Word]]) -> None:
        self._view.put_words(sha256, words)
        self._light_passage()

    # Coming and going

    def ask_files(self) -> None:
        """Choose PDFs to be kept with the letter."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, "Add documents to the case file", first_shown(), _FILTER
        )
        self.add([Path(name) for name in chosen])

    def ask_folder(self) -> None:
        """Choose a folder whose PDFs are to be kept with the letter."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, "Add a folder of documents to the case file", first_shown()
        )
        if chosen:
            self.add([Path(chosen)])

    def add(self, paths: list[Path]) -> None:
        """Keep files, and those of folders, with the letter on the desk, and read them."""
        opened = self._letters.opened
        if not paths:
            return
        if opened is None:
            words = "Open or begin a letter first: documents are kept with one."
            self._notice.tell(Kind.NO_LETTER, words, holds=self._lacks_letter)
            return
        work = partial(_add, self.files, opened.case.id, paths)
        self._jobs.run(work, self._on_added, self._on_failed, priority=URGENT)

    def _lacks_letter(self) -> bool:
        return self._letters.opened is None

    def _on_added(self, added: tuple[list[str], list[UserError]]) -> None:
        there, problems = added
        for problem in problems:
            self._notice.tell_problem(Kind.IN_CASE_FILE, problem, part=str(problem))
        if there:
            names = ", ".join(there)
            verb = "is" if len(there) == 1 else "are"
            self._notice.tell(Kind.IN_CASE_FILE, f"{names} {verb} in the case file already.")
        self.read_shelf()

    def remove(self, file: CaseFile) -> None:
        """Take a file out of the case file; if it is shown, the letter comes in its place."""
        self.background.stop()
        if self._view.file == file.sha256:
            self._view.go_to_sheet("", 1)
        self._jobs.run(
            partial(self.files.remove, file.id), self.read_shelf, self._on_failed, priority=URGENT
        )

    def change(self, work: partial[Any]) -> None:
        """Do something to the documents in a worker, and look at them anew."""
        self._jobs.run(work, self.read_shelf, self._on_failed, priority=URGENT)

    def _on_background_read(self, file: CaseFile) -> None:
        self.read_shelf()
        if file.problem:
            problem = UserError(f"{file.name}: {file.problem}", "")
            self._notice.tell_problem(Kind.IN_CASE_FILE, problem, part=file.id)
        elif file.without_text:
            self._notice.tell(
                Kind.IN_CASE_FILE,
                f"{file.name}: {file.without_text:,} of {file.pages:,} pages have no text, so that "
                "nothing in them is found.",
                part=file.id,
            )

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._notice.tell_problem(Kind.IN_CASE_FILE, error)


def _shelf_of(files: CaseFiles, case_id: int) -> Shelf:
    there: tuple[Document, ...] = files.documents(case_id)
    return Shelf(case_id, files.files(case_id), there)


def _open(
    files: CaseFiles, reader: Reader, case_id: int, sha256: str
) -> tuple[PagePictures, Mapping[int, Sequence[Word]]] | None:
    found = next((one for one in files.files(case_id) if one.sha256 == sha256), None)
    if found is None:
        return None
    return reader.pictures(files.data(found.id)), {}


def _words(pictures: PagePictures, pages: tuple[int, ...]) -> Mapping[int, Sequence[Word]]:
    try:
        return {page.number: page.words for page in pictures.words(pages)}
    except ValueError:
        return {}  # another file is shown by now


def _add(files: CaseFiles, case_id: int, paths: list[Path]) -> tuple[list[str], list[UserError]]:
    """The names of those that were there already, and what was wrong with others."""
    from app.services.casefile.reading import add_file, pdfs_among

    there: list[str] = []
    problems: list[UserError] = []
    for path in pdfs_among(paths):
        try:
            _, known = add_file(files, case_id, path)
        except UserError as error:
            problems.append(UserError(f"{path.name}: {error.what}", error.remedy))
            continue
        if known:
            there.append(path.name)
    return there, problems


def _state_for(state: Mapping[Any, Any], sha256: str) -> dict[str, Any]:
    return {**state, "file": sha256}
