"""How bytes that a door knows become bytes that it has never seen: drawn by hypothesis, so that what
fails is made as small as it can be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import HealthCheck
from hypothesis import strategies as st

ODD = (
    *(b"", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r", b"\n\n", b"\t", b"\x0c", b"\x1a"),
    *(b"\\", b'"', b"'", b"{", b"}", b"[", b"]", b"(", b")", b"<", b">", b",", b";", b"=", b"@"),
    *(b"null", b"true", b"NaN", b"1e999", b"-1", b"0", b"99999999999999999999", b"[[[[[[[["),
    *("\u202e".encode(), "\u0000".encode(), "é".encode("latin-1"), b"\xed\xa0\x80", b"\\ud800"),
    *(b"00/00/0000", b"02/30/2016", b"CM99-9999999", b"Upheld", b"MTUS", b"ER  - ", b"TY  - "),
    *(b"[" * 3000, b'{"a":' * 3000, b"{" * 3000, b"a" * 70_000, b" " * 5000, b"\n" * 5000),
)
QUIET = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.large_base_example,
)
"""What hypothesis says of tests that take their time, as these do."""
_PIECE = re.compile(rb"\w+|\s+|[^\w\s]", re.S)


@st.composite
def mutated(draw: st.DrawFn, known: Sequence[bytes]) -> bytes:
    """One of the known files, or two of them, changed in a few places."""
    data = draw(st.sampled_from(known))
    whole = draw(st.booleans())
    for _ in range(draw(st.integers(1, 6))):
        data = _changed(draw, data, known) if whole else _changed_pieces(draw, data)
    return data


def _changed(draw: st.DrawFn, data: bytes, known: Sequence[bytes]) -> bytes:
    at = draw(st.integers(0, len(data)))
    to = min(len(data), at + draw(st.integers(0, 64)))
    match draw(st.integers(0, 5)):
        case 0:
            return data[:at] + data[to:]
        case 1:
            return data[:at] + draw(st.sampled_from(ODD)) + data[at:]
        case 2:
            return data[:at] + data[at:to] * draw(st.integers(2, 9)) + data[to:]
        case 3:
            return data[:at] + draw(st.binary(max_size=8)) + data[to:]
        case 4:
            other = draw(st.sampled_from(known))
            return data[:at] + other[draw(st.integers(0, len(other))) :]
        case _:
            return data[:at]


def _changed_pieces(draw: st.DrawFn, data: bytes) -> bytes:
    """A word, a number or a sign swapped, left out, doubled or moved: the form stays nearly right."""
    pieces = _PIECE.findall(data)
    if not pieces:
        return data
    at = draw(st.integers(0, len(pieces) - 1))
    match draw(st.integers(0, 3)):
        case 0:
            pieces[at] = draw(st.sampled_from(ODD))
        case 1:
            pieces[at] = pieces[draw(st.integers(0, len(pieces) - 1))]
        case 2:
            pieces[at : at + 1] = []
        case _:
            pieces[at : at + 1] = [pieces[at]] * draw(st.integers(2, 5))
    return b"".join(pieces)
