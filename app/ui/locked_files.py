"""Which files wait for a password, and in what order they ask for it: one at a time, in place."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.errors import UserError
from app.ui.notice_bar import Kind, NoticeBar


class LockedFiles:
    """Of this sitting: they are asked for until the password is known or the asking is refused."""

    def __init__(self, notice: NoticeBar) -> None:
        self._notice = notice
        self._waiting: list[tuple[Path, UserError]] = []
        self._tried: Path | None = None

    def add(self, path: Path, told: UserError, *, awaited: bool) -> None:
        """A file cannot be read without its password. One that was just tried is asked for again
        before the others; without `awaited` it comes up in the midst of other work."""
        tried = self._tried == path
        self._take_out(path)
        self._waiting.insert(0 if tried else len(self._waiting), (path, told))
        self.ask_next(awaited=tried or awaited)

    def ask_next(self, *, awaited: bool = True) -> None:
        """Ask for the next one, unless something is asked for already."""
        if self._waiting and not self._notice.asks:
            path, told = self._waiting[0]
            self._notice.ask_password(
                Kind.FILE_LOCKED, told, path, awaited=awaited, holds=partial(self._waits, path)
            )

    def note_try(self, path: Path) -> None:
        """Its password was typed: it waits no more, unless it proves wrong."""
        self._take_out(path)
        self._tried = path

    def give_up(self) -> None:
        """None is asked for again."""
        self._waiting = []

    def _waits(self, path: Path) -> bool:
        return any(each == path for each, _ in self._waiting)

    def _take_out(self, path: Path) -> None:
        self._waiting = [each for each in self._waiting if each[0] != path]
