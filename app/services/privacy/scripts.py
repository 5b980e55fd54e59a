"""How a name in other letters than Latin ones is spelt in Latin ones, and where nobody can tell.

The library gives one spelling a word; the habits that differ (Vorobyov, Vorobiev, Worobjow) are
evened out by comparing how both sound.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from app.services.privacy.folding import fold
from app.services.privacy.ordinary import is_word

_SPELT = frozenset(("CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "HIRAGANA", "KATAKANA"))
"""Scripts whose letters are vowels and consonants alike, so that a spelling follows from them."""
_CHINESE = "CJK"
_WITHOUT_A_LATIN_SPELLING = "Of names in {scripts} letters no spelling in Latin letters was looked for: look for it on the pages."
_PINYIN_ONLY = "Of names in Chinese characters only the pinyin was looked for in Latin letters."
_SAME_SOUND = (
    ("ee", "i"),
    ("oo", "u"),
    ("tsch|shch|sch|sh|zh", "s"),
    ("kh|gh|ch|h", "g"),
    ("^mp", "b"),
    ("^nt", "d"),
    ("ts|tz|cz", "c"),
    ("ck|q", "k"),
    ("x", "ks"),
    ("ph|ff|f|w", "v"),
    ("oy|ou", "u"),
    ("ey(?=[a-z])|eu", "ev"),
    ("ay(?=[a-z])|au", "av"),
    ("ng|gg", "g"),
    ("[yj]", "i"),
    ("i+[eo]", "e"),
    (r"(.)\1+", r"\1"),
    ("i$", ""),
)
"""In order: what different habits write for one sound becomes one sign."""
_SHORTEST_SOUND = 3
_LIKE_SOUND = 4
"""A shorter one says too little where a word in Latin letters is met with a name in Latin letters."""
_DECLINED, _ENDING = 6, 4
"""A Cyrillic name so long is met with other endings too, of so many letters at most."""


@cache
def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0] if char.isalpha() else ""


def scripts_of(text: str) -> frozenset[str]:
    """The scripts of a text's letters but for Latin, by the first word of their Unicode names."""
    if text.isascii():
        return frozenset()
    return frozenset(script for char in text if (script := _script(char))) - {"LATIN", "MODIFIER"}


@cache
def latin_spellings(word: str) -> tuple[str, ...]:
    """A word of other letters in Latin ones, folded; empty where it is Latin or none can be told.

    A name in Chinese characters gives its surname, its given name, and both in either order.
    """
    scripts = scripts_of(word)
    if not scripts or scripts - _SPELT - {_CHINESE}:
        return ()
    from anyascii import anyascii  # most letters need it never

    written = anyascii(word)
    if scripts - {_CHINESE}:
        return (fold(written),)
    signs = [fold(sign) for sign in re.findall(r"[A-Z][a-z]*", written)]
    if not 2 <= len(signs) <= 4:
        return (fold(written),)
    last, given = signs[0], "".join(signs[1:])
    return tuple(dict.fromkeys((last + given, given + last, given, last)))


def sound(key: str) -> str:
    """How a folded word in Latin letters sounds, roughly; empty where too little is left of it."""
    for pattern, sign in _SAME_SOUND:
        key = re.sub(pattern, sign, key)
    return key if len(key) >= _SHORTEST_SOUND else ""


class Sounds:
    """How the words of a name sound, for meeting them in the letters of another script."""

    def __init__(self, words: Iterable[str]) -> None:
        words = tuple(words)
        self._latin = frozenset(_sounds_of(word for word in words if not scripts_of(word)))
        self._like = frozenset(_hissed(one) for one in self._latin if len(one) >= _LIKE_SOUND)
        self._latin_stems = tuple(one[:-1] for one in self._latin if len(one) >= _DECLINED)
        keys = (fold(word) for word in words if "CYRILLIC" in scripts_of(word))
        self._stems = tuple(key[:-2] for key in keys if len(key) >= _DECLINED)
        self._other = frozenset(_sounds_of(word for word in words if scripts_of(word)))

    def has(self, shown: str) -> bool:
        """Whether a word of a text sounds like one of the name in other letters than the name's."""
        if scripts_of(shown):
            key = fold(shown)
            if any(
                key.startswith(stem) and len(key) <= len(stem) + _ENDING for stem in self._stems
            ):
                return True
            sounds = tuple(_sounds_of([shown]))
            if "CYRILLIC" in scripts_of(shown) and any(
                one.startswith(stem) and len(one) <= len(stem) + _ENDING
                for one in sounds
                for stem in self._latin_stems
            ):
                return True
            return not self._latin.isdisjoint(sounds)
        if not self._other or not shown[:1].isupper() or is_word(key := fold(shown)):
            return False
        return sound(key) in self._other

    def is_like(self, key: str) -> bool:
        """Whether a folded word in Latin letters sounds as one of the name in Latin letters does,
        whoever spelt it: Woronzowa for Vorontsova."""
        return _hissed(sound(key)) in self._like


def _hissed(sounding: str) -> str:
    return re.sub("[sz]", "c", sounding)


def _sounds_of(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if _CHINESE not in scripts_of(word):
            yield from filter(None, map(sound, latin_spellings(word) or (fold(word),)))


def not_spelt(names: Iterable[str]) -> tuple[str, ...]:
    """What must be said of names whose spelling in Latin letters is not known, a sentence each."""
    scripts = frozenset[str]().union(*map(scripts_of, names))
    unknown = sorted(script.title() for script in scripts - _SPELT - {_CHINESE})
    told = [_WITHOUT_A_LATIN_SPELLING.format(scripts=" and ".join(unknown))] if unknown else []
    return (*told, _PINYIN_ONLY) if _CHINESE in scripts else tuple(told)
