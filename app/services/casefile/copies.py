"""Which documents repeat another: the same words but for stamps, page numbers and handwriting.

Copies are marked and never taken away. The same words with another day are none: month after month
the same findings are written again.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from app.services.casefile.days import all_days
from app.services.casefile.pages import body_of, rows_in
from app.services.casefile.values import NO_TEXT, CaseFile, Document

if TYPE_CHECKING:
    from app.services.store.case_files import CaseFiles

ALIKE = 0.8
"""The share of runs of words that two documents have in common, from which one repeats the other."""
_RUN = 4
"""Words of a run."""
_LONGEST = 40
"""Pages of a document that are compared."""
_LEAST = 12
"""Runs: of fewer nothing can be told."""
_WORDS = re.compile(r"\w+")


class _Print(NamedTuple):
    runs: frozenset[int]
    days: frozenset[date]


def fingerprint(bodies: Iterable[str]) -> frozenset[int]:
    """The runs of words of a document, each as a number."""
    words = [word for body in bodies for word in _WORDS.findall(body.casefold())]
    return frozenset(
        zlib.crc32(" ".join(words[at : at + _RUN]).encode())
        for at in range(max(1, len(words) - _RUN + 1))
    )


def are_alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two documents have the same words, as far as scanners and stamps let them."""
    if min(len(one), len(other)) < _LEAST:
        return one == other
    return len(one & other) >= ALIKE * len(one | other)


def mark_copies(
    files: CaseFiles, file: CaseFile, found: Sequence[Document]
) -> tuple[Document, ...]:
    """Proposed documents of a file, those marked that repeat one before them in it or one of
    another file. `copy_of` is -n for the n-th of them."""
    others = [one for one in files.documents(file.case_id) if one.file_id != file.id]
    by_days: dict[object, list[tuple[int, Document]]] = {}
    for one in others:
        by_days.setdefault(_key(one), []).append((one.id, one))
    for number, one in enumerate(found, 1):
        by_days.setdefault(_key(one), []).append((-number, one))
    prints: dict[int, _Print] = {}

    def printed(number: int, document: Document) -> _Print:
        if number not in prints:
            prints[number] = _print_of(files, document)
        return prints[number]

    marked: list[Document] = []
    for number, document in enumerate(found, 1):
        group = by_days[_key(document)]
        copy_of = None
        if len(group) > 1 and _has_text(document):
            earlier = _before(group, -number)
            mine = printed(-number, document)
            copy_of = next(
                (
                    other
                    for other, candidate in earlier
                    if _has_text(candidate) and _is_copy(mine, printed(other, candidate), document)
                ),
                None,
            )
        marked.append(
            replace(document, copy_of=copy_of, is_listed=document.is_listed and copy_of is None)
        )
    return tuple(marked)


def _before(group: Sequence[tuple[int, Document]], number: int) -> Iterator[tuple[int, Document]]:
    for other, document in group:
        if other == number:
            return
        yield other, document


def _key(document: Document) -> object:
    """What two documents have in common of which one may repeat the other."""
    return (document.first_date, document.last_date)


def _has_text(document: Document) -> bool:
    return document.name != NO_TEXT


def _is_copy(mine: _Print, other: _Print, document: Document) -> bool:
    if document.first_date is None and mine.days != other.days:
        return False
    return are_alike(mine.runs, other.runs)


def _print_of(files: CaseFiles, document: Document) -> _Print:
    last = min(document.last_page, document.first_page + _LONGEST - 1)
    bodies = [
        body_of(page.text) for page in files.texts(document.file_id, document.first_page, last)
    ]
    days = all_days(row for body in bodies for row in rows_in(body))
    return _Print(fingerprint(bodies), days)
