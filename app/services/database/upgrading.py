"""How migrations are run: Alembic from this package's folder, with no configuration file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from app.services.database import problems
from app.services.database.connection import Database
from app.services.database.opening import APPLICATION_ID, MIGRATIONS
from app.services.vault import Cipher


def upgrade(path: Path, revision: str, cipher: Cipher | None = None) -> None:
    """Brings the file to a revision; all steps together or none. Raises UserError."""
    database = Database(path, cipher)
    try:
        with problems.told(path), database.engine.connect() as connection:
            # Rebuilding a table drops the old one: with foreign keys on, its children would go
            # with it. The pragma does nothing inside a transaction.
            _pragma(connection, "foreign_keys = OFF")
            connection.execution_options(writes=True)
            with connection.begin():
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                command.upgrade(_config(connection), revision)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise problems.damaged(path)
    finally:
        database.close()


def _pragma(connection: Connection, pragma: str) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(f"PRAGMA {pragma}")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
