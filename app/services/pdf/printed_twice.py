"""Which words of a page are printed twice, as for a bold that the font lacks, or in a second text layer."""

from __future__ import annotations

from collections.abc import Sequence

from app.evidence import Box
from app.services.pdf.looks import Columns
from app.services.pdf.words import Look

_SAME_PLACE = 0.4
"""Of its height: the farthest from a word that the same word is its second print."""
_WAYS = 30
"""Degrees: what runs so far another way is no second print."""


def printed_twice(words: Columns, looks: Sequence[Look], turned: int) -> list[bool]:
    """Of each word whether it stands at the same place before, or is covered by other words' print.

    What shows is kept where one of the two does not. What runs another way, as what shows through
    from a sheet's back does, is another print. `turned` is how most words run: a row's height is
    across that.
    """
    grid: dict[tuple[str, int, int, int], list[tuple[float, float]]] = {}
    gone = [False] * len(looks)
    boxes = list(words.boxes)
    order = sorted(range(len(looks)), key=lambda at: not looks[at].seen)
    for at in order:
        x, y, height = _begins(boxes[at], turned)
        near = max(height * _SAME_PLACE, 1.0)
        text = words.texts[at]
        column, row, way = int(x // 8), int(y // 8), round(looks[at].angle / _WAYS)
        places = [
            (text, way, column + across, row + down) for across in (-1, 0, 1) for down in (-1, 0, 1)
        ]
        others = (each for place in places for each in grid.get(place, ()))
        if any(abs(left - x) < near and abs(middle - y) < near for left, middle in others):
            gone[at] = True
        else:
            grid.setdefault((text, way, column, row), []).append((x, y))
    return gone


def _begins(box: Box, turned: int) -> tuple[float, float, float]:
    """Where a word begins, at the middle of its height, and that height."""
    x0, y0, x1, y1 = box
    if turned in (90, 270):
        return (x0 + x1) / 2, y0 if turned == 90 else y1, x1 - x0
    return x1 if turned == 180 else x0, (y0 + y1) / 2, y1 - y0
