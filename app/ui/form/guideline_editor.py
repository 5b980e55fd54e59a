"""The editor of a guideline field: its sentences, and the citations found in them."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.letter import Basis, Citation, Guideline
from app.ui import theme
from app.ui.form.text_editor import TextEditor

_LONG_WORD = re.compile(r"\S{24}")
BASIS_WORDS = {
    Basis.MTUS: "Based on the MTUS",
    Basis.OUTSIDE: "Based on guidelines outside the MTUS",
    Basis.BOTH: "Based on the MTUS and on guidelines outside it",
    Basis.NONE: "No medical evidence cited",
}


def citation_words(citation: Citation) -> str:
    """A citation in one short line, for a chip or a list."""
    head = " ".join(
        part
        for part in (
            "" if citation.source == "other" else str(citation.source),
            f"ch. {citation.chapter}" if citation.chapter else "",
            citation.title or citation.text,
            citation.edition or "",
        )
        if part
    )
    tail = [*citation.sections, *([f"p. {citation.pages}"] if citation.pages else [])]
    return " · ".join([head, *tail])


class GuidelineEditor(TextEditor):
    """Sentences above, citations below; a citation is added by the picker and removed here."""

    cite_requested = Signal()
    removal_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, lines_least=1)
        self._citations: tuple[Citation, ...] = ()
        self._row.removeWidget(self.text)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.text)
        self._chips = QVBoxLayout()
        self._chips.setSpacing(4)
        column.addLayout(self._chips)
        foot = QHBoxLayout()
        self._basis = QLabel()
        self._basis.setProperty("tone", "muted")
        self._basis.setWordWrap(True)
        self._cite = QPushButton(theme.icon("quote", "accent"), "Cite…")
        self._cite.setProperty("flat", True)
        self._cite.setAutoDefault(False)
        self._cite.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cite.setProperty("command", "cite")
        self._cite.setAccessibleName("Add a citation from the library")
        foot.addWidget(self._basis, 1)
        foot.addWidget(self._cite)
        column.addLayout(foot)
        self._row.addLayout(column)
        self._cite.clicked.connect(self.cite_requested)

    def show_key(self, key: str) -> None:
        """The key that asks for a citation too."""
        self._cite.setText(f"Cite…  {key}" if key else "Cite…")

    def hide_library(self) -> None:
        """The library is not at hand here: no citation is offered."""
        self._cite.hide()

    def ask_removal(self) -> None:
        """Ask which citation is to go, where the cursor is."""
        if not self._citations:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for index, citation in enumerate(self._citations):
            words = citation_words(citation).replace("&", "&&")
            menu.addAction(f"Take out {words}", partial(self.removal_requested.emit, index))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.text.mapToGlobal(self.text.cursorRect().bottomLeft()))

    @override
    def show_value(self, value: Any) -> None:
        guideline = value if isinstance(value, Guideline) else Guideline()
        super().show_value(guideline.text)
        self._basis.setText(BASIS_WORDS[guideline.basis] if guideline.text else "")
        if guideline.citations != self._citations:
            self._citations = guideline.citations
            self._show_chips()

    def _show_chips(self) -> None:
        while item := self._chips.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for index, citation in enumerate(self._citations):
            chip = _Chip(citation, index)
            chip.removal_requested.connect(self.removal_requested)
            self._chips.addWidget(chip)
            chip.show()  # at once: shown later, it would not count in the height of the row


class _Chip(QWidget):
    """One citation on a soft ground, with a button that takes it out."""

    removal_requested = Signal(int)

    def __init__(self, citation: Citation, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("chip", True)
        words = citation_words(citation)
        label = QLabel(_LONG_WORD.sub("\\g<0>\u200b", words))  # a web address breaks too
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setToolTip(citation.text)
        self.remove = QPushButton(theme.icon("x", "muted"), "")
        self.remove.setProperty("flat", True)
        self.remove.setAutoDefault(False)
        self.remove.setFixedWidth(28)
        self.remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.remove.setProperty("command", "remove_citation")
        self.remove.setToolTip("Take this citation out")
        self.remove.setAccessibleName(f"Take out {words}")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 2, 2)
        row.addWidget(label, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self.remove.clicked.connect(self._on_remove_clicked)

    def _on_remove_clicked(self) -> None:
        self.removal_requested.emit(self._index)
