"""What kind of treatment a disputed item is, told by the words of its title."""

from __future__ import annotations

from functools import cache

import msgspec

from app.services.citations.known import GUIDELINES, words_of

UNKNOWN = "Other treatment"


class _Kind(msgspec.Struct, frozen=True):
    kind: str
    words: tuple[str, ...]


class _Kinds(msgspec.Struct, frozen=True):
    about: str
    kinds: tuple[_Kind, ...]


@cache
def _kinds() -> tuple[tuple[str, tuple[str, ...]], ...]:
    data = (GUIDELINES / "treatments.json").read_bytes()
    return tuple(
        (kind.kind, tuple(f" {words_of(word)} " for word in kind.words))
        for kind in msgspec.json.decode(data, type=_Kinds).kinds
    )


def treatment_kinds() -> tuple[str, ...]:
    """Every kind `treatment_kind` can give, in the order of the data file."""
    return (*(kind for kind, _ in _kinds()), UNKNOWN)


@cache
def treatment_words() -> frozenset[str]:
    """Every word or phrase that names a treatment."""
    return frozenset(name.strip() for _, names in _kinds() for name in names)


def treatment_kind(title: str) -> str:
    """The kind of treatment a title names first: `MRI of the left knee` is `Imaging`."""
    words = f" {words_of(title)} "
    best = len(words), UNKNOWN
    for kind, names in _kinds():
        for name in names:
            position = words.find(name)
            if 0 <= position < best[0]:
                best = position, kind
    return best[1]
