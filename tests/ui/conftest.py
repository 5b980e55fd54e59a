"""The window for tests, and the rule that no Qt warning goes unseen."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file

_MODULES = count()
EVERY = 5
"""So many modules of tests leave what they made before all of it is gone through."""


@pytest.fixture(autouse=True, scope="module")
def set_aside_what_was_made_before() -> None:
    """Going through all modules and classes after each test would double the suite's time."""
    if next(_MODULES) % EVERY == 0:
        gc.unfreeze()
        gc.collect()
    gc.collect(1)
    gc.freeze()


@pytest.fixture(autouse=True, scope="module")
def undress_what_was_dressed(qapp: QApplication) -> Iterator[None]:
    """No test may depend on which one dressed the program before it; nor is each made slower by it."""
    font, palette = qapp.font(), qapp.palette()
    yield
    if qapp.styleSheet():
        qapp.setStyleSheet("")
        qapp.setFont(font)
        qapp.setPalette(palette)


@pytest.fixture(autouse=True)
def collect_on_main_thread_only() -> Iterator[None]:
    """Widgets must never be collected in a worker; the program's own rule (app/ui/garbage.py)."""
    gc.disable()
    yield
    gc.enable()
    # What was made before this test was gone through before it.
    gc.collect(1)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """The program's window on an empty data folder."""
    made = Desk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    """The same with a letter of ours on it."""
    desk.open(letter_file(desk.folder))
    desk.settle()
    return desk
