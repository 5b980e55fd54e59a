"""How a file is split into its documents: where one begins, and what each is proposed to be.

Only the signs of a page at a time lie in memory: a title, its page number, a few rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from app.services.casefile.authors import provider_of, signer_of
from app.services.casefile.copies import mark_copies
from app.services.casefile.days import dated_rows, days_of
from app.services.casefile.pages import body_of, rows_in
from app.services.casefile.titles import Title, title_of
from app.services.casefile.values import NO_TEXT, Document, DocumentKind, PageText

if TYPE_CHECKING:
    from app.services.store.case_files import CaseFiles

_NUMBERED = re.compile(r"\bpage\s*:?\s*#?\s*(\d{1,4})\s*(?:of|/)\s*(\d{1,4})\b", re.I)
_PAGE = re.compile(r"\bpage\s*:?\s*#?\s*(\d{1,4})\b(?!\s*(?:of|/))", re.I)
_MOST_OWN = 60
"""A document of more pages than that numbers a whole bundle."""
_SURE = 0.72
"""A title of this score begins a document where no page number says otherwise."""
_LETTER = re.compile(r"^(?:re|regarding|subject)\s*:|^(?:dear|to whom it may concern)\b", re.I)
_OF_ORGANISATION = (DocumentKind.UR_DECISION, DocumentKind.APPLICATION, DocumentKind.OTHER)
_MOST_DATED = 40
"""Pages of a document that are looked through for its days."""
TELLING = 4
"""Up to this rank a date at the head of a page tells it from another of the same title."""
UNTITLED = "Untitled document"


class Signs(NamedTuple):
    """What a page shows of where it belongs."""

    page: int
    has_text: bool
    title: Title | None
    number: int
    of: int
    letter: bool
    signed: bool
    days: frozenset[object]


def signs_of(page: PageText) -> Signs:
    """The signs of a page."""
    body = rows_in(body_of(page.text))
    number, of = _number(page.text)
    top = body[:14]
    letter = any(_LETTER.match(row.strip()) for row in top) and bool(dated_rows(top[:8]))
    return Signs(
        page.page,
        page.has_text and bool(body),
        title_of(body),
        number,
        of,
        letter,
        bool(signer_of(body[-6:])),
        frozenset(one.day for one in dated_rows(body[:20]) if one.rank <= TELLING),
    )


def beginnings(signs: Iterable[Signs]) -> Iterator[tuple[int, Title | None, bool]]:
    """The pages on which documents begin, each with its title and whether it has text."""
    before: Signs | None = None
    opened: Signs | None = None
    for page in signs:
        if before is None or _begins(page, before, opened):
            yield page.page, page.title, page.has_text
            opened = page
        before = page


def _begins(page: Signs, before: Signs, opened: Signs | None) -> bool:
    if page.has_text != before.has_text:
        # One page that is a picture amid a report is the report's.
        return not page.has_text or page.title is not None or not _goes_on(page, before)
    if not page.has_text or _goes_on(page, before):
        return False
    if page.number == 1 and page.of < _MOST_OWN and (page.of > 1 or before.number >= 1):
        return True
    title = page.title
    if title is None or title.is_continued:
        return page.letter
    if _is_repeated(page, opened):
        return before.signed and page.days != before.days and bool(page.days)
    return title.score >= _SURE or (page.letter and title.score >= _SURE - 0.2)


def _goes_on(page: Signs, before: Signs) -> bool:
    """Whether its number says that a page goes on with the one before it."""
    if page.number < 2 or page.of > _MOST_OWN:
        return False
    return page.number == before.number + 1 and page.of in (0, before.of)


def _is_repeated(page: Signs, opened: Signs | None) -> bool:
    """Whether the title is the running head of the document that is open."""
    if opened is None or opened.title is None or page.title is None:
        return False
    if page.title.text.casefold() != opened.title.text.casefold():
        return False
    return not page.days or page.days == opened.days


def _number(text: str) -> tuple[int, int]:
    """The number of the page in its document, and of how many; 0 where none is printed."""
    for row in text.replace("\f", "\n").split("\n"):
        if found := _NUMBERED.search(row):
            number, of = int(found[1]), int(found[2])
            if number <= of <= _MOST_OWN:
                return number, of
    for row in (*text.split("\f")[0].split("\n"), *text.split("\f")[-1].split("\n")):
        if (found := _PAGE.search(row)) and int(found[1]) <= _MOST_OWN:
            return int(found[1]), 0
    return 0, 0


def propose(files: CaseFiles, file_id: int) -> tuple[Document, ...]:
    """The documents of a file that was read, copies marked."""
    file = files.file(file_id)
    starts = list(beginnings(signs_of(page) for page in files.texts(file_id)))
    ends = [start[0] - 1 for start in starts[1:]] + [file.pages]
    found = [_document(files, file_id, start, end) for start, end in zip(starts, ends, strict=True)]
    return mark_copies(files, file, _numbered(found))


def _document(
    files: CaseFiles, file_id: int, start: tuple[int, Title | None, bool], end: int
) -> Document:
    first, title, has_text = start
    base = Document(file_id=file_id, first_page=first, last_page=end)
    if not has_text:
        return replace(base, name=NO_TEXT, is_listed=False)
    kind = title.kind if title else DocumentKind.RECORDS
    pages = list(files.texts(file_id, first, min(end, first + _MOST_DATED - 1)))
    ending = pages[-1] if end == pages[-1].page else next(files.texts(file_id, end, end))
    provider = provider_of(
        rows_in(body_of(pages[0].text)),
        rows_in(body_of(ending.text)),
        office_first=kind in _OF_ORGANISATION,
    )
    if kind is DocumentKind.APPLICATION:
        provider = ""
    days = days_of((rows_in(page.text) for page in pages), of_visit=kind is DocumentKind.RECORDS)
    return replace(
        base,
        kind=kind,
        name=title.name if title else UNTITLED,
        provider=provider,
        first_date=days[0],
        last_date=days[1],
        is_listed=kind is not DocumentKind.OTHER,
    )


def _numbered(found: Sequence[Document]) -> tuple[Document, ...]:
    """The documents, each ended before the next begins."""
    kept = [
        replace(one, last_page=min(one.last_page, two.first_page - 1))
        for one, two in pairwise(found)
    ]
    return (*kept, *found[-1:])
