"""How far the pictures of pages are read before a file is written, and how that is stopped."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.services.guard import Watch
from app.ui.notice_bar import Kind, NoticeBar, Offer


class PictureNotice(QObject):
    """One reading at a time. `after` is what will be done then."""

    _read = Signal(int, int)

    def __init__(self, notice: NoticeBar, kind: Kind, after: str, parent: QObject) -> None:
        super().__init__(parent)
        self._notice = notice
        self._kind = kind
        self._after = after
        self._watch: Watch | None = None
        self._read.connect(self._on_read)

    def begin(self) -> Watch:
        """What the reading is followed by: it tells from a worker, and arrives by the event loop."""
        self._watch = Watch(self._read.emit)
        return self._watch

    def stop(self) -> None:
        """Read no further page; nothing is written then."""
        if self._watch is not None:
            self._watch.cancel()

    def end(self, *_: object) -> None:
        """It is written, or will not be."""
        self._watch = None
        self._notice.retract(self._kind)

    def _is_reading(self) -> bool:
        return self._watch is not None

    def _on_read(self, done: int, of: int) -> None:
        if self._watch is not None:
            self._notice.tell(
                self._kind,
                f"The pictures of the pages are being read: {done} of {of}. {self._after}",
                Offer("Stop", self.stop),
                holds=self._is_reading,
            )
