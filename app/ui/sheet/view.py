"""The sheet put together: its letters, its window, and what moves through it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.letter import CASE, FIELDS, SPEC_BY_NAME
from app.services.checks import Finding
from app.services.letter_intake import Reader
from app.services.one_field import HEADER
from app.services.store import CaseSummary, Store
from app.ui.jobs import Jobs
from app.ui.sheet.acts import SheetActs
from app.ui.sheet.documents import Documents
from app.ui.sheet.letters import SheetLetters
from app.ui.sheet.model import SheetModel
from app.ui.sheet.pictures import SheetPictures
from app.ui.sheet.strips import Strips
from app.ui.sheet.walk import SheetWalk
from app.ui.sheet.window import SheetWindow
from app.ui.sheet.work import SheetWork


class SheetView(QObject):
    """Lives as long as its window is open."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        jobs: Jobs,
        documents: Documents,
        acts: SheetActs,
        password_of: Callable[[int], str | None],
        desk_findings: Callable[[], tuple[Finding, ...]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.letters = SheetLetters(
            store, reader, jobs, documents, password_of, desk_findings, self
        )
        self.model = SheetModel(self.letters, self)
        self.strips = Strips(store, reader, jobs, password_of, self)
        self.window = window = SheetWindow(self.model, self.strips)
        self.pictures = SheetPictures(self.model, window.table, window.cut, self.strips, self)
        self.walk = SheetWalk(
            self.letters,
            documents,
            acts,
            self.model,
            window.table,
            window.hand,
            self.pictures,
            self,
        )
        self.work = SheetWork(
            self.walk, documents, acts, self.model, window.table, window.hand, window.cut, self
        )
        self._arriving = 0
        self._read = (0, 0)
        self._count_soon = QTimer(self, singleShot=True, interval=0)
        self._count_soon.timeout.connect(self._show_count)
        self.letters.letters_read.connect(self._on_letters_read)
        self.letters.progressed.connect(self._on_letters_progressed)
        self.letters.letter_changed.connect(self._on_letter_changed)
        self.walk.told.connect(window.tell)
        self.walk.keep_asked.connect(self.work.keep_shown)
        self.walk.taken.connect(self._show_in_hand)
        self.work.told.connect(window.tell)
        window.keep_requested.connect(self.work.keep_shown)
        window.desk_requested.connect(self.work.show_page)

    def show(self, cases: Sequence[CaseSummary], name: str, arriving: int) -> None:
        """Show one field, or HEADER, of these letters."""
        self.walk.drop()
        heads = ("Letter", "As printed", "Value", "State")
        if name == HEADER:
            header = (spec.label for spec in FIELDS if spec.section == CASE)
            heads = ("No.", *header)
        else:
            heads = (*heads[:2], SPEC_BY_NAME[name].label, heads[3])
        self._arriving = arriving
        self.model.clear(name, heads)
        self.window.choose(name)
        self.window.tell("")
        self.window.table.fit()
        self.letters.show(cases, name)

    def put_away(self) -> None:
        """The window is closed: let go of everything."""
        self.walk.drop()
        self.letters.close()
        self.strips.close()
        self.deleteLater()

    def use_dark_page(self, dark: bool) -> None:
        """Whether pages are drawn dark."""
        self.window.table.dark_page = dark

    def switch_pane(self) -> None:
        """From the letters to the choice of the field, and back."""
        if self.window.choice.hasFocus():
            self.window.table.setFocus()
            self.walk.take_again()
        else:
            self.window.choice.setFocus()

    # What happens on the desk

    def step_aside(self, case_id: int) -> None:
        """Another document is going to speak for a letter: what was typed into this one counts."""
        if self.walk.at is not None and self.walk.at[0] == case_id:
            self.walk.drop()

    def take_again(self) -> None:
        """It does now."""
        if self.walk.at is None:
            self.walk.take_again()

    def remove(self, case_id: int) -> None:
        """A letter leaves the list."""
        self.step_aside(case_id)
        self.letters.remove(case_id)
        self.model.remove(case_id)
        self._show_count()

    def show_arriving(self, count: int) -> None:
        """So many letters are still being read into the list."""
        self._arriving = count
        self._show_count()

    # What is told

    def _on_letters_read(self, ids: Sequence[int]) -> None:
        is_first = not self.model.rows
        self.model.add(ids)
        self._show_count()
        if is_first:
            self.walk.start()

    def _on_letters_progressed(self, done: int, total: int) -> None:
        self._read = (done, total)
        self._count_soon.start()

    def _on_letter_changed(self, _case_id: int) -> None:
        self._count_soon.start()

    def _show_count(self) -> None:
        done, total = self._read
        letters = len({row.case_id for row in self.model.rows})
        if done < total or (total and not letters):
            words = f"Reading the letters: {done} of {total}"
        else:
            waiting = len(
                {
                    self.model.rows[cell[0]].case_id
                    for cell in self.walk.cells()
                    if self.walk.is_open(cell)
                }
            )
            words = "1 letter" if letters == 1 else f"{letters} letters"
            words += f" · in {waiting} something is left to do" if waiting else ""
        if self._arriving:
            words += f" · {self._arriving} more are still being read"
        self.window.count.setText(words)

    def _show_in_hand(self) -> None:
        row = self.window.table.cell[0]
        here = 0 <= row < len(self.model.rows)
        name = self.model.name_of(row) if here else ""
        self.window.name.setText(name)
        self.window.to_desk.setEnabled(self.walk.at is not None)
        self.window.keep.setEnabled(self.walk.at is not None or not self.model.is_header)
        if here and self.model.problem_of(row):
            self.window.tell(self.model.problem_of(row))
