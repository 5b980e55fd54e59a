"""What is doubtful where a page's words were read from its picture: words, and what was not found.

The recogniser says of each word how sure it is: of those under 0.8 most are wrong, above 0.95 hardly
any. In a date, a number or a name one wrong character is an error that nobody sees, so that there
every word has to be as sure.
"""

from __future__ import annotations

import re

from app.evidence import READ_FROM_PICTURE, Place
from app.letter import Kind
from app.services.parsing.draft import Draft, field
from app.services.pdf import PdfPage, PdfText, Word

SURE = 0.95
MISREAD = 0.8
_LEVEL_LIKE = re.compile(r"[LCTS][SIlOoBZ]|[LCTS]\d{1,2}[-/][LCTS]?[SIlOoBZ]")
"""A spine level with a letter for a digit, L5 as LS: the recogniser is as sure of one as of the other."""
_MOST_NAMED = 6
_FROM_LISTS = (Kind.CHOICE, Kind.LIST)
"""Their values are known words: what is misread is none of them."""
_LONG_TEXTS = (Kind.TEXT, Kind.GUIDELINE)
_EXPECTED = (
    "header.case_number",
    "header.date_of_injury",
    "header.date_assigned",
    "header.decision_date",
    "header.ur_denial_date",
    "header.application_received",
    "header.priority",
    "patient.age",
    "patient.sex",
)
"""What nearly every letter tells, so that where it is missing it was probably not recognised."""


def doubt_recognised(draft: Draft, text: PdfText) -> None:
    """Doubts the values that stand on recognised pages, as far as their words are not sure."""
    pages = {page.number: page for page in text.pages if page.certainties}
    if not pages:
        return
    for name in draft.fields():
        limit = MISREAD if name.spec.kind in (*_LONG_TEXTS, *_FROM_LISTS) else SURE
        unsure: dict[str, list[Place]] = {}
        for place in draft.places(name):
            if place.page in pages:
                for word in _unsure(pages[place.page], place, limit):
                    unsure.setdefault(word.text, []).append(Place(place.page, (word.box,)))
        for word, places in list(unsure.items())[:_MOST_NAMED]:
            draft.doubt(
                name,
                f"“{word}” looks misread: compare with the picture of the page.",
                places=tuple(places),
            )
    for key in _EXPECTED:
        name = field(key)
        if not draft.has(name):
            draft.doubt(name, "This was not found in what was read from the pictures of the pages.")
    draft.notes.append(_note(sorted(pages)))


def is_level_like(word: str) -> bool:
    """Whether a word may be a spine level of which a digit was read as a letter."""
    return _LEVEL_LIKE.fullmatch(word.strip(".,;:()")) is not None


def _unsure(page: PdfPage, place: Place, limit: float) -> list[Word]:
    return [
        word
        for word, certainty in zip(page.words, page.certainties, strict=True)
        if (certainty < limit or is_level_like(word.text)) and _lies_in(word, place)
    ]


def _lies_in(word: Word, place: Place) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in place.boxes)


def _note(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"{READ_FROM_PICTURE} {numbers[0]} were read from its picture."
    listed = ", ".join(map(str, numbers))
    return f"{READ_FROM_PICTURE}s {listed} were read from their pictures."
