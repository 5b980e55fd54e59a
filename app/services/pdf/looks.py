"""How words look: taken from the engine's HTML, which costs a quarter of its spans.

The engine prints characters in the same order in its word list and its HTML, so that both can be
walked side by side. Where the two do not agree, or the text runs sideways, the slower spans are
used, which carry places. Real letters do not embed their fonts: bold shows in font flags or names.

Most pages are plain: one or two fonts in black, lines from top to bottom. `is_plain` says so from
the little that is cheap to ask, so that only the others are looked at closely.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, compress, islice, pairwise
from operator import lt, not_, sub
from typing import Any, cast

import msgspec
import pymupdf

from app.services.pdf.words import Look

RawWord = tuple[float, float, float, float, str, int, int, int]
"""x0, y0, x1, y1, text, block, line, word: as the engine gives it; words count from 0 in a line."""

_BOLD_FLAG = 16
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_BOLD_TAG = re.compile("</?b>")
_TAG = re.compile("<[^>]*>")
_NO_INK = re.compile("[\\s\u00a0\u200d\u202a-\u202e]+")
_STYLE = re.compile('<span style="([^"]*)">(?=[^<]*[^<\\s])')
_USUAL = re.compile(r"font-family:([^;]*);font-size:([\d.]+)pt;color:#000000$")
_FAMILY = re.compile(
    r"^[A-Z]{6}\+|[-,]?(?:Bold|Italic|Oblique|Regular|Roman|Semi|Demi|PSMT|PS|MT)+\b|[-\s]"
)
_UNEVEN, _UNEVEN_STEP, _HALF_STEP = 1.13, 0.06, (0.46, 0.52)
"""Of sizes of print; of a step from line to line; and what stands above and below headings."""
_TALL = 1.5
_FEW = 6
_SHARED = 3.0
"""Points by which a line may reach into the one before it."""
_TABLE = 0.25
"""Of the first page's height: its table stands above."""
_SHAPE = 3
"""The engine's number for blocks that are drawn."""
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


class Looks(msgspec.Struct):
    """Of each word whether it is bold.

    `turned` is by how many degrees the text is turned in the unturned page, `styles` are the fonts,
    sizes and colours that something is printed in, one a run, in order; `italic` says that some of
    it is.
    """

    bold: list[bool]
    turned: int = 0
    styles: Sequence[str] = ()
    italic: bool = False


def looks(text_page: pymupdf.TextPage, words: Columns) -> Looks:
    """The looks of a page's words."""
    html = text_page.extractHTML()
    styles = _STYLE.findall(html)
    if not _sideways(words):
        bold = _from_html(html, words.texts)
        if bold is not None:
            return Looks(bold, 0, styles, "<i>" in html)
    found = _from_spans(text_page, words)
    found.styles, found.italic = styles, "<i>" in html
    return found


def plain_looks(styles: Iterable[str]) -> tuple[Look, ...]:
    """The looks of a plain page, from its styles."""
    usual = [_USUAL.match(style) for style in frozenset(styles)]
    return tuple(Look(family(each[1]), round(float(each[2]), 1)) for each in usual if each)


def family(font: str) -> str:
    """A font's name without what says its weight or slope, or that it is a part of one."""
    name = font.partition(",")[0]
    return _FAMILY.sub("", name).casefold() or name.casefold()


def is_plain(text_page: pymupdf.TextPage, words: Columns, how: Looks, *, first: bool) -> bool:
    """Whether nothing on the page hints at more than one hand's print on it.

    `first` is the letter's first page, whose table has its cells side by side in a font of its own.
    """
    return (
        not how.italic
        and _in_usual_print(how.styles, first=first)
        and _in_usual_places(words, text_page.rect.height * _TABLE if first else 0.0)
        and not _has_shapes(text_page, text_page.rect.height * _TABLE if first else 0.0)
    )


def _in_usual_print(styles: Sequence[str], *, first: bool) -> bool:
    """Whether the page is in one font and size in black, a first page's table in another."""
    usual = [_USUAL.match(style) for style in frozenset(styles)]
    sizes = [float(each[2]) for each in usual if each]
    families = {each[1] for each in usual if each}
    if len(sizes) < len(usual) or len(families) > (2 if first else 1):
        return False
    if len(families) > 1 and styles.count(styles[-1]) * 2 < len(styles):
        return False  # a page ends in the print that most of it has
    return not sizes or (
        max(sizes) <= _UNEVEN * min(sizes) and len(set(map(round, sizes))) <= len(families)
    )


