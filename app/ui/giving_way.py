"""Which widgets of a bar give way where there is no room for all of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLayout, QWidget


def give_way(row: QLayout, room: int, groups: Sequence[Sequence[QWidget]]) -> None:
    """Hide the first groups until the rest of the row fits into `room`, in pixels; show the others.

    What gives way must have another place: a menu, a key.
    """
    for widget in (widget for group in groups for widget in group):
        widget.show()
    for group in groups:
        row.invalidate()
        if row.minimumSize().width() <= room:
            return
        for widget in group:
            widget.hide()
