"""The window for tests, and the rule that no Qt warning goes unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """The program's window on an empty data folder."""
    made = Desk(tmp_path)
    yield made
    made.close()
