"""How words are compared: without accents, case, invisible characters and look-alike letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

_LETTERS = {
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th",
    "Þ": "th", "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i",
    "ħ": "h", "Ħ": "h", "ŧ": "t", "Ŧ": "t", "ŋ": "n", "Ŋ": "n", "ə": "e", "ƒ": "f",
}  # fmt: skip
_LOOK_ALIKE = dict(
    zip(
        "аеорсухіјѕһԁԛԝкмтАВЕКМНОРСТУХІЈЅαορνικυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijshdqwkmtabekmhopctyxijsaopvikuxabezhikmnoptyx",
        strict=True,
    )
)
"""Cyrillic and Greek letters that look like Latin ones."""


_APOSTROPHES = frozenset("ʹʺʻʼʽʾʿˈˊˋꞋꞌ")
"""Signs that stand for an apostrophe and count as letters elsewhere, such as the ʻokina."""


class Token(NamedTuple):
    """A word or number of a text: its place in it, and its letters as they are compared."""

    start: int
    end: int
    key: str


@cache
def folded(char: str) -> str:
    """The letters or digits a character stands for; empty for all that is none of these."""
    if char in _APOSTROPHES:
        return ""
    alike = _LETTERS.get(char) or _LOOK_ALIKE.get(char)
    if alike:
        return alike
    parts = unicodedata.normalize("NFKD", char)
    kept = "".join(part for part in parts if part.isalnum())
    if len(kept) > 1 or kept != char:
        return "".join(_LETTERS.get(part) or _LOOK_ALIKE.get(part) or part for part in kept).lower()
    return kept.lower()


@cache
def is_invisible(char: str) -> bool:
    """Whether it adds nothing to be read as a letter: an accent by itself, a soft hyphen."""
    return unicodedata.category(char) in ("Mn", "Me", "Cf")


def fold(text: str) -> str:
    """All letters and digits of a text as they are compared, run together."""
    return "".join(folded(char) for char in text)


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text, parted by all that is neither letter nor digit."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    start, key, end = 0, "", 0
    for at, char in enumerate(text):
        letters = folded(char)
        if letters:
            if not key:
                start = at
            key += letters
            end = at + 1
        elif key and is_invisible(char):
            end = at + 1
        elif key:
            yield Token(start, end, key)
            key = ""
    if key:
        yield Token(start, end, key)


def with_umlauts(keys: Iterable[str]) -> set[str]:
    """The keys, and what `ae`, `oe` and `ue` are where a name is written without them."""
    found = set(keys)
    for key in tuple(found):
        if len(key) >= 5:
            for long, short in (("ae", "a"), ("oe", "o"), ("ue", "u")):
                found.add(key.replace(long, short))
    return found
