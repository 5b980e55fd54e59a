"""The rows of a CSV file, one by one, so that a damaged one does not take the others along."""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterator
from contextlib import suppress
from typing import Any

from app.services.library.exchange.reference import Unread, first_words

DIVIDERS = (",", ";", "\t", "|")
LONGEST_CELL = 50_000_000
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_MOST_DAMAGED = 100
_LONGEST_ROW = 200
"""Over so many lines a row is looked for behind a damaged one."""
_QUOTED_BEHIND_SPACE = re.compile(r"[,;|] +\"[^\"\r\n]*\"[ ]*(?:[,;|\r\n]|$)")
"""Some programs write a space behind what parts the cells: `Doe, "Pain; and more"`."""
_TOLD = re.compile(r"\s*[\"']?sep=(.)[\"']?\s*")
"""A first line in which spreadsheets say what parts the cells: `sep=;`."""

Row = tuple[int, list[str], int]
"""(the line it begins in, counted from 1; its cells; how many lines of the file are behind it)"""


class Table:
    """The lines of a file; reading it with another divider begins anew."""

    def __init__(self, text: str) -> None:
        self.lines = [line for line in _LINES.findall(text) if line]
        told = _TOLD.fullmatch(self.lines[0].strip("\r\n")) if self.lines else None
        self.divider = told[1] if told else None
        self.first_line = 1 if told else 0
        self._spaced = _QUOTED_BEHIND_SPACE.search(text) is not None

    def rows(self, divider: str, start: int, width: int, unread: list[Unread]) -> Iterator[Row]:
        """The rows from that line on, each with the line it begins in, counted from 1.

        What is no row goes to `unread`; reading goes on at the next row of the right width.
        """
        before = csv.field_size_limit(LONGEST_CELL)
        try:
            for _ in range(_MOST_DAMAGED):
                damaged = yield from self._until_damaged(divider, start)
                if damaged is None:
                    return
                at, why = damaged
                words = first_words(self.lines[at])
                unread.append(
                    Unread(line=at + 1, reason=f"the row is not proper CSV ({why})", words=words)
                )
                start = self._whole_row_behind(at, divider, width)
                if start == len(self.lines) and at + 1 < start and width:
                    unread.append(
                        Unread(line=at + 2, reason="no whole row was found from here to the end")
                    )
            if start < len(self.lines):
                unread.append(Unread(line=start + 1, reason="too many rows are damaged to read on"))
        finally:
            csv.field_size_limit(before)

    def _until_damaged(
        self, divider: str, start: int
    ) -> Generator[Row, None, tuple[int, str] | None]:
        """The rows up to a damaged one; gives back its line and what is wrong with it."""
        reader = self._reader(self.lines[start:], divider)
        at = start
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return None
            except csv.Error as error:
                return at, str(error)
            if any(cell.strip() for cell in row):
                yield at + 1, row, start + reader.line_num
            at = start + reader.line_num

    def _reader(self, lines: list[str], divider: str) -> Any:
        return csv.reader(lines, delimiter=divider, strict=True, skipinitialspace=self._spaced)

    def _whole_row_behind(self, at: int, divider: str, width: int) -> int:
        """The line in which the next row of that width begins; its cells may hold line ends."""
        for number in range(at + 1, len(self.lines)):
            lines = self.lines[number : number + _LONGEST_ROW]
            reader = self._reader(lines, divider)
            with suppress(csv.Error, StopIteration):
                if len(next(reader)) == width:
                    return number
        return len(self.lines)
