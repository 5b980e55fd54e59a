"""Which names are ordinary words too, and whether such a word is meant as a name where it stands.

A surname May, Hand or Pain may not take the month, the body part or the complaint out of a letter;
it is told from them by capitals, titles and neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from app.services.language.dates import MONTHS
from app.services.privacy.folding import Token
from app.services.spelling import english_counts, medical_words

_COMMON = 10_000
"""So often a word stands in the list's sample of English that its small letters mean the word."""
_FIELD = 1_500
"""The same for a word of medicine."""
_MET = 1_000
"""A word met less often than this is hardly told from a misspelt name."""
_TRADES = frozenset(
    ["baker", "barber", "brewer", "butcher", "carpenter", "cook", "driver", "farmer", "gardener", "hunter", "mason", "miller", "painter", "porter", "roofer", "singer", "tailor", "walker", "weaver", "welder", "crane", "brace", "palm", "stump", "rice", "moss", "case", "page", "group", "institute", "center", "clinic", "california", "carolina"]
)  # fmt: skip
_TWO = 2
_SHORTEST = 4
"""Shorter names are abbreviations as often as names, so that they are read with care."""
_BEFORE_MONTH = frozenset(["in", "on", "since", "until", "by", "from", "through", "of", "early", "late", "mid", "during", "last", "next", "this", "before", "after", "between", "and", "to"])  # fmt: skip
_ACTS = frozenset(
    [
        "denies",
        "denied",
        "states",
        "stated",
        "complains",
        "complained",
        "underwent",
        "told",
        "said",
        "takes",
        "took",
        "lives",
        "lived",
        "wrote",
        "signed",
        "says",
        "testified",
        "attended",
        "resides",
    ]
)
"""What only people do."""
_ACTS_OF_PATIENTS = _ACTS | frozenset(["was", "is", "has", "had", "reports", "reported", "describes", "described", "presents", "presented", "returns", "returned", "continues", "continued", "received", "receives", "rates", "rated", "attends", "went", "saw", "felt", "fell", "feels", "notes", "noted", "indicated", "began", "stopped", "came", "improved", "works", "worked", "used", "uses", "tried", "requested", "needs", "wants", "sustained", "suffered", "injured", "developed"])  # fmt: skip
"""What is said of a patient, and hardly of what a word of two letters stands for elsewhere."""
_SHORT_WORDS = frozenset(["ad", "ah", "am", "an", "as", "at", "ax", "be", "by", "do", "dr", "ed", "eh", "em", "en", "er", "ex", "go", "ha", "he", "hi", "ho", "if", "in", "is", "it", "la", "lo", "ma", "me", "my", "no", "of", "oh", "ok", "on", "or", "ow", "ox", "pa", "pi", "so", "to", "up", "us", "we", "ye"])  # fmt: skip
"""English words of two letters: with a capital they begin a sentence as often as they are a name."""
_ARTICLES = frozenset(("the", "a", "an", "his", "her", "both", "each", "no", "this", "that"))
_TURNED_ROUND = frozenset(
    ("so", "as", "if", "no", "in", "on", "at", "to", "by", "or", "it", "he", "we")
)
"""Those of them that stand before `was` and `is` themselves."""
_OF_ANYTHING = frozenset(
    ("was", "is", "has", "had", "continues", "continued", "returned", "improved")
)
_SHORT_FORMS = frozenset(["bp", "ca", "cc", "ct", "cv", "do", "dx", "ed", "er", "fu", "fx", "gi", "ha", "hs", "ho", "hx", "ic", "id", "ii", "im", "iu", "iv", "la", "le", "li", "lo", "lt", "ma", "md", "mg", "mi", "ml", "mm", "mr", "ms", "na", "ng", "np", "nt", "oa", "od", "oh", "or", "os", "ot", "pa", "pe", "po", "pt", "px", "ra", "re", "rn", "ro", "rt", "rx", "sc", "si", "sl", "st", "sx", "ta", "th", "to", "tx", "ue", "us", "vs", "wt", "yo"])  # fmt: skip
"""What two capitals stand for in records: LE the leg, NG a tube, OH a part of a formula."""
HONORIFICS = frozenset(("mr", "mrs", "ms", "miss", "mx"))
TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "attorney", "atty", "adjuster", "nurse", "surgeon", "physician", "judge", "officer", "sergeant", "sgt", "captain", "reverend", "rev", "claimant", "applicant", "employee", "patient", "worker", "named", "name", "sr", "sra", "senor", "senora", "esq"]
)  # fmt: skip
_NOT_SENTENCE_END = re.compile(r"(?:^|[\s(])(?:mr|mrs|ms|dr|st|prof|jr|sr|vs|no|[a-z])\.$", re.I)


