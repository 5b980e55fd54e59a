"""What stands around the letter on the desk: number and place, what is left to do, outline, undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.services.letter_intake import OpenedCase
from app.ui.actions import Actions
from app.ui.desk_history import DeskHistory
from app.ui.document import LetterDocument
from app.ui.last_question import ending
from app.ui.outline_items import outline_items, place_in_hand
from app.ui.pages import OutlineView
from app.ui.queue_view import MASK, QueueView
from app.ui.top_bar import TopBar


class DeskSigns(QObject):
    """Shows on the bar, in the outline and in the title what is so of the open letter."""

    titled = Signal(str)
    """The title of the window."""

    def __init__(
        self,
        document: LetterDocument,
        history: DeskHistory,
        queue: QueueView,
        top_bar: TopBar,
        outline: OutlineView,
        commands: Actions,
        opened: Callable[[], OpenedCase | None],
        parent: QObject | None = None,
    ) -> None:
        """`opened` gives the letter on the desk."""
        super().__init__(parent)
        self._document = document
        self._history = history
        self._queue = queue
        self._top_bar = top_bar
        self._outline = outline
        self._commands = commands
        self._opened = opened
        self._program = "IMR Desk"
        self.masked = False
        """Whether patient data is hidden."""

    def name_program(self, name: str) -> None:
        """What the title calls the program."""
        self._program = name
        self.titled.emit(name)

    def show_all(self) -> None:
        """Another letter is on the desk, or none."""
        is_open = self._opened() is not None
        self._commands.enable_for_letter(is_open)
        self.show_history()  # a letter removed from the list can be brought back
        if is_open:
            self.show_place()
        else:
            self._top_bar.show_letter("", 0, 0)
            self._top_bar.show_saved("")
            self.titled.emit(self._program)
        self.show_left()
        self.show_outline()

    def show_place(self, *_: object) -> None:
        """The number of the letter and its place in the list as it is shown."""
        opened = self._opened()
        if opened is None:
            return
        number = self._document.letter.header.case_number or opened.case.summary.file_name
        shown = MASK if self.masked else number
        self._top_bar.show_letter(shown, *self._queue.place_of(opened.case.id))
        self.titled.emit(f"{shown} – {self._program}")

    def heading(self) -> str:
        """The letter on the desk in words: its number, and its place in the list."""
        opened = self._opened()
        if opened is None:
            return ""
        number = self._document.letter.header.case_number or opened.case.summary.file_name
        place, count = self._queue.place_of(opened.case.id)
        where = f", {place} of {count}" if place else ""
        return f"Letter {'with its number hidden' if self.masked else number}{where}"

    def show_left(self) -> None:
        """What is left to do, and which answer ends the letter."""
        document = self._document
        points = document.open_points if document.is_open else None
        self._top_bar.show_left(points, ending(document))

    def show_outline(self) -> None:
        """The sections of the letter with their marks."""
        self._outline.set_items(outline_items(self._document) if self._document.is_open else ())
        self.show_place_in_hand()

    def show_place_in_hand(self) -> None:
        """In which section the field in hand lies."""
        self._outline.show_current(place_in_hand(self._document))

    def show_history(self, *_: object) -> None:
        """What undo and redo would do."""
        history, commands = self._history, self._commands
        commands["undo"].setEnabled(history.can_undo)
        commands["redo"].setEnabled(history.can_redo)
        for name, text in (("undo", history.undo_words), ("redo", history.redo_words)):
            words = f"{name.capitalize()}: {text}" if text else name.capitalize()
            commands[name].setText(words)
