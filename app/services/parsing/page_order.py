"""Whether pages follow each other as the text goes on: which of several orders is the letter's.

A page may end inside a sentence, and then no label begins the next one; or behind a sentence, and
then the next one does not begin in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.services.language.sentences import TEXT_END
from app.services.pdf import PdfPage

_NUMBER = re.compile(r"[Pp]age|of|-?\d{1,4}-?|\d+/\d+")
_HEADING = ("RATIONALES", "ISSUES,", "IMR")
_OF_ITEMS = ("guideline:", "rationale:")
_DECISIONS = frozenset(("upheld", "overturned"))
_ADDRESS = re.compile(r"https?:|www\.")
_OPENINGS = (
    ("Claims", "Administrator"),
    ("MAXIMUS", "guideline:"),
    ("Decision", "rationale:"),
    ("IMR", "ISSUES,"),
    ("CLINICAL", "CASE"),
    ("HOW", "THE"),
)
"""How what begins a paragraph of its own begins."""


def breaks_between(pages: Iterable[PdfPage]) -> int:
    """At how many of the turns from page to page the text does not go on.

    A page of items before the one with their heading counts too.
    """
    pages = list(pages)
    begin = next((at for at, page in enumerate(pages) if _has_heading(page)), 0)
    early = sum(1 for page in pages[:begin] if any(word in page.texts for word in _OF_ITEMS))
    edges = [edge for page in pages if (edge := _edges(page.texts))]
    return early + sum(1 for (_, last), (first, _) in pairwise(edges) if _is_break(last, first))


def _has_heading(page: PdfPage) -> bool:
    return all(word in page.texts for word in _HEADING)


def _edges(texts: Sequence[str]) -> tuple[tuple[str, str], str] | None:
    """The first two words of a page and its last one, without the page's number."""
    words = [text for text in texts[:4] if not _NUMBER.fullmatch(text)]
    ends = [text for text in texts[-4:] if not _NUMBER.fullmatch(text)]
    if len(words) < 2 or not ends:
        return None
    return (words[0], words[1]), ends[-1]


def _is_break(last: str, first: tuple[str, str]) -> bool:
    if last.casefold() in _DECISIONS:
        return first != _OPENINGS[0]  # a title has ended, and its item begins
    if TEXT_END.search(last):
        return first[0][0].islower() and not _ADDRESS.match(first[0])
    return first in _OPENINGS
