"""What stands beside a surname and is a given name, whether or not it is a known form of one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from app.services.privacy.folding import Token, fold
from app.services.privacy.ordinary import TITLES, is_capital, is_ordinary, is_word
from app.services.privacy.scripts import latin_spellings, scripts_of
from app.services.privacy.short_names import is_given_name

_WITHOUT_CAPITALS = frozenset(("GEORGIAN",))
"""Scripts whose capitals are not used in ordinary writing."""


_SHORT_AND_INITIAL = re.compile(r"([^\W\d_]{2,12})\.?\s([A-Z])(?:\.|\b)(?!['’ʼ]?\w)")
_LIKE = 2
"""So many letters a short form has in common with the beginning of the name it stands for."""


def initials_written(shown: str) -> frozenset[str]:
    """What a single letter may stand for as an initial, folded; empty where it is none."""
    if len(shown) != 1 or not (shown.isupper() or scripts_of(shown) & _WITHOUT_CAPITALS):
        return frozenset()
    return frozenset((fold(shown), *(one[:1] for one in latin_spellings(shown))))


def is_given_before(
    text: str, word: Token, surname: Token, given: Sequence[str], *, like: bool = False
) -> bool:
    """Whether a word that stands before a surname is somebody's given name: `Zbyszek Wasowski`.

    With `like` it has to begin as one of `given` does.
    """
    shown, key = text[word.start : word.end], word.key
    if text[word.end : surname.start].strip(" \n") or len(key) < 2 or not key.isalpha():
        return False
    if not is_capital(shown) or key in TITLES:
        return False
    if like and not any(key[0] == part[0] for part in given):
        return False
    if shown.isupper() and not text[surname.start : surname.end].isupper():
        return len(key) <= len(given) and _in_order(key, given)  # JC Nunez, but QME Nunez
    return not is_word(key) or _is_known(key) or _begins(key, given)


def short_and_initial(
    text: str, given: Sequence[str], initials: Collection[str]
) -> Iterator[tuple[int, int]]:
    """Where a short form of the name that no list has stands with an initial: `Tad G.`"""
    for match in _SHORT_AND_INITIAL.finditer(text):
        key = fold(match[1])
        if not is_capital(match[1]) or match[1].isupper() or fold(match[2]) not in initials:
            continue
        like = any(key != part and key[:_LIKE] == part[:_LIKE] for part in given)
        others = {part[0] for part in given if part[:_LIKE] != key[:_LIKE]}
        named = not is_word(key) or is_given_name(key) or _begins(key, given)
        if like and named and fold(match[2]) in others:
            yield match.span()


def _is_known(key: str) -> bool:
    return is_given_name(key) and not is_ordinary(key)


def _begins(key: str, given: Sequence[str]) -> bool:
    return len(key) > _LIKE and any(part.startswith(key) for part in given)


def _in_order(letters: str, parts: Sequence[str]) -> bool:
    rest = iter(parts)
    return all(any(part[0] == letter for part in rest) for letter in letters)
