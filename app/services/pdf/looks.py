"""How words look (bold or not): taken from the engine's XHTML, which costs a seventh of its spans.

The engine prints characters in the same order in its word list and its XHTML, so that both can be
walked side by side. Where the two do not agree, or the text runs sideways, the slower spans are
used, which carry places. Real letters do not embed their fonts: bold shows in font flags or names.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, compress, islice
from operator import lt, sub
from typing import Any, cast

import msgspec
import pymupdf

from app.evidence import Box

RawWord = tuple[float, float, float, float, str, int, int, int]
"""x0, y0, x1, y1, text, block, line, word: as the engine gives it; words count from 0 in a line."""

_BOLD_FLAG = 16
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_BORDER = "\0"
"""Stands for where bold print begins or ends."""
_TAG = re.compile("<[^>]*>")
_NO_INK = re.compile("[\\s\u00a0\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_STRIP = 24
"""Points: spans are looked up in strips across the page of this height."""
_PALE, _INK = 0xC0C0C0, 100
"""Bits that all light greys have, as what shows through from a sheet's back; how much more a
character in ink says of how a page runs."""
_SAMPLE = 120
"""So many words tell which way a page's text runs."""


class Columns(msgspec.Struct):
    """The words of a page, of which there is at least one, column by column of `RawWord`.

    A letter is read in half the time it takes word by word.
    """

    x0s: Sequence[float]
    y0s: Sequence[float]
    x1s: Sequence[float]
    y1s: Sequence[float]
    texts: Sequence[str]
    blocks: Sequence[int]
    places: Sequence[int]

    @property
    def boxes(self) -> Iterable[Box]:
        return zip(self.x0s, self.y0s, self.x1s, self.y1s, strict=True)

    @property
    def usual_height(self) -> float:
        """Of a word, in points."""
        heights = sorted(map(sub, self.y1s, self.y0s))
        return heights[len(heights) // 2]


class Looks(msgspec.Struct):
    """Of each word whether it is bold, and whether some of them are in italics.

    `turned` is by how many degrees the text is turned in the unturned page.
    """

    bold: list[bool]
    turned: int = 0
    italic: bool = False


def looks(text_page: pymupdf.TextPage, words: Columns) -> Looks:
    """The looks of a page's words."""
    return quick_looks(text_page, words) or _from_spans(text_page, words)


def quick_looks(text_page: pymupdf.TextPage, words: Columns) -> Looks | None:
    """The looks of a page's words where they run upright and are all that the text holds."""
    if _sideways(words):
        return None
    page = text_page.extractXHTML()
    bold = _from_xhtml(page, words.texts)
    return None if bold is None else Looks(bold, italic="<i>" in page)


def _sideways(words: Columns) -> bool:
    """Whether words begin before the one before them in their line ends; a sample tells.

    So it is where lines run up, down or backwards.
    """
    inside = islice(words.places, 1, _SAMPLE)
    odd = sum(compress(map(lt, islice(words.x0s, 1, None), words.x1s), inside))
    return odd * 5 > min(len(words.places), _SAMPLE)


def _from_xhtml(page: str, texts: Sequence[str]) -> list[bool] | None:
    """Bold or not, of each word; None where the XHTML holds more or less than the words.

    The engine writes `<b>` where bold print begins and `</b>` where it ends, never one in another.
    """
    if _BORDER in page:
        return None
    page = page.replace("<b>", _BORDER).replace("</b>", _BORDER)
    text = _TAG.sub("", page.replace("<p>", "").replace("</p>", ""))
    runs = (html.unescape(text) if "&" in text else text).split(_BORDER)
    borders = list(accumulate(map(printed_length, runs)))
    ends = list(accumulate(map(len, texts)))
    if borders.pop() != ends[-1]:
        return None
    bold = [False] * len(texts)
    turns = [_first_behind(border, texts, ends) for border in borders]
    for first, end in zip(turns[::2], turns[1::2], strict=True):
        bold[first:end] = [True] * (end - first)
    return bold


def printed_length(text: str) -> int:
    """How many characters of a text are printed."""
    if text.isascii():
        return len(text) - text.count(" ") - text.count("\n")
    return len(_NO_INK.sub("", "".join(text.split())))


def _first_behind(border: int, texts: Sequence[str], ends: Sequence[int]) -> int:
    """The first word whose middle lies behind so many inked characters; `ends` are the words'."""
    word = bisect_left(ends, border)
    return word + (ends[word] - (len(texts[word]) + 1) // 2 < border)


_Span = tuple[float, float, float, float, bool]
"""A run's box, and whether it is bold."""


def _from_spans(text_page: pymupdf.TextPage, words: Columns) -> Looks:
    """Looks each word up among the spans: by the characters before it, or by its place."""
    spans: list[_Span] = []
    ends: list[int] = []
    ways: dict[int, int] = {}
    total = 0
    page = cast("dict[str, Any]", text_page.extractDICT())
    for block in page["blocks"]:
        for line in block.get("lines", ()):
            weight = 0
            for span in line["spans"]:
                length = printed_length(span["text"])
                total += length
                weight += length if span["color"] & _PALE == _PALE else length * _INK
                ends.append(total)
                spans.append((*span["bbox"], _is_bold(span)))
            way = _way(line["dir"])
            ways[way] = ways.get(way, 0) + weight
    turned = max(ways, key=ways.__getitem__, default=0)
    lengths = list(accumulate(map(len, words.texts)))
    if total == lengths[-1]:
        middles = map(sub, lengths, ((len(text) + 1) // 2 for text in words.texts))
        return Looks([spans[bisect_right(ends, middle)][4] for middle in middles], turned)
    return Looks(_bold_by_place(words, spans), turned)


def _bold_by_place(words: Columns, spans: Sequence[_Span]) -> list[bool]:
    """Of each word whether the span that its middle lies in is bold."""
    strips: dict[int, list[_Span]] = {}
    for span in spans:
        for strip in range(int(span[1] // _STRIP), int(span[3] // _STRIP) + 1):
            strips.setdefault(strip, []).append(span)
    middles = (((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in words.boxes)
    return [_bold_at(x, y, strips.get(int(y // _STRIP), ())) for x, y in middles]


def _bold_at(x: float, y: float, spans: Sequence[_Span]) -> bool:
    for x0, y0, x1, y1, bold in spans:
        if x0 <= x <= x1 and y0 <= y <= y1:
            return bold
    return False


def _is_bold(span: dict[str, Any]) -> bool:
    if span["flags"] & _BOLD_FLAG:
        return True
    font: str = span["font"].lower()
    return any(name in font for name in _BOLD_NAMES)


def _way(direction: tuple[float, float]) -> int:
    """Degrees clockwise that a line is turned from reading left to right."""
    across, down = direction
    if abs(across) >= abs(down):
        return 0 if across >= 0 else 180
    return 90 if down > 0 else 270
