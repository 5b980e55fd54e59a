"""Fixtures every test may use."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.services.recognition import installed
from tests.budget import MANY, examples

PROJECT = Path(__file__).resolve().parents[1]

# Hundreds of processes of the program start in a run: compiled once, not by each of them.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Tens of thousands of commits wait for a disk in a run. What a power cut would leave is no test's
# question, so that a folder in memory does as well, where there is one with room enough.
_MEMORY = Path("/dev/shm")
_ROOM = 4 * 2**30
if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

# Walks and drawn inputs are new ones on each run at a desk, and the same ones where a change is
# judged: what they find there is the change's, not the day's.
settings.register_profile("desk", max_examples=examples(100))
settings.register_profile("ci", max_examples=examples(100), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") and not MANY else "desk")
SCREENS = PROJECT / "tests" / "screens.json"
"""An office's screen, and beside it what a laptop's has at 200 %."""
# Tests need no screen; whoever wants to watch them says so.
if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={SCREENS}"


PATIENCE_MS = 60_000
"""How long a test waits for what has to come: only one that fails waits so long, or a machine with
much else to do. What is not to come is not waited for."""


class PatientBot(QtBot):
    """Waits as long as a busy machine needs."""

    @override
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

    @override
    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **named: Any) -> Any:
        # One that need not come (`assertNotEmitted` asks so) is waited for as long as was said.
        if named.get("raising", True) is not False:
            timeout = max(timeout, PATIENCE_MS)
        return super().waitSignal(signal, timeout=timeout, **named)

    @override
    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE_MS, **named: Any) -> Any:
        return super().waitSignals(signals, timeout=max(timeout, PATIENCE_MS), **named)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """Every test's own: no wait of it depends on how quick the machine is."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def _printed_pages_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of copies are proved in a run: their printed pages are read as pictures, a second
    each, only by tests that are about that."""
    monkeypatch.setattr(installed, "PRINTED_PAGES", 0)


@pytest.fixture
def printed_pages_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """As at a desk."""
    monkeypatch.setattr(installed, "PRINTED_PAGES", 60)


@pytest.fixture(scope="session")
def real_letters() -> Path:
    """The folder with real letters (`seeds/`, `public/`), which are not part of the project."""
    named = os.environ.get("IMR_DESK_LETTERS")
    folder = Path(named) if named else PROJECT.parent / "shared" / "letters"
    if not (folder / "public").is_dir():
        pytest.skip(
            "no real letters here: set IMR_DESK_LETTERS to a folder with seeds/ and public/"
        )
    return folder
