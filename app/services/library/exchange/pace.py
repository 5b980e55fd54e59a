"""How much a file of references may ask for: its size, the time it takes, and that it can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TypeVar

from app.errors import UserError

MOST_BYTES = 30_000_000
"""Some hundred thousand entries."""
MOST_SECONDS = 120.0

T = TypeVar("T")


class Stopped(Exception):
    """The file is not wanted any more."""


class Pace:
    """One reading of one file: counts its time and asks whether it is still wanted."""

    def __init__(
        self, wanted: Callable[[], bool] | None = None, seconds: float = MOST_SECONDS
    ) -> None:
        self._wanted, self._seconds = wanted, seconds
        self._begun = monotonic()

    def through(self, records: Iterable[T]) -> Iterator[T]:
        """The records one by one. Raises Stopped, and UserError where the time is up."""
        for record in records:
            self.go_on()
            yield record

    def go_on(self) -> None:
        """Nothing while there is time and the file is wanted. Raises as `through`."""
        if self._wanted is not None and not self._wanted():
            raise Stopped
        if monotonic() - self._begun >= self._seconds:
            raise UserError(
                f"The file cannot be read in {self._seconds:.0f} seconds; nothing was taken in.",
                "Part it into smaller files and import them one after another.",
            )


def check_size(data: bytes, most: int = MOST_BYTES) -> None:
    """Raises UserError for more than any library of references holds."""
    if len(data) > most:
        raise UserError(
            f"The file is larger than {most // 1_000_000} MB.",
            "Part it into smaller files and import them one after another.",
        )
