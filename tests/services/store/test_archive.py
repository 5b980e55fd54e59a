"""Archives from elsewhere: what is too large, of another format or of another make changes nothing."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.services.store import NotAnArchive, Store, read_archive, write_archive
from app.services.store.archive_file import LARGEST_PDF
from tests.budget import examples
from tests.rights import ordinary_rights
from tests.services.store.letters import pdf, put

DATABASE, MANIFEST = "imr-desk.db", "manifest.json"


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def promise(parts: dict[str, bytes], **more: object) -> dict[str, bytes]:
    """The parts with a manifest that is right about them."""
    manifest = json.loads(parts[MANIFEST]) | more
    manifest["members"] = {
        name: hashlib.sha256(data).hexdigest() for name, data in parts.items() if name != MANIFEST
    }
    return {**parts, MANIFEST: json.dumps(manifest).encode()}


def change_database(parts: dict[str, bytes], folder: Path, *statements: str) -> dict[str, bytes]:
    path = folder / "changed.db"
    path.write_bytes(parts[DATABASE])
    with closing(sqlite3.connect(path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return promise({**parts, DATABASE: path.read_bytes()})


@pytest.fixture
def archive(store: Store, tmp_path: Path) -> Path:
    put(store, 1)
    path = tmp_path / "all.zip"
    write_archive(store, path)
    return path


Spoil = Callable[[dict[str, bytes], Path], dict[str, bytes]]

SPOILT: dict[str, Spoil] = {
    "another format": lambda parts, _: promise(parts, format=99),
    "a trigger": lambda parts, folder: change_database(
        parts,
        folder,
        "CREATE TRIGGER gone AFTER INSERT ON journal BEGIN DELETE FROM journal; END",
    ),
    "a trigger of our name that does something else": lambda parts, folder: change_database(
        parts,
        folder,
        "DROP TRIGGER library_search_insert",
        "CREATE TRIGGER library_search_insert AFTER INSERT ON library_entries BEGIN "
        "DELETE FROM journal; END",
    ),
    "a table of its own": lambda parts, folder: change_database(
        parts, folder, "CREATE TABLE guests (name TEXT)"
    ),
    "a virtual table of its own": lambda parts, folder: change_database(
        parts, folder, "CREATE VIRTUAL TABLE guests USING fts5(name)"
    ),
    "a column that is computed": lambda parts, folder: change_database(
        parts, folder, "ALTER TABLE journal ADD COLUMN guest AS (abs(1)) VIRTUAL"
    ),
    "an index of its own": lambda parts, folder: change_database(
        parts, folder, "CREATE INDEX guests ON journal (case_id)"
    ),
    "a view": lambda parts, folder: change_database(
        parts, folder, "CREATE VIEW seen AS SELECT * FROM journal"
    ),
    "a table that is missing": lambda parts, folder: change_database(
        parts, folder, "DROP TABLE letters"
    ),
    "a column that is missing": lambda parts, folder: change_database(
        parts, folder, "ALTER TABLE letters RENAME COLUMN letter TO note"
    ),
    "an older version that lacks its tables": lambda parts, folder: change_database(
        parts, folder, "DROP TABLE cases", "UPDATE alembic_version SET version_num = '0001'"
    ),
    "no database": lambda parts, _: promise({**parts, DATABASE: b"not SQLite at all"}),
    "a manifest that is nested": lambda parts, _: {**parts, MANIFEST: b"[" * 100_000},
    "a manifest in Latin-1": lambda parts, _: {**parts, MANIFEST: b'{"format": "\xe9"}'},
    "a member outside": lambda parts, _: promise({**parts, "../out.pdf": b"%PDF-1.4"}),
    "a letter without its PDF": lambda parts, _: promise(
        {name: data for name, data in parts.items() if not name.endswith(".pdf")}
    ),
    "a file that is no PDF's name": lambda parts, _: promise({**parts, "files/x.exe": b"MZ"}),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_foreign_archive_changes_nothing(
    store: Store, archive: Path, tmp_path: Path, spoil: Spoil
) -> None:
    write_parts(archive, spoil(parts_of(archive), tmp_path))
    before, files = store.cases(), sorted(store.files.folder.rglob("*.pdf"))
    with pytest.raises(NotAnArchive):
        read_archive(store, archive)
    assert store.cases() == before
    assert sorted(store.files.folder.rglob("*.pdf")) == files


def test_a_pdf_that_no_letter_has_is_not_taken_over(store: Store, archive: Path) -> None:
    foreign = b"%PDF-1.4 of nobody"
    sha256 = hashlib.sha256(foreign).hexdigest()
    write_parts(archive, promise({**parts_of(archive), f"files/{sha256}.pdf": foreign}))
    read_archive(store, archive)
    assert not store.files.path(sha256).exists()


def test_what_would_unpack_to_gigabytes_is_refused_before_it_is_read(
    store: Store, archive: Path
) -> None:
    parts = parts_of(archive)
    sha256 = "0" * 64
    zeros = bytes(2**20)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        manifest = json.loads(parts[MANIFEST])
        manifest["members"][f"files/{sha256}.pdf"] = sha256
        made.writestr(MANIFEST, json.dumps(manifest))
        made.writestr(DATABASE, parts[DATABASE])
        made.writestr(f"files/{sha256}.pdf", zeros)
        # What a member says of its size is all that counts.
        made.filelist[-1].file_size = LARGEST_PDF + 1
    tracemalloc.start()
    with pytest.raises(NotAnArchive, match="MB"):
        read_archive(store, archive)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 32 * 2**20


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_bytes_changed_anywhere_raise_user_errors_only(
    store: Store, archive: Path, data: st.DataObject
) -> None:
    whole = archive.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    piece = data.draw(st.binary(min_size=1, max_size=8)) * data.draw(st.sampled_from((1, 25)))
    changed = archive.with_name("changed.zip")
    changed.write_bytes(whole[:at] + piece + whole[at + len(piece) :])
    before, read = store.cases(), store.pdf(store.cases()[0].id)
    with suppress(UserError):
        read_archive(store, changed)
    # What is taken in is what was written, to the last byte.
    assert store.cases() == before
    assert store.pdf(before[0].id) == read


def test_a_kept_pdf_that_cannot_be_read_keeps_nothing_else_out(
    store: Store, tmp_path: Path
) -> None:
    first, second = put(store, 1), put(store, 2)
    spoilt = store.files.path(hashlib.sha256(pdf(1)).hexdigest())
    whole = store.pdf(first)
    spoilt.write_bytes(b"no more")
    written = write_archive(store, tmp_path / "all.zip")
    assert written.pdfs == 1
    assert [spoilt.name in str(problem) for problem in written.lacking] == [True]
    store.files.remove(hashlib.sha256(pdf(2)).hexdigest())
    read_archive(store, tmp_path / "all.zip")
    assert len(store.cases()) == 2
    assert store.pdf(second) != whole
    spoilt.write_bytes(whole)
    spoilt.chmod(0)
    with ordinary_rights():
        assert len(write_archive(store, tmp_path / "again.zip").lacking) == 1
        assert store.files.put(whole)
    assert store.pdf(first) == whole


def test_a_zip_of_something_else_is_told(store: Store, tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    path = tmp_path / "letter.docx"
    path.write_bytes(made.getvalue())
    with pytest.raises(NotAnArchive, match="not a whole"):
        read_archive(store, path)
