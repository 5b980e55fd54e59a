"""What is known of the letters of the sheet: read in the background, judged, and followed as they change.

Of a letter only the fields that show are kept here; its state is its document's (`documents`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.errors import UserError
from app.letter import FieldId, Letter, get_value
from app.services.checks import Finding
from app.services.letter_intake import Reader
from app.services.one_field import LONG, Asked, fields_of, judge, read_cases
from app.services.picked_places import PickedPlaces
from app.services.settings import Settings
from app.services.store import Case, CaseSummary, Store
from app.ui.document import LetterDocument
from app.ui.form.row_words import RowWords
from app.ui.jobs import Jobs
from app.ui.sheet.documents import Documents, take_up

AT_ONCE = 16
"""Letters that one job reads."""
LATER = -1
"""Priority of what nobody waits for."""


class Known(NamedTuple):
    """What is shown of a letter: its name, its fields, or why it cannot be read."""

    name: str
    asked: tuple[Asked, ...] = ()
    problem: UserError | None = None


class _Read(NamedTuple):
    cases: Mapping[int, Case | UserError]
    findings: Mapping[int, tuple[Finding, ...]]


class _Tools(NamedTuple):
    """What a worker needs to judge letters."""

    store: Store
    reader: Reader
    settings: Settings


class SheetLetters(QObject):
    """The letters listed, for one field or the header."""

    progressed = Signal(int, int)
    """(letters read, letters in all)"""
    letters_read = Signal(object)
    """The ids that have been read now, in the order of the list."""
    letter_changed = Signal(int)
    """What is known of a letter (its id) is something else now."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        jobs: Jobs,
        documents: Documents,
        password_of: Callable[[int], str | None],
        desk_findings: Callable[[], tuple[Finding, ...]],
        parent: QObject | None = None,
    ) -> None:
        """`desk_findings` tells what the checks found in the letter on the desk."""
        super().__init__(parent)
        self._desk_findings = desk_findings
        self._tools = _Tools(store, reader, Settings())
        self._jobs = jobs
        self._documents = documents
        self._password_of = password_of
        self._name = ""
        self._names: dict[int, str] = {}
        self._erring: set[int] = set()
        self._known: dict[int, Known] = {}
        self._findings: dict[int, tuple[Finding, ...]] = {}
        self._to_read: list[int] = []
        self._to_judge: list[int] = []
        self._arriving: list[int] = []
        self._total = 0
        self._reading = self._judging = 0
        # Takes up one letter after another to say what is asked in it; nothing is written of it.
        self._scratch = documents.bare()
        documents.findings_of = self.findings
        documents.changed.connect(self._on_documents_changed)
        documents.letter_changed.connect(self.judge_later)
        documents.opened.connect(self._on_documents_opened)

    def take_settings(self, settings: Settings) -> None:
        """By which rules letters are judged."""
        self._tools = self._tools._replace(settings=settings)

    def show(self, cases: Sequence[CaseSummary], name: str) -> None:
        """Read these letters for one field, or HEADER, and tell when they are there."""
        self.close()
        self._name = name
        self.add(cases)

    def add(self, cases: Sequence[CaseSummary]) -> None:
        """Read more letters, behind those there are."""
        for case in cases:
            self._names[case.id] = case.number or case.file_name
            if case.errors:
                self._erring.add(case.id)
        new = [case.id for case in cases]
        self._to_read += new
        self._arriving += new
        self._total += len(new)
        self.progressed.emit(self._total - len(self._to_read), self._total)
        if not self._reading:
            self._read_next()

    def close(self) -> None:
        """Let go of all that is known."""
        for ticket in (self._reading, self._judging):
            self._jobs.cancel(ticket)
        self._names.clear()
        self._erring.clear()
        self._known.clear()
        self._findings.clear()
        self._to_read, self._to_judge, self._arriving = [], [], []
        self._total = self._reading = self._judging = 0

    def remove(self, case_id: int) -> None:
        """A letter has left the list."""
        self._names.pop(case_id, None)
        self._known.pop(case_id, None)

    def known(self, case_id: int) -> Known:
        """What is known of a letter; only its name while it is being read."""
        return self._known.get(case_id) or Known(self._names.get(case_id, ""))

    def can_be_edited(self, case_id: int) -> bool:
        """Whether a document can speak for the letter at this moment."""
        known, documents = self._known.get(case_id), self._documents
        is_there = known is not None and known.problem is None
        return is_there and not documents.is_coming(case_id) and not documents.reads_only

    def document(self, case_id: int) -> LetterDocument:
        """The document that speaks for a letter. Raises UserError where it cannot be read."""
        return self._documents.get(case_id)

    def findings(self, case_id: int) -> tuple[Finding, ...]:
        """What the checks found in a letter, as far as they have looked at it."""
        if case_id == self._documents.on_desk:
            return self._desk_findings()
        return self._findings.get(case_id, ())

    def judge_later(self, case_id: int) -> None:
        """Have the checks look at a letter again, before any other that waits for them."""
        self._to_judge = [case_id, *(one for one in self._to_judge if one != case_id)]
        self._judge_next()

    def _read_next(self) -> None:
        ids, self._to_read = self._to_read[:AT_ONCE], self._to_read[AT_ONCE:]
        if not ids:
            self._reading = 0
            arrived, self._arriving = self._arriving, []
            self.letters_read.emit([one for one in arrived if one in self._known])
            self._judge_next()
            return
        erring = {one: self._password_of(one) for one in ids if one in self._erring}
        self._reading = self._jobs.run(partial(_read, self._tools, ids, erring), self._on_read)

    def _on_read(self, read: _Read) -> None:
        for case_id, case in read.cases.items():
            self._take_case(case_id, case, read.findings.get(case_id))
            if case_id not in read.findings:
                self._to_judge.append(case_id)
        self.progressed.emit(self._total - len(self._to_read), self._total)
        self._read_next()

    def _judge_next(self) -> None:
        waiting = [one for one in self._to_judge if one != self._documents.on_desk]
        self._to_judge = waiting  # the desk has its own checks
        if self._reading or self._judging or not waiting:
            return
        case_id = waiting.pop(0)
        document = self._documents.find(case_id)
        letter = document.letter if document is not None else None
        work = partial(_judged, self._tools, case_id, letter, self._password_of(case_id))
        self._judging = self._jobs.run(work, self._on_judged, priority=LATER)

    def _on_judged(self, judged: _Read) -> None:
        self._judging = 0
        for case_id, case in judged.cases.items():
            if case_id not in self._to_judge:
                self._take_case(case_id, case, judged.findings.get(case_id))
        self._judge_next()

    def _take_case(
        self, case_id: int, case: Case | UserError, findings: tuple[Finding, ...] | None
    ) -> None:
        if findings is not None and case_id in self._names:
            self._findings[case_id] = findings
        document = self._documents.find(case_id)
        if document is not None:
            if findings is not None and case_id != self._documents.on_desk:
                document.set_findings(findings)
            self._look(case_id, document)
        elif case_id not in self._names:
            return  # it is not shown any more
        elif isinstance(case, UserError):
            self._note(case_id, Known(self._names.get(case_id, ""), problem=case))
        else:
            self._load_scratch(case)
            self._look(case_id, self._scratch)

    def _load_scratch(self, case: Case) -> None:
        confirmed = {FieldId.from_key(key): value for key, value in case.confirmed.items()}
        postponed = {FieldId.from_key(key): note for key, note in case.postponed.items()}
        picked = PickedPlaces.of_view(case.view)
        self._scratch.load(
            case.parsed, (), 0, confirmed, postponed, letter=case.letter, picked=picked
        )
        self._scratch.set_findings(self._findings.get(case.id, ()))
        take_up(self._scratch, case)

    def _look(self, case_id: int, document: LetterDocument) -> None:
        if case_id not in self._names:
            return
        letter, words = document.letter, RowWords(document, {})
        asked = tuple(
            Asked(
                field=field,
                value=get_value(letter, field),
                status=document.statuses[field],
                # Pictures are cut out of the letter's own pages.
                places=tuple(one for one in document.places_of(field) if not one.file),
                words=document.words.get(field, ""),
                note=document.postponed.get(field),
                doubtful=words.doubtful_words(field) if field.spec.kind in LONG else None,
            )
            for field in fields_of(letter, self._name)
        )
        name = letter.header.case_number or self._names.get(case_id, "")
        self._note(case_id, Known(name, asked))

    def _note(self, case_id: int, known: Known) -> None:
        if known != self._known.get(case_id):
            self._known[case_id] = known
            self.letter_changed.emit(case_id)

    def _on_documents_changed(self, case_id: int, document: LetterDocument) -> None:
        if case_id in self._known:
            self._look(case_id, document)

    def _on_documents_opened(self, case_id: int) -> None:
        if case_id not in self._findings:
            self.judge_later(case_id)


def _read(tools: _Tools, ids: Iterable[int], erring: Mapping[int, str | None]) -> _Read:
    """Runs in a worker. `erring` are those whose errors decide where they stand, with passwords."""
    cases = read_cases(tools.store, ids)
    findings: dict[int, tuple[Finding, ...]] = {}
    for case_id, password in erring.items():
        case = cases.get(case_id)
        if isinstance(case, Case):
            findings |= _findings(tools, case, case.letter, password)
    return _Read(cases, findings)


def _judged(tools: _Tools, case_id: int, letter: Letter | None, password: str | None) -> _Read:
    """Runs in a worker. `letter` is the letter as it stands in an open document, if one is open."""
    cases = read_cases(tools.store, (case_id,))
    case = cases.get(case_id)
    if not isinstance(case, Case):
        return _Read(cases, {})
    return _Read(cases, _findings(tools, case, letter or case.letter, password))


def _findings(
    tools: _Tools, case: Case, letter: Letter, password: str | None
) -> dict[int, tuple[Finding, ...]]:
    try:
        found = judge(tools.store, tools.reader, case, letter, tools.settings, password)
    except UserError:
        return {}  # why its file cannot be read is told where its picture would be
    return {case.id: found}
