"""Taking in a case that another desk handed over: what would be done is looked at first.

A letter that is not here is taken as it is, with its history. One that is here is merged: what only
one side changed since it was handed over is taken, what both changed is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from app.errors import UserError
from app.letter import FieldId, Letter, field_ids, get_value, with_value
from app.services.casefile.values import Document
from app.services.handover.merge import (
    Conflict,
    Side,
    merge,
    new_ids,
    renumbered,
)
from app.services.handover.wording import DOCUMENTS, key_words
from app.services.store import LETTER, Act, Dismissal, Marks, Status, Store, Twin
from app.services.store.case_archive import opened_case
from app.services.store.case_files import CaseFiles
from app.services.store.case_merging import (
    Files,
    Joined,
    Step,
    Writing,
    fork_of,
    read_chain,
    take_whole,
    write_merge,
)
from app.services.store.readings import pages_read


class Unsettled(UserError):
    """Both desks changed the same, and nobody chose."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        self.conflicts = conflicts
        noun = "thing was" if len(conflicts) == 1 else "things were"
        super().__init__(
            f"{len(conflicts)} {noun} changed here and there, each to something else.",
            "Nothing was taken in: choose one of the two for each.",
        )


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What taking a file in would do.

    `case_id` is the letter's here, None where it is new; `is_known` says that all of it is here
    already. `taken` are in words what comes from there, `conflicts` what is to be chosen. `letter`
    is ours with what is taken.
    """

    name: str
    case_id: int | None = None
    is_known: bool = False
    taken: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    letter: Letter
    notes: tuple[str, ...] = ()


class TakenIn(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken in. `twins` are letters here of the same case number from other files."""

    case_id: int
    name: str
    is_new: bool = False
    taken: tuple[str, ...] = ()
    chosen: int = 0
    notes: tuple[str, ...] = ()
    twins: tuple[Twin, ...] = ()


def look_into(store: Store, path: Path, secret: str = "") -> Look:
    """What taking in a file would do; nothing is changed.

    Raises NotAnArchive, Altered, VaultLocked where it needs `secret` (its passphrase),
    WrongPassphrase, UserError.
    """
    with opened_case(store, path, secret) as (theirs, their_id):
        ours = _ours(store, theirs, their_id)
        if ours is None:
            case = theirs.case(their_id)
            return Look(name=_name(case.summary.number, path), letter=case.letter)
        return _Taking(store, ours, theirs, their_id, {}).look(path)


def take_in(
    store: Store,
    path: Path,
    secret: str = "",
    *,
    by: str,
    choices: Mapping[str, Side] | None = None,
) -> TakenIn:
    """Takes a file in; all of it or nothing. `choices` are by the keys of conflicts.

    Raises Unsettled where one has no choice, and what `look_into` raises.
    """
    with opened_case(store, path, secret) as (theirs, their_id):
        ours = _ours(store, theirs, their_id)
        if ours is not None:
            return _Taking(store, ours, theirs, their_id, choices or {}).write(path, by)
        for sha256 in _files_of(theirs, their_id):
            store.files.put(theirs.files.get(sha256))
        made = take_whole(store, theirs, their_id)
        name = _name(made.summary.number, path)
        return TakenIn(case_id=made.summary.id, name=name, is_new=True, twins=made.twins)


def _name(number: str, path: Path) -> str:
    return number or path.stem


def _ours(store: Store, theirs: Store, their_id: int) -> int | None:
    sha256 = theirs.summary(their_id).file_sha256
    cases = (*store.cases(), *store.cases(removed=True))
    return next((case.id for case in cases if case.file_sha256 == sha256), None)


def _files_of(store: Store, case_id: int) -> list[str]:
    documents = CaseFiles(store).files(case_id)
    return [store.summary(case_id).file_sha256, *(file.sha256 for file in documents)]


