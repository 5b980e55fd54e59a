"""How a finished document reaches the disk: whole or not at all, under a name that follows a pattern."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path

from app.errors import UserError
from app.letter import Letter
from app.services.regular_files import refuse_special

FILE_NAME = "{case_number} {kind}"
LETTER, PUBLIC_COPY = "letter", "public copy"
"""What a file is, as its name says it."""
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
# Windows keeps these names for devices, with any ending.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 120


class FileExists(UserError):
    """A file of that name is already there, and nobody said to replace it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is already a file {path.name} in that folder.",
            "Overwrite it, or choose another name or folder.",
        )
        self.path = path


def file_name(letter: Letter, kind: str, ending: str, pattern: str = FILE_NAME) -> str:
    """The file name of a letter, safe on every system.

    `pattern` may use {case_number}, {decision_date} (ISO) and {kind} (`LETTER`,
    `PUBLIC_COPY` or another). Raises UserError for a pattern that uses anything else. A letter's file name
    never holds a person's name.
    """
    day = letter.header.decision_date
    known = {
        "case_number": letter.header.case_number or "letter",
        "decision_date": day.isoformat() if day else "undated",
        "kind": kind,
    }
    unknown = [name for name in re.findall(r"\{([^{}]*)\}", pattern) if name not in known]
    if unknown:
        raise UserError(
            f"The pattern for file names uses {{{unknown[0]}}}, which is not known.",
            "Use {case_number}, {decision_date} and {kind} only.",
        )
    name = re.sub(r"\{(\w+)\}", lambda match: known[match.group(1)], pattern)
    name = _UNSAFE.sub("-", name).strip(" .")[:_LONGEST].rstrip(" .") or "letter"
    if _RESERVED.match(name):
        name = "_" + name
    return f"{name}.{ending}"


def write_file(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Writes the whole file or leaves everything as it was. Readable by its owner only.

    Raises FileExists unless `replace`, and UserError if the folder cannot be written to.
    """
    try:
        _write(path, data, replace)
    except FileExistsError as error:
        raise FileExists(path) from error
    except OSError as error:
        raise UserError(
            f"The file {path.name} could not be written: {error.strerror or 'unknown reason'}.",
            "Choose another folder, or make room on the disk and try again.",
        ) from error


def _write(path: Path, data: bytes, replace: bool) -> None:
    refuse_special(path)
    if not replace and path.exists():
        raise FileExistsError
    temporary = path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.part")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            temporary.replace(path)
        else:
            _move_to_new(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def _move_to_new(temporary: Path, path: Path) -> None:
    """Gives the file its name, and fails if somebody else took that name in the meantime."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # This disk knows no links; a rename could replace a file made since the look above.
        if path.exists():
            raise FileExistsError from None
        temporary.replace(path)
    else:
        temporary.unlink()


def _sync_folder(folder: Path) -> None:
    """Makes the new name last, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
