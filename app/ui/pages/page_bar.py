"""The bar above the pages: which page, how large, which way up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.drop_down import DropDown
from app.ui.giving_way import give_way
from app.ui.pages.buttons import BarButton
from app.ui.pages.view import PageView
from app.ui.pages.zoom import Fit
from app.ui.theme import LookWatch

_OFFERED = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


class PageBar(QWidget):
    """Turns pages, zooms and rotates a `PageView`, and shows what is in force."""

    find_toggled = Signal(bool)
    document_chosen = Signal(int)
    """The letter (0), or which document of its case file, is to be shown."""

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setAccessibleName("Page tools")
        self._create()
        self._lay_out()
        self._connect()
        self._show_page()
        self._show_zoom()

    def set_find_open(self, is_open: bool) -> None:
        """Show whether the find bar is open."""
        self._find.setChecked(is_open)

    def show_documents(self, names: Sequence[str]) -> None:
        """What can be shown: the letter first, then its documents; nothing where it has none."""
        before = [self._document.itemText(at) for at in range(self._document.count())]
        if list(names) != before:
            here = self._document.currentIndex()
            self._document.clear()
            self._document.addItems(list(names))
            self._document.setCurrentIndex(here)
        self._document.setVisible(bool(names))
        self._fit_text()

    def show_document(self, place: int) -> None:
        """Which of them the page in view is of."""
        self._document.setCurrentIndex(place)

    def choose_document(self) -> None:
        """Open the list of documents."""
        if not self._document.isHidden():
            self._document.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._document.showPopup()

    def _create(self) -> None:
        self._document = DropDown(self)
        self._document.setAccessibleName("Document")
        self._document.setToolTip("Which document of the case file is shown")
        self._document.hide()
        self._before = BarButton("chevron-left", "Previous page", self)
        self._after = BarButton("chevron-right", "Next page", self)
        self._page = QLineEdit(self)
        self._page.setAccessibleName("Page number")
        self._page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._count = QLabel(self)
        self._count.setAccessibleName("Number of pages")
        self._smaller = BarButton("zoom-out", "Zoom out", self, key="Ctrl+-")
        self._larger = BarButton("zoom-in", "Zoom in", self, key="Ctrl++")
        self._zoom = DropDown(self)
        self._zoom.setEditable(True)
        self._zoom.setInsertPolicy(DropDown.InsertPolicy.NoInsert)
        self._zoom.setAccessibleName("Zoom")
        self._zoom.setToolTip("Zoom: pick, or type a percentage")
        self._zoom.view().setAccessibleName("Zoom levels")
        for factor in _OFFERED:
            self._zoom.addItem(_percent(factor), factor)
        width, page = "Fit width", "Fit page"
        self._fit_width = BarButton("move-horizontal", width, self, key="Ctrl+2", toggles=True)
        self._fit_page = BarButton("maximize", page, self, key="Ctrl+0", toggles=True)
        self._rotate = BarButton("rotate-cw", "Turn the pages clockwise", self)
        self._dark = BarButton("moon", "Dark page", self, toggles=True)
        self._find = BarButton("search", "Find", self, key="Ctrl+F", toggles=True)

        self._of_a_letter: tuple[QWidget, ...] = (
            self._page,
            self._zoom,
            self._smaller,
            self._larger,
            self._fit_width,
            self._fit_page,
            self._rotate,
            self._find,
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(2)
        row.addWidget(self._document, 4)
        for widget in (self._before, self._page, self._count, self._after):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self._smaller, self._zoom, self._larger, self._fit_width, self._fit_page):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self._rotate, self._dark, self._find):
            row.addWidget(widget)
        self._row = row
        self._spare = (
            (self._rotate,),
            (self._smaller, self._larger),
            (self._dark,),
            (self._before, self._after),
            (self._fit_page,),
        )
        LookWatch(self).text_changed.connect(self._fit_text)
        self._fit_text()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _fit_text(self) -> None:
        self._page.setFixedWidth(self.fontMetrics().horizontalAdvance("0000") + 16)
        self._zoom.setFixedWidth(self.fontMetrics().horizontalAdvance("0000 %") + 44)
        give_way(self._row, 0, self._spare)
        self.setMinimumWidth(self._row.minimumSize().width())
        if self.isVisible():
            give_way(self._row, self.width(), self._spare)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        give_way(self._row, self.width(), self._spare)

    def _connect(self) -> None:
        view = self._view
        self._document.activated.connect(self._on_document_activated)
        self._before.clicked.connect(self._on_before_clicked)
        self._after.clicked.connect(self._on_after_clicked)
        self._page.returnPressed.connect(self._on_page_return_pressed)
        self._page.editingFinished.connect(self._show_page)
        self._smaller.clicked.connect(view.zoom_out)
        self._larger.clicked.connect(view.zoom_in)
        self._zoom.activated.connect(self._on_zoom_activated)
        zoom_edit = self._zoom.lineEdit()
        if zoom_edit is not None:
            zoom_edit.setAccessibleName("Zoom in percent")
            zoom_edit.returnPressed.connect(self._on_zoom_return_pressed)
            zoom_edit.editingFinished.connect(self._show_zoom)
        self._fit_width.clicked.connect(self._on_fit_width_clicked)
        self._fit_page.clicked.connect(self._on_fit_page_clicked)
        self._rotate.clicked.connect(view.rotate)
        self._dark.clicked.connect(view.set_dark_page)
        self._find.clicked.connect(self.find_toggled)
        view.page_changed.connect(self._show_page)
        view.document_changed.connect(self._show_page)
        view.zoom_changed.connect(self._show_zoom)
        view.fit_changed.connect(self._show_zoom)
        view.dark_page_changed.connect(self._dark.setChecked)

    @Slot()
    def _show_page(self) -> None:
        page, count = self._view.current_page, self._view.page_count
        self._page.setText(str(page) if count else "")
        self._page.setValidator(QIntValidator(1, max(1, count), self._page))
        self._count.setText(f"/ {count}" if count else "")
        self._before.setEnabled(page > 1)
        self._after.setEnabled(page < count)
        for widget in self._of_a_letter:
            widget.setEnabled(count > 0)

    @Slot()
    def _show_zoom(self) -> None:
        self._zoom.setEditText(_percent(self._view.zoom))
        self._fit_width.setChecked(self._view.fit is Fit.WIDTH)
        self._fit_page.setChecked(self._view.fit is Fit.PAGE)

    @Slot(int)
    def _on_document_activated(self, place: int) -> None:
        self.document_chosen.emit(place)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_before_clicked(self) -> None:
        self._view.go_to_page(self._view.current_page - 1)

    @Slot()
    def _on_after_clicked(self) -> None:
        self._view.go_to_page(self._view.current_page + 1)

    @Slot()
    def _on_page_return_pressed(self) -> None:
        self._view.go_to_page(int(self._page.text()))
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _on_zoom_activated(self, index: int) -> None:
        self._view.set_zoom(self._zoom.itemData(index))

    @Slot()
    def _on_zoom_return_pressed(self) -> None:
        digits = self._zoom.currentText().strip().rstrip("%").strip()
        if digits.isdecimal():
            self._view.set_zoom(int(digits) / 100)
        self._show_zoom()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_fit_width_clicked(self) -> None:
        self._view.set_fit(Fit.WIDTH)

    @Slot()
    def _on_fit_page_clicked(self) -> None:
        self._view.set_fit(Fit.PAGE)


def _percent(factor: float) -> str:
    return f"{factor * 100:.0f} %"
