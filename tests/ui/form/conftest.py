"""One window for all tests of the form: each starts with a letter of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file

_NUMBERS = count(1)


@pytest.fixture(scope="module")
def shared_desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("desk"))
    yield made
    made.close()


@pytest.fixture
def desk(shared_desk: Desk) -> Desk:
    """The window with a letter of two items open that nobody has touched."""
    # Without a window manager nobody gives the keyboard back when a popup closes.
    shared_desk.window.activateWindow()
    shared_desk.wait_until(shared_desk.window.isActiveWindow)
    shared_desk.open(letter_file(shared_desk.folder, next(_NUMBERS)))
    shared_desk.settle()
    return shared_desk
