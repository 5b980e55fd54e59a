"""What two desks did to one letter since it was handed over, and writing what is made of both.

Each side's history is a chain of hashes. Where both chains are the same they come from one state; a
MERGE entry names the state of the other side that was taken in, so that going back and forth never
asks twice about the same change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy.orm import Session

from app.evidence import ParseResult
from app.letter import FieldId, Letter, with_value
from app.services.database.connection import driver_connection
from app.services.store import case_copy, cases, history, journal, marks, recognised
from app.services.store.journal import Entry
from app.services.store.rows import ParseRow
from app.services.store.store import Store
from app.services.store.values import Act, Case, Dismissal, Imported, Marks, Status
from app.services.store.wire import (
    ISSUES,
    LETTER,
    parse_to_json,
    read_value,
    text_hash,
    to_json,
)

_VALUES = frozenset({Act.EDIT, Act.UNDO, Act.REDO, Act.REVERT})


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """What a MERGE entry keeps: the state of the other side that was taken in (the hash of its last
    entry), our ids for its disputed items, and its history since, so that no word of it is lost."""

    head: str
    ids: dict[str, int]
    journal: tuple[Entry, ...] = ()


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """One side: the letter as it is, as it was read, and all that was done to it."""

    case: Case
    entries: tuple[Entry, ...]

    @property
    def head(self) -> str:
        return self.entries[-1].hash

    def letter_at(self, count: int) -> Letter | None:
        """The letter after so many entries; None where that cannot be told any more."""
        letter = self.case.letter
        for entry in reversed(self.entries[count:]):
            if entry.kind in _VALUES:
                letter = _with(letter, entry.field, read_value(entry.field, entry.before))
        wanted = self.entries[count - 1].letter_hash
        # How many ids were given is not taken back with a step: it was this many, or fewer.
        fewest = max((issue.id for issue in letter.issues), default=0)
        for made in range(letter.issues_made, fewest - 1, -1):
            then = replace(letter, issues_made=made)
            if text_hash(to_json(then)) == wanted:
                return then
        return None

    def marks_at(self, count: int) -> dict[str, Marks]:
        """What was said of fields, by their keys, after so many entries."""
        standing: dict[str, Marks] = {}
        for entry in self.entries[:count]:
            marks.follow(standing, entry.kind, entry.field, entry.after)
        return standing

    def joined(self) -> Iterator[Joined]:
        """What was taken in from another desk, the last first."""
        for entry in reversed(self.entries):
            if entry.kind == Act.MERGE:
                yield msgspec.json.decode(entry.after, type=Joined)

    def place_of(self, head: str) -> int:
        """How many entries there were when that one was the last; 0 for none of these."""
        return next((entry.seq for entry in self.entries if entry.hash == head), 0)


def _with(letter: Letter, field: str, value: Any) -> Letter:
    if field == LETTER:
        return value
    if field == ISSUES:
        return replace(letter, issues=value)
    return with_value(letter, FieldId.from_key(field), value)


class Fork(msgspec.Struct, frozen=True, kw_only=True):
    """The state two sides come from.

    `ours` and `theirs` are how many entries each had then, 0 on the side whose history has not that
    state itself; `ids` are our ids for the disputed items they had by then. `letter` is None where it
    cannot be told any more.
    """

    at: str
    letter: Letter | None
    ours: int
    theirs: int
    ids: Mapping[int, int]

    @property
    def is_theirs(self) -> bool:
        """Whether its disputed items have the ids of their side."""
        return self.ours == 0 < self.theirs


def read_chain(store: Store, case_id: int) -> Chain:
    """One side of a merge. Raises KeyError, CaseUnreadable."""
    with store.database.reading() as session:
        entries = journal.read_entries(session, case_id)
        return Chain(case=cases.read_case(session, case_id), entries=entries)


def fork_of(ours: Chain, theirs: Chain) -> Fork:
    """The last state that both sides have in common."""
    return max(_forks(ours, theirs), key=lambda fork: (fork.letter is not None, fork.at))


def _forks(ours: Chain, theirs: Chain) -> Iterator[Fork]:
    common = 0
    for one, other in zip(ours.entries, theirs.entries, strict=False):
        if one.hash != other.hash:
            break
        common += 1
    both = min(ours.case.letter.issues_made, theirs.case.letter.issues_made)
    if common:
        at = ours.entries[common - 1].at
        letter = ours.letter_at(common) or theirs.letter_at(common)
        ids = _same(both if letter is None else letter.issues_made)
        yield Fork(at=at, letter=letter, ours=common, theirs=common, ids=ids)
    else:
        # Both desks read the same file: what both read is where they come from.
        read = ours.case.parsed.letter
        letter = read if read == theirs.case.parsed.letter else None
        ids = _same(both if letter is None else letter.issues_made)
        yield Fork(at="", letter=letter, ours=0, theirs=0, ids=ids)
    for joined in ours.joined():
        if count := theirs.place_of(joined.head):
            letter = theirs.letter_at(count)
            ids = {int(number): here for number, here in joined.ids.items()}
            yield Fork(
                at=theirs.entries[count - 1].at, letter=letter, ours=0, theirs=count, ids=ids
            )
            break
    for joined in theirs.joined():
        if count := ours.place_of(joined.head):
            letter = ours.letter_at(count)
            ids = {there: int(number) for number, there in joined.ids.items()}
            yield Fork(at=ours.entries[count - 1].at, letter=letter, ours=count, theirs=0, ids=ids)
            break


def _same(made: int) -> dict[int, int]:
    return {number: number for number in range(made + 1)}


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the undo history that a merge makes."""

    field: str
    before: Any
    after: Any
    letter: Letter
    label: str


