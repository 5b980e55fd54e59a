"""Every way in which the parts of one name are written together, folded as they are compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, permutations

from app.services.privacy.folding import fold, with_umlauts
from app.services.privacy.name_parts import (
    PARTICLES,
    chunk_keys,
    house_core,
    is_sign,
    parts_of,
)
from app.services.privacy.ordinary import is_ordinary, is_word

WRITTEN_ON = ("mr", "mrs", "ms", "dr")
"""Titles that a name is written together with."""
_LONGEST_ORDERED = 4


def keys_of(chunks: Sequence[str], particles: Collection[str], *, person: bool) -> dict[str, bool]:
    """The keys of a name of these words; True where only context tells that it is meant.

    `particles` are those that are none of its names themselves.
    """
    return _Keys(chunks, particles, person).found


class _Keys:
    def __init__(self, chunks: Sequence[str], particles: Collection[str], person: bool) -> None:
        self.found: dict[str, bool] = {}
        self._chunks = chunks
        self._particles = particles
        self._person = person
        self._wholes = [fold(chunk) for chunk in chunks]
        self._main = [one for one in self._wholes if len(one) > 1 and one not in particles]
        if self._main:
            self._take_words()
            self._take_with_particles()
            self._take_joined()

    def _add(self, key: str, care: bool) -> None:
        if (len(key) < 2 and not is_sign(key)) or key in self._particles:
            return
        for one in with_umlauts([key]):
            self.found[one] = self.found.get(one, care) and care

    def _take_words(self) -> None:
        for chunk in self._chunks:
            for key in chunk_keys(chunk):
                if self._person or not is_word(key):
                    self._add(key, self._person and key.isascii() and is_ordinary(key))
                for title in WRITTEN_ON if self._person and len(key) > 2 else ():
                    self._add(title + key, False)

    def _take_with_particles(self) -> None:
        for at, whole in enumerate(self._wholes):
            before = at
            while before and self._wholes[before - 1] in self._particles:
                before -= 1
                particles = "".join(self._wholes[before:at])
                # St. Cloud-Hill is written St. Cloud too.
                for end in {whole, *parts_of(self._chunks[at])[:1]}:
                    self._add(particles + end, False)
                    if particles == "st":
                        self._add("saint" + end, False)
        parts = [part for chunk in self._chunks for part in parts_of(chunk)]
        for one, part in pairwise(parts):
            # Nkrumah-Ó Dálaigh: the particle stands behind a hyphen.
            if one in PARTICLES and len(part) > 2:
                self._add(one + part, False)
            if one in ("saint", "st"):
                self._add("st" + part, False)
                self._add("saint" + part, False)

    def _take_joined(self) -> None:
        for parts in self._orders():
            self._add("".join(parts), all(map(is_ordinary, parts)) and self._person)
        if not self._person:
            words = [whole for whole in self._wholes if whole not in PARTICLES]
            common = all(map(is_word, words))
            if len(words) > 1 or not common:
                self._add("".join(words), common)
            if len(core := house_core(self._wholes)) > 1:
                self._add("".join(core), True)

    def _orders(self) -> Iterator[tuple[str, ...]]:
        if len(self._wholes) > 1:
            yield tuple(self._wholes)
        if not self._person:
            # Baker Back of Baker Back & Spine Institute; Hand Surgery of its Associates names nobody.
            yield from (pair for pair in pairwise(self._main) if not all(map(is_word, pair)))
            return
        for count in range(2, min(len(self._main), _LONGEST_ORDERED) + 1):
            yield from permutations(self._main[:_LONGEST_ORDERED], count)