def _in_usual_places(words: Columns, table: float) -> bool:
    """Whether lines follow each other down the page, upright, even, at the usual steps."""
    heights = list(map(sub, words.y1s, words.y0s))
    if max(heights) > _TALL * min(heights):
        return False
    begins = list(map(not_, words.places))
    tops, bottoms = list(compress(words.y0s, begins)), list(compress(words.y1s, begins))
    if len(set(words.y0s)) > 2 * len(tops) + _FEW:
        return False  # the words of a line stand at different heights: the page is askew
    for top, bottom, below in zip(tops, bottoms, islice(tops, 1, None), strict=False):
        if below < bottom - _SHARED and top >= table:
            return False
    return _ends_evenly(list(compress(words.x0s, begins)), tops)


def _ends_evenly(lefts: list[float], tops: list[float]) -> bool:
    """Whether the first and the last line of a page stand a whole or half step from the next one.

    The last also where most lines begin.
    """
    steps = sorted([below - top for top, below in pairwise(tops) if below > top + _SHARED])
    if len(steps) < _FEW:
        return True
    usual = steps[len(steps) // 4]
    for top, below in (tops[:2], tops[-2:]):
        over = (below - top) / usual % 1
        if min(over, 1 - over) > _UNEVEN_STEP and not _HALF_STEP[0] < over < _HALF_STEP[1]:
            return False
    return abs(lefts[-1] - sorted(lefts)[len(lefts) // 4]) < _SHARED


def _has_shapes(text_page: pymupdf.TextPage, table: float) -> bool:
    """Whether something is drawn behind the last text or below the table of a first page."""
    block = last = text_page.this.m_internal.last_block
    while block is not None and block.type != _SHAPE:
        block = block.prev
    if block is None:
        return False
    return block is last or block.bbox.y1 > table


def _sideways(words: Columns) -> bool:
    """Whether words begin before the one before them in their line ends; a sample tells.

    So it is where lines run up, down or backwards.
    """
    inside = islice(words.places, 1, _SAMPLE)
    odd = sum(compress(map(lt, islice(words.x0s, 1, None), words.x1s), inside))
    return odd * 5 > min(len(words.places), _SAMPLE)


def _from_html(page: str, texts: Sequence[str]) -> list[bool] | None:
    """Bold or not, of each word; None where the HTML holds more or less than the words.

    The engine writes `<b>` where bold print begins and `</b>` where it ends, never one in another.
    """
    borders = list(accumulate(map(_inked, _BOLD_TAG.split(page))))
    ends = list(accumulate(map(len, texts)))
    if borders.pop() != ends[-1]:
        return None
    bold = [False] * len(texts)
    turns = [_first_behind(border, texts, ends) for border in borders]
    for first, end in zip(turns[::2], turns[1::2], strict=True):
        bold[first:end] = [True] * (end - first)
    return bold


def _inked(run: str) -> int:
    """How many characters of a stretch of HTML are printed."""
    text = _TAG.sub("", run)
    if "&" in text:
        text = html.unescape(text)
    if text.isascii():
        return len(text) - text.count(" ") - text.count("\n")
    return printed_length(text)


def printed_length(text: str) -> int:
    """How many characters of a text are printed."""
    return len(_NO_INK.sub("", text))


def _first_behind(border: int, texts: Sequence[str], ends: Sequence[int]) -> int:
    """The first word whose middle lies behind so many inked characters; `ends` are the words'."""
    word = bisect_left(ends, border)
    return word + (ends[word] - (len(texts[word]) + 1) // 2 < border)


_Span = tuple[float, float, float, float, bool]
"""A run's box, and whether it is bold."""


def _from_spans(text_page: pymupdf.TextPage, words: Columns) -> Looks:
    """Looks each word up in the spans of its block, by its place."""
    blocks: dict[int, list[_Span]] = {}
    ways: dict[int, int] = {}
    page = cast("dict[str, Any]", text_page.extractDICT())
    for block in page["blocks"]:
        spans = blocks.setdefault(block["number"], [])
        for line in block.get("lines", ()):
            count = 0
            for span in line["spans"]:
                spans.append((*span["bbox"], _is_bold(span)))
                count += len(span["text"])
            way = _way(line["dir"])
            ways[way] = ways.get(way, 0) + count
    bold = [
        _bold_at((x0 + x1) / 2, (y0 + y1) / 2, blocks.get(block, []))
        for x0, y0, x1, y1, block in zip(
            words.x0s, words.y0s, words.x1s, words.y1s, words.blocks, strict=True
        )
    ]
    turned = max(ways, key=ways.__getitem__, default=0)
    return Looks(bold, turned)


def _bold_at(x: float, y: float, spans: list[_Span]) -> bool:
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
