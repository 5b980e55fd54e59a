"""A drop-down list that shows each of its entries whole, however narrow its own place is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)
from typing_extensions import override

from app.ui import theme

MOST_SHOWN = 24
"""Entries that are listed at once where the screen has room for them; the others are scrolled to."""
LEAST_LETTERS = 30
"""So wide the box stays where entries are longer and room is short."""
MOST_LETTERS = 60
"""So wide the box is where there is room."""


GLYPH_WIDTH = 56
"""Pixels of a box with an icon in place of words."""


class DropDown(QComboBox):
    """The program's only kind of combo box."""

    def __init__(self, parent: QWidget | None = None, *, glyph: str = "") -> None:
        """With `glyph`, the name of an icon, that stands in place of the words; the tip has them."""
        super().__init__(parent)
        self.setMaxVisibleItems(MOST_SHOWN)
        self._glyph = glyph
        if glyph:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self.currentTextChanged.connect(self._tell)

    def _tell(self, words: str) -> None:
        self.setToolTip(f"{self.accessibleName()}: {words}")

    @override
    def minimumSizeHint(self) -> QSize:
        return self._bounded(super().minimumSizeHint(), LEAST_LETTERS)

    @override
    def sizeHint(self) -> QSize:
        return self._bounded(super().sizeHint(), MOST_LETTERS)

    def _bounded(self, hint: QSize, letters: int) -> QSize:
        """A long entry never makes the window wider than its screen: the list shows it whole."""
        if self._glyph:
            return QSize(GLYPH_WIDTH, hint.height())
        return hint.boundedTo(QSize(letters * self.fontMetrics().averageCharWidth(), hint.height()))

    @override
    def showPopup(self) -> None:
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > MOST_SHOWN else 0
        entries = view.sizeHintForColumn(0) + bar + 2 * view.frameWidth()
        # The list is as wide as its box by itself, and the box may have been given little room.
        view.setMinimumWidth(min(entries, self.screen().availableSize().width()))
        super().showPopup()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls what the box lies in: a value is chosen, never passed over."""
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isEditable():
            super().paintEvent(event)
            return
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        if self._glyph:
            option.currentText = ""  # pyright: ignore[reportAttributeAccessIssue]
            option.currentIcon = theme.icon(self._glyph)  # pyright: ignore[reportAttributeAccessIssue]
            painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
            painter.end()
            return
        style = QStyle.SubControl.SC_ComboBoxEditField
        room = (
            self.style()
            .subControlRect(QStyle.ComplexControl.CC_ComboBox, option, style, self)
            .width()
        )
        # That something is left out is seen; by itself it would be cut in a letter's middle.
        option.currentText = self.fontMetrics().elidedText(  # pyright: ignore[reportAttributeAccessIssue]
            self.currentText() or self.placeholderText(), Qt.TextElideMode.ElideRight, room
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
