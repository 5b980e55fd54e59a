"""How the window stands on the screen: what lies where, what folds, and what of it is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui import roles
from app.ui.actions import MENUS, SUBMENUS, TABLE, Actions
from app.ui.detached_page import DetachedPage
from app.ui.drop_sign import DropSign
from app.ui.everywhere import Everywhere
from app.ui.screen_room import bounded, keep_on_screen

FOLD_SIDE_BELOW = 1100
"""Window width in pixels under which the list of letters folds by itself."""
SIZE = QSize(1440, 900)
LEAST_SIZE = QSize(720, 480)
CHECKS_SHARE, CHECKS_LEAST = 0.3, 136
"""How much of the height the checks may take as they open, and how many pixels they need: the field
in hand and its neighbours are what is worked on."""
PAGE_STOOD, PAGE_IS_OUT = "page_window", "page_is_out"
"""Under which the place of the page's own window is kept, and whether it was open at the end."""
PAGE_PLACE = 1
"""Where the page lies among the panes, counted from the left."""


class WindowFrame(QMainWindow):
    """Menus, bars and panes in their places; knows nothing of what the panes show."""

    came_up = Signal()
    """The window has been painted for the first time and takes keys."""
    files_dropped = Signal(object)
    """The list of paths, files and folders, that were dropped on the window."""

    def __init__(self) -> None:
        super().__init__()
        roles.install()
        self.commands = Actions(self)
        self.side = QSplitter(Qt.Orientation.Vertical)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.rows = QSplitter(Qt.Orientation.Vertical)
        self._is_up = False
        self._side_folded_by_us = False
        self._page: QWidget | None = None
        self._checks: QWidget | None = None
        self._detached: DetachedPage | None = None
        self._page_stood = QByteArray()
        self._pane_sizes: list[int] = []
        self._page_is_out_at_end = False
        self.drop_sign = DropSign(self)
        self.setAcceptDrops(True)
        self.setMinimumSize(bounded(LEAST_SIZE, self.screen()))
        self.resize(bounded(SIZE, self.screen()))
        if self.size() != SIZE:
            # A screen that is smaller than the desk would like is given to it whole.
            self.setWindowState(Qt.WindowState.WindowMaximized)
        # Only then is it known how much the desktop draws around it.
        self.came_up.connect(self._on_came_up)

    # Laying out

    def lay_out_side(self, queue: QWidget, outline: QWidget, thumbnails: QWidget) -> None:
        """The list of letters over what is in the open one."""
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(outline, "Outline")
        tabs.addTab(thumbnails, "Pages")
        self.side.addWidget(queue)
        self.side.addWidget(tabs)
        self.side.setSizes([420, 280])

    def lay_out(
        self,
        top: QWidget,
        page: QWidget,
        form: QWidget,
        checks: QWidget,
        strips: Iterable[QWidget],
    ) -> None:
        """The bar on top; side, page and form next to each other; the checks, folded, below them.

        `strips` come and go at the lower edge, where nothing moves under the mouse for it.
        """
        self._page, self._checks = page, checks
        self.panes.setChildrenCollapsible(False)
        for place, (widget, stretch) in enumerate(((self.side, 0), (page, 5), (form, 4))):
            self.panes.addWidget(widget)
            self.panes.setStretchFactor(place, stretch)
        self.panes.setSizes([240, 660, 540])
        self.rows.addWidget(self.panes)
        self.rows.addWidget(checks)
        self.rows.setStretchFactor(0, 1)
        self.rows.setSizes([660, 220])
        checks.hide()
        self.body = QWidget()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self.rows, 1)
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.body, 1)
        for strip in strips:
            outer.addWidget(strip)
        self.setCentralWidget(whole)
        self.commands["queue"].setChecked(True)
        self.commands["queue"].toggled.connect(self.side.setVisible)
        self.commands["checks"].toggled.connect(self._on_checks_toggled)
        self.commands["full_screen"].toggled.connect(self._on_full_screen_toggled)
        self.commands["detach_page"].toggled.connect(self._on_detach_page_toggled)
        self._fill_menus()

    def _fill_menus(self) -> None:
        menus: dict[str, QMenu] = {}
        for spec in TABLE:
            if spec.menu not in menus:
                menus[spec.menu] = self.menuBar().addMenu(MENUS[spec.menu])
            menu = menus[spec.menu]
            inside = SUBMENUS.get(spec.id)
            if inside is not None:
                if inside not in menus:
                    menus[inside] = menu.addMenu(inside)
                menu = menus[inside]
            menu.addAction(self.commands[spec.id])
        # Dialogs offer these too.
        self.addActions([self.commands[name] for name in ("help", "mask", "lock")])
        Everywhere([self.commands[name] for name in ("mask", "lock")], self)
        # Nobody sees them before: the first picture does not wait for them.
        self.came_up.connect(self.commands.dress)

    # What is remembered

    def restore_places(self, kept: Any) -> None:
        """Put everything where it was; `kept` is what `places` gave, or anything else."""
        if not isinstance(kept, dict):
            return
        for name, splitter in self._splitters():
            if name in kept:
                splitter.restoreState(QByteArray.fromBase64(kept[name].encode()))
        if "window" in kept:
            self.restoreGeometry(QByteArray.fromBase64(kept["window"].encode()))
        self._page_stood = QByteArray.fromBase64(kept.get(PAGE_STOOD, "").encode())
        if kept.get(PAGE_IS_OUT):
            self.came_up.connect(partial(self.commands["detach_page"].setChecked, True))
        self.commands["queue"].setChecked(not self.side.isHidden())
        if self._checks is not None:
            self.commands["checks"].setChecked(not self._checks.isHidden())

    def _on_came_up(self) -> None:
        keep_on_screen(self)

    def places(self) -> dict[str, str]:
        """Where everything is, to be kept as JSON."""
        kept = {name: _text(splitter.saveState()) for name, splitter in self._splitters()}
        kept[PAGE_STOOD] = _text(self._page_stood)
        kept[PAGE_IS_OUT] = "yes" if self._page_is_out_at_end else ""
        return {**kept, "window": _text(self.saveGeometry())}

    def _splitters(self) -> tuple[tuple[str, QSplitter], ...]:
        return (("panes", self.panes), ("rows", self.rows), ("side", self.side))

    # A page of its own, the whole screen, little room

    def _on_detach_page_toggled(self, detached: bool) -> None:
        if detached and self._page is not None:
            self._pane_sizes = self.panes.sizes()
            actions = [action for _, action in self.commands]
            title = "Page – IMR Desk"
            self._detached = DetachedPage(self._page, title, actions, self, self._page_stood)
            self._detached.closed.connect(self._on_detached_closed)
            self._detached.show()
        elif self._detached is not None:
            self._detached.close()

    def bring_page_back(self) -> None:
        """Close the page's own window, if it has one, for the end; it is kept that it had."""
        self._page_is_out_at_end = self._detached is not None
        if self._detached is not None:
            self._detached.close()

    def _on_detached_closed(self, place: QByteArray) -> None:
        self._detached = None
        self._page_stood = place
        if self._page is not None:
            self.panes.insertWidget(PAGE_PLACE, self._page)
            self._page.show()
            self.panes.setSizes(self._pane_sizes)
        self.commands["detach_page"].setChecked(False)

    def _on_checks_toggled(self, shown: bool) -> None:
        if shown:
            # They are shown with this very signal: later there is a height to share.
            QTimer.singleShot(0, self, self._share_height)

    def _share_height(self) -> None:
        height = self.rows.height()
        most = max(int(height * CHECKS_SHARE), CHECKS_LEAST)
        if self.rows.sizes()[1] > most:
            self.rows.setSizes([height - most, most])

    def _on_full_screen_toggled(self, full: bool) -> None:
        if full:
            self.showFullScreen()
        else:
            self.showNormal()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = _local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.drop_sign.show_for(len(paths))

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_sign.hide()
        super().dragLeaveEvent(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_sign.hide()
        self.files_dropped.emit(_local_paths(event.mimeData()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() < event.oldSize().height():
            self._share_height()
        narrow = event.size().width() < FOLD_SIDE_BELOW
        if narrow and not self.side.isHidden():
            self._side_folded_by_us = True
            self.commands["queue"].setChecked(False)
        elif not narrow and self._side_folded_by_us:
            self._side_folded_by_us = False
            self.commands["queue"].setChecked(True)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_up:
            self._is_up = True
            # Once all that lies on the window is painted too.
            QTimer.singleShot(0, self, self.came_up.emit)


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode()


def _local_paths(data: QMimeData) -> list[Path]:
    """The files and folders that are dragged; what lies elsewhere is none."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
