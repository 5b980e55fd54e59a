"""Whether the characters that a file names are those its pages show: told by their shapes.

A font may carry a map of its own from glyphs to characters, and nothing but the eye can say that it
is right: with a wrong one a date or a case number reads as another that is just as plausible. So of
each letter and digit some are drawn and compared with the same character of other fonts. Asked only
of pages whose fonts have such a map, once for each font.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportPrivateImportUsage=false

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from operator import sub

import pymupdf

from app.services.pdf.engine import own_object
from app.services.pdf.looks import Columns

_WIDTH, _HEIGHT = 10, 15
"""Of the grid on which two shapes are compared."""
_SCALE = 5.0
_INK = 140
"""Pixels darker than this belong to a character."""
_MOST_WORDS, _LONGEST = 40, 14
_USUAL = frozenset(("the", "of", "and", "to", "in", "is", "was", "for", "Case", "Date"))
"""Words of every letter: where one of them is not there, letters are looked at as well as digits."""
_TIMES_DIGIT, _TIMES_LETTER = 2, 2
_DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_KNOWN = _DIGITS + _LETTERS
_LIKE = {char: char.casefold() for char in _KNOWN} | dict.fromkeys("iIjJlL", "i")
"""Letters that many fonts draw alike once they are of one height, as one."""
_REFERENCES = ("tiro", "helv", "tibo", "hebo")
_SURE = 0.2
"""How far apart two shapes of one character are, at most."""
_LEAST_DIGIT, _LEAST_LETTER = 0.1, 0.17
"""What is nearer to its own character is right."""
_LEANS, _OTHER, _CLEARLY_OTHER, _QUITE_OTHER = 0.9, 0.75, 0.5, 0.4
"""Which share of the way to its own character another one's is: the first where two are so of each
other, the last where two letters are so."""
_DIGITS_ENOUGH, _LETTERS_ENOUGH = 2, 4
_ALNUM = re.compile(rb"<00(?:3[0-9]|[46][1-9a-fA-F]|[57][0-9aA])>")

Shape = bytes


class MapChecker:
    """Looks through the pages of one file."""

    def __init__(self, document: pymupdf.Document) -> None:
        self._document = document
        self._right: dict[int, bool | None] = {}
        self._fonts_of: dict[int, list[int]] = {}

    def is_wrong(self, page: pymupdf.Page, words: Columns) -> bool:
        """Whether a font of the page names other characters than those it shows."""
        every = self._fonts_of[(page.number or 0) + 1] = self._fonts(page)
        fonts = [font for font in every if self._has_map(font)]
        new = [font for font in fonts if self._right[font] is None]
        if new:
            right = not _is_contradicted(page, words)
            self._right.update(dict.fromkeys(new, right))
        return not all(self._right[font] for font in fonts)

    def seams(self) -> tuple[int, ...]:
        """The pages that begin what was bound into the file from another: none of their fonts is
        one of the pages before, as those of one file's pages are. None where no two pages share any.
        """
        bound: list[set[int]] = []
        begin: list[int] = []
        shared = False
        for number, fonts in self._fonts_of.items():
            same = next((each for each in bound if not each.isdisjoint(fonts)), None)
            if same is not None:
                same.update(fonts)
                shared = True
            elif fonts:
                bound.append(set(fonts))
                begin.append(number)
        return tuple(begin[1:]) if shared else ()

    def _fonts(self, page: pymupdf.Page) -> list[int]:
        """The numbers of the page's fonts in the file; of one without a number, less than nought,
        that of its map."""
        mupdf = pymupdf.mupdf
        named = mupdf.pdf_dict_getp(own_object(page), "Resources/Font")
        if not mupdf.pdf_is_dict(named):  # inherited, or in a form that the page only places
            return [font[0] for font in page.get_fonts() if font[0]]
        fonts: list[int] = []
        for at in range(mupdf.pdf_dict_len(named)):
            font = mupdf.pdf_dict_get_val(named, at)
            number = mupdf.pdf_to_num(font)
            if number not in self._right:
                named_by = mupdf.pdf_dict_gets(font, "ToUnicode")
                if not number:  # written into the page itself, as each page's own one may be
                    number = -mupdf.pdf_to_num(named_by)
                elif not named_by.m_internal:
                    self._right[number] = True
            if number:
                fonts.append(number)
        return fonts

    def _has_map(self, font: int) -> bool:
        """Whether the font has a map that names letters or digits."""
        if font not in self._right:
            named_by = -font
            if font > 0:
                kind, value = self._document.xref_get_key(font, "ToUnicode")
                named_by = int(value.split()[0]) if kind == "xref" else 0
            named = (self._document.xref_stream(named_by) or b"") if named_by else b""
            self._right[font] = None if _ALNUM.search(named) else True
        return self._right[font] is not True


def _is_contradicted(page: pymupdf.Page, words: Columns) -> bool:
    """Whether shapes on a page are surely those of other characters than are named."""
    shown: dict[str, str] = {}
    leans: dict[str, str] = {}
    clearly: set[str] = set()
    for char, shape in _sample(page, words):
        other, share = _other(char, shape)
        if other:
            leans[_LIKE[char]] = _LIKE[other]
            if leans.get(_LIKE[other]) == _LIKE[char]:
                return True  # no font draws each of two characters more like the other
        if share >= _OTHER:
            continue
        if other and char in _DIGITS and share < _CLEARLY_OTHER:
            return True
        if other:
            shown[_LIKE[char]] = _LIKE[other]
            clearly |= {_LIKE[char]} if share < _QUITE_OTHER else set()
            if _is_enough(shown) or len(clearly) > 1:
                return True
    return False


def _is_enough(shown: dict[str, str]) -> bool:
    """Whether so many characters are shown by others that it is no font's way."""
    digits = sum(1 for char in shown if char in _DIGITS)
    return digits >= _DIGITS_ENOUGH or len(shown) - digits >= _LETTERS_ENOUGH


