"""The text of the shown pages to be read line by line, by ear or in large letters.

Pages are pictures: a screen reader finds nothing in them. Here is what is printed on them, in reading
order, with a line for each printed line, and behind it what was read there and is in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from app.evidence import Place
from app.letter import FieldId
from app.services.wording import field_words
from app.ui.announce import ANNOUNCER
from app.ui.dialogs.frame import DialogFrame
from app.ui.document import LetterDocument
from app.ui.enter_button import EnterButton
from app.ui.pages import PageView
from app.ui.pages.text import PageText

SIZE = QSize(760, 640)


class Remark(NamedTuple):
    """What is to be told at the line where a field was read."""

    field: FieldId
    words: str
    """The field and what stands against it; empty where nothing does."""
    places: Sequence[Place]


class _Line(NamedTuple):
    words: str
    fields: tuple[FieldId, ...] = ()


def lines_of(text: PageText, pages: int, remarks: Sequence[Remark]) -> list[_Line]:
    """A heading for each page, then its lines as they are printed, each with its fields.

    What stands against a field is told behind the first line that it was read in.
    """
    at: dict[int, list[Remark]] = {}
    first: dict[FieldId, int] = {}
    for remark in remarks:
        for place in remark.places:
            for box in place.boxes:
                for word in text.words_in(place.page, box):
                    start = text.line_of(word).start
                    first.setdefault(remark.field, start)
                    if remark not in at.setdefault(start, []):
                        at[start].append(remark)
    lines: list[_Line] = []
    for page in range(1, pages + 1):
        lines.append(_Line(f"Page {page} of {pages}"))
        words, index = text.on_page(page), text.on_page(page).start
        if not words:
            lines.append(_Line("No words are known of this page."))
        while index < words.stop:
            line = text.line_of(index)
            here = at.get(line.start, [])
            told = [
                f"[{one.words}]" for one in here if one.words and first[one.field] == line.start
            ]
            lines.append(_Line(" ".join([text.text(line), *told]), tuple(r.field for r in here)))
            index = line.stop
    return lines


def remarks_of(document: LetterDocument, file: str) -> list[Remark]:
    """The fields of the open letter that were read in a file, as places name it, and what stands
    against each."""
    remarks: list[Remark] = []
    for field, status in document.statuses.items():
        places = [place for place in document.places_of(field) if place.file == file]
        if places:
            name = field_words(document.letter, field)
            against = " ".join(status.words.split()) if status.open else ""
            remarks.append(Remark(field, f"{name}: {against}" if against else "", places))
    return remarks


def read_pages(
    document: LetterDocument, view: PageView, parent: QWidget, *, as_read: bool
) -> PageTextWindow:
    """Open the text of what a page view shows, at the field in hand; `as_read` is whether the form
    was filled from these pages."""
    remarks = remarks_of(document, view.file) if as_read else []
    lines = lines_of(view.text, view.page_count, remarks)
    made = PageTextWindow(lines, document.current_field, view.current_page or 1, parent)
    made.show()
    return made


class PageTextWindow(DialogFrame):
    """Arrow keys read it as any text, Enter goes to the field that was read in the line."""

    field_wanted = Signal(object)

    def __init__(
        self,
        lines: Sequence[_Line],
        at: FieldId | None = None,
        page: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        """`at` is the field at whose line the reading begins; without one it begins at `page`."""
        super().__init__(parent, SIZE)
        self.set_title("Text of the pages", "Enter goes to the field that was read in a line.")
        self._lines = tuple(lines)
        self.text = QPlainTextEdit("\n".join(line.words for line in lines))
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Text of the pages")
        # Read-only text has no caret for the keys by itself.
        keys = Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.text.setTextInteractionFlags(keys | Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.body.addWidget(self.text)
        go = EnterButton("Go to the field")
        go.clicked.connect(self._go_to_field)
        self.foot.addStretch(1)
        self.foot.addWidget(go)
        self.add_close_button()
        self._start_at(self._line_of(at, page))
        self.text.setFocus()

    def _line_of(self, at: FieldId | None, page: int) -> int:
        for number, line in enumerate(self._lines):
            if at is not None and at in line.fields:
                return number
        begins = f"Page {page} of "
        return next((n for n, line in enumerate(self._lines) if line.words.startswith(begins)), 0)

    def _start_at(self, number: int) -> None:
        block = self.text.document().findBlockByNumber(number)
        self.text.setTextCursor(QTextCursor(block))
        self.text.centerCursor()

    @property
    def fields_here(self) -> tuple[FieldId, ...]:
        """The fields that were read in the line of the caret."""
        return self._lines[self.text.textCursor().blockNumber()].fields

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.text and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go_to_field()
                return True
        return super().eventFilter(watched, event)

    def _go_to_field(self) -> None:
        if self.fields_here:
            field = self.fields_here[0]
            self.close()
            self.field_wanted.emit(field)
        else:
            ANNOUNCER.announce(self.text, "No field was read in this line.")
