"""The one SQLite file: how it is opened, upgraded and kept safe. Rows belong to each service."""

from app.services.database.connection import Database
from app.services.database.opening import open_database
from app.services.database.problems import (
    DatabaseDamaged,
    DatabaseFull,
    DatabaseGone,
    DatabaseLocked,
    DatabaseUnreachable,
    NewerDatabase,
    NotADatabase,
)
from app.services.database.reading_copy import ReadingCopy, is_read_only, refuse_read_only

__all__ = [
    "Database",
    "DatabaseDamaged",
    "DatabaseFull",
    "DatabaseGone",
    "DatabaseLocked",
    "DatabaseUnreachable",
    "NewerDatabase",
    "NotADatabase",
    "ReadingCopy",
    "is_read_only",
    "open_database",
    "refuse_read_only",
]
