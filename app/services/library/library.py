"""The library of citations: one object for everything the picker and the manager do with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Integer, column, func, select
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from app.errors import UserError
from app.letter import Citation, Decision, Letter, Source
from app.services.citations.drug_values import DrugList
from app.services.citations.known import Guidelines, words_of
from app.services.citations.lineage import edition_in_force
from app.services.database import Database
from app.services.library import history, usage
from app.services.library.counterparts import counterparts
from app.services.library.duplicates import find_duplicates
from app.services.library.facts import Update
from app.services.library.known_names import KnownNames
from app.services.library.lawbook import LawBook
from app.services.library.picking import (
    Wanted,
    entry_cited,
    mtus_entries,
    offer,
    superseding,
)
from app.services.library.rows import EntryRow
from app.services.library.searching import Searcher
from app.services.library.starter import StarterReport, load_starter
from app.services.library.stored import (
    Step,
    Stored,
    apply,
    by_key,
    decode_entry,
    indexed_words,
    load,
    with_changed_fields,
)
from app.services.library.treatments import treatment_kind
from app.services.library.validation import check_entry
from app.services.library.values import Change, Entry, EntryKind, Hit, Version

_MATCHING = sql("SELECT rowid FROM library_search WHERE library_search MATCH :words").columns(
    column("rowid", Integer)
)


class Order(Enum):
    """What the manager's table can be sorted by."""

    TITLE = "title"
    SOURCE = "source"
    KIND = "kind"
    EDITION = "edition"
    CHANGED = "changed_at"


