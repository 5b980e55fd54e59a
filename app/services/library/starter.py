"""The content the program comes with: taken over at the first start and after each update."""

from __future__ import annotations

import hashlib
from functools import cache

import msgspec
from msgspec.structs import replace
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.services.citations.known import GuidelineFile, guideline_files
from app.services.database import Database
from app.services.library.facts import taken
from app.services.library.rows import EntryRow, StarterRow
from app.services.library.stored import Stored, by_key, put, put_new
from app.services.library.values import CONTENT_FIELDS, Entry, entry_of_known


class StarterReport(msgspec.Struct, frozen=True, kw_only=True):
    """What taking over the program's content did."""

    added: int = 0
    updated: int = 0
    kept: int = 0
    """Entries of which some field stayed as the user had changed it, or that he had deleted."""


def load_starter(
    database: Database, files: tuple[GuidelineFile, ...] | None = None
) -> StarterReport:
    """Brings the library up to the data files; does nothing where that was done before.

    A field the user has changed stays as it is, a deleted entry stays deleted.
    """
    digest = _own_digest() if files is None else _digest(files)
    files = guideline_files() if files is None else files
    with database.reading() as session:
        if session.scalar(select(StarterRow.digest)) == digest:
            return StarterReport()
        newer = taken(session) is not None
    with database.writing() as session:
        entries = [entry_of_known(known, file.version) for file in files for known in file.entries]
        if newer:  # facts that were read in since are newer than those of this program
            entries = [entry for entry in entries if by_key(session, entry.key) is None]
        report = _take_over(session, entries)
        session.execute(delete(StarterRow))
        session.execute(insert(StarterRow).values(id=1, digest=digest))
    return report


@cache
def _own_digest() -> str:
    """Of the files of this program: they do not change while it runs."""
    return _digest(guideline_files())


def _digest(files: tuple[GuidelineFile, ...]) -> str:
    return hashlib.sha256(msgspec.json.encode(files)).hexdigest()


def _take_over(session: Session, entries: list[Entry]) -> StarterReport:
    there = set(session.scalars(select(EntryRow.key)))
    new = [entry for entry in entries if entry.key not in there]
    put_new(session, new)
    updated = kept = 0
    for entry in entries:
        if entry.key not in there:
            continue
        stored = by_key(session, entry.key)
        assert stored is not None
        mine = {field: getattr(stored.entry, field) for field in stored.entry.changed_fields}
        merged = replace(
            entry, **mine, id=stored.entry.id, changed_fields=stored.entry.changed_fields
        )
        kept += bool(mine) or stored.deleted
        if _content(merged) != _content(stored.entry):
            updated += 1
        put(session, Stored(entry=merged, deleted=stored.deleted, merged_into=stored.merged_into))
    return StarterReport(added=len(new), updated=updated, kept=kept)


def _content(entry: Entry) -> list[object]:
    return [getattr(entry, field) for field in CONTENT_FIELDS]
