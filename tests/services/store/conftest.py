"""A store in a folder of its own, and letters of made-up cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.database import Database, open_database
from app.services.store import Store


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "imr-desk.db")
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database, tmp_path: Path) -> Store:
    return Store(database, tmp_path)
