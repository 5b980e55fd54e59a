"""Which page pictures are kept, and which is drawn next.

One picture is drawn at a time, in a worker; what is drawn next is decided when the last one is
there, from what is wanted at that moment, so that paging fast never leaves a queue of stale work.
A page first gets a small stand-in (drawn in milliseconds, shown stretched), then its sharp picture.
A page that takes longer than a moment is drawn on by itself, and the others beside it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QTransform

from app.errors import UserError
from app.services.pdf import DRAW_SECONDS, PagePictures, Picture, TooHeavy
from app.ui.jobs import URGENT, Jobs
from app.ui.pages.dark import darkened
from app.ui.theme import COLOURS

STAND_IN_SCALE = 0.34
"""Pixels a point of a stand-in: 208 x 269 for a letter page."""

CACHE_BYTES = 192 * 2**20
"""What the sharp pictures may take together."""

PRE_DRAWN = 3
"""How many of the pages that may show next are drawn sharp; the others get a stand-in."""

STAND_IN_BYTES = 32 * 2**20

A_MOMENT_MS = 300
"""How long the other pages wait for one that is being drawn."""

MOST_SLOW = 2
"""How many pages may take longer at a time before the others wait for them."""

PATIENT_SECONDS = 120.0
"""How long a page may take where the reader asked for it."""


class Look(NamedTuple):
    """How pages are drawn: device pixels a point, dark or light, degrees clockwise."""

    scale: float
    dark: bool = False
    rotation: int = 0


class _Key(NamedTuple):
    page: int
    look: Look


class _Drawn(NamedTuple):
    generation: int
    key: _Key
    image: QImage | None
    problem: UserError | None = None


class _Problem(NamedTuple):
    error: UserError
    from_scale: float


class PageDrawings(QObject):
    """The pictures of one document's pages. Pages count from 1."""

    page_drawn = Signal(int)

    def __init__(
        self, jobs: Jobs, parent: QObject | None = None, *, cache_bytes: int = CACHE_BYTES
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._pictures: PagePictures | None = None
        self._generation = 0
        self._sharp = _Cache(cache_bytes)
        self._stand_ins = _Cache(STAND_IN_BYTES)
        self._before: dict[int, QImage] = {}
        self._problems: dict[int, _Problem] = {}
        self._patient: set[int] = set()
        self.seconds, self.patient_seconds = DRAW_SECONDS, PATIENT_SECONDS
        self._drawing: _Key | None = None
        self._slow: set[_Key] = set()
        self._tickets: dict[_Key, int] = {}
        self._moment = QTimer(self, singleShot=True, interval=A_MOMENT_MS)
        self._moment.timeout.connect(self._on_moment_timeout)
        self._look = Look(1.0)
        self._visible: Sequence[int] = ()
        self._near: Sequence[int] = ()
        self._thumbnails: Sequence[int] = ()

    @property
    def sizes(self) -> Sequence[tuple[float, float]]:
        """Width and height of each page, in points."""
        return self._pictures.sizes if self._pictures is not None else ()

    @property
    def cached_bytes(self) -> int:
        return self._sharp.size + self._stand_ins.size

    @property
    def look(self) -> Look:
        return self._look

    def show(self, pictures: PagePictures | None, *, keep_old: bool = False) -> None:
        """Draw this document from now on, and close the one before.

        With `keep_old` the old pictures stand in until the new ones are drawn.
        """
        before = {page: self._sharp.newest(page, self._look) for page in self._visible}
        # A state that was never drawn has nothing to leave behind but what stood in for it.
        kept = {page: image or self._before.get(page) for page, image in before.items()}
        self._before = {page: image for page, image in kept.items() if image} if keep_old else {}
        for ticket in self._tickets.values():
            self._jobs.cancel(ticket)
        if self._pictures is not None and self._pictures is not pictures:
            self._pictures.close()
        self._pictures = pictures
        self._generation += 1
        self._moment.stop()
        self._drawing = None
        self._slow.clear()
        self._tickets.clear()
        self._problems.clear()
        self._patient.clear()
        self._sharp.clear()
        self._stand_ins.clear()
        self._visible = self._near = self._thumbnails = ()

    def want(self, look: Look, visible: Sequence[int], near: Sequence[int] = ()) -> None:
        """Say which pages show and which may show next, the most urgent first."""
        self._look = look
        self._visible, self._near = visible, near
        self._draw_next()

    def want_thumbnails(self, pages: Sequence[int]) -> None:
        """Say which pages a list of small pictures shows."""
        self._thumbnails = pages
        self._draw_next()

    def largest_scale(self, size: tuple[float, float]) -> float:
        """The scale above which a page's picture would crowd out all others."""
        pixels = self._sharp.limit / 3 / 4
        return (pixels / (size[0] * size[1])) ** 0.5

    def sharp(self, page: int) -> QImage | None:
        """The page's picture exactly as wanted, if it is drawn."""
        return self._sharp.get(_Key(page, self._look))

    def rough(self, page: int) -> QImage | None:
        """The best picture there is to stretch into the page's place."""
        return self._sharp.newest(page, self._look) or self._before.get(page) or self.stand_in(page)

    def stand_in(self, page: int) -> QImage | None:
        """The page's small picture, if it is drawn."""
        return self._stand_ins.get(self._stand_in_key(page))

    def problem(self, page: int) -> UserError | None:
        """Why the page cannot be drawn as it is wanted, if it cannot."""
        known = self._problems.get(page)
        return known.error if known and self._look.scale >= known.from_scale else None

    def is_slow(self, page: int) -> bool:
        """Whether the page is being drawn for longer than a moment."""
        return any(key.page == page for key in self._slow)

    def try_longer(self, page: int) -> None:
        """Draw a page that took too long once more, with more time."""
        self._problems.pop(page, None)
        self._patient.add(page)
        self._draw_next()

    def _stand_in_key(self, page: int) -> _Key:
        return _Key(page, self._look._replace(scale=STAND_IN_SCALE))

    def _wishes(self) -> Iterator[_Key]:
        for page in self._visible:
            if self.rough(page) is None:
                yield self._stand_in_key(page)
        for page in self._visible:
            yield _Key(page, self._look)
        for page in (*self._near, *self._thumbnails):
            yield self._stand_in_key(page)
        # Pictures that would push each other out of the cache would be drawn for ever.
        room = 0.95 * self._sharp.limit - sum(map(self._bytes, self._visible))
        for page in self._near[:PRE_DRAWN]:
            room -= self._bytes(page)
            if room < 0:
                return
            yield _Key(page, self._look)

    def _bytes(self, page: int) -> float:
        width, height = self.sizes[page - 1]
        return 4 * width * height * self._look.scale**2

    def _next(self) -> _Key | None:
        for key in self._wishes():
            kept = key in self._stand_ins or key in self._sharp
            if not kept and 1 <= key.page <= len(self.sizes) and not self._is_hopeless(key):
                return key
        return None

    def _is_hopeless(self, key: _Key) -> bool:
        known = self._problems.get(key.page)
        return self.is_slow(key.page) or (known is not None and key.look.scale >= known.from_scale)

    def _draw_next(self) -> None:
        if self._pictures is None or self._drawing is not None or len(self._slow) >= MOST_SLOW:
            return
        key = self._next()
        if key is None:
            return
        self._drawing = key
        self._moment.start()
        paper = QColor(COLOURS["page"][1])
        seconds = self.patient_seconds if key.page in self._patient else self.seconds
        work = partial(_draw, self._pictures, self._generation, key, paper, seconds)
        self._tickets[key] = self._jobs.run(work, self._on_drawn, priority=URGENT)

    @Slot()
    def _on_moment_timeout(self) -> None:
        if self._drawing is None:
            return
        key, self._drawing = self._drawing, None
        self._slow.add(key)
        self.page_drawn.emit(key.page)
        self._draw_next()

    @Slot(object)
    def _on_drawn(self, drawn: _Drawn) -> None:
        if drawn.generation != self._generation:
            return
        key = drawn.key
        self._tickets.pop(key, None)
        self._slow.discard(key)
        if self._drawing == key:
            self._drawing = None
            self._moment.stop()
        if drawn.image is None:
            self._note_problem(drawn)
        elif key.look.scale == STAND_IN_SCALE:
            self._stand_ins.put(key, drawn.image, spared=self._visible)
        else:
            self._sharp.put(key, drawn.image, spared=self._visible)
            self._before.pop(key.page, None)
        self.page_drawn.emit(key.page)
        self._draw_next()

    def _note_problem(self, drawn: _Drawn) -> None:
        assert drawn.problem is not None
        # A page that is too heavy may still be drawn smaller; a damaged one never is.
        heavy = isinstance(drawn.problem, TooHeavy)
        scale = drawn.key.look.scale if heavy else 0.0
        self._problems[drawn.key.page] = _Problem(drawn.problem, scale)


class _Cache:
    """Pictures by key; the ones not used for longest go when they take more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._images: OrderedDict[_Key, QImage] = OrderedDict()

    def __contains__(self, key: _Key) -> bool:
        return key in self._images

    def get(self, key: _Key) -> QImage | None:
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def newest(self, page: int, look: Look) -> QImage | None:
        """The picture of this page last used, whatever its scale."""
        for key in reversed(self._images):
            if key.page == page and key.look[1:] == look[1:]:
                return self._images[key]
        return None

    def put(self, key: _Key, image: QImage, *, spared: Sequence[int]) -> None:
        self._images[key] = image
        self.size += image.sizeInBytes()
        for old in list(self._images):
            if self.size <= self.limit:
                return
            if old != key and not (old.page in spared and old.look == key.look):
                self.size -= self._images.pop(old).sizeInBytes()

    def clear(self) -> None:
        self._images.clear()
        self.size = 0


def _draw(
    pictures: PagePictures, generation: int, key: _Key, paper: QColor, seconds: float
) -> _Drawn:
    try:
        picture = pictures.draw(key.page, key.look.scale, seconds)
    except UserError as error:
        return _Drawn(generation, key, None, error)
    image = image_of(picture, paper if key.look.dark else None)
    if key.look.rotation:
        image = image.transformed(QTransform().rotate(key.look.rotation))
    return _Drawn(generation, key, image)


def image_of(picture: Picture, paper: QColor | None = None) -> QImage:
    """A drawn page as it is shown: dark on `paper`, light without one. Runs in any thread."""
    return _light(picture) if paper is None else _dark(picture, paper)


def _light(picture: Picture) -> QImage:
    image = QImage(
        picture.rgb, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888
    )
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _dark(picture: Picture, paper: QColor) -> QImage:
    row = picture.width * 3
    rgb = picture.rgb
    if picture.stride != row:
        rgb = b"".join(rgb[start : start + row] for start in range(0, len(rgb), picture.stride))
    return darkened(rgb, picture.width, picture.height, paper)
