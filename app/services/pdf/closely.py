"""A page looked at closely: how each word is printed, what hides it, what is printed twice.

Asked only of pages that are not plain, as it costs several times what reading the words does. All
places are those of the page before it is turned.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, compress
from typing import Any, cast

import msgspec
import pymupdf

from app.evidence import Box
from app.letter import REDACTED
from app.services.pdf.clipped import clipped_words
from app.services.pdf.drawn_text import UNKNOWN, drawn_lines
from app.services.pdf.looks import Columns, printed_length
from app.services.pdf.printed_twice import printed_twice
from app.services.pdf.words import Look

_FAMILY = re.compile(
    r"^[A-Z]{6}\+|[-,]?(?:Bold|Italic|Oblique|Regular|Roman|Semi|Demi|PSMT|PS|MT)+\b|[-\s]"
)
_ITALIC = 2
_PRINTED = 16 | 32
"""The engine's flags for letters that are filled or drawn round."""
_FAINT = 0x10
_DARK, _CONTRAST = 0.3, 0.07
"""Luminance from 0 to 1: a black box has less; letters that differ less from their ground are none."""
_MOST_HIDDEN = 0.7
_ALIKE = 1.5
_OPAQUE = 200
_SHAPE = 3
_LOWEST_BOX, _SHORTEST_BOX = 0.45, 5.0
"""Least height of a black box over text, in heights of a word, and its least width in points."""
_TALLEST_BOX = 12.0
_ENOUGH_WORDS, _BESIDE = 20, 4.0
"""Words that tell where a page's text stands; points from it to what lies in a margin."""
_ROW = 1.15
_CLOSES, _OPENS = (
    re.compile("[.,;:)\\]'\"?!%/\u2019\u201d-]"),
    re.compile("[($\\['\"#/\u2018\u201c-]$"),
)
_TIGHT = 0.22
"""Of a row's height: marks so close to a black box are of one word with it."""


class _Shape(msgspec.Struct, frozen=True):
    """What is drawn: its box, colour, and the number of its block in the order of the page."""

    box: Box
    colour: int
    block: int
    solid: bool


class Closely(msgspec.Struct):
    """Columns of the words as they are after the look, and of each the number of its look."""

    columns: Columns
    bold: list[bool]
    looks: tuple[Look, ...]
    look_of: tuple[int, ...]


def look_closely(
    page: pymupdf.Page, text_page: pymupdf.TextPage, words: Columns, bold: list[bool], turned: int
) -> Closely:
    """The page's words with their looks: those printed twice once, black boxes as words."""
    blocks = cast("dict[str, Any]", text_page.extractDICT())["blocks"]
    shapes = [_shape(block) for block in blocks if block["type"] == _SHAPE]
    found = _look_of_words(blocks, words, turned)
    _hide(page, words, found, shapes)
    for at in clipped_words(page, words):
        found[at] = msgspec.structs.replace(found[at], seen=False)
    _show_own(words, found)
    _mark_added(page, words, found)
    boxes = _black_boxes(words, found, shapes, turned)
    curves = (shape.box for shape in shapes if not shape.solid)
    drawn = drawn_lines(curves, words.boxes, words.usual_height)
    return _put_together(words, bold, found, boxes, drawn, turned)


def _shape(block: dict[str, Any]) -> _Shape:
    solid = block["isrect"] and not block["stroked"] and block["alpha"] >= _OPAQUE
    return _Shape(block["bbox"], block["color"], block["number"], solid)


def _look_of_words(blocks: Iterable[dict[str, Any]], words: Columns, turned: int) -> list[Look]:
    """The look of each word: the engine prints characters in the same order in words and spans."""
    looks: list[Look] = []
    ends: list[int] = []
    boxes: list[Box] = []
    total = 0
    for block in blocks:
        for line in block.get("lines", ()):
            angle = _angle(line["dir"], turned)
            for span in line["spans"]:
                total += printed_length(span["text"])
                ends.append(total)
                looks.append(_look(span, angle))
                boxes.append(span["bbox"])
    lengths = list(accumulate(map(len, words.texts)))
    if lengths and total == lengths[-1]:
        middles = (
            end - (len(text) + 1) // 2 for end, text in zip(lengths, words.texts, strict=True)
        )
        return [looks[bisect_right(ends, middle)] for middle in middles]
    nearest = [_around((x0 + x1) / 2, (y0 + y1) / 2, boxes) for x0, y0, x1, y1 in words.boxes]
    return [looks[at] if at is not None else Look() for at in nearest]


