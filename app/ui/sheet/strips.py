"""Parts of pages cut out to stand beside their values: drawn in the background, kept within bounds.

What is drawn next is decided when the last one is there, from what is wanted at that moment. The
pages of a letter are open only while its parts are being drawn.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.evidence import Place
from app.letter import FieldId
from app.services.letter_intake import Reader
from app.services.one_field import (
    Asked,
    cut_for_header,
    cut_for_text,
    cut_for_value,
    lines_in_doubt,
)
from app.services.pdf import DRAW_SECONDS, PagePictures
from app.services.store import Store
from app.services.wording import value_words
from app.ui.jobs import URGENT, Jobs
from app.ui.pages.drawings import image_of
from app.ui.theme import COLOURS

CACHE_BYTES = 32 * 2**20
"""What the pictures may take together: some four hundred lines of print on a dense screen."""
AT_A_TIME = 2
"""Letters that are drawn from at a time: one page that takes long does not hold up the others."""


class Wish(NamedTuple):
    """A part of a letter's page: where `here` is printed, with `large` among the lines around it; or,
    where that is None, where all of `places` are.

    `room` is in device pixels; `largest` is how many of them a point of the page may take.
    """

    case_id: int
    here: FieldId | None
    places: tuple[tuple[FieldId, tuple[Place, ...]], ...]
    room: tuple[int, int]
    largest: float
    dark: bool
    large: bool = False
    lines: Place | None = None


def wish_for(
    case_id: int,
    here: FieldId | None,
    asked: tuple[Asked, ...],
    room: QSize,
    largest: float,
    on: QWidget,
) -> Wish:
    """A wish for a room in points of the screen that a widget is on: of a long text those lines
    that are in doubt, among those around them."""
    ratio = on.devicePixelRatioF()
    return Wish(
        case_id=case_id,
        here=here,
        places=tuple((one.field, one.places) for one in asked),
        room=(max(int(room.width() * ratio), 1), max(int(room.height() * ratio), 1)),
        largest=largest * ratio,
        dark=False,
        lines=_lines_of(next((one for one in asked if one.field == here), None)),
    )


def _lines_of(asked: Asked | None) -> Place | None:
    if asked is None or not asked.is_long:
        return None
    found = lines_in_doubt(asked.places, value_words(asked.value), asked.doubtful)
    return found[0] if found else None


class Strip(NamedTuple):
    """What became of a wish: a picture and where in it the values lie (0..1), by their fields, or
    neither where they are printed nowhere, or why there is no picture."""

    image: QImage | None = None
    lit: Mapping[FieldId, tuple[QRectF, ...]] = {}
    problem: UserError | None = None


class Strips(QObject):
    """The pictures of the sheet."""

    strip_drawn = Signal(object)
    """The Wish that is fulfilled, or cannot be."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        jobs: Jobs,
        password_of: Callable[[int], str | None],
        parent: QObject | None = None,
        *,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._reader = reader
        self._jobs = jobs
        self._password_of = password_of
        self._limit = cache_bytes
        self._size = 0
        self._strips: OrderedDict[Wish, Strip] = OrderedDict()
        self._wanted: tuple[Wish, ...] = ()
        self._under_way: dict[int, int] = {}

    @property
    def cached_bytes(self) -> int:
        """What the pictures take now."""
        return self._size

    def get(self, wish: Wish) -> Strip | None:
        """What became of a wish; None where it is still to be drawn."""
        strip = self._strips.get(wish)
        if strip is not None:
            self._strips.move_to_end(wish)
        return strip

    def want(self, wishes: Sequence[Wish]) -> None:
        """Say which parts show, the most urgent first."""
        self._wanted = tuple(wishes)
        self._draw_next()

    def forget(self, case_id: int) -> None:
        """What could not be drawn of a letter may be tried again."""
        for wish in [one for one in self._strips if one.case_id == case_id]:
            self._drop(wish)

    def close(self) -> None:
        """Nothing shows any more."""
        self._wanted = ()
        for ticket in self._under_way.values():
            self._jobs.cancel(ticket)
        self._under_way.clear()
        self._strips.clear()
        self._size = 0

    def _draw_next(self) -> None:
        for wish in self._wanted:
            if len(self._under_way) >= AT_A_TIME:
                return
            if wish in self._strips or wish.case_id in self._under_way:
                continue
            # All that shows of one letter at once: its file is opened once for it.
            of_letter = [
                one
                for one in self._wanted
                if one.case_id == wish.case_id and one not in self._strips
            ]
            password = self._password_of(wish.case_id)
            work = partial(_cut_out, self._store, self._reader, password, tuple(of_letter))
            self._under_way[wish.case_id] = self._jobs.run(
                work, partial(self._on_drawn, wish.case_id), priority=URGENT
            )

    def _on_drawn(self, case_id: int, drawn: Mapping[Wish, Strip]) -> None:
        self._under_way.pop(case_id, None)
        for wish, strip in drawn.items():
            self._put(wish, strip)
        for wish in drawn:
            self.strip_drawn.emit(wish)
        self._draw_next()

    def _put(self, wish: Wish, strip: Strip) -> None:
        self._drop(wish)
        self._strips[wish] = strip
        self._size += _bytes(strip)
        for old in list(self._strips):
            if self._size <= self._limit:
                return
            if old != wish and old not in self._wanted:
                self._drop(old)

    def _drop(self, wish: Wish) -> None:
        strip = self._strips.pop(wish, None)
        if strip is not None:
            self._size -= _bytes(strip)


def _bytes(strip: Strip) -> int:
    return strip.image.sizeInBytes() if strip.image is not None else 0


def _cut_out(
    store: Store, reader: Reader, password: str | None, wishes: tuple[Wish, ...]
) -> dict[Wish, Strip]:
    """Runs in a worker. The wishes are of one letter."""
    try:
        pictures = reader.pictures(store.pdf(wishes[0].case_id), password)
    except UserError as error:
        return dict.fromkeys(wishes, Strip(problem=error))
    except KeyError:  # the letter was erased meanwhile
        return dict.fromkeys(wishes, Strip())
    with pictures:
        return {wish: _drawn(pictures, wish) for wish in wishes}


def _drawn(pictures: PagePictures, wish: Wish) -> Strip:
    places, sizes = dict(wish.places), pictures.sizes
    if wish.here is None:
        cut = cut_for_header(places, sizes, wish.room, wish.largest)
    elif wish.lines is not None:
        own = places.get(wish.here, ())
        cut = cut_for_text(wish.here, own, wish.lines, sizes, wish.room, wish.largest)
    else:
        own = places.get(wish.here, ())
        around = wish.large
        cut = cut_for_value(wish.here, own, sizes, wish.room, wish.largest, lines_around=around)
    if cut is None:
        return Strip()
    try:
        picture = pictures.draw(cut.page, cut.scale, DRAW_SECONDS, cut.clip)
    except UserError as error:
        return Strip(problem=error)
    image = image_of(picture, QColor(COLOURS["page"][1]) if wish.dark else None)
    lit = {
        field: tuple(QRectF(x0, y0, x1 - x0, y1 - y0) for x0, y0, x1, y1 in boxes)
        for field, boxes in cut.lit.items()
    }
    return Strip(image, lit)
