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
from app.services.language.facts import Read, read_sentence
from app.services.language.levels import levels_within
from app.services.language.qualities import (
    a_day,
    amounts,
    approach,
    contrast,
    days,
    form,
    per_week,
    refills,
    terms,
)
from app.services.language.terms import DRUG, PART, SIDE, TREATMENT, Mention, Token, wider
from app.services.language.texts import Text

# What only says that something is treated: no item of its own beside one that is named.
_GENERAL = frozenset(
    ("conservative", "medication", "therapy", "topical", "imaging", "injection", "surgery",
     "consultation", "activity modification", "opioid", "anti inflammatory", "muscle relaxants",
     "anticonvulsants", "antidepressants", "neuropathic agents")
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
     "tube", "jar", "bottle", "box", "gram", "grams", "supply", "series", "form", "formulation", "cream", "gel", "patch", "tablet", "capsule", "suppository", "solution")
)  # fmt: skip
_ENDS = frozenset(("is", "was", "are", "were", "because", "given", "which", "has"))
_GIVEN = frozenset(
    ("taken", "done", "performed", "obtained", "repaired", "carried", "applied", "used", "prescribed", "dosed", "replaced", "changed", "given", "administered",
     "requested", "worn", "rented", "purchased")
)  # fmt: skip
_WHERE = [[word] for word in ("at", "for", "of", "to", "on", "with", "without", "in", "by", "over")]
"""Behind "is": what follows still tells where or with what it is."""
_ANY_DRUG = frozenset(("topical", "medication"))
"""How a drug is called that was named before: "the patch", "the medication"."""
_WIDEST_BEFORE = 9
_TOTAL_DOSE = re.compile(r"\bequivalen|\bMED\b|\bMME\b|\bmaximum|\bup to\b", re.I)
# The item of a letter that is called by what it is alone: "the course", "this device".
_THE_ITEM = re.compile(
    r"\b(?:the|this|each|that|such an?|an?|his|her|their)\s+(?:[\w.%-]+\s+){0,3}?(?:dose per \w+|strength|tablets?|capsules?|prescription|course|series|device|unit|scan"
    r"|patch(?:es)?|gel|cream|ointment|solution|lotion|stay|injections?|rental|sessions|visits|operation|procedure|study|repair|approach)\b|^contrast\b|\b(?:electrodes|supplies|pads)\b",
    re.I,
)
_REQUEST = re.compile(
    r"\brequest(?:ed|s|ing)?\b|\bsought\b|\bproposed\b|\bapplied for\b|\bis wanted\b|\bare wanted\b|\bat issue\b|\bin dispute\b|\basked for\b|\bordered\b|\bprescription\b",
    re.I,
)


# Told of what was had, of a rule, or of what a body does: so many of nothing that is asked for.
_HAD = re.compile(
    r"\b(?:had|has had|have had|attended|completed|received|underwent|undergone|took|taken|used|tried|trialed|went through|kept|prior|previous\w*|earlier|past|last|"
    r"formerly|initial\w*|first|already|so far|to date|thus far|since|ago|before|history|finished|exhausted|given|furnished|rendered|authorized|visits were|sessions were)\b",
    re.I,
)
_OF_A_RULE = re.compile(
    r"\b(?:maximum|max|minimum|at least|up to|no more than|not more than|not exceed\w*|exceed\w*|over|more than|less than|within|limit\w*|usual (?:dose|range|starting)|range|per guideline|suggest\w*|recommend\w*|"
    r"allow\w*|permit\w*|advis\w*|require\w*|threshold|ceiling|equivalen\w*|MED|MME|normal|criteri\w*|goal|target|every|only if|lift\w*|walk\w*|stand\w*|sit\w*|sleep\w*|pain|out of|degrees|points|"
    r"percent|relief|score\w*|smok\w*|work(?:s|ed|ing)?|drive\w*|drink\w*|trials|should|would|could|if|unless|until|weeks? (?:of|post|after)|taper\w*|wean\w*|from)\b",
    re.I,
)


