"""What the checks may ask of the record a letter was written from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

import msgspec

if TYPE_CHECKING:
    from app.services.intake.values import ReviewedItem

RECORDS, UR_DECISION = "records", "UR decision"


class RecordPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a document. `name` tells the document in a line, `title` what it is called;
    `file` is what places call its file, `text` its rows."""

    name: str
    kind: str
    title: str
    day: date | None
    file: str
    page: int
    text: str

    @property
    def where(self) -> str:
        """The document and the page, in words."""
        return f"{self.name}, page {self.page}"


class Record(Protocol):
    """The documents of a letter. Asked from a worker."""

    reviewed: tuple[ReviewedItem, ...]
    """What the UR letter decided of each item; empty where none was read."""

    @property
    def unread_pages(self) -> int: ...

    def pages(
        self, phrases: Sequence[str], kinds: Iterable[str] = ()
    ) -> tuple[RecordPage, ...]: ...

    def of_kind(self, kind: str) -> tuple[RecordPage, ...]: ...
