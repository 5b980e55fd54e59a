"""What is done in the sheet at the cell in hand, or to all that is shown: kept, changed, put off, taken back.

The same acts as at a field of the form, on the document that speaks for each letter.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemView

from app.errors import UserError
from app.letter import FieldId
from app.ui.sheet.acts import SheetActs
from app.ui.sheet.cut_view import CutView
from app.ui.sheet.documents import Documents
from app.ui.sheet.hand import Hand
from app.ui.sheet.model import VALUE, SheetModel
from app.ui.sheet.table import SheetTable
from app.ui.sheet.walk import Cell, SheetWalk


class SheetWork(QObject):
    """Carries out what is asked for, and goes on."""

    told = Signal(str)
    """A sentence on what was done, or why not."""
    page_wanted = Signal(int, object)
    """(case id, FieldId): the field's place is to be seen on the desk."""

    def __init__(
        self,
        walk: SheetWalk,
        documents: Documents,
        acts: SheetActs,
        model: SheetModel,
        table: SheetTable,
        hand: Hand,
        cut: CutView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._walk = walk
        self._documents = documents
        self._acts = acts
        self._model = model
        self._table = table
        self._hand = hand
        self._cut = cut
        hand.confirm_requested.connect(self.confirm)
        hand.other_requested.connect(self.use_other)
        hand.revert_requested.connect(self.revert)
        hand.place_requested.connect(self.show_page)
        hand.changed.connect(acts.note)
        acts.shown.connect(self._on_acts_shown)
        acts.refused.connect(self.told)

    # At the cell in hand

    def confirm(self) -> None:
        """The value is right as it stands: on to the next that waits."""
        row, document = self._hand.row, self._walk.document()
        if row is None or document is None or row.editor.says_wrong():
            return
        document.confirm(row.field)
        self._acts.note()
        self._go_on()

    def use_other(self, place: int = 0) -> None:
        """Put the other value there that may be meant, and go on."""
        others, document, at = self._hand.others(), self._walk.document(), self._walk.at
        if document is None or at is None:
            return
        if place >= len(others):
            self.told.emit("No other value is known for this field.")
            return
        document.edit(at[1], others[place])
        self._acts.note()
        self._go_on()

    def use_second_other(self) -> None:
        """The same with the second one."""
        self.use_other(1)

    def revert(self) -> None:
        """Back to the value that was read."""
        document, at = self._walk.document(), self._walk.at
        if document is not None and at is not None:
            document.revert(at[1])
            self._hand.show_words()
            self._documents.session_of(at[0]).end_typing(at[1])
            self._acts.note()

    @property
    def note(self) -> str | None:
        """Why the field in hand was left for later; None where it was not."""
        document, at = self._walk.document(), self._walk.at
        return document.postponed.get(at[1]) if document is not None and at is not None else None

    def postpone(self, note: str) -> None:
        """Leave the question for later, and go on."""
        document, at = self._walk.document(), self._walk.at
        if document is not None and at is not None:
            document.postpone(at[1], note)
            self._acts.note()
            self._go_on()

    def resume(self) -> None:
        """It counts again."""
        document, at = self._walk.document(), self._walk.at
        if document is not None and at is not None:
            document.resume(at[1])
            self._acts.note()

    def show_page(self) -> None:
        """The letter in hand onto the desk, at this field."""
        self._walk.finish()
        if self._walk.at is not None:
            self.page_wanted.emit(*self._walk.at)

    # All that is shown

    def keep_shown(self) -> None:
        """Say of all that is shown beside its picture, and asks no question, that it is right: of
        one field the rows in view, of the header the letter in hand; then on to what comes next. Of
        long texts only the one in hand is seen whole."""
        self._walk.finish()
        if self._model.is_long:
            self.confirm()
        elif self._model.is_header:
            self._keep_letter()
        else:
            self._keep_rows()

    def _keep_letter(self) -> None:
        if self._walk.document() is None:
            return
        if self._cut.strip is None or self._cut.strip.image is None:
            self.told.emit("The picture of this header is not there: nothing was kept.")
            return
        here = self._walk.here
        cells = [cell for cell in self._walk.cells() if cell[0] == here[0]]
        # The question in hand is answered as Enter answers it; any other is asked next.
        self._keep([cell for cell in cells if self._walk.can_be_kept(cell) or cell == here])
        self._go_on()

    def _keep_rows(self) -> None:
        shown = [row for row in self._table.shown() if self._walk.can_be_kept((row, VALUE))]
        rows = [row for row in shown if self._table.is_drawn(row)]
        self._keep([(row, VALUE) for row in rows])
        words = f"Kept: {len(rows)}."
        late = sum(self._table.is_coming(row) for row in shown)
        if late:
            self.told.emit(words + f" The pictures of {late} more are being drawn.")
            return
        below = max(self._table.shown(), default=-1) + 1
        if below < self._model.rowCount():
            self._walk.choose((below, VALUE))
            top = self._model.index(below, VALUE)
            self._table.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)
            self.told.emit(words)
        else:
            self._go_on()
            self.told.emit(self._left_words(words))

    def _keep(self, cells: Iterable[Cell]) -> None:
        fields: list[tuple[int, FieldId]] = []
        for row, column in cells:
            asked = self._model.asked_at(row, column)
            if asked is not None:
                fields.append((self._model.rows[row].case_id, asked.field))
        try:
            self._acts.keep(fields, "Keep %d values")
        except UserError as error:
            self.told.emit(f"{error.what} {error.remedy}")
        self._walk.take_again()

    def _go_on(self) -> None:
        """To what waits next; then, one by one, to what nobody has said yet that it is right."""
        walk = self._walk
        if not walk.next(walk.waits) and not walk.next(walk.can_be_kept):
            self.told.emit(self._left_words("That was the last one."))

    def _left_words(self, words: str) -> str:
        cells = self._walk.cells()
        left = sum(self._walk.is_open(cell) for cell in cells)
        kept = sum(self._walk.can_be_kept(cell) for cell in cells)
        if left:
            words += f" Left to do: {left}."
        if kept:
            words += f" Not kept yet: {kept}."
        return words if left or kept else words + " Every value here is kept."

    # Taking back

    def undo(self) -> None:
        """Take back what was done last, here or on the desk."""
        self._walk.finish()
        self._acts.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._walk.finish()
        self._acts.redo()

    def _on_acts_shown(self, case_id: int, field: FieldId) -> None:
        cell = self._model.cell_of(case_id, field)
        if cell is not None:
            self._hand.show_words()
            self._walk.choose(cell)
