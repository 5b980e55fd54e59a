"""Which pictures show: those of the rows in view, and of the field in hand a larger one."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.letter import FieldId
from app.services.one_field import Asked
from app.ui.sheet.cut_view import CutView
from app.ui.sheet.model import SheetModel
from app.ui.sheet.strips import Strips, Wish, wish_for
from app.ui.sheet.table import SheetTable

LARGEST_IN_HAND = 1.9
"""Device-independent pixels a point of the page may take below the table."""


class SheetPictures(QObject):
    """Asks for what shows, the field in hand first."""

    def __init__(
        self,
        model: SheetModel,
        table: SheetTable,
        cut: CutView,
        strips: Strips,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._table = table
        self._cut = cut
        self._strips = strips
        self._at: tuple[int, FieldId] | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)
        table.view_moved.connect(self._soon.start)
        strips.strip_drawn.connect(self._on_strips_strip_drawn)
        cut.resized.connect(self.look_again)

    def show(self, at: tuple[int, FieldId] | None) -> None:
        """Show the picture of this field, or of none."""
        self._at = at
        self.look_again()

    def look_again(self) -> None:
        """Its place, its room or its picture may be others now."""
        wish = self._wish_in_hand()
        strip = self._strips.get(wish) if wish is not None else None
        words, field = "", self._at[1] if self._at is not None else None
        if self._at is not None and wish is None:
            words = "What stands here is printed nowhere on the pages that can be read."
        elif strip is not None and strip.problem is not None:
            words = f"{strip.problem.what} {strip.problem.remedy}"
        self._cut.show_strip(strip, field, words)
        self._soon.start()

    def _wish_in_hand(self) -> Wish | None:
        """The picture of the field in hand: all of the header, where it can be shown at once."""
        row = self._table.cell[0]
        if self._at is None or not 0 <= row < len(self._model.rows):
            return None
        own = [one for one in self._model.asked(self._model.rows[row]) if one.field == self._at[1]]
        is_printed = any(place.boxes for one in own for place in one.places)
        if self._model.is_header:
            whole = self._whole(row)
            strip = self._strips.get(whole) if whole is not None else None
            is_in_it = strip is None or strip.problem is not None or self._at[1] in strip.lit
            if is_in_it or not is_printed:  # where it should be is seen too
                return whole
        return self._wish(row, self._at[1], tuple(own)) if is_printed else None

    def _whole(self, row: int) -> Wish | None:
        asked = self._model.asked(self._model.rows[row])
        if not any(place.boxes for one in asked for place in one.places):
            return None
        return self._wish(row, None, asked)

    def _wish(self, row: int, here: FieldId | None, asked: tuple[Asked, ...]) -> Wish:
        case_id, room = self._model.rows[row].case_id, self._cut.room()
        wish = wish_for(case_id, here, asked, room, LARGEST_IN_HAND, self._cut)
        return wish._replace(dark=self._table.dark_page, large=True)

    def _ask(self) -> None:
        in_view = self._table.in_view()
        rows = [self._table.wish_of(row) for row in in_view]
        if self._model.is_header:
            # Those below come next: their pictures are there when they do.
            here = self._table.cell[0]
            rows = [self._whole(row) for row in sorted(in_view, key=lambda row: (row < here, row))]
        self._strips.want([wish for wish in (self._wish_in_hand(), *rows) if wish is not None])

    def _on_strips_strip_drawn(self, wish: Wish) -> None:
        if self._at is not None and wish.case_id == self._at[0]:
            self.look_again()
