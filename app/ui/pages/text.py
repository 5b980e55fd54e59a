"""The words of the shown pages as one running text: reading order, joined lines, finding.

No Qt here: places go in and out in 0..1 of the page, so that finding can run in a worker.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from app.evidence import Box, Place
from app.services.pdf import Word

_HYPHENS = ("-", "\u2010", "\u2011", "\u00ad")
_ALIKE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u2010": "-", "\u2011": "-", "–": "-", "—": "-", "\u00ad": ""})  # fmt: skip
PARAGRAPH_GAP = 0.75
"""White space between two lines, in heights of a line, from which a new paragraph begins."""


class Hit(NamedTuple):
    """One place where a phrase was found; it may run over lines and pages."""

    places: tuple[Place, ...]


class PageText:
    """All words of a document in reading order, numbered from 0 through all pages.

    The order is that of the eye, row by row from left to right: in the order of the file the
    table at the top of a letter comes label by label.
    """

    def __init__(self, pages: Sequence[Sequence[Word]] = (), file: str = "") -> None:
        """`file` is what its places say that they are in."""
        self._file = file
        self._words: list[Word] = []
        self._rows: list[tuple[int, int]] = []
        self._starts: list[int] = []
        for number, words in enumerate(pages, start=1):
            self._starts.append(len(self._words))
            for row, line in enumerate(_rows(words)):
                self._words.extend(line)
                self._rows.extend([(number, row)] * len(line))
        self._starts.append(len(self._words))

    def __len__(self) -> int:
        return len(self._words)

    def page_of(self, index: int) -> int:
        return self._rows[index][0]

    def box_of(self, index: int) -> Box:
        return self._words[index].box

    def on_page(self, page: int) -> range:
        """The numbers of the words on a page."""
        if not 1 <= page < len(self._starts):
            return range(0)
        return range(self._starts[page - 1], self._starts[page])

    def spot_of(self, index: int) -> tuple[int, int]:
        """The page of a word, and which of its words it is."""
        page = self.page_of(index)
        return page, index - self._starts[page - 1]

    def word_of(self, page: int, place: int) -> int | None:
        """The word at such a place; None where that page's words are not known."""
        words = self.on_page(page)
        return words[place] if place < len(words) else None

    def word_at(self, page: int, x: float, y: float) -> int | None:
        """The word under a point of a page."""
        for index in self.on_page(page):
            x0, y0, x1, y1 = self._words[index].box
            if x0 <= x <= x1 and y0 <= y <= y1:
                return index
        return None

    def nearest_word(self, page: int, x: float, y: float) -> int | None:
        """The word that a drag to this point reaches: on the nearest line, the nearest word."""
        best: tuple[float, float, int] | None = None
        for index in self.on_page(page):
            x0, y0, x1, y1 = self._words[index].box
            distance = (max(y0 - y, 0.0, y - y1), max(x0 - x, 0.0, x - x1), index)
            if best is None or distance < best:
                best = distance
        return None if best is None else best[2]

    def words_in(self, page: int, area: Box) -> tuple[int, ...]:
        """The words whose middle lies in an area of a page."""
        left, top, right, bottom = area
        return tuple(
            index
            for index in self.on_page(page)
            for x0, y0, x1, y1 in [self._words[index].box]
            if left <= (x0 + x1) / 2 <= right and top <= (y0 + y1) / 2 <= bottom
        )

    def line_of(self, index: int) -> range:
        """The words of the line a word stands in."""
        return self._run(index, self._same_line)

    def line_around(self, place: Place) -> str:
        """The words of the line that a place begins in; empty where none are known there."""
        words = self.words_in(place.page, place.boxes[0]) if place.boxes else ()
        if not words and place.boxes:
            left, top, _, bottom = place.boxes[0]
            at = self.word_at(place.page, left, (top + bottom) / 2)
            words = (at,) if at is not None else ()
        return self.text(self.line_of(words[0])) if words else ""

    def paragraph_of(self, index: int) -> range:
        """The words of the paragraph a word stands in."""
        return self._run(index, self._same_paragraph)

    def places(self, indices: Sequence[int]) -> tuple[Place, ...]:
        """Where these words stand, one box a line."""
        lines: dict[int, list[Box]] = {}
        previous: int | None = None
        for index in indices:
            page = self._rows[index][0]
            boxes = lines.setdefault(page, [])
            if previous is not None and boxes and self._same_line(previous, index):
                boxes[-1] = _around(boxes[-1], self._words[index].box)
            else:
                boxes.append(self._words[index].box)
            previous = index
        return tuple(Place(page, tuple(boxes), self._file) for page, boxes in lines.items())

    def text(self, indices: Sequence[int]) -> str:
        """These words with the lines of a paragraph joined and paragraphs parted by a newline.

        A line that ends in a hyphen is joined to the next without a space (`x-` `rays`).
        """
        parts: list[str] = []
        previous: int | None = None
        for index in indices:
            if previous is not None:
                parts.append(self._between(previous, index))
            parts.append(self._words[index].text)
            previous = index
        return "".join(parts)

    def find(self, phrase: str, *, whole_words: bool = False) -> tuple[Hit, ...]:
        """Every place of a phrase, without regard to case, line breaks and forms of quotes."""
        wanted = " ".join(_folded(phrase).split())
        if not wanted:
            return ()
        pattern = re.escape(wanted)
        if whole_words:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        text, starts = self._folded
        return tuple(
            self._hit(starts, match.start(), match.end()) for match in re.finditer(pattern, text)
        )

    def find_by(self, search: Callable[[str], Iterable[tuple[int, int]]]) -> tuple[Hit, ...]:
        """Every place that `search` names, by start and end, in the whole text folded as for `find`."""
        text, starts = self._folded
        return tuple(self._hit(starts, start, end) for start, end in search(text))

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        """The whole text as it is searched, and where in it each word starts."""
        parts: list[str] = []
        starts: list[int] = []
        length = 0
        for index, word in enumerate(self._words):
            if index and not self._joined(index - 1, index):
                parts.append(" ")
                length += 1
            starts.append(length)
            folded = _folded(word.text)
            parts.append(folded)
            length += len(folded)
        return "".join(parts), starts

    def _hit(self, starts: list[int], start: int, end: int) -> Hit:
        first = bisect_right(starts, start) - 1
        last = bisect_left(starts, end) - 1
        places = [(place.page, list(place.boxes)) for place in self.places(range(first, last + 1))]
        _, boxes = places[0]
        boxes[0] = (self._part_way(first, start - starts[first]), *boxes[0][1:])
        _, boxes = places[-1]
        left, top, _, bottom = boxes[-1]
        boxes[-1] = (left, top, self._part_way(last, end - starts[last]), bottom)
        return Hit(tuple(Place(page, tuple(boxes), self._file) for page, boxes in places))

    def _part_way(self, index: int, characters: int) -> float:
        """About where in a word so many of its characters end, across the page."""
        left, _, right, _ = self._words[index].box
        share = characters / max(1, len(_folded(self._words[index].text)))
        return left + min(1.0, share) * (right - left)

    def _between(self, left: int, right: int) -> str:
        if self._joined(left, right):
            return ""
        return " " if self._same_paragraph(left, right) else "\n"

    def _joined(self, left: int, right: int) -> bool:
        text = self._words[left].text
        return (
            len(text) > 1
            and text.endswith(_HYPHENS)
            and text[-2].isalnum()
            and not self._same_line(left, right)
            and self._same_paragraph(left, right)
        )

    def _same_line(self, left: int, right: int) -> bool:
        return self._rows[left] == self._rows[right]

    def _same_paragraph(self, left: int, right: int) -> bool:
        if self._same_line(left, right):
            return True
        first, second = self._words[left], self._words[right]
        if self._rows[left][0] != self._rows[right][0]:
            # A paragraph runs on over a page break unless it came to its end there.
            return not first.text.endswith((".", ":", "!", "?"))
        height = max(first.box[3] - first.box[1], 1e-6)
        gap = second.box[1] - first.box[3]
        return first.bold == second.bold and -height < gap < PARAGRAPH_GAP * height

    def _run(self, index: int, together: Callable[[int, int], bool]) -> range:
        first = last = index
        while first > 0 and together(first - 1, first):
            first -= 1
        while last + 1 < len(self._words) and together(last, last + 1):
            last += 1
        return range(first, last + 1)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """The words of a page, row by row from the top, each row from left to right."""
    upright = sum(1 if x1 - x0 >= y1 - y0 else -1 for x0, y0, x1, y1 in (w.box for w in words))
    if upright < 0:
        # Text that runs up or down the page has its rows in the order of the file.
        return [list(line) for _, line in groupby(words, _line_number)]
    rows: list[list[Word]] = []
    top = bottom = 0.0
    for word in sorted(words, key=_middle):
        if rows and top < _middle(word) < bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
            _, top, _, bottom = word.box
    return [sorted(row, key=_left) for row in rows]


def _line_number(word: Word) -> int:
    return word.line


def _middle(word: Word) -> float:
    return (word.box[1] + word.box[3]) / 2


def _left(word: Word) -> float:
    return word.box[0]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
