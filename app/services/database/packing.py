"""How a long text lies packed in a column, and how it is read again within a bound."""

from __future__ import annotations

import zlib

LARGEST = 256 * 2**20
"""More than that no kept text is: a column of a database from outside may say otherwise."""
_LEVEL = 6


def pack_text(text: str) -> bytes:
    """The text in a quarter of its room, as texts of letters are."""
    return zlib.compress(text.encode(), _LEVEL)


def unpack_text(packed: bytes | str) -> str:
    """The text; what was kept before texts were packed is a text already.

    Raises ValueError for what was not packed here, or is larger than any text.
    """
    if isinstance(packed, str):
        return packed
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(packed, LARGEST)
    except zlib.error as error:
        raise ValueError("a packed text is damaged") from error
    if not reader.eof:
        raise ValueError("a packed text is cut off, or larger than any text")
    return data.decode()
