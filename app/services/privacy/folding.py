"""How words are compared: without accents, case, invisible characters and look-alike letters."""

from __future__ import annotations

import re
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
"""Cyrillic and Greek letters that look like Latin ones, where these stand in the same word."""
_OF_OTHER_LETTERS = {
    letter.casefold(): _LOOK_ALIKE[letter] for letter in _LOOK_ALIKE if letter.isupper()
} | {letter: like for letter, like in _LOOK_ALIKE.items() if letter in "һԁԛԝ"}
"""The same in a word without any Latin letter: capital and small letters are one."""
_ASCII = re.compile(r"[A-Za-z]")


_APOSTROPHES = frozenset("ʹʺʻʼʽʾʿˈˊˋꞋꞌ")
"""Signs that stand for an apostrophe and count as letters elsewhere, such as the ʻokina."""


class Token(NamedTuple):
    """A word or number of a text: its place in it, and its letters as they are compared."""

    start: int
    end: int
    key: str


@cache
def folded(char: str, *, latin: bool = True) -> str:
    """The letters or digits a character stands for; empty for all that is none of these.

    `latin` says whether the word it stands in has Latin letters.
    """
    if char in _APOSTROPHES:
        return ""
    parts = char if char in _LETTERS else unicodedata.normalize("NFKD", char)
    return "".join(_plain(part, latin) for part in parts if part.isalnum())


def _plain(part: str, latin: bool) -> str:
    alike = _LETTERS.get(part)
    if alike:
        return alike
    if latin:
        return _LOOK_ALIKE.get(part) or part.lower()
    small = part.casefold()
    return _OF_OTHER_LETTERS.get(small, small)


@cache
def is_invisible(char: str) -> bool:
    """Whether it adds nothing to be read as a letter: an accent by itself, a soft hyphen."""
    return unicodedata.category(char) in ("Mn", "Me", "Cf")


def fold(text: str) -> str:
    """All letters and digits of a text as they are compared, run together."""
    if text.isascii():
        return "".join(filter(str.isalnum, text)).lower()
    return "".join(token.key for token in _tokens(text))


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text, parted by all that is neither letter nor digit."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    start = end = 0
    for at, char in enumerate(text):
        if folded(char):
            if not end:
                start = at
            end = at + 1
        elif end and is_invisible(char):
            end = at + 1
        elif end:
            yield _token(text, start, end)
            end = 0
    if end:
        yield _token(text, start, end)


def _token(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    if word.isascii():
        return Token(start, end, word.lower())
    latin = _ASCII.search(word) is not None
    return Token(start, end, "".join(folded(char, latin=latin) for char in word))


def with_umlauts(keys: Iterable[str]) -> set[str]:
    """The keys, and what `ae`, `oe` and `ue` are where a name is written without them."""
    found = set(keys)
    for key in tuple(found):
        if len(key) >= 5:
            for long, short in (("ae", "a"), ("oe", "o"), ("ue", "u")):
                found.add(key.replace(long, short))
    return found
