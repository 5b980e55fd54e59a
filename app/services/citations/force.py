"""Whether an edition was in force on a day, as far as its dates tell."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Dated(Protocol):
    """Anything with the days of an edition; `doubtful_from` is where nobody has verified it."""

    @property
    def effective_from(self) -> date | None: ...
    @property
    def effective_to(self) -> date | None: ...
    @property
    def doubtful_from(self) -> date | None: ...


def in_force(edition: Dated, on: date) -> bool | None:
    """True or False where the edition's dates tell; None where they do not, or nobody verified it."""
    if edition.effective_from is not None and on < edition.effective_from:
        return False
    if edition.effective_to is not None and on > edition.effective_to:
        return False
    if edition.effective_from is None:
        return None
    return None if edition.doubtful_from is not None and on >= edition.doubtful_from else True
