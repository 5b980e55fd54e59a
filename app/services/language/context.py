"""Whether what a sentence names is so: denied, done, asked for, supposed, and by whom it is said.

In the manner of the ConText algorithm: cue words open a scope in front of or behind them that a
stop word or the end of the clause closes, and what is named in the scope carries the cue's mark.
Cues are data (`resources/language/cues.json`), their `group` says what they mark and their
`value` in which direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from app.services.language.terms import (
    ASIDE,
    CONDITION,
    CUE_KINDS,
    DRUG,
    OUTCOME,
    PART,
    SIDE,
    SIGN,
    TOPIC,
    TREATMENT,
    VALUE,
    Mention,
    Token,
    concepts,
)

_HARD_STOP = re.compile(r"[;:.!?“”\"]|\s[-–]{1,2}\s")
_SOFT_STOP = re.compile(r"[,()]")
_DONE_LIST = re.compile(
    r"\W*(?:in|over|during|since|within)\s+(?:the\s+)?[^.:;,]{3,30}:|\W*(?:[\w/-]+\s+){0,4}?(?:treatments?|care|therap(?:y|ies)|management|tx|rx|medications?|meds|interventions?|surger(?:y|ies)|PSH|procedures|injections)(?:\s+(?:to date|so far|thus far|rendered|received|tried|given|history|measures))?(?:\s+(?:has|have)\s+(?:included|consisted of|comprised))?\s*:"
    r"|(?!.{0,40}\b(?:request|plan|recommend|RFA|asked|denied|if)).{2,40}?\b(?:so far|to date|thus far|tried|used|given|received|failed|completed|attempted|done|past|previous|prior|treated|had)\b[^:.;,]{0,20}:",
    re.I,
)
"""The heading of a list of what was had."""
_ABSENT = re.compile(
    r"[\s-]free\b|\s*[:,]?\s*(?:absent|nil|none|negative|denied|nonexistent)\b", re.I
)
_UNREAL = re.compile(r"(?:Had|Were|Should)\s[^.;]*,[^.;]*\b(?:would|might|could|may|should)\b")
"""A sentence that tells what is not so: "Had she failed, another would come first"."""
_DENIED = re.compile(
    r"\b(?:denie[sd]|denying)\s+(?:(?:any|having|recent|current|significant|new)\s+){0,2}$", re.I
)
_REACH_BACK = 9
"""How many words a cue may stand behind what it marks."""
_FOLLOWED = 3
"""Words by which a denial stands farther behind than what says that it was had."""
_FAR_BACK = frozenset(("compared", "negation refused"))
"""Cues that reach back over a comma: "offered an injection, and refused it"."""
_LABELS = frozenset(("qty", "quantity", "refill", "refills", "rf", "sig", "dispense", "strength"))
"""What a prescription puts a colon behind: its value belongs to the drug in front."""


_FINITE = frozenset(
    ("is", "are", "was", "were", "has", "have", "had", "does", "did", "remains", "remained", "showed", "shows",
     "revealed", "reveals", "measured", "measures", "seems", "appears", "appeared", "reports", "reported")
)  # fmt: skip
_HANGS_ON = frozenset(
    ("which", "who", "whom", "whose", "that", "where", "when", "while", "if", "unless", "although", "though", "as",
     "since", "because", "after", "before", "until", "or", "nor", "with", "without", "including", "such", "for",
     "given", "despite", "whether", "having", "being", "to", "of", "in", "on", "at", "by", "from", "so")
)  # fmt: skip
"""What a clause begins with that hangs on the one before it, or that the one behind it hangs on."""
_NEAR_VERB = 7


class Marks(NamedTuple):
    """What is said of one thing named in a sentence."""

    denied: bool = False
    undocumented: bool = False
    done: bool = False
    asked: bool = False
    hedged: bool = False
    source: str = ""
    other_person: bool = False
    patient: bool = False
    near: int = 99
    """How many words lie between the denial and what it denies."""

    @property
    def negative(self) -> bool:
        """Told as not so, or as recorded nowhere."""
        return self.denied or self.undocumented

    @property
    def plain(self) -> bool:
        """Told of this patient as a fact of the record, be it so or not so."""
        return not (self.asked or self.hedged or self.source or self.other_person)


class Clauses(NamedTuple):
    """Where scopes end: the hard and the soft ends, by token."""

    hard: tuple[bool, ...]
    soft: tuple[bool, ...]

    def right(self, token: int, soft: bool = False) -> int:
        """The first token behind `token` that belongs to another clause."""
        for at in range(token, len(self.hard)):
            if self.hard[at] or (soft and self.soft[at]):
                return at
        return len(self.hard)

    def left(self, token: int, only_hard: bool = False) -> int:
        """The first token of the clause that the words before `token` belong to."""
        for at in range(token - 1, 0, -1):
            if self.hard[at] or (self.soft[at] and not only_hard):
                return at
        return 0


def clauses(raw: str, words: tuple[Token, ...], found: tuple[Mention, ...]) -> Clauses:
    """A clause begins behind a mark and at a word such as "but"."""
    hard, soft = [False] * len(words), [False] * len(words)
    signs = {m.last for m in found if m.kind == SIGN and m.name != "exam"}
    for at in range(1, len(words)):
        between = raw[words[at - 1].end : words[at].start]
        if len(between) > 1 or not between.isspace():
            hard[at] = bool(_HARD_STOP.search(between)) and not _in_number(raw, words, at)
            label = words[at - 1].text in _LABELS or at in signs
            hard[at] = hard[at] and not (between.strip() == ":" and label)
            soft[at] = bool(_SOFT_STOP.search(between))
    for at in (*_new_clauses(words, soft), *_new_findings(words, soft, found)):
        hard[at] = True
    for mention in found:
        if mention.kind == "stop" and concepts()[mention.name].group != "pseudo":
            hard[mention.first] = True
    return Clauses(tuple(hard), tuple(soft))


def _new_findings(
    words: tuple[Token, ...], soft: list[bool], found: tuple[Mention, ...]
) -> Iterator[int]:
    """Where a list comes to another finding of its own: "without leg pain, a normal exam, and MRI showing"."""
    studies = {
        m.first for m in found if m.kind == TREATMENT and concepts()[m.name].group in _STUDIES
    }
    for at, is_soft in enumerate(soft):
        if not is_soft:
            continue
        following = [word.text for word in words[at : at + 2]]
        if following[0] in ("a", "an", "and") and (
            (len(following) > 1 and following[1] in _WORTH) or at + 1 in studies
        ):
            yield at


_STUDIES = frozenset(("imaging", "electrodiagnostic"))
_WORTH = frozenset(("normal", "abnormal", "positive", "negative", "full", "intact"))


def _new_clauses(words: tuple[Token, ...], soft: list[bool]) -> Iterator[int]:
    """Where a comma parts two clauses that each have a verb of their own: "there was no spasm, the drawer
    was firm". A list goes on, and what hangs on the clause before belongs to it."""
    starts = [0, *(at for at, is_soft in enumerate(soft) if is_soft), len(words)]
    whole = False
    for at, (start, end) in enumerate(pairwise(starts)):
        own = [word.text for word in words[start:end]]
        hangs = bool(own) and own[0] in _HANGS_ON
        verb = next((n for n, word in enumerate(own[:_NEAR_VERB]) if n and word in _FINITE), None)
        has_verb = verb is not None
        # "Whether exercise, drugs or injections were tried": the end of a list.
        hangs = hangs or bool({"and", "or", "nor"} & set(own[1:verb]))
        if at and whole and has_verb and not hangs:
            yield start
        whole = has_verb and not (hangs and not at)


