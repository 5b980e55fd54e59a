"""What the desk says to those who hear it: the letter that came, what stands against the field in
hand, what undo took back. Notices, hits and lists speak for themselves where they are shown.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.letter import FieldId
from app.services.review import points_words
from app.ui.announce import ANNOUNCER
from app.ui.desk_history import DeskHistory
from app.ui.document import LetterDocument
from app.ui.form.form_view import FormView


class DeskVoice(QObject):
    """Gathers what comes in one go and says it once, in the order in which it is to be heard."""

    def __init__(
        self,
        document: LetterDocument,
        history: DeskHistory,
        form: FormView,
        heading: Callable[[], str],
        window: QWidget,
    ) -> None:
        """`heading` gives the number of the letter on the desk and its place in the list."""
        super().__init__(window)
        self._document, self._form, self._window = document, form, window
        self._heading = heading
        self._said: tuple[FieldId | None, str] = (None, "")
        self._news: list[str] = []
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._speak)
        document.current_field_changed.connect(self._on_document_current_field_changed)
        document.statuses_changed.connect(self._on_changed)
        form.findings_told.connect(self._on_changed)
        form.typing_ended.connect(self._on_changed)
        history.stepped.connect(self._add)

    def letter_came(self) -> None:
        """Another letter is on the desk."""
        points = self._document.open_points
        self._said = (None, "")
        self._news.clear()
        self._add(f"{self._heading()}. {points_words(points) or 'Nothing left to do'}.")

    def _add(self, words: str) -> None:
        self._news.append(words)
        self._turn.start()

    def _on_document_current_field_changed(self, _field: FieldId | None) -> None:
        self._said = (None, "")
        self._turn.start()

    def _on_changed(self, *_: object) -> None:
        self._turn.start()

    def _speak(self) -> None:
        news, self._news = self._news, []
        field = self._document.current_field
        row = self._form.row(field) if field is not None and self._document.is_open else None
        wrong = False
        # While somebody writes nothing is shown anew, and so nothing is said.
        if row is not None and not row.is_held:
            against, wrong = row.against
            if (field, against) != self._said:
                self._said = (field, against)
                news.append(f"{row.spec.label}: {against}" if against else "")
        ANNOUNCER.announce(self._window, " ".join(part for part in news if part), urgent=wrong)