def _around(x: float, y: float, boxes: Sequence[Box]) -> int | None:
    for at, (x0, y0, x1, y1) in enumerate(boxes):
        if x0 <= x <= x1 and y0 <= y <= y1:
            return at
    return None


def _look(span: dict[str, Any], angle: float) -> Look:
    seen = bool(span["char_flags"] & _PRINTED) and span["alpha"] > _FAINT
    italic = bool(span["flags"] & _ITALIC)
    size = round(span["size"], 1)
    return Look(_family(span["font"]), size, span["color"], angle, seen, italic=italic)


def _family(font: str) -> str:
    """A font's name without what says its weight or slope, or that it is a part of one."""
    name = font.partition(",")[0]
    return _FAMILY.sub("", name).casefold() or name.casefold()


def _angle(direction: tuple[float, float], turned: int) -> float:
    degrees = math.degrees(math.atan2(direction[1], direction[0])) - turned
    return round((degrees + 180) % 360 - 180, 1)


def _luminance(colour: int) -> float:
    red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
    return (0.3 * red + 0.59 * green + 0.11 * blue) / 255


def _hide(page: pymupdf.Page, words: Columns, looks: list[Look], shapes: list[_Shape]) -> None:
    """Marks what does not show: white on paper, and what is drawn or pictured over.

    Where most of a page is so, its words are those recognised in a picture, and count.
    """
    painted = _painted(page, shapes)
    hidden: dict[int, bool] = {}
    for at, look in enumerate(looks):
        x, y = (words.x0s[at] + words.x1s[at]) / 2, (words.y0s[at] + words.y1s[at]) / 2
        covered = _is_covered(x, y, painted)
        if covered or not look.seen or _is_lost(x, y, _luminance(look.colour), painted):
            hidden[at] = covered and look.seen
    counts = len(hidden) > _MOST_HIDDEN * len(looks)
    for at, covered in hidden.items():
        looks[at] = msgspec.structs.replace(looks[at], seen=counts, covered=covered and not counts)


def _show_own(words: Columns, looks: list[Look]) -> None:
    """A black box that says so in its own word, as this program prints it, is read by that."""
    for at, text in enumerate(words.texts):
        if REDACTED in text:
            looks[at] = msgspec.structs.replace(looks[at], seen=True)


class _Painted(msgspec.Struct):
    """What can hide words, in the order it is painted, and where text is painted between.

    `grounds` are number, box and luminance of filled shapes and pictures, the luminance of a
    picture not known; `texts` number and box of runs of text.
    """

    grounds: list[tuple[int, Box, float | None]]
    texts: list[tuple[int, Box]]


def _painted(page: pymupdf.Page, shapes: list[_Shape]) -> _Painted:
    found = _Painted([], [])
    solid = [shape for shape in shapes if shape.solid and _is_wide(shape.box)]
    pictures = page.get_image_info()
    if not solid and not pictures:
        return found
    sheer = [each["bbox"] for each in pictures if each.get("has-mask")]
    back = page.derotation_matrix
    for number, (kind, box) in enumerate(cast("list[tuple[str, Box]]", page.get_bboxlog())):
        if page.rotation:
            box = _moved(pymupdf.Rect(box), back)
        if kind == "fill-text":
            found.texts.append((number, box))
        elif kind == "fill-image" and not any(_alike(box, each) for each in sheer):
            found.grounds.append((number, box, None))
        elif kind == "fill-path":
            colour = next((shape.colour for shape in solid if _alike(box, shape.box)), None)
            if colour is not None:
                found.grounds.append((number, box, _luminance(colour)))
    return found


