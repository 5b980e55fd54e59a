"""Whether something is told as the first of its kind or as one more: "initial", "never before", "repeat".

Read around the place where it is named: the words that say so stand right before it or behind it.
"""

from __future__ import annotations

import re

from app.services.language.facts import Fact
from app.services.language.texts import Text

FIRST, AGAIN = "first", "again"
_BEFORE, _BEHIND = 60, 90
"""Characters around what is named in which it is told."""
_FIRST_BEFORE = re.compile(
    r"\b(?:first(?:[- ](?:ever|time))?|initial|inaugural|maiden)\s+(?:(?:trial|course|round|set|series)\s+(?:of\s+)?)?(?:(?!\d|two\b|four\b|five\b|eight\b|ten\b|twelve\b|visit|time|line|half|part|third|portion|stage|phase|replaced|operated|injected|year|week|month|choice|few|two|three|six|one\b|is\b|was\b)[\w/-]+\s+){0,3}$|\bfirst time\b[^.;,]{0,40}$",
    re.I,
)
_FIRST_BEHIND = re.compile(
    r"^[^.;]{0,40}?\bfor the first time\b"
    r"|^(?:\s+\w+){0,4}?,?\s+(?:(?:is|was|as|would be|will be|being|are|to be)\s+)?(?:the|his|her|this \w+'s|a)\s+(?:very\s+)?first\b(?!\s+(?:line|visit|time|choice|year|week|month|step))"
    r"|^[^.;]{0,30}?\b(?:never|not)\s+(?:been\s+)?(?:\w+\s+)?(?:before|previously|earlier)\b",
    re.I,
)
_AGAIN_BEFORE = re.compile(
    r"\b(?:repeat(?:ed|ing)?|repetition of|re-?do(?:ing)?|second|third|fourth|(?:yet )?another|continued|continuation of|continuing|additional|further|renewed|renewal of|resum(?:ed|ing|ption of)|"
    r"extend(?:ed|ing)|extension of|new round of|next round of|more|(?:prior|previous|last|earlier))\s+(?:(?:of|the|a|an|his|her|this|with)\s+)?(?:[\w/-]+\s+){0,4}$",
    re.I,
)
_DID = re.compile(
    r"(?:\s+(?:injections?|blocks?|course|series|trial|round|set))?\s+(?:took|gave|brought|did|had|left|cut|went|made|led|helped|failed|lasted|eased|reduced|relieved|improved|produced|yielded|provided|met|worked|dropped|lowered)\b",
    re.I,
)
"""What a first one did: it is over."""
_OVER = re.compile(
    r"\b(?:after|following|since|from|during|beyond|with|by|of)\s+(?:(?:the|his|her|that|this|an?)\s+)?(?:very\s+)?(?:first|initial)\b[^.;,]*$",
    re.I,
)
"""A first one that is over: "after the first course"."""
_AGAIN_BEHIND = re.compile(
    r"^[^.;,]{0,40}?\b(?:once (?:more|again)|a (?:second|third) time|anew|(?:be|is|was|been) repeated|after the (?:earlier|last|previous|first|prior) one)\b",
    re.I,
)


def occasion(text: Text, fact: Fact) -> str:
    """`FIRST`, `AGAIN` or nothing, as the words around a fact have it."""
    start, end = text.place(fact.sentence)
    before = text.raw[max(start, fact.start - _BEFORE) : fact.start]
    behind = text.raw[fact.end : min(end, fact.end + _BEHIND)]
    if _AGAIN_BEFORE.search(before) or _AGAIN_BEHIND.search(behind):
        return AGAIN
    if _OVER.search(before) or (_FIRST_BEFORE.search(before) and _DID.match(behind)):
        return ""
    if _FIRST_BEFORE.search(before) or _FIRST_BEHIND.search(behind):
        return FIRST
    return ""
