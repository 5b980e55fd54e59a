"""How a table of labelled values is told to a screen reader: one row, its label heading its value.

The compiler can mark cells as headers of columns only. So the templates mark label and value as a
header row of two cells each, which no other table has twice; here the label becomes the header of its
row and the value a cell. Each change is written in place with blanks, so that nothing in the file moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

_ELEMENT = re.compile(
    rb"(?m)^(\d+) 0 obj\s*<</Type/StructElem/S/(Table|THead|TBody|TR|TH|TD)/P \d+ 0 R(.*?)>>\s*endobj",
    re.S,
)
_KIDS = re.compile(rb"/K\[([\d R\s]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_OF_TABLE = re.compile(rb"/O/Table((?:/Scope/Column)?(?:/Headers\[[^\]]*\])?)")
_ID = re.compile(rb"/ID(\([^)]*\))")


class _Element(msgspec.Struct):
    """A part of the file's structure: its kind, where that and its further entries are written."""

    kind: bytes
    kind_at: int
    more: bytes
    more_at: int

    @property
    def kids(self) -> list[int]:
        found = _KIDS.search(self.more)
        return [int(number) for number in _REFERENCE.findall(found[1])] if found else []


def with_row_headers(pdf: bytes) -> bytes:
    """The same file, in which the labels of such tables head their rows; as it was without any."""
    elements = {
        int(match[1]): _Element(match[2], match.start(2), match[3], match.start(3))
        for match in _ELEMENT.finditer(pdf)
    }
    changed = bytearray(pdf)
    for element in elements.values():
        if element.kind == b"Table":
            for at, old, new in _changes(element, elements):
                if len(new) <= len(old):
                    changed[at : at + len(old)] = new.ljust(len(old))
    return bytes(changed)


def _changes(table: _Element, elements: dict[int, _Element]) -> Iterator[tuple[int, bytes, bytes]]:
    """What has to be written where, and instead of what."""
    parts = [elements[kid] for kid in table.kids if kid in elements]
    rows = [part for part in parts if part.kind == b"TR"]
    rows += [
        elements[kid]
        for part in parts
        if part.kind in (b"THead", b"TBody")
        for kid in part.kids
        if kid in elements
    ]
    cells = [[elements[kid] for kid in row.kids if kid in elements] for row in rows]
    headers = [pair for pair in cells if pair and all(cell.kind == b"TH" for cell in pair)]
    if len(headers) < 2 or any(len(pair) != 2 for pair in cells):
        return
    for part in parts:
        if part.kind == b"THead":
            yield part.kind_at, b"THead", b"TBody"
    for label, value in cells:
        name = _ID.search(label.more)
        yield label.kind_at, label.kind, b"TH"
        yield value.kind_at, value.kind, b"TD"
        yield from _told(label, b"/Scope/Row")
        yield from _told(value, b"/Headers[" + name[1] + b"]" if name else b"")


def _told(cell: _Element, of_table: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Writes over what a cell says of the table it is in."""
    found = _OF_TABLE.search(cell.more)
    if found is not None:
        yield cell.more_at + found.start(1), found[1], of_table
