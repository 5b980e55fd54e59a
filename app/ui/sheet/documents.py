"""Which document speaks for a letter: there is one state of each, and it is written in one way.

Of the letter on the desk it is the desk's own document; any other has one here, with a session of
its own that writes through the desk's log. Only a few are open at a time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.letter import FieldId, Kind, get_value
from app.services.checks import Finding
from app.services.store import Case, Store
from app.ui.document import LetterDocument
from app.ui.form import values
from app.ui.session import ONE_FRAME, Session

OPEN_DOCUMENTS = 24
"""Documents that are kept open beside the desk's; the one not used for longest goes first."""
_READ: Mapping[Kind, Callable[[str], Any]] = {
    Kind.DATE: values.read_date,
    Kind.NUMBER: values.read_age,
    Kind.LIST: values.read_list,
    Kind.LINE: values.read_line,
    Kind.TEXT: values.read_paragraphs,
    Kind.GUIDELINE: values.read_paragraphs,
}


class Documents(QObject):
    """Hands out the document and the session of a letter by its id."""

    changed = Signal(int, object)
    """(case id, LetterDocument): something that is shown of a letter is not what it was."""
    letter_changed = Signal(int)
    """A letter that is not on the desk has other values: the checks have to look again."""
    edited = Signal(int)
    """Something was written to a letter that is not on the desk."""
    opened = Signal(int)
    """A document was opened for a letter that is not on the desk."""

    def __init__(
        self,
        store: Store,
        desk: LetterDocument,
        session: Session,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._desk = desk
        self._session = session
        self._own: OrderedDict[int, tuple[LetterDocument, Session]] = OrderedDict()
        self._coming: int | None = None
        self.most = OPEN_DOCUMENTS
        self.findings_of: Callable[[int], tuple[Finding, ...]] = _nothing
        """What the checks have found in a letter, as far as they have looked at it."""
        for signal in (desk.loaded, desk.letter_changed, desk.statuses_changed, desk.words_changed):
            signal.connect(self._on_desk_changed)

    @property
    def count(self) -> int:
        """How many are open beside the desk's."""
        return len(self._own)

    @property
    def desk(self) -> LetterDocument:
        """The desk's own document."""
        return self._desk

    @property
    def on_desk(self) -> int | None:
        """The letter on the desk, by its id."""
        return self._session.case_id if self._desk.is_open else None

    def is_coming(self, case_id: int) -> bool:
        """Whether the letter is on its way to the desk: nothing speaks for it until it is there."""
        return case_id == self._coming

    @property
    def reads_only(self) -> bool:
        """Whether letters are only looked at."""
        return self._desk.reads_only

    def bare(self) -> LetterDocument:
        """A document that knows what the desk's knows, and is nobody's yet."""
        desk = self._desk
        made = LetterDocument(self, guidelines=lambda: desk.guidelines)
        made.reads_only = desk.reads_only
        return made

    def find(self, case_id: int) -> LetterDocument | None:
        """The document that speaks for a letter, where one is open."""
        if case_id == self.on_desk:
            return self._desk
        own = self._own.get(case_id)
        return own[0] if own is not None else None

    def get(self, case_id: int) -> LetterDocument:
        """The document that speaks for a letter, opened where it has to be. Raises UserError where
        it cannot be read, KeyError where it was erased."""
        return self._desk if case_id == self.on_desk else self._open(case_id)[0]

    def session_of(self, case_id: int) -> Session:
        """The session that keeps what is done to a letter. Raises as `get`."""
        return self._session if case_id == self.on_desk else self._open(case_id)[1]

    @contextmanager
    def together(self, case_id: int) -> Iterator[None]:
        """What is done to a letter is one of many things: see `wait_a_frame`."""
        session = self.session_of(case_id)
        session.waits = False
        try:
            yield
        finally:
            session.waits = True

    def wait_a_frame(self) -> None:
        """Wait for the disk once for all of them."""
        self._session.log.settle(ONE_FRAME)

    def release(self, case_id: int) -> None:
        """A letter is about to come onto the desk: from now on the desk's document speaks for it."""
        self._coming = case_id
        self.let_go(case_id)

    def note_arrival(self) -> None:
        """It is there, or could not come."""
        self._coming = None

    def keep_all(self) -> None:
        """Write whatever is in hand now."""
        for _, session in self._own.values():
            session.keep_all()

    def let_go(self, case_id: int) -> None:
        """Close a letter's document; what was typed into it is kept."""
        own = self._own.pop(case_id, None)
        if own is not None:
            own[1].keep_all()
            own[0].deleteLater()

    def close(self) -> None:
        """Close them all."""
        for case_id in list(self._own):
            self.let_go(case_id)

    def _open(self, case_id: int) -> tuple[LetterDocument, Session]:
        own = self._own.get(case_id)
        if own is not None:
            self._own.move_to_end(case_id)
            return own
        self._session.settle()  # what was done to it before is to be read
        case = self._store.case(case_id)
        document = self.bare()
        session = Session(self._store, document, document, beside=self._session)
        session.open(case)
        self._own[case_id] = document, session
        # First of all: what is left to do is counted with what the checks found.
        document.set_findings(self.findings_of(case_id))
        take_up(document, case)
        self._connect(case_id, document)
        for old in list(self._own)[: -self.most]:
            self.let_go(old)
        self.opened.emit(case_id)
        return document, session

    def _connect(self, case_id: int, document: LetterDocument) -> None:
        change = partial(self._on_own_changed, case_id)
        edit = partial(self._on_own_edited, case_id)
        document.statuses_changed.connect(change)
        document.words_changed.connect(change)
        document.letter_changed.connect(partial(self._on_own_letter_changed, case_id))
        document.edit_made.connect(edit)
        document.marked.connect(edit)

    def _on_desk_changed(self, *_: object) -> None:
        case_id = self.on_desk
        if case_id is not None:
            self.changed.emit(case_id, self._desk)

    def _on_own_changed(self, case_id: int, *_: object) -> None:
        own = self._own.get(case_id)
        if own is not None:
            self.changed.emit(case_id, own[0])

    def _on_own_letter_changed(self, case_id: int, *_: object) -> None:
        self._on_own_changed(case_id)
        self.letter_changed.emit(case_id)

    def _on_own_edited(self, case_id: int, *_: object) -> None:
        self.edited.emit(case_id)


def _nothing(_case_id: int) -> tuple[Finding, ...]:
    return ()


def take_up(document: LetterDocument, case: Case) -> None:
    """What was half-typed when the letter was left."""
    for key, text in case.drafts.items():
        field = FieldId.from_key(key)
        read = _READ.get(field.spec.kind)
        if read is None or field not in document.statuses:
            continue
        try:
            document.edit(field, read(text), typing=True)
        except ValueError as error:
            document.edit(field, get_value(document.letter, field), typing=True, words=text)
            document.set_wrong(field, str(error))
