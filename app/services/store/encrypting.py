"""How an existing data folder is encrypted, and decrypted again, whatever happens meanwhile.

The header says first what is begun. Then each file is written anew beside itself, compared, put in
its own place, and what it took the place of is overwritten; whether a file is done is seen by how
it begins. So a conversion that was stopped is gone on with by doing it again, and until it is at
its end the folder opens for nothing else. The database in use comes last.
"""

from __future__ import annotations

import hashlib
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec

from app.paths import DATABASE
from app.services.database import DatabaseDamaged
from app.services.database.backup_names import SUFFIX
from app.services.database.chunks import CHUNK, Chunks
from app.services.database.chunks import FOLDER as CHUNKS
from app.services.database.connection import ensure_sound
from app.services.database.images import IMAGE
from app.services.database.problems import full, told
from app.services.database.transfer import transfer
from app.services.private_files import (
    create_private,
    remove_and_wipe,
    replace_and_wipe,
    sync_file,
    sync_folder,
    write_private,
)
from app.services.store.archive_file import ArchiveKind, archive_kind, encrypt_archive
from app.services.store.backups import clear_leftovers
from app.services.store.files import PDF
from app.services.vault import Cipher, EncryptedChanged, sql_errors
from app.services.vault.cipher import DATABASE_MAGIC, is_encrypted_file
from app.services.vault.folder import Vault
from app.services.vault.header import Made, header_places

Report = Callable[[int, int], None]
"""Takes how many files are done, of how many."""
WHOLE = ".encrypted"
"""What the name of a file ends in that is encrypted as a whole, whatever it is."""
_AS_A_WHOLE = "file"
_PLAIN = Cipher()
_IN_ITS_PLACE = ("snippets.json",)
"""Files that whoever reads them decrypts; their names are the contexts."""
_NO_WORDS = ("lock", "window.socket")
"""Files of the program that hold no word of a letter."""


class Converted(msgspec.Struct, frozen=True, kw_only=True):
    """What a conversion came to: files that could not be read, and those it has nothing to do with."""

    files: int
    damaged: tuple[Path, ...]
    foreign: tuple[Path, ...]

    def words(self, *, encrypted: bool) -> str:
        """In sentences."""
        done = "encrypted" if encrypted else "decrypted"
        parts = [f"{self.files} {'file was' if self.files == 1 else 'files were'} {done}."]
        if self.damaged:
            names = ", ".join(path.name for path in self.damaged)
            parts.append(
                f"Damaged already, so that no letter can be got out of them: {names}."
                + (" They were encrypted as they are." if encrypted else " They were left.")
            )
        if self.foreign and encrypted:
            names = ", ".join(str(path) for path in self.foreign)
            parts.append(f"Not of the program, so that they are as they were: {names}.")
        return " ".join(parts)


def encrypt_folder(vault: Vault, made: Made, report: Report | None = None) -> Converted:
    """Encrypts a plain data folder; nothing may have its database open.

    Raises UserError: DatabaseDamaged, DatabaseFull, and then nothing was begun.
    """
    _ensure_possible(vault.folder, _PLAIN)
    vault.begin(made)
    return go_on(vault, report)


def decrypt_folder(vault: Vault, report: Report | None = None) -> Converted:
    """Decrypts an unlocked data folder again; nothing may have its database open."""
    _ensure_possible(vault.folder, vault.cipher)
    vault.set_state("decrypting")
    return go_on(vault, report)


def go_on(vault: Vault, report: Report | None = None) -> Converted:
    """Does what is left of a conversion; the vault is unlocked. Raises UserError."""
    folder, encrypts = vault.folder, vault.half_done == "encrypting"
    with told(folder):
        clear_leftovers(folder, timedelta(0))  # nobody else works here
        work = _Work(vault, encrypts=encrypts)
        steps = [*_steps(folder, work), partial(work.database, folder / DATABASE)]
        for number, step in enumerate(steps):
            if report is not None:
                report(number, len(steps))
            step()
        if encrypts:
            vault.set_state("encrypted")
        else:
            vault.end()
    return Converted(files=work.done, damaged=tuple(work.damaged), foreign=tuple(_foreign(folder)))


def _ensure_possible(folder: Path, cipher: Cipher) -> None:
    path = folder / DATABASE
    with told(path):
        with closing(cipher.connect(path, "rw")) as raw:
            ensure_sound(raw, path)
        _fold_log(path, cipher)
    for one in _kept_in(folder):
        with told(one), one.open("rb"):
            pass  # one that cannot be read would stop it half way
    # Each file lies there twice for a while, one after the other.
    largest = max((one.stat().st_size for one in folder.rglob("*") if one.is_file()), default=0)
    if shutil.disk_usage(folder).free < 2 * largest:
        raise full(path)


def _kept_in(folder: Path) -> Iterator[Path]:
    for pattern in ("files/??/*.pdf", f"backups/{CHUNKS}/??/*", "backups/*", "damaged-*/*"):
        yield from (path for path in folder.glob(pattern) if path.is_file())


def _fold_log(path: Path, cipher: Cipher) -> None:
    """Takes the log of a database into it and removes it: nobody else may have it open."""
    with closing(cipher.connect(path, "rw")) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")


# Which files


