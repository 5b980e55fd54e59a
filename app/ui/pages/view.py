"""What can be done with the shown letter: light fields, follow them, find, select, go back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from app.evidence import Place
from app.services.pdf import PagePictures, Word
from app.ui.jobs import Jobs
from app.ui.pages.drawings import CACHE_BYTES
from app.ui.pages.finder import Finder
from app.ui.pages.following import FieldFollower
from app.ui.pages.highlights import Light
from app.ui.pages.history import State, ViewHistory
from app.ui.pages.keys import Actions, PageKeys
from app.ui.pages.known import KnownPages
from app.ui.pages.selection import TextPointer
from app.ui.pages.strip import PageStrip
from app.ui.pages.text import PageText
from app.ui.theme import icon


class PageView(PageStrip):
    """The pages of a letter with what is lit, found and selected on them."""

    clicked = Signal(int, float, float)
    """A plain click: the page and the point in 0..1 of it."""

    words_picked = Signal(str, int, object)
    """Words for the current field: their text, the page and their boxes (a tuple of `Box`)."""

    words_wanted = Signal(str, object)
    """(file, page numbers): their words are to be put with `put_words`."""

    left_field = Signal()
    """The reader scrolled away from the lit field; the view does not follow it any more."""

    returned_to_field = Signal()
    history_changed = Signal(bool, bool)
    """Whether the view can go back, and whether forward."""

    def __init__(
        self, jobs: Jobs, parent: QWidget | None = None, *, cache_bytes: int = CACHE_BYTES
    ) -> None:
        super().__init__(jobs, parent, cache_bytes=cache_bytes)
        self.finder = Finder(jobs, self)
        self.pointer = TextPointer(self)
        self._text = PageText()
        self._known = KnownPages()
        self._history = ViewHistory()
        self._follower = FieldFollower(self)
        self._keys = PageKeys(self, self.pointer, self._key_actions())
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Pages of the letter")

        self.pointer.clicked.connect(self.clicked)
        self.pointer.words_picked.connect(self.words_picked)
        self.finder.hits_changed.connect(self._on_finder_hits_changed)
        self.finder.landed.connect(self._on_finder_landed)
        self.page_changed.connect(self._on_page_changed)
        self.masked_changed.connect(self._on_masked_changed)
        self.came_to_rest.connect(self._ask_for_words)
        self._follower.left_field.connect(self.left_field)
        self._follower.returned_to_field.connect(self.returned_to_field)
        self._follower.return_requested.connect(self.back_to_field)

    # -- the document

    @property
    def text(self) -> PageText:
        """The words of the shown document."""
        return self._text

    def show_document(self, pictures: PagePictures, words: Sequence[Sequence[Word]]) -> None:
        """Show a letter from its start. `words` has the words of each page.

        The view closes `pictures` when another letter is shown or the view is cleared.
        """
        self._show(pictures, words)

    def replace_document(self, pictures: PagePictures, words: Sequence[Sequence[Word]]) -> None:
        """Show a new state of the same letter: the place stays, and old pictures until drawn."""
        self._set_text(words)
        self.show_pictures(pictures, keep_place=True)

    def show_file(
        self, file: str, pictures: PagePictures, words: Mapping[int, Sequence[Word]]
    ) -> None:
        """Show another file of the same case from its start: what is lit, and the way back, stay.

        `words` has those of the pages that are known; others are asked for by `words_wanted`.
        """
        self._file = file
        self._known = KnownPages(words, len(pictures.sizes))
        self._set_text(self._known.pages())
        self.show_pictures(pictures)
        self._follower.judge()
        self._describe_page()
        self._ask_for_words()

    def put_words(self, file: str, words: Mapping[int, Sequence[Word]]) -> None:
        """The words of more pages of the shown file."""
        if file != self._file or not words:
            return
        self._known.put(words, {self._text.page_of(word) for word in self.pointer.selected})
        self._text = PageText(self._known.pages(), self._file)
        self.pointer.renew_text(self._text)
        self.finder.set_text(self._text)
        self._describe_page()

    def clear(self) -> None:
        """Show nothing."""
        self._show(None, ())

    def _show(self, pictures: PagePictures | None, words: Sequence[Sequence[Word]]) -> None:
        self._file = ""
        self.highlights.clear()
        self._history.clear()
        self._follower.start_afresh()
        self._set_text(words)
        self.show_pictures(pictures)
        self._describe_page()
        self._tell_history()

    @Slot()
    def _ask_for_words(self) -> None:
        """Ask for the words of the pages in sight and beside them, of a file that is not all known."""
        lacking = self._known.ask(self.current_page) if self._file else ()
        if lacking:
            self.words_wanted.emit(self._file, lacking)

    def _set_text(self, words: Sequence[Sequence[Word]]) -> None:
        self._text = PageText(words, self._file)
        self.pointer.set_text(self._text)
        self.finder.set_text(self._text)

    # -- what is lit

    def show_field(self, places: Sequence[Place]) -> None:
        """Light the current field and scroll to it, unless the reader has scrolled away."""
        self._follower.light(places)

    @Slot()
    def back_to_field(self) -> None:
        """Go to the lit field and follow it again."""
        if self._follower.places and not self._follower.in_sight:
            self._leave_place()
        self._follower.scroll_there()

    @property
    def following(self) -> bool:
        """Whether a newly lit field is scrolled into view."""
        return self._follower.following

    # -- places

    def go_to(self, places: Sequence[Place]) -> None:
        """Go to places because the reader asked; the way back is kept."""
        if places and not self.shows(places):
            self._leave_place()
            self.reach(places)

    def go_to_sheet(self, file: str, page: int) -> None:
        """Go to a page of a file because the reader asked; the way back is kept."""
        self._leave_place()
        if file != self._file:
            self.file_wanted.emit(file, {"page": page, "offset": 0.0})
        else:
            super().go_to_page(page)

    @override
    def view_state(self) -> dict[str, Any]:
        state = super().view_state()
        return {**state, "file": self._file} if self._file else state

    @override
    def restore_view_state(self, state: State) -> None:
        file = str(state.get("file", ""))
        if file != self._file:
            self.file_wanted.emit(file, state)
        else:
            super().restore_view_state(state)

    @override
    def go_to_page(self, page: int) -> None:
        self._leave_place()
        super().go_to_page(page)

    @Slot()
    def go_back(self) -> None:
        """Go to where the reader was before the last jump."""
        self._follow_history(self._history.go_back(self.view_state()))

    @Slot()
    def go_forward(self) -> None:
        """Undo `go_back`."""
        self._follow_history(self._history.go_forward(self.view_state()))

    def _follow_history(self, state: State | None) -> None:
        if state is not None:
            self._follower.note_move()
            self.restore_view_state(state)
            self._tell_history()

    def _leave_place(self) -> None:
        self._follower.note_move()
        self._history.leave(self.view_state())
        self._tell_history()

    def _tell_history(self) -> None:
        self.history_changed.emit(self._history.can_go_back, self._history.can_go_forward)

    # -- finding and selecting

    @property
    def selected_text(self) -> str:
        """The selected words, lines joined."""
        return self._text.text(self.pointer.selected)

    @Slot()
    def copy(self) -> None:
        """Put the selected words on the clipboard, lines joined."""
        if self.selected_text:
            QGuiApplication.clipboard().setText(self.selected_text)

    @Slot()
    def select_all(self) -> None:
        self.pointer.select(range(len(self._text)))

    @Slot(int, int)
    def _on_finder_hits_changed(self, _current: int, _count: int) -> None:
        here = self.finder.current
        others = [place for hit in self.finder.hits if hit is not here for place in hit.places]
        self.set_highlight("find", others, Light.FIND)
        self.set_highlight("find current", here.places if here else (), Light.FIND_CURRENT)

    @Slot(object)
    def _on_finder_landed(self, places: tuple[Place, ...]) -> None:
        self.go_to(places)

    # -- screen readers

    @Slot(int)
    def _on_page_changed(self, _page: int) -> None:
        self._describe_page()

    @Slot(bool)
    def _on_masked_changed(self, _masked: bool) -> None:
        self._describe_page()

    def _describe_page(self) -> None:
        page = self.current_page
        if not page:
            self.setAccessibleDescription("No letter is open.")
            return
        head = f"Page {page} of {self.page_count}."
        if self.masked:
            self.setAccessibleDescription(f"{head}\nPatient data is hidden.")
            return
        self.setAccessibleDescription(f"{head}\n{self._text.text(self._text.on_page(page))}")

    # -- Qt

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pointer.press(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointer.press(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        copy = menu.addAction(icon("copy"), "Copy", self.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        use = menu.addAction(
            icon("text-cursor-input"), "Use for the field", self.pointer.pick_selection
        )
        for action in (copy, use):
            action.setEnabled(bool(self.pointer.selected))
        menu.addAction(icon("text-select"), "Select all", self.select_all)
        menu.addSeparator()
        back = menu.addAction(icon("arrow-left"), "Back", self.go_back)
        back.setEnabled(self._history.can_go_back)
        forward = menu.addAction(icon("arrow-right"), "Forward", self.go_forward)
        forward.setEnabled(self._history.can_go_forward)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            event.ignore()

    def _key_actions(self) -> Actions:
        keys = QKeySequence.StandardKey
        return (
            (keys.Copy, self.copy),
            (keys.SelectAll, self.select_all),
            (keys.ZoomIn, self.zoom_in),
            (keys.ZoomOut, self.zoom_out),
            (keys.Back, self.go_back),
            (keys.Forward, self.go_forward),
            (keys.FindNext, self.finder.next),
            (keys.FindPrevious, self.finder.previous),
        )
