"""Where the world's problems are told in place: what happened, what to do, and nothing modal."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.errors import UserError
from app.ui import theme

WIDTH, MARGIN = 760, 24
_MOVES = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide}


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
        self._standing: list[tuple[type[UserError], Offer]] = []
        self._ground: QWidget | None = None
        self._above: QWidget | None = None
        self._later: list[tuple[str, str, str, tuple[Offer, ...]]] = []
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
        # One way out stands beside the words, several stand below: the words need the room.
        self._beside, self._below = QHBoxLayout(), QHBoxLayout()
        for buttons in (self._beside, self._below):
            buttons.setSpacing(4)
        close = QToolButton()
        close.setIcon(theme.icon("x"))
        close.setToolTip(self.tr("Close this notice"))
        close.setAccessibleName(self.tr("Close this notice"))
        column = QVBoxLayout()
        column.addWidget(self._words)
        column.addLayout(self._below)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._glyph)
        row.addLayout(column, 1)
        row.addWidget(self._password)
        row.addLayout(self._beside)
        row.addWidget(close)
        close.clicked.connect(self.clear)
        self._password.returnPressed.connect(self._on_password_return_pressed)
        self.hide()

    @property
    def words(self) -> str:
        """What is told at the moment; empty where nothing is."""
        return self._words.text() if not self.isHidden() else ""

    @property
    def asks(self) -> bool:
        """Whether a password is asked for at this moment."""
        return not self.isHidden() and not self._password.isHidden()

    def offer_with(self, kind: type[UserError], offer: Offer) -> None:
        """Offer this with every problem of that kind, wherever it comes from."""
        self._standing.append((kind, offer))

    def tell_problem(self, error: UserError, *offers: Offer) -> None:
        """A problem and its remedy."""
        standing = tuple(offer for kind, offer in self._standing if isinstance(error, kind))
        words = f"{error.what}\n{error.remedy}"
        self._tell("error", "octagon-alert", words, (*standing, *offers))

    def tell(self, words: str, *offers: Offer) -> None:
        """Something worth knowing that needs no remedy."""
        self._tell("info", "info", words, offers)

    def ask_password(self, error: UserError) -> None:
        """A letter that is locked: its password can be typed here."""
        self._password.hide()  # another letter's: this one takes its place
        self._tell("doubt", "lock", f"{error.what}\n{error.remedy}", ())
        self._password.show()
        self._password.setFocus()

    def clear(self) -> None:
        """Nothing to tell any more."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()
            self._tell_later()

    def float_over(self, ground: QWidget, above: QWidget | None = None) -> None:
        """Lie over the lower edge of a widget, so that nothing under the mouse ever moves; over
        the upper edge of `above`, a part of it, while that is shown."""
        self._ground, self._above = ground, above
        self.setParent(ground)
        for widget in (ground, above):
            if widget is not None:
                widget.installEventFilter(self)
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        ground, layout = self._ground, self.layout()
        if ground is None or layout is None:
            return  # it has a place of its own in a layout
        layout.activate()
        width = min(WIDTH, ground.width() - 2 * MARGIN)
        frame = self.size() - self.contentsRect().size()
        height = layout.heightForWidth(width - frame.width()) + frame.height()
        height = max(height, layout.minimumSize().height())
        bottom = ground.height()
        if self._above is not None and self._above.isVisible():
            bottom = self._above.mapTo(ground, QPoint()).y()
        self.setGeometry((ground.width() - width) // 2, bottom - height - MARGIN, width, height)
        self.raise_()

    def _tell_later(self) -> None:
        if self._later:
            self._tell(*self._later.pop(0))

    def _tell(self, tone: str, glyph: str, words: str, offers: tuple[Offer, ...]) -> None:
        if self.asks:
            # A password that is asked for must not be lost behind other news.
            self._later.append((tone, glyph, words, offers))
            return
        role = {"error": "error", "doubt": "doubt", "info": "accent"}[tone]
        self.setProperty("notice", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._glyph.setPixmap(theme.icon(glyph, role).pixmap(20, 20))
        self._words.setText(words)
        self.setAccessibleName(words)
        self._password.clear()
        self._password.hide()
        for buttons in (self._beside, self._below):
            while item := buttons.takeAt(0):
                if widget := item.widget():
                    widget.hide()
                    widget.deleteLater()
        self._offers = list(offers)
        buttons = self._below if len(offers) > 1 else self._beside
        for index, offer in enumerate(offers):
            button = QPushButton(offer.words)
            button.setProperty("offer", index)
            button.setAutoDefault(False)
            button.clicked.connect(self._on_offer_clicked)
            buttons.addWidget(button)
            button.show()  # now, so that its height is counted
        if len(offers) > 1:
            buttons.addStretch(1)
        self.show()
        self._place()

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
        if self.isHidden():
            self._tell_later()
