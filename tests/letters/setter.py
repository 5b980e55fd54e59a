"""Sets a made-up letter as a PDF in the geometry of the real forms: table, margins, fonts, breaks.

Measures in points on US Letter, as in real letters: text from 72 to 540, table at 66.4 to 545.3.
The fonts are the engine's own Times and Helvetica, which it does not embed: real letters do the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pymupdf

_LEFT, _RIGHT, _TOP, _FOOT = 72.0, 540.0, 82.0, 730.0
_COLUMNS = (66.4, 173.8, 323.4, 421.3, 545.3)
_RULES = (92.7, 105.9, 119.1, 132.1, 157.9)
_STEP, _SIZE, _GREY = 13.8, 12.0, (0.875, 0.875, 0.875)

Run = tuple[str, bool]
"""Text, bold."""


class Setter:
    """Builds one letter from top to bottom."""

    def __init__(self) -> None:
        self._document = pymupdf.open()
        self._regular, self._bold = pymupdf.Font("tiro"), pymupdf.Font("tibo")
        self._y = _TOP
        self._page = self._document.new_page(width=612, height=792)

    def table(self, cells: Sequence[tuple[str, str]]) -> None:
        """The header table: case number, then six pairs of label and value, two a row."""
        page = self._page
        for top, bottom in pairwise(_RULES):
            for left, right in ((_COLUMNS[0], _COLUMNS[1]), (_COLUMNS[2], _COLUMNS[3])):
                page.draw_rect(pymupdf.Rect(left, top, right, bottom), color=None, fill=_GREY)
        page.draw_rect(
            pymupdf.Rect(_COLUMNS[2], _RULES[0], _COLUMNS[4], _RULES[1]), color=None, fill=_GREY
        )
        for y in _RULES:
            page.draw_line((_COLUMNS[0], y), (_COLUMNS[4], y), width=0.48)
        for x in _COLUMNS:
            page.draw_line((x, _RULES[0]), (x, _RULES[-1]), width=0.48)
        y = 103.3
        pairs = [cells[0], ("", ""), *cells[1:]]
        for at in range(0, 8, 2):
            for (label, value), x, value_x in ((pairs[at], 72, 179.4), (pairs[at + 1], 329, 426.9)):
                first, _, second = label.partition(" / ")
                page.insert_text((x, y), first, fontname="hebo", fontsize=11)
                page.insert_text((value_x, y), value, fontname="helv", fontsize=11)
                if second:
                    page.insert_text((x, y + 12.8), second, fontname="hebo", fontsize=11)
            y += 13.1
        self._y = 183.4

    def heading(self, text: str) -> None:
        self._room(3)
        width = self._bold.text_length(text, _SIZE)
        self._page.insert_text((306 - width / 2, self._y), text, fontname="tibo", fontsize=_SIZE)
        self._y += 20.4

    def paragraph(self, *runs: Run, gap: bool = True) -> None:
        """Runs of text on one paragraph, then a blank line."""
        for line in self._lines(runs):
            self._room(1)
            x = _LEFT
            for text, bold in line:
                font = self._bold if bold else self._regular
                self._page.insert_text(
                    (x, self._y), text, fontname="tibo" if bold else "tiro", fontsize=_SIZE
                )
                x += font.text_length(text, _SIZE)
            self._y += _STEP
        if gap:
            self._y += _STEP

    def pdf(self, *, encrypted: bool = False) -> bytes:
        """The file; encrypted as public letters are: empty password, copying forbidden."""
        options = {"garbage": 3, "deflate": True, "no_new_id": True}
        if encrypted:
            options |= {
                "encryption": pymupdf.PDF_ENCRYPT_AES_128,
                "owner_pw": "owner",
                "user_pw": "",
                "permissions": pymupdf.PDF_PERM_PRINT,
            }
        self._document.set_metadata({})
        data: bytes = self._document.tobytes(**options)
        self._document.close()
        return data

    def _room(self, lines: int) -> None:
        if self._y + (lines - 1) * _STEP > _FOOT:
            self._page = self._document.new_page(width=612, height=792)
            self._y = _TOP

    def _lines(self, runs: Sequence[Run]) -> list[list[Run]]:
        """Lines of runs no wider than the text."""
        lines: list[list[Run]] = [[]]
        x = 0.0
        for text, bold in runs:
            font = self._bold if bold else self._regular
            for word in text.split(" "):
                width = font.text_length(word + " ", _SIZE)
                if x and x + width - font.text_length(" ", _SIZE) > _RIGHT - _LEFT:
                    lines.append([])
                    x = 0.0
                if lines[-1] and lines[-1][-1][1] == bold:
                    lines[-1][-1] = (lines[-1][-1][0] + word + " ", bold)
                else:
                    lines[-1].append((word + " ", bold))
                x += width
        return lines
