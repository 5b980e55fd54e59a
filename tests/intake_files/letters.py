"""Made-up utilization review letters: each is a text file in `ur`, set on pages here.

A file begins with what should be read of it, as JSON; below `=====` stands the letter. A line may
be `>> text` (at the right), `= text` (a heading), `- text` (a bullet), `label:: value` (two
columns), `| a | b |` (a row of a table), `&fill` (white space down to row `fill` of the page) or
`---` (a new page).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pymupdf

from tests.intake_files.forms import wrap

FOLDER = Path(__file__).parent / "ur"
LEFT, RIGHT, TOP, BOTTOM = 60.0, 556.0, 60.0, 730.0
FACES = {"serif": ("tiro", "tibo"), "sans": ("helv", "hebo")}


def names() -> list[str]:
    """All letters: those of `a` have tables, of `b` reports, of `c` questions, `d` and `e` are mixed."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


@lru_cache
def told(name: str) -> dict[str, Any]:
    """What should be read of a letter, and how it is set."""
    return json.loads(_parts(name)[0])


def _parts(name: str) -> tuple[str, str]:
    head, _, body = (FOLDER / f"{name}.txt").read_text().partition("=====\n")
    return head, body


@lru_cache
def drawn(name: str) -> bytes:
    """The letter's PDF."""
    about = told(name)
    setting = _Setting(about)
    rows: list[list[str]] = []
    for line in [*_parts(name)[1].splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            setting.table(rows)
            rows = []
        setting.line(line)
    return setting.document.tobytes()


class _Setting:
    def __init__(self, about: dict[str, Any]) -> None:
        self.document = pymupdf.open()
        self.about = about
        self.plain, self.bold = FACES[about["font"]]
        self.size = 10.5
        self.step = self.size * 1.3
        self._new_page()

    def _new_page(self) -> None:
        self.page = self.document.new_page(width=612, height=792)
        self.y = TOP

    def _room(self, lines: int = 1) -> None:
        if self.y + lines * self.step > BOTTOM:
            self._new_page()

    def _put(self, x: float, text: str, font: str) -> None:
        self.page.insert_text((x, self.y), text, fontname=font, fontsize=self.size)

    def line(self, line: str) -> None:
        if line == "---":
            self._new_page()
        elif line == "&fill":
            self.y = max(self.y, TOP + self.about["fill"] * 2 * self.step)
        elif not line.strip():
            self.y += self.step / 2
        elif line.startswith(">> "):
            width = pymupdf.get_text_length(line[3:], self.plain, self.size)
            self._put(RIGHT - width, line[3:], self.plain)
            self.y += self.step
        elif line.startswith("= "):
            self._room(3)
            self.y += self.step / 3
            self._paragraph(line[2:], LEFT, self.bold)
        elif ":: " in line:
            label, _, value = line.partition(":: ")
            self._put(LEFT, f"{label}:", self.bold)
            self._put(LEFT + 190, value, self.plain)
            self.y += self.step
        elif line.startswith("- "):
            self._put(LEFT + 14, "\u2022", self.plain)
            self._paragraph(line[2:], LEFT + 28, self.plain)
        else:
            self._paragraph(line, LEFT, self.plain)

    def _paragraph(self, text: str, left: float, font: str) -> None:
        if "   " in text.strip():  # columns made of spaces
            self._room()
            x = left
            for cell in [cell for cell in text.split("   ") if cell.strip()]:
                self._put(x, cell.strip(), font)
                x += max(165.0, pymupdf.get_text_length(cell.strip(), font, self.size) + 18)
            self.y += self.step
            return
        for line in wrap(text, font, self.size, RIGHT - left):
            self._room()
            self._put(left, line, font)
            self.y += self.step

    def table(self, rows: list[list[str]]) -> None:
        """Rows whose cells wrap; the head stands again on a new page, a row may be broken over it."""
        weights = [
            max(10, min(34, max(len(row[at]) for row in rows))) for at in range(len(rows[0]))
        ]
        widths = [(RIGHT - LEFT) * weight / sum(weights) for weight in weights]
        for row in rows:
            self._table_row(row, widths, self.bold if row is rows[0] else self.plain, rows[0])
        self.y += self.step / 2

    def _table_row(self, row: list[str], widths: list[float], font: str, head: list[str]) -> None:
        size = 9.0
        cells = [wrap(cell, font, size, width - 7) for cell, width in zip(row, widths, strict=True)]
        for at in range(max(len(cell) for cell in cells)):
            if self.y + size * 1.25 > BOTTOM:
                self._new_page()
                self._table_row(head, widths, self.bold, head)
            x = LEFT
            for cell, width in zip(cells, widths, strict=True):
                if at < len(cell):
                    self.page.insert_text((x + 3, self.y), cell[at], fontname=font, fontsize=size)
                x += width
            self.y += size * 1.25
        if self.about.get("ruled"):
            self.page.draw_line((LEFT, self.y - 7), (RIGHT, self.y - 7), width=0.5)
        self.y += 5
