"""How one notice looks: its sign, its words, its ways out, and what it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui import theme
from app.ui.button_flow import ButtonFlow
from app.ui.enter_button import EnterButton, EnterToolButton
from app.ui.notice_kinds import Kind

BETWEEN = 8
"""Pixels between the ways out."""
_LEAST_ROOM = 45
"""Characters of a row of words beside a way out, its sign and what closes it too."""
_GLYPHS = {
    "error": ("octagon-alert", "error"),
    "info": ("info", "accent"),
    "doubt": ("lock", "doubt"),
}


class Offer(NamedTuple):
    """A way out offered beside a notice: the words of its button and what it does. What `loses`
    something for ever never has the keyboard unasked: Enter may not take it by habit."""

    words: str
    act: Callable[[], None]
    loses: bool = False


class Notice(NamedTuple):
    """What is told. `holds` says whether it is still true; `part` parts notices of one kind that
    stand beside each other. `case` is the letter it is of, `locked` what the password is asked of."""

    kind: Kind
    tone: str
    words: str
    offers: tuple[Offer, ...] = ()
    part: Hashable = ""
    case: int | None = None
    holds: Callable[[], bool] | None = None
    locked: object = None
    asks: bool = False


class NoticeButton(EnterButton):
    """A way out."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(offer.words)
        self.offer = offer


class NoticeCard(QFrame):
    """One notice with its buttons; what they mean is the bar's decision."""

    closed = Signal()
    offer_taken = Signal(object)
    password_given = Signal(str)

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self.letters_seen = 0
        """How many letters have come since, for what was done."""
        self.setProperty("notice", notice.tone)
        glyph = self._glyph = QLabel()
        theme.LookWatch(self).scheme_changed.connect(self._dress)
        self._dress()
        words = QLabel()
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words.setText(notice.words)  # last: now its height is reckoned by its width
        self.setAccessibleName(notice.words)
        self.password = self._password_line()
        self.password.setVisible(notice.asks)
        close = self._close = EnterToolButton()
        close.setIcon(theme.icon("x"))
        close.setToolTip("Close this notice")
        close.setAccessibleName("Close this notice")
        close.clicked.connect(self.closed)
        self.buttons = [NoticeButton(offer) for offer in notice.offers]
        column = self._column = QVBoxLayout()
        column.addWidget(words)
        if len(self.buttons) > 1:
            column.addWidget(self._flow_of(self.buttons))
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(glyph)
        row.addLayout(column, 1)
        row.addWidget(self.password)
        self._beside = len(self.buttons) == 1
        if self._beside:
            row.addWidget(self.buttons[0])
        row.addWidget(close)
        for button in self.buttons:
            button.clicked.connect(self._on_button_clicked)
        self.setTabOrder(self.password, close)

    def fit(self, width: int) -> int:
        """Take the height that the words need in that width; gives it."""
        self._place_button(width)
        layout = self._row
        layout.activate()
        frame = self.size() - self.contentsRect().size()
        height = layout.heightForWidth(width - frame.width()) + frame.height()
        height = max(height, layout.minimumSize().height())
        self.setFixedHeight(height)
        return height

    def _place_button(self, width: int) -> None:
        """One way out stands beside the words where it leaves them room, else below, as several do."""
        if len(self.buttons) != 1:
            return
        button = self.buttons[0]
        room = width - button.sizeHint().width()
        beside = room >= self.fontMetrics().averageCharWidth() * _LEAST_ROOM
        if beside is self._beside:
            return
        self._beside = beside
        self._row.removeWidget(button)
        self._column.removeWidget(button)
        if beside:
            self._row.insertWidget(self._row.indexOf(self._close), button)
        else:
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def take_focus(self) -> None:
        """The keyboard onto what it asks for, else onto its last way out that loses nothing, or what
        closes it."""
        safe = [button for button in self.buttons if not button.offer.loses]
        ways = [self.password] if self.notice.asks else [self._close, *safe]
        ways[-1].setFocus()

    def _flow_of(self, buttons: Sequence[NoticeButton]) -> ButtonFlow:
        flow = ButtonFlow(BETWEEN)
        flow.set_buttons(buttons)
        for button in buttons:
            button.show()
        return flow

    def _dress(self) -> None:
        self._glyph.setPixmap(theme.icon(*_GLYPHS[self.notice.tone]).pixmap(20, 20))

    def _password_line(self) -> QLineEdit:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setPlaceholderText("Password")
        line.setAccessibleName("Password of the letter")
        line.setMaximumWidth(180)
        line.returnPressed.connect(self._on_line_return_pressed)
        return line

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _on_button_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, NoticeButton)
        self.offer_taken.emit(button.offer)

    def _on_line_return_pressed(self) -> None:
        self.password_given.emit(self.password.text())
