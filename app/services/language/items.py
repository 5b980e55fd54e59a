"""What is asked for or told of: an item with its side, part, level, dose, count, frequency, form.

A number or a side belongs to the item beside it: a sentence that names three items is parted at
the words in front of each, so that none has what is said of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from app.services.language.amounts import (
    HOURS,
    REFILLS,
    TABLETS,
    VISITS,
    WEEKLY,
    Count,
    Dose,
    find_counts,
    find_doses,
    find_strengths,
)
from app.services.language.context import Marks
from app.services.language.facts import Read
from app.services.language.levels import levels_in
from app.services.language.numbers import NUMBER, as_number
from app.services.language.terms import DRUG, PART, SIDE, TREATMENT, Mention, Token, wider
from app.services.language.texts import Text

# What only says that something is treated: no item of its own beside one that is named.
_GENERAL = frozenset(
    ("conservative", "medication", "therapy", "topical", "imaging", "injection", "surgery",
     "consultation", "activity modification", "opioid", "anti inflammatory", "muscle relaxants",
     "anticonvulsants", "antidepressants")
)  # fmt: skip
_NOT_BEFORE = frozenset(
    ("for", "of", "is", "was", "are", "were", "to", "with", "in", "on", "at", "by", "from", "request",
     "requested", "requests", "authorization", "and", "or", "that", "has", "had", "have", "be", "been",
     "including", "include", "includes", "the", "patient", "worker", "a", "an", "dispute", "use",
     "recommended", "denied", "prescribed", "takes", "taking", "given", "if", "than", "prior", "as")
)  # fmt: skip
_COUNTED = frozenset(
    ("visits", "sessions", "treatments", "units", "days", "weeks", "months", "course", "trial",
     "rental", "purchase", "refills", "tablets", "boxes", "set", "quantity", "number", "total", "capsules", "patches",
     "form", "formulation", "cream", "gel", "patch", "tablet", "capsule", "suppository", "solution")
)  # fmt: skip
_ENDS = frozenset(("is", "was", "are", "were", "because", "given", "which", "has"))
_GIVEN = frozenset(
    ("taken", "applied", "used", "prescribed", "dosed", "replaced", "changed", "given", "administered",
     "requested", "worn", "rented", "purchased")
)  # fmt: skip
_WIDEST_BEFORE = 9
_REQUEST = re.compile(
    r"\brequest(?:ed|s|ing)?\b|\bat issue\b|\bin dispute\b|\basked for\b|\bordered\b|\bprescription\b",
    re.I,
)
_RATES = {
    "qd": 1.0, "qhs": 1.0, "qam": 1.0, "qpm": 1.0, "daily": 1.0, "nightly": 1.0, "bid": 2.0, "tid": 3.0, "qid": 4.0,
}  # fmt: skip
_FREQUENCY = re.compile(
    rf"\b(?:every|q\.?)\s?(?P<hours>{NUMBER})\s?(?:h\b|hrs?\b|hours?\b)"
    rf"|\bevery (?P<days>{NUMBER}|other|second) days?\b"
    rf"|\b(?P<times>{NUMBER})(?:\s?(?:x|times))?\s?(?:a|per|each|/|every)\s?day\b|\b(?P<daily>{NUMBER})\s?(?:x|times)?\s?daily\b"
    r"|(?<![\w.])(?P<latin>q\.?d|q\.?h\.?s|q\.?a\.?m|q\.?p\.?m|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d)\b\.?"
    r"|\b(?P<once>every (?:day|night|morning|evening)|at bedtime|at night|nightly|daily)\b(?! (?:living|activit|function))",
    re.I,
)
_PERIOD = {"day": 1, "week": 7, "month": 30, "year": 365}
_SUPPLY = re.compile(
    rf"\b(?:({NUMBER})[\s-]*(day|week|month)s?[\s-]+(?:supply|rental|trial|course|use|program)|(?:rental|trial|supply|course|use)\s*(?:x|of|for|:)?\s*({NUMBER})\s*(day|week|month)s?|for ({NUMBER})\s*(day|month)s?)\b",
    re.I,
)
_CONTRAST = re.compile(
    r"\b(with(?:out)?(?: and without| or without| &(?: without)?|/without)?|w/o|w/|no|non[- ]?|using|intravenous|iv|gadolinium)\s*(?:iv |intravenous |gadolinium |any |the use of |use of )*(?:contrast|dye|gadolinium)\b|\b(?:un)?enhanced\b|\bnon-?contrast\b|\bcontrast[- ]enhanced\b|\bcontrast(?:ed)?(?= (?:lumbar |cervical |thoracic |spine |brain |knee |shoulder )*(?:MRI?|CT|magnetic|study|scan)\b)|\bgadolinium[- ]enhanced\b|\bw/? ?(?:and|&|/) ?w/?o contrast\b|\bwith (?:and|&) w/?o contrast\b",
    re.I,
)
_FORMS = {
    "tablet": r"tab(?:let)?s?|pills?|caplets?", "capsule": r"caps?(?:ule)?s?", "patch": r"patch(?:es)?|transdermal|pads?",
    "cream": r"creams?", "gel": r"gels?", "ointment": r"ointments?", "lozenge": r"lozenges?|lollipops?|troches?|buccal", "solution": r"solutions?|liquid|suspension|syrup|elixir|oral drops",
    "injection": r"injections?|injectable|injected|vials?|IM\b|intramuscular(?:ly)?", "suppository": r"suppositor(?:y|ies)", "spray": r"sprays?|inhaler", "lotion": r"lotions?",
}  # fmt: skip
_FORM = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FORMS.items()) + r")\b", re.I
)
_SAME_FORM = {"capsule": "tablet", "ointment": "cream", "lotion": "cream"}
_APPROACH = re.compile(
    r"\b(?:(?P<interlaminar>inter-?laminar|trans-?laminar)|(?P<transforaminal>trans-?foraminal)|(?P<caudal>caudal)"
    r"|(?P<open>(?:mini-?)?open (?:repair|surgery|reduction|incision|release|procedure|approach|rotator|carpal)|open\b(?= incision))|(?P<arthroscopic>arthroscop\w+)|(?P<endoscopic>endoscop\w+))",
    re.I,
)
_TERMS = re.compile(
    r"\b(rental|rent|renting|leas(?:e|ed|ing)|purchas(?:e|ed|ing)|buy|buying|bought|rented)\b", re.I
)


class Item(NamedTuple):
    """One item as one place tells it. `start` and `end` are the stretch that is about it."""

    name: str
    kind: str
    start: int
    end: int
    sentence: int
    marks: Marks
    sides: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    doses: tuple[Dose, ...] = ()
    tablets: frozenset[int] = frozenset()
    refills: frozenset[int] = frozenset()
    visits: frozenset[int] = frozenset()
    weekly: frozenset[tuple[int, int]] = frozenset()
    hours: frozenset[int] = frozenset()
    a_day: frozenset[float] = frozenset()
    days: frozenset[int] = frozenset()
    contrast: str = ""
    form: str = ""
    terms: str = ""
    approach: str = ""

    def is_same(self, other: Item) -> bool:
        """The same drug or treatment, or one a case of the other; what names none may be either."""
        if not self.name or not other.name:
            return True
        return self.name in wider(other.name) or other.name in wider(self.name)


class Stretch(NamedTuple):
    """A part of a sentence that is about one thing named in it."""

    anchor: Mention
    start: int
    end: int
    at: int
    alone: bool = False


@lru_cache(maxsize=4096)
def items_of(text: Text) -> tuple[Item, ...]:
    """Every item that a text names, in order."""
    found: list[Item] = []
    for number, read in enumerate(text.read):
        offset, _ = text.place(number)
        raw = text.sentences[number].text
        for stretch in stretches(raw, read):
            item = _item(raw, read, stretch)
            found.append(
                item._replace(
                    start=item.start + offset, end=item.end + offset, sentence=number,
                    marks=text.marks(number, stretch.at) if stretch.at >= 0 else Marks(asked=True),
                )
            )  # fmt: skip
    return tuple(found)


def stretches(raw: str, read: Read) -> Iterator[Stretch]:
    """A sentence parted by the items it names; "the request" alone is an item without a name."""
    anchors = list(_anchors(raw, read))
    if not anchors:
        asked = _REQUEST.search(raw)
        if asked:
            anchor = Mention("", "", asked.start(), asked.end(), len(read.words), len(read.words))
            yield Stretch(anchor, 0, len(raw), -1)
        return
    starts = [_before(read, anchor) for _, anchor in anchors]
    for order, (_, anchor) in enumerate(anchors[:-1]):
        # "Flurbiprofen 20%/lidocaine 5%": a strength behind a drug is no count in front of the next.
        own = (
            find_doses(raw[anchor.end : anchors[order + 1][1].start]) if anchor.kind == DRUG else ()
        )
        if own and own[0].start <= 2:
            starts[order + 1] = max(starts[order + 1], anchor.end + own[0].end)
    for order, (at, anchor) in enumerate(anchors):
        hard = _clause_end(raw, read, anchor.last)
        until = hard
        if order + 1 < len(anchors):
            until = min(until, max(starts[order + 1], anchor.end))
        yield Stretch(anchor, starts[order], until, at, len(anchors) == 1)


def _anchors(raw: str, read: Read) -> Iterator[tuple[int, Mention]]:
    named = [
        (at, mention)
        for at, mention in enumerate(read.mentions)
        if mention.kind in (DRUG, TREATMENT)
    ]
    special = any(mention.name not in _GENERAL for _, mention in named)
    last: Mention | None = None
    for at, mention in named:
        if special and mention.name in _GENERAL:
            continue
        if (
            last is not None
            and (mention.name == last.name or mention.name in wider(last.name))
            and re.fullmatch(
                r"[\s(/,-]*(?:and|or)?[\s(/,-]*(?:[a-z]+\s?)?", raw[last.end : mention.start], re.I
            )
        ):
            continue
        last = mention
        yield at, mention


def _before(read: Read, anchor: Mention) -> int:
    """Where the words in front of an item begin that belong to it: "left knee", "12 more visits of"."""
    words, at = read.words, anchor.first
    places = {
        token
        for mention in read.mentions
        if mention.kind in (PART, SIDE)
        for token in range(mention.first, mention.last)
    }
    while at > 0 and anchor.first - at < _WIDEST_BEFORE:
        if read.ends.soft[at] or read.ends.hard[at]:
            break
        word = words[at - 1].text
        if word in _NOT_BEFORE and not _joins(words, at - 1, places):
            break
        at -= 1
    return words[at].start


def _joins(words: tuple[Token, ...], at: int, places: set[int]) -> bool:
    """Whether a small word joins what belongs together: "visits of", "left and right", "L4 and L5"."""
    if at == 0 or at + 1 >= len(words):
        return False
    if words[at].text in ("a", "an", "the") and at > 1:
        return words[at - 1].text == "of" and words[at - 2].text in _COUNTED
    if words[at].text == "of":
        return words[at - 1].text in _COUNTED
    if words[at].text in ("and", "or"):
        return all(
            near in places or words[near].text.isdigit() or words[near].text in "ctls"
            for near in (at - 1, at + 1)
        )
    return False


def _clause_end(raw: str, read: Read, token: int) -> int:
    """Where the clause ends; one word of a conclusion ("is", "because") ends it as well."""
    end = read.ends.right(token)
    for at in range(token, end):
        if read.words[at].text in _ENDS and not _goes_on(read, at):
            end = at
            break
    return read.words[end].start if end < len(read.words) else len(raw)


def _goes_on(read: Read, at: int) -> bool:
    """Whether what follows still tells how it is given: "is taken twice a day"."""
    reach = 4 if [word.text for word in read.words[at + 1 : at + 3]] == ["to", "be"] else 3
    return any(word.text in _GIVEN for word in read.words[at + 1 : at + reach])


def _item(raw: str, read: Read, stretch: Stretch) -> Item:
    part = raw[stretch.start : stretch.end]
    here = [m for m in read.mentions if stretch.start <= m.start < stretch.end]
    counts = find_counts(part)
    weekly = frozenset((c.number, c.weeks) for c in counts if c.what == WEEKLY and c.weeks)
    form = _FORM.search(part)
    kind = stretch.anchor.kind
    name = next((key for key, value in form.groupdict().items() if value), "") if form else ""
    return Item(
        stretch.anchor.name,
        kind,
        stretch.start,
        stretch.end,
        0,
        Marks(),
        frozenset(m.name for m in here if m.kind == SIDE),
        frozenset(m.name for m in here if m.kind == PART),
        levels_in(part),
        _doses(part, stretch) if kind == DRUG else (),
        _numbers(counts, TABLETS),
        _refills(part, counts)
        or (_refills(raw, find_counts(raw)) if stretch.alone else frozenset()),
        _numbers(counts, VISITS) | frozenset(times * weeks for times, weeks in weekly),
        weekly,
        _numbers(counts, HOURS),
        _a_day(part),
        _days(part),
        _contrast(part),
        _SAME_FORM.get(name, name) if kind in (DRUG, "") else "",
        _terms(part) or (_terms(raw) if stretch.alone else ""),
        _approach(part),
    )


def _numbers(counts: tuple[Count, ...], what: str) -> frozenset[int]:
    return frozenset(count.number for count in counts if count.what == what)


def _doses(part: str, stretch: Stretch) -> tuple[Dose, ...]:
    """The drug's strength, also where no unit is told; or else any dose told with it."""
    start = stretch.anchor.start - stretch.start
    place = (stretch.anchor.name, start, start + stretch.anchor.end - stretch.anchor.start)
    return tuple(found.dose for found in find_strengths(part, (place,))) or find_doses(part)


