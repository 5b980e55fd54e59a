"""The recogniser itself: from the picture of a page to its words."""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingImports=false

from __future__ import annotations

import math
import os
import threading
from functools import cache
from itertools import groupby
from operator import attrgetter
from statistics import median
from typing import Any, NamedTuple

from PIL import Image

from app.evidence import Box
from app.services.pdf import PdfPage, Word
from app.services.pdf.scans import Scan
from app.services.recognition.installed import LANGUAGE, NotInstalled, data_folder
from app.services.recognition.preparing import (
    DOTS,
    Prepared,
    at_even_dots,
    levelled,
    lies_on_its_side,
    softened,
    turned_back,
)

_TALL_LINE = 1.8
"""Of the page's usual line: what is taller is no line of text alone."""
_SURE, _LEAST_SURE = 0.75, 0.6
"""A page most of whose words are read so surely stands upright."""
_FEW = 4
_ONE_AT_A_TIME = threading.Lock()
"""Copies are proved in several threads, and the engine reads one picture at a time."""
_MARKS = frozenset("-–.,;:/&+%#*()?!$=<>•")
"""Of these a word may be that has neither letters nor figures."""


class _Found(NamedTuple):
    text: str
    box: tuple[int, int, int, int]
    line: tuple[int, int, int, int]
    row: int
    certainty: float


def read_scan(scan: Scan) -> PdfPage:
    """The page with the words in its picture, upright or turned, in the order they are read."""
    grey = Image.frombytes("L", (scan.width, scan.height), scan.grey)
    even = at_even_dots(grey, scan.across, scan.down)
    turned, prepared, found = _read_upright(even)
    slope = math.tan(math.radians(prepared.skew))
    places = _places(found)
    words = [
        Word(each.text, _on_page(box, prepared, turned), False, each.row)
        for each, box in zip(found, places, strict=True)
    ]
    page = PdfPage(scan.page, scan.points[0], scan.points[1], turned, slope=slope)
    page = page.with_words(words)
    return page.as_recognised(tuple(each.certainty for each in found))


def read_printed(scan: Scan) -> str:
    """What stands on a page that a program printed and that was drawn upright, line by line.

    In half the time of `read_scan`: there is no noise to be taken out, and nothing is turned.
    """
    picture = Image.frombytes("L", (scan.width, scan.height), scan.grey)
    found = _words_of(picture, round(scan.down))
    rows = groupby(found, key=attrgetter("row"))
    return "\n".join(" ".join(each.text for each in row) for _, row in rows)


def _read_upright(even: Image.Image) -> tuple[int, Prepared, list[_Found]]:
    """The turn at which most is read, with what is read there."""
    best: tuple[int, Prepared, list[_Found]] | None = None
    turns = (90, 270, 0, 180) if lies_on_its_side(even) else (0, 180, 90, 270)
    for place, turned in enumerate(turns):
        # Of few words askew it is not sure how they lie: where none was read, the others are tried.
        if place == 2 and best is not None and _sum(best[2]):
            break
        prepared = levelled(softened(turned_back(even, turned)))
        found = _words_of(prepared.picture)
        if best is None or _sum(found) > _sum(best[2]):
            best = turned, prepared, found
        if _is_upright(found):
            break
    assert best is not None
    return best


def _is_upright(found: list[_Found]) -> bool:
    told = [each.certainty for each in found if len(each.text) > 2 and each.text.isalpha()]
    sure = sum(1 for certainty in told if certainty > _SURE)
    return len(told) >= _FEW and sure >= _LEAST_SURE * len(told)


def _sum(found: list[_Found]) -> float:
    return sum(each.certainty * len(each.text) for each in found if each.certainty > _SURE)


@cache
def _engine() -> Any:
    # More threads than one cost more processor time and end hardly sooner.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    folder = data_folder()
    try:
        import tesserocr
    except ImportError as error:
        raise NotInstalled from error
    if folder is None:
        raise NotInstalled
    return tesserocr.PyTessBaseAPI(
        path=str(folder), lang=LANGUAGE, psm=tesserocr.PSM.AUTO, oem=tesserocr.OEM.LSTM_ONLY
    )


def _words_of(picture: Image.Image, dots: int = DOTS) -> list[_Found]:
    with _ONE_AT_A_TIME:
        return _recognised(picture, dots)


def _recognised(picture: Image.Image, dots: int) -> list[_Found]:
    from tesserocr import RIL

    engine = _engine()
    engine.SetImageBytes(picture.tobytes(), picture.width, picture.height, 1, picture.width)
    engine.SetSourceResolution(dots)
    engine.Recognize()
    found: list[_Found] = []
    results = engine.GetIterator()
    row = -1
    while results is not None:
        if results.IsAtBeginningOf(RIL.TEXTLINE):
            row += 1
        box = results.BoundingBox(RIL.WORD)
        if box and not results.Empty(RIL.WORD):
            text = _without_rules(results.GetUTF8Text(RIL.WORD) or "")
            if text:
                line = results.BoundingBox(RIL.TEXTLINE) or box
                certainty = results.Confidence(RIL.WORD) / 100
                found.append(_Found(text, box, line, max(row, 0), round(certainty, 3)))
        if not results.Next(RIL.WORD):
            break
    engine.Clear()
    return found


def _without_rules(text: str) -> str:
    """A word without the table's lines beside it, which are read as bars and strokes."""
    text = text.strip().strip("|_—")
    if "]" not in text:
        text = text.lstrip("[|_—")
    if "[" not in text:
        text = text.rstrip("]|_—")
    return "" if not any(map(str.isalnum, text)) and not _MARKS.issuperset(text) else text


def _places(found: list[_Found]) -> list[tuple[int, int, int, int]]:
    """Of each word the box, as tall as its line: a comma's is not the row's."""
    usual = median(each.line[3] - each.line[1] for each in found) if found else 0
    return [
        (each.box[0], each.line[1], each.box[2], each.line[3])
        if each.line[3] - each.line[1] <= _TALL_LINE * usual
        else each.box
        for each in found
    ]


def _on_page(box: tuple[int, int, int, int], prepared: Prepared, turned: int) -> Box:
    """A box of the prepared picture, on the page as it is shown."""
    width, height = prepared.picture.size
    angle = math.radians(prepared.skew)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = (box[0] + box[2] - width) / 2, (box[1] + box[3] - height) / 2
    x, y = x * cos - y * sin, x * sin + y * cos
    wide, tall = box[2] - box[0], box[3] - box[1]
    tall += abs(sin) * wide
    x0, x1 = (x - wide / 2) / width + 0.5, (x + wide / 2) / width + 0.5
    y0, y1 = (y - tall / 2) / height + 0.5, (y + tall / 2) / height + 0.5
    if turned == 90:
        x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
    elif turned == 180:
        x0, y0, x1, y1 = 1 - x1, 1 - y1, 1 - x0, 1 - y0
    elif turned == 270:
        x0, y0, x1, y1 = y0, 1 - x1, y1, 1 - x0
    return (max(x0, 0.0), max(y0, 0.0), min(x1, 1.0), min(y1, 1.0))
