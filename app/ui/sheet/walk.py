"""Which field of which letter is in hand in the sheet, and how it goes on from one to another.

The table's current cell is the one state; the row in hand, its editor and its picture follow it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import UserError
from app.letter import FieldId
from app.services.one_field import Asked
from app.ui.document import LetterDocument
from app.ui.sheet.acts import SheetActs
from app.ui.sheet.documents import Documents
from app.ui.sheet.editor_keys import EditorKeys
from app.ui.sheet.hand import Hand
from app.ui.sheet.letters import SheetLetters
from app.ui.sheet.model import VALUE, SheetModel
from app.ui.sheet.pictures import SheetPictures
from app.ui.sheet.table import SheetTable

Cell = tuple[int, int]
"""A row and a column of the table."""


class SheetWalk(QObject):
    """Takes one cell after another in hand."""

    told = Signal(str)
    """A sentence on what was done, or why not; empty where nothing is to be said any more."""
    keep_asked = Signal()
    """The key that keeps all that is shown, in an editor that would take it for itself."""
    taken = Signal()
    """Another field is in hand, or none, or what is said of it is something else."""

    def __init__(
        self,
        letters: SheetLetters,
        documents: Documents,
        acts: SheetActs,
        model: SheetModel,
        table: SheetTable,
        hand: Hand,
        pictures: SheetPictures,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._letters = letters
        self._documents = documents
        self._acts = acts
        self._model = model
        self._table = table
        self._hand = hand
        self._pictures = pictures
        self._at: tuple[int, FieldId] | None = None
        self._keys = EditorKeys(self.next_cell, self._step_row, self.keep_asked.emit, self)
        table.cell_chosen.connect(self._on_table_cell_chosen)
        letters.letter_changed.connect(self._on_letters_letter_changed)

    @property
    def at(self) -> tuple[int, FieldId] | None:
        """(case id, FieldId) in hand; None where no cell with a value is that can be worked on."""
        return self._at

    @property
    def here(self) -> Cell:
        """The cell in hand; in a row of one field always that of the value."""
        row, column = self._table.cell
        return row, max(column, 1) if self._model.is_header else VALUE

    def document(self) -> LetterDocument | None:
        """The document that speaks for the letter in hand."""
        if self._at is None or not self._letters.can_be_edited(self._at[0]):
            return None
        return self._document(self._at[0])

    # Cells

    def cells(self) -> list[Cell]:
        """All that hold a value, in their order."""
        return list(self._model.cells())

    def waits(self, cell: Cell) -> bool:
        """Whether a person is asked there."""
        asked = self._model.asked_at(*cell)
        return asked is not None and asked.waits

    def is_open(self, cell: Cell) -> bool:
        """Whether something is left to do there."""
        asked = self._model.asked_at(*cell)
        return asked is not None and (asked.status.open or asked.note is not None)

    def can_be_kept(self, cell: Cell) -> bool:
        """Whether it was read without a doubt, and nobody has said yet that it is right."""
        asked = self._model.asked_at(*cell)
        return asked is not None and asked.can_be_kept

    # Going on

    def start(self) -> None:
        """At the first value in which a person is asked, else the first one."""
        cells = self.cells()
        first = next((cell for cell in cells if self.waits(cell)), cells[0] if cells else None)
        if first is not None:
            self.choose(first)

    def choose(self, cell: Cell) -> None:
        """Take a cell in hand, with the cursor in it."""
        self._table.setFocus()
        self._table.choose(*cell)

    def next(self, wanted: Callable[[Cell], bool], step: int = 1) -> bool:
        """To the next cell of a kind, round the end; whether there is another one."""
        cells, here = self.cells()[::step], self.here
        after = [cell for cell in cells if (cell > here if step > 0 else cell < here)]
        before = [cell for cell in cells if (cell < here if step > 0 else cell > here)]
        there = next((cell for cell in (*after, *before) if wanted(cell)), None)
        if there is not None:
            self.choose(there)
        return there is not None

    def next_open(self) -> None:
        """To the next value in which something is left to do."""
        self._step_open(1)

    def previous_open(self) -> None:
        """To the one before."""
        self._step_open(-1)

    def _step_open(self, step: int) -> None:
        self.finish()
        if not self.next(self.is_open, step):
            self.told.emit("Nothing else is left to do here.")

    def next_cell(self, step: int = 1) -> bool:
        """To the next or previous value; whether there is one."""
        cells, here = self.cells(), self.here
        place = cells.index(here) + step if here in cells else 0
        if not 0 <= place < len(cells):
            return False
        self.choose(cells[place])
        return True

    def next_letter(self) -> None:
        """To the row below."""
        self._step_row(1)

    def previous_letter(self) -> None:
        """To the row above."""
        self._step_row(-1)

    def _step_row(self, step: int) -> None:
        row, column = self.here
        if 0 <= row + step < self._model.rowCount():
            self.choose((row + step, column))

    # In hand

    def finish(self) -> None:
        """What was typed is done, and a step."""
        self._hand.finish()
        self._acts.note()

    def drop(self) -> None:
        """Nothing is in hand any more; what was typed is kept."""
        self.finish()
        self._hand.drop()
        self._table.put_editor(None, -1, -1)
        self._acts.forget()
        self._at = None
        self._pictures.show(None)

    def take_again(self) -> None:
        """Another document may speak for the letter in hand now."""
        self._on_table_cell_chosen(*self._table.cell)

    def _on_table_cell_chosen(self, row: int, column: int) -> None:
        holder = self._table.window().focusWidget()
        has_cursor = holder is not None and (
            holder is self._table or self._table.isAncestorOf(holder)
        )
        self.drop()
        asked = self._model.asked_at(row, column)
        if asked is not None and self._letters.can_be_edited(self._model.rows[row].case_id):
            self._take(row, asked)
        if has_cursor and self._hand.row is not None:
            self._hand.row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._hand.row.editor.take_over(self._hand.doubtful_words())
        self.taken.emit()

    def _take(self, row: int, asked: Asked) -> None:
        case_id, field = self._model.rows[row].case_id, asked.field
        document = self._document(case_id)
        cell = self._model.cell_of(case_id, field)
        if document is None or cell is None or field not in document.statuses:
            return
        if case_id == self._documents.on_desk:
            document.set_current_field(field)
        self._at = case_id, field
        session = partial(self._documents.session_of, case_id)
        found = self._letters.findings(case_id)
        taken = self._hand.take(field, document, session, self._model.name_of(row), found)
        self._table.put_editor(taken.editor, *cell)
        self._keys.watch(taken.editor)
        self._acts.begin(case_id, field, document)
        self._pictures.show(self._at)
        self.told.emit("")

    def _document(self, case_id: int) -> LetterDocument | None:
        try:
            return self._documents.get(case_id)
        except UserError as error:
            self.told.emit(f"{error.what} {error.remedy}")
        except KeyError:
            self.told.emit("This letter is not kept any more.")
        return None

    def _on_letters_letter_changed(self, case_id: int) -> None:
        if self._at is not None and self._at[0] == case_id:
            self._hand.refresh(self._letters.findings(case_id))
            self._pictures.look_again()
            self.taken.emit()
