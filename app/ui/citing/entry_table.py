"""The library as a table: which columns it has, how each sorts, and what is shown of it.

Rows are fetched, filtered and sorted away from the main thread; the table only ever takes over
a finished tuple, so its size does not matter to the hand on the keyboard.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.letter import Source
from app.services.language.dates import date_text
from app.services.library import Entry, EntryKind, Library, in_force
from app.ui import theme
from app.ui.citing.words import (
    KIND_WORDS,
    SHORT_KINDS,
    SOURCE_WORDS,
    in_force_words,
    origin_words,
    short_name,
)

ENTRY_ROLE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class Force(Enum):
    """Which entries to show by their dates."""

    ANY = "Any date"
    IN_FORCE = "In force on that day"
    NOT_IN_FORCE = "Not in force on that day"
    UNKNOWN = "Not known on that day"


_ANSWERS = {Force.IN_FORCE: True, Force.NOT_IN_FORCE: False, Force.UNKNOWN: None}


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What the table shows and in which order. `day` is the day for `force`."""

    text: str = ""
    kind: EntryKind | None = None
    source: Source | None = None
    force: Force = Force.ANY
    day: date
    column: int = 0
    descending: bool = False


class _Column(msgspec.Struct, frozen=True):
    title: str
    words: Callable[[Entry], str]
    key: Callable[[Entry], tuple[Any, ...]]


def _force_words(entry: Entry) -> str:
    start, end = date_text(entry.effective_from), date_text(entry.effective_to)
    if start and end:
        return f"{start} – {end}"
    if start or end:
        return f"from {start}" if start else f"until {end}"
    return in_force_words(entry)  # only proposed, or not adopted


def _number(words: str) -> tuple[int, str]:
    return (int(words) if words.isdecimal() else 9999, words)


COLUMNS: tuple[_Column, ...] = (
    _Column("Title", lambda e: e.title, lambda e: (e.title.lower(), e.edition)),
    _Column("Year", lambda e: e.edition, lambda e: (e.edition, e.title.lower())),
    _Column(
        "Source",
        lambda e: SOURCE_WORDS[e.source] if e.source is not Source.OTHER else e.publisher or e.journal,
        lambda e: (SOURCE_WORDS[e.source], e.publisher.lower(), e.title.lower()),
    ),
    _Column("Ch.", lambda e: e.chapter, lambda e: (*_number(e.chapter), e.title.lower())),
    _Column("Kind", lambda e: SHORT_KINDS[e.kind], lambda e: (e.kind.value, e.title.lower())),
    _Column(
        "In force",
        _force_words,
        lambda e: (e.effective_from or date.min, e.effective_to or date.max, e.title.lower()),
    ),
)  # fmt: skip


def fetch(library: Library, view: View) -> tuple[Entry, ...]:
    """The entries of a view, sorted. Reads the library: not for the main thread."""
    found = library.entries(text=view.text, kind=view.kind, source=view.source)
    if view.force is not Force.ANY:
        answer = _ANSWERS[view.force]
        found = tuple(entry for entry in found if in_force(entry, view.day) is answer)
    return tuple(sorted(found, key=COLUMNS[view.column].key, reverse=view.descending))


class EntryTable(QAbstractTableModel):
    """The entries of one view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._rows: dict[int | None, int] = {}

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    @override
    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(entry)
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour("text" if index.column() == 0 else "muted")
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return _mark(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() == 0:
                return f"{short_name(entry)}, {KIND_WORDS[entry.kind]}, {origin_words(entry)}"
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            words = in_force_words(entry) if column.title == "In force" else short_name(entry)
            return f"{words}\n{origin_words(entry)}"
        return None

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        self.beginResetModel()
        self._entries = entries
        self._rows = {entry.id: row for row, entry in enumerate(entries)}
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, entry_id: int | None) -> int | None:
        """Where an entry stands, or None."""
        return self._rows.get(entry_id)


def _mark(entry: Entry) -> Any:
    """The user's own entries and what he changed are marked; what came with the program is not."""
    if entry.starter_version is None:
        return theme.icon("user", "edited")
    if entry.changed_fields:
        return theme.icon("pencil", "edited")
    return theme.icon("book-open", "outline")
