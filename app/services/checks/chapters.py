"""What is known of the cited chapters: page spans, dates in force, body parts.

The facts are those of `app.services.citations`; this module is the only one of the checks that
asks it, and turns its words for body parts into those of the checks.
"""

from __future__ import annotations

from datetime import date

from app.letter import Citation, Source
from app.services.citations import body_parts
from app.services.citations.body_parts import near
from app.services.citations.known import Guidelines, KnownGuideline
from app.services.citations.lineage import edition_in_force
from app.services.citations.locators import PageRange, page_ranges


def known_editions(citation: Citation, guidelines: Guidelines) -> tuple[KnownGuideline, ...]:
    """All editions of the chapter a citation names; empty where it names no known one."""
    found = guidelines.editions(citation.source, citation.title) if citation.title else ()
    if not found and citation.chapter and citation.source is Source.MTUS:
        found = tuple(one for one in _of_mtus(guidelines) if one.chapter == citation.chapter)
    return found


def cited_editions(citation: Citation, guidelines: Guidelines) -> tuple[KnownGuideline, ...]:
    """The edition of the citation's year, or else all it may mean."""
    known = known_editions(citation, guidelines)
    exact = tuple(entry for entry in known if entry.edition == citation.edition)
    return exact or known


def instead_of(entry: KnownGuideline, day: date, guidelines: Guidelines) -> KnownGuideline | None:
    """The edition of its chapter that stood on a day, where one is known."""
    return edition_in_force(entry, guidelines.entries, day)


def ranges(citation: Citation) -> tuple[PageRange, ...]:
    """The runs of pages a citation names."""
    return page_ranges(citation.pages or "")


def holds(entry: KnownGuideline, run: PageRange) -> bool:
    """Whether the pages lie in the chapter; True where its span is not known."""
    if entry.first_page is None or entry.last_page is None:
        return True
    return entry.first_page <= run.first and run.last <= entry.last_page


def chapter_with_pages(
    run: PageRange, parts: frozenset[str], but: KnownGuideline | None, guidelines: Guidelines
) -> KnownGuideline | None:
    """The chapter of 2004 that has these pages, preferred if it is about one of the body parts."""
    found = [
        entry
        for entry in _of_mtus(guidelines)
        if entry.chapter
        and entry.edition == "2004"
        and entry.first_page is not None
        and entry.last_page is not None
        and holds(entry, run)
        and entry is not but
    ]
    fitting = [entry for entry in found if parts & parts_of(entry)]
    return (fitting or found or [None])[0]


def fits(entry: KnownGuideline, parts: frozenset[str]) -> bool:
    """Whether a chapter is about one of these body parts or one right beside it."""
    own = parts_of(entry)
    return not own or not parts or near(own, parts)


def parts_of(entry: KnownGuideline) -> frozenset[str]:
    """The body parts a chapter is about; empty for one that is about any."""
    return body_parts.parts_of(entry.body_parts)


def _of_mtus(guidelines: Guidelines) -> tuple[KnownGuideline, ...]:
    return tuple(entry for entry in guidelines.entries if entry.source is Source.MTUS)
