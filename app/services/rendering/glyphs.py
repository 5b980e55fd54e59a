"""Which characters our fonts can print.

A letter for the archive may not hold a character that no font has, so Typst is told which font
prints what. Lines with right-to-left text are set with kerning and ligatures: without them
Typst 0.15 panics on them.
"""

from __future__ import annotations

import struct
import unicodedata
from pathlib import Path

import msgspec

from app.services.rendering.spacing import HOLDING_HYPHEN

_MAIN = ("LiberationSerif", "LiberationSans")
_FACES = ("Regular", "Bold")
_SPARE = "DejaVuSans"
_RIGHT_TO_LEFT = {"R", "AL", "AN"}


class Glyphs(msgspec.Struct, frozen=True):
    """Characters that the letters' own fonts have, in regular and bold, and those of the spare."""

    main: frozenset[int]
    spare: frozenset[int]

    def parts(self, text: str) -> list[tuple[bool, str]]:
        """The text in parts, each with whether it needs the spare font.

        What no font has becomes U+FFFD.
        """
        if text.isascii():
            return [(False, text)]
        parts: list[tuple[bool, str]] = []
        for char in text:
            code = ord(char)
            spare = code not in self.main and code in self.spare
            if not spare and code not in self.main and char != HOLDING_HYPHEN:
                char = "\ufffd" if 0xFFFD in self.main else "?"
            if parts and parts[-1][0] == spare:
                parts[-1] = (spare, parts[-1][1] + char)
            else:
                parts.append((spare, char))
        return parts

    def lacks(self, text: str) -> bool:
        """Whether the text has a character that no font of ours has, line breaks apart."""
        return any(
            ord(char) not in self.main and ord(char) not in self.spare and char != "\n"
            for char in text
        )


def runs_right_to_left(text: str) -> bool:
    """Whether any of the text is written from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text
    )


def read_glyphs(folder: Path) -> Glyphs:
    """What the fonts in our fonts folder have."""
    main = [_characters(folder / f"{name}-{face}.ttf") for name in _MAIN for face in _FACES]
    spare = [_characters(folder / f"{_SPARE}{face}.ttf") for face in ("", "-Bold")]
    return Glyphs(main[0].intersection(*main), spare[0].intersection(*spare))


def _characters(path: Path) -> frozenset[int]:
    """The characters in a TrueType font's character map (its formats 4 and 12)."""
    data = path.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    start = next(
        struct.unpack_from(">I", data, 12 + 16 * index + 8)[0]
        for index in range(tables)
        if data[12 + 16 * index : 16 + 16 * index] == b"cmap"
    )
    found: set[int] = set()
    for index in range(struct.unpack_from(">H", data, start + 2)[0]):
        platform, _, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * index)
        form = struct.unpack_from(">H", data, start + offset)[0]
        if platform in (0, 3) and form == 4:
            found |= _format_4(data, start + offset)
        elif form == 12:
            found |= _format_12(data, start + offset)
    return frozenset(found)


def _format_4(data: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    found: set[int] = set()
    for index in range(count):
        place = offsets_at + 2 * index
        offset = struct.unpack_from(">H", data, place)[0]
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code + deltas[index]
            if offset:
                glyph = struct.unpack_from(">H", data, place + offset + 2 * (code - starts[index]))[
                    0
                ]
            if glyph % 0x10000:
                found.add(code)
    return found


def _format_12(data: bytes, at: int) -> set[int]:
    groups = struct.unpack_from(">I", data, at + 12)[0]
    found: set[int] = set()
    for index in range(groups):
        first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * index)
        found.update(range(first, last + 1))
    return found