def marked(
    raw: str, words: tuple[Token, ...], found: tuple[Mention, ...], ends: Clauses
) -> tuple[Marks, ...]:
    """The marks of each mention, in order; the cues themselves carry none."""
    reached = [_headed(raw, mention) for mention in found]
    if _UNREAL.match(raw):
        for each in reached:
            each["hedge"] = 0
    cues = [mention for mention in found if mention.kind in CUE_KINDS and mention.kind != ASIDE]
    for cue in cues:
        concept = concepts()[cue.name]
        spent = _is_spent(cue, found)
        for at, mention in enumerate(found):
            distance = _distance(cue, mention, concept.value, ends)
            if distance is None or (spent and mention.kind in (TREATMENT, DRUG)):
                continue
            behind = concept.group == "deny" and cue.first >= mention.last
            behind = behind and cue.name != "negation refused"
            group = "deny behind" if behind else concept.group
            known = reached[at].get(group)
            reached[at][group] = distance if known is None else min(known, distance)
    for at, mention in enumerate(found):
        _settle_denial(mention, reached[at])
    return tuple(
        _marks(mention, marks, found) for mention, marks in zip(found, reached, strict=True)
    )


def _is_spent(cue: Mention, found: tuple[Mention, ...]) -> bool:
    """A negation that is a part of "did not respond", "gave no relief": it denies no treatment."""
    if not cue.kind.startswith(("negation", "record")):
        return False
    return any(
        one.name == "failed" and one.first < cue.last <= one.last and cue.first < one.last
        for one in found
        if one.kind == OUTCOME
    )


def _settle_denial(mention: Mention, reached: dict[str, int]) -> None:
    """ "The visits that she underwent were not followed by relief" denies no visits."""
    behind, done = reached.pop("deny behind", None), reached.get("done")
    if behind is None:
        return
    had = mention.kind in (TREATMENT, DRUG) and done is not None and done + _FOLLOWED <= behind
    if not had:
        reached["deny"] = min(behind, reached.get("deny", behind))


