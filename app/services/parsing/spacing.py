"""How many spaces are printed between words, and which hyphens may not end a row.

A value keeps one space between words; a letter often has two after a sentence, and where its rows
end depends on them. Within a row the white space is measured. Spaces at a row's end cannot be
seen, but a row that ended although the next word had room after one space, had more. Where only
more than a few would explain it, the next word was tied to the one after it. A date that was not
broken after its hyphen although that had room, has hyphens that do not break: Word breaks after
all others (34 of 34 that had room in the public letters).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from app.services.language.sentences import TEXT_END

if TYPE_CHECKING:
    from app.services.parsing.rows import Row

NO_BREAK_HYPHEN = "\u2011"
NO_BREAK_SPACE = "\xa0"
PAGE_END = "\f"
_MOST = 4
"""More spaces than this are no slip of a typist but another column or paragraph."""
_ALIKE = 0.15
_SAMPLE = 128
_SLACK = 0.03
_REGULAR = 0.9
_NUMBERS = re.compile(r"\d+(?:-\d+)+[\])'\".,;:]*")
_DIGIT, _HYPHEN = 3, 2
"""The widths of a digit and a hyphen stand so in Times; marks are close to the hyphen."""
_NARROW = frozenset("-()[].,;:'")


class Spacing:
    """What is printed between and in the words of a sheet beyond one space between words.

    `before` and `texts` tell, by the word's number, the spaces before it and its own text, where
    those are not the usual.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        texts: Sequence[str],
        right_edge: float,
    ) -> None:
        self.before: dict[int, str] = {}
        self.texts: dict[int, str] = {}
        space = self._measure(rows)
        self.even = space > 0
        """Whether the gaps between words are steps of one width, as a program prints them."""
        if space:
            self._at_row_ends(rows, texts, space, right_edge)
        self._odd = sorted({*self.before, *self.texts})

    def odd(self, first: int, last: int) -> list[int]:
        """The words of a range that `before` or `texts` tell something of."""
        return self._odd[bisect_left(self._odd, first) : bisect_left(self._odd, last)]

    def _measure(self, rows: Sequence[Row]) -> float:
        """Counts the spaces within rows; gives the width of one as a share of the page, or 0.

        0 where the gaps are not steps of one width, as in justified text.
        """
        gaps = list(chain.from_iterable([row.spaces for row in rows]))
        inside = [gap for gap in gaps if gap > 0.0]
        if not inside:
            return 0.0
        # A letter has a thousand: of some dozens of them the middle one is as wide.
        sample = sorted(inside[:: len(inside) // _SAMPLE + 1])
        space = sample[(len(sample) - 1) // 2]
        slack = _ALIKE * space
        widest, narrowest = space + slack, space - slack
        wide = [at for at, gap in enumerate(gaps) if gap > widest]
        even = len(inside) - len(wide) - sum(1 for gap in inside if gap < narrowest)
        needed = _REGULAR * len(inside)
        if even < needed:
            wider = (gaps[at] for at in wide)
            even += sum(1 for gap in wider if abs(gap - round(gap / space) * space) <= slack)
        if even < needed:
            return 0.0
        self._count_spaces(rows, gaps, wide, space)
        return space

    def _count_spaces(
        self, rows: Sequence[Row], gaps: Sequence[float], wide: Sequence[int], space: float
    ) -> None:
        """Keeps how many spaces the wide gaps are; a row has one gap fewer than words."""
        starts = [row.first - number for number, row in enumerate(rows)] if wide else []
        for at in wide:
            count = round(gaps[at] / space)
            if 2 <= count <= _MOST:
                self.before[at + bisect_right(starts, at)] = " " * count

    def _at_row_ends(
        self,
        rows: Sequence[Row],
        texts: Sequence[str],
        space: float,
        right_edge: float,
    ) -> None:
        left = _usual_left(rows)
        margin = max(1 - left, right_edge) + _SLACK * space
        for above, row in pairwise(rows):
            if row.gap:
                continue
            room = margin - above.right - space
            if room < 0:
                continue
            first = row.first
            text = texts[first]
            x0, x1 = row.sides_of(first)
            width = x1 - x0
            part = width
            if "-" in text:
                part *= _share_to_hyphen(text)
                if part <= room < width and _NUMBERS.fullmatch(text):
                    self.texts[first] = text.replace("-", NO_BREAK_HYPHEN)
                    continue
            if room < width:
                continue
            count = int((room - part) / space) + 2
            if count <= _MOST:
                self.before[first] = " " * count
            elif (
                first + 1 < row.last
                and room < row.sides_of(first + 1)[1] - x0
                and not TEXT_END.search(texts[above.last - 1])
            ):
                self.before[first + 1] = NO_BREAK_SPACE


def _usual_left(rows: Sequence[Row]) -> float:
    """Where most rows begin; few places are left to be rounded once those alike are counted."""
    counts: dict[float, int] = {}
    for left, count in Counter([row.left for row in rows]).items():
        place = round(left, 4)
        counts[place] = counts.get(place, 0) + count
    return max(counts, key=counts.__getitem__)


def _share_to_hyphen(text: str) -> float:
    """About which share of a word's width its first part takes, hyphen included."""
    widths = [_HYPHEN if char in _NARROW else _DIGIT for char in text]
    return sum(widths[: text.index("-") + 1]) / sum(widths)
