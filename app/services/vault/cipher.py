"""What stands between the data folder and its bytes: nothing, or one key.

A `Cipher` is the state of one data folder: plain, open or locked. Whoever opens a database or a
kept file does it through the folder's own, so that none is written beside it in the clear.

Databases are SQLCipher's (AES-256, each page authenticated) with a raw key: stretching a passphrase
is the header's business, once. Files are AES-256-GCM in pieces, each file under a key of its own,
so that no nonce comes twice; order and end are authenticated. Both keys are derived from the data
key, and so is the one that makes names: they tell nobody which letter a file is.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import sqlite3
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any, Literal, cast

from app.services.vault import problems
from app.services.vault.pieces import DecryptingReader, EncryptingWriter

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
MAGIC = b"IMRDvlt1"
"""How an encrypted file begins, with the version of its form."""
DATABASE_MAGIC = b"SQLite format 3\0"
"""How a database begins that is not encrypted."""
_SALT = 16
CACHE_KB = 64 * 1024

Mode = Literal["rw", "ro", "rwc"]


class Cipher:
    """How the bytes of one data folder are written and read; without `key` as they are.

    Shared by all that work on the folder: locking, unlocking and conversion change it in place.
    Methods raise VaultLocked while it is locked, EncryptionUnavailable without the libraries.
    """

    def __init__(self, key: bytes | None = None) -> None:
        self.is_plain = key is None
        self._key = bytearray(key or b"")

    @property
    def is_locked(self) -> bool:
        return not self.is_plain and not self._key

    def lock(self) -> None:
        """Forget the key; it is overwritten where it lay."""
        self._wipe()

    def unlock(self, key: bytes) -> None:
        """From here on what is written is encrypted with this data key, and read with it."""
        ensure_libraries()
        self._wipe()
        self._key = bytearray(key)
        self.is_plain = False

    def become_plain(self) -> None:
        """From here on nothing is encrypted: what lies there was decrypted."""
        self._wipe()
        self.is_plain = True

    def same_as(self, other: Cipher) -> bool:
        """Whether what one has written the other can read."""
        return self.is_plain == other.is_plain and self._key == other._key

    def _wipe(self) -> None:
        self._key[:] = bytes(len(self._key))
        self._key.clear()

    def _derived(self, purpose: str) -> bytes:
        if not self._key:
            raise problems.locked(Path("The data folder"))
        return _derive(bytes(self._key), purpose.encode())

    # Databases

    @property
    def driver(self) -> ModuleType:
        """The SQLite module whose connections `connect` gives."""
        if self.is_plain:
            return sqlite3
        return _library("sqlcipher3.dbapi2")

    def connect(self, path: Path | str, mode: Mode = "rwc") -> sqlite3.Connection:
        """Opens a database; it begins no transaction on its own and may be used from any thread.

        Raises an error of `sql_errors`, among them SQLITE_NOTADB for another key.
        """
        if isinstance(path, Path):
            path = f"{path.absolute().as_uri()}?mode={mode}"
        # Of the encrypting module's own class, which has the same methods.
        raw = cast(
            "sqlite3.Connection",
            cast("Any", self.driver).connect(
                path, uri=True, isolation_level=None, check_same_thread=False
            ),
        )
        if not self.is_plain:
            try:
                # The library would print of each wrong key.
                raw.execute("PRAGMA cipher_log_level = NONE")
                raw.execute(f"PRAGMA key = {self.key_literal()}")
                # What does not fit into memory would be written to the disk as it is.
                raw.execute("PRAGMA temp_store = MEMORY")
                # Decrypting a page is what a query costs more: most stay in memory.
                raw.execute(f"PRAGMA cache_size = -{CACHE_KB}")
            except BaseException:
                raw.close()
                raise
        return raw

    def key_literal(self) -> str:
        """The database's key as SQLCipher's statements take it; of a plain one the empty key."""
        return "''" if self.is_plain else f"\"x'{self._derived('database').hex()}'\""

    # Files

    def name_of(self, sha256: str) -> str:
        """What a file is called whose plain bytes have this hash."""
        if self.is_plain:
            return sha256
        return hmac.new(self._derived("names"), sha256.encode(), hashlib.sha256).hexdigest()

    def encrypt(self, data: bytes, context: str) -> bytes:
        """Bytes as they are kept; `context` says what they are and is asked for again."""
        if self.is_plain:
            return data
        target = BytesIO()
        writer = self.writer(target, context)
        writer.write(data)
        writer.finish()
        return target.getvalue()

    def decrypt(self, data: bytes, context: str) -> bytes:
        """What `encrypt` was given. Raises EncryptedChanged."""
        return data if self.is_plain else self.reader(BytesIO(data), context).readall()

    def writer(self, target: IO[bytes], context: str) -> EncryptingWriter:
        """The same for a file of any size, written to `target`; must not be plain."""
        salt = os.urandom(_SALT)
        aead = self._aead(salt, context)
        target.write(MAGIC + salt)
        return EncryptingWriter(target, aead)

    def reader(self, source: IO[bytes], context: str) -> DecryptingReader:
        """What a `writer` has written, to be read from anywhere. Raises EncryptedChanged."""
        head = source.read(len(MAGIC) + _SALT)
        if not head.startswith(MAGIC) or len(head) < len(MAGIC) + _SALT:
            raise problems.changed(context)
        return DecryptingReader(source, self._aead(head[len(MAGIC) :], context), context)

    def _aead(self, salt: bytes, context: str) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(_derive(self._derived("files"), salt + context.encode()))


def is_encrypted_file(path: Path) -> bool:
    """Whether a file begins as one that was encrypted here. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _derive(key: bytes, info: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"imr-desk " + info).derive(key)


def ensure_libraries() -> None:
    """Raises EncryptionUnavailable where one is not installed."""
    _library("sqlcipher3.dbapi2")
    _library("cryptography")


def _library(name: str) -> ModuleType:
    # Only where something is encrypted: both libraries are large.
    try:
        return import_module(name)
    except ImportError as error:
        raise problems.unavailable(error.name) from error
