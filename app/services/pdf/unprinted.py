"""Words of pages that hold characters which print nothing, or spaces the engine does not part at.

Marks of direction, joiners and spaces of other widths come from word processors and browsers. The
engine glues words at a thin space and carries the place of a mark into the next word. So pages that
hold some are parted into words here, character by character, which costs much more; few do.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, cast

import pymupdf

from app.evidence import Box
from app.services.pdf.looks import RawWord

_UNPRINTED = "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_ODD = re.compile(f"[\u0300-\u036f\u1680\u2000-\u200a\u202f\u205f\u3000{_UNPRINTED}]")
_MARK = re.compile(f"[{_UNPRINTED}]")


def has_unprinted(texts: Sequence[str]) -> bool:
    """Whether words hold marks that print nothing, other spaces, or accents apart from letters."""
    whole = "".join(texts)
    return not whole.isascii() and _ODD.search(whole) is not None


def printed_words(text_page: pymupdf.TextPage) -> list[RawWord]:
    """The words of a page as they are seen, in the order of the file."""
    page = cast("dict[str, Any]", text_page.extractRAWDICT())
    found: list[RawWord] = []
    for block in page["blocks"]:
        for number, line in enumerate(block.get("lines", ())):
            for place, (text, box) in enumerate(_of_line(line)):
                found.append((*box, text, block["number"], number, place))
    return found


def _of_line(line: dict[str, Any]) -> Iterator[tuple[str, Box]]:
    text, boxes = "", list[Box]()
    for span in line["spans"]:
        for char in span["chars"]:
            if char["c"].isspace():
                if text:
                    yield _word(text, boxes)
                text, boxes = "", []
            elif not _MARK.match(char["c"]):
                text += char["c"]
                boxes.append(char["bbox"])
    if text:
        yield _word(text, boxes)


def _word(text: str, boxes: Sequence[Box]) -> tuple[str, Box]:
    x0s, y0s, x1s, y1s = zip(*boxes, strict=True)
    return unicodedata.normalize("NFC", text), (min(x0s), min(y0s), max(x1s), max(y1s))