class _Taking:
    """One merge of a letter that is here: what it would do, and doing it."""

    def __init__(
        self,
        store: Store,
        case_id: int,
        theirs: Store,
        their_id: int,
        choices: Mapping[str, Side],
    ) -> None:
        self._store, self._case_id = store, case_id
        self._theirs, self._their_id = theirs, their_id
        self._choices = choices
        self._ours_chain = read_chain(store, case_id)
        self._their_chain = read_chain(theirs, their_id)
        self._fork = fork_of(self._ours_chain, self._their_chain)
        self._before = self._ours_chain.case.letter
        self._ids = new_ids(self._fork.ids, self._their_chain.case.letter, self._before)
        self._their_letter = renumbered(self._their_chain.case.letter, self._ids)
        base = self._fork.letter
        if base is not None and self._fork.is_theirs:
            base = renumbered(base, self._ids)
        self._merged = merge(base, self._before, self._their_letter, choices)
        self._files, self._file_words, self._file_conflicts = self._documents()

    # Looking

    def look(self, path: Path) -> Look:
        return Look(
            name=_name(self._ours_chain.case.summary.number, path),
            case_id=self._case_id,
            is_known=self._is_known,
            taken=self._taken(),
            conflicts=self._conflicts,
            letter=self._merged.letter,
            notes=self._notes(),
        )

    @property
    def _is_known(self) -> bool:
        """Documents and half-typed words are no entries of the history."""
        ours, head = self._ours_chain, self._their_chain.head
        taken_before = any(joined.head == head for joined in ours.joined())
        return (taken_before or ours.place_of(head) > 0) and not (
            self._file_words or self._file_conflicts or self._new_drafts()
        )

    @property
    def _conflicts(self) -> tuple[Conflict, ...]:
        return (*self._merged.conflicts, *self._file_conflicts)

    def _taken(self) -> tuple[str, ...]:
        words = [key_words(self._merged.letter, key) for key in self._merged.taken]
        titles = {
            issue.id: issue.title for issue in (*self._before.issues, *self._merged.letter.issues)
        }
        words += [f"Added: {titles[number] or 'an item'}" for number in self._merged.added]
        words += [f"Removed: {titles[number] or 'an item'}" for number in self._merged.removed]
        if marked := len(self._marks()):
            words.append(f"{marked} {'field' if marked == 1 else 'fields'} confirmed or put off")
        if found := len(self._dismissals()):
            words.append(f"Findings set aside: {found}")
        return (*words, *self._file_words)

    def _notes(self) -> tuple[str, ...]:
        """What stands half typed on both desks: here it stays, there it is named."""
        ours = self._ours_chain.case.drafts
        return tuple(
            f"{key_words(self._merged.letter, key)} was being written there too: “{text}”"
            for key, text in self._their_drafts().items()
            if ours.get(key, text) != text
        )

    # Writing

    def write(self, path: Path, by: str) -> TakenIn:
        name = _name(self._ours_chain.case.summary.number, path)
        if self._is_known:
            self._store.put_back(self._case_id, by=by)
            return TakenIn(case_id=self._case_id, name=name)
        open_ones = tuple(one for one in self._conflicts if one.key not in self._choices)
        if open_ones:
            raise Unsettled(open_ones)
        for file in CaseFiles(self._theirs).files(self._their_id):
            if file.id in self._files.new:
                self._store.files.put(self._theirs.files.get(file.sha256))
        taken, notes = self._taken(), self._notes()
        write_merge(self._store, self._case_id, self._theirs, self._writing(path, by), self._files)
        return TakenIn(
            case_id=self._case_id, name=name, taken=taken, chosen=len(self._conflicts), notes=notes
        )

    def _writing(self, path: Path, by: str) -> Writing:
        count = len(self._taken()) + len(self._conflicts)
        mine = pages_read(self._store, self._case_id)
        pages = pages_read(self._theirs, self._their_id)
        return Writing(
            steps=self._steps(path.name),
            marks=self._marks(),
            drafts=self._new_drafts(),
            dismissals=self._dismissals(),
            status=self._status(),
            pages={page: words for page, words in pages.items() if page not in mine},
            reading=self._their_chain.case.parsed if self._takes_reading() else None,
            joined=Joined(
                head=self._their_chain.head,
                ids={str(number): here for number, here in self._ids.items()},
                journal=self._their_chain.entries[self._fork.theirs :],
            ),
            label=f"Taken in from {path.name}: {count} {'change' if count == 1 else 'changes'}",
            by=by,
        )

    def _steps(self, name: str) -> tuple[Step, ...]:
        """One step a field, so that each can be taken back by itself; items that come, go or move,
        and the layout, are one step before them."""
        label = f"From {name}"
        after = self._merged.letter
        ours = {issue.id: issue for issue in self._before.issues}
        items = tuple(ours.get(issue.id, issue) for issue in after.issues)
        letter = replace(
            self._before, layout=after.layout, issues=items, issues_made=after.issues_made
        )
        steps: list[Step] = []
        if (letter.layout, items) != (self._before.layout, self._before.issues):
            steps.append(
                Step(field=LETTER, before=self._before, after=letter, letter=letter, label=label)
            )
        else:
            letter = self._before
        for field in field_ids(after):
            value, now = get_value(after, field), get_value(letter, field)
            if value == now:
                continue
            letter = with_value(letter, field, value)
            steps.append(Step(field=field.key, before=now, after=value, letter=letter, label=label))
        return tuple(steps)

    def _their_drafts(self) -> dict[str, str]:
        drafts = {self._here(key): text for key, text in self._their_chain.case.drafts.items()}
        there = {field.key for field in field_ids(self._merged.letter)}
        return {key: text for key, text in drafts.items() if key in there}

    def _new_drafts(self) -> dict[str, str]:
        ours = self._ours_chain.case.drafts
        return {key: text for key, text in self._their_drafts().items() if key not in ours}

    def _marks(self) -> dict[str, Marks]:
        """What is said of fields: what they alone changed of it."""
        fork = self._fork
        chain = self._their_chain if fork.is_theirs else self._ours_chain
        count = fork.theirs if fork.is_theirs else fork.ours
        base = chain.marks_at(count)
        if fork.is_theirs:
            base = {self._here(key): marks for key, marks in base.items()}
        ours = self._ours_chain.marks_at(len(self._ours_chain.entries))
        theirs = {
            self._here(key): marks
            for key, marks in self._their_chain.marks_at(len(self._their_chain.entries)).items()
        }
        there = {field.key for field in field_ids(self._merged.letter)}
        unsaid = Marks()
        return {
            key: marks
            for key, marks in theirs.items()
            if key in there
            and marks != ours.get(key, unsaid)
            and ours.get(key, unsaid) == base.get(key, unsaid)
        }

    def _here(self, key: str) -> str:
        """A field's key on their desk as it is called here."""
        try:
            field = FieldId.from_key(key)
        except ValueError:
            return key
        if field.issue is None:
            return key
        return FieldId(field.name, self._ids.get(field.issue, 0)).key

    def _dismissals(self) -> list[Dismissal]:
        ours, theirs = self._ours_chain.case, self._their_chain.case
        known = {(one.finding, one.scope) for one in (*ours.dismissals, *self._recalled())}
        return [one for one in theirs.dismissals if (one.finding, one.scope) not in known]

    def _recalled(self) -> list[_Recalled]:
        """What was set aside once and shown again here: it does not come back."""
        return [
            msgspec.json.decode(entry.before, type=_Recalled)
            for entry in self._ours_chain.entries
            if entry.kind == Act.RECALL
        ]

    def _status(self) -> Status | None:
        """Theirs, where the letter is now as they left it when they said that it is done."""
        theirs = self._their_chain.case.summary
        if not theirs.is_done or self._ours_chain.case.summary.is_done:
            return None
        same = msgspec.structs.replace(self._their_letter, issues_made=0)
        return theirs.status if replace(self._merged.letter, issues_made=0) == same else None

    def _takes_reading(self) -> bool:
        """Whether they read pages that here are pictures still."""
        ours, theirs = self._ours_chain, self._their_chain
        if ours.case.parsed == theirs.case.parsed:
            return False
        if any(entry.kind == Act.READ for entry in ours.entries[self._fork.ours :]):
            return False
        read = any(entry.kind == Act.READ for entry in theirs.entries[self._fork.theirs :])
        return read and all(
            self._ids.get(issue.id) == issue.id for issue in theirs.case.parsed.letter.issues
        )

    # Documents

    def _documents(self) -> tuple[Files, list[str], list[Conflict]]:
        ours_files, their_files = CaseFiles(self._store), CaseFiles(self._theirs)
        here = {file.sha256: file.id for file in ours_files.files(self._case_id)}
        ours = _by_file(ours_files.documents(self._case_id))
        theirs = _by_file(their_files.documents(self._their_id))
        new: list[int] = []
        taken: list[tuple[int, int]] = []
        shared: list[tuple[int, int]] = []
        words: list[str] = []
        conflicts: list[Conflict] = []
        for file in their_files.files(self._their_id):
            mine = here.get(file.sha256)
            if mine is None:
                new.append(file.id)
                words.append(f"Document: {file.name}")
                continue
            left, right = ours.get(mine, ()), theirs.get(file.id, ())
            pair = (file.id, mine)
            key = DOCUMENTS + file.name
            if left == right or not any(one.corrected for one in right):
                shared.append(pair)
            elif not any(one.corrected for one in left):
                taken.append(pair)
                words.append(f"Documents of {file.name}")
            else:
                conflicts.append(Conflict(key=key, ours=_words(left), theirs=_words(right)))
                chosen = self._choices.get(key) is Side.THEIRS
                (taken if chosen else shared).append(pair)
        return (
            Files(new=tuple(new), documents=tuple(taken), shared=tuple(shared)),
            words,
            conflicts,
        )


class _Recalled(msgspec.Struct, frozen=True):
    """A finding that was shown again, as its entry has it."""

    finding: str
    scope: str


def _by_file(documents: tuple[Document, ...]) -> dict[int, tuple[Document, ...]]:
    """The documents of each file, without the numbers that each desk gives its own."""
    found: dict[int, list[Document]] = {}
    for document in documents:
        plain = replace(document, id=0, file_id=0, copy_of=None)
        found.setdefault(document.file_id, []).append(plain)
    return {file_id: tuple(ones) for file_id, ones in found.items()}


def _words(documents: tuple[Document, ...]) -> str:
    return "\n".join(
        f"pages {one.first_page} to {one.last_page}: {one.name or one.kind}"
        + (f", {one.provider}" if one.provider else "")
        for one in documents
    )
