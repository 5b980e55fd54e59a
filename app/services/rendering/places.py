"""Where each field is printed in a letter we rendered.

Typst says where each value begins; the words of the PDF from there on say which lines and pages
it takes. A field that is not printed by itself is found where its text is told: the parts of a
request in the issue's title, the facts about the patient in the summary.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping

import msgspec
import typst

from app.evidence import Box, Place
from app.letter import FIELDS, FieldId, Letter, field_ids, get_value
from app.services.pdf import PdfPage, Word
from app.services.rendering.context import printed
from app.services.rendering.values import clean

_MARKS = """query(<field>).map(mark => {
  let at = mark.location().position()
  (mark.value, at.page, at.x.pt(), at.y.pt())
})"""
_TOLD_IN = {
    **{spec.name: "clinical_summary" for spec in FIELDS if spec.section == "Summary"},
    "issue.request.original": "issue.title",
    "issue.request.authorized": "issue.title",
    "issue.request.in_dispute": "issue.title",
}


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """Where a value begins: page from 1, points from the top left corner.

    `y` is the baseline of its first line, or the top of its paragraph where it opens one.
    """

    key: str
    page: int
    x: float
    y: float


class _Letters:
    """All that is printed, as one string without spaces, and the word each character is in."""

    def __init__(self, pages: tuple[PdfPage, ...]) -> None:
        self.pages = pages
        self.words: list[tuple[PdfPage, Word]] = [(p, word) for p in pages for word in p.words]
        self.starts: list[int] = []
        length = 0
        for _, word in self.words:
            self.starts.append(length)
            length += len(word.text)
        self.text = "".join(word.text for _, word in self.words)

    def first_at(self, mark: Mark) -> int:
        """The first word printed at or after the mark."""
        first = bisect_left(self.words, mark.page, key=_page_number)
        for index in range(first, len(self.words)):
            page, word = self.words[index]
            if page.number > mark.page:
                return index
            left, top, _, bottom = _points(page, word.box)
            on_line = top < mark.y - 2 <= bottom and left >= mark.x - 1
            if on_line or top >= mark.y - 2:
                return index
        return len(self.words)

    def places(self, start: int, length: int) -> tuple[Place, ...]:
        """The boxes of the characters from `start`, one a line."""
        lines: dict[int, list[Box]] = {}
        end = start + length
        first = max(0, bisect_right(self.starts, start) - 1)
        for index in range(first, bisect_left(self.starts, end)):
            (page, word), begins = self.words[index], self.starts[index]
            size = len(word.text)
            if begins + size <= start:
                continue
            box = _part(word.box, max(0, start - begins) / size, min(size, end - begins) / size)
            boxes = lines.setdefault(page.number, [])
            if boxes and _same_line(boxes[-1], box):
                boxes[-1] = _both(boxes[-1], box)
            else:
                boxes.append(box)
        return tuple(Place(number, tuple(boxes)) for number, boxes in lines.items())


def read_marks(compiler: typst.Compiler) -> tuple[Mark, ...]:
    """What the marks that `field` of the templates leaves say, in reading order."""
    return msgspec.convert(json.loads(compiler.eval(_MARKS)), tuple[Mark, ...])


def find_places(
    pages: tuple[PdfPage, ...], letter: Letter, marks: tuple[Mark, ...]
) -> Mapping[FieldId, tuple[Place, ...]]:
    """The places of all fields printed on these pages. A value printed twice has the places of both."""
    found = _Letters(pages)
    places: dict[FieldId, tuple[Place, ...]] = {}
    values = {field.key: (field, get_value(letter, field)) for field in field_ids(letter)}
    for mark in marks:
        field, value = values[mark.key]
        text = "".join(clean(printed(value)).split())
        first = found.first_at(mark)
        if not text or first == len(found.words):
            continue
        start = found.text.find(text, found.starts[first])
        # Not there to the letter where right-to-left text is shown in another order.
        start = found.starts[first] if start < 0 else start
        places[field] = places.get(field, ()) + found.places(start, len(text))
    for field, _ in values.values():
        told_in = FieldId(_TOLD_IN.get(field.name, field.name), field.issue)
        if field not in places and told_in in places:
            places[field] = places[told_in]
    return places


def _page_number(placed: tuple[PdfPage, Word]) -> int:
    return placed[0].number


def _points(page: PdfPage, box: Box) -> Box:
    x0, y0, x1, y1 = box
    return (x0 * page.width, y0 * page.height, x1 * page.width, y1 * page.height)


def _part(box: Box, start: float, end: float) -> Box:
    x0, y0, x1, y1 = box
    return (x0 + (x1 - x0) * start, y0, x0 + (x1 - x0) * end, y1)


def _same_line(one: Box, two: Box) -> bool:
    return abs(one[1] - two[1]) < (one[3] - one[1]) / 2


def _both(one: Box, two: Box) -> Box:
    return (min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3]))
