"""Where imported PDFs lie: by the SHA-256 of their bytes, written whole, checked when read."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path
from time import time

from app.errors import UserError
from app.services.database.connection import sync_folder
from app.services.database.problems import told


class FileChanged(UserError):
    """A kept PDF no longer has the bytes it was imported with."""


class FileMissing(UserError):
    """A kept PDF is gone."""


class PdfFiles:
    """PDFs under `folder`, as `ab/ab…64 digits.pdf`. The same bytes are kept once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}.pdf"

    def put(self, data: bytes) -> str:
        """Keeps the bytes and gives their SHA-256. Raises UserError (disk full, read-only)."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        with told(path):
            if path.is_file() and path.read_bytes() == data:
                path.touch()  # young again: what is young is never swept away
            else:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.folder.chmod(0o700)
                write_private(path, data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes that were kept. Raises FileMissing, FileChanged."""
        path = self.path(sha256)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise FileMissing(
                f"The imported PDF {path} is gone.",
                "Import the letter's file again; the corrections are still here.",
            ) from None
        except OSError as error:
            raise FileMissing(
                f"The imported PDF {path} cannot be read ({error.strerror}).",
                "Check the disk and the folder's rights; the corrections are still here.",
            ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileChanged(
                f"The imported PDF {path} was changed after it was imported.",
                "Import the original file again; the corrections are still here.",
            )
        return data

    def older_than(self, age: timedelta) -> tuple[str, ...]:
        """The SHA-256, by its name, of each file last put here longer ago than that."""
        before = time() - age.total_seconds()
        paths = sorted(self.folder.glob("??/*.pdf"))
        return tuple(path.stem for path in paths if path.stat().st_mtime <= before)

    def remove(self, sha256: str) -> None:
        """The file, and what a killed process left of it, go. Raises UserError."""
        path = self.path(sha256)
        with told(path):
            for left in (path, *path.parent.glob(f"{path.name}.*.partial")):
                left.unlink(missing_ok=True)


def write_private(path: Path, data: bytes) -> None:
    """Writes a file that only its owner can read: all of it or nothing. Raises OSError."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        handle = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        sync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)
