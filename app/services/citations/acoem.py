"""Books of the ACOEM cited apart from the MTUS, one or more chapters of each."""

from __future__ import annotations

import re

from msgspec.structs import replace

from app.letter import Citation, Source
from app.services.citations.known import Guidelines
from app.services.citations.sections import read_sections
from app.services.citations.topics import CHAPTER_WORD, plain_topic
from app.services.citations.values import Cited

_NEXT_CHAPTER = re.compile(r";\s+(?=Ch(?:apter|\.)\s*\d)", re.IGNORECASE)
_TITLE_YEAR = re.compile(
    r"(?:\s+Guidelines?\b)?,?\s*\((?:ACOEM\b,?\s*)?[^()\d]{0,12}(?:\d{1,2}[^()\d]{1,3}){0,2}(?P<year>(?:19|20)\d\d)\)",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r",?\s*\b(?:pages?|pgs?|pp?)\b\.?\s*(?P<pages>\d{1,4}(?:\s*[-–,]\s*\d{1,4})*)", re.IGNORECASE
)
_ACOEM_HEAD = re.compile(
    r"^(?:ACOEM|\(ACOEM\)|American\s+College\s+of\s+Occupational\s+(?:and|&)\s+Environmental\s+Medicine(?:\s*\(ACOEM\))?"
    r"|Harris,?\s+J)(?:'s|’s)?(?!\w)[\s,.]*"
    r"(?:\(Eds?\.?\)[\s,.]*)?(?:Occupational\s+Medicine\s+)?(?:Practice\s+)?(?:Guidelines?\b)?[\s,:;.–-]*",
    re.IGNORECASE,
)
_ACOEM_EDITION = re.compile(
    r"^\(?(?P<ordinal>\d(?:st|nd|rd|th)\s+ed)(?:ition|\.)?\)?[\s,]*(?:\((?P<year>(?:19|20)\d\d)\))?[\s,:;.–-]*"
    r"|^\(?(?P<only>(?:19|20)\d\d)\)?[\s,:;.–-]*"
    r"|^\(?(?P<version>V(?:ersion|\.)?\s?\d|(?:Online|Web)\s+(?:Edition|Version))\)?[\s,:;.–-]*",
    re.IGNORECASE,
)


def read_acoem(chunk: str, guidelines: Guidelines) -> Cited:
    """One or more numbered chapters under one naming of the book."""
    first, *more = _NEXT_CHAPTER.split(chunk)
    citations = [_read_chapter(first, guidelines)]
    for part in more:
        edition = citations[0].edition or ""
        read = _read_chapter(f"ACOEM {edition} {part}", guidelines)
        citations.append(replace(read, text=part))
    return Cited(citations=tuple(citations))


def _read_chapter(chunk: str, guidelines: Guidelines) -> Citation:
    """`ACOEM Occupational Medicine Practice Guidelines, 3rd ed., Low Back Disorders, pg. 607`."""
    head = _ACOEM_HEAD.match(chunk)
    body = chunk[head.end() if head else 0 :]
    edition: str | None = None
    match = _ACOEM_EDITION.match(body)
    if match:
        edition = match["year"] or match["only"] or match["version"] or f"{match['ordinal']}."
        body = body[match.end() :]
    chapter: str | None = None
    number = re.match(r"Ch(?:apter|\.)\s*(?:(\d{1,2})\b[\s,:]*|:\s*)", body, re.IGNORECASE)
    if number:
        chapter, body = (str(int(number[1])) if number[1] else None), body[number.end() :]
    pages: str | None = None
    paged = _PAGES.search(body)
    if paged:
        pages = " ".join(paged["pages"].split())
        body = body[: paged.start()] + body[paged.end() :]
    found = guidelines.acoem_titles.at_start(body[:160])
    if found is not None:
        title, end = found
        end += body.startswith("(") and body[end : end + 1] == ")"
    else:
        stop = re.search(r"[,;/:]|\s+chapter\b", body, re.IGNORECASE)
        end = stop.start() if stop else len(body)
        title = body[:end].strip()
    year = _TITLE_YEAR.match(body, end)
    if year and edition is None:
        edition, end = year["year"], year.end()
    word = CHAPTER_WORD.match(body, end)
    topic = plain_topic(body[word.end() if word else end :])
    return Citation(
        source=Source.ACOEM,
        title=title,
        chapter=chapter,
        edition=edition,
        sections=read_sections(topic, Source.ACOEM, title, guidelines),
        pages=pages,
        text=chunk,
    )
