"""How a document is shown: its pages drawn, dark or covered, with what is lit on them.

Nothing here knows of fields, finding or selecting; see `view` for what is done with the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.evidence import Place
from app.services.pdf import PagePictures, TooHeavy
from app.ui.jobs import Jobs
from app.ui.pages.drawings import CACHE_BYTES, Look, PageDrawings
from app.ui.pages.heavy import HeavyPageNote
from app.ui.pages.highlights import Highlights, Light
from app.ui.pages.scroller import PageScroller
from app.ui.pages.sheet import paint_masked_sheet, paint_sheet
from app.ui.theme import colour

_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class PageStrip(PageScroller):
    """Shows the pages of one document."""

    document_changed = Signal()
    file_wanted = Signal(str, object)
    """Another file is to be shown (as `Place` names it), and where in it: places or a view state."""
    dark_page_changed = Signal(bool)
    masked_changed = Signal(bool)

    def __init__(
        self, jobs: Jobs, parent: QWidget | None = None, *, cache_bytes: int = CACHE_BYTES
    ) -> None:
        super().__init__(parent)
        self.drawings = PageDrawings(jobs, self, cache_bytes=cache_bytes)
        self.highlights = Highlights()
        self._file = ""
        self._dark = False
        self._focus_shown = False
        self._masked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

        self.heavy_note = HeavyPageNote(self.viewport())

        self.came_to_rest.connect(self._ask_for_pictures)
        self.view_changed.connect(self._show_heavy_page)
        self.heavy_note.longer_requested.connect(self._on_heavy_note_longer_requested)
        self.drawings.page_drawn.connect(self._on_drawings_page_drawn)

    # -- the document

    def show_pictures(self, pictures: PagePictures | None, *, keep_place: bool = False) -> None:
        """Show a document from its start, or none. The strip closes it when it is done with it.

        With `keep_place` it is a new state of the same document: the view stays where it is and
        the old pictures stay until the new ones are there.
        """
        self.drawings.show(pictures, keep_old=keep_place)
        self.lay_pages(self.drawings.sizes, keep_place=keep_place)
        self._show_heavy_page()
        self.document_changed.emit()

    @property
    def file(self) -> str:
        """Which file is shown: empty for the letter's own PDF, else as `Place` names it."""
        return self._file

    @override
    def rect_of(self, places: Sequence[Place]) -> QRectF:
        return super().rect_of([place for place in places if place.file == self._file])

    def shows(self, places: Sequence[Place]) -> bool:
        """Whether places are in the file that is shown, and in sight."""
        here = [place for place in places if place.file == self._file]
        return bool(here) and self.is_visible(self.rect_of(here))

    def reach(self, places: Sequence[Place]) -> None:
        """Bring places into view, in whatever file they are."""
        if places and places[0].file != self._file:
            self.file_wanted.emit(places[0].file, tuple(places))
        elif places:
            self.bring_into_view(self.rect_of(places))

    @property
    def masked(self) -> bool:
        """Whether the pages are covered because others look at the screen."""
        return self._masked

    def set_masked(self, masked: bool) -> None:
        """Cover the pages, or show them again; the place and what is lit stay."""
        if masked != self._masked:
            self._masked = masked
            self.viewport().update()
            self.masked_changed.emit(masked)

    @property
    def dark_page(self) -> bool:
        return self._dark

    @Slot(bool)
    def set_dark_page(self, dark: bool) -> None:
        """Show light print on dark paper, hues kept."""
        if dark != self._dark:
            self._dark = dark
            self._ask_for_pictures()
            self.viewport().update()
            self.dark_page_changed.emit(dark)

    # -- what is lit

    def set_highlight(self, name: str, places: Iterable[Place], light: Light) -> None:
        """Light places under a name, instead of what that name lit before."""
        self.highlights.set(name, places, light)
        self.viewport().update()

    # -- pictures

    @Slot()
    def _ask_for_pictures(self) -> None:
        if not self.page_count:
            return
        window = self.window_on_strip
        visible = self._layout.pages_between(window.top(), window.bottom())
        wished = sorted(visible, key=self._distance)
        near = [
            page
            for step in range(1, 9)
            for page in (visible.stop - 1 + step, visible.start - step)
            if 1 <= page <= self.page_count
        ]
        scale = self._layout.scale * self.devicePixelRatioF()
        scale = min([scale, *(self.drawings.largest_scale(size) for size in self.drawings.sizes)])
        self.drawings.want(Look(scale, self._dark, self._rotation), wished, near)

    def _distance(self, page: int) -> float:
        return abs(self._layout.rect(page).center().y() - self.window_on_strip.center().y())

    @Slot(int)
    def _on_drawings_page_drawn(self, page: int) -> None:
        if page <= self._layout.count:
            rect = self._layout.rect(page).translated(-self.window_on_strip.topLeft())
            self.viewport().update(rect.toAlignedRect())
        self._show_heavy_page()

    @Slot()
    def _show_heavy_page(self) -> None:
        """Tell of the page that is too heavy to be drawn, of those in sight the middlemost."""
        window = self.window_on_strip
        for page in sorted(
            self._layout.pages_between(window.top(), window.bottom()), key=self._distance
        ):
            problem = self.drawings.problem(page)
            if isinstance(problem, TooHeavy):
                rect = self._layout.rect(page).translated(-window.topLeft()).toAlignedRect()
                self.heavy_note.tell(page, problem, rect.intersected(self.viewport().rect()))
                return
        self.heavy_note.put_away()

    @Slot(int)
    def _on_heavy_note_longer_requested(self, page: int) -> None:
        self.setFocus()
        self.drawings.try_longer(page)

    # -- Qt

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("window"))
        window = self.window_on_strip
        painter.translate(-window.topLeft())
        for page in self._layout.pages_between(window.top(), window.bottom()):
            rect = self._layout.rect(page)
            if self._masked:
                paint_masked_sheet(painter, rect, dark=self._dark)
                continue
            paint_sheet(painter, rect, self.drawings, page, dark=self._dark)
            self.highlights.paint(painter, self._layout, page, dark=self._dark, file=self._file)
        painter.resetTransform()
        if self._focus_shown:
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        # As everywhere: a frame for those who came by key, none for those who clicked.
        self._focus_shown = event.reason() in _BY_KEY
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._focus_shown = False
        self.viewport().update()
