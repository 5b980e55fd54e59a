"""Whether an edition was in force on a day, as far as its dates and what is known of it tell."""

from __future__ import annotations

from datetime import date
from enum import Enum, StrEnum
from typing import Protocol


class Adoption(StrEnum):
    """What is known of an edition's adoption into the MTUS besides its first day in force."""

    DATED = ""
    """Nothing but its dates."""
    PROPOSED = "proposed"
    """It was heard; no order adopting it is known."""
    NONE = "none"
    """No order adopting it is known, nor that one was ever proposed."""
    WITHDRAWN = "withdrawn"
    """It was told as adopted and is not: whatever its days, it never stood."""


class Standing(Enum):
    """How an edition stands on a day."""

    IN_FORCE = "in force"
    UNVERIFIED = "in force as far as is known"
    UNKNOWN = "its dates are not known"
    EARLY = "not yet in force"
    OVER = "no longer in force"
    PROPOSED = "only proposed"
    NOT_ADOPTED = "not adopted as far as is known"
    WITHDRAWN = "withdrawn"


STANDS = {
    Standing.IN_FORCE: True,
    Standing.UNVERIFIED: None,
    Standing.UNKNOWN: None,
}


class Dated(Protocol):
    """Anything with the days of an edition; `doubtful_from` is where nobody has verified it."""

    @property
    def publication_date(self) -> date | None: ...
    @property
    def effective_from(self) -> date | None: ...
    @property
    def effective_to(self) -> date | None: ...
    @property
    def doubtful_from(self) -> date | None: ...
    @property
    def adoption(self) -> Adoption: ...


def standing(edition: Dated, on: date) -> Standing:
    """How it stands on that day. A first day in force settles what was only proposed before."""
    if edition.adoption is Adoption.WITHDRAWN:
        return Standing.WITHDRAWN
    if edition.effective_to is not None and on > edition.effective_to:
        return Standing.OVER
    if edition.effective_from is None:
        published = edition.publication_date
        if published is not None and on < published:
            return Standing.EARLY
        without = {Adoption.PROPOSED: Standing.PROPOSED, Adoption.NONE: Standing.NOT_ADOPTED}
        return without.get(edition.adoption, Standing.UNKNOWN)
    if on < edition.effective_from:
        return Standing.EARLY
    doubtful = edition.doubtful_from is not None and on >= edition.doubtful_from
    return Standing.UNVERIFIED if doubtful else Standing.IN_FORCE


def in_force(edition: Dated, on: date) -> bool | None:
    """True or False where the edition's facts tell; None where they do not, or nobody verified it."""
    return STANDS.get(standing(edition, on), False)
