"""What happened when: the dated events of the documents and of the summary, in one list.

A document is an event of its own day; a sentence with a day in it is one of that day. Births, the
injury and the stamps at head and foot of a page are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from app.services.casefile.pages import body_of, running_text
from app.services.casefile.values import Document, DocumentKind, PageText
from app.services.casefile.wording import document_words
from app.services.language.dates import find_birth_dates, find_dates
from app.services.language.matching import phrases_of
from app.services.language.sentences import sentences
from app.services.language.texts import read_text

if TYPE_CHECKING:
    from app.services.store.case_files import CaseFiles

SUMMARY = "Clinical summary"
MOST = 3000
"""Events that are listed; a filter finds the others."""
_LONGEST = 260
_NO_EVENT = re.compile(
    r"(?:birth|\bd\.?o\.?b|\bd\.?o\.?i\b|date of injury|injury date|date of loss|printed|faxed|received|"
    r"version|rev(?:ised)?\.?|expires?|valid)\W*(?:\w+\W+){0,2}$",
    re.I,
)


class Event(NamedTuple):
    """What is told of a day. Of the summary `file_id` is None."""

    day: date
    source: str
    file_id: int | None
    page: int
    words: str


def events(
    files: CaseFiles, documents: Sequence[Document], summary: str, treatment: str = ""
) -> tuple[Event, ...]:
    """The events in the order of their days; with `treatment` those that speak of it, however it
    is called."""
    wanted = _phrases(treatment)
    pattern = _pattern(wanted)
    found: dict[tuple[date, str], Event] = {}
    for event in _all(files, documents, summary, wanted):
        if pattern is None or pattern.search(event.words):
            found.setdefault((event.day, event.words.casefold()), event)
        if len(found) >= MOST:
            break
    return tuple(
        sorted(found.values(), key=lambda event: (event.day, event.file_id or 0, event.page))
    )


def _all(
    files: CaseFiles, documents: Sequence[Document], summary: str, wanted: Sequence[str]
) -> Iterator[Event]:
    for day, words in _dated(summary):
        yield Event(day, SUMMARY, None, 1, words)
    for document in documents:
        if document.first_date is not None and document.copy_of is None:
            words = document_words(document)
            yield Event(document.first_date, words, document.file_id, document.first_page, words)
    for document, page in _pages(files, documents, wanted):
        text = running_text(body_of(page.text))
        births = {one.value for one in find_birth_dates(text)}
        for day, words in _dated(text, document.first_date if wanted else None):
            # Its own day alone says no more than that there is the document.
            if day in births or (not wanted and day == document.first_date):
                continue
            yield Event(day, document_words(document), document.file_id, page.page, words)


def _pages(
    files: CaseFiles, documents: Sequence[Document], wanted: Sequence[str]
) -> Iterator[tuple[Document, PageText]]:
    """The pages of records that may tell of an event: all, or those that name what is wanted."""
    told = [
        one
        for one in documents
        if one.copy_of is None and one.kind in (DocumentKind.RECORDS, DocumentKind.RFA)
    ]
    if not wanted:
        for document in told:
            for page in files.texts(document.file_id, document.first_page, document.last_page):
                yield document, page
        return
    case_id = files.file(documents[0].file_id).case_id if documents else 0
    for file_id, page in files.pages_with(case_id, wanted):
        for document in told:
            if (
                document.file_id == file_id
                and document.first_page <= page.page <= document.last_page
            ):
                yield document, page


def _dated(text: str, otherwise: date | None = None) -> Iterator[tuple[date, str]]:
    """The sentences of a text with the days they name; those without one with the day `otherwise`."""
    for sentence in sentences(text):
        days = [
            one.value
            for one in find_dates(sentence.text)
            if one.value is not None and not _NO_EVENT.search(sentence.text[: one.start])
        ]
        words = sentence.text if len(sentence.text) <= _LONGEST else f"{sentence.text[:_LONGEST]}…"
        for day in days or filter(None, (otherwise,)):
            yield day, words


def _phrases(treatment: str) -> tuple[str, ...]:
    """A treatment as typed, and every other way it is called."""
    if not treatment.strip():
        return ()
    names = {mention.name for mention in read_text(treatment).mentions}
    others = (phrase for name in sorted(names) for phrase in phrases_of(name))
    return tuple(dict.fromkeys((treatment.strip(), *others)))


def _pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    parts = [
        re.escape(phrase.rstrip("*")).replace(r"\ ", r"\s+")
        + ("" if phrase.endswith("*") else r"s?\b")
        for phrase in phrases
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})", re.I) if parts else None
