"""Where news and the world's problems are told in place, and when each goes: nothing modal.

Each notice is of a kind, which says to what it belongs: it goes with that, or when it is no longer
true. What belongs to different owners stands one above another, so that nothing waits.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from app.errors import UserError
from app.ui.announce import ANNOUNCER
from app.ui.notice_card import Notice, NoticeCard, Offer
from app.ui.notice_kinds import Kind, Of
from app.ui.notice_place import place

__all__ = ["Kind", "NoticeBar", "Offer"]

MOST = 3
"""Notices shown at once; the oldest goes first, but none that asks for something."""
_MOVES = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide}


class NoticeBar(QFrame):
    """The notices that stand, the newest below."""

    password_given = Signal(object, str)
    """(what is locked, the password)"""
    password_refused = Signal(object)
    """What is locked stays so: its notice was closed."""
    focus_left = Signal()
    """The keyboard was in a notice that has gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[NoticeCard] = []
        self._standing: list[tuple[type[UserError], Offer]] = []
        self._case: int | None = None
        self._last: int | None = None
        self._ground: QWidget | None = None
        self._above: QWidget | None = None
        self._over: QWidget | None = None
        self._in_hand: Callable[[], QWidget | None] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    @property
    def words(self) -> str:
        """What was told last and still stands; empty where nothing does."""
        return self._cards[-1].notice.words if self._cards else ""

    @property
    def all_words(self) -> tuple[str, ...]:
        """Everything that stands, the oldest first."""
        return tuple(card.notice.words for card in self._cards)

    @property
    def asks(self) -> bool:
        """Whether a password is asked for at this moment."""
        return any(card.notice.asks for card in self._cards)

    def offer_with(self, kind: type[UserError], offer: Offer) -> None:
        """Offer this with every problem of that kind, wherever it comes from."""
        self._standing.append((kind, offer))

    def tell_problem(
        self,
        kind: Kind,
        error: UserError,
        *offers: Offer,
        part: Hashable = "",
        case: int | None = None,
        holds: Callable[[], bool] | None = None,
    ) -> None:
        """A problem and its remedy."""
        standing = tuple(offer for of, offer in self._standing if isinstance(error, of))
        words = f"{error.what}\n{error.remedy}"
        self._tell(Notice(kind, "error", words, (*standing, *offers), part, case, holds))

    def tell(
        self,
        kind: Kind,
        words: str,
        *offers: Offer,
        part: Hashable = "",
        case: int | None = None,
        holds: Callable[[], bool] | None = None,
    ) -> None:
        """Something worth knowing that needs no remedy. `case` is the letter it is of, where that
        is not the one on the desk; `holds` whether it is still true, where its kind says until when."""
        self._tell(Notice(kind, "info", words, offers, part, case, holds))

    def ask_password(
        self,
        kind: Kind,
        error: UserError,
        locked: object = None,
        *,
        case: int | None = None,
        awaited: bool = True,
        holds: Callable[[], bool] | None = None,
    ) -> None:
        """Something is locked: its password can be typed here. Where it is not `awaited`, it does
        not take the cursor out of the field in hand, in which somebody may be writing: F6 leads to
        it."""
        words = f"{error.what}\n{error.remedy}"
        self._tell(Notice(kind, "doubt", words, (), "", case, holds, locked=locked, asks=True))
        field = self._in_hand() if self._in_hand is not None else None
        if awaited or field is None or not _has_cursor(field):
            self._cards[-1].take_focus()

    def focus_offer(self) -> None:
        """The keyboard onto what is asked, else onto the last way out of the newest notice that
        loses nothing, so that Enter takes it, or that which closes it."""
        if self._cards:
            asking = next((card for card in self._cards if card.notice.asks), self._cards[-1])
            asking.take_focus()

    def clear(self) -> None:
        """Nothing to tell any more."""
        for card in tuple(self._cards):
            self._drop(card)

    def stands(self, kind: Kind) -> bool:
        """Whether something of that kind is told at this moment."""
        return any(card.notice.kind is kind for card in self._cards)

    def retract(self, *kinds: Kind) -> bool:
        """Take back what was told of these kinds; whether any of it still stood."""
        return self._drop_where(lambda notice: notice.kind in kinds)

    # When notices go

    def show_letter(self, case: int | None) -> None:
        """Another letter comes onto the desk: what belongs to the ones before is over."""
        self._case = case
        for card in tuple(self._cards):
            of = card.notice.kind.of
            if of is Of.ACT and case not in (None, self._last):
                card.letters_seen += 1
            of_another = of in (Of.FIELD, Of.LETTER) and card.notice.case != case
            if of_another or card.letters_seen > 1:
                self._drop(card)
        if case is not None:
            self._last = case  # what is put away for a while and comes back is no other letter
        self.look_again()

    def leave_field(self) -> None:
        """Another field is in hand, or the one in hand was changed."""
        self._drop_where(lambda notice: notice.kind.of is Of.FIELD)
        self.look_again()
        self._place()

    def look_again(self) -> None:
        """Something has changed: what is no longer true goes."""
        self._drop_where(lambda notice: notice.holds is not None and not notice.holds())

    def _drop_where(self, over: Callable[[Notice], bool]) -> bool:
        dropped = [card for card in self._cards if over(card.notice)]
        for card in dropped:
            self._drop(card)
        return bool(dropped)

    def _drop(self, card: NoticeCard) -> None:
        if card not in self._cards:
            return
        focus = QApplication.focusWidget()
        had_focus = focus is not None and card.isAncestorOf(focus)
        self._cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.setParent(None)
        card.deleteLater()
        self.setAccessibleName(self.words)
        if not self._cards:
            self.hide()
        self._place()
        if had_focus:
            self.focus_left.emit()

    # Showing

    def float_over(
        self, ground: QWidget, above: QWidget | None = None, over: QWidget | None = None
    ) -> None:
        """Lie over the lower edge of a widget, so that nothing under the mouse ever moves: over
        its part `over` where that has the room, and over the upper edge of `above`, a part of it
        too, while that is shown."""
        self._ground, self._above, self._over = ground, above, over
        self.setParent(ground)
        for widget in (ground, above, over):
            if widget is not None:
                widget.installEventFilter(self)
        self.hide()

    def keep_clear_of(self, in_hand: Callable[[], QWidget | None]) -> None:
        """Never cover the widget that this gives."""
        self._in_hand = in_hand

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def _tell(self, notice: Notice) -> None:
        if notice.kind.until and notice.holds is None:
            raise TypeError(
                f"{notice.kind.name} holds until {notice.kind.until}: say whether it does"
            )
        if notice.case is None and notice.kind.of in (Of.FIELD, Of.LETTER):
            notice = notice._replace(case=self._case)
        same = (notice.kind, notice.part)
        for card in [c for c in self._cards if (c.notice.kind, c.notice.part) == same]:
            self._drop(card)
        while len(self._cards) >= MOST:
            oldest = next((c for c in self._cards if not c.notice.asks), self._cards[0])
            self._drop(oldest)
        card = NoticeCard(notice, self)
        card.closed.connect(self._on_card_closed)
        card.offer_taken.connect(self._on_card_offer_taken)
        card.password_given.connect(self._on_card_password_given)
        self._cards.append(card)
        self._column.addWidget(card)
        card.show()
        self.setAccessibleName(notice.words)
        self.show()
        self._place()
        # It takes no focus: a screen reader would not come to it by itself.
        ANNOUNCER.announce(self, notice.words, urgent=notice.asks or notice.tone == "error")

    def _place(self) -> None:
        ground = self._ground
        if ground is None or not self._cards:
            return  # it has a place of its own in a layout, or nothing to show
        room, own = ground.rect(), _within(ground, self._over)
        above = _within(ground, self._above)
        if above.isValid():
            room.setBottom(min(room.bottom(), above.top() - 1))
            own.setBottom(min(own.bottom(), above.top() - 1))
        in_hand = self._in_hand() if self._in_hand is not None else None
        needed = max((card.minimumSizeHint().width() for card in self._cards), default=0)
        chosen = place(room, own, _within(ground, in_hand), needed, self._fit)
        self._fit(chosen.width())
        self.setGeometry(chosen)
        self.raise_()

    def _fit(self, width: int) -> int:
        """Give each notice the height its words need in that width; the height of them all."""
        gaps = self._column.spacing() * (len(self._cards) - 1)
        return sum(card.fit(width) for card in self._cards) + gaps

    def _on_card_closed(self) -> None:
        card = self.sender()
        assert isinstance(card, NoticeCard)
        self._drop(card)
        if card.notice.asks:
            self.password_refused.emit(card.notice.locked)

    def _on_card_offer_taken(self, offer: Offer) -> None:
        card = self.sender()
        assert isinstance(card, NoticeCard)
        # First: the offer may have a notice of its own to give.
        self._drop(card)
        offer.act()

    def _on_card_password_given(self, password: str) -> None:
        card = self.sender()
        assert isinstance(card, NoticeCard)
        self._drop(card)
        self.password_given.emit(card.notice.locked, password)


def _has_cursor(widget: QWidget) -> bool:
    holder = widget.window().focusWidget()
    return holder is not None and widget.isAncestorOf(holder)


def _within(ground: QWidget, widget: QWidget | None) -> QRect:
    """Where a part of the ground is shown on it; nothing where it is not."""
    if widget is None or not widget.isVisible() or not ground.isAncestorOf(widget):
        return QRect()
    return QRect(widget.mapTo(ground, QPoint()), widget.size())