def _steps(folder: Path, work: _Work) -> Iterator[Callable[[], None]]:
    for path in sorted((folder / "files").glob("??/*.pdf")):
        yield partial(work.named, path, PDF, _sha256)
    for path in sorted((folder / "backups" / CHUNKS).glob("??/*")):
        yield partial(work.named, path, CHUNK, Chunks.digest_of)
    for path in sorted((folder / "backups").glob("*")):
        if path.suffix == ".db":
            yield partial(work.database, path)
        elif path.suffix == SUFFIX:
            yield partial(work.in_its_place, path, IMAGE)
        elif path.suffix == WHOLE:
            yield partial(work.whole, path)
    for name in _IN_ITS_PLACE:
        if (folder / name).is_file():
            yield partial(work.in_its_place, folder / name, name)
    for pattern in ("damaged-*/*", f"*{WHOLE}"):
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                yield partial(work.whole, path)
    for path in sorted(folder.rglob("*")):
        if path.relative_to(folder).parts[0] in ("files", "backups") or path.is_symlink():
            continue
        if path.is_file() and archive_kind(path) is ArchiveKind.PLAIN:
            yield partial(work.archive, path)


def _foreign(folder: Path) -> Iterator[Path]:
    """Files in the data folder that are not the program's."""
    known = {folder / name for name in (*_NO_WORDS, *_IN_ITS_PLACE)} | set(header_places(folder))
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if not path.is_file() or path in known or parts[0] in ("logs", "backups", "files"):
            continue
        if parts[0].startswith((DATABASE, "damaged-")) or path.suffix == WHOLE:
            continue
        if archive_kind(path) is not ArchiveKind.ENCRYPTED:
            yield path


# One file


class _Work:
    """What is done to each kind of file; to one that was done before, nothing."""

    def __init__(self, vault: Vault, *, encrypts: bool) -> None:
        self._vault = vault
        self._key = key = vault.cipher
        self._encrypts = encrypts
        self._was, self._becomes = (_PLAIN, key) if encrypts else (key, _PLAIN)
        self.done = 0
        self.damaged: list[Path] = []

    def database(self, path: Path) -> None:
        """A database that nobody has open, with what its log holds."""
        if not path.exists() or not path.stat().st_size or self._is_done(path):
            return
        fresh = path.with_name(f"{path.name}.fresh")
        try:
            with told(path):
                _fold_log(path, self._was)
                transfer(path, self._was, fresh, self._becomes)
        except DatabaseDamaged:
            if path.name == DATABASE:
                raise
            self.damaged.append(path)
            if self._encrypts:
                self.whole(path)
            return
        replace_and_wipe(fresh, path)
        self.done += 1

    def _is_done(self, path: Path) -> bool:
        """Whether a database is of the new cipher; a damaged plain one may begin with anything."""
        if _begins(path, DATABASE_MAGIC):
            return not self._encrypts
        if not self._encrypts:
            return False
        try:
            with closing(self._key.connect(path, "ro")) as raw:
                raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sql_errors():
            return False
        return True

    def named(self, path: Path, context: str, digest_of: Callable[[bytes], str]) -> None:
        """A file that is named by what it holds, a kept PDF or a chunk: it gets another name."""
        if is_encrypted_file(path) == self._encrypts:
            return
        try:
            data = self._was.decrypt(path.read_bytes(), context)
            digest = path.stem if self._encrypts else digest_of(data)
        except (EncryptedChanged, zlib.error):
            self.damaged.append(path)
            return
        name = self._becomes.name_of(digest)
        target = path.parent.parent / name[:2] / f"{name}{path.suffix}"
        target.parent.mkdir(mode=0o700, exist_ok=True)
        write_private(target, self._becomes.encrypt(data, context))
        _remove(path, wiped=self._encrypts)
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
        self.done += 1

    def archive(self, path: Path) -> None:
        """An archive with everything; one that is encrypted stays so, it holds its own header."""
        if not self._encrypts:
            return
        fresh = path.with_name(f"{path.name}.partial")
        assert self._vault.header is not None
        encrypt_archive(path, fresh, self._key, self._vault.header)
        replace_and_wipe(fresh, path)
        self.done += 1

    def in_its_place(self, path: Path, context: str) -> None:
        """A file that keeps its name; whoever reads it decrypts it."""
        if is_encrypted_file(path) == self._encrypts:
            return
        try:
            data = self._was.decrypt(path.read_bytes(), context)
        except EncryptedChanged:
            self.damaged.append(path)
            return
        fresh = path.with_name(f"{path.name}.partial")
        write_private(fresh, self._becomes.encrypt(data, context))
        if self._encrypts:
            replace_and_wipe(fresh, path)
        else:
            fresh.replace(path)
            sync_folder(path.parent)
        self.done += 1

    def whole(self, path: Path) -> None:
        """Any other file: encrypted under its name with an ending."""
        if (path.suffix == WHOLE) == self._encrypts:
            return
        if self._encrypts:
            target = path.with_name(path.name + WHOLE)
        else:
            target = path.with_name(path.name.removesuffix(WHOLE))
        fresh = target.with_name(f"{target.name}.partial")
        create_private(fresh)
        try:
            with path.open("rb") as source, fresh.open("wb") as file:
                if self._encrypts:
                    writer = self._key.writer(file, _AS_A_WHOLE)
                    shutil.copyfileobj(source, writer)
                    writer.finish()
                else:
                    shutil.copyfileobj(self._key.reader(source, _AS_A_WHOLE), file)
        except EncryptedChanged:
            fresh.unlink()
            self.damaged.append(path)
            return
        sync_file(fresh)
        fresh.replace(target)
        sync_folder(target.parent)
        _remove(path, wiped=self._encrypts)
        self.done += 1


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _remove(path: Path, *, wiped: bool) -> None:
    if wiped:
        remove_and_wipe(path)
    else:
        path.unlink()


def _begins(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic
