"""What the user sees while something cannot be saved, and the ways on: again, elsewhere, without."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.errors import UserError
from app.services.store import CannotCompare, CaseUnreadable, DatabaseDamaged
from app.ui.notice_bar import Kind, NoticeBar, Offer
from app.ui.session import Session
from app.ui.top_bar import TopBar


class Safekeeping(QObject):
    """Says whether all is saved, and lets the window close only when it is or the user says so."""

    copy_requested = Signal()
    """The open letter is to be written to a file in another place."""
    close_requested = Signal()
    """The user gives up what could not be saved."""

    def __init__(
        self, session: Session, top_bar: TopBar, notice: NoticeBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._top_bar = top_bar
        self._notice = notice
        self._is_closing = False
        session.trouble.connect(self._on_session_trouble)
        session.saved.connect(self._on_session_saved)

    def offer_restore(self, restore: Offer) -> None:
        """Stand by every notice that something kept is damaged."""
        for kind in (DatabaseDamaged, CannotCompare, CaseUnreadable):
            self._notice.offer_with(kind, restore)

    def show_typing(self) -> None:
        """A key was pressed; what stands in the way of saving is said all the same."""
        if self._session.obstacle is None:
            self._top_bar.show_saved("typing…")

    def tell_held_back(self) -> None:
        """Another letter has to wait until this one is saved."""
        obstacle = self._session.obstacle or UserError(
            "The disk is slow.", "Wait a moment, then open it again."
        )
        waits = "Another letter can be opened as soon as this one is saved."
        self._tell(UserError(f"{waits}\n{obstacle.what}", obstacle.remedy))

    def may_close(self) -> bool:
        """Whether everything is on the disk; if not, the ways on are offered."""
        try:
            self._session.flush()
        except UserError as error:
            self._is_closing = True
            self._tell(error)
            return False
        return True

    def _tell(self, error: UserError) -> None:
        offers = [Offer("Try again", self._try_again)]
        if self._session.case_id is not None:
            offers.append(Offer("Save this letter elsewhere…", self.copy_requested.emit))
        if self._is_closing:
            count = self._session.unwritten
            lost = "Closing now loses the last change."
            if count > 1:
                lost = f"Closing now loses the last {count} changes."
            error = UserError(error.what, f"{error.remedy}\n{lost}")
            offers.append(Offer("Close and lose them", self._give_up, loses=True))
        self._top_bar.show_saved("NOT saved yet", urgent=True)
        self._notice.tell_problem(Kind.NOT_SAVED, error, *offers, holds=self._is_unsaved)

    def _is_unsaved(self) -> bool:
        return self._session.unwritten > 0

    def _try_again(self) -> None:
        self._is_closing = False
        try:
            self._session.flush()
        except UserError as error:
            self._tell(error)

    def _give_up(self) -> None:
        self._session.give_up()
        self.close_requested.emit()

    def _on_session_trouble(self, error: UserError) -> None:
        self._tell(error)

    def _on_session_saved(self) -> None:
        self._top_bar.show_saved("saved")
        if self._notice.retract(Kind.NOT_SAVED):
            self._notice.tell(Kind.SAVED_AGAIN, "Everything is saved now.")
        self._is_closing = False
