"""What is kept of the MTUS Drug List (8 CCR 9792.27.15)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec


class Status(StrEnum):
    """What the list says of a drug (8 CCR 9792.27.10)."""

    EXEMPT = "exempt"
    NON_EXEMPT = "non-exempt"
    UNLISTED = "unlisted"


class ListedDrug(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the list. Fills are days of supply; None where the list gives none."""

    ingredient: str
    status: Status
    brand: str = ""
    form: str = ""
    special_fill: int | None = None
    perioperative_fill: int | None = None


class DrugList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A version of the list. One without rows is known by its day alone."""

    version: str
    effective_from: date
    source: str = ""
    confirmed: bool = False
    rows: tuple[ListedDrug, ...] = ()
