"""How a name is found however it is written: by parts, joined, turned round, spelt out, misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from app.services.privacy.folding import Token, fold
from app.services.privacy.given_names import initials_written, is_given_before, short_and_initial
from app.services.privacy.initials import (
    SPELT,
    cut_short,
    dotted_initials,
    is_dotted_initial,
    spelt_out,
    titled_initials,
)
from app.services.privacy.name_keys import WRITTEN_ON, keys_of
from app.services.privacy.name_parts import (
    PARTICLES,
    chunk_keys,
    halves_of,
    initials_of,
    is_suffix,
    lone_particles,
    parts_of,
)
from app.services.privacy.ordinary import (
    is_capital,
    is_plural,
    is_titled,
    is_word,
    means_name,
)
from app.services.privacy.scripts import Sounds, latin_spellings
from app.services.privacy.short_names import OtherForms

_JOINING = re.compile(r"[\s\-\u2010-\u2015\u2212'’‘‛ʹʻʼʽʾʿˈ`´′.·_/&]{0,3}|[-\u2010]\s{1,20}")
"""What may stand between the parts of one name written together, also over the end of a line."""
_BESIDE = re.compile(r"[\s,.\-\u2010-\u2015'’ʼ&]{0,3}")
"""What may stand between one name of a person and the next."""
_AN_INITIAL = re.compile(r",\s?[A-Z](?:\.|\b(?!\w))|\s(?:[A-Z]\.[\s-]?)+(?!\w)")
"""What follows a word that is a name by the initial behind it: `, C.` or ` K.`"""
_SIDES = frozenset("lr")
"""Initials that stand for left and right before a part of the body."""
_APOSTROPHE = re.compile(r"['’‘‛ʹʻʼʽʾʿˈ`´′]")
_MISREAD = str.maketrans("013589", "olesbg")
"""Digits that a text recogniser puts where letters are."""
_MOST_PARTS = 7


class Found(NamedTuple):
    """A stretch of a text: where it begins and ends, and whether that it is private is sure."""

    start: int
    end: int
    sure: bool = True


class Name:
    """One name: of a person, or of a house (`person` False), whose ordinary words count together."""

    _joining = _JOINING

    def __init__(self, text: str, *, person: bool = True, is_place: bool = False) -> None:
        self.person = person
        self._has_forms = person and not is_place
        # "and" where the cover of a house has "&"
        self._left_out = frozenset[str]() if person else PARTICLES
        chunks = [chunk for chunk in re.split(r"[\s,;()&]+", text) if fold(chunk)]
        self._chunks = [
            chunk for at, chunk in enumerate(chunks) if not is_suffix(chunk, at, len(chunks))
        ]
        lone = lone_particles(self._chunks, text) if person else frozenset[str]()
        self._particles = PARTICLES - lone
        self.initials = initials_of(self._chunks)

    def __bool__(self) -> bool:
        return bool(self.keys)

    @cached_property
    def keys(self) -> dict[str, bool]:
        """Every way to write a part of the name, folded; True where only context tells it."""
        return keys_of(self._chunks, self._particles, person=self.person)

    @cached_property
    def _spelt(self) -> tuple[str, ...]:
        """Keys that are found inside a word spelt out letter by letter."""
        return tuple(sorted((key for key in self.keys if len(key) >= SPELT), key=len))[::-1]

    @cached_property
    def _firsts(self) -> tuple[str, ...]:
        """The first letter of each part of the name, in order."""
        return tuple(part[0] for chunk in self._chunks for part in parts_of(chunk))

    @cached_property
    def _first_of_words(self) -> tuple[str, ...]:
        """The same of its words, whatever their halves."""
        parts = (parts_of(chunk) for chunk in self._chunks)
        return tuple(first[0][0] for first in parts if first and first[0] not in PARTICLES)

    @cached_property
    def _given(self) -> tuple[str, ...]:
        """The parts of the name that may be given ones."""
        parts = (part for chunk in self._chunks for part in parts_of(chunk))
        return tuple(part for part in parts if len(part) > 1 and part not in self._particles)

    @cached_property
    def _wholes(self) -> tuple[str, ...]:
        return tuple(key for chunk in self._chunks for key in chunk_keys(chunk))

    def _is_given(self, key: str) -> bool:
        return key in self._wholes or self._forms.has(key)

    @cached_property
    def _near(self) -> tuple[str, ...]:
        """Keys of which a misspelt form is looked for."""
        return tuple(key for key, care in self.keys.items() if len(key) >= 5 and not care)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.keys), default=0)

    # Finding

    def find(self, text: str, words: Sequence[Token], *, prose: bool = True) -> list[Found]:
        """Where the name stands, and where a word of it stands that reads as an ordinary one.

        In what is no `prose` such a word is always the ordinary one.
        """
        sure: list[tuple[int, int]] = []
        care: list[tuple[int, int]] = []
        at = 0
        while at < len(words):
            hit = self._at(text, words, at) or self._form_at(text, words[at], at)
            if hit is None:
                at += 1
                continue
            last, careful = hit
            if prose or not careful:
                (care if careful else sure).append((at, last))
            at = last + 1
        sure += self._misspelt(text, words, {n for a, b in sure + care for n in range(a, b + 1)})
        sure, doubtful = self._by_context(text, words, sorted(sure), care)
        spans = [self._widened(text, words, first, last) for first, last in sure]
        spans += spelt_out(words, self._spelt)
        if self.person:
            spans += dotted_initials(text, self._firsts, self._first_of_words)
            spans += short_and_initial(text, self._given, self.initials)
            spans += titled_initials(text, self.initials)
            spans += cut_short(text, self._wholes, self._is_given)
        found = [Found(start, end) for start, end in _merged(text, spans)]
        return found + [Found(words[a].start, words[b].end, False) for a, b in doubtful]

    def _at(self, text: str, words: Sequence[Token], first: int) -> tuple[int, bool] | None:
        """The last word of the longest way to write the name that begins here."""
        key, best = "", None
        for last in range(first, min(first + _MOST_PARTS, len(words))):
            if last > first and not self._joining.fullmatch(
                text, words[last - 1].end, words[last].start
            ):
                break
            key += words[last].key
            if len(key) > self._longest:
                break
            if last > first and words[last].key in self._left_out:
                key = key[: -len(words[last].key)]
                continue
            if last > first and (len(key) == 2 or words[first].key in WRITTEN_ON):
                continue  # D.O. is no Mr. Do
            if key in self.keys and not (
                self.person and is_plural(text[words[first].start : words[last].end])
            ):
                best = (last, self.keys[key])
        return best

    @cached_property
    def _forms(self) -> OtherForms:
        chunks = self._chunks if self._has_forms else ()
        parts = (part for chunk in chunks for part in (*parts_of(chunk), *latin_spellings(chunk)))
        return OtherForms(parts, self.initials)

    @cached_property
    def _sounds(self) -> Sounds:
        words = {one for chunk in self._chunks for one in (chunk, *halves_of(chunk))}
        return Sounds(word for word in words if fold(word) not in self._particles)

    def _form_at(self, text: str, word: Token, at: int) -> tuple[int, bool] | None:
        """As `_at`, of another form of a part of the name."""
        shown = text[word.start : word.end]
        if self._has_forms and (self._sounds.has(shown) or self._is_joined(shown)):
            return at, False
        base = word.key.rstrip("0123456789")
        if base != word.key and len(base) >= 5 and self.keys.get(base) is False:
            return at, False
        care = self._forms.care_for(base, shown)
        return None if care is None else (at, care)

    def _is_joined(self, shown: str) -> bool:
        """Whether it is a whole name in Chinese characters, whose pinyin is the name's."""
        return any(len(one) >= 5 and one in self.keys for one in latin_spellings(shown)[:2])

    def _misspelt(
        self, text: str, words: Sequence[Token], taken: set[int]
    ) -> Iterator[tuple[int, int]]:
        for at, word in enumerate(words):
            if at in taken or not self._near:
                continue
            if at + 1 < len(words) and _APOSTROPHE.fullmatch(text, word.end, words[at + 1].start):
                joined = word.key + words[at + 1].key
                if len(word.key) == 1 and len(joined) >= 5 and self._is_near(joined):
                    yield at, at + 1  # O'Neill for O'Neil
                    continue
            key = word.key
            if not key.isalpha():
                few = sum(map(str.isalpha, key)) * 2 < len(key)
                key = key.translate(_MISREAD)  # Farre11 for Farrell; 13 is no Le
                if not few and len(key) >= SPELT and key in self.keys:
                    yield at, at
                    continue
            if len(key) < 5 or not key.isalpha() or is_word(key):
                continue
            if is_capital(text[word.start : word.end]) and self._is_near(key):
                yield at, at

    def _is_near(self, key: str) -> bool:
        # The checks know names before the window's first picture; this engine waits for a word.
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 1 if len(key) < 8 else 2
        near = process.extractOne(key, self._near, scorer=OSA.distance, score_cutoff=allowed)
        if near is not None and near[0][0] == key[0]:
            return True
        return self._sounds.is_like(key)  # Ibarra for Ybarra

    def _by_context(
        self,
        text: str,
        words: Sequence[Token],
        sure: list[tuple[int, int]],
        care: Sequence[tuple[int, int]],
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Decides the ordinary words: beside a sure part of the name, or by what stands around."""
        doubtful: list[tuple[int, int]] = []
        known = list(sure)
        for first, last in care:
            if self._beside(text, words, first, last, known) or self._stands_alone(
                text, words, first, last, care
            ):
                known.append((first, last))
            elif not self._is_abbreviation(text, words[first]):
                doubtful.append((first, last))
        return sorted(known), doubtful

    def _is_abbreviation(self, text: str, word: Token) -> bool:
        """Whether it is another form of the name in capitals, such as ED: that is hardly Edward."""
        return self._forms.is_abbreviation(word.key, text[word.start : word.end])

    def _beside(
        self,
        text: str,
        words: Sequence[Token],
        first: int,
        last: int,
        known: Sequence[tuple[int, int]],
    ) -> bool:
        capital = is_capital(text[words[first].start : words[last].end])
        for one, other in known:
            if other + 1 == first:
                gap = (words[other].end, words[first].start)
            elif last + 1 == one:
                gap = (words[last].end, words[one].start)
            else:
                continue
            same_case = capital == is_capital(text[words[one].start : words[one].end])
            if same_case and _BESIDE.fullmatch(text, *gap):
                return True
        return False

    def _stands_alone(
        self,
        text: str,
        words: Sequence[Token],
        first: int,
        last: int,
        care: Sequence[tuple[int, int]],
    ) -> bool:
        """Whether the word is a name where it stands; two of them side by side are one name."""
        if not self.person:  # State Fund, but no state fund
            return all(is_capital(text[w.start : w.end]) for w in words[first : last + 1])
        for one, other in care:
            twice = words[one].key == words[first].key  # 17-OH. Oh denies
            if not twice and (other + 1 == first or last + 1 == one):
                low, high = min(first, one), max(last, other)
                middle = (
                    (words[other].end, words[first].start)
                    if other < first
                    else (words[last].end, words[one].start)
                )
                shown = [text[word.start : word.end] for word in words[low : high + 1]]
                if all(map(is_capital, shown)) and _BESIDE.fullmatch(text, *middle):
                    return True
        if self._has_initial(text, words, first, last):
            return True
        if self._is_abbreviation(text, words[first]):
            return is_titled(text, words, first)
        if first and is_given_before(text, words[first - 1], words[first], self._given, like=True):
            return True
        return means_name(text, words, first, last)

    def _has_initial(self, text: str, words: Sequence[Token], first: int, last: int) -> bool:
        """Whether an initial of the name stands at the word: Hope, C.; Will T.; M.J. Kim."""
        if not is_capital(text[words[first].start : words[first].end]):
            return False
        if last + 1 < len(words) and words[last + 1].key in self.initials:
            return _AN_INITIAL.match(text, words[last].end) is not None
        at = first
        while at and is_dotted_initial(text, words[at - 1], words[at]):
            at -= 1
        return not (self.initials - _SIDES).isdisjoint(word.key for word in words[at:first])

    def _widened(self, text: str, words: Sequence[Token], first: int, last: int) -> tuple[int, int]:
        """With the initials and particles of the name that stand beside it."""
        while first and self._belongs(text, words, first - 1, first, before=True):
            first -= 1
        while last + 1 < len(words) and self._belongs(text, words, last + 1, last, before=False):
            last += 1
        start, end = words[first].start, words[last].end
        if end - words[last].start == 1 and text[end : end + 1] == ".":
            end += 1  # the dot of an initial
        return start, end

    def _belongs(
        self, text: str, words: Sequence[Token], at: int, beside: int, *, before: bool
    ) -> bool:
        low, high = (at, beside) if before else (beside, at)
        if not self.person or not _BESIDE.fullmatch(text, words[low].end, words[high].start):
            return False
        word = words[at]
        shown = text[word.start : word.end]
        if written := initials_written(shown):
            turned = not before and "," in text[words[beside - 1].end : words[beside].start]
            dotted = text[word.end : word.end + 1] == "."
            if before and at and is_dotted_initial(text, words[at - 1], word):
                written |= {words[at - 1].key}  # M.J. Rice, whose J the cover has not
            return not written.isdisjoint(self.initials) or (turned and dotted)
        if before and self._has_forms and is_given_before(text, word, words[beside], self._given):
            return True
        own = {part for chunk in self._chunks for part in (fold(chunk), *parts_of(chunk))}
        if word.key in PARTICLES:
            return before and word.key in own
        return word.key in ("jr", "sr", "ii", "iii") and not before


def _merged(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches in order; those with nothing but a comma or an initial between are one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged:
            gap = text[merged[-1][1] : start] if start > merged[-1][1] else ""
            if _BESIDE.fullmatch(gap) or re.fullmatch(r"\s[A-Z]\.?\s", gap):
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
                continue
        merged.append((start, end))
    return merged
