"""Which program a finished PDF names as its creator.

The compiler names itself and has no setting for it. The name stands in the file twice, in the
clear, and both have to agree: each is written over in place and filled up with blanks, so that
nothing else in the file moves.
"""

from __future__ import annotations

import re

CREATOR = b"IMR Desk"
_NAMED = (
    re.compile(rb"(/Creator ?\()Typst [^()<>\\]{3,}(\))"),
    re.compile(rb"(<xmp:CreatorTool>)Typst [^()<>\\]{3,}(</xmp:CreatorTool>)"),
)


def with_creator(pdf: bytes) -> bytes:
    """The same file naming us; as it was where the compiler is not named once in both places."""
    found = [list(pattern.finditer(pdf)) for pattern in _NAMED]
    if any(len(places) != 1 for places in found):
        return pdf
    for (place,) in found:
        ours = (place[1] + CREATOR + place[2]).ljust(len(place[0]))
        pdf = pdf[: place.start()] + ours + pdf[place.end() :]
    return pdf
