"""Small pictures of all pages, drawn when they come into sight."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.ui.empty_state import EmptyState
from app.ui.pages.layout import turned_size
from app.ui.pages.view import PageView
from app.ui.theme import COLOURS, colour

Index = QModelIndex | QPersistentModelIndex
_WIDTH = 104
_MARGIN = 10
_NOWHERE = QModelIndex()


class _PagesModel(QAbstractListModel):
    """One row a page."""

    def __init__(self, view: PageView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._view.page_count

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"Page {index.row() + 1}"
        return None

    def renew(self) -> None:
        """The document is another one."""
        self.beginResetModel()
        self.endResetModel()


class _PagePainter(QStyledItemDelegate):
    """Paints a page's small picture with its number below."""

    def __init__(self, view: PageView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        picture = self._picture_size(index.row() + 1)
        label = option.fontMetrics.height()  # pyright: ignore[reportAttributeAccessIssue]
        return QSize(_WIDTH + 2 * _MARGIN, picture.height() + label + 2 * _MARGIN)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        page = index.row() + 1
        cell: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        size = self._picture_size(page)
        left = cell.x() + (cell.width() - size.width()) // 2
        place = QRect(left, cell.y() + _MARGIN, size.width(), size.height())
        painter.save()
        painter.fillRect(place, COLOURS["page"][self._view.dark_page])
        image = self._view.drawings.stand_in(page)
        if image is not None and not self._view.masked:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
        here = bool(state & QStyle.StateFlag.State_Selected)
        edge = QPen(colour("accent"), 2) if here else QPen(colour("line"), 1)
        painter.setPen(edge)
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if here and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("accent"), 1, Qt.PenStyle.DotLine))
            painter.drawRect(place.adjusted(-5, -5, 4, 4))
        label = QRect(
            cell.x(), place.bottom() + 4, cell.width(), cell.bottom() - place.bottom() - 4
        )
        painter.setPen(colour("text" if here else "muted"))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(label, flags, str(page))
        painter.restore()

    def _picture_size(self, page: int) -> QSize:
        sizes = self._view.drawings.sizes
        if not 1 <= page <= len(sizes):
            return QSize(_WIDTH, _WIDTH)
        width, height = turned_size(sizes[page - 1], self._view.rotation)
        return QSize(_WIDTH, max(1, round(_WIDTH * height / max(width, 1.0))))


class ThumbnailList(QListView):
    """All pages of a `PageView`, small; choosing one goes there."""

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._pages = _PagesModel(view, self)
        self.setModel(self._pages)
        self.setItemDelegate(_PagePainter(view, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumWidth(_WIDTH + 4 * _MARGIN)
        self._empty = EmptyState(self.viewport(), "The pages of the open letter")
        self.setAccessibleName("Pages")
        self.setAccessibleDescription("Small pictures of the pages; Enter goes there")

        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)
        self.verticalScrollBar().valueChanged.connect(self._ask_for_pictures)
        view.document_changed.connect(self._on_view_document_changed)
        view.page_changed.connect(self._on_view_page_changed)
        view.dark_page_changed.connect(self._on_view_look_changed)
        view.masked_changed.connect(self._on_view_look_changed)
        view.rotation_changed.connect(self._on_view_document_changed)
        view.drawings.page_drawn.connect(self._on_drawings_page_drawn)

    @Slot()
    def _on_view_document_changed(self) -> None:
        self._pages.renew()
        self._empty.set_shown(not self._view.page_count)
        self._on_view_page_changed(self._view.current_page)
        self._ask_for_pictures()

    @Slot(int)
    def _on_view_page_changed(self, page: int) -> None:
        index = self._pages.index(page - 1, 0)
        if page and index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    @Slot(bool)
    def _on_view_look_changed(self, _on: bool) -> None:
        self._ask_for_pictures()
        self.viewport().update()

    @Slot(int)
    def _on_drawings_page_drawn(self, page: int) -> None:
        index = self._pages.index(page - 1, 0)
        if index.isValid():
            self.update(index)

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        self._view.go_to_page(index.row() + 1)

    @Slot()
    def _ask_for_pictures(self) -> None:
        if not self.isVisible() or not self._view.page_count:
            return
        room = self.viewport().rect()
        first = self.indexAt(room.topLeft()).row()
        last = self.indexAt(room.bottomLeft()).row()
        last = self._view.page_count - 1 if last < 0 else last
        self._view.drawings.want_thumbnails(range(max(0, first) + 1, last + 2))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_pictures()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._empty.set_shown(not self._view.page_count)
        self._ask_for_pictures()
