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
from itertools import pairwise
from typing import Any, cast

import pymupdf

Look = tuple[bool, float]
"""Bold, size in points."""

RawWord = tuple[float, float, float, float, str, int, int, int]
"""x0, y0, x1, y1, text, block, line, word: as the engine gives it."""

_BOLD_FLAG = 16
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_TOKEN = re.compile(r"<(p) style|<(/?b)>|font-size:([\d.]+)pt[^>]*>([^<]*)<")
_NO_INK = re.compile("[\\s\u00a0\u200d\u202a-\u202e]+")

_Run = tuple[bool, float, int]
"""Bold, size, number of inked characters."""


def looks(text_page: pymupdf.TextPage, words: list[RawWord]) -> tuple[list[Look], int]:
    """The look of each word, and by how many degrees the text is turned in the unturned page."""
    if words and not _sideways(words):
        found = _from_html(text_page.extractHTML(), words)
        if found is not None:
            return found, 0
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


def _from_html(page: str, words: list[RawWord]) -> list[Look] | None:
    """Walks HTML and words line by line; None where they do not fit together."""
    lines = _html_lines(page)
    result: list[Look] = []
    number = -1
    last = (-1, -1)
    runs: list[_Run] = []
    seen = 0
    for word in words:
        text, block, line = word[4], word[5], word[6]
        if (block, line) != last:
            if sum(run[2] for run in runs) != seen:
                return None
            last = (block, line)
            number += 1
            if number >= len(lines):
                return None
            runs = lines[number]
            seen = 0
        length = len(text)
        middle = seen + length // 2
        seen += length
        if len(runs) == 1 and seen <= runs[0][2]:
            result.append((runs[0][0], runs[0][1]))
            continue
        for bold, size, count in runs:
            if middle < count:
                result.append((bold, size))
                break
            middle -= count
        else:
            return None
    return result if number == len(lines) - 1 else None


def _html_lines(page: str) -> list[list[_Run]]:
    """The runs of every line that has ink."""
    lines: list[list[_Run]] = []
    runs: list[_Run] = []
    bold = False
    for paragraph, tag, size, text in _TOKEN.findall(page):
        if size:
            if "&" in text:
                text = html.unescape(text)
            count = len(text) - text.count(" ") if text.isascii() else len(_NO_INK.sub("", text))
            if count:
                runs.append((bold, float(size), count))
        elif tag:
            bold = tag == "b"
        elif paragraph:
            if runs:
                lines.append(runs)
                runs = []
            bold = False
    if runs:
        lines.append(runs)
    return lines


_Span = tuple[float, float, float, float, bool, float]
"""A run's box, bold, size."""


def _from_spans(text_page: pymupdf.TextPage, words: list[RawWord]) -> tuple[list[Look], int]:
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
    result: list[Look] = []
    for x0, y0, x1, y1, _, block, _, _ in words:
        result.append(_look((x0 + x1) / 2, (y0 + y1) / 2, blocks.get(block, []), y1 - y0))
    return result, max(ways, key=ways.__getitem__, default=0)


def _look(x: float, y: float, spans: list[_Span], height: float) -> Look:
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
