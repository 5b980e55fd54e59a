"""What utilization review decided about a request, in the many words that its letters use.

One word lies inside another (certified in non-certified), and some stand beside people: a reviewer
is board certified, mail is certified too. The dictionary goes from the special to the general.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

DENIED, MODIFIED, APPROVED, CONDITIONAL, NONE = (
    "denied",
    "modified",
    "approved",
    "conditional",
    "none",
)

_NON = r"(?:non|un)[\s\u2010-\u2013-]*"
_NOT = r"not\s+(?:be(?:en|ing)?\s+|to\s+be\s+)?(?:deemed\s+|found\s+|considered\s+|shown\s+to\s+be\s+)?"
_CERT = r"cert(?:if(?:ied|ication|y|ies|ying)|\b\.?)"
_APPROVE = rf"(?:{_CERT}|approv(?:ed|al|e|es)|authori[sz](?:ed|ation|e|es)|allowed|granted)"
_PART = r"(?:partial(?:ly)?|in\s+part|part(?=\s|$))"
_DENY = (
    r"(?:den(?:ied|ial|y|ies)|declin(?:ed|e)|reject(?:ed|ion)|disapprov(?:ed|al)|disallow(?:ed)?)"
)
_TABLE: tuple[tuple[str, str], ...] = (
    (CONDITIONAL, rf"condition(?:al(?:ly)?)?\s+(?:{_NON}{_CERT}|{_DENY})|\bCNC\b|{_DENY}\s+(?:for|due\s+to|because\s+of)\s+(?:a\s+)?(?:lack\s+of|insufficient|missing|incomplete)\s+information|(?:{_NON}{_CERT}|{_DENY})\s*[-(,]?\s*(?:pending|lack\s+of)\s+(?:receipt|information|additional)"),
    (NONE, rf"withdrawn(?:\s+by\s+(?:the\s+)?\w+)?|withdrew|cancel(?:l?ed)|deferr(?:ed|al)|(?:is\s+a\s+)?duplicate(?:\s+request)?|no\s+(?:determination|decision)(?:\s+(?:made|rendered|needed))?|{_NOT}(?:reviewed|subject\s+to\s+review)|previously\s+(?:{_DENY}|reviewed|decided|{_NON}{_CERT}|{_APPROVE})|delay(?:ed)?|returned|retrospective\s+deferral"),
    (MODIFIED, rf"modif(?:ied|ication|y|ies)(?:\s+{_CERT})?|{_APPROVE}\s*,?\s*(?:with|as|w/)\s*(?:a\s+)?(?:modif\w+|changes?)|{_PART}[\s-]+(?:{_APPROVE}|{_NON}{_CERT}|{_DENY}|(?:medically\s+)?necessary)|{_APPROVE}\s+in\s+part|in\s+part|partial(?:ly)?|amended|reduced|wean(?:ing)?(?=\s*[:(,-]|\s+to\b|$)|taper(?:ing)?(?=\s*[:(,-]|$)"),
    (DENIED, rf"(?:unable|not\s+able)\s+to\s+{_APPROVE}|(?:cannot|can\s+not|could\s+not|did\s+not|do\s+not)\s+(?:be\s+)?{_APPROVE}|{_NON}{_CERT}|{_NOT}{_APPROVE}|{_NOT}(?:medically\s+)?(?:necessary|appropriate|indicated|recommended|supported|established|substantiated)|{_NON}approv\w+|unauthori[sz]ed|{_DENY}|adverse(?:\s+(?:determination|decision))?|unfavou?rable|lacks?\s+medical\s+necessity"),
    (APPROVED, rf"able\s+to\s+{_APPROVE}|{_APPROVE}|(?:is|are|was|were|found|deemed|considered)\s+(?:to\s+be\s+)?(?:medically\s+)?(?:necessary|appropriate)|medically\s+necessary|favou?rable"),
)  # fmt: skip
_WORDS = re.compile(
    "|".join(rf"(?P<{name}>(?<![\w-])(?:{pattern})(?![\w-]*\w))" for name, pattern in _TABLE), re.I
)
_OF_PEOPLE = re.compile(
    r"(?:\bboard(?:s|-eligible/?|\s+eligible/)?[\s\u2010-\u2013-]*|\bAB[A-Z]{2,4}\s+|\bnationally\s+|\bduly\s+|\bI\s+(?:hereby\s+)?|\bvia\s+|\bby\s+)$",
    re.I,
)
_OF_PEOPLE_BEHIND = re.compile(
    r"\s+(?:in\s+(?!part|full|mod)[A-Z]|by\s+(?:the\s+)?(?:American|ABMS|board)|mail|copy|true|under\s+penalty|reviewer|(?:\w+\s+)?(?:reviewer|specialist|interpreter|nurse|coder)\b|public\b|translation|quantit|on\s+the\s+panel)",
    re.I,
)
_IF = re.compile(
    r"\b(?:if|whether|that|to|may|can|should|when|disagree\w*|dispute\w*|decision\s+to|request\s+was|any|were|items?\s+that|treatment\s+that|an?\s+earlier|prior|previous|only)\b[^.;:]{0,60}$",
    re.I,
)
YES_OR_NO = re.compile(r"(yes|no|in\s+part|partly|partially)\b[\s.,;:\u2013-]*", re.I)


class VerdictFound(NamedTuple):
    """A verdict with its words and their place."""

    verdict: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def find_verdicts(text: str) -> tuple[VerdictFound, ...]:
    """Every verdict in a text, in order; not those of people, mail or of a notice about rights."""
    found: list[VerdictFound] = []
    for match in _WORDS.finditer(text):
        verdict = match.lastgroup or ""
        before = text[max(match.start() - 24, 0) : match.start()]
        if verdict == APPROVED and (
            _OF_PEOPLE.search(before) or _OF_PEOPLE_BEHIND.match(text, match.end())
        ):
            continue
        found.append(VerdictFound(verdict, match.group(), *match.span()))
    return tuple(_together(found, text))


def _together(found: list[VerdictFound], text: str) -> list[VerdictFound]:
    """Neighbours as one: “Certified with modification”, “Non-certified. Not medically necessary”."""
    kept: list[VerdictFound] = []
    for one in found:
        last = kept[-1] if kept else None
        near = last is not None and not text[last.end : one.start].strip(" ,;:/()-\u2013")
        if last is not None and near and {last.verdict, one.verdict} == {APPROVED, MODIFIED}:
            kept[-1] = VerdictFound(MODIFIED, text[last.start : one.end], last.start, one.end)
        else:
            kept.append(one)
    return kept


@lru_cache(maxsize=4096)
def verdict_of(text: str) -> VerdictFound | None:
    """The verdict of a cell or of what stands behind a label: its first, or yes or no."""
    found = find_verdicts(text)
    if found:
        return found[0]
    match = YES_OR_NO.match(text.strip())
    if match is None:
        return None
    word = match[1].lower()
    verdict = {"yes": APPROVED, "no": DENIED}.get(word, MODIFIED)
    return VerdictFound(verdict, match[1], 0, match.end(1))


def is_of_rights(sentence: str, at: int) -> bool:
    """Whether a verdict stands in a sentence about what one may do, not about what was decided."""
    return bool(_IF.search(sentence[:at]))
