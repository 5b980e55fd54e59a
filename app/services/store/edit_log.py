"""How writes leave the thread that makes them: in order, tried again until they are on the disk.

The thread of the window hands a write over and may wait for it as long as one frame lasts
(`settle`): on an ordinary disk the edit is kept before the next key is read, and on a slow, full
or locked one the window stays alive while the write waits here.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import ParamSpec

from app.errors import UserError

P = ParamSpec("P")


class EditLog:
    """One background writer. What is handed over is dropped by `give_up` only.

    A write that meets a UserError stays first in line and is tried again every `retry_after`
    seconds; `on_trouble` tells it once for each new problem, `on_saved` tells that nothing waits
    any more. Both are called from the writer's thread. A write that fails for another reason is
    a bug of ours: it goes to `threading.excepthook`, and the writes behind it go on.
    """

    def __init__(
        self,
        *,
        on_saved: Callable[[], None],
        on_trouble: Callable[[UserError], None],
        retry_after: float = 1.0,
    ) -> None:
        self._on_saved = on_saved
        self._on_trouble = on_trouble
        self._retry_after = retry_after
        self._waiting: deque[Callable[[], object]] = deque()
        self._changed = threading.Condition()
        self._trouble: UserError | None = None
        self._attempts = 0
        self._at_work = False
        self._held = False
        self._hurried = False
        self._closing = False
        self._thread: threading.Thread | None = None

    @property
    def pending(self) -> int:
        """How many writes are not on the disk yet."""
        with self._changed:
            return len(self._waiting)

    @property
    def trouble(self) -> UserError | None:
        """What keeps the first of them from being written, if anything does."""
        with self._changed:
            return self._trouble

    def hold(self) -> None:
        """Tries nothing until `go_on`: what waits is not to be written to what comes now."""
        with self._changed:
            self._held = True
            self._changed.wait_for(lambda: not self._at_work)

    def go_on(self) -> None:
        """Ends `hold`."""
        with self._changed:
            self._held = False
            self._changed.notify_all()

    def give_up(self) -> int:
        """Drops what waits, for one who was asked or who has it in another way; gives how much."""
        with self._changed:
            given_up = len(self._waiting)
            self._waiting.clear()
            self._changed.wait_for(lambda: not self._at_work)
            self._trouble = None
            self._changed.notify_all()
            return given_up

    def submit(self, write: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> None:
        """Hands a write over: `submit(store.save_draft, case_id, field, text)`. Never waits."""
        with self._changed:
            if self._closing:
                raise RuntimeError("the log is closed")
            self._waiting.append(partial(write, *args, **kwargs))
            self._start()
            self._changed.notify_all()

    def settle(self, seconds: float) -> bool:
        """Waits at most so long; whether everything handed over is on the disk."""
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting, seconds)
            return not self._waiting

    def flush(self, seconds: float = 30.0) -> None:
        """Waits until everything is on the disk. Raises the UserError that prevents it.

        What waits is tried again at once; after the error it still waits and is still tried.
        """
        until = time.monotonic() + seconds
        with self._changed:
            tried = self._attempts
            self._hurry()
            while self._waiting:
                if self._trouble is not None and self._attempts > tried:
                    raise self._trouble
                if not self._changed.wait(until - time.monotonic()):
                    raise UserError(
                        "The last changes are still being written.",
                        "The disk is slow: wait a moment before closing the program.",
                    )

    def close(self, seconds: float = 30.0) -> None:
        """Flushes and ends the writer. Raises UserError where writes are left; it then goes on."""
        self.flush(seconds)
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _hurry(self) -> None:
        self._hurried = True
        self._start()
        self._changed.notify_all()

    def _start(self) -> None:
        if self._waiting and (self._thread is None or not self._thread.is_alive()):
            self._thread = threading.Thread(target=self._run, name="edit log", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while (write := self._next()) is not None:
            try:
                write()
            except UserError as error:
                self._note_trouble(error)
            except BaseException:
                self._pass_over()
                raise
            else:
                self._note_written()

    def _next(self) -> Callable[[], object] | None:
        with self._changed:
            if self._trouble is not None:
                self._changed.wait_for(lambda: self._hurried or self._closing, self._retry_after)
            else:
                self._changed.wait_for(lambda: self._waiting or self._closing)
            self._changed.wait_for(lambda: not self._held)
            self._hurried = False
            self._at_work = bool(self._waiting)
            return self._waiting[0] if self._waiting else None

    def _note_written(self) -> None:
        with self._changed:
            self._leave_first()
            self._trouble = None
            self._attempts += 1
            done = not self._waiting
            self._changed.notify_all()
        if done:
            self._on_saved()

    def _pass_over(self) -> None:
        """Leaves the first write to the hook for bugs; another thread goes on with the rest."""
        with self._changed:
            self._leave_first()
            self._trouble = None
            self._thread = None
            self._start()
            self._changed.notify_all()

    def _leave_first(self) -> None:
        self._at_work = False
        if self._waiting:  # it may have been taken out meanwhile
            self._waiting.popleft()

    def _note_trouble(self, error: UserError) -> None:
        with self._changed:
            new = self._trouble is None or str(self._trouble) != str(error)
            self._at_work = False
            self._trouble = error
            self._attempts += 1
            self._changed.notify_all()
        if new:
            self._on_trouble(error)
