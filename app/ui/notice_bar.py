"""Where the world's problems are told in place: what happened, what to do, and nothing modal."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from app.errors import UserError
from app.ui import theme


class Offer(NamedTuple):
    """A way out offered beside a notice: the words of its button and what it does."""

    words: str
    act: Callable[[], None]


class NoticeBar(QFrame):
    """One notice at a time, above the letter; a newer one takes its place."""

    password_given = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: list[Offer] = []
        self._glyph = QLabel()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setPlaceholderText(self.tr("Password"))
        self._password.setAccessibleName(self.tr("Password of the letter"))
        self._password.setMaximumWidth(180)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(4)
        close = QToolButton()
        close.setIcon(theme.icon("x"))
        close.setToolTip(self.tr("Close this notice"))
        close.setAccessibleName(self.tr("Close this notice"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._glyph)
        row.addWidget(self._words, 1)
        row.addWidget(self._password)
        row.addLayout(self._buttons)
        row.addWidget(close)
        close.clicked.connect(self.clear)
        self._password.returnPressed.connect(self._on_password_return_pressed)
        self.hide()

    @property
    def words(self) -> str:
        """What is told at the moment; empty where nothing is."""
        return self._words.text() if not self.isHidden() else ""

    def tell_problem(self, error: UserError, *offers: Offer) -> None:
        """A problem and its remedy."""
        self._tell("error", "octagon-alert", f"{error.what}\n{error.remedy}", offers)

    def tell(self, words: str, *offers: Offer) -> None:
        """Something worth knowing that needs no remedy."""
        self._tell("info", "info", words, offers)

    def ask_password(self, error: UserError) -> None:
        """A letter that is locked: its password can be typed here."""
        self._tell("doubt", "lock", f"{error.what}\n{error.remedy}", ())
        self._password.show()
        self._password.setFocus()

    def clear(self) -> None:
        """Nothing to tell any more."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _tell(self, tone: str, glyph: str, words: str, offers: tuple[Offer, ...]) -> None:
        role = {"error": "error", "doubt": "doubt", "info": "accent"}[tone]
        self.setProperty("notice", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._glyph.setPixmap(theme.icon(glyph, role).pixmap(20, 20))
        self._words.setText(words)
        self.setAccessibleName(words)
        self._password.clear()
        self._password.hide()
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._offers = list(offers)
        for index, offer in enumerate(offers):
            button = QPushButton(offer.words)
            button.setProperty("offer", index)
            button.setAutoDefault(False)
            button.clicked.connect(self._on_offer_clicked)
            self._buttons.addWidget(button)
        self.show()

    def _on_offer_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        offer = self._offers[int(button.property("offer"))]
        # First: the offer may have a notice of its own to give.
        self.clear()
        offer.act()

    def _on_password_return_pressed(self) -> None:
        self.hide()
        self.password_given.emit(self._password.text())
