"""How words look (bold, size): taken from the engine's HTML, which costs a fifth of its spans.

The engine prints lines in the same order in its word list and its HTML, so that both can be
walked side by side. Where the two do not agree, or the text runs sideways, the slower spans are
used, which carry places. Real letters do not embed their fonts: bold shows in font flags or names.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, cast

import msgspec
import pymupdf

RawWord = tuple[float, float, float, float, str, int, int, int]
"""x0, y0, x1, y1, text, block, line, word: as the engine gives it; words count from 0 in a line."""

_BOLD_FLAG = 16
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_NO_INK = re.compile("[\\s\u00a0\u200d\u202a-\u202e]+")

_Run = tuple[bool, float, int]
"""Bold, size, number of inked characters."""


class Looks(msgspec.Struct):
    """Of each word whether it is bold and its size in points.

    `turned` is by how many degrees the text is turned in the unturned page.
    """

    bold: list[bool]
    sizes: list[float]
    turned: int = 0


def looks(
    text_page: pymupdf.TextPage, words: list[RawWord], texts: Sequence[str], places: Sequence[int]
) -> Looks:
    """The looks of a page's words, of which there is at least one.

    `texts` and `places` are the words' texts and their numbers in their lines.
    """
    if not _sideways(words):
        found = _from_html(text_page.extractHTML(), texts, places)
        if found is not None:
            return found
    return _from_spans(text_page, words)


def _sideways(words: list[RawWord]) -> bool:
    """Whether words stand upright or lines run backwards; a sample tells."""
    sample = words[:120]
    odd = sum(
        1
        for before, word in pairwise(sample)
        if (word[0] < before[0] and word[6] == before[6] and word[5] == before[5])
        or (len(word[4]) > 2 and word[3] - word[1] > (word[2] - word[0]) * 1.5)
    )
    return odd * 5 > len(sample)


def _from_html(page: str, texts: Sequence[str], places: Sequence[int]) -> Looks | None:
    """Walks HTML and words line by line; None where they do not fit together."""
    lines = _html_lines(page)
    starts = [number for number, place in enumerate(places) if not place]
    if len(lines) != len(starts) or starts[0]:
        return None
    bolds: list[bool] = []
    sizes: list[float] = []
    lengths = list(map(len, texts))
    starts.append(len(texts))
    for runs, (first, end) in zip(lines, pairwise(starts), strict=True):
        inked = lengths[first:end]
        if sum(inked) != sum([run[2] for run in runs]):
            return None
        if len(runs) == 1:
            bold, size, _ = runs[0]
            bolds += [bold] * (end - first)
            sizes += [size] * (end - first)
            continue
        seen = 0
        for length in inked:
            bold, size = _run_at(runs, seen + length // 2)
            bolds.append(bold)
            sizes.append(size)
            seen += length
    return Looks(bolds, sizes)


def _run_at(runs: list[_Run], character: int) -> tuple[bool, float]:
    for bold, size, count in runs:
        if character < count:
            return bold, size
        character -= count
    return runs[-1][:2]


def _html_lines(page: str) -> list[list[_Run]]:
    """The runs of every line that has ink.

    The engine writes a line as `<p style="..."><b><span style="...;font-size:12.0pt;...">` and so
    on, `<b>` only where it is bold. What stands behind a run tells how the next one looks.
    """
    lines: list[list[_Run]] = []
    runs: list[_Run] = []
    sizes: dict[str, float] = {}
    head, *spans = page.split('<span style="')
    bold = "<b>" in head
    for span in spans:
        style, text, behind = span.split(">", 2)
        size = sizes.get(style)
        if size is None:
            size = sizes[style] = float(style.rpartition("font-size:")[2].partition("pt")[0])
        text = text[: -len("</span")]
        if "&" in text:
            text = html.unescape(text)
        count = len(text) - text.count(" ") if text.isascii() else len(_NO_INK.sub("", text))
        if count:
            runs.append((bold, size, count))
        if "</p>" in behind:
            if runs:
                lines.append(runs)
                runs = []
            bold = "<b>" in behind
        elif "<b>" in behind:
            bold = True
        elif "</b>" in behind:
            bold = False
    return lines


_Span = tuple[float, float, float, float, bool, float]
"""A run's box, bold, size."""


def _from_spans(text_page: pymupdf.TextPage, words: list[RawWord]) -> Looks:
    """Looks each word up in the spans of its block, by its place."""
    blocks: dict[int, list[_Span]] = {}
    ways: dict[int, int] = {}
    page = cast("dict[str, Any]", text_page.extractDICT())
    for block in page["blocks"]:
        spans = blocks.setdefault(block["number"], [])
        for line in block.get("lines", ()):
            count = 0
            for span in line["spans"]:
                spans.append((*span["bbox"], _is_bold(span), span["size"]))
                count += len(span["text"])
            way = _way(line["dir"])
            ways[way] = ways.get(way, 0) + count
    found = [
        _look((x0 + x1) / 2, (y0 + y1) / 2, blocks.get(block, []), y1 - y0)
        for x0, y0, x1, y1, _, block, _, _ in words
    ]
    turned = max(ways, key=ways.__getitem__, default=0)
    return Looks([bold for bold, _ in found], [size for _, size in found], turned)


def _look(x: float, y: float, spans: list[_Span], height: float) -> tuple[bool, float]:
    for x0, y0, x1, y1, bold, size in spans:
        if x0 <= x <= x1 and y0 <= y <= y1:
            return bold, size
    return False, height


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