def _headed(raw: str, mention: Mention) -> dict[str, int]:
    """What the heading of a list marks, all behind "Treatment to date:" was done, and a word without
    a verb right behind: "effusion absent"."""
    if mention.kind in (TREATMENT, DRUG):
        heading = _DONE_LIST.match(raw)
        return {"done": 0} if heading and heading.end() <= mention.start else {}
    if mention.kind not in (SIGN, TOPIC, CONDITION):
        return {}
    if not _ABSENT.match(raw, mention.end) and not _DENIED.search(raw, 0, mention.start):
        return {}
    concept = concepts()[mention.name]
    present = concept.value == "abnormal" if mention.kind == SIGN else "assessed" not in concept.of
    return {"deny": 0} if present else {}


def _distance(cue: Mention, mention: Mention, direction: str, ends: Clauses) -> int | None:
    """How many words lie between a cue and what it marks; None where its scope does not reach."""
    if mention.kind in CUE_KINDS or mention is cue:
        return None
    if mention.kind in (PART, SIDE) and cue.kind == "negation back":
        # "The hip has not improved": it is not the hip that is denied.
        return None
    if direction == "sentence" or _in_one(cue, mention):
        return 0
    if direction == "backward":
        return _distance_back(cue, mention, ends)
    if direction not in ("rest", "forward") or mention.first < cue.last:
        return None
    reaches = direction == "rest" or mention.first < ends.right(cue.last)
    return mention.first - cue.last if reaches else None


def _in_one(cue: Mention, mention: Mention) -> bool:
    """Whether one stands within the words of the other: "No CURES report was submitted"."""
    within = cue.first < mention.first and mention.last <= cue.last and mention.kind != VALUE
    inner = mention.first < cue.first and cue.last <= mention.last
    return within or (inner and cue.kind == "negation" and mention.kind in (TREATMENT, DRUG, TOPIC))


def _distance_back(cue: Mention, mention: Mention, ends: Clauses) -> int | None:
    if mention.last > cue.first:
        return None
    gap = cue.first - mention.last
    # "Injections, therapy and drugs failed": what was done is told behind the whole list.
    listed = cue.kind == "done back" or cue.name in _FAR_BACK
    reach = 2 * _REACH_BACK if listed else _REACH_BACK
    # "Surgery was offered, but he would not have it": over any stop.
    left = 0 if cue.name == "negation refused" else ends.left(cue.first, listed)
    return gap if gap <= reach and mention.first >= left else None


def _marks(mention: Mention, reached: dict[str, int], found: tuple[Mention, ...]) -> Marks:
    done, asked = reached.get("done"), reached.get("ask")
    return Marks(
        denied="deny" in reached,
        undocumented="undocumented" in reached,
        done=done is not None and (asked is None or done < asked),
        # "He denied constipation" asks for nothing.
        asked=asked is not None
        and (done is None or asked <= done)
        and not (mention.kind in (SIGN, TOPIC) and reached.get("deny", 9) <= 2),
        hedged="hedge" in reached,
        source=_source(mention, reached, found, done is not None),
        other_person="family" in reached
        and ("patient" not in reached or is_relatives(found, mention.start)),
        patient="patient" in reached,
        near=min(reached.get("deny", 99), reached.get("undocumented", 99)),
    )


def is_relatives(found: tuple[Mention, ...], place: int) -> bool:
    """Whether a relative is named before a place, and no word for the worker but a pronoun between."""
    before = [m for m in found if m.kind == "person" and m.end <= place]
    kin = [m for m in before if m.name == "person family"]
    if not kin:
        return False
    return not any(m.first > kin[-1].last and m.end - m.start > 3 for m in before)


def _source(
    mention: Mention, reached: dict[str, int], found: tuple[Mention, ...], done: bool
) -> str:
    """Who says it: UR in front of it in the clause, or a guideline no patient stands behind."""
    if "ur" in reached:
        return "ur"
    if "guideline" not in reached or "compared" in reached:
        return ""
    before = [
        cue.name
        for cue in found
        if cue.name in ("source guideline", "person patient") and cue.first < mention.first
    ]
    denials = [cue.first for cue in found if cue.kind.startswith("negation")]
    named = [cue.first for cue in found if cue.name == "source guideline"]
    stops = [cue.first for cue in found if cue.kind == "stop" and cue.first >= mention.last]
    if done and stops and min(named) > stops[0]:
        return ""  # what was had, and behind it what a guideline has
    if "undocumented" in reached and min(denials) < min(named):
        return ""
    if before:
        return "" if before[-1] == "person patient" else "guideline"
    return "" if "patient" in reached else "guideline"


def _in_number(raw: str, words: tuple[Token, ...], at: int) -> bool:
    """Whether the mark stands inside a number, an abbreviation or a date: "L4. 5", "e.g."."""
    between = raw[words[at - 1].end : words[at].start]
    return between == "." and (len(words[at - 1].text) == 1 or words[at].text[0].isdigit())
