"""The note over a page that takes too long to draw, with a way to give it more time."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.services.pdf import TooHeavy
from app.ui.enter_button import EnterButton

_MARGIN = 16


class HeavyPageNote(QFrame):
    """Lies in the middle of what is seen of the page; the page's text can be used below it."""

    longer_requested = Signal(int)
    """The page to draw once more, with more time."""

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self._area = area
        self._page = 0
        self.setObjectName("heavyPageNote")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._words = QLabel(wordWrap=True)
        self.longer = EnterButton("Try longer")
        self.longer.setToolTip("Give this page two minutes to be drawn")
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addWidget(self.longer, 0, Qt.AlignmentFlag.AlignLeft)
        self.longer.clicked.connect(self._on_longer_clicked)
        self.hide()

    @property
    def page(self) -> int:
        """The page it speaks of; 0 where it does not show."""
        return self._page

    def tell(self, page: int, problem: TooHeavy, seen: QRect) -> None:
        """Show over `seen`, what is seen of the page in the area's own coordinates."""
        self._page = page
        words = str(problem)
        if words != self._words.text():
            self._words.setText(words)
            self.setAccessibleName(words)
        width = max(160, min(360, seen.width() - 2 * _MARGIN))
        self.resize(width, self.heightForWidth(width))
        place = self.rect()
        place.moveCenter(seen.center())
        self.move(place.topLeft())
        self.show()

    def put_away(self) -> None:
        """There is no such page in sight."""
        self._page = 0
        self.hide()

    def _on_longer_clicked(self) -> None:
        page = self._page
        self.put_away()
        self.longer_requested.emit(page)
