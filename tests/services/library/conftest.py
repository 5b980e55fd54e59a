from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.database import Database, open_database
from app.services.library import Library


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "imr.db")
    yield opened
    opened.close()


@pytest.fixture
def library(database: Database) -> Library:
    return Library(database)
