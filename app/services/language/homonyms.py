"""Words that mean something else here: came back, left the joint unstable, at first hand, replaced a brace."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from app.services.language.terms import (
    PART,
    TREATMENT,
    Mention,
    Token,
    concepts,
)


def _is_way(words: tuple[Token, ...], after: int) -> bool:
    """ "Back to work" and "back and forth" name no part of a body."""
    following = words[after].text if after < len(words) else ""
    return following in ("to", "at", "home", "into", "together") or (
        following == "and" and after + 1 < len(words) and words[after + 1].text == "forth"
    )


_COMES = frozenset(
    (
        "came",
        "come",
        "comes",
        "coming",
        "go",
        "goes",
        "went",
        "gone",
        "going",
        "get",
        "gets",
        "got",
        "brought",
        "dates",
        "dated",
        "dating",
        *("held", "hold", "holding", "set", "put", "fall", "falls", "fell", "fallen", "cut", "cutting", "turned"),
        *("sent", "send", "taken", "give", "given", "call", "called", "move", "moved", "bounce", "return"),
    )
)  # fmt: skip


_IS = frozenset(("be", "been", "is", "was", "are", "were", "s", "re"))


_OF_A_BACK = frozenset(
    ("pain", "pains", "ache", "aches", "strain", "sprain", "injury", "injuries", "spasm", "spasms", "stiffness",
     "symptoms", "complaints", "surgery", "tenderness", "soreness", "discomfort", "and", "or", "related", "only")
)  # fmt: skip


_SIDES = frozenset(("side", "limb", "level", "levels", "one", "segment"))


_SEEN = frozenset(
    ("showing", "shows", "show", "showed", "with", "reproducing", "were", "are", "is", "was", "noted", "tenderness",
     "tender", "palpated", "present", "that", "which", "found", "on", "over", "and")
)  # fmt: skip


_REFLEXES = frozenset(("reflex", "reflexes", "jerk", "jerks", "clonus"))


_NO_HAND = frozenset(("at", "on", "by", "in", "beforehand", "first", "second", "other", "one"))


_LOOKS = frozenset(("watchful", "trained", "naked", "expert", "close", "careful"))


_WATCHERS = frozenset(
    ("therapist", "physician", "doctor", "surgeon", "trainer", "provider", "instructor")
)


_NO_FACE = frozenset(("sheet", "sheets", "to", "value", "of"))


_AGO = frozenset(("years", "year", "months", "month", "weeks", "week", "days", "while", "time"))


_LEFT_BEHIND = frozenset(
    (
        "has",
        "have",
        "had",
        "is",
        "was",
        "were",
        "are",
        "be",
        "been",
        "being",
        "he",
        "she",
        "worker",
        "patient",
        "it",
        "which",
        "little",
        "much",
        "nothing",
        "deficit",
    )
)


_GOES_RIGHT = frozenset(
    (
        "away",
        "now",
        "to",
        "after",
        "before",
        "about",
        "here",
        "there",
        "or",
        "decision",
        "choice",
        "result",
    )
)


_OF_A_SIDE = frozenset(
    (
        "sided",
        "side",
        "handed",
        "hand",
        "dominant",
        "lower",
        "upper",
        "more",
        "greater",
        "worse",
        "and",
        "or",
        "than",
    )
)


_OF_BOTH = frozenset(
    (
        "sides",
        "upper",
        "lower",
        "the",
        "his",
        "her",
        "of",
        "sets",
        "proximal",
        "distal",
        "medial",
        "lateral",
        "anterior",
        "posterior",
    )
)


def _follows(words: tuple[Token, ...], at: int, expected: frozenset[str]) -> bool:
    return at < len(words) and words[at].text in expected


def _is_adverb(words: tuple[Token, ...], at: int, last: int) -> bool:
    """ "Back to work", "a year back", "is back by then": where to, and no part of a body."""
    before = words[at - 1].text if at else ""
    behind = words[last].text if last < len(words) else ""
    if _is_way(words, last) or before in _COMES | _AGO:
        return True
    return before in _IS and behind not in _OF_A_BACK


def means_other(kind: str, name: str, words: tuple[Token, ...], at: int, last: int) -> bool:
    """Whether the words from `at` to before `last` mean something else than the concept `name` here."""
    word = words[at].text
    if name == "back":
        return _is_adverb(words, at, last)
    if name == "trigger point":
        return words[last - 1].text in ("point", "points") and _follows(words, last, _SEEN)
    if kind == PART and _follows(words, last, _REFLEXES):
        return True
    if last - at != 1:
        return False
    other = _OTHER_SENSE.get(word)
    return other is not None and other(words, at)


def _before(words: tuple[Token, ...], at: int) -> str:
    return words[at - 1].text if at > 0 else ""


def _behind(words: tuple[Token, ...], at: int) -> str:
    return words[at + 1].text if at + 1 < len(words) else ""


def _is_eye_of_another(words: tuple[Token, ...], at: int) -> bool:
    """ "Under the therapist's eye", "to the naked eye"."""
    return _before(words, at) in _LOOKS or (at > 1 and words[at - 2].text in _WATCHERS)


def _is_verb_left(words: tuple[Token, ...], at: int) -> bool:
    """ "Has left the joint unstable"."""
    behind = _behind(words, at)
    return (
        _before(words, at) in _LEFT_BEHIND and behind not in _OF_A_SIDE and not _names_part(behind)
    )


_OTHER_SENSE: dict[str, Callable[[tuple[Token, ...], int], bool]] = {
    "face": lambda words, at: _behind(words, at) in _NO_FACE or _before(words, at) == "its",
    "scope": lambda words, at: _behind(words, at) in ("for", "of"),
    "better": lambda words, at: _behind(words, at) in ("part", "half", "known", "safe", "course"),
    "operated": lambda words, at: _names_part(_behind(words, at)) or _behind(words, at) in _SIDES,
    "hand": lambda words, at: _before(words, at) in _NO_HAND,
    "eye": _is_eye_of_another,
    "both": lambda words, at: (
        _behind(words, at) not in _OF_BOTH and not _names_part(_behind(words, at))
    ),
    "left": _is_verb_left,
    "right": lambda words, at: (
        _behind(words, at) in _GOES_RIGHT and _before(words, at) not in ("the", "his", "her", "on")
    ),
}
"""Single words that are no term where these hold."""


@cache
def _part_words() -> frozenset[str]:
    """The first words of all terms for body parts."""
    return frozenset(
        term.split()[0] for one in concepts().values() if one.kind == PART for term in one.terms
    )


def _names_part(word: str) -> bool:
    return word in _part_words() or word.removesuffix("s") in _part_words()


_RENEWED = ("replac", "repair", "remov", "revis")


def is_done_to_a_device(mention: Mention, words: tuple[Token, ...], found: list[Mention]) -> bool:
    """ "Unloader brace, replacement": no operation, where only a device is named that may be replaced."""
    if mention.name != "surgery" or not words[mention.first].text.startswith(_RENEWED):
        return False
    if mention.last - mention.first > 1:
        return False
    others = [m for m in found if m.kind == TREATMENT and m.name != "surgery"]
    return bool(others) and all(concepts()[m.name].group == "equipment" for m in others)
