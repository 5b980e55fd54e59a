"""What the files of pictures say of themselves beside the picture: taken out to the last byte of it."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Sequence

_ABOUT_JPEG = frozenset([0xFE, *range(0xE1, 0xF0)]) - {0xE2, 0xEE}
"""Segments of a JPEG that describe it: comments and data of cameras and programs; its colours stay."""
_JPEG, _CODESTREAM, _BOXED = b"\xff\xd8", b"\xff\x4f\xff\x51", b"\0\0\0\x0cjP  "
_OF_JPEG_2000 = frozenset([b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jpch", b"jplh", b"jp2c"])
"""Boxes of a JPEG 2000 file without which it does not show; others describe it."""
_COMMENT, _FIRST_TILE = 0x64, 0x90


def without_description(picture: bytes) -> bytes:
    """A JPEG or JPEG 2000 without comments, EXIF and the like; its picture is the same to the bit.

    Anything else, and what is broken, as it is from there on.
    """
    if picture.startswith(_JPEG):
        return _without_segments(picture, 2, 0xDA, _ABOUT_JPEG)
    if picture.startswith(_CODESTREAM):
        return _without_segments(picture, 2, _FIRST_TILE, frozenset([_COMMENT]))
    if picture.startswith(_BOXED):
        return b"".join(_boxes(picture))
    return picture


def unfiltered(data: bytes, filters: Sequence[str]) -> bytes | None:
    """What a PDF's filters hold, those around a picture; None where one of them is another."""
    try:
        for name in filters:
            if name == "/FlateDecode":
                data = zlib.decompress(data)
            elif name == "/ASCIIHexDecode":
                data = bytes.fromhex(b"".join(data.split(b">")[0].split()).decode("ascii"))
            elif name == "/ASCII85Decode":
                data = base64.a85decode(data.split(b"~>")[0])
            else:
                return None
    except (zlib.error, ValueError):
        return None
    return data


def _without_segments(picture: bytes, at: int, end: int, about: frozenset[int]) -> bytes:
    kept = bytearray(picture[:at])
    while at + 4 <= len(picture) and picture[at] == 0xFF and picture[at + 1] != end:
        after = at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
        if picture[at + 1] not in about:
            kept += picture[at:after]
        at = after
    return bytes(kept) + picture[at:]


def _boxes(picture: bytes) -> Iterator[bytes]:
    at = 0
    while at + 8 <= len(picture):
        head, size, kind = 8, int.from_bytes(picture[at : at + 4], "big"), picture[at + 4 : at + 8]
        if size == 1:
            head, size = 16, int.from_bytes(picture[at + 8 : at + 16], "big")
        end = len(picture) if size == 0 else at + size
        if end < at + head:
            yield picture[at:]
            return
        inside = picture[at + head : end]
        if kind == b"jp2c":
            inside = without_description(inside)
            yield (0 if size == 0 else len(inside) + 8).to_bytes(4, "big") + kind + inside
        elif kind in _OF_JPEG_2000:
            yield picture[at:end]
        at = end