@cache
def ordinary_words() -> frozenset[str]:
    """Words whose small letters mean the word and no name."""
    counts, medical = english_counts(), medical_words()
    common = {word for word, count in counts.items() if count >= _COMMON}
    field = {word for word in medical if counts.get(word, 0) >= _FIELD}
    return frozenset(common | field | _TRADES).union(MONTHS)


def is_ordinary(key: str) -> bool:
    """Whether the name may be met as an ordinary word, so that only its context tells."""
    if len(key) < _SHORTEST:
        return len(key) < 3 or key in english_counts() or key in medical_words()
    return key in ordinary_words()


def is_word(key: str) -> bool:
    """Whether it is any word of English or medicine, and so no misspelt name."""
    return key in ordinary_words() or key in medical_words() or english_counts().get(key, 0) >= _MET


def is_plural(shown: str) -> bool:
    """Whether it stands there as the plural of an ordinary word: in summers; Summers is a name."""
    return shown.islower() and shown.endswith("s") and shown[:-1] in ordinary_words()


def is_capital(text: str) -> bool:
    """Whether a word begins with a capital."""
    return text[:1].isupper()


def begins_sentence(text: str, start: int) -> bool:
    """Whether a sentence, a line or a heading begins there."""
    before = text[:start].rstrip(" \t\"“‘'(")
    if not before or before[-1] in "!?:;\n•" or "\n" in text[len(before) : start]:
        return True
    return before[-1] == "." and not _NOT_SENTENCE_END.search(before[-8:])


def is_titled(text: str, words: Sequence[Token], at: int) -> bool:
    """Whether Mr., Ms. or the like stands before a word."""
    if not at or words[at - 1].key not in HONORIFICS:
        return False
    return _touch(text, words[at - 1].end, words[at].start)


def means_name(text: str, words: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words `first` to `last`, which are ordinary ones, are a name where they stand."""
    shown = text[words[first].start : words[last].end]
    before = words[first - 1] if first else None
    after = words[last + 1] if last + 1 < len(words) else None
    titled = before is not None and _touch(text, before.end, words[first].start)
    if is_titled(text, words, first):
        return True
    if not any(is_capital(text[word.start : word.end]) for word in words[first : last + 1]):
        return False
    if titled and before is not None and before.key in TITLES:
        return True
    if first == last and len(words[first].key) == _TWO:
        return _means_short_name(text, words, first)
    if after and after.key in _ACTS and not shown.isupper():
        return True
    if re.match(r"['’ʼ`´]s\b", text[words[last].end :], re.I):
        return True
    if last > first:
        return True  # two parts of the same name side by side
    if words[first].key in MONTHS and _is_date(text, before, words[first], after):
        return False
    if begins_sentence(text, words[first].start):
        return False
    return not _in_term(text, words, first, shown)


def _means_short_name(text: str, words: Sequence[Token], at: int) -> bool:
    """The same of a name of two letters, which has a capital here and no title before it."""
    word = words[at]
    shown = text[word.start : word.end]
    if re.match(r"['’ʼ`´]s\b", text[word.end :], re.I):
        return True
    if at and words[at - 1].key in _ARTICLES and _touch(text, words[at - 1].end, word.start):
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    touches = after is not None and not text[word.end : after.start].strip()
    if after is not None and touches and after.key in _ACTS_OF_PATIENTS:
        return word.key not in _TURNED_ROUND or after.key not in _OF_ANYTHING
    if _in_term(text, words, at, shown):
        return False
    if touches and after is not None and (after.key.isdigit() or after.key == "et"):
        return False  # LE 5; Wu et al.
    if shown.isupper():
        return word.key not in _SHORT_FORMS | _SHORT_WORDS
    return word.key not in _SHORT_WORDS or not begins_sentence(text, word.start)


def _touch(text: str, end: int, start: int) -> bool:
    return len(gap := text[end:start]) <= 3 and not set(gap) - set(" .:,\u00a0")


def _is_date(text: str, before: Token | None, word: Token, after: Token | None) -> bool:
    if after and (after.key[0].isdigit() or after.key == "of"):
        return True
    if before is None:
        return False
    return before.key[0].isdigit() or before.key in _BEFORE_MONTH


def _in_term(text: str, words: Sequence[Token], at: int, shown: str) -> bool:
    """Whether a capital neighbour shows a term of several words, such as Hand Surgery."""
    for beside in (at - 1, at + 1):
        if not 0 <= beside < len(words):
            continue
        other = words[beside]
        low, high = sorted((other, words[at]))
        gap = text[low.end : high.start]
        word = text[other.start : other.end]
        if gap.strip(" -\u00a0/&") or not is_capital(word):
            continue
        if beside < at and begins_sentence(text, other.start):
            continue
        if len(word) > 1 and (not shown.isupper() or word.isupper()):
            return True
    return False
