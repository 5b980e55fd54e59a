from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import inspect

from app.services.citations.known import GuidelineFile, guideline_files, known_guidelines
from app.services.database import Database, open_database
from app.services.database.connection import create_private
from app.services.database.schema import Table
from app.services.database.upgrading import upgrade
from app.services.library import Library
from app.services.library.starter import load_starter

OURS = "library_"


def next_edition() -> tuple[GuidelineFile, ...]:
    """The data files as a later version of the program may have them."""
    first, *others = guideline_files()
    changed = tuple(
        replace(entry, title=f"{entry.title} II", note="new", regulation="8 CCR 1")
        if entry.key in ("acoem-12-2004", "acoem-13-2004", "acoem-14-2004")
        else entry
        for entry in first.entries
    )
    extra = replace(first.entries[0], key="brand-new", title="Brand new")
    return (replace(first, version=first.version + 1, entries=(*changed, extra)), *others)


def test_the_first_start_brings_everything_and_the_second_nothing(database: Database) -> None:
    assert load_starter(database).added == len(known_guidelines())
    assert load_starter(database).added == 0
    library = Library(database)
    assert library.count() == len(known_guidelines())
    assert library.undo_label() is None


def test_an_update_leaves_alone_what_the_user_changed(database: Database) -> None:
    library = Library(database)
    twelve, thirteen, fourteen = (
        entry
        for key in ("acoem-12-2004", "acoem-13-2004", "acoem-14-2004")
        if (entry := library.by_key(key)) is not None
    )
    mine = library.save(replace(twelve, title="My low back", notes="mine"))
    assert mine.changed_fields == ("notes", "title")
    assert thirteen.id is not None
    library.delete(thirteen.id)
    own = library.save(replace(fourteen, id=None, key="", title="My own"))

    report = load_starter(database, next_edition())
    assert (report.added, report.kept) == (1, 2)

    library = Library(database)  # an older program in between: nothing of the user's is lost
    load_starter(database, next_edition())
    twelve_now = library.by_key("acoem-12-2004")
    assert twelve_now is not None
    assert (twelve_now.title, twelve_now.notes) == ("My low back", "mine")
    assert (twelve_now.remark, twelve_now.regulation) == ("new", "8 CCR 1")
    assert library.by_key("acoem-13-2004") is None
    fourteen_now = library.by_key("acoem-14-2004")
    assert fourteen_now is not None
    assert fourteen_now.title == "Ankle and Foot Complaints II"
    assert own.id is not None
    assert library.get(own.id) == own
    assert library.by_key("brand-new") is not None


def test_undo_after_an_update_still_works_for_what_the_user_did(database: Database) -> None:
    library = Library(database)
    twelve = library.by_key("acoem-12-2004")
    assert twelve is not None
    library.save(replace(twelve, notes="mine"))
    load_starter(database, next_edition())
    library.undo()
    now = library.by_key("acoem-12-2004")
    assert now is not None
    assert now.notes == ""


def test_tables_are_those_the_migrations_make(database: Database) -> None:
    inspector = inspect(database.engine)
    for table in Table.metadata.tables.values():
        if not table.name.startswith(OURS):
            continue
        there = {
            (c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table.name)
        }
        declared = {(c.name, str(c.type), bool(c.nullable)) for c in table.columns}
        assert there == declared
        assert {i["name"] for i in inspector.get_indexes(table.name)} == {
            i.name for i in table.indexes
        }


def schema(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'library%'")
        return {(name, str(sql)) for name, sql in rows}


def test_a_migrated_database_equals_a_fresh_one_and_keeps_its_cases(tmp_path: Path) -> None:
    old, fresh = tmp_path / "old.db", tmp_path / "fresh" / "fresh.db"
    create_private(old)
    upgrade(old, "0001")
    with closing(sqlite3.connect(old)) as raw:
        raw.execute("INSERT INTO settings (key, value) VALUES ('theme', 'dark')")
        raw.commit()
    migrated = open_database(old)
    open_database(fresh).close()
    assert schema(old) == schema(fresh)
    with closing(sqlite3.connect(old)) as raw:
        assert raw.execute("SELECT value FROM settings").fetchall() == [("dark",)]
    library = Library(migrated)
    assert library.search("low back complaints")[0].entry.title == "Low Back Complaints"
    migrated.close()