_STRENGTHS = frozenset((2, 3, 4))
_CLAUSES = re.compile(
    r"[,;:](?=\s)(?!\s\d)|\s(?=(?:which|because|since|who|but|although|while)\b)", re.I
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
    per_week: frozenset[float] = frozenset()
    amounts: frozenset[tuple[str, int]] = frozenset()
    implied: bool = False
    """Told by a sentence that names no item: the one spoken of before is meant."""

    @property
    def by_unit(self) -> dict[str, set[int]]:
        """The amounts by what they count."""
        found: dict[str, set[int]] = {}
        for unit, number in self.amounts:
            found.setdefault(unit, set()).add(number)
        return found

    def is_same(self, other: Item) -> bool:
        """The same drug or treatment, or one a case of the other; what names none may be either."""
        if not self.name or not other.name:
            return True
        if {self.name, other.name} & _ANY_DRUG and DRUG in (self.kind, other.kind):
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
    for number, sentence in enumerate(text.sentences):
        offset, _ = text.place(number)
        for at, item in _items_in(sentence.text):
            found.append(
                item._replace(
                    start=item.start + offset, end=item.end + offset, sentence=number,
                    marks=text.marks(number, at) if at >= 0 else _implied_marks(at, sentence.text[item.start : item.end]),
                    implied=at == -2,
                )
            )  # fmt: skip
    return tuple(found)


def _implied_marks(at: int, sentence: str) -> Marks:
    """Asked for where no item is named, unless the sentence tells what was had."""
    before, *_ = sentence.split(" who ", 1)
    return Marks(asked=True) if at == -1 or not _HAD.search(before) else Marks(done=True)


@lru_cache(maxsize=16384)
def _items_in(raw: str) -> tuple[tuple[int, Item], ...]:
    """The items of one sentence, each with the number of its mention; places count from its beginning."""
    read = read_sentence(raw)
    found: list[tuple[int, Item]] = []
    for stretch in stretches(raw, read):
        item = _item(raw, read, stretch)
        found.append((stretch.at, item))
        if item.refills and item.kind == TREATMENT:
            # What is refilled is a drug, though only something else is named.
            found.append((-2, Item("", "", item.start, item.end, 0, Marks(), refills=item.refills)))
    return tuple(found)


def stretches(raw: str, read: Read) -> Iterator[Stretch]:
    """A sentence parted by the items it names; "the request" alone is an item without a name."""
    anchors = list(_anchors(raw, read))
    if not anchors and any(m.name == "person family" for m in read.mentions):
        return
    if not anchors:
        asked = _REQUEST.search(raw) or (None if is_general(read) else _THE_ITEM.search(raw))
        if asked:
            anchor = Mention("", "", asked.start(), asked.end(), len(read.words), len(read.words))
            yield Stretch(anchor, 0, len(raw), -1)
        elif not is_general(read):
            yield from _implied(raw, read)
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
    if not is_general(read) and not any(m.name == "person family" for m in read.mentions):
        yield from _implied(raw, read, tuple(anchor.start for _, anchor in anchors))


def _implied(raw: str, read: Read, named: tuple[int, ...] = ()) -> Iterator[Stretch]:
    """The clauses that name no item: what they count is of the one spoken of."""
    start = 0
    for end in (*(match.start() for match in _CLAUSES.finditer(raw)), len(raw)):
        names_one = any(start <= at < end for at in named)
        if end > start and not names_one and not _OF_A_RULE.search(raw, start, end):
            anchor = Mention("", "", start, start, len(read.words), len(read.words))
            yield Stretch(anchor, start, end, -2)
        start = end


def is_general(read: Read) -> bool:
    """Whether a sentence tells of what may be, or what a guideline says."""
    return any(m.kind == "hedge" or m.name == "source guideline" for m in read.mentions)


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
    behind = [word.text for word in read.words[at + 1 : at + reach]]
    return behind[:1] in _WHERE or any(word in _GIVEN for word in behind)


def _item(raw: str, read: Read, stretch: Stretch) -> Item:
    part = raw[stretch.start : stretch.end]
    here = [m for m in read.mentions if stretch.start <= m.start < stretch.end]
    counts = find_counts(part)
    weekly = frozenset((c.number, c.weeks) for c in counts if c.what == WEEKLY and c.weeks)
    kind, alone = stretch.anchor.kind, stretch.alone
    return Item(
        stretch.anchor.name,
        kind,
        stretch.start,
        stretch.end,
        0,
        Marks(),
        frozenset(m.name for m in here if m.kind == SIDE),
        frozenset(m.name for m in here if m.kind == PART),
        levels_within(raw if alone else part),
        _doses(raw, part, stretch) if kind in (DRUG, "") else (),
        _tablets(counts, stretch.anchor.name)
        | (_numbers(counts, VISITS) if kind == DRUG else frozenset()),
        refills(part) or (refills(raw) if alone else frozenset()),
        _numbers(counts, VISITS) | frozenset(times * weeks for times, weeks in weekly),
        weekly,
        _numbers(counts, HOURS),
        a_day(part),
        days(part) | frozenset(7 * weeks for _, weeks in weekly),
        contrast(part) or (contrast(raw) if alone else ""),
        form(part) if kind in (DRUG, "") else "",
        terms(part) or (terms(raw) if alone else ""),
        approach(part) or (approach(raw) if alone else ""),
        per_week(part),
        _amounts(raw, part, stretch, counts),
    )


def _amounts(
    raw: str, part: str, stretch: Stretch, counts: tuple[Count, ...]
) -> frozenset[tuple[str, int]]:
    """Grams, sets and the like; what is injected is counted in injections: "Synvisc x 3"."""
    found = amounts(part) or (amounts(raw) if stretch.alone else frozenset())
    if not found and "injection" in wider(stretch.anchor.name):
        return frozenset(("injection", number) for number in _numbers(counts, VISITS))
    return found


def _tablets(counts: tuple[Count, ...], name: str) -> frozenset[int]:
    """How many tablets; the 3 of "Tylenol #3" is its strength."""
    found = _numbers(counts, TABLETS)
    return found - _STRENGTHS if name == "codeine" and len(found) > 1 else found


def _numbers(counts: tuple[Count, ...], what: str) -> frozenset[int]:
    return frozenset(count.number for count in counts if count.what == what)


def _doses(raw: str, part: str, stretch: Stretch) -> tuple[Dose, ...]:
    """The drug's strength, also where no unit is told; or else any dose told with it.

    Where a sentence names one drug only, a dose in another clause is its own: "At 50 mg a day, X".
    """
    if not stretch.anchor.name:
        return find_doses(part)  # two figures alone may be a date
    start = stretch.anchor.start - stretch.start
    place = (stretch.anchor.name, start, start + stretch.anchor.end - stretch.anchor.start)
    found = tuple(found.dose for found in find_strengths(part, (place,))) or find_doses(part)
    if found or not stretch.alone or _TOTAL_DOSE.search(raw):
        return found
    return tuple(dose for dose in find_doses(raw) if dose.measure == "mass")
