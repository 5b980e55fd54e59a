"""The recovery key: drawn at random, printed in groups that each tell whether they were mistyped."""

from __future__ import annotations

import secrets

from app.services.vault.problems import WrongPassphrase

GROUPS = 8
_DATA = 4
"""Characters of a group before the one that checks it."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: nothing in it is taken for something else."""
_TAKEN_FOR = str.maketrans("OIL", "011")
_BITS = GROUPS * _DATA * 5


def draw_recovery_key() -> str:
    """A new one, as it is printed: 160 bits by chance."""
    drawn = secrets.randbits(_BITS)
    characters = [_ALPHABET[drawn >> 5 * place & 31] for place in range(GROUPS * _DATA)]
    groups = ["".join(characters[at : at + _DATA]) for at in range(0, len(characters), _DATA)]
    return "-".join(group + _check(number, group) for number, group in enumerate(groups))


def read_recovery_key(text: str) -> str | None:
    """What was typed as a key is printed; None for what is none.

    Raises WrongPassphrase where it has the shape of one and a group of it was mistyped.
    """
    typed = "".join(text.split()).replace("-", "").upper().translate(_TAKEN_FOR)
    size = _DATA + 1
    if len(typed) != GROUPS * size or set(typed) - set(_ALPHABET):
        return None
    groups = [typed[at : at + size] for at in range(0, len(typed), size)]
    wrong = [
        str(number + 1)
        for number, group in enumerate(groups)
        if _check(number, group[:_DATA]) != group[_DATA]
    ]
    if wrong:
        raise WrongPassphrase(
            f"Of the recovery key {'groups' if len(wrong) > 1 else 'group'} "
            f"{', '.join(wrong)} {'are' if len(wrong) > 1 else 'is'} not as printed.",
            "Compare with the paper and type it again.",
        )
    return "-".join(groups)


def _check(number: int, group: str) -> str:
    """The character at a group's end: another for each mistyped or exchanged one of it."""
    weighted = sum((2 * place + 1) * _ALPHABET.index(one) for place, one in enumerate(group))
    return _ALPHABET[(weighted + 7 * number) % len(_ALPHABET)]
