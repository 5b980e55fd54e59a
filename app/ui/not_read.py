"""Print on the page that was not read as the letter's: lit, told when asked, taken in by a click."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from app.evidence import Box, SetAside
from app.letter import FieldId, Guideline, Kind, get_value
from app.ui.document import LetterDocument
from app.ui.letter_pane import LETTER_TAB, LetterPane
from app.ui.pages import Light

_LAYER = "not read"
_LINES = 0.06
"""Of a page's height: about three lines."""


class NotRead(QObject):
    """What was set aside in the letter on the desk."""

    picked = Signal(object)
    """The SetAside that was clicked, or gone to."""

    def __init__(
        self, document: LetterDocument, pane: LetterPane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._pane = pane
        self._shown = -1
        document.loaded.connect(self._on_document_loaded)

    def _on_document_loaded(self) -> None:
        self._shown = -1

    def light(self) -> None:
        """Mark it on the pages."""
        places = [each.place for each in self._document.set_aside]
        self._pane.view.set_highlight(_LAYER, places, Light.NOT_READ)

    def pick(self, page: int, x: float, y: float, *, on_field: bool) -> bool:
        """Tell what was clicked; whether anything not read stands there.

        What lies over many lines, as a watermark does, leaves a click on a field (`on_field`) to it.
        """
        for each in self._document.set_aside:
            boxes = [box for box in each.place.boxes if not on_field or box[3] - box[1] < _LINES]
            if each.place.page == page and any(_holds(box, x, y) for box in boxes):
                self.picked.emit(each)
                return True
        return False

    def show_next(self) -> bool:
        """Go to the next one and tell it; whether there is any."""
        every = self._document.set_aside
        if not every:
            return False
        self._shown = (self._shown + 1) % len(every)
        each = every[self._shown]
        self._pane.setCurrentIndex(LETTER_TAB)
        self._pane.view.go_to([each.place])
        self.picked.emit(each)
        return True

    def value_with(self, field: FieldId, found: SetAside) -> Any | None:
        """The field's text with the print behind it; None for a field that holds no text."""
        value = get_value(self._document.letter, field)
        if field.spec.kind not in (Kind.TEXT, Kind.GUIDELINE):
            return None
        before = value.text if isinstance(value, Guideline) else value
        return f"{before or ''} {found.text}".strip()


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