class Library:
    """All entries of one database. Usable from any thread; every method is one short session.

    Making it brings in the content the program comes with, where that is not done yet.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._searcher = Searcher()
        self._known = KnownNames()
        self.starter_report: StarterReport = load_starter(database)

    def read_anew(self) -> None:
        """The database is another one now, as when a backup was put in its place."""
        self.starter_report = load_starter(self._database)
        self._searcher.forget_words()
        self._known.forget()

    # -- single entries ---------------------------------------------------------------------

    def get(self, entry_id: int) -> Entry | None:
        """The entry, or None where it was deleted; one that was merged is the one it is now."""
        with self._database.reading() as session:
            stored = load(session, entry_id)
            if stored is not None and stored.merged_into is not None:
                stored = load(session, stored.merged_into)
        return None if stored is None or stored.deleted else stored.entry

    def by_key(self, key: str) -> Entry | None:
        """The entry with that key, or None where there is none or it was deleted."""
        with self._database.reading() as session:
            stored = by_key(session, key)
        return None if stored is None or stored.deleted else stored.entry

    def save(self, entry: Entry) -> Entry:
        """Adds the entry (without id) or changes it, as one undoable step; gives it as saved.

        Raises UserError where `check_entry` finds a problem that blocks, or the entry is gone.
        """
        refuse_wrong(entry)
        with self._database.writing() as session:
            before, after = self._states(session, entry)
            if before is not None and not before.deleted and after == before.entry:
                return after
            label = f"Add {entry.title}" if before is None else f"Change {entry.title}"
            (written,) = apply(session, label, [Step(before=before, after=Stored(entry=after))])
        self._learn([written])
        return written.entry

    def delete(self, *entry_ids: int) -> None:
        """Deletes the entries as one undoable step. Letters keep the citations they have."""
        with self._database.writing() as session:
            found = [load(session, entry_id) for entry_id in dict.fromkeys(entry_ids)]
            there = [stored for stored in found if stored is not None and not stored.deleted]
            if there:
                label = f"Delete {there[0].entry.title if len(there) == 1 else len(there)}"
                steps = [Step(before=s, after=replace(s, deleted=True)) for s in there]
                apply(session, label, steps)
        self._known.forget()

    def merge(self, merged: Entry, dropped: Sequence[int]) -> Entry:
        """Makes `merged` (one of the duplicates, with its id) of several, as one undoable step.

        Uses of the dropped entries count for the one that stays. Raises UserError as `save`.
        """
        refuse_wrong(merged)
        with self._database.writing() as session:
            before, after = self._states(session, merged)
            if before is None:
                raise ValueError("merge needs an entry that was saved")
            steps = [Step(before=before, after=Stored(entry=after))]
            for entry_id in dict.fromkeys(dropped):
                gone = load(session, entry_id)
                if gone is not None and not gone.deleted and entry_id != merged.id:
                    gone_after = replace(gone, deleted=True, merged_into=merged.id)
                    steps.append(Step(before=gone, after=gone_after))
            written = apply(session, f"Merge into {merged.title}", steps)
        self._learn(written)
        return written[0].entry

    def save_all(self, entries: Sequence[Entry], label: str) -> tuple[Entry, ...]:
        """Saves many entries as one undoable step. Raises UserError, and then saves none."""
        for entry in entries:
            refuse_wrong(entry)
        steps: list[Step] = []
        with self._database.writing() as session:
            for entry in entries:
                before, after = self._states(session, entry)
                steps.append(Step(before=before, after=Stored(entry=after)))
            written = apply(session, label, steps)
        self._learn(written)
        return tuple(stored.entry for stored in written)

    def _learn(self, written: Sequence[Stored]) -> None:
        self._known.forget()
        for stored in written:
            if not stored.deleted:
                self._searcher.learn_words(indexed_words(stored.entry))

    @staticmethod
    def _states(session: Session, entry: Entry) -> tuple[Stored | None, Entry]:
        """What is stored of the entry, and what saving it will store."""
        if entry.id is not None:
            before = load(session, entry.id)
            if before is None or before.deleted:
                raise UserError(
                    "This entry was deleted meanwhile.",
                    "Undo the deletion, or save it as a new one.",
                )
        else:
            # an entry of the same key, also a deleted one, is the same entry
            before = by_key(session, entry.key) if entry.key else None
        if before is None:
            return None, with_changed_fields(None, entry)
        return before, with_changed_fields(before.entry, replace(entry, id=before.entry.id))

    # -- undo -------------------------------------------------------------------------------

    def undo(self) -> Change | None:
        """Takes back the last change; None where there is nothing to take back."""
        return self._step(again=False)

    def redo(self) -> Change | None:
        """Does again what was last taken back; None where there is nothing."""
        return self._step(again=True)

    def _step(self, *, again: bool) -> Change | None:
        with self._database.writing() as session:
            change = history.last_change(session, undone=again)
            if change is not None:
                history.take_back(session, change, again=again)
        self._searcher.forget_words()
        self._known.forget()
        return change

    def undo_label(self) -> str | None:
        """What `undo` would take back, for its menu entry."""
        return self._label(undone=False)

    def redo_label(self) -> str | None:
        """What `redo` would do again, for its menu entry."""
        return self._label(undone=True)

    def _label(self, *, undone: bool) -> str | None:
        with self._database.reading() as session:
            change = history.last_change(session, undone=undone)
        return None if change is None else change.label

    def history(self, entry_id: int) -> tuple[Version, ...]:
        """Everything that was done to an entry, newest first."""
        with self._database.reading() as session:
            return history.versions(session, entry_id)

    # -- the manager's table ----------------------------------------------------------------

    def entries(
        self,
        *,
        text: str = "",
        kind: EntryKind | None = None,
        source: Source | None = None,
        order: Order = Order.TITLE,
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[Entry, ...]:
        """Entries that have all the words of `text` somewhere, sorted."""
        sorted_by = getattr(EntryRow, order.value)
        query = (
            select(EntryRow.id, EntryRow.body)
            .where(*_conditions(text, kind, source))
            .order_by(sorted_by.desc() if descending else sorted_by, EntryRow.edition, EntryRow.id)
            .limit(limit)
            .offset(offset)
        )
        with self._database.reading() as session:
            return tuple(decode_entry(entry_id, body) for entry_id, body in session.execute(query))

    def count(
        self, *, text: str = "", kind: EntryKind | None = None, source: Source | None = None
    ) -> int:
        """How many entries `entries` would give without a limit."""
        query = select(func.count()).select_from(EntryRow).where(*_conditions(text, kind, source))
        with self._database.reading() as session:
            return session.scalar(query) or 0

    def duplicates(self) -> tuple[tuple[Entry, ...], ...]:
        """Groups of entries that may be the same. Reads the whole library: not for the UI thread."""
        return find_duplicates(self.entries())

    # -- the picker -------------------------------------------------------------------------

    def search(
        self,
        query: str,
        *,
        in_letter: Sequence[int] = (),
        treatment: str = "",
        on: date | None = None,
        paged: bool = False,
        limit: int = 30,
    ) -> tuple[Hit, ...]:
        """What the picker offers for the words typed so far, in the order of its groups.

        `in_letter` are the library ids cited in this letter, `treatment` the title of the
        disputed item, `on` the decision date; `paged` letters cite by page, so that what of the
        MTUS has no known pages goes last in its group. Pasted references (`ACOEM Chapter 12 page
        303`) come first, with their pages.
        """
        wanted = Wanted(
            query=query,
            in_letter=tuple(in_letter),
            treatment=treatment,
            on=on,
            paged=paged,
            limit=limit,
            guidelines=self.guidelines(),
        )
        with self._database.reading() as session:
            return offer(session, self._searcher, wanted)

    def guidelines(self) -> Guidelines:
        """What is known when letters are read: the program's guidelines and the user's own.

        Kept until an entry changes, so that it may be asked for at every key.
        """
        return self._known.get(self._database)

    def entry_for(self, citation: Citation) -> Entry | None:
        """The entry a citation means: by its library id, else by its names and edition."""
        if citation.library_id is not None:
            entry = self.get(citation.library_id)
            if entry is not None:
                return entry
        with self._database.reading() as session:
            return entry_cited(session, citation)

    def from_letter(self, letter: Letter) -> tuple[Citation, ...]:
        """The citations of a letter that the library does not have, each once."""
        cited = [
            citation
            for issue in letter.issues
            for guideline in (issue.claims_administrator_guideline, issue.maximus_guideline)
            for citation in guideline.citations
        ]
        missing: dict[tuple[object, ...], Citation] = {}
        with self._database.reading() as session:
            for citation in cited:
                name = citation.source, words_of(citation.title), citation.edition
                if (
                    citation.title
                    and name not in missing
                    and entry_cited(session, citation) is None
                ):
                    missing[name] = citation
        return tuple(missing.values())

    def counterparts(self, entries: Sequence[Entry]) -> tuple[Entry | None, ...]:
        """For each entry from elsewhere the one of the library that is the same, or None.

        The same is: the same key, DOI or PubMed number, or else the same source, title, year,
        chapter and first author.
        """
        with self._database.reading() as session:
            return counterparts(session, entries)

    def superseding(self, entry: Entry) -> Entry | None:
        """The edition in force in place of one that was replaced, or None."""
        with self._database.reading() as session:
            return superseding(session, entry)

    def edition_in_force(self, entry: Entry, on: date) -> Entry | None:
        """The edition of the entry's chapter that was in force on that day, as far as is known."""
        with self._database.reading() as session:
            return edition_in_force(entry, mtus_entries(session), on)

    # -- what is known of the law -----------------------------------------------------------

    @property
    def law(self) -> LawBook:
        """How old the facts are, and newer ones."""
        return LawBook(self._database)

    def take_in_facts(self, update: Update) -> None:
        """Bring the library up to a file of facts; see `LawBook.preview`."""
        self.law.take_in(update)
        self._searcher.forget_words()
        self._known.forget()

    def take_in_drugs(self, drugs: DrugList) -> None:
        """Keep a drug list that was read in."""
        self.law.keep_list(drugs)
        self._known.forget()

    # -- uses -------------------------------------------------------------------------------

    def record_use(
        self, entry_id: int, case_key: str, treatment: str, outcome: Decision | None = None
    ) -> None:
        """Notes that an entry was cited in a letter for the disputed item with that title.

        Only the kind of treatment is kept, never the title. Noting it again replaces it.
        """
        with self._database.writing() as session:
            if load(session, entry_id) is not None:
                usage.record(session, entry_id, case_key, treatment_kind(treatment), outcome)

    def uses(self, entry_id: int) -> tuple[tuple[Decision | None, int], ...]:
        """How often an entry was cited, by decision; None counts the undecided."""
        with self._database.reading() as session:
            return usage.of_entry(session, entry_id)


def refuse_wrong(entry: Entry) -> None:
    """Raises UserError for the first problem that keeps an entry from being saved."""
    for problem in check_entry(entry):
        if problem.blocks:
            raise UserError(problem.message, "Correct it and save again.")


def _conditions(
    text: str, kind: EntryKind | None, source: Source | None
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [~EntryRow.deleted]
    if kind is not None:
        conditions.append(EntryRow.kind == kind.value)
    if source is not None:
        conditions.append(EntryRow.source == source.value)
    terms = words_of(text).split()
    if terms:
        match = " AND ".join(f'"{term}"*' for term in terms)
        conditions.append(EntryRow.id.in_(_MATCHING.bindparams(words=match)))
    return conditions
