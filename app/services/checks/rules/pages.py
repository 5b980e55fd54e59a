"""Rules on the pages a decision cites: are they written in full, alone, and in that chapter?"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from app.letter import Citation, Guideline, Source
from app.services.checks.chapters import chapter_with_pages, cited_editions, holds, ranges
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.rules.guidelines import citation_hit, cited, item_parts
from app.services.checks.values import Fix, Hit
from app.services.citations import read_guideline
from app.services.citations.known import KnownGuideline
from app.services.citations.locators import PageRange, as_written, page_ranges

ABBREVIATED = re.compile(r"(?<![\d.-])(\d{2,4})-(\d{1,3})(?![\d-])")
PAGE_AND_WORDS = re.compile(r"Page\(s\):?\s*([\d, –-]*\d)(\s*(?:\([^)]*\)|x\b))", re.I)


def abbreviated_pages(facts: Facts) -> Iterator[Hit]:
    """`303-4` for 303-304: one fix for the field."""
    for issue in facts.issues:
        for name in ("maximus_guideline", "claims_administrator_guideline"):
            guideline: Guideline = getattr(issue.issue, name)
            for citation in guideline.citations:
                printed = _abbreviated(citation)
                if printed is None:
                    continue
                right = as_written(page_ranges(printed))
                changed = _with_pages(guideline, citation, printed, right)
                yield Hit(
                    field=issue.field(name),
                    told={"issue": str(issue.number), "printed": printed, "right": right},
                    fix=Fix(issue.field(name), changed, f"Write {right}"),
                )


def page_words(facts: Facts) -> Iterator[Hit]:
    """Words behind a page number that are no part of it: `304 (pdf format)`."""
    for issue, citation in cited(facts, None):
        match = PAGE_AND_WORDS.search(citation.text)
        if match:
            hit = citation_hit(issue, citation, found=match[0])
            yield msgspec.structs.replace(hit, fix=_page_alone(issue, citation, match))
        elif citation.pages and not re.fullmatch(r"[\d\s,–&-]+", citation.pages):
            yield citation_hit(issue, citation, found=citation.pages)


def pages_outside(facts: Facts) -> Iterator[Hit]:
    """A page the cited chapter does not have, and no other chapter fits the item either."""
    for issue, citation, run, known in _misplaced(facts):
        if chapter_with_pages(run, item_parts(issue), known, facts.guidelines) is None:
            yield citation_hit(issue, citation, **_told(run, known))


def wrong_book(facts: Facts) -> Iterator[Hit]:
    """A page of another chapter, cited under this one's name."""
    for issue, citation, run, known in _misplaced(facts):
        other = chapter_with_pages(run, item_parts(issue), known, facts.guidelines)
        if other is not None:
            there = f"{other.title} ({other.first_page}-{other.last_page})"
            yield citation_hit(issue, citation, **_told(run, known), other=there)


def _told(run: PageRange, known: KnownGuideline) -> dict[str, str]:
    span = f"{known.first_page}-{known.last_page}"
    return {"pages": as_written((run,)), "chapter": known.title, "span": span}


def _misplaced(
    facts: Facts,
) -> Iterator[tuple[IssueFacts, Citation, PageRange, KnownGuideline]]:
    for issue, citation in cited(facts, Source.MTUS):
        entries = cited_editions(citation, facts.guidelines)
        if not entries:
            continue
        for run in ranges(citation):
            paged = [e for e in entries if e.first_page is not None and e.last_page is not None]
            if (paged and len(paged) == len(entries) and not any(holds(e, run) for e in paged)) or (
                paged and not citation.edition and not any(holds(e, run) for e in paged)
            ):
                yield issue, citation, run, paged[0]


def _abbreviated(citation: Citation) -> str | None:
    """The printed locator where one of its ranges is abbreviated."""
    for text in (citation.pages or "", *re.findall(r"Page\(s\):?\s*([\d, –-]+)", citation.text)):
        for match in ABBREVIATED.finditer(text):
            if len(match[2]) < len(match[1]):
                return text.strip(" ,-")
    return None


def _page_alone(issue: IssueFacts, citation: Citation, match: re.Match[str]) -> Fix | None:
    """The field without the words behind that page, read anew; each citation keeps its entry."""
    guideline = issue.issue.maximus_guideline
    printed = citation.text
    right = printed[: match.end(1)] + printed[match.end(2) :]
    text = guideline.text.replace(printed, right, 1)
    changed = read_guideline(text).guideline
    if text == guideline.text or len(changed.citations) != len(guideline.citations):
        return None
    citations = tuple(
        msgspec.structs.replace(new, library_id=old.library_id)
        for new, old in zip(changed.citations, guideline.citations, strict=True)
    )
    return Fix(
        issue.field("maximus_guideline"),
        msgspec.structs.replace(changed, citations=citations),
        f"Leave only {match[1].strip()}",
    )


def _with_pages(guideline: Guideline, citation: Citation, printed: str, right: str) -> Guideline:
    changed = msgspec.structs.replace(
        citation, pages=right, text=citation.text.replace(printed, right, 1)
    )
    citations = tuple(changed if one is citation else one for one in guideline.citations)
    text = (
        guideline.text.replace(citation.text, changed.text, 1) if citation.text else guideline.text
    )
    if text == guideline.text:
        text = guideline.text.replace(printed, right, 1)
    return msgspec.structs.replace(guideline, text=text, citations=citations)


RULES = {
    "abbreviated-pages": abbreviated_pages,
    "page-words": page_words,
    "pages-outside": pages_outside,
    "wrong-book": wrong_book,
}