def _is_covered(x: float, y: float, painted: _Painted) -> bool:
    """Whether something is painted at a place later than any text."""
    last = max((number for number, box, _ in painted.grounds if _holds(box, x, y)), default=-1)
    return last >= 0 and last > max(
        (number for number, box in painted.texts if _holds(box, x, y)), default=-1
    )


def _is_lost(x: float, y: float, luminance: float, painted: _Painted) -> bool:
    """Whether letters there are as light or dark as what they are printed on."""
    grounds = [each for each in painted.grounds if _holds(each[1], x, y)]
    if not grounds:
        return 1.0 - luminance < _CONTRAST
    last = max((number for number, box in painted.texts if _holds(box, x, y)), default=-1)
    below = [light for number, _, light in grounds if number < last]
    return bool(below) and below[-1] is not None and abs(below[-1] - luminance) < _CONTRAST


def _moved(box: pymupdf.Rect, matrix: pymupdf.Matrix) -> Box:
    found = box * matrix
    return (found.x0, found.y0, found.x1, found.y1)


def _is_wide(box: Box) -> bool:
    return box[2] - box[0] >= _SHORTEST_BOX and box[3] - box[1] >= _SHORTEST_BOX


def _alike(box: Box, other: Box) -> bool:
    return all(abs(one - two) < _ALIKE for one, two in zip(box, other, strict=True))


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _mark_added(page: pymupdf.Page, words: Columns, looks: list[Look]) -> None:
    """Marks the words of annotations, which come behind those of the page itself."""
    notes = [note for note in page.annots() if note.type[1] in ("FreeText", "Stamp")]
    if not notes:
        return
    boxes = [_moved(note.rect, page.derotation_matrix) for note in notes]
    for note in notes:
        page.delete_annot(note)
    own = len(page.get_text("words"))
    for at in range(own, len(looks)):
        x, y = (words.x0s[at] + words.x1s[at]) / 2, (words.y0s[at] + words.y1s[at]) / 2
        if any(_holds(box, x, y) for box in boxes):
            looks[at] = msgspec.structs.replace(looks[at], added=True)


def _black_boxes(words: Columns, looks: list[Look], shapes: list[_Shape], turned: int) -> list[Box]:
    """The black boxes that hide what was printed: one for each row that they cover."""
    usual = words.usual_height
    read = [at for at, look in enumerate(looks) if look.seen]
    hidden = [at for at, look in enumerate(looks) if look.covered]
    left, right = (0.0, math.inf) if turned in (90, 270) else _column(words, read)
    found: list[Box] = []
    for shape in shapes:
        x0, y0, x1, y1 = shape.box
        if (x1 < left or x0 > right) and not any(_has(shape.box, words, at) for at in hidden):
            continue  # the copier's edge, a mark in the margin: no words stand there
        if not shape.solid or _luminance(shape.colour) > _DARK or x1 - x0 < _SHORTEST_BOX:
            continue
        rows = max(1, round((y1 - y0) / (_ROW * usual)))
        if y1 - y0 < _LOWEST_BOX * usual or rows > _TALLEST_BOX:
            continue
        if any(_has(shape.box, words, at) for at in read):
            continue  # printed on it, in white
        step = (y1 - y0) / rows
        found += [(x0, y0 + step * row, x1, y0 + step * (row + 1)) for row in range(rows)]
    return _joined(found, usual)


def _has(box: Box, words: Columns, at: int) -> bool:
    """Whether the middle of a word lies in a box."""
    x, y = (words.x0s[at] + words.x1s[at]) / 2, (words.y0s[at] + words.y1s[at]) / 2
    return _holds(box, x, y)


def _column(words: Columns, read: Sequence[int]) -> tuple[float, float]:
    """From where to where most words of a page stand from left to right; few words tell nothing."""
    if len(read) < _ENOUGH_WORDS:
        return 0.0, math.inf
    lefts = sorted([words.x0s[at] for at in read])
    rights = sorted([words.x1s[at] for at in read])
    few = len(read) // 50
    return lefts[few] - _BESIDE, rights[-1 - few] + _BESIDE


