"""When Python's collector of cycles rests: reading makes thousands of values and hardly a cycle.

It runs after so many new values, looks at each of them and finds nothing. Of reading a letter that
is a twentieth of the time.
"""

from __future__ import annotations

import gc
from types import TracebackType


class Resting:
    """The collector rests inside `with Resting():`, unless it does already; other threads' too."""

    __slots__ = ("_was_at_work",)

    def __enter__(self) -> None:
        self._was_at_work = gc.isenabled()
        gc.disable()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._was_at_work:
            gc.enable()
