"""Beside a field whose words may be misread stands their picture, cut from the page."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.letter import FieldId
from app.services.letter_intake import OpenedCase, Reader
from app.services.store import Store
from app.ui.document import LetterDocument
from app.ui.form.form_view import FormView
from app.ui.jobs import Jobs
from app.ui.letter_flow import LetterFlow
from app.ui.opener import Opener
from app.ui.sheet.cut_view import paint_strip
from app.ui.sheet.strips import Strip, Strips, Wish

ROOM = QSize(190, 30)
"""Of a picture, in points of the screen: a line of print, no wider than the narrowest row."""
LARGEST = 1.8
"""Points of the screen that one of the page may take."""


class DoubtPictures(QObject):
    """Shows the picture of the first word in doubt at each row of the form that has one.

    Its room is kept from the start, so that no row moves when the picture comes.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader,
        jobs: Jobs,
        document: LetterDocument,
        form: FormView,
        letters: LetterFlow,
        opener: Opener,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._form = form
        self._strips = Strips(store, reader, jobs, opener.password_of, self)
        self._shown: dict[FieldId, Wish] = {}
        self._case_id: int | None = None
        document.loaded.connect(self._clear)
        letters.letter_shown.connect(self._on_letters_letter_shown)
        document.statuses_changed.connect(self.look_again)
        document.current_field_changed.connect(self.look_again)
        self._strips.strip_drawn.connect(self._on_strips_strip_drawn)

    def look_again(self, *_: object) -> None:
        """Other fields, or another issue, may stand in the form, and doubts may be answered."""
        wanted = self._wanted(self._case_id) if self._case_id is not None else {}
        for field in self._shown.keys() - wanted.keys():
            self._show(field, None)
        for field, wish in wanted.items():
            strip = self._strips.get(wish)
            if strip is None or strip.image is not None:
                self._show(field, self._painted(field, strip))
            else:
                self._show(field, None)
        self._shown = wanted
        if wanted:
            self._strips.want(tuple(wanted.values()))

    def _clear(self) -> None:
        """Another letter comes: what stands there is of the one before."""
        for field in self._shown:
            self._show(field, None)
        self._strips.close()
        self._case_id, self._shown = None, {}

    def _on_letters_letter_shown(self, opened: OpenedCase | None) -> None:
        self._case_id = opened.case.id if opened is not None else None
        self.look_again()

    def _wanted(self, case_id: int) -> dict[FieldId, Wish]:
        ratio = self._form.devicePixelRatioF()
        room = (int(ROOM.width() * ratio), int(ROOM.height() * ratio))
        found: dict[FieldId, Wish] = {}
        for field in self._document.doubts:
            seen = self._document.evidence.get(field)
            places = seen.doubtful_places if seen is not None else ()
            if places and self._form.row(field) is not None:
                one = ((field, places[:1]),)
                found[field] = Wish(case_id, field, one, room, LARGEST * ratio, dark=False)
        return found

    def _show(self, field: FieldId, picture: QPixmap | None) -> None:
        row = self._form.row(field)
        if row is not None:
            row.show_picture(picture)

    def _painted(self, field: FieldId, strip: Strip | None) -> QPixmap:
        ratio = self._form.devicePixelRatioF()
        picture = QPixmap(ROOM * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        if strip is not None:
            painter = QPainter(picture)
            paint_strip(painter, QRect(0, 0, ROOM.width(), ROOM.height()), strip, field)
            painter.end()
        return picture

    def _on_strips_strip_drawn(self, wish: Wish) -> None:
        field, strip = wish.here, self._strips.get(wish)
        if field is None or self._shown.get(field) != wish or strip is None:
            return
        self._show(field, self._painted(field, strip) if strip.image is not None else None)
