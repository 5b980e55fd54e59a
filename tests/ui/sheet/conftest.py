"""The sheet over letters that are in the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.sheet.many import Change
from tests.ui.sheet.sheet_desk import SheetDesk


@pytest.fixture
def sheet_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[SheetDesk]:
    made = SheetDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def show(sheet_desk: SheetDesk) -> Callable[..., SheetDesk]:
    """Open the sheet for a field over so many letters."""

    def make(name: str, count: int, changes: dict[int, Change] | None = None) -> SheetDesk:
        sheet_desk.fill(count, changes)
        sheet_desk.show_sheet(name)
        return sheet_desk

    return make
