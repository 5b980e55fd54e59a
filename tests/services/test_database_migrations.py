"""Migrations: fresh equals migrated, models equal both, each one tested with data."""

from __future__ import annotations

import ast
import importlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.services.archive.archive import Archive
from app.services.archive.values import Question
from app.services.database import open_database
from app.services.database.chunks import Chunks
from app.services.database.connection import create_private
from app.services.database.images import build_database, read_image
from app.services.database.opening import FRESH, MIGRATIONS, head_revision, revisions
from app.services.database.packing import unpack_text
from app.services.database.schema import Table
from app.services.database.snapshot import snapshot_sql
from app.services.database.upgrading import upgrade
from app.services.store import Status, Store
from app.services.store.case_files import CaseFiles
from app.services.vault import Cipher
from tests.services.store.letters import edit, letter, put


def _migrated(path: Path, revision: str) -> Path:
    create_private(path)
    upgrade(path, revision)
    return path


def _dump(path: Path) -> tuple[list[str], int]:
    with closing(sqlite3.connect(path)) as raw:
        (application,) = raw.execute("PRAGMA application_id").fetchone()
        return list(raw.iterdump()), application


def test_fresh_equals_migrated(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    open_database(fresh).close()
    assert _dump(fresh) == _dump(_migrated(tmp_path / "migrated.db", head_revision()))


def test_the_snapshot_is_of_today() -> None:
    assert FRESH.read_text(encoding="utf-8") == snapshot_sql(), (
        "run: python -m app.services.database.snapshot"
    )


def test_the_models_equal_the_migrations(tmp_path: Path) -> None:
    for rows in ("store", "library"):
        importlib.import_module(f"app.services.{rows}.rows")
    database = open_database(tmp_path / "imr-desk.db")
    virtual = _virtual_tables(database.path)

    def ours(item: object, name: str | None, kind: str, *_: object) -> bool:
        return kind != "table" or name not in virtual

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": True}
        )
        assert compare_metadata(context, Table.metadata) == []
    database.close()


def _virtual_tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as raw:
        tables = raw.execute("PRAGMA table_list").fetchall()
    return {row[1] for row in tables if row[2] in ("virtual", "shadow")}


def test_revisions_follow_each_other() -> None:
    found: list[tuple[str, str | None]] = []
    for path in sorted((MIGRATIONS / "versions").glob("[0-9]*.py")):
        said = {
            node.targets[0].id: ast.literal_eval(node.value)
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        assert path.name.startswith(said["revision"] + "_")
        found.append((said["revision"], said["down_revision"]))
    known = revisions()
    assert found == list(zip(known, (None, *known[:-1]), strict=True))


def test_each_migration_has_a_test_with_data() -> None:
    said = "".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py")
    )
    missing = [
        revision for revision in revisions() if f"def test_migration_{revision}_" not in said
    ]
    assert missing == [], "write test_migration_<revision>_… with rows from before"


def test_migration_0001_takes_letters(tmp_path: Path) -> None:
    """The first one meets no rows: it must hold all that a letter's life brings."""
    path = _migrated(tmp_path / "imr-desk.db", "0001")
    with closing(sqlite3.connect(path)) as raw:
        (count,) = raw.execute("SELECT count(*) FROM cases").fetchone()
        assert count == 0
        with pytest.raises(sqlite3.IntegrityError, match="ck_cases_status_known"):
            raw.execute(
                "INSERT INTO cases SELECT 1, '', '', '', 'lost', 0, 0, NULL, '', 0, '', "
                "NULL, NULL, NULL, NULL, NULL, '', NULL, '', 0, 0, ''"
            )


def test_migration_0002_is_backed_up_and_keeps_the_letters(tmp_path: Path) -> None:
    """A file as revision 0001 left it, with a letter in work, opened by today's program."""
    path = _migrated(tmp_path / "imr-desk.db", "0001")
    older = tmp_path / "made.db"
    made = open_database(older)
    store = Store(made, tmp_path)
    case_id = put(store)
    after = edit(store, case_id, letter(), "patient.age", 60)
    made.close()
    _copy_rows(older, path)
    before = _dump(path)

    database = open_database(path)
    store = Store(database, tmp_path)
    assert store.case(case_id).letter == after
    assert store.verify(case_id) is None
    database.check()
    database.close()
    (backup,) = (tmp_path / "backups").glob("*.backup")
    assert backup.name.endswith("-before-upgrade-from-0001.backup")
    rebuilt = tmp_path / "rebuilt.db"
    cipher = Cipher()
    chunks = Chunks(backup.parent, cipher)
    build_database(read_image(backup, cipher), chunks, rebuilt, cipher, backup)
    assert _dump(rebuilt) == before
    assert _dump(path)[0] != before[0]


def test_migration_0003_lists_the_letters_from_before(tmp_path: Path) -> None:
    path = _migrated(tmp_path / "imr-desk.db", "0002")
    older = tmp_path / "made.db"
    made = open_database(older)
    store = Store(made, tmp_path)
    case_id = put(store)
    store.set_status(case_id, Status.CHECKED, by="clerk")
    made.close()
    _copy_rows(older, path)

    database = open_database(path)
    store = Store(database, tmp_path)
    (case,) = store.cases()
    assert (case.status, case.errors, case.done_at, case.removed_at) == (
        Status.CHECKED,
        0,
        None,
        None,
    )
    assert store.verify(case_id) is None
    database.close()


