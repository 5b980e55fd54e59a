"""The guidelines of a library as the reader of citations wants them, kept until one changes."""

from __future__ import annotations

import threading

from sqlalchemy import or_, select

from app.letter import Source
from app.services.citations import Guidelines, standard_guidelines
from app.services.database import Database
from app.services.library.facts import own_lists, taken
from app.services.library.rows import EntryRow
from app.services.library.stored import decode_entry
from app.services.library.values import known_of

_UNCHANGED = '%"changed_fields":[]%'


class KnownNames:
    """The names of one library. Usable from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._changes = 0
        self._guidelines: Guidelines | None = None

    def forget(self) -> None:
        """To be called when an entry came, changed or went."""
        with self._lock:
            self._changes += 1
            self._guidelines = None

    def get(self, database: Database) -> Guidelines:
        """The program's guidelines with the user's own among them."""
        with self._lock:
            known, seen = self._guidelines, self._changes
        if known is None:
            known = _read(database)
            with self._lock:
                if seen == self._changes:
                    self._guidelines = known
        return known


def _read(database: Database) -> Guidelines:
    standard = standard_guidelines()
    ours = [entry.key for entry in standard.entries]
    query = select(EntryRow.id, EntryRow.body).where(
        ~EntryRow.deleted,
        EntryRow.source != Source.OTHER.value,  # read as they stand, by no name
    )
    with database.reading() as session:
        if taken(session) is None:  # else any of them may have other facts than the program's
            query = query.where(or_(EntryRow.key.not_in(ours), EntryRow.body.not_like(_UNCHANGED)))
        own = [decode_entry(entry_id, body) for entry_id, body in session.execute(query)]
        lists = own_lists(session)
    return standard.with_own(map(known_of, own), lists) if own or lists else standard
