"""Pages onto paper: which printer, which pages, and a look at them before.

Each page is drawn by itself in the guarded process, so that the window goes on while it prints.
The toolkit's printing is loaded when something is printed for the first time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.services.pdf import PagePictures, Picture
from app.ui.help_task import offer_everywhere
from app.ui.jobs import URGENT, Jobs

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

POINTS_AN_INCH = 72
PRINT_DPI, PREVIEW_DPI = 300, 150
OpenPages = Callable[[], PagePictures]
"""Called in a worker: gives pages that are closed here when they are printed."""


class Printing(QObject):
    """Prints one thing after another; what is asked for while one is printed waits for nothing."""

    printed = Signal(str, int)
    """(name, how many pages) were handed to the printer."""
    failed = Signal(object)
    """UserError"""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._jobs = jobs
        self._runs: set[_Run] = set()
        self._previewed: dict[int, QPrinter] = {}
        # Tests and scripts put their own answer here.
        self.ask: Callable[[QPrinter], bool] = self._ask

    def print(self, name: str, open_pages: OpenPages) -> None:
        """Ask for a printer and pages, and print them."""
        self._jobs.run(open_pages, partial(self._on_opened, name), self._on_failed, priority=URGENT)

    def preview(self, name: str, open_pages: OpenPages) -> None:
        """Show the pages as they will lie on paper; they can be printed from there."""
        self._jobs.run(
            partial(_all_pages, open_pages),
            partial(self._on_all_drawn, name),
            self._on_failed,
            priority=URGENT,
        )

    def _printer(self, name: str, sizes: tuple[tuple[float, float], ...]) -> QPrinter:
        from PySide6.QtPrintSupport import QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(name)
        printer.setCreator("IMR Desk")
        printer.setFullPage(True)  # a letter has margins of its own
        _set_paper(printer, sizes[0])
        return printer

    def _on_opened(self, name: str, pages: PagePictures) -> None:
        printer = self._printer(name, pages.sizes)
        printer.setFromTo(1, len(pages.sizes))
        if not self.ask(printer):
            pages.close()
            return
        run = _Run(name, printer, pages, self._jobs, self)
        run.ended.connect(self._on_run_ended)
        self._runs.add(run)
        run.start()

    def _ask(self, printer: QPrinter) -> bool:
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(f"Print {printer.docName()}")
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, printer.toPage())
        return bool(dialog.exec())

    def _on_all_drawn(self, name: str, drawn: list[tuple[QImage, tuple[float, float]]]) -> None:
        from PySide6.QtPrintSupport import QPrintPreviewDialog

        printer = self._printer(name, tuple(size for _, size in drawn))
        dialog = QPrintPreviewDialog(printer, self._window)
        offer_everywhere(dialog)
        dialog.setWindowTitle(f"{name} on paper")
        dialog.paintRequested.connect(partial(_paint_all, drawn))
        dialog.finished.connect(dialog.deleteLater)
        # The dialog does not own its printer: it must outlive it.
        self._previewed[id(printer)] = printer
        dialog.destroyed.connect(partial(self._previewed.pop, id(printer)))
        dialog.open()

    def _on_run_ended(self, error: object) -> None:
        run = self.sender()
        assert isinstance(run, _Run)
        self._runs.discard(run)
        run.deleteLater()
        if error is None:
            self.printed.emit(run.name, run.count)
        else:
            self.failed.emit(error)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.failed.emit(error)


class _Run(QObject):
    """One thing on its way to one printer, a page at a time."""

    ended = Signal(object)
    """None, or the UserError that ended it."""

    def __init__(
        self, name: str, printer: QPrinter, pages: PagePictures, jobs: Jobs, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.name = name
        self._printer, self._pages, self._jobs = printer, pages, jobs
        self._left = _wanted(printer, len(pages.sizes))
        self.count = len(self._left)
        self._painter = QPainter()

    def start(self) -> None:
        """Draw and print the first page; each one printed brings the next."""
        if not self._left:
            self._end(None)
            return
        page = self._left[0]
        self._jobs.run(
            partial(_drawn, self._pages, page, PRINT_DPI),
            self._on_page_drawn,
            self._on_failed,
            priority=URGENT,
        )

    def _on_page_drawn(self, image: QImage) -> None:
        size = self._pages.sizes[self._left.pop(0) - 1]
        if self._painter.isActive():
            _set_paper(self._printer, size)
            ready = self._printer.newPage()
        else:
            _set_paper(self._printer, size)
            ready = self._painter.begin(self._printer)
        if not ready:
            self._end(
                UserError(
                    "The printer took no page.",
                    "See that it is on, or that its file may be written, and print again.",
                )
            )
            return
        _paint(self._painter, self._printer, image, size)
        self.start()

    def _on_failed(self, error: Exception) -> None:
        self._end(error if isinstance(error, UserError) else None)

    def _end(self, error: UserError | None) -> None:
        if self._painter.isActive() and not self._painter.end():
            error = error or UserError(
                "The pages could not be printed.",
                "See that the printer is on, or its file's disk has room; print again.",
            )
        self._pages.close()
        self.ended.emit(error)


def _wanted(printer: QPrinter, count: int) -> list[int]:
    """The pages to print, in their order; once a copy where the printer cannot copy by itself."""
    first, last = max(printer.fromPage(), 1), min(printer.toPage() or count, count)
    pages = list(range(first, last + 1))
    if printer.pageOrder() is printer.PageOrder.LastPageFirst:
        pages.reverse()
    return pages if printer.supportsMultipleCopies() else pages * printer.copyCount()


def _drawn(pages: PagePictures, page: int, dpi: int) -> QImage:
    return _image(pages.draw(page, dpi / POINTS_AN_INCH))


def _image(picture: Picture) -> QImage:
    form = QImage.Format.Format_RGB888
    image = QImage(picture.rgb, picture.width, picture.height, picture.stride, form)
    # Black on white takes a third of the room, on the way to the printer too.
    return image.convertToFormat(QImage.Format.Format_Grayscale8 if image.isGrayscale() else form)


def _all_pages(open_pages: OpenPages) -> list[tuple[QImage, tuple[float, float]]]:
    with open_pages() as pages:
        sizes = pages.sizes
        return [(_drawn(pages, n, PREVIEW_DPI), size) for n, size in enumerate(sizes, 1)]


def _paint_all(drawn: list[tuple[QImage, tuple[float, float]]], printer: QPrinter) -> None:
    wanted = _wanted(printer, len(drawn))
    painter = QPainter()
    for place, page in enumerate(wanted):
        image, size = drawn[page - 1]
        _set_paper(printer, size)
        if not (printer.newPage() if place else painter.begin(printer)):
            return
        _paint(painter, printer, image, size)
    painter.end()


def _set_paper(printer: QPrinter, size: tuple[float, float]) -> None:
    """The paper that a page is made for, where nobody has chosen another kind; and which way round."""
    wide = size[0] > size[1]
    upright = QSizeF(min(size), max(size))
    kind = QPageSize.id(upright, QPageSize.Unit.Point, QPageSize.SizeMatchPolicy.FuzzyMatch)
    if not printer.printerName() and kind is not QPageSize.PageSizeId.Custom:
        printer.setPageSize(QPageSize(kind))
    way = QPageLayout.Orientation
    printer.setPageOrientation(way.Landscape if wide else way.Portrait)


def _paint(painter: QPainter, printer: QPrinter, image: QImage, size: tuple[float, float]) -> None:
    """The page as large as it is, or as large as the paper, in its middle."""
    dots = printer.resolution() / POINTS_AN_INCH
    paper = printer.paperRect(printer.Unit.DevicePixel)
    scale = min(1.0, paper.width() / (size[0] * dots), paper.height() / (size[1] * dots))
    area = QRectF(0, 0, size[0] * dots * scale, size[1] * dots * scale)
    area.moveCenter(paper.center())
    painter.drawImage(area, image)
