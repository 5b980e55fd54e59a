"""The new letter as it will be written, growing while its form is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from app.errors import UserError
from app.evidence import Evidence, Place, texts_as_read
from app.letter import FieldId, Letter
from app.services.letter_intake import Reader
from app.services.pdf import PagePictures, PdfPage
from app.services.rendering import Rendered, Renderer
from app.ui.document import LetterDocument
from app.ui.drop_down import DropDown
from app.ui.empty_state import EmptyState
from app.ui.jobs import URGENT, Jobs
from app.ui.notice_bar import Kind, NoticeBar
from app.ui.pages import PageView
from app.ui.theme import LookWatch


class _Sheet(msgspec.Struct, frozen=True):
    rendered: Rendered
    pictures: PagePictures
    pages: tuple[PdfPage, ...]


class _Placed(NamedTuple):
    """Where the fields of a letter are printed in it."""

    rendered: Rendered
    places: Mapping[FieldId, tuple[Place, ...]]


def _set_letter(
    renderer: Renderer, reader: Reader, letter: Letter, evidence: Mapping[FieldId, Evidence]
) -> _Sheet:
    # As the export does it: what was seen is what is written.
    rendered = renderer.render(letter, as_read=texts_as_read(evidence))
    opened = reader.open(rendered.pdf)
    return _Sheet(rendered, opened.pictures, opened.text.pages)


def _find_places(sheet: _Sheet) -> _Placed:
    return _Placed(sheet.rendered, sheet.rendered.places_on(sheet.pages))


class PreviewPane(QWidget):
    """Sets the letter in the background whenever it changed and the pane can be seen.

    One letter is set at a time and then shown; what was typed meanwhile is set next, all at once.
    The places of its fields are found behind the picture, as nobody waits for them.
    """

    field_clicked = Signal(object)
    """The FieldId printed where the new letter was clicked."""
    shown = Signal()
    """The picture of the letter as it stands now is up."""

    def __init__(
        self,
        document: LetterDocument,
        renderer: Renderer,
        reader: Reader,
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._renderer = renderer
        self._reader = reader
        self._jobs = jobs
        self._rendered: Rendered | None = None
        self._is_stale = True
        self._has_pages = False
        self._layouts: tuple[str, ...] = ()
        self._is_setting = False
        self._ticket = 0
        self._placed: _Placed | None = None
        self.notice = NoticeBar()
        self.view = PageView(jobs)
        self.view.setAccessibleName("Pages of the new letter")
        self.empty = EmptyState(
            self.view.viewport(),
            "The new letter stands here, as it will be written, while you work on it.",
        )
        self.layout_choice = DropDown()
        self.layout_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._label = QLabel("Layout")
        self._label.setProperty("tone", "label")
        self._label.setBuddy(self.layout_choice)
        self.layout_choice.setAccessibleName("Layout of the new letter")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(8)
        bar.addWidget(self._label)
        bar.addWidget(self.layout_choice)
        bar.addStretch(1)
        self._bar = bar
        LookWatch(self).text_changed.connect(self._fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.notice)
        column.addWidget(self.view, 1)
        document.loaded.connect(self._on_document_loaded)
        document.letter_changed.connect(self._on_document_letter_changed)
        document.current_field_changed.connect(self._on_document_current_field_changed)
        self.layout_choice.activated.connect(self._on_layout_choice_activated)
        self.view.clicked.connect(self._on_view_clicked)

    def _fit(self) -> None:
        """The name of the layout is read whole before the word that stands before it."""
        margins = self._bar.contentsMargins()
        words = self._label.sizeHint().width() + self._bar.spacing()
        room = self.width() - margins.left() - margins.right()
        self._label.setVisible(self.layout_choice.sizeHint().width() + words <= room)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def rendered(self) -> Rendered | None:
        """What is shown: the letter set last."""
        return self._rendered

    def set_renderer(self, renderer: Renderer) -> None:
        """Set letters with other templates or words from now on."""
        self._renderer = renderer
        self._is_stale = True
        self._layouts = ()
        if self.isVisible():
            self._show_layouts()
            self.refresh()

    def _show_layouts(self) -> None:
        """Offer every layout there is; one that cannot be used is told and left out."""
        try:
            layouts = self._renderer.layouts()
        except UserError as error:
            self.notice.tell_problem(Kind.LAYOUT_UNUSABLE, error)
            layouts = ()
        self._layouts = tuple(layout.name for layout in layouts)
        self.layout_choice.clear()
        self.layout_choice.addItems([layout.title for layout in layouts])
        self._fit()
        self._show_layout()

    def _show_layout(self) -> None:
        self.layout_choice.setEnabled(self._document.is_open)
        if not self._layouts:
            return
        name = self._renderer.layout_for(self._document.letter)
        if name in self._layouts:
            self.layout_choice.setCurrentIndex(self._layouts.index(name))

    def _on_layout_choice_activated(self, index: int) -> None:
        letter = self._document.letter
        if self._layouts[index] != letter.layout:
            after = replace(letter, layout=self._layouts[index])
            self._document.replace_letter(after, "Change layout")

    def refresh(self) -> None:
        """Set the letter now if it is not what is shown."""
        if not self._is_stale or self._is_setting or not self._document.is_open:
            return
        self._is_stale = False
        self._is_setting = True
        self._ticket = self._jobs.run(
            partial(
                _set_letter,
                self._renderer,
                self._reader,
                self._document.letter,
                self._document.evidence,
            ),
            self._on_letter_set,
            self._on_setting_failed,
            priority=URGENT,
        )

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A pane that nobody sees sets no letters and reads no layouts.
        if not self._layouts:
            self._show_layouts()
        self.empty.set_shown(not self._document.is_open)
        self.refresh()

    def _on_document_loaded(self) -> None:
        # What is being set at this moment is the letter that was open before.
        self._jobs.cancel(self._ticket)
        self._is_setting = False
        self._is_stale = True
        self._has_pages = False
        self._rendered = None
        self.view.clear()
        self.notice.clear()
        self._show_layout()
        self._placed = None
        self.empty.set_shown(not self._document.is_open)
        if self.isVisible():
            self.refresh()

    def _on_document_letter_changed(self, _letter: Letter) -> None:
        self._is_stale = True
        self._show_layout()
        if self.isVisible():
            self.refresh()

    def _on_letter_set(self, sheet: _Sheet) -> None:
        self._is_setting = False
        if not self._document.is_open:
            sheet.pictures.close()
            return
        self.notice.clear()
        self._rendered = sheet.rendered
        words = [page.words for page in sheet.pages]
        if self._has_pages:
            self.view.replace_document(sheet.pictures, words)
        else:
            self.view.show_document(sheet.pictures, words)
            self._has_pages = True
        self.shown.emit()
        if self._is_stale and self.isVisible():
            self.refresh()
        else:
            self._jobs.run(
                partial(_find_places, sheet),
                self._on_places_found,
                self._on_setting_failed,
                key=("places", id(self)),
            )

    def _on_places_found(self, placed: _Placed) -> None:
        if placed.rendered is self._rendered:
            self._placed = placed
            self._light_current_field()

    def _on_setting_failed(self, error: Exception) -> None:
        self._is_setting = False
        if isinstance(error, UserError):
            self.notice.tell_problem(Kind.LAYOUT_UNUSABLE, error)

    def _on_document_current_field_changed(self, _field: FieldId | None) -> None:
        self._light_current_field()

    def _light_current_field(self) -> None:
        field = self._document.current_field
        if self._placed is None or not self.isVisible():
            return
        places = self._placed.places.get(field, ()) if field is not None else ()
        self.view.show_field(places)

    def _on_view_clicked(self, page: int, x: float, y: float) -> None:
        if self._placed is None:
            return
        for field, places in self._placed.places.items():
            for place in places:
                if place.page == page and any(
                    x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in place.boxes
                ):
                    self.field_clicked.emit(field)
                    return