class Writing(msgspec.Struct, frozen=True, kw_only=True):
    """What a merge writes to our letter, besides documents. `reading` is theirs, where it takes the
    place of ours."""

    steps: tuple[Step, ...]
    marks: Mapping[str, Marks]
    drafts: Mapping[str, str]
    dismissals: Sequence[Dismissal]
    status: Status | None
    pages: Mapping[int, str]
    reading: ParseResult | None
    joined: Joined
    label: str
    by: str


class Files(msgspec.Struct, frozen=True, kw_only=True):
    """What is done with documents, by the ids of files: theirs that are new here; theirs and ours of
    which the documents are taken, or the quotations alone."""

    new: tuple[int, ...] = ()
    documents: tuple[tuple[int, int], ...] = ()
    shared: tuple[tuple[int, int], ...] = ()


def write_merge(store: Store, case_id: int, theirs: Store, writing: Writing, files: Files) -> None:
    """Writes a merge as one: all of it is on the disk or nothing."""
    with theirs.database.plainly() as source, store.database.writing() as session:
        for step in writing.steps:
            _take_step(session, case_id, step, writing.by)
        if writing.reading is not None:
            _take_reading(session, case_id, writing.reading, writing.by)
        recognised.put_pages(session, case_id, writing.pages)
        for field, wanted in writing.marks.items():
            marks.put(session, case_id, field, wanted, writing.by)
        for one in writing.dismissals:
            marks.dismiss(session, case_id, one.finding, one.scope, one.reason, one.by)
        for field, text in writing.drafts.items():
            cases.put_draft(session, case_id, field, text)
        _take_files(driver_connection(session), source, case_id, files)
        if writing.status is not None:
            cases.set_status(session, case_id, writing.status, writing.by, "")
        cases.list_cases(session, (case_id,), writing.by, listed=True)
        journal.append(
            session,
            case_id,
            Act.MERGE,
            by=writing.by,
            label=writing.label,
            after=to_json(writing.joined),
        )


def take_whole(store: Store, theirs: Store, their_id: int) -> Imported:
    """Copies a letter that is not here, with its history as it is."""
    with theirs.database.plainly() as source, store.database.writing() as session:
        made = case_copy.copy_case(source, their_id, driver_connection(session))
        summary = cases.read_summary(session, made)
        twins = cases.find_twins(session, summary, theirs.case(their_id).letter)
        return Imported(summary=summary, twins=twins)


def _take_step(session: Session, case_id: int, step: Step, by: str) -> None:
    text = to_json(step.letter)
    history.add_step(
        session,
        case_id,
        Act.EDIT,
        text,
        field=step.field,
        before=to_json(step.before),
        after=to_json(step.after),
        by=by,
        label=step.label,
        also={**cases.letter_columns(step.letter), "status": Status.IN_WORK.value, "done_at": None},
    )
    cases.put_letter(session, case_id, text)
    cases.clear_draft(session, case_id, step.field)


def _take_reading(session: Session, case_id: int, reading: ParseResult, by: str) -> None:
    """Their reading of the pages in place of ours; the letter itself is as the steps made it."""
    parsed = parse_to_json(reading)
    session.merge(ParseRow(case_id=case_id, result=parsed))
    journal.append(
        session,
        case_id,
        Act.READ,
        by=by,
        label="Read on another desk",
        after=to_json(text_hash(parsed)),
        also={"layout": reading.layout, "pages": reading.pages},
    )


def _take_files(raw: Any, source: Any, case_id: int, files: Files) -> None:
    for file_id in files.new:
        case_copy.copy_file(source, file_id, raw, case_id)
    for theirs, ours in files.documents:
        case_copy.copy_documents(source, theirs, raw, ours, case_id)
    for theirs, ours in (*files.documents, *files.shared):
        case_copy.copy_quotations(source, theirs, raw, ours, case_id)
