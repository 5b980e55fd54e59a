"""The user's excerpts of a source: where each stands, and its words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.services.library import Excerpt
from app.ui import theme
from app.ui.enter_button import EnterButton


class ExcerptsEdit(QWidget):
    """As many excerpts as wanted, one below the other."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[QWidget, QLineEdit, QPlainTextEdit]] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._add = EnterButton("Add an excerpt", theme.icon("plus", "accent"))
        self._add.setProperty("flat", True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._column)
        outer.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._add.clicked.connect(self._on_add_clicked)

    def show_value(self, excerpts: tuple[Excerpt, ...]) -> None:
        for box, _, _ in self._parts:
            box.hide()
            box.deleteLater()
        self._parts = []
        for excerpt in excerpts:
            self._add_part(excerpt)

    def value(self) -> tuple[Excerpt, ...]:
        """The excerpts that have words."""
        found = (
            Excerpt(text=text.toPlainText().strip(), place=" ".join(place.text().split()))
            for _, place, text in self._parts
        )
        return tuple(excerpt for excerpt in found if excerpt.text)

    def _add_part(self, excerpt: Excerpt) -> QPlainTextEdit:
        number = len(self._parts) + 1
        place = QLineEdit(excerpt.place)
        place.setPlaceholderText("Where it stands: p. 303")
        place.setAccessibleName(f"Place of excerpt {number}")
        text = QPlainTextEdit(excerpt.text)
        text.setTabChangesFocus(True)
        text.setPlaceholderText("The words of the source")
        text.setAccessibleName(f"Words of excerpt {number}")
        text.setFixedHeight(4 * self.fontMetrics().height() + 12)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(place)
        column.addWidget(text)
        self._column.addWidget(box)
        self._parts.append((box, place, text))
        place.textChanged.connect(self.changed)
        text.textChanged.connect(self.changed)
        return text

    def _on_add_clicked(self) -> None:
        self._add_part(Excerpt(text=""))
        self._parts[-1][1].setFocus()
        self.changed.emit()
