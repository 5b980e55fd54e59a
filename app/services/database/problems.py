"""How SQLite's error codes are told to a user: one sentence what happened, one what to do."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from app.errors import UserError
from app.services.vault import sql_errors


class DatabaseFull(UserError):
    """There is no room left for a write. Nothing that was saved before is touched."""


class DatabaseLocked(UserError):
    """Another program holds the file for longer than a write waits."""


class DatabaseDamaged(UserError):
    """The file is ours and its content is broken."""


class DatabaseUnreachable(UserError):
    """The file or its folder cannot be read or written."""


class DatabaseGone(UserError):
    """The file is no longer where it was opened: its disk was taken away, or it was removed."""


class NotADatabase(UserError):
    """The file is something else."""


class NewerDatabase(UserError):
    """The file was written by a later version of the program."""


_RESTORE = (
    "Restore a backup: in the window under File, or with the command `restore`. The damaged file "
    "is kept."
)


def damaged(path: Path) -> DatabaseDamaged:
    return DatabaseDamaged(f"The database {path} is damaged.", _RESTORE)


def emptied(path: Path) -> DatabaseDamaged:
    return DatabaseDamaged(
        f"The database {path} is gone or empty, but letters were kept in its folder.", _RESTORE
    )


def gone(path: Path) -> DatabaseGone:
    return DatabaseGone(
        f"The database {path} is no longer in its place.",
        "Connect its disk again or put the folder back; what waits to be saved is kept and tried "
        "again.",
    )


def not_a_database(path: Path) -> NotADatabase:
    return NotADatabase(
        f"{path} is not an IMR Desk database.",
        "It was left as it is: choose another data folder, or move that file away.",
    )


def newer(path: Path) -> NewerDatabase:
    return NewerDatabase(
        f"The database {path} was written by a newer version of IMR Desk.",
        "It was left as it is: install the newer version, or choose another data folder.",
    )


def full(path: Path) -> DatabaseFull:
    return DatabaseFull(
        f"There is no room left on the disk that holds {path}.",
        "Free some space; what was saved is untouched, what waits is kept and tried again.",
    )


def unreachable(path: Path, reason: str) -> DatabaseUnreachable:
    return DatabaseUnreachable(
        f"{path} cannot be written ({reason}).",
        "Check that the folder exists and that you may write to it, or choose another data folder.",
    )


def locked(path: Path) -> DatabaseLocked:
    return DatabaseLocked(
        f"The database {path} is held by another program.",
        "Close the other program; what waits to be saved is kept and tried again.",
    )


def log_in_use(path: Path) -> DatabaseLocked:
    return DatabaseLocked(
        f"Another program reads the database {path}: what was deleted still lies in its log.",
        "Close the other program; the rest goes when IMR Desk starts the next time.",
    )


@contextmanager
def told(path: Path) -> Generator[None]:
    """Turns what SQLite and the file system report inside the block into a `UserError`.

    Programming errors (a broken constraint, wrong SQL) stay what they are.
    """
    try:
        yield
    except sql_errors() as error:
        problem = problem_of(path, error)
        if problem is None:
            raise
        raise problem from error
    except OSError as error:
        raise _of_the_system(path, error) from error


def problem_of(path: Path, error: BaseException) -> UserError | None:
    """What an error of SQLite tells the user; None where it is the program's own mistake."""
    name = str(getattr(error, "sqlite_errorname", ""))
    if name == "SQLITE_FULL":
        return full(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return locked(path)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")):
        return damaged(path)
    if name.startswith("SQLITE_IOERR"):
        # Quotas and file size limits reach SQLite as a plain failed write.
        is_write = name in ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHMSIZE")
        usual = full(path) if is_write else unreachable(path, "the disk reported an error")
        return _of_the_disk(path) or usual
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return unreachable(path, "it is read-only")
    if name.startswith("SQLITE_CANTOPEN"):
        if not path.exists():
            return gone(path)
        return _of_the_disk(path) or unreachable(path, "it cannot be opened")
    return None


def _of_the_disk(path: Path) -> UserError | None:
    """What the system itself says of a write beside the file: SQLite does not pass it on."""
    try:
        with tempfile.TemporaryFile(dir=path.parent) as probe:
            probe.write(bytes(4096))
            probe.flush()
    except OSError as error:
        return _of_the_system(path, error)
    return None


def _of_the_system(path: Path, error: OSError) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return full(path)
    return unreachable(path, error.strerror or type(error).__name__)
