"""How what backups share lies on the disk: chunks, each once, named by the SHA-256 of its bytes.

A chunk is packed and, in an encrypted folder, encrypted under a name that only the key can tell.
It is never changed: what is there is read and compared before it is relied on again.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from time import time

from app.services.database import problems
from app.services.database.connection import create_private, sync_folder
from app.services.vault import Cipher, EncryptedChanged

FOLDER = "chunks"
LARGEST = 1 << 30
"""More than that no chunk holds, whatever it says of itself."""
CHUNK = "chunk of a backup"
_LEVEL = 6


class Chunks:
    """The chunks in `folder/chunks` of the backups that lie in `folder`."""

    def __init__(self, folder: Path, cipher: Cipher) -> None:
        self.folder = folder / FOLDER
        self._cipher = cipher
        self._written: list[Path] = []

    def put(self, data: bytes) -> bytes:
        """Keeps bytes and gives their digest; `flush` makes them last. Raises OSError."""
        digest = hashlib.sha256(data).digest()
        path = self._path(digest)
        if self._has(path, data):
            os.utime(path)  # young again: what is young is not swept away
            return digest
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
        try:
            create_private(partial)
            partial.write_bytes(self._cipher.encrypt(zlib.compress(data, _LEVEL), CHUNK))
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        self._written.append(path)
        return digest

    def flush(self) -> None:
        """What was put outlives a power cut from here on. Raises OSError."""
        for path in self._written:
            with path.open("r+b") as file:
                os.fsync(file.fileno())
        for folder in {path.parent for path in self._written}:
            sync_folder(folder)
        if self._written:
            sync_folder(self.folder)
        self._written.clear()

    def get(self, digest: bytes, shown: Path) -> bytes:
        """The bytes of a digest. Raises DatabaseDamaged, naming `shown`, for any others."""
        data = self._read(self._path(digest))
        if data is None or hashlib.sha256(data).digest() != digest:
            raise problems.damaged(shown)
        return data

    def size(self, digests: Collection[bytes]) -> int:
        """How much room they take; what is missing takes none."""
        paths = (self._path(digest) for digest in digests)
        return sum(path.stat().st_size for path in paths if path.exists())

    def sweep(self, needed: Collection[bytes], age: float) -> None:
        """Removes what is not needed and lies untouched for `age` seconds. Raises OSError.

        A young one may be of a backup that another process makes at this moment.
        """
        kept = {self._path(digest).name for digest in needed}
        before = time() - age
        for path in self._all():
            if path.name not in kept and path.stat().st_mtime <= before:
                path.unlink(missing_ok=True)

    @staticmethod
    def digest_of(packed: bytes) -> str:
        """The digest of a chunk's bytes as they lie unencrypted. Raises zlib.error."""
        return hashlib.sha256(zlib.decompressobj().decompress(packed, LARGEST)).hexdigest()

    def _all(self) -> Iterator[Path]:
        yield from self.folder.glob("??/" + "[0-9a-f]" * 64)

    def _path(self, digest: bytes) -> Path:
        name = self._cipher.name_of(digest.hex())
        return self.folder / name[:2] / name

    def _has(self, path: Path, data: bytes) -> bool:
        return path.is_file() and self._read(path) == data

    def _read(self, path: Path) -> bytes | None:
        """What a file holds; None where it is gone or not what was written. Raises OSError."""
        reader = zlib.decompressobj()
        try:
            data = reader.decompress(self._cipher.decrypt(path.read_bytes(), CHUNK), LARGEST)
        except (FileNotFoundError, EncryptedChanged, zlib.error):
            return None
        return data if reader.eof else None
