"""What a sentence tells only to set it aside: not at issue, of another time, a rule's usual, UR's own.

The words are data (cues of the kind `aside`), their `group` says how they set something aside. Which
of them quiet a rule is data too (`set_aside_by` of a rule's row): what is told as UR's grant is no
other quantity of the request, but may well be another outcome of review.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from app.services.language.context import is_relatives
from app.services.language.facts import Read
from app.services.language.terms import ASIDE, concepts
from app.services.language.texts import Text

WHOLE_SENTENCE = frozenset(("irrelevant", "compared", "reported"))
"""What is said of the whole sentence; the others reach as far as their clause."""
SHORT = frozenset(("conditional",))
"""What a comma ends."""


_BY_ANOTHER = re.compile(
    r"\b(?:UR|utilization (?:review\w*|physician)|(?:carrier|insurer|(?:claims )?adjuster|claims administrator|counsel|attorney|lawyer|employer|(?:first|prior|earlier|previous|other) reviewer)(?:['’]s)?|letter of|(?:denial|UR|review|non-?certification|rejection) (?:letter|report|decision|notice))\b"
    r"[^.;]{0,60}?\b(?:sa(?:id|ys)|stat(?:e[sd]?|ing)|writ(?:es?|ing|ten)|wrote|assert\w*|alleg\w*|claim(?:s|ed)|carr(?:y|ies|ied)|gives?|gave|has|had|lists?|listed|describ\w*|speaks?|spoke|tells?|told|account|reads?|contend\w*|argu\w*|mention\w*|recit\w*|calls?|called|conclud\w*|found|finds|believ\w*|thought|thinks|remark\w*|object\w*|reason(?:s|ed))\b",
    re.I,
)
"""Somebody who is not the author has it so: UR, the claims administrator, counsel."""


def is_reported(text: Text, place: int) -> bool:
    """Whether what stands at a place is what another than the author says of the patient."""
    number = text.sentence_at(place)
    if number is None:
        return False
    start, _ = text.place(number)
    return _BY_ANOTHER.search(text.raw, start, place) is not None


def is_set_aside(text: Text, place: int, groups: Collection[str]) -> bool:
    """Whether what stands at a place is told only to be set aside, in one of these ways."""
    number = text.sentence_at(place)
    if number is None:
        return False
    read, at = text.read[number], place - text.place(number)[0]
    if "reported" in groups and is_reported(text, place):
        return True
    for cue in read.mentions:
        if cue.kind != ASIDE or concepts()[cue.name].group not in groups:
            continue
        group = concepts()[cue.name].group
        if group in WHOLE_SENTENCE or _in_clause(read, cue.first, at, group in SHORT):
            return True
    return "relative" in groups and is_relatives(read.mentions, at)


def _in_clause(read: Read, token: int, at: int, soft: bool) -> bool:
    first = read.ends.left(token + 1, only_hard=not soft)
    last = read.ends.right(token + 1, soft=soft)
    end = read.words[last].start if last < len(read.words) else at + 1
    return read.words[first].start <= at < end
