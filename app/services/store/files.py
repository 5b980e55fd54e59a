"""Where imported PDFs lie: by the SHA-256 of their bytes, written whole, checked when read.

In an encrypted folder they are encrypted, under names that only its key can tell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from time import time

from app.errors import UserError
from app.services.database.problems import told
from app.services.private_files import write_private
from app.services.vault import Cipher, EncryptedChanged

PDF = "kept pdf"
"""What an encrypted file is, as its cipher is told."""


class FileChanged(UserError):
    """A kept PDF no longer has the bytes it was imported with."""


class FileMissing(UserError):
    """A kept PDF is gone."""


class PdfFiles:
    """PDFs under `folder`, as `ab/ab…64 digits.pdf`. The same bytes are kept once."""

    def __init__(self, folder: Path, cipher: Cipher | None = None) -> None:
        self.folder = folder
        self.cipher = cipher or Cipher()

    def path(self, sha256: str) -> Path:
        name = self.cipher.name_of(sha256)
        return self.folder / name[:2] / f"{name}.pdf"

    def put(self, data: bytes) -> str:
        """Keeps the bytes and gives their SHA-256. Raises UserError (disk full, read-only)."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        with told(path):
            if self._has(path, data):
                path.touch()  # young again: what is young is never swept away
            else:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.folder.chmod(0o700)
                write_private(path, self.cipher.encrypt(data, PDF))
        return sha256

    def _has(self, path: Path, data: bytes) -> bool:
        try:
            return path.is_file() and self.cipher.decrypt(path.read_bytes(), PDF) == data
        except (EncryptedChanged, OSError):
            return False  # what cannot be read is written anew

    def get(self, sha256: str) -> bytes:
        """The bytes that were kept. Raises FileMissing, FileChanged."""
        path = self.path(sha256)
        try:
            data = self.cipher.decrypt(path.read_bytes(), PDF)
        except FileNotFoundError:
            raise FileMissing(
                f"The imported PDF {path} is gone.",
                "Import the letter's file again; the corrections are still here.",
            ) from None
        except EncryptedChanged as error:
            raise _changed(path) from error
        except OSError as error:
            raise FileMissing(
                f"The imported PDF {path} cannot be read ({error.strerror}).",
                "Check the disk and the folder's rights; the corrections are still here.",
            ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise _changed(path)
        return data

    def unneeded(self, needed: Collection[str], age: timedelta) -> tuple[Path, ...]:
        """The files last put here longer ago than that which are none of those (their SHA-256)."""
        before = time() - age.total_seconds()
        names = {self.cipher.name_of(sha256) for sha256 in needed}
        paths = sorted(self.folder.glob("??/*.pdf"))
        return tuple(
            path for path in paths if path.stem not in names and path.stat().st_mtime <= before
        )

    def remove(self, sha256: str) -> None:
        """The file, and what a killed process left of it, go. Raises UserError."""
        self.remove_file(self.path(sha256))

    def remove_file(self, path: Path) -> None:
        """The same of the file of that path."""
        with told(path):
            for left in (path, *path.parent.glob(f"{path.name}.*.partial")):
                left.unlink(missing_ok=True)


def _changed(path: Path) -> FileChanged:
    return FileChanged(
        f"The imported PDF {path} was changed after it was imported.",
        "Import the original file again; the corrections are still here.",
    )
