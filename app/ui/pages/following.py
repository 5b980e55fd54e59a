"""When the view scrolls to the field in work, and when it leaves the reader alone.

It follows the field until the reader scrolls it out of sight. Then it stays where it is and shows
a small button, until the reader pushes that or scrolls back.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from app.evidence import Place
from app.ui.pages.chip import BackChip
from app.ui.pages.highlights import Light
from app.ui.pages.strip import PageStrip

LAYER = "field"


class FieldFollower(QObject):
    """Lights the field in work and keeps it in sight."""

    left_field = Signal()
    returned_to_field = Signal()
    return_requested = Signal()

    def __init__(self, strip: PageStrip) -> None:
        super().__init__(strip)
        self._strip = strip
        self._following = True
        self._moved = False
        self._chip = BackChip(strip.viewport())
        self._chip.clicked.connect(self.return_requested)
        strip.view_changed.connect(self.judge)
        strip.moved_by_user.connect(self.note_move)

    @property
    def following(self) -> bool:
        """Whether a newly lit field is scrolled into view."""
        return self._following

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the lit field is."""
        return self._strip.highlights.places(LAYER)

    @property
    def in_sight(self) -> bool:
        return any(self._strip.shows([place]) for place in self.places)

    def light(self, places: Sequence[Place]) -> None:
        """Light another field and scroll to it, if the reader is being followed."""
        if self.in_sight:
            self._moved = False
        self._strip.set_highlight(LAYER, places, Light.FIELD)
        self.judge()
        if self._following and not self.in_sight:
            self.scroll_there()

    def scroll_there(self) -> None:
        """Bring the field into view and follow it from now on."""
        self._moved = False
        if self.places and not self.in_sight:
            self._strip.reach(self.places)
        self._set_following(True)

    def start_afresh(self) -> None:
        """Another letter comes in: nothing is lit and the reader has not moved."""
        self._moved = False
        self._set_following(True)

    @Slot()
    def note_move(self) -> None:
        """The reader moves the pages; where they went is judged when they are there."""
        self._moved = True

    @Slot()
    def judge(self) -> None:
        """Decide from what shows now whether the reader is still with the field."""
        if self.in_sight:
            self._moved = False
            self._set_following(True)
        elif self.places and self._moved:
            self._set_following(False)
        else:
            self._place_chip()

    def _set_following(self, following: bool) -> None:
        if following != self._following:
            self._following = following
            (self.returned_to_field if following else self.left_field).emit()
        self._place_chip()

    def _place_chip(self) -> None:
        if self._following or not self.places:
            self._chip.hide()
            return
        field = self._strip.rect_of(self.places)
        elsewhere = field.isNull()
        middle = self._strip.window_on_strip.center().y()
        self._chip.show_at_edge(above=elsewhere or field.center().y() < middle)
