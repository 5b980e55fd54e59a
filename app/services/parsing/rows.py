"""The rows of a page: which words stand side by side, in which order, on a page turned any way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress, pairwise
from operator import sub
from typing import TypeVar

import msgspec

from app.evidence import Box
from app.letter import REDACTED
from app.services.pdf import WHOLE, PdfPage, levelled

_ODD = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202f\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff]"
)
_SOFT_HYPHEN = "\u00ad"
GLUED = re.compile(
    r":(?:(?<=[^:\s]:)(?=(?:Upheld|Overturned|UPHELD|OVERTURNED)\b)"
    r"|(?=[^\W_])(?:(?<=Licensure:)|(?<=Specialty:)|(?<=Number:)|(?<=Assigned:)|(?<=Injury:)|(?<=Date:)"
    r"|(?<=Priority:)|(?<=Received:)|(?<=guideline:)|(?<=rationale:)))"
)
"""Where a space is lost behind a colon: before a decision, or behind a label."""
_OVER = 0.004
"""Of the page's width: lines that reach so far over each other are no cells."""
_SHARED = 0.55
"""Of the lower one's height: what two lines share that stand side by side."""
_Value = TypeVar("_Value")


class Row(msgspec.Struct, eq=False, gc=False):
    """One printed row: words `first` to `last` (not included) of the sheet.

    `at` are its words' numbers among those of `level`, its page with the text upright. `box` is its
    place on the page as shown; `top` and `bottom`, `left` and `right` are the same turned upright.
    `spaces` is the white space between its words from left to right, as a share of the page. `gap`
    says whether white space parts it from the row above. `jumbled` says that words of several lines
    of the file lie over one another in it, so that their order is a guess.
    """

    level: PdfPage
    page: int
    at: Sequence[int]
    box: Box
    left: float
    top: float
    right: float
    bottom: float
    texts: Sequence[str]
    spaces: list[float]
    text: str
    first: int = 0
    last: int = 0
    number: int = 0
    gap: bool = False
    jumbled: bool = False
    shown: PdfPage | None = None
    """The page its boxes are those of, where that is not `level`."""

    def show_on(self, page: PdfPage) -> None:
        """Its boxes are those of this page, of which its own is the level one."""
        self.shown = page
        self.box = _union(page, self.at)

    def clean(self) -> None:
        """Drops what prints nothing."""
        if self.text.isascii() and self.text.isprintable():
            return
        texts = [_clean(text) for text in self.texts]
        cleaned = _without_soft_hyphens(texts) if _SOFT_HYPHEN in self.text else texts
        self.at = list(compress(self.at, cleaned))
        self.texts = [text for text in cleaned if text]
        self.spaces = _spaces_between(self.level, self.at)
        self.text = " ".join(self.texts)

    def part_glued(self) -> None:
        """Parts words in which a space is lost: `spine:Upheld`, `Specialty:Surgery`."""
        glued = [
            (at, found.end()) for at, text in enumerate(self.texts) if (found := GLUED.search(text))
        ]
        if not glued:
            return
        texts, at, spaces = list(self.texts), list(self.at), list(self.spaces)
        for place, cut in reversed(glued):
            texts[place : place + 1] = [texts[place][:cut], texts[place][cut:]]
            at.insert(place, at[place])
            spaces.insert(place, 0.0)
        self.texts, self.at, self.spaces = texts, at, spaces
        self.text = " ".join(texts)

    def bold(self) -> Sequence[bool]:
        """Of each word whether it is bold."""
        return _picked(self.level.bold, self.at)

    def sides_of(self, word: int) -> tuple[float, float]:
        """The left and right edge of a word of the sheet that stands in this row."""
        number = self.at[word - self.first]
        return self.level.lefts[number], self.level.rights[number]

    def left_as_height(self) -> float:
        """How far its page's edge is to the left, as a share of the page's height."""
        return self.left * self.level.width / self.level.height

    def box_of(self, first: int, last: int) -> Box:
        """The box around words of the sheet that all stand in this row."""
        return _union(self.shown or self.level, self.at[first - self.first : last - self.first])


def page_rows(page: PdfPage) -> list[Row]:
    """The rows of one page, top down; words of a row from left to right."""
    if not page.texts:
        return []
    if not (page.slope or page.turned) and page.frame == WHOLE:
        return _level_rows(page)
    rows = _level_rows(levelled(page))
    for row in rows:
        row.show_on(page)
    return rows


