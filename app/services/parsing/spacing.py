"""How many spaces are printed between words, and which hyphens may not end a row.

A value keeps one space between words; a letter often has two after a sentence, and where its rows
end depends on them. Within a row the white space is measured. Spaces at a row's end cannot be
seen, but a row that ended although the next word had room for one space before it, had more. A
date that was not broken after its hyphen although that had room, has hyphens that do not break:
Word breaks after every other one (10 of 10 that had room in the public letters).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.parsing.sheet import Row
    from app.services.pdf import Word

NO_BREAK_HYPHEN = "\u2011"
PAGE_END = "\f"
_MOST = 4
"""More spaces than this are no slip of a typist but another column or paragraph."""
_ALIKE = 0.15
_SLACK = 0.03
_REGULAR = 0.9
_NUMBERS = re.compile(r"\d+(?:-\d+)+[\])'\".,;:]*")
_DIGIT, _HYPHEN = 3, 2
"""The widths of a digit and a hyphen stand so in Times; other marks are close to the hyphen."""


class Spacing:
    """What is printed between and in the words of a sheet beyond one space between words."""

    def __init__(
        self,
        rows: Sequence[Row],
        words: Sequence[Word],
        texts: Sequence[str],
        right_edge: float,
    ) -> None:
        self.before: dict[int, int] = {}
        self.texts: dict[int, str] = {}
        space = self._measure(rows, words)
        if space:
            self._at_row_ends(rows, words, texts, space, right_edge)
        self._odd = sorted({*self.before, *self.texts})

    def odd(self, first: int, last: int) -> list[int]:
        """The words of a range that have more than one space before them, or such hyphens."""
        return self._odd[bisect_left(self._odd, first) : bisect_left(self._odd, last)]

    def _measure(self, rows: Sequence[Row], words: Sequence[Word]) -> float:
        """Counts the spaces within rows; gives the width of one as a share of the page, or 0.

        0 where the gaps are not steps of one width, as in justified text.
        """
        gaps = [after.box[0] - word.box[2] for word, after in pairwise(words)]
        for row in rows:
            if row.last < len(words):
                gaps[row.last - 1] = 0.0
        inside = [gap for gap in gaps if gap > 0]
        if not inside:
            return 0.0
        space = median_low(inside)
        near, far = space * (1 - _ALIKE), space * (1 + _ALIKE)
        wide = [number for number, gap in enumerate(gaps) if gap > far]
        single = sum(near <= gap for gap in inside) - len(wide)
        counts = {number: round(gaps[number] / space) for number in wide}
        steps = sum(
            abs(gaps[number] - count * space) <= _ALIKE * space for number, count in counts.items()
        )
        if single + steps < _REGULAR * len(inside):
            return 0.0
        self.before.update(
            (number + 1, count) for number, count in counts.items() if 2 <= count <= _MOST
        )
        return space

    def _at_row_ends(
        self,
        rows: Sequence[Row],
        words: Sequence[Word],
        texts: Sequence[str],
        space: float,
        right_edge: float,
    ) -> None:
        left = Counter(round(row.left, 4) for row in rows).most_common(1)[0][0]
        margin = max(1 - left, right_edge) + _SLACK * space
        for above, row in pairwise(rows):
            if row.gap:
                continue
            word = words[row.first]
            width = word.box[2] - word.box[0]
            room = margin - above.right
            text = texts[row.first]
            part = _share_to_hyphen(text) if "-" in text else 1.0
            if part < 1 and space + part * width <= room < space + width:
                self.texts[row.first] = text.replace("-", NO_BREAK_HYPHEN)
                continue
            count = int((room - part * width) / space) + 1
            if 2 <= count <= _MOST:
                self.before[row.first] = count


def _share_to_hyphen(text: str) -> float:
    """Which share of a number's width its first part takes, hyphen included; 1 for other words."""
    if not _NUMBERS.fullmatch(text):
        return 1.0
    widths = [_DIGIT if char.isdigit() else _HYPHEN for char in text]
    return sum(widths[: text.index("-") + 1]) / sum(widths)
