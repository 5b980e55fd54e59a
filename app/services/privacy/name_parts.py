"""Which parts a name has: its words and their halves, particles, titles and degrees beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.services.privacy.folding import fold, tokens
from app.services.privacy.scripts import latin_spellings

_HYPHENS = re.compile(r"[-\u2010-\u2015\u2212_/]")
PARTICLES = frozenset(
    ["van", "von", "vander", "vom", "der", "den", "de", "del", "dela", "della", "la", "las", "los", "le", "lo", "da", "do", "dos", "das", "di", "du", "el", "al", "bin", "ibn", "ben", "abu", "ter", "ten", "af", "av", "zu", "zum", "st", "san", "santa", "mac", "mc", "o", "y", "e", "d", "l", "und", "and"]
)  # fmt: skip
SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "esq", "md", "do", "dc", "od", "dds", "dpm", "phd", "psyd", "rn", "np", "pa", "pac", "lac", "pt", "ot", "dr", "mr", "mrs", "ms", "miss", "inc", "llc", "llp", "pc"])  # fmt: skip
_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,4}")
"""A whole name written in signs of a syllable each, the surname first."""


HOUSE = re.compile(
    r"\b(?:institute|group|clinic|center|centre|medical|medicine|law|llp|llc|inc|mutual|insurance|casualty|fund|company|co|"
    r"corp|corporation|associates|hospital|partners|services|administrators?|department|orthop\w+|surgery|surgeons|therapy|"
    r"rehab\w*|imaging|radiology|chiropractic|pharmacy|claims|"
    r"health\w*|county|city|district|university|school|bank|indemnity|compensation|management|network|practice|"
    r"physicians|firm|office|offices|union|agency|solutions|systems)\b|&",
    re.I,
)
"""What tells that a name is of a house and no person."""


def house_core(keys: Sequence[str]) -> tuple[str, ...]:
    """The folded words by which a house is called, before those that tell what it does."""
    at = next((at for at, key in enumerate(keys) if HOUSE.fullmatch(key)), 0)
    return tuple(keys[:at])


def is_sign(key: str) -> bool:
    """Whether it is one sign that can be a surname by itself."""
    return _SIGN.fullmatch(key) is not None


def initials_of(chunks: Sequence[str]) -> frozenset[str]:
    """The first letters of the words of a name, also as they are in Latin letters; of `van der Berg`
    that of the particle too."""
    found = {part[0] for chunk in chunks for part in parts_of(chunk)}
    return frozenset(found | {one[0] for chunk in chunks for one in latin_spellings(chunk)})


def is_suffix(chunk: str, at: int, count: int) -> bool:
    key = fold(chunk)
    if key in ("inc", "llc", "llp", "corp", "ltd", "co", "pc"):
        return count > 1
    if key in ("mr", "mrs", "ms", "miss", "dr"):
        return count > 1
    if count == 2 and key in PARTICLES and "." not in chunk:
        return False  # AN DO
    return (
        key in SUFFIXES
        and at > 0
        and (chunk.isupper() or "." in chunk or key in ("jr", "sr", "esq"))
    )


def halves_of(chunk: str) -> list[str]:
    """The halves of a hyphenated word, as they are written."""
    return [half for half in _HYPHENS.split(chunk) if fold(half)]


def parts_of(chunk: str) -> list[str]:
    """The same, folded."""
    return [fold(half) for half in halves_of(chunk)]


def chunk_keys(chunk: str) -> Iterator[str]:
    """A word of a name, its halves at the hyphen, and what is left without O', D' or Mac."""
    halves = parts_of(chunk)
    yield "".join(halves)
    yield from latin_spellings(chunk)
    for half, shown in zip(halves, halves_of(chunk), strict=True):
        if len(half) > 1:
            yield half
        tail = [token.key for token in tokens(shown)][1:]
        if tail and len(tail[-1]) >= 4:
            yield tail[-1]
        yield from _by_sign(shown)
        for start in ("mac", "mc"):
            if half.startswith(start) and len(half) >= len(start) + 5:
                yield half[len(start) :]


def _by_sign(shown: str) -> Iterator[str]:
    """Surname and given name of a name written in signs."""
    if _SIGNS.fullmatch(shown):
        yield fold(shown[0])
        yield fold(shown[1:])


def lone_particles(chunks: Sequence[str], shown: str) -> frozenset[str]:
    """Words that are particles elsewhere and here a part of the name: Le of `Minh Le`, `LE, MINH` and
    `Le Quang Minh`; Van of `Van Morris`."""
    keys = [fold(chunk) for chunk in chunks]
    words = [key for key in keys if len(key) > 1]
    main = [key for key in words if key not in PARTICLES]
    before_comma = (
        [fold(chunk) for chunk in shown.partition(",")[0].split()] if "," in shown else []
    )
    last = before_comma or words[-1:]
    if last and all(key in PARTICLES for key in last):
        return frozenset(key for key in last if len(key) > 1)
    if len(main) < 2:
        return frozenset(words) & PARTICLES
    leads = not before_comma and keys[0] == words[0] and words[1] not in PARTICLES
    return frozenset(words[:1]) & PARTICLES if leads else frozenset()
