"""What is to be taken out of a PDF, as plain values, and what is known of the PDF itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from app.evidence import Place
from app.services.pdf import PagePictures, Word

if TYPE_CHECKING:
    from app.services.pdf_redaction import Redacted


class Marks(msgspec.Struct, frozen=True):
    """`terms` go wherever they stand, `areas` (one box each) with all that lies in them."""

    terms: tuple[str, ...] = ()
    areas: tuple[Place, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.areas)

    def with_term(self, term: str) -> Marks:
        """The same term is kept once, in whatever case it is written."""
        known = {kept.casefold() for kept in self.terms}
        return self if term.casefold() in known else replace(self, terms=(*self.terms, term))

    def without_term(self, term: str) -> Marks:
        return replace(self, terms=tuple(kept for kept in self.terms if kept != term))

    def with_area(self, area: Place) -> Marks:
        """Areas stand in the order of the pages, on a page from the top."""
        areas = {*self.areas, area}
        return replace(self, areas=tuple(sorted(areas, key=_from_the_top)))

    def without_area(self, area: Place) -> Marks:
        return replace(self, areas=tuple(kept for kept in self.areas if kept != area))


def _from_the_top(area: Place) -> tuple[int, float, float]:
    left, top, _, _ = area.boxes[0]
    return area.page, top, left


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """The PDF a copy is made from, ready to be shown. `suggestions` are terms worth taking out.

    `unread_pages` show text that no term can be found in.
    """

    data: bytes
    password: str | None
    pictures: PagePictures
    words: tuple[tuple[Word, ...], ...]
    unread_pages: tuple[int, ...]
    suggestions: tuple[str, ...]


class Copy(msgspec.Struct, frozen=True):
    """A redacted copy that is on the disk, with its pages as they are in it."""

    path: Path
    redacted: Redacted
    pictures: PagePictures
