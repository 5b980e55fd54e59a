"""Lines of a page that are seen but not there as words: text that a program turned into curves."""

from __future__ import annotations

from collections.abc import Iterable

from app.evidence import Box

UNKNOWN = "\ufffd"
"""Stands for print that the file draws without saying what it is."""
_LEAST = 14
"""So many curves beside each other, each of a letter's size, are no ornament and no signature."""
_SHORTEST = 60.0
"""Points."""
_LOW, _TALL = 0.1, 1.3
"""Of a line's height: what a letter of it takes."""
_SPARSE = 1.2
"""Heights of a line for each curve: letters stand closer."""


def drawn_lines(curves: Iterable[Box], words: Iterable[Box], usual: float) -> list[Box]:
    """Where curves stand like the letters of a line of text and no words do."""
    letters = [
        box
        for box in curves
        if _LOW * usual < box[3] - box[1] < _TALL * usual and box[2] - box[0] < _TALL * usual
    ]
    if len(letters) < _LEAST:
        return []
    rows: list[list[Box]] = []
    for box in sorted(letters, key=_middle):
        if rows and _middle(box) - _middle(rows[-1][0]) < usual * 0.75:
            rows[-1].append(box)
        else:
            rows.append([box])
    found = [_around(row) for row in rows if _is_line(row, usual)]
    middles = [((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in words] if found else []
    return [
        box
        for box in found
        if not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in middles)
    ]


def _is_line(row: list[Box], usual: float) -> bool:
    x0, y0, x1, y1 = _around(row)
    wide = x1 - x0
    close = wide < _SPARSE * usual * len(row)
    return len(row) >= _LEAST and wide > _SHORTEST and y1 - y0 < 2 * usual and close


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _around(row: list[Box]) -> Box:
    x0s, y0s, x1s, y1s = zip(*row, strict=True)
    return (min(x0s), min(y0s), max(x1s), max(y1s))
