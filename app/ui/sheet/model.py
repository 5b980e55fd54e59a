"""The sheet as a table: a row a letter (or one of its items), what stands in each cell, in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.letter import SPEC_BY_NAME, FieldId, Kind
from app.services.editing import REQUEST_PREFIX
from app.services.one_field import HEADER, LONG, Asked, urgency
from app.services.review import State
from app.services.wording import value_words
from app.ui.form.field_row import MARKS, POSTPONED, UNLISTED
from app.ui.sheet.letters import SheetLetters

Index = QModelIndex | QPersistentModelIndex
LETTER, PICTURE, VALUE, STATE = range(4)
"""The columns where one field is shown; of the header there is one for each field behind LETTER."""


class RowAt(NamedTuple):
    """Which fields of which letter a row shows, none where the letter cannot be read, or has none;
    `first` is the place of the first one among all that are shown of the letter."""

    case_id: int
    fields: tuple[FieldId, ...]
    first: int = 0


class SheetModel(QAbstractTableModel):
    """What the letters of the sheet say, row by row."""

    def __init__(self, letters: SheetLetters, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._letters = letters
        self._name = HEADER
        self._heads: tuple[str, ...] = ()
        self._rows: list[RowAt] = []
        letters.letter_changed.connect(self._on_letters_letter_changed)

    @property
    def is_header(self) -> bool:
        """Whether all fields of the header are shown."""
        return self._name == HEADER

    @property
    def is_of_items(self) -> bool:
        """Whether a letter has a row for each of its disputed items."""
        return not self.is_header and SPEC_BY_NAME[self._name].of_issue

    @property
    def kind(self) -> Kind | None:
        """The kind of the field that is shown; None of the header."""
        return None if self.is_header else SPEC_BY_NAME[self._name].kind

    @property
    def is_long(self) -> bool:
        """Whether it is a text that runs over many lines."""
        return self.kind in LONG

    @property
    def rows(self) -> Sequence[RowAt]:
        return self._rows

    def clear(self, name: str, heads: tuple[str, ...]) -> None:
        """Show this field, or HEADER, from now on, under these headings; of no letter yet."""
        self.beginResetModel()
        self._name, self._heads, self._rows = name, heads, []
        self.endResetModel()

    def add(self, ids: Sequence[int]) -> None:
        """Show these letters behind those there are, those in which a person is asked first."""
        rows = [row for case_id in ids for row in self._rows_of(case_id)]
        rows.sort(key=self._urgency)
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def remove(self, case_id: int) -> None:
        """A letter is not listed any more."""
        for row in reversed(range(len(self._rows))):
            if self._rows[row].case_id == case_id:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._rows[row]
                self.endRemoveRows()

    def _rows_of(self, case_id: int) -> list[RowAt]:
        fields = tuple(one.field for one in self._letters.known(case_id).asked)
        if self.is_header or not fields:
            return [RowAt(case_id, fields)]
        return [RowAt(case_id, (field,), place) for place, field in enumerate(fields)]

    def _urgency(self, row: RowAt) -> int:
        asked = self.asked(row)
        return urgency(asked) if asked else 1

    # What stands in a cell

    def asked(self, row: RowAt) -> tuple[Asked, ...]:
        """What is known of the fields of a row."""
        known = self._letters.known(row.case_id).asked
        return known[row.first : row.first + len(row.fields)]

    def asked_at(self, row: int, column: int) -> Asked | None:
        """The field that a cell speaks of; None where there is none."""
        if not 0 <= row < len(self._rows):
            return None
        at = self._rows[row]
        place = max(column - 1, 0) if self.is_header else 0
        if place >= len(at.fields):
            return None
        known = self._letters.known(at.case_id).asked
        return known[at.first + place] if at.first + place < len(known) else None

    def cell_of(self, case_id: int, field: FieldId) -> tuple[int, int] | None:
        """The row and column of a field's value."""
        for number, row in enumerate(self._rows):
            if row.case_id == case_id and field in row.fields:
                return number, row.fields.index(field) + 1 if self.is_header else VALUE
        return None

    def cells(self) -> Iterator[tuple[int, int]]:
        """Every cell that holds a value, in the order in which the sheet is gone through."""
        for number, row in enumerate(self._rows):
            for place, _ in enumerate(row.fields):
                yield number, place + 1 if self.is_header else VALUE

    def name_of(self, row: int) -> str:
        """Which letter, and which of its items, a row is of."""
        at = self._rows[row]
        name = self._letters.known(at.case_id).name
        if self.is_header or not at.fields or at.fields[0].issue is None:
            return name
        return f"{name} · item {at.first + 1}"

    def problem_of(self, row: int) -> str:
        """Why a row shows no value; empty where it does."""
        at = self._rows[row]
        known = self._letters.known(at.case_id)
        if known.problem is not None:
            return f"{known.problem.what} {known.problem.remedy}"
        if at.fields:
            return ""
        if self._name.startswith(REQUEST_PREFIX):
            return "UR approved a part of none of its disputed items."
        return "This letter has no disputed item."

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._heads)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            asked = self.asked_at(index.row(), index.column())
            return asked.status.words if asked is not None and index.column() else None
        return None

    def _text(self, row: int, column: int) -> str:
        if column == LETTER:
            # The grid of the header has the case number in a column of its own.
            return str(row + 1) if self.is_header else self.name_of(row)
        asked = self.asked_at(row, column)
        if asked is None:
            return self.problem_of(row) if column == 1 else ""
        if self.is_header or column == VALUE:
            return asked.words or value_words(asked.value)
        if column == STATE:
            word = mark_of(asked)[2]
            return f"{word}: {said_of(asked)}" if said_of(asked) else word
        return ""

    def _spoken(self, row: int, column: int) -> str:
        asked = self.asked_at(row, column)
        if column == LETTER:
            return self.name_of(row)
        if asked is None:
            return self._text(row, column)
        label = SPEC_BY_NAME[asked.field.name].label
        if not self.is_header and column == PICTURE:
            return f"{label} as printed"
        value = asked.words or value_words(asked.value) or "nothing"
        return f"{self.name_of(row)}, {label}: {value}, {mark_of(asked)[2]}"

    def _on_letters_letter_changed(self, case_id: int) -> None:
        numbers = [n for n, row in enumerate(self._rows) if row.case_id == case_id]
        if not numbers:
            return
        fresh = self._rows_of(case_id)
        if [self._rows[n] for n in numbers] != fresh:
            # Its items came, went, or changed places.
            self.beginResetModel()
            others = [row for row in self._rows if row.case_id != case_id]
            self._rows = [*others[: numbers[0]], *fresh, *others[numbers[0] :]]
            self.endResetModel()
            return
        for number in numbers:
            last = self.index(number, len(self._heads) - 1)
            self.dataChanged.emit(self.index(number, 0), last)


def mark_of(asked: Asked) -> tuple[str, str, str]:
    """The icon, the colour role and the word for a field's state, as in the form."""
    if asked.note is not None:
        return POSTPONED
    if asked.status.unlisted and not asked.status.open:
        return UNLISTED
    return MARKS[asked.status.state]


def said_of(asked: Asked) -> str:
    """What is to be said of a field beside its mark; empty for nothing."""
    if asked.note:
        return asked.note
    tells = asked.status.open or asked.status.state in (State.MISSING, State.HALF_TYPED)
    return " ".join(asked.status.words.split()) if tells else ""
