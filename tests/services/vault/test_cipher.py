"""One key between the data folder and its bytes: databases, backups and kept files."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.database import DatabaseDamaged, open_database
from app.services.library import Library
from app.services.store import Backups, FileChanged, Store, erase
from app.services.vault import Cipher, EncryptedChanged, VaultLocked, sql_errors
from app.services.vault.pieces import PIECE
from tests.budget import examples
from tests.services.store.letters import edit, letter, parsed, pdf

MARK = b"wombatfruit"
KEY = bytes(range(32))


def files_with(folder: Path, mark: bytes = MARK) -> list[str]:
    """The files of a folder in which the bytes stand, by content or by name."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and mark in path.read_bytes() + str(path).encode()
    ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = open_database(tmp_path / "imr-desk.db", Cipher(KEY))
    yield Store(database, tmp_path)
    database.close()


def put_marked(store: Store) -> int:
    """A letter with the word in its file, its values, an edit and a half-typed text."""
    mark = MARK.decode()
    made = parsed(letter(3))
    data = pdf(3) + MARK
    case_id = store.import_pdf(data, made, by=mark, file_name=f"{mark}.pdf").summary.id
    edit(store, case_id, made.letter, "clinical_summary", f"The {mark} was seen. " * 400)
    store.save_draft(case_id, "issues.1.rationale", f"Half a {mark}")
    return case_id


def test_no_byte_of_a_letter_is_in_any_file(store: Store, tmp_path: Path) -> None:
    case_id = put_marked(store)
    assert (tmp_path / "imr-desk.db-wal").stat().st_size > 0
    assert files_with(tmp_path) == []
    Backups(store.database, tmp_path).make()
    assert store.pdf(case_id).endswith(MARK)
    store.database.compact()
    assert files_with(tmp_path) == []


def test_what_is_written_is_read_by_the_same_key_alone(store: Store, tmp_path: Path) -> None:
    case_id = put_marked(store)
    store.database.close()
    again = Store(open_database(tmp_path / "imr-desk.db", Cipher(KEY)), tmp_path)
    assert MARK.decode() in again.case(case_id).letter.clinical_summary
    assert again.cases()[0].file_name == f"{MARK.decode()}.pdf"
    again.database.close()
    with pytest.raises(DatabaseDamaged):
        open_database(tmp_path / "imr-desk.db", Cipher(bytes(32)))
    (kept,) = (tmp_path / "files").glob("??/*.pdf")
    kept.write_bytes(Cipher(bytes(32)).encrypt(store.pdf(case_id), "kept pdf"))
    with pytest.raises(FileChanged):
        store.pdf(case_id)


def test_the_full_text_index_of_the_library_works(store: Store) -> None:
    library = Library(store.database)
    assert library.search("low back")


def test_backups_go_through_the_same_key(store: Store, tmp_path: Path) -> None:
    case_id = put_marked(store)
    backups = Backups(store.database, tmp_path)
    made = backups.make()
    before = store.case(case_id).letter
    edit(store, case_id, before, "clinical_summary", "Another.")
    assert len(backups.differences(made)) == 1
    backups.restore(made)
    assert store.case(case_id).letter == before
    assert files_with(tmp_path) == []
    assert erase(store, [case_id]).rewritten
    assert store.cases() == ()


def test_kept_files_have_names_that_tell_nothing(store: Store, tmp_path: Path) -> None:
    put_marked(store)
    sha256 = store.cases()[0].file_sha256
    (kept,) = (tmp_path / "files").glob("??/*.pdf")
    assert sha256 not in str(kept)
    assert Backups(store.database, tmp_path).sweep(store.files) == 0
    put_again = store.files.put(store.pdf(1))
    assert put_again == sha256
    assert len(list((tmp_path / "files").glob("??/*.pdf"))) == 1


def test_a_locked_folder_gives_nothing(store: Store) -> None:
    case_id = put_marked(store)
    store.cipher.lock()
    store.database.close()
    assert store.cipher.is_locked
    for act in (lambda: store.pdf(case_id), store.cases, lambda: store.save_setting("a", 1)):
        with pytest.raises(VaultLocked):
            act()
    store.cipher.unlock(KEY)
    assert store.pdf(case_id).endswith(MARK)
    store.save_setting("a", 1)


@pytest.mark.parametrize("place", [0, 20, 4096 + 700, 5 * 4096 + 9])
def test_a_flipped_bit_of_the_database_is_told_as_damage(
    store: Store, tmp_path: Path, place: int
) -> None:
    put_marked(store)
    store.database.close()
    path = tmp_path / "imr-desk.db"
    data = bytearray(path.read_bytes())
    data[place] ^= 0x10
    path.write_bytes(data)
    with pytest.raises(DatabaseDamaged):
        open_database(path, Cipher(KEY)).check()


@given(st.binary(max_size=200), st.integers(0, 2), st.text(max_size=12))
@settings(max_examples=examples(40), deadline=None)
def test_files_of_any_size_come_back(tail: bytes, pieces: int, context: str) -> None:
    data = bytes(PIECE) * pieces + tail
    cipher = Cipher(KEY)
    kept = cipher.encrypt(data, context)
    assert cipher.decrypt(kept, context) == data
    with pytest.raises(EncryptedChanged):
        cipher.decrypt(kept, context + "x")


@given(st.data())
@settings(max_examples=examples(40), deadline=None)
def test_no_change_of_an_encrypted_file_goes_unseen(data: st.DataObject) -> None:
    cipher = Cipher(KEY)
    whole = cipher.encrypt(os.urandom(64), "a")
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    for wrong in (bytes(changed), whole[:place]):
        with pytest.raises(EncryptedChanged):
            cipher.decrypt(wrong, "a")


def test_pieces_cannot_be_left_out_or_exchanged() -> None:
    cipher, head, size = Cipher(KEY), 8 + 16, PIECE + 16
    whole = cipher.encrypt(b"a" * PIECE + b"b" * PIECE + b"c", "a")
    first, second = whole[head : head + size], whole[head + size : head + 2 * size]
    rest = whole[head + 2 * size :]
    for wrong in (first + second, second + first + rest, first + rest):
        with pytest.raises(EncryptedChanged):
            cipher.decrypt(whole[:head] + wrong, "a")


def test_a_plain_folder_needs_no_library_of_encryption(tmp_path: Path) -> None:
    plain = Cipher()
    assert plain.driver is sqlite3
    assert plain.encrypt(b"a", "b") == b"a"
    assert plain.name_of("c") == "c"
    assert sqlite3.Error in sql_errors()
