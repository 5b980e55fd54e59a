"""What commands read and write: files, standard input and output; how failures are told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeVar

from app.errors import UserError, problem_in
from app.services.regular_files import NOBODYS, is_nobodys, read_regular, refuse_special

if TYPE_CHECKING:
    from app.services.guard import Watch

DONE, UNUSABLE = 0, 3
STANDARD = "-"
"""Stands for standard input or output where a file could be named."""

T = TypeVar("T")


def tell(what: str) -> None:
    """One line on stderr."""
    print(what, file=sys.stderr, flush=True)


@contextmanager
def followed(name: str | Path) -> Iterator[Watch]:
    """Follows the reading of a file: on a terminal a line says how far a long one is, and goes."""
    from app.services.guard import Watch

    shown = printable(name)
    longest = 0

    def show(done: int, of: int) -> None:
        nonlocal longest
        line = f"{shown}: page {done:,} of {of:,}"
        longest = max(longest, len(line))
        print(f"\r{line:<{longest}}", end="", file=sys.stderr, flush=True)

    try:
        yield Watch(show if sys.stderr.isatty() else None)
    finally:
        if longest:
            print("\r" + " " * longest, end="\r", file=sys.stderr, flush=True)


def each(named: Iterable[tuple[str, T]], act: Callable[[T], None]) -> int:
    """Do `act` with everything; what cannot be used is told by its name and passed over."""
    status = DONE
    for name, thing in named:
        try:
            act(thing)
        except (UserError, OSError) as error:
            tell(f"{name}: {problem_in(error)}")
            status = UNUSABLE
    return status


def of_people(names: Iterable[str]) -> tuple[list[str], int]:
    """The files of these names but for what systems and programs leave beside them, which is told;
    it is an error only where nothing else was named."""
    given = list(names)
    left = [name for name in given if name == STANDARD or not is_nobodys(PurePath(Path(name).name))]
    for name in given:
        if name not in left:
            tell(f"{name}: left out. {NOBODYS}")
    return left, DONE if left else UNUSABLE


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
        raise _unreadable(error) from error


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


def refuse_to_read(path: Path) -> None:
    """Raises UserError for what is no file; where nothing is, whoever reads says so."""
    try:
        refuse_special(path)
    except OSError as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError) -> UserError:
    return UserError(
        f"It cannot be read: {error.strerror}.", "Check its name and that you may read it."
    )


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


def shown(words: str) -> str:
    """Words of a document in one line, without what a terminal would take for a command."""
    line = " / ".join(words.splitlines())
    return "".join(c if c.isprintable() else "?" for c in line)


def put_out(data: bytes) -> None:
    """Bytes to standard output, as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
