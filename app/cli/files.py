"""What commands read and write: files, standard input and output; how failures are told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.errors import UserError
from app.paths import DATABASE, data_place
from app.services.regular_files import read_regular, refuse_special

if TYPE_CHECKING:
    from app.services.citations import Guidelines
    from app.services.settings import Settings
    from app.services.store import Store

DONE, UNUSABLE = 0, 3
STANDARD = "-"
"""Stands for standard input or output where a file could be named."""

T = TypeVar("T")


def tell(what: str) -> None:
    """One line on stderr."""
    print(what, file=sys.stderr, flush=True)


def each(named: Iterable[tuple[str, T]], act: Callable[[T], None]) -> int:
    """Do `act` with everything; what cannot be used is told by its name and passed over."""
    status = DONE
    for name, thing in named:
        try:
            act(thing)
        except UserError as error:
            tell(f"{name}: {error}")
            status = UNUSABLE
    return status


def source(name: str) -> Path | bytes:
    """The file of that name, or all of standard input."""
    return sys.stdin.buffer.read() if name == STANDARD else Path(name)


def bytes_of(name: str | Path) -> bytes:
    """All of a file or of standard input. Raises UserError."""
    given = source(str(name))
    if isinstance(given, bytes):
        return given
    try:
        return read_regular(given)
    except OSError as error:
        raise UserError(
            f"It cannot be read: {error.strerror}.", "Check its name and that you may read it."
        ) from error


@contextmanager
def reason_asked() -> Iterator[None]:
    """A letter that something holds is told with the option that lets it pass."""
    from app.services.leaving import Held, Unfinished, Unprintable

    try:
        yield
    except (Held, Unfinished, Unprintable) as error:
        raise UserError(
            error.what, "Correct it in the window, or say with --reason why it may leave."
        ) from error


def refuse_to_replace(path: Path, overwrite: bool) -> None:
    """Raises UserError for a file that is there and may not go, and for what is no file."""
    try:
        refuse_special(path)
    except OSError as error:
        raise UserError(
            f"{path} cannot be written: {error.strerror}.", "Name a file instead."
        ) from error
    if path.exists() and not overwrite:
        raise UserError(
            f"There is already a file {path.name} in that folder.",
            "Add --overwrite to write over it, or name another file.",
        )


def printable(name: str | Path) -> str:
    """A file's own name as text: what is not text in it is shown as `?`."""
    return Path(name).name.encode("utf-8", "replace").decode()


def put_out(data: bytes) -> None:
    """Bytes to standard output, as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def kept_settings(chosen: argparse.Namespace) -> Settings:
    """What is set in the data folder; the usual where nothing is kept yet."""
    from app.services.settings import Settings, load_settings

    folder = data_place(chosen.data)
    if not (folder / DATABASE).exists():
        return Settings()
    with open_store(folder, reading=True) as store:
        return load_settings(store)


def kept_guidelines(chosen: argparse.Namespace) -> Guidelines | None:
    """The guidelines of the library in the data folder; None where nothing is kept yet."""
    from app.services.library import Library

    folder = data_place(chosen.data)
    if not (folder / DATABASE).exists():
        return None
    with open_store(folder, reading=True) as store:
        return Library(store.database).guidelines()


@contextmanager
def open_store(folder: Path, *, reading: bool = False) -> Iterator[Store]:
    """What is kept in a data folder, for as long as a command takes.

    With `reading` also where the folder takes no writing: nothing is noted in it then.
    """
    from app.services.database import ReadingCopy, is_read_only, open_database
    from app.services.store import Store, clear_leftovers

    path = folder / DATABASE
    copy = ReadingCopy(path) if reading and path.exists() and is_read_only(folder) else None
    if copy is not None:
        tell(f"{folder} can only be read: nothing is noted in it.")
    try:
        database = open_database(copy.path if copy else path)
        try:
            if copy is None:
                clear_leftovers(folder)
            yield Store(database, folder)
        finally:
            database.close()
    finally:
        if copy is not None:
            copy.close()