def _joined(boxes: list[Box], usual: float) -> list[Box]:
    """Boxes without those drawn twice; those that touch side by side as one."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda each: (round(each[1] / usual), each[0])):
        if found:
            x0, y0, x1, y1 = found[-1]
            shared = min(y1, box[3]) - max(y0, box[1])
            if shared > 0.5 * min(y1 - y0, box[3] - box[1]) and box[0] < x1 + usual / 4:
                found[-1] = (x0, min(y0, box[1]), max(x1, box[2]), max(y1, box[3]))
                continue
        found.append(box)
    return found


def _put_together(
    words: Columns,
    bold: list[bool],
    looks: list[Look],
    boxes: list[Box],
    drawn: list[Box],
    turned: int,
) -> Closely:
    twice = printed_twice(words, looks, turned)
    texts = [_with_marks(words, looks, box, twice) for box in boxes] + [UNKNOWN] * len(drawn)
    boxes = boxes + drawn
    kept = [not gone for gone in twice]
    numbers: dict[Look, int] = {}
    look_of = [numbers.setdefault(look, len(numbers)) for look in compress(looks, kept)]
    columns = Columns(
        list(compress(words.x0s, kept)),
        list(compress(words.y0s, kept)),
        list(compress(words.x1s, kept)),
        list(compress(words.y1s, kept)),
        list(compress(words.texts, kept)),
        list(compress(words.blocks, kept)),
        _renumbered(words, kept),
    )
    bolds = list(compress(bold, kept))
    if boxes:
        usual = max(set(look_of), key=look_of.count, default=0)
        numbers = numbers or {Look(): 0}
        more = len(boxes)
        across, down, right, low = zip(*boxes, strict=True)
        columns = Columns(
            [*columns.x0s, *across],
            [*columns.y0s, *down],
            [*columns.x1s, *right],
            [*columns.y1s, *low],
            [*columns.texts, *texts],
            [*columns.blocks, *[max(words.blocks, default=0) + 1] * more],
            [*columns.places, *[0] * more],
        )
        look_of += [usual] * more
        bolds += [_is_bold_beside(words, bold, box) for box in boxes]
    return Closely(columns, bolds, tuple(numbers), tuple(look_of))


def _is_bold_beside(words: Columns, bold: list[bool], box: Box) -> bool:
    """Whether the word nearest to a box on its row is bold."""
    near, found = math.inf, False
    for at, each in enumerate(bold):
        shared = min(box[3], words.y1s[at]) - max(box[1], words.y0s[at])
        gap = max(words.x0s[at] - box[2], box[0] - words.x1s[at])
        if shared > (words.y1s[at] - words.y0s[at]) / 2 and gap < near and gap > -1:
            near, found = gap, each
    return found


def _with_marks(words: Columns, looks: list[Look], box: Box, gone: list[bool]) -> str:
    """The word for a black box with the marks printed close to it, whose words are then gone."""
    before, behind = "", ""
    for at, text in enumerate(words.texts):
        shared = min(box[3], words.y1s[at]) - max(box[1], words.y0s[at])
        height = words.y1s[at] - words.y0s[at]
        if gone[at] or not looks[at].seen or shared < height / 2:
            continue
        if abs(words.x0s[at] - box[2]) < _TIGHT * height and _CLOSES.match(text):
            behind, gone[at] = text, True
        elif abs(box[0] - words.x1s[at]) < _TIGHT * height and _OPENS.search(text):
            before, gone[at] = text, True
    return f"{before}{REDACTED}{behind}"


def _renumbered(words: Columns, kept: list[bool]) -> list[int]:
    """The words' numbers in their lines, counted anew over those kept."""
    places: list[int] = []
    count = 0
    for place, keep in zip(words.places, kept, strict=True):
        if not place:
            count = 0
        if keep:
            places.append(count)
            count += 1
    return places