def test_migration_0004_packs_the_evidence_and_gives_the_room_back(tmp_path: Path) -> None:
    path = _migrated(tmp_path / "imr-desk.db", "0003")
    older = tmp_path / "made.db"
    made = open_database(older)
    store = Store(made, tmp_path)
    case_id = put(store, issues=120)
    as_read = store.case(case_id).parsed
    made.close()
    _copy_rows(older, path)
    before = path.stat().st_size

    database = open_database(path)
    store = Store(database, tmp_path)
    assert store.case(case_id).parsed == as_read
    assert store.verify(case_id) is None
    with database.plainly() as raw:
        ((kind,),) = raw.execute("SELECT typeof(result) FROM parses")
        ((free,),) = raw.execute("PRAGMA freelist_count")
    assert (kind, free) == ("blob", 0)
    database.close()
    assert path.stat().st_size < before * 0.85  # the library is there too


def test_migration_0005_keeps_the_library_and_takes_facts(tmp_path: Path) -> None:
    path = _migrated(tmp_path / "imr-desk.db", "0004")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO library_starter (id, digest) VALUES (1, 'of before')")
        raw.commit()
    database = open_database(path)
    with database.plainly() as raw:
        assert raw.execute("SELECT digest FROM library_starter").fetchall() == [("of before",)]
        assert raw.execute("SELECT count(*) FROM library_facts").fetchall() == [(0,)]
    database.close()


def test_migration_0006_keeps_the_letters_and_takes_what_pictures_say(tmp_path: Path) -> None:
    path = _migrated(tmp_path / "imr-desk.db", "0005")
    database = open_database(path)
    with database.plainly() as raw:
        assert raw.execute("SELECT count(*) FROM recognised_pages").fetchall() == [(0,)]
    database.close()


def test_migration_0007_keeps_the_letters_and_takes_their_documents(tmp_path: Path) -> None:
    path = _migrated(tmp_path / "imr-desk.db", "0006")
    older = tmp_path / "made.db"
    made = open_database(older)
    case_id = put(Store(made, tmp_path))
    made.close()
    with closing(sqlite3.connect(older)) as raw:
        for table in ("quotations", "pages", "documents", "files", "words"):
            raw.execute(f"DROP TABLE case_{table}")
        raw.commit()
    _copy_rows(older, path)

    database = open_database(path)
    store = Store(database, tmp_path)
    files = CaseFiles(store)
    assert store.verify(case_id) is None
    assert files.files(case_id) == ()
    files.add(case_id, b"%PDF- records", "records.pdf", 3)
    assert [document.last_page for document in files.documents(case_id)] == [3]
    database.close()


def test_migration_0008_finds_the_letters_from_before(tmp_path: Path) -> None:
    path = _migrated(tmp_path / "imr-desk.db", "0007")
    older = tmp_path / "made.db"
    made = open_database(older)
    put(Store(made, tmp_path))
    made.close()
    _copy_rows(older, path)

    database = open_database(path)
    archive = Archive(database)
    assert archive.fill() == 1
    assert archive.count(Question(words="aquatic therapy")) == 2
    put(Store(database, tmp_path), 2)
    assert archive.fill() == 1
    assert archive.count(Question(words="aquatic therapy")) == 4
    database.close()


def _copy_rows(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(target)) as raw:
        raw.execute("ATTACH ? AS source", (str(source),))
        tables = raw.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' "
            "AND name NOT IN ('alembic_version') AND name NOT LIKE 'library%' "
            "AND name NOT LIKE 'case_words%'"
        ).fetchall()
        for (table,) in tables:
            columns = ", ".join(
                f'"{row[1]}"' for row in raw.execute(f'PRAGMA main.table_info("{table}")')
            )
            raw.execute(
                f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM source."{table}"'
            )
        # Before 0004 it lay there as it is.
        (case_id, packed) = raw.execute("SELECT case_id, result FROM main.parses").fetchone()
        text = unpack_text(packed)
        raw.execute("UPDATE main.parses SET result = ? WHERE case_id = ?", (text, case_id))
        raw.commit()


def test_a_failed_upgrade_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that fails half way takes the steps before it along."""
    from app.services.database import upgrading

    copy = tmp_path / "migrations"
    _copy_migrations(copy)
    (copy / "versions" / "9998_ok.py").write_text(_step("9998", head_revision(), "ok"))
    (copy / "versions" / "9999_bad.py").write_text(
        _step("9999", "9998", "bad") + "    raise ZeroDivisionError\n"
    )
    monkeypatch.setattr(upgrading, "MIGRATIONS", copy)
    path = tmp_path / "imr-desk.db"
    open_database(path).close()
    before = _dump(path)
    with pytest.raises(ZeroDivisionError):
        upgrade(path, "9999")
    assert _dump(path) == before


def _copy_migrations(copy: Path) -> None:
    for path in MIGRATIONS.rglob("*.py"):
        to = copy / path.relative_to(MIGRATIONS)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())


def _step(revision: str, down: str, table: str) -> str:
    return (
        "from alembic import op\nimport sqlalchemy as sa\n"
        f"revision = {revision!r}\ndown_revision = {down!r}\n\n\n"
        "def upgrade() -> None:\n"
        f"    op.create_table({table!r}, sa.Column('a', sa.Integer))\n"
    )
