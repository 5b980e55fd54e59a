"""Setting a letter's content again with PyMuPDF: other fonts, margins, headers, hyphens."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pymupdf

from tests.score.content import Content, Paragraph, Run


@dataclass(frozen=True)
class Style:
    fonts: tuple[str, str] = ("tiro", "tibo")
    size: float = 12.0
    page: tuple[float, float] = (612.0, 792.0)
    margin: float = 72.0
    gaps: bool = True
    table: bool = True
    hyphenate: bool = False
    running: bool = False


def typeset(content: Content, style: Style, seed: int = 0) -> bytes:
    """The letter as a PDF in another style."""
    return _Setter(content, style, seed).pdf()


class _Setter:
    def __init__(self, content: Content, style: Style, seed: int) -> None:
        self._content = content
        self._style = style
        self._random = random.Random(seed)
        self._document = pymupdf.open()
        self._fonts = tuple(pymupdf.Font(name) for name in style.fonts)
        self._pages: list[pymupdf.TextWriter] = []
        self._y = 0.0
        self._new_page()

    def pdf(self) -> bytes:
        self._header()
        for paragraph in self._content.paragraphs:
            self._paragraph(paragraph)
        for number, writer in enumerate(self._pages):
            if self._style.running:
                self._running(writer, number + 1)
            writer.write_text(self._document[number])
        data: bytes = self._document.tobytes()
        self._document.close()
        return data

    def _new_page(self) -> None:
        width, height = self._style.page
        self._document.new_page(width=width, height=height)
        self._pages.append(pymupdf.TextWriter(pymupdf.Rect(0, 0, width, height)))
        self._y = self._style.margin + self._style.size

    def _put(self, x: float, y: float, text: str, bold: bool) -> float:
        font = self._fonts[bold]
        self._pages[-1].append((x, y), text, font=font, fontsize=self._style.size)
        return font.text_length(text, self._style.size)

    def _line_down(self, count: float = 1.0) -> None:
        self._y += count * self._style.size * 1.15
        if self._y > self._style.page[1] - self._style.margin:
            self._new_page()

    def _header(self) -> None:
        columns = (0.0, 107.4, 256.9, 354.8)
        cells = self._content.header
        for left, right in zip(cells[::2], cells[1::2], strict=True):
            x = self._style.margin
            if self._style.table:
                for offset, text, bold in zip(
                    columns, (*left, *right), (True, False, True, False), strict=True
                ):
                    shown = text.replace("Application Received:", "Application")
                    if shown:
                        self._put(x + offset, self._y, shown, bold)
                if right[0].startswith("Application"):
                    self._line_down()
                    self._put(x + columns[2], self._y, "Received:", True)
            else:
                for label, value in (left, right):
                    if label:
                        x += self._put(x, self._y, label + " ", False)
                        x += self._put(x, self._y, value + "   ", False)
            self._line_down()
        self._line_down()

    def _paragraph(self, paragraph: Paragraph) -> None:
        lines = self._broken(paragraph.words)
        for line in lines:
            x = self._style.margin
            if paragraph.heading:
                text = " ".join(word for word, _ in line)
                length = self._fonts[1].text_length(text, self._style.size)
                x = (self._style.page[0] - length) / 2
            run: list[str] = []
            bold = line[0][1]
            for word, is_bold in (*line, ("", not line[-1][1])):
                if is_bold != bold and run:
                    x += self._put(x, self._y, " ".join(run) + " ", bold)
                    run, bold = [], is_bold
                run.append(word)
            self._line_down()
        if self._style.gaps or paragraph.heading:
            self._line_down()

    def _broken(self, words: tuple[Run, ...]) -> list[list[Run]]:
        room = self._style.page[0] - 2 * self._style.margin
        lines: list[list[Run]] = [[]]
        x = 0.0
        size = self._style.size
        for word, bold in words:
            font = self._fonts[bold]
            length = font.text_length(word, size)
            space = font.text_length(" ", size)
            if lines[-1] and x + length > room:
                head = self._head(word, font, room - x) if self._style.hyphenate else 0
                if head:
                    lines[-1].append((word[:head] + "-", bold))
                    word = word[head:]
                    length = font.text_length(word, size)
                lines.append([])
                x = 0.0
            lines[-1].append((word, bold))
            x += length + space
        return lines

    def _head(self, word: str, font: pymupdf.Font, room: float) -> int:
        """How many letters of a long plain word still fit on the line, with a hyphen."""
        if len(word) < 7 or not word.isalpha() or word.isupper():
            return 0
        for count in range(len(word) - 3, 2, -1):
            if font.text_length(word[:count] + "-", self._style.size) <= room:
                return count
        return 0

    def _running(self, writer: pymupdf.TextWriter, number: int) -> None:
        width, height = self._style.page
        font = self._fonts[0]
        case = self._content.header[0][1]
        writer.append((72, 30), f"Independent Medical Review {case}", font=font, fontsize=9)
        page = f"Page {number} of {len(self._pages)}"
        writer.append((width / 2, height - 24), page, font=font, fontsize=9)
        writer.append((72, height - 24), "Confidential medical information", font=font, fontsize=9)