def _a_day(part: str) -> frozenset[float]:
    """How often a day, whether in words, hours or as prescriptions have it."""
    return frozenset(rate for match in _FREQUENCY.finditer(part) if (rate := _rate(match)))


def _rate(match: re.Match[str]) -> float | None:
    if match["once"]:
        return 1.0
    if match["latin"]:
        return _RATES[match["latin"].lower().replace(".", "")]
    if match["days"]:
        days = as_number(match["days"]) or 2
        return round(1 / days, 3)
    if match["hours"]:
        hours = as_number(match["hours"])
        return round(24 / hours, 3) if hours else None
    times = as_number(match["times"] or match["daily"])
    return float(times) if times else None


def _refills(part: str, counts: tuple[Count, ...]) -> frozenset[int]:
    found = _numbers(counts, REFILLS)
    if re.search(r"\b(?:no|without|zero|non-?) ?refills?\b|\brefills?:? ?(?:none|0)\b", part, re.I):
        found |= {0}
    if not found and re.search(r"\b(?:a|one|a single|only one) refill\b", part, re.I):
        found |= {1}
    return found


def _days(part: str) -> frozenset[int]:
    found: set[int] = set()
    for match in _SUPPLY.finditer(part):
        number, unit = next((match[at], match[at + 1]) for at in (1, 3, 5) if match[at])
        count = as_number(number)
        if count:
            found.add(count * _PERIOD[unit.lower()])
    return frozenset(found)


def _contrast(part: str) -> str:
    match = _CONTRAST.search(part)
    if match is None:
        return ""
    words = match[0].lower()
    if re.search(r"(?:and|/|&|w/?) ?(?:without|w/?o)", words):
        return "with and without"
    if re.match(r"without|w/o|no\b|non|unenhanced", words):
        return "without"
    return "with"


def _approach(part: str) -> str:
    match = _APPROACH.search(part)
    return next((name for name, found in match.groupdict().items() if found), "") if match else ""


def _terms(part: str) -> str:
    match = _TERMS.search(part)
    return (
        ""
        if match is None
        else "rental"
        if match[0].lower().startswith(("rent", "leas"))
        else "purchase"
    )
