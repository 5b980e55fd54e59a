"""The mark that a letter is being opened: found at a start, it says that the opening never ended."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.store import Store
from app.ui.pages import PageView
from app.ui.session import Session

OPENING = "opening"


class OpeningMark(QObject):
    """Kept from before a letter is fetched until its first page is there, drawn or given up."""

    def __init__(self, store: Store, session: Session, view: PageView, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._session = session
        self._stands: int | None = None
        self._shown = False
        view.drawings.page_drawn.connect(self._on_drawings_page_drawn)

    @property
    def unfinished(self) -> int | None:
        """The letter whose opening did not end when the program last ran."""
        return self._store.setting(OPENING)

    def words(self, name: str) -> str:
        """What is told of that letter at the next start."""
        return (
            f"The program ended while {name} was being opened, so it is not opened by itself now. "
            "It can be opened, or taken out of the list without opening it."
        )

    def set(self, case_id: int) -> None:
        """This letter is about to be opened."""
        self._shown = False
        if self._stands != case_id:
            self._stands = case_id
            self._session.save_setting(OPENING, case_id)

    def wait_for_page(self) -> None:
        """It is on the desk; its page is still to come."""
        self._shown = True

    def clear(self) -> None:
        """The opening has ended, well or not."""
        if self._stands is not None:
            self._stands = None
            self._session.save_setting(OPENING, None)

    def _on_drawings_page_drawn(self, _page: int) -> None:
        if self._shown:
            self.clear()