def _sample(page: pymupdf.Page, words: Columns) -> Iterator[tuple[str, Shape]]:
    """Each letter and digit of a page, with how it looks there; from numbers first."""
    drawn = page.get_displaylist()
    texts = words.texts
    left = dict.fromkeys(_DIGITS, _TIMES_DIGIT)
    if not _USUAL.issubset(texts):
        left |= dict.fromkeys(_LETTERS, _TIMES_LETTER)
    taken = 0
    for at in sorted(range(len(texts)), key=lambda at: not texts[at][:1].isdecimal()):
        text = texts[at]
        wanted = [number for number, char in enumerate(text) if left.get(char)]
        if not wanted or len(text) > _LONGEST or not text.isascii():
            continue
        box = pymupdf.Rect(words.x0s[at], words.y0s[at], words.x1s[at], words.y1s[at])
        box += (-1, -1, 1, 1)
        seen = _Print(drawn, box * page.rotation_matrix if page.rotation else box)
        taken += 1
        if seen.count == len(text):  # else some touch each other, or the word runs up the page
            for number in wanted:
                left[text[number]] -= 1
                yield text[number], seen.shape(number)
        if taken >= _MOST_WORDS:
            return


def _other(char: str, shape: Shape) -> tuple[str, float]:
    """The other character that a shape is rather, and how much nearer it is to that; else none."""
    references = _references()
    own = min((_apart(shape, each) for each in references[char]), default=0.0)
    if own < (_LEAST_DIGIT if char in _DIGITS else _LEAST_LETTER):
        return "", 1.0
    best, other = min(
        (_apart(shape, each), other)
        for other in (_DIGITS if char in _DIGITS else _LETTERS)
        if _LIKE[other] != _LIKE[char]
        for each in references[other]
    )
    if best < _SURE and best < _LEANS * own:
        return other, best / own
    return "", 1.0


def _apart(shape: Shape, other: Shape) -> float:
    return sum(map(abs, map(sub, shape, other))) / (255 * len(shape))


@cache
def _references() -> dict[str, list[Shape]]:
    """The shapes of each character in fonts that come with the engine."""
    found: dict[str, list[Shape]] = {}
    for font in _REFERENCES:
        document = pymupdf.open()
        page = document.new_page(width=len(_KNOWN) * 20, height=40)
        for at, char in enumerate(_KNOWN):
            page.insert_text((20 * at + 4, 25), char, fontname=font, fontsize=12)
        drawn = page.get_displaylist()
        for at, char in enumerate(_KNOWN):
            alone = _Print(drawn, pymupdf.Rect(20 * at, 5, 20 * at + 20, 35))
            if alone.count == 1:
                found.setdefault(char, []).append(alone.shape(0))
        document.close()
    return found


class _Print:
    """A small part of a page as it looks: characters side by side, parted by white columns."""

    def __init__(self, drawn: pymupdf.DisplayList, box: pymupdf.Rect) -> None:
        matrix = pymupdf.Matrix(_SCALE, _SCALE)
        self._seen = drawn.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=0, clip=box)
        self._pixels, self._stride = bytes(self._seen.samples), self._seen.stride
        inked = [min(self._pixels[x :: self._stride]) < _INK for x in range(self._seen.width)]
        edges = [x for x, (one, two) in enumerate(pairwise((False, *inked, False))) if one != two]
        self._places = list(zip(edges[::2], edges[1::2], strict=True))
        self.count = len(self._places)

    def shape(self, number: int) -> Shape:
        """A character on the grid, from the left, 0 the first."""
        left, right = self._places[number]
        pixels, stride, seen = self._pixels, self._stride, self._seen

        def is_inked(y: int) -> bool:
            return min(pixels[y * stride + left : y * stride + right]) < _INK

        top = next(filter(is_inked, range(seen.height)))
        bottom = next(filter(is_inked, reversed(range(seen.height))))
        place = pymupdf.IRect(seen.x + left, seen.y + top, seen.x + right, seen.y + bottom + 1)
        alone = pymupdf.Pixmap(pymupdf.csGRAY, place)
        alone.copy(seen, place)
        return bytes(pymupdf.Pixmap(alone, _WIDTH, _HEIGHT).samples)
