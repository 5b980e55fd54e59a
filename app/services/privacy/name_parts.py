"""Which parts a name has: its words and their halves, particles, titles and degrees beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.services.privacy.folding import fold, tokens

_HYPHENS = re.compile(r"[-\u2010-\u2015\u2212_/]")
PARTICLES = frozenset(
    ["van", "von", "vander", "vom", "der", "den", "de", "del", "dela", "della", "la", "las", "los", "le", "lo", "da", "do", "dos", "das", "di", "du", "el", "al", "bin", "ibn", "ben", "abu", "ter", "ten", "af", "av", "zu", "zum", "st", "san", "santa", "mac", "mc", "o", "y", "e", "d", "l", "und", "and"]
)  # fmt: skip
SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "esq", "md", "do", "dc", "od", "dds", "dpm", "phd", "psyd", "rn", "np", "pa", "pac", "lac", "pt", "ot", "dr", "mr", "mrs", "ms", "miss", "inc", "llc", "llp", "pc"])  # fmt: skip
_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{3,4}")


def is_suffix(chunk: str, at: int, count: int) -> bool:
    key = fold(chunk)
    if key in ("inc", "llc", "llp", "corp", "ltd", "co", "pc"):
        return count > 1
    if key in ("mr", "mrs", "ms", "miss", "dr"):
        return count > 1
    return (
        key in SUFFIXES
        and at > 0
        and (chunk.isupper() or "." in chunk or key in ("jr", "sr", "esq"))
    )


def parts_of(chunk: str) -> list[str]:
    """The halves of a hyphenated word, folded."""
    return [key for half in _HYPHENS.split(chunk) if (key := fold(half))]


def chunk_keys(chunk: str) -> Iterator[str]:
    """A word of a name, its halves at the hyphen, and what is left without O', D' or Mac."""
    halves = parts_of(chunk)
    yield "".join(halves)
    for half, shown in zip(halves, [h for h in _HYPHENS.split(chunk) if fold(h)], strict=True):
        if len(half) > 1:
            yield half
        tail = [token.key for token in tokens(shown)][1:]
        if tail and len(tail[-1]) >= 4:
            yield tail[-1]
        if _CHINESE.fullmatch(half):
            yield half[1:]  # the given name alone
        for start in ("mac", "mc"):
            if half.startswith(start) and len(half) >= len(start) + 5:
                yield half[len(start) :]