def _level_rows(page: PdfPage) -> list[Row]:
    number, texts = page.number, page.texts
    lefts, tops, rights, bottoms = page.lefts, page.tops, page.rights, page.bottoms
    spaces = list(map(sub, lefts[1:], rights))
    found: list[Row] = []
    for first, end in pairwise((*page.starts, len(texts))):
        at = range(first, end)
        inside = spaces[first : end - 1]
        if not inside:
            box = (lefts[first], tops[first], rights[first], bottoms[first])
        elif min(inside) < 0:
            box = _union(page, at)
        else:  # from left to right, as nearly all
            box = (lefts[first], min(tops[first:end]), rights[end - 1], max(bottoms[first:end]))
        words = texts[first:end]
        found.append(Row(page, number, at, box, *box, words, inside, " ".join(words)))
    found.sort(key=_height)
    rows: list[Row] = []
    beside: list[Row] = []
    main: Row | None = None
    for row in found:
        if main is not None and row.top < main.bottom and _same_row(main, row):
            beside.append(row)
            if len(row.text) > len(main.text):
                main = row  # a row is as high as most of it, whatever stands beside
            continue
        if beside:
            rows[-1] = _side_by_side([rows[-1], *beside], page)
            beside = []
        rows.append(row)
        main = row
    if beside:
        rows[-1] = _side_by_side([rows[-1], *beside], page)
    return rows


def _height(row: Row) -> float:
    return row.top + row.bottom


def _side_by_side(lines: list[Row], page: PdfPage) -> Row:
    """One row of the words of several lines."""
    at = [number for line in lines for number in line.at]
    of_line = {number: line for line in lines for number in line.at}
    at.sort(key=page.lefts.__getitem__)
    boxes = [line.box for line in lines]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    box = (min(lefts), min(tops), max(rights), max(bottoms))
    texts = _picked(page.texts, at)
    row = Row(page, page.number, at, box, *box, texts, _spaces_between(page, at), " ".join(texts))
    row.jumbled = any(
        of_line[number] is not of_line[after]
        and gap < -_OVER
        and REDACTED not in page.texts[number]
        and REDACTED not in page.texts[after]
        for gap, (number, after) in zip(row.spaces, pairwise(at), strict=True)
    )
    return row


def _spaces_between(page: PdfPage, at: Sequence[int]) -> list[float]:
    lefts, rights = page.lefts, page.rights
    return [lefts[after] - rights[number] for number, after in pairwise(at)]


def _same_row(above: Row, row: Row) -> bool:
    """Whether two lines that share some height stand side by side: cells, or words far apart."""
    one, two = above.bottom - above.top, row.bottom - row.top
    reach = above.bottom - row.top
    if reach <= _SHARED * one and reach <= _SHARED * two:
        return False  # as nearly all: no more than the space between rows, without comparing edges
    return min(above.bottom, row.bottom) - max(above.top, row.top) > _SHARED * min(one, two)


def _union(page: PdfPage, at: Sequence[int]) -> Box:
    """The box around the words of these numbers."""
    if len(at) == 1:
        number = at[0]
        return (page.lefts[number], page.tops[number], page.rights[number], page.bottoms[number])
    return (
        min(_picked(page.lefts, at)),
        min(_picked(page.tops, at)),
        max(_picked(page.rights, at)),
        max(_picked(page.bottoms, at)),
    )


def _picked(column: Sequence[_Value], at: Sequence[int]) -> Sequence[_Value]:
    """What a column says of the words of these numbers, which mostly follow each other."""
    if isinstance(at, range):
        return column[at.start : at.stop]
    return [column[number] for number in at]


def _without_soft_hyphens(texts: list[str]) -> list[str]:
    """The words of a row: nothing is printed for such a hyphen but at its end, where it breaks a word."""
    last = texts.pop()
    kept = [text.replace(_SOFT_HYPHEN, "") for text in texts]
    return [*kept, last[:-1].replace(_SOFT_HYPHEN, "") + last[-1:]]


def _clean(text: str) -> str:
    """A word without what prints nothing: control characters and direction marks."""
    return "".join(_ODD.sub("", text).split())
