"""A folder that was used is encrypted and decrypted again, whatever happens meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import UserError
from app.services.database import DatabaseDamaged, DatabaseLocked, open_database
from app.services.store import Backups, Store, erase, read_archive
from app.services.store.encrypting import decrypt_folder, encrypt_folder
from app.services.vault import HeaderDamaged, VaultLocked, WrongPassphrase
from app.services.vault.folder import Vault
from tests.budget import MANY
from tests.rights import ordinary_rights
from tests.services.vault.made_folder import (
    LETTERS,
    MARK,
    PASSPHRASE,
    ensure_whole,
    files_with,
    fill,
    made_header,
    plain_files,
    put_marked,
)

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path / "data")
    return tmp_path / "data"


def test_no_byte_of_a_letter_is_left_and_nothing_is_lost(folder: Path) -> None:
    assert len(files_with(folder)) > LETTERS
    vault = Vault(folder)
    (folder / "my notes.txt").write_text("mine")
    converted = encrypt_folder(vault, made_header())
    assert files_with(folder) == []
    assert plain_files(folder) == ["my notes.txt"]
    ensure_whole(folder, vault)
    words = converted.words(encrypted=True)
    assert "broken" in words
    assert "my notes.txt" in words
    decrypt_folder(vault)
    assert not (folder / "vault.json").exists()
    ensure_whole(folder, Vault(folder))
    assert (folder / "damaged-20260101-000000-000000" / "imr-desk.db").read_bytes().endswith(MARK)
    assert list(folder.rglob("*.encrypted")) == []


def test_only_passphrase_or_recovery_key_open_it(folder: Path) -> None:
    made = made_header()
    encrypt_folder(Vault(folder), made)
    for secret in (PASSPHRASE, made.recovery_key, made.recovery_key.lower().replace("-", " ")):
        vault = Vault(folder)
        assert vault.is_locked
        vault.unlock(secret)
        ensure_whole(folder, vault)
    for wrong in ("", PASSPHRASE.upper(), PASSPHRASE + "s"):
        with pytest.raises(WrongPassphrase):
            Vault(folder).unlock(wrong)
    with pytest.raises(VaultLocked):
        open_database(folder / "imr-desk.db", Vault(folder).cipher)


def test_an_archive_from_before_is_encrypted_and_can_be_restored(folder: Path) -> None:
    vault = Vault(folder)
    encrypt_folder(vault, made_header())
    database = open_database(folder / "imr-desk.db", vault.cipher)
    store = Store(database, folder)
    erase(store, [store.cases()[0].id])
    assert len(store.cases()) == LETTERS - 1
    read_archive(store, folder / "everything.zip")
    assert len(store.cases()) == LETTERS - 1  # erased from the archive too
    assert files_with(folder) == []
    database.close()


def test_what_cannot_be_converted_whole_is_not_begun(folder: Path) -> None:
    database = open_database(folder / "imr-desk.db")
    with database.plainly(), pytest.raises(DatabaseLocked):
        encrypt_folder(Vault(folder), made_header())
    database.close()
    assert not (folder / "vault.json").exists()
    data = bytearray((folder / "imr-desk.db").read_bytes())
    data[4096 * 3 : 4096 * 6] = bytes(4096 * 3)
    (folder / "imr-desk.db").write_bytes(data)
    with pytest.raises(DatabaseDamaged):
        encrypt_folder(Vault(folder), made_header())
    assert Vault(folder).cipher.is_plain


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are made by fork")
@pytest.mark.parametrize("direction", ["encrypt", "decrypt"])
def test_killed_anywhere_it_goes_on_and_nothing_is_lost(tmp_path: Path, direction: str) -> None:
    every = os.environ.get("IMR_DESK_KILL_EVERY", "23" if MANY else "41")
    run = subprocess.run(
        [sys.executable, "-m", "tests.services.vault.deaths", tmp_path, direction, every],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 2


def test_a_flipped_bit_of_the_header_costs_nothing_while_its_copy_is_there(folder: Path) -> None:
    encrypt_folder(Vault(folder), made_header())
    path = folder / "vault.json"
    whole = path.read_bytes()
    for place in range(0, len(whole), 13):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        vault = Vault(folder)
        vault.unlock(PASSPHRASE)
        assert path.read_bytes() == whole
    path.unlink()
    Vault(folder).unlock(PASSPHRASE)
    assert path.read_bytes() == whole


def test_a_header_lost_with_its_copy_is_told(folder: Path) -> None:
    encrypt_folder(Vault(folder), made_header())
    for path in (folder / "vault.json", folder / "backups" / "vault.json"):
        path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(HeaderDamaged, match="damaged"):
        Vault(folder)
    for path in (folder / "vault.json", folder / "backups" / "vault.json"):
        path.unlink()
    with pytest.raises(HeaderDamaged, match="gone"):
        Vault(folder)
    # Without any kept letter the database alone tells: it looks random.
    for kept in (folder / "files").glob("??/*.pdf"):
        kept.unlink()
    with pytest.raises(HeaderDamaged, match=r"vault.json .* gone"):
        Vault(folder)


def test_a_file_that_cannot_be_read_stops_nothing_and_is_no_half_conversion(folder: Path) -> None:
    kept = sorted((folder / "files").glob("??/*.pdf"))[0]
    kept.chmod(0)
    with ordinary_rights():
        assert Vault(folder).cipher.is_plain
        with pytest.raises(UserError, match=kept.name):
            encrypt_folder(Vault(folder), made_header())
        assert Vault(folder).half_done is None
    kept.chmod(0o600)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"SQLite format 3\0" + bytes(4080),
        bytes(8192),
        b"A letter was put there by mistake. " * 300,
        bytes(range(256)) * 8 + bytes(2048),
        bytes(range(200)) * 41,
    ],
)
def test_what_is_only_damaged_is_not_taken_for_encrypted(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "imr-desk.db").write_bytes(data)
    assert Vault(tmp_path).cipher.is_plain


def test_a_drawn_recovery_key_counts_when_it_is_written(folder: Path) -> None:
    made = made_header()
    encrypt_folder(Vault(folder), made)
    vault = Vault(folder)
    drawn, recovery_key = vault.draw_recovery_key(PASSPHRASE)
    Vault(folder).unlock(made.recovery_key)
    with pytest.raises(WrongPassphrase):
        Vault(folder).unlock(recovery_key)
    vault.write(drawn)
    Vault(folder).unlock(recovery_key)
    with pytest.raises(WrongPassphrase):
        Vault(folder).unlock(made.recovery_key)


def test_a_full_day_leaves_nothing_in_the_clear(folder: Path) -> None:
    vault = Vault(folder)
    encrypt_folder(vault, made_header())
    database = open_database(folder / "imr-desk.db", vault.cipher)
    store, backups = Store(database, folder), Backups(database, folder)
    case_id = put_marked(store, 77)
    backups.restore(backups.make())
    store.remove_case(case_id, by=MARK.decode())
    backups.tend(store.files)
    assert (folder / "imr-desk.db-wal").stat().st_size
    assert files_with(folder) == []
    assert plain_files(folder) == []
    database.close()
