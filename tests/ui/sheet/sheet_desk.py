"""The window with the sheet, driven by keys as a person does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.letter import FieldId, get_value
from app.ui.sheet.view import SheetView
from tests.ui.desk import Desk
from tests.ui.sheet.many import Change, add_letters

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class SheetDesk(Desk):
    """The window with the sheet; counts the keys that are pressed in it."""

    keys = 0

    def fill(self, count: int, changes: dict[int, Change] | None = None) -> None:
        add_letters(self.store, count, changes)
        self.window.letters.show_queue()

    def show_sheet(self, name: str) -> None:
        """Open the sheet for a field, or HEADER, and wait until its rows and pictures are there."""
        self.window.session.save_setting("sheet_field", name)
        self.window.session.settle()
        self.trigger("sheet")
        self.wait_until(lambda: bool(self.view.model.rows))
        self.wait_for_pictures()

    @property
    def view(self) -> SheetView:
        view = self.window.sheet.view
        assert view is not None
        return view

    def wait_for_pictures(self) -> None:
        table = self.view.window.table
        self.wait_until(lambda: not any(table.is_coming(row) for row in table.shown()))
        if self.view.model.is_header and self.view.walk.at is not None:
            cut = self.view.window.cut
            self.wait_until(lambda: cut.strip is not None)

    def numbers(self) -> list[int]:
        """The letters from the top, by the number that they were given."""
        return [int(self.view.letters.known(row.case_id).name[-2:]) for row in self.view.model.rows]

    @property
    def cursor(self) -> QWidget:
        widget = self.view.window.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.keys += 1
        QTest.keyClick(self.cursor, key, modifiers)

    def write(self, text: str) -> None:
        self.keys += len(text)
        QTest.keyClicks(self.cursor, text)

    def kept(self, number: int, field: FieldId) -> object:
        """The value that the database has of a letter's field now."""
        self.window.session.settle()
        return get_value(self.store.case(number).letter, field)

    def is_confirmed(self, number: int, field: FieldId) -> bool:
        self.window.session.settle()
        return field.key in self.store.case(number).confirmed
