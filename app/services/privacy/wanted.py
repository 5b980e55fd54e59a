"""What a finished file is searched for, in each of the ways it is searched, and in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from app.letter import Cover
from app.services.privacy.folding import fold, tokens
from app.services.privacy.kinds import KIND_WORDS
from app.services.privacy.name_parts import PARTICLES, SUFFIXES
from app.services.privacy.ordinary import TITLES, is_ordinary, is_word
from app.services.privacy.reading import PrivateTerms, is_role, terms_of, terms_of_phrases
from app.services.privacy.scripts import latin_spellings, not_spelt, scripts_of
from app.services.privacy.second_look import SecondLook

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’‘ʼ`´′\-\u2010\u2011\u00ad])*", re.UNICODE)

_AS_TYPED = "A term in other letters than Latin ones was looked for as it is typed, not as it is spelt in Latin letters."


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """`terms` are looked for as the removal does, `second` reads otherwise, `spellings` are looked
    for in the bytes of the file. `printed` are what the form prints by itself, folded;
    `not_looked_for` are sentences on what cannot be looked for.
    """

    terms: PrivateTerms
    second: SecondLook
    spellings: tuple[str, ...]
    count: int
    words: str
    printed: frozenset[str] = frozenset()
    not_looked_for: tuple[str, ...] = ()

    def left_in(self, text: str) -> int:
        """How often something private stands in a text, apart from what the form prints."""
        spans = self.terms.read(text).private
        return sum(fold(text[start:end]) not in self.printed for start, end in spans)

    def printed_by_form(self, text: str) -> int:
        """How often the form's own words are those of a name, which tells nothing."""
        return len(self.terms.read(text).private) - self.left_in(text)


def wanted_of(cover: Cover, form: str = "") -> Wanted:
    """All that a cover tells of people; `form` is what the letter's form prints without values."""
    terms = terms_of(cover)
    printed = frozenset(fold(form[start:end]) for start, end in terms.read(form).private)
    own_words = frozenset(token.key for token in tokens(form))
    words = [word for word in _words_of(cover) if not _is_common(fold(word), cover)]
    words += [spelling for word in words for spelling in latin_spellings(word)]
    spellings = dict.fromkeys((cover.employee.strip(), cover.claim_number.strip(), *words))
    return Wanted(
        terms=terms,
        second=SecondLook(
            words, [cover.claim_number], titled=_WORD.findall(cover.employee), printed=own_words
        ),
        spellings=tuple(one for one in spellings if one and fold(one) not in own_words),
        count=len(terms),
        words=f"{terms.words}, and by their shape {KIND_WORDS}"
        if terms
        else f"by their shape {KIND_WORDS}",
        printed=printed,
        not_looked_for=not_spelt(
            (cover.employee, cover.provider, cover.addressee, cover.copies_to)
        ),
    )


def wanted_phrases(phrases: Iterable[str]) -> Wanted:
    """Phrases that somebody chose, each as a whole."""
    chosen = tuple(dict.fromkeys(phrase for phrase in phrases if fold(phrase)))
    noun = "term" if len(chosen) == 1 else "terms"
    numbers = [
        phrase for phrase in chosen if sum(map(str.isdigit, phrase)) * 2 >= len(fold(phrase))
    ]
    return Wanted(
        terms=terms_of_phrases(chosen),
        second=SecondLook(chosen, numbers, by_shape=False),
        spellings=chosen,
        count=len(chosen),
        words=f"{len(chosen)} {noun}",
        not_looked_for=(_AS_TYPED,) if any(map(scripts_of, chosen)) else (),
    )


def _words_of(cover: Cover) -> Iterator[str]:
    """The names' words, whole and by half, by a plainer reading of the cover than the removal's."""
    for text in (cover.employee, cover.provider, cover.addressee, cover.copies_to):
        for line in text.split("\n"):
            words = _WORD.findall(line)
            for word in words:
                yield word
                yield from (half for half in re.split(r"[-\u2010\u2011]", word) if len(half) > 3)
                yield from (tail for tail in re.split(r"['’‘ʼ`´′]", word)[1:] if len(tail) > 3)
            for one, other in pairwise(words):
                if not (is_word(fold(one)) and is_word(fold(other))):
                    yield from (one + other, other + one)


def _is_common(key: str, cover: Cover) -> bool:
    """Whether a word of the cover names nobody by itself."""
    if len(key) < 4 or key in SUFFIXES or key in TITLES or key in PARTICLES or is_role(key):
        return True
    own = {token.key for token in tokens(cover.employee)}
    return is_ordinary(key) or (key not in own and is_word(key))
