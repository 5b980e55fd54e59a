"""Joining two citations of one chapter: which chapter is the same, and its places together."""

from __future__ import annotations

from msgspec.structs import replace

from app.letter import Citation, Source
from app.services.citations.known import Guidelines, letters_of, words_of
from app.services.citations.locators import as_written, merged, page_ranges
from app.services.citations.mtus import cited_guideline


def same_chapter(there: Citation, added: Citation, guidelines: Guidelines) -> bool:
    """Whether both cite one edition of one chapter. A source of its own has none."""
    if there.source is not added.source or there.source is Source.OTHER or not added.title:
        return False
    one, other = (cited_guideline(citation, guidelines) for citation in (there, added))
    if there.source is Source.MTUS and one is not None and other is not None:
        return one is other
    return (
        words_of(there.title) == words_of(added.title)
        and there.chapter == added.chapter
        and (there.edition == added.edition or (there.source is Source.ODG and not added.edition))
    )


def joined(there: Citation, added: Citation) -> Citation:
    """The citation that is there with the places of another one; itself where it has them."""
    have = {letters_of(section) for section in there.sections}
    sections = tuple(section for section in added.sections if letters_of(section) not in have)
    pages = _joined_pages(there.pages, added.pages)
    if not sections and pages == there.pages:
        return there
    return replace(
        there,
        sections=there.sections + sections,
        pages=pages,
        library_id=there.library_id if there.library_id is not None else added.library_id,
    )


def _joined_pages(there: str | None, added: str | None) -> str | None:
    """All the pages, in order and once; as they were printed where none is new."""
    if not there or not added:
        return there or added
    own = page_ranges(there)
    both = merged((*own, *page_ranges(added)))
    return there if both == merged(own) else as_written(both)
