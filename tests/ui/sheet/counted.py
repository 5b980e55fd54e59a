"""Going through the sheet as a clerk does, with every key counted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from app.letter import FieldId
from tests.ui.sheet.many import Change, doubt, every, several
from tests.ui.sheet.sheet_desk import SHIFT, SheetDesk

COUNT = 50
ENTER = Qt.Key.Key_Return
ASSIGNED = FieldId("header.date_assigned")
TWO = several(doubt(), doubt(ASSIGNED, "10/27/2016"))

# Of 194 letters that were published 23 fields are doubtful, of all kinds: one letter in eight.
AS_THEY_ARE: dict[int, Change] = every((9, 17, 18, 30, 41, 50), doubt())
ONE_IN_FIVE: dict[int, Change] = {
    **every((3, 8, 14, 27, 33, 38, 46), doubt()),
    **every((11, 22, 45), TWO),
}


def go_through(
    desk: SheetDesk, other: frozenset[int] = frozenset(), after: Callable[[], None] | None = None
) -> int:
    """Look at each letter, put the other day of assignment where it is right (in the letters
    `other`), and keep the rest; gives how many keys that took. `after` is called after each."""
    view = desk.view
    desk.keys = 0
    while not is_done(desk):
        desk.wait_for_pictures()
        at = view.walk.at
        assert at is not None
        waits = view.walk.waits(view.walk.here)
        if waits and at[0] in other and at[1] == ASSIGNED:
            desk.press(Qt.Key.Key_F4)
        elif waits and not view.model.is_header:
            desk.press(ENTER)
        else:
            desk.press(ENTER, SHIFT)
        if after is not None:
            after()
        assert desk.keys < 4 * COUNT, "this comes to no end"
    return desk.keys


def is_done(desk: SheetDesk) -> bool:
    """Whether every value of the sheet was answered or kept."""
    walk = desk.view.walk
    return not any(walk.waits(cell) or walk.can_be_kept(cell) for cell in walk.cells())
