"""Entries as they lie in the database: words for the index, JSON for the rest, every change kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import uuid4

import msgspec
from msgspec.structs import replace
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.letter import Source
from app.services.citations.known import words_of
from app.services.library.rows import ChangeRow, EntryRow, StepRow
from app.services.library.values import CONTENT_FIELDS, Entry

ROWS_AT_ONCE = 500


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with what only the database knows of it."""

    entry: Entry
    deleted: bool = False
    merged_into: int | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """An entry before and after a change; `before` is None for a new one."""

    before: Stored | None
    after: Stored


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def match_key(source: Source, title: str) -> str:
    """What two entries of the same guideline share, whatever their edition."""
    return f"{source.value} {words_of(title)}"


def _spaced(*texts: str) -> str:
    return f" {words_of(' '.join(texts))} "


def _columns(stored: Stored) -> dict[str, object]:
    entry = stored.entry
    columns: dict[str, object] = {
        "key": entry.key,
        "match_key": match_key(entry.source, entry.title),
        "kind": entry.kind.value,
        "source": entry.source.value,
        "title": entry.title,
        "edition": entry.edition,
        "words_title": "",
        "words_names": "",
        "words_topics": "",
        "words_notes": "",
        "deleted": stored.deleted,
        "merged_into": stored.merged_into,
        "changed_at": now(),
        "body": msgspec.json.encode(replace(entry, id=None)).decode(),
    }
    if not stored.deleted:
        chapter = f"chapter {entry.chapter}" if entry.chapter else ""
        columns["words_title"] = _spaced(entry.source.value, entry.title, chapter, entry.edition)
        columns["words_names"] = _spaced(
            entry.publisher,
            *entry.aliases,
            *entry.body_parts,
            *entry.authors,
            *entry.editors,
            entry.journal,
            entry.volume,
            entry.pages,
            entry.doi,
            entry.pmid,
            entry.url,
            entry.regulation,
        )
        columns["words_topics"] = _spaced(*(section.name for section in entry.sections))
        columns["words_notes"] = _spaced(entry.notes, *(e.text for e in entry.excerpts))
    return columns


def indexed_words(entry: Entry) -> list[str]:
    """The words the entry is found by."""
    columns = _columns(Stored(entry=entry))
    return " ".join(str(columns[name]) for name in columns if name.startswith("words_")).split()


def new_key() -> str:
    return f"own-{uuid4().hex[:16]}"


def put(session: Session, stored: Stored) -> Stored:
    """Writes one entry and gives it back with its id and key."""
    entry = stored.entry if stored.entry.key else replace(stored.entry, key=new_key())
    stored = replace(stored, entry=entry)
    if entry.id is None:
        inserted = session.execute(insert(EntryRow).values(_columns(stored)).returning(EntryRow.id))
        return replace(stored, entry=replace(entry, id=inserted.scalar_one()))
    session.execute(update(EntryRow).where(EntryRow.id == entry.id).values(_columns(stored)))
    return stored


def put_new(session: Session, entries: Iterable[Entry]) -> None:
    """Writes many new entries at once; each has a key already."""
    rows = [_columns(Stored(entry=entry)) for entry in entries]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        session.execute(insert(EntryRow), rows[start : start + ROWS_AT_ONCE])


_DECODER = msgspec.json.Decoder(Entry)


def decode_entry(entry_id: int, body: str) -> Entry:
    return replace(_DECODER.decode(body), id=entry_id)


def load(session: Session, entry_id: int) -> Stored | None:
    row = session.execute(
        select(EntryRow.body, EntryRow.deleted, EntryRow.merged_into).where(EntryRow.id == entry_id)
    ).first()
    if row is None:
        return None
    body, deleted, merged_into = row
    return Stored(entry=decode_entry(entry_id, body), deleted=deleted, merged_into=merged_into)


def by_key(session: Session, key: str) -> Stored | None:
    entry_id = session.scalar(select(EntryRow.id).where(EntryRow.key == key))
    return None if entry_id is None else load(session, entry_id)


def with_changed_fields(before: Entry | None, after: Entry) -> Entry:
    """The entry, remembering which fields of the program's own content the user has changed."""
    if before is None or before.starter_version is None:
        return replace(after, starter_version=None, changed_fields=())
    changed = {f for f in CONTENT_FIELDS if getattr(before, f) != getattr(after, f)}
    return replace(
        after,
        key=before.key,
        starter_version=before.starter_version,
        changed_fields=tuple(sorted(changed.union(before.changed_fields))),
    )


def apply(session: Session, label: str, steps: Sequence[Step]) -> list[Stored]:
    """Writes the new states and keeps the change for undoing. Undone changes are forgotten."""
    session.execute(delete(ChangeRow).where(ChangeRow.undone))
    change_id = session.execute(
        insert(ChangeRow).values(at=now(), label=label, undone=False).returning(ChangeRow.id)
    ).scalar_one()
    written: list[Stored] = []
    rows: list[dict[str, object]] = []
    for step in steps:
        after = put(session, step.after)
        written.append(after)
        rows.append(
            {
                "change_id": change_id,
                "entry_id": after.entry.id,
                "before": None if step.before is None else _encode(step.before),
                "after": _encode(after),
            }
        )
    if rows:
        session.execute(insert(StepRow), rows)
    return written


def _encode(stored: Stored) -> str:
    return msgspec.json.encode(stored).decode()


def decode_stored(body: str | None) -> Stored | None:
    return None if body is None else msgspec.json.decode(body, type=Stored)
