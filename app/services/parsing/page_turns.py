"""Whether white space was printed where the page changed, which parts two paragraphs there.

The empty row is not among the words; it shows as a first row that stands one step too low, or, at
a sentence's end, as a last row that stands one step too high. Measured on the page turns of real
letters: a text that goes on leaves at most 0.8 of a step at the foot, but for single rows that are
kept with the next one, and those do not end a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from app.services.language.sentences import TEXT_END

if TYPE_CHECKING:
    from app.services.parsing.rows import Row

_TOO_LOW, _MUCH_TOO_LOW = 0.6, 1.5
_TOO_HIGH = 1.15


def parted_by_turn(rows: Sequence[Row], step: float) -> Iterator[Row]:
    """The rows that begin a page and a paragraph; `step` is the usual one from row to row."""
    turns = [(above, row) for above, row in pairwise(rows) if above.page != row.page]
    if not turns or not step:
        return
    foot = max(row.bottom for row in rows)
    top = _usual_top([row for _, row in turns], step)
    for above, row in turns:
        low = _TOO_LOW < (row.top - top) / step < _MUCH_TOO_LOW and not row.text[0].islower()
        high = foot - above.bottom > _TOO_HIGH * step
        if low or (high and TEXT_END.search(above.text)):
            yield row


def _usual_top(firsts: Sequence[Row], step: float) -> float:
    """Where pages begin: the highest of several, else as far from the edge as the text's left."""
    tops = [row.top for row in firsts]
    if max(tops) - min(tops) > _TOO_LOW * step:
        return min(tops)
    return min(row.left_as_height() for row in firsts)
