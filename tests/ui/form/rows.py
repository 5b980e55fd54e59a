"""Short ways to the rows and values of the open letter's form."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.letter import FieldId, get_value
from app.ui.form.field_row import FieldRow
from tests.ui.desk import Desk


def value_of(desk: Desk, name: str, issue: int | None = None) -> Any:
    return get_value(desk.document.letter, FieldId(name, issue))


def row_of(desk: Desk, name: str, issue: int | None = None) -> FieldRow:
    row = desk.window.form.row(FieldId(name, issue))
    assert row is not None
    return row


def issue_of(desk: Desk, place: int = 0) -> int:
    return desk.document.letter.issues[place].id


def focus(desk: Desk) -> QWidget:
    """What has the keyboard in the window."""
    widget = desk.window.focusWidget()
    assert widget is not None
    return widget
