"""What no copy may be written over: the file it is made from, and the program's own data."""

from __future__ import annotations

from pathlib import Path

from app.errors import UserError


class OriginalChosen(UserError):
    """The place named is that of the file the copy was made from."""

    def __init__(self) -> None:
        super().__init__(
            "The copy was not written: that file is the original.",
            "Choose another name or folder.",
        )


class OwnFolderChosen(UserError):
    """The place named is among the program's own data."""

    def __init__(self) -> None:
        super().__init__(
            "The copy was not written: that folder holds the program's own data.",
            "Choose another folder.",
        )


def refuse_originals(path: Path, source: bytes, kept_in: Path | None = None) -> None:
    """Raises OriginalChosen where `path` holds `source`, wherever that lies, and OwnFolderChosen for
    a place in the folder `kept_in`, which holds the originals."""
    if kept_in is not None and path.resolve().is_relative_to(kept_in.resolve()):
        raise OwnFolderChosen
    if _holds(path, source):
        raise OriginalChosen


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False  # not there, or not to be read: writing will say so
